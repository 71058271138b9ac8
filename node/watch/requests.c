#include "watch/requests.h"

#include <assert.h>
#include <string.h>

static struct requests_row *row_for(struct requests *requests, const char *route, int status)
{
    for (size_t i = 0; i < requests->count; i++)
        if (requests->rows[i].status == status && strcmp(requests->rows[i].route, route) == 0)
            return &requests->rows[i];
    if (requests->count >= REQUESTS_ROWS - 1)
        return NULL;
    struct requests_row *row = &requests->rows[requests->count++];
    *row = (struct requests_row) {route, status, 0};
    return row;
}

void requests_add(struct requests *requests, const char *route, int status)
{
    struct requests_row *row = row_for(requests, route ? route : "none", status);
    if (!row) {
        row = &requests->rows[REQUESTS_ROWS - 1];
        row->route = "other";
        requests->count = REQUESTS_ROWS;
    }
    assert(requests->count <= REQUESTS_ROWS);
    row->count++;
    requests->limited += status == 429;
}
