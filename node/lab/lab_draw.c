#include "lab/lab_draw.h"

#include "film/film_heat.h"
#include "film/film_sequence.h"
#include "film/film_sets.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { PATH_SIZE = 4096 };

bool lab_draw_begin(struct lab_call *call, struct lab_draw *draw)
{
    *draw = (struct lab_draw) {
        .trace_path = lab_value(call, "trace", NULL),
        .report = lab_value(call, "report", NULL),
    };
    if (!draw->trace_path && !draw->report)
        return true;
    if (draw->report && !lab_folder_could(call, draw->report))
        return false;
    if (draw->trace_path && !(draw->trace = fopen(draw->trace_path, "wb"))) {
        lab_wrong(call, LAB_UNEXPECTED, "file", "look at the path, the rights and the disk",
                  "%s cannot be written: %s", draw->trace_path, strerror(errno));
        return false;
    }
    draw->film = film_open(0, draw->trace);
    if (!draw->film)
        lab_wrong(call, LAB_UNEXPECTED, "memory", NULL, "there is no memory");
    return draw->film;
}

const struct story_watch *lab_draw_watch(const struct lab_draw *draw, struct story_watch *room)
{
    if (!draw->film)
        return NULL;
    *room = film_watch(draw->film);
    return room;
}

/* ---- files ---- */

typedef bool writer(const void *subject, FILE *out);

/* Written into memory first: a file is there as a whole, or not at all. */
static bool file_make(struct lab_call *call, const char *folder, const char *name, writer *write,
                      const void *subject)
{
    char path[PATH_SIZE], *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    bool good = out && write(subject, out);
    good = (!out || fclose(out) == 0) && good;
    snprintf(path, sizeof path, "%s/%s", folder, name);
    if (!good)
        lab_wrong(call, LAB_UNEXPECTED, "memory", NULL, "there is no memory to draw %s", path);
    else
        good = lab_write(call, path, (struct bytes) {(const uint8_t *)text, size});
    free(text);
    return good;
}

struct subject {
    const struct film *film;
    const struct story *story;
    const struct film_facts *facts;
    struct film_claim claim;
};

static bool page(const void *self, FILE *out)
{
    const struct subject *subject = self;
    return film_page_write(subject->film, subject->story, subject->facts, out);
}

static bool sequence(const void *self, FILE *out)
{
    const struct subject *subject = self;
    return film_sequence_draw(subject->film, &subject->claim, false, out);
}

static bool heat(const void *self, FILE *out)
{
    const struct subject *subject = self;
    film_heat_draw(subject->film, false, out);
    return true;
}

static bool sets(const void *self, FILE *out)
{
    const struct subject *subject = self;
    return film_sets_draw(subject->film, false, out);
}

static bool told(const void *self, FILE *out)
{
    const struct bytes *text = self;
    return fwrite(text->data, 1, text->size, out) == text->size;
}

static bool report_write(struct lab_call *call, const struct lab_draw *draw,
                         const struct story *story, const struct film_facts *facts)
{
    unsigned long number = 0;
    if (story->wrong && sscanf(story->wrong, "line %lu:", &number) < 1)
        number = 0;
    struct bytes line = number ? film_page_line(facts->text, number) : (struct bytes) {0};
    struct subject subject = {
        .film = draw->film,
        .story = story,
        .facts = facts,
        .claim = {story->wrong, line.size ? arena_text(call->arena, line) : NULL},
    };
    return file_make(call, draw->report, "run.story", told, &facts->text) &&
           (!facts->found.size ||
            file_make(call, draw->report, "found.story", told, &facts->found)) &&
           file_make(call, draw->report, "sequence.svg", sequence, &subject) &&
           file_make(call, draw->report, "heat.svg", heat, &subject) &&
           file_make(call, draw->report, "sets.svg", sets, &subject) &&
           file_make(call, draw->report, "index.html", page, &subject);
}

bool lab_draw_end(struct lab_call *call, struct lab_draw *draw, const struct story *story,
                  const struct film_facts *facts)
{
    bool good = true;
    if (draw->trace && (ferror(draw->trace) | fclose(draw->trace))) {
        lab_wrong(call, LAB_UNEXPECTED, "file", "look at the disk", "%s could not be written whole",
                  draw->trace_path);
        good = false;
    }
    if (good && draw->report && film_nodes(draw->film))
        good = report_write(call, draw, story, facts);
    else if (good && draw->report)
        fprintf(call->err, "nothing is drawn: the story never came to its nodes\n");
    film_close(draw->film);
    *draw = (struct lab_draw) {0};
    return good;
}
