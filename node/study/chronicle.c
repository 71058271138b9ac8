#include "study/chronicle.h"

#include "study/measure.h"

#include <stdlib.h>

struct chronicle {
    FILE *file;
    int64_t began;
};

static const char *const deeds[WORLD_DEEDS] = {
    [WORLD_LEFT] = "left",           [WORLD_ARRIVED] = "arrived",     [WORLD_LOST] = "lost",
    [WORLD_SAID] = "said",           [WORLD_STARTED] = "started",     [WORLD_STOPPED] = "stopped",
    [WORLD_BACKED_UP] = "backed-up", [WORLD_RESTORED] = "restored",   [WORLD_CUT] = "cut",
    [WORLD_MENDED] = "mended",       [WORLD_SUBMITTED] = "submitted", [WORLD_CLOCK] = "clock",
};

static bool is_frame(const struct world_event *event)
{
    return event->deed == WORLD_LEFT || event->deed == WORLD_ARRIVED || event->deed == WORLD_LOST;
}

static void event_write(void *self, const struct world_event *event)
{
    struct chronicle *chronicle = self;
    FILE *file = chronicle->file;
    const char *deed = (unsigned)event->deed < WORLD_DEEDS ? deeds[event->deed] : NULL;
    fprintf(file, "%lld,%s,%zu,", (long long)(event->at.us - chronicle->began), deed ? deed : "",
            event->node);
    if (event->other != event->node)
        fprintf(file, "%zu", event->other);
    fprintf(file, ",%s,%s,", event->what ? event->what : "", event->why ? event->why : "");
    if (is_frame(event))
        fprintf(file, "%llu,%zu", (unsigned long long)event->frame, event->size);
    else
        fputc(',', file);
    fprintf(file, ",%s\n", event->deed == WORLD_ARRIVED ? event->refused ? "1" : "0" : "");
}

struct chronicle *chronicle_open(struct world *world, FILE *file)
{
    struct chronicle *chronicle = calloc(1, sizeof *chronicle);
    const struct measure_column *column;
    if (!chronicle)
        return NULL;
    *chronicle = (struct chronicle) {file, world_now(world).us};
    for (size_t i = 0; (column = measure_column(MEASURE_FILE_TRACE, i)); i++)
        fprintf(file, "%s%s", i ? "," : "", column->name);
    fputc('\n', file);
    world_watch(world, event_write, chronicle);
    return chronicle;
}

void chronicle_close(struct chronicle *chronicle)
{
    free(chronicle);
}
