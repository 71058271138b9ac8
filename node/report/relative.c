#include "report/relative.h"

#include <string.h>

/* The last step that is not larger than the distance names its unit. */
static const struct step {
    int64_t seconds;
    const char *unit;
} steps[] = {
    {1, "s"},
    {60, "min"},
    {3600, "h"},
    {86400, "d"},
};

enum { NOW_SECONDS = 5, DATE_SECONDS = 30 * 86400, DATE_TEXT = 10 };

static const char *date(struct instant at, struct arena *arena)
{
    char text[INSTANT_TEXT_SIZE];
    instant_text(at, text);
    return arena_text(arena, (struct bytes) {(const uint8_t *)text, DATE_TEXT});
}

const char *relative_text(struct instant at, struct instant now, struct arena *arena)
{
    if (at.us == 0)
        return "-";
    bool future = instant_before(now, at);
    int64_t away = (future ? at.us - now.us : now.us - at.us) / INSTANT_SECOND;
    if (away < NOW_SECONDS)
        return future ? "now" : "just now";
    if (away > DATE_SECONDS)
        return date(at, arena);
    const struct step *step = steps;
    for (size_t i = 1; i < sizeof steps / sizeof *steps && steps[i].seconds <= away; i++)
        step = &steps[i];
    return arena_format(arena, future ? "in %lld %s" : "%lld %s ago",
                        (long long)(away / step->seconds), step->unit);
}
