#include "io/callers.h"

#include "io/clock.h"
#include "io/descriptors.h"

enum {
    MOST = 8192, /* each may leave half a frame here: 66 KiB, half a gigabyte in all */
    CALM_MS = 1000,
    CROWDED_MS = 200, /* some thousand may come in a second */
    TELL_MS = 60 * 1000,
    FEW = 1024, /* descriptors: the packaged service has 65,536 */
};

static const char remedy[] = "put HAProxy before the listener as peregrin-operate(7) shows, or "
                             "raise LimitNOFILE where it is low";

size_t callers_max(void)
{
    size_t share = descriptors_allowed() / 4 * 3;
    return share < MOST ? share : MOST;
}

static void tell_limits(struct log *log)
{
    if (descriptors_allowed() < FEW)
        log_say(log, clock_now(), TRACE_ALARM,
                "only %zu descriptors are allowed, %zu of them for who calls: raise LimitNOFILE in "
                "the unit (ulimit -n), then restart",
                descriptors_allowed(), callers_max());
}

/* What comes and goes within a minute is one crowd. */
static void tell_crowd(struct callers *callers, struct log *log, size_t count, size_t most)
{
    int64_t now = clock_steady_ms();
    if (count > most / 2)
        callers->crowd_ms = now;
    if (!callers->crowded && count > most / 2) {
        callers->crowded = true;
        log_say(log, clock_now(), TRACE_ALARM,
                "%zu connections stand at the listener, and above %zu all of them are cut (%zu "
                "descriptors are allowed): %s",
                count, most, descriptors_allowed(), remedy);
    } else if (callers->crowded && now - callers->crowd_ms > TELL_MS) {
        callers->crowded = false;
        log_say(log, clock_now(), TRACE_NOTE,
                "the crowd at the listener is over: %zu connections stand there", count);
    }
}

/* Who fills the listener again and again would fill the log as well. */
static void tell_cut(struct callers *callers, struct log *log, size_t count, uint64_t number)
{
    int64_t now = clock_steady_ms();
    if (callers->cut_ms && now - callers->cut_ms < TELL_MS)
        return;
    callers->cut_ms = now;
    log_say(log, clock_now(), TRACE_ALARM,
            "all %zu connections at the listener were cut before they took the node's last "
            "descriptors, cut %llu since the start; partners come back by themselves: %s",
            count, (unsigned long long)number, remedy);
}

/* No connection without a descriptor, whatever the books say. */
static size_t count_callers(const struct transport *transport)
{
    size_t booked = transport_callers(transport), used = descriptors_used();
    return booked < used ? booked : used;
}

static void cut(struct callers *callers, struct transport *transport, struct log *log, size_t count)
{
    bool was_deaf = callers->deaf;
    callers->deaf = !transport_hang_up(transport);
    if (!was_deaf)
        tell_cut(callers, log, count, transport_counts(transport).hang_ups);
    if (callers->deaf && !was_deaf)
        log_say(log, clock_now(), TRACE_ALARM,
                "no partner can call this node, since its address cannot be listened at again; it "
                "is tried each second: see which program has taken the port");
    else if (!callers->deaf && was_deaf)
        log_say(log, clock_now(), TRACE_NOTE, "partners can call this node again");
}

int64_t callers_watch(struct callers *callers, struct transport *transport, struct log *log)
{
    int64_t now = clock_steady_ms();
    if (now < callers->look_ms)
        return callers->look_ms - now;
    if (!callers->looked)
        tell_limits(log);
    callers->looked = true;
    size_t count = count_callers(transport), most = callers_max();
    tell_crowd(callers, log, count, most);
    if (callers->deaf || count > most)
        cut(callers, transport, log, count);
    callers->count = count_callers(transport);
    int64_t pause = !callers->deaf && count > most / 4 ? CROWDED_MS : CALM_MS;
    callers->look_ms = now + pause;
    return pause;
}

bool callers_counter(const struct callers *callers, const struct transport *transport, size_t index,
                     struct engine_counter *out)
{
    const struct transport_counts counts = transport_counts(transport);
    const struct engine_counter rows[] = {
        {"network_frames_received", counts.received},
        {"network_frames_sent", counts.sent},
        {"network_frames_dropped", counts.dropped},
        {"network_frames_refused", counts.refused},
        {"network_dials", counts.dials},
        {"network_callers", callers->count},
        {"network_callers_max", callers_max()},
        {"network_hang_ups", counts.hang_ups},
    };
    if (index >= sizeof rows / sizeof *rows)
        return false;
    *out = rows[index];
    return true;
}
