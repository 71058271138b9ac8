/* The two files that an open database stands on, by their names and by what they are. Whoever
 * deletes or moves one under a node that runs does not stop it: it would go on in a file without a
 * name, and all of it would be gone with the process. */
#pragma once

#include <stdbool.h>
#include <sys/types.h>

struct sqlite3;

enum { FOOTING_FILES = 2 };

struct footing {
    struct {
        const char *path; /* the connection's; NULL: it has no such file */
        dev_t device;
        ino_t number;
    } files[FOOTING_FILES];
};

/* Once the connection has read the database. */
void footing_note(struct sqlite3 *connection, struct footing *footing);
bool footing_holds(const struct footing *footing);
