/* A node with a door for numbers in place of the API: shell, engine, store and transport are the
 * daemon's. */
#pragma once

#include "base/bytes.h"

#include <stdbool.h>

struct arena;

struct door_ways {
    const char *config;
    int receipts;  /* a pipe: a byte whenever receipts were committed; dropped if nobody reads */
    long partners; /* 0: uhasselt.be */
    bool alone;    /* each record is sealed before the next is said */
};

enum { DOOR_BODY = 1024, DOOR_LIST = 32 };

/* A nomination of exactly DOOR_BODY bytes. */
struct bytes door_body(struct arena *arena);
/* Until SIGTERM; the exit status. Answers `/say?n=COUNT`, `/look` and `/met` with the number
 * of receipts that are committed; `/met` also with the number of partners that are met. */
int door_run(const struct door_ways *ways);
