/* What the service manager is told: ready, reading again, stopping, and that the loop still turns.
 * Without a manager nothing is said. */
#pragma once

#include <stdint.h>

void notify_ready(const char *status);
void notify_reloading(void);
void notify_stopping(void);

/* At each turn of the loop: the watchdog hears of it when a quarter of its patience is over. */
struct notify_watch {
    int64_t every_ms; /* 0: nobody watches */
    int64_t next_ms;
};
struct notify_watch notify_watch(void);
void notify_alive(struct notify_watch *watch);
