#include "io/notify.h"

#include "io/clock.h"

#include <systemd/sd-daemon.h>

void notify_ready(const char *status)
{
    sd_notifyf(0, "READY=1\nSTATUS=%s", status);
}

/* The manager wants to know when this began, in its own clock. */
void notify_reloading(void)
{
    sd_notifyf(0, "RELOADING=1\nMONOTONIC_USEC=%lld", (long long)clock_steady_us());
}

void notify_stopping(void)
{
    sd_notify(0, "STOPPING=1\nSTATUS=stopping: what waits is kept");
}

struct notify_watch notify_watch(void)
{
    uint64_t patience_us = 0;
    if (sd_watchdog_enabled(0, &patience_us) <= 0)
        return (struct notify_watch) {0};
    return (struct notify_watch) {.every_ms = (int64_t)(patience_us / 4000)};
}

void notify_alive(struct notify_watch *watch)
{
    int64_t now = clock_steady_ms();
    if (!watch->every_ms || now < watch->next_ms)
        return;
    watch->next_ms = now + watch->every_ms;
    sd_notify(0, "WATCHDOG=1");
}
