/* A node with a door for numbers in place of the API: shell, engine, store and transport are the
 * daemon's. */
#pragma once

#include <stdbool.h>

struct door_ways {
    const char *config;
    int receipts;  /* a pipe: a byte whenever receipts were committed; dropped if nobody reads */
    long partners; /* 0: uhasselt.be */
    bool alone;    /* each record is sealed before the next is said */
};

enum { DOOR_LIST = 128 };

/* Until SIGTERM; the exit status. Answers `/say?n=COUNT`, `/look` and `/met` with the number
 * of receipts that are committed; `/met` also with the number of partners that are met. */
int door_run(const struct door_ways *ways);
