#include "engine/attend.h"

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>

bool attend_open(struct attend *attend, size_t count)
{
    *attend = (struct attend) {
        .due = calloc(count, sizeof *attend->due),
        .touched = calloc(count, sizeof *attend->touched),
        .busy = calloc(count, sizeof *attend->busy),
        .places = calloc(count, sizeof *attend->places),
        .count = count,
    };
    if (!attend->due || !attend->touched || !attend->busy || !attend->places)
        return false;
    attend_all(attend);
    for (size_t i = 0; i < count; i++)
        attend->busy[i] = true;
    attend->busy_count = count;
    return true;
}

void attend_close(struct attend *attend)
{
    free(attend->due);
    free(attend->touched);
    free(attend->busy);
    free(attend->places);
}

void attend_touch(struct attend *attend, size_t place)
{
    assert(place < attend->count);
    attend->touched[place] = true;
}

void attend_all(struct attend *attend)
{
    for (size_t i = 0; i < attend->count; i++)
        attend_touch(attend, i);
}

size_t attend_gather(struct attend *attend, struct instant now)
{
    size_t found = 0;
    for (size_t i = 0; i < attend->count; i++) {
        if (!attend->touched[i] && instant_before(now, attend->due[i]))
            continue;
        attend->touched[i] = false;
        attend->places[found++] = i;
    }
    return found;
}

void attend_settled(struct attend *attend, size_t place, struct instant due, bool busy)
{
    attend->due[place] = due;
    attend->busy_count += busy;
    attend->busy_count -= attend->busy[place];
    attend->busy[place] = busy;
}

struct instant attend_wake(const struct attend *attend)
{
    struct instant wake = {INT64_MAX};
    for (size_t i = 0; i < attend->count; i++)
        if (instant_before(attend->due[i], wake))
            wake = attend->due[i];
    return wake;
}

bool attend_busy(const struct attend *attend)
{
    return attend->busy_count > 0;
}
