/* The database as the daemon opens it: with the reason when it cannot, and the way back. */
#pragma once

#include "io/reason.h"
#include "store/store.h"

/* FAULT_NEWER names the copy that was made before the upgrade, where there is one. */
enum fault storehouse_open(const char *database, struct store **out, struct reason *reason);

/* What stands in the way of using it, as the file system tells: a sentence, and what to do. */
struct storehouse_obstacle {
    const char *sentence, *remedy; /* NULL: nothing does */
};
struct storehouse_obstacle storehouse_obstacle(const char *database);
