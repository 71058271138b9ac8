/* How often each route of the API was asked, and with which status it answered. */
#pragma once

#include <stddef.h>
#include <stdint.h>

enum { REQUESTS_ROWS = 512 };

struct requests {
    struct requests_row {
        const char *route; /* static text of the route's own table */
        int status;
        uint64_t count;
    } rows[REQUESTS_ROWS];
    size_t count;
    uint64_t limited; /* status 429, whatever the route */
};

/* `route` is a pattern of ours, static; NULL: the path that was asked is none of ours. What finds
 * no row is counted in the last one, as `other` with status 0: no caller makes the table grow. */
void requests_add(struct requests *requests, const char *route, int status);
