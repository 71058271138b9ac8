#include "lab/lab_study.h"

#include "film/film_trace.h"
#include "study/thin.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { DAYS_MAX = 560, SAMPLES_MAX = 1000000, SAMPLES = 200, TEXT_SIZE = 256, RUN_ARENA = 1 << 30 };

/* ---- flags ---- */

/* `0.05` as permille: at most three digits behind the point. */
static bool scale_read(const char *text, uint32_t *permille)
{
    uint64_t whole = 0, part = 0, unit = THIN_WHOLE;
    const char *at = text;
    for (; isdigit((unsigned char)*at) && whole < THIN_MOST; at++)
        whole = 10 * whole + (uint64_t)(*at - '0');
    if (at == text)
        return false;
    if (*at == '.')
        for (at++; isdigit((unsigned char)*at) && unit > 1; at++) {
            unit /= 10;
            part += unit * (uint64_t)(*at - '0');
        }
    uint64_t exact = whole * THIN_WHOLE + part;
    *permille = (uint32_t)exact;
    return !*at && exact >= 1 && exact <= THIN_MOST;
}

static bool scaled(struct lab_call *call, struct lab_study *study)
{
    uint32_t permille = THIN_WHOLE;
    const char *text = lab_value(call, "scale", NULL);
    if (text && !scale_read(text, &permille)) {
        lab_wrong(call, LAB_USAGE, "usage", "write 0.1 for a tenth of the students",
                  "--scale takes a number from 0.001 to 10, not `%s`", text);
        return false;
    }
    if (!thin_network(&study->source.network, permille, study->source.seed, call->arena,
                      &study->network)) {
        lab_wrong(call, LAB_UNEXPECTED, "memory", NULL, "there is no memory");
        return false;
    }
    if (study->network.count < 2 || study->network.link_count == 0) {
        lab_wrong(call, LAB_USAGE, "network", "take a larger --scale, or another network",
                  "nobody in this network sends a student to anybody");
        return false;
    }
    return true;
}

enum lab_exit lab_study_read(struct lab_call *call, struct lab_study *out)
{
    uint64_t days, samples;
    *out = (struct lab_study) {0};
    if (!lab_number(call, "days", 1, DAYS_MAX, 0, &days) ||
        !lab_number(call, "samples", 0, SAMPLES_MAX, SAMPLES, &samples))
        return LAB_USAGE;
    if (!lab_source_read(call, &out->source))
        return out->source.status;
    if (!scaled(call, out))
        return LAB_USAGE;
    out->settings = (struct year_settings) {
        .network = &out->network,
        .days = (uint32_t)days,
        .samples = (size_t)samples,
        .real = lab_given(call, "real"),
        .on_disk = lab_given(call, "disk"),
        .rates = out->source.rates,
        .stop = call->stop,
    };
    return LAB_DONE;
}

enum lab_exit lab_study_choose(struct lab_call *call, const char *text, struct scenario_choice *out)
{
    struct scenario_refusal why;
    if (scenario_choose(text, out, &why) && scenario_set(out, lab_value(call, "set", ""), &why))
        return LAB_DONE;
    return lab_wrong(call, out->scenario ? LAB_USAGE : LAB_NOT_FOUND, "scenario",
                     "peregrin-sim scenario lists them and their parameters", "%s", why.text);
}

const char *lab_study_text(struct lab_call *call, const struct scenario_choice *choice)
{
    char text[TEXT_SIZE];
    if (!scenario_text(choice, text, sizeof text))
        return choice->scenario->name;
    const char *kept = arena_text(call->arena, bytes_text(text));
    return kept ? kept : choice->scenario->name;
}

/* ---- runs ---- */

struct teller {
    FILE *err, *trace;
    const char *name;
};

static void tell(void *self, const struct year_progress *progress)
{
    const struct teller *teller = self;
    char date[INSTANT_TEXT_SIZE], events[YEARBOOK_NUMBER_SIZE], speed[YEARBOOK_NUMBER_SIZE];
    char backlog[YEARBOOK_NUMBER_SIZE];
    instant_text(progress->date, date);
    yearbook_number((double)progress->events, 0, events);
    yearbook_number((double)progress->events_per_second, 0, speed);
    yearbook_number((double)progress->backlog, 0, backlog);
    fprintf(teller->err, "\r%s  %.10s  day %zu of %zu  %s events  %s/s  backlog %s \033[K",
            teller->name, date, progress->day, progress->days, events, speed, backlog);
    fflush(teller->err);
}

static void trace(void *self, const struct world *world, const struct world_event *event)
{
    const struct teller *teller = self;
    film_trace_line(teller->trace, world, event);
}

enum lab_exit lab_study_run(struct lab_call *call, const struct lab_study *study,
                            const struct scenario_choice *choice, uint64_t seed, const char *name,
                            struct year *out)
{
    struct teller teller = {call->err, study->trace, name};
    struct year_settings settings = study->settings;
    bool tells = !call->json && isatty(fileno(call->err));
    settings.choice = choice;
    settings.seed = seed;
    settings.told = tells ? tell : NULL;
    settings.watcher = study->trace ? trace : NULL;
    settings.self = &teller;
    year_run(&settings, call->arena, out);
    if (tells)
        fputs("\r\033[K", call->err);
    switch (out->end) {
    case YEAR_DONE: return LAB_DONE;
    case YEAR_STOPPED: return LAB_INTERRUPTED;
    case YEAR_REFUSED: return lab_wrong(call, LAB_USAGE, "scenario", NULL, "%s", out->why.text);
    case YEAR_SPENT: break;
    }
    return lab_wrong(call, LAB_UNEXPECTED, "memory", "take a smaller network or --scale",
                     "there is no memory for this year");
}

/* ---- what is written ---- */

bool lab_study_file_open(struct lab_call *call, struct lab_study_file *file, enum measure_file kind)
{
    *file = (struct lab_study_file) {0};
    if (!lab_given(call, "csv"))
        return true;
    file->stream = open_memstream(&file->text, &file->size);
    if (file->stream)
        yearbook_titles(file->stream, kind);
    else
        lab_wrong(call, LAB_UNEXPECTED, "memory", NULL, "there is no memory");
    return file->stream;
}

bool lab_study_file_close(struct lab_call *call, struct lab_study_file *file,
                          enum measure_file kind)
{
    if (!file->stream)
        return true;
    const char *path =
        arena_format(call->arena, "%s/%s", lab_value(call, "csv", "."), measure_file_name(kind));
    bool good = fclose(file->stream) == 0 && path &&
                lab_write(call, path, (struct bytes) {(const uint8_t *)file->text, file->size});
    free(file->text);
    *file = (struct lab_study_file) {0};
    return good;
}

size_t lab_study_width(const struct lab_call *call)
{
    struct winsize size;
    bool there = isatty(fileno(call->out)) && ioctl(fileno(call->out), TIOCGWINSZ, &size) == 0;
    return there ? size.ws_col : 0;
}

enum lab_exit lab_study_json(struct lab_call *call, json_t *object)
{
    if (!object)
        return lab_wrong(call, LAB_UNEXPECTED, "memory", NULL, "there is no memory");
    json_dumpf(object, call->out, JSON_INDENT(2));
    fputc('\n', call->out);
    json_decref(object);
    return LAB_DONE;
}
