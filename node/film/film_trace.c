#include "film/film_trace.h"

#include "record/kind.h"

#include <assert.h>

#include <inttypes.h>
#include <string.h>

static const char *const deeds[] = {
    [WORLD_LEFT] = "left",           [WORLD_ARRIVED] = "arrived",     [WORLD_LOST] = "lost",
    [WORLD_SAID] = "said",           [WORLD_STARTED] = "started",     [WORLD_STOPPED] = "stopped",
    [WORLD_BACKED_UP] = "backed up", [WORLD_RESTORED] = "restored",   [WORLD_CUT] = "cut",
    [WORLD_MENDED] = "mended",       [WORLD_SUBMITTED] = "submitted", [WORLD_CLOCK] = "clock",
};
static_assert(sizeof deeds / sizeof *deeds == WORLD_DEEDS);

const char *film_trace_deed(enum world_deed deed)
{
    return deeds[deed];
}

const char *film_trace_kind(uint32_t number)
{
    size_t count;
    const struct kind *kinds = kind_all(&count);
    for (size_t i = 0; i < count; i++)
        if (kinds[i].number == number)
            return kinds[i].name;
    return "unknown kind";
}

/* A cell that has a comma, a quote or an end of line stands in quotes; one that a spreadsheet would
 * take for a formula cannot come up: no sentence begins so. */
static void cell(FILE *out, const char *text, char end)
{
    if (!text[strcspn(text, ",\"\r\n")]) {
        fprintf(out, "%s%c", text, end);
        return;
    }
    fputc('"', out);
    for (; *text; text++) {
        if (*text == '"')
            fputc('"', out);
        fputc(*text, out);
    }
    fprintf(out, "\"%c", end);
}

void film_trace_begin(FILE *out)
{
    fputs("time_us,deed,node,other,frame,what,why,size,refused,sentence\n", out);
}

static bool is_frame(enum world_deed deed)
{
    return deed == WORLD_LEFT || deed == WORLD_ARRIVED || deed == WORLD_LOST;
}

static const char *answer_word(const struct event_answer *answer)
{
    return answer->verdict    ? verdict_text(answer->verdict)->code
           : answer->ready    ? "waits"
           : answer->repeated ? "repeated"
                              : "kept";
}

void film_trace_line(FILE *out, const struct world *world, const struct world_event *event)
{
    char dossier[HEADER_DOSSIER_TEXT] = "";
    bool frame = is_frame(event->deed), ends = frame || event->other != event->node;
    const char *what = event->what, *why = event->why, *sentence = "";
    bool refused = event->refused;
    if (event->sentence)
        sentence = event->sentence->text;
    if (event->submission) {
        what = film_trace_kind(event->submission->kind);
        why = answer_word(event->answer);
        refused = event->answer->verdict;
        header_dossier_text(event->answer->verdict ? &event->submission->dossier
                                                   : &event->answer->place.dossier,
                            dossier);
        sentence = dossier;
    }
    fprintf(out, "%" PRId64 ",%s,", event->at.us - world_beginning().us, deeds[event->deed]);
    cell(out, world_institution(world, event->node), ',');
    cell(out, ends ? world_institution(world, event->other) : "", ',');
    if (frame)
        fprintf(out, "%" PRIu64, event->frame);
    fputc(',', out);
    cell(out, what ? what : "", ',');
    cell(out, why ? why : "", ',');
    if (frame)
        fprintf(out, "%zu", event->size);
    fprintf(out, ",%d,", refused);
    cell(out, sentence, '\n');
}
