#include "film/film.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_ROOM = 1024 };

/* A dossier's name in the story, and the one that nodes say. */
struct alias {
    char id[HEADER_DOSSIER_TEXT];
    char name[16];
};

struct film {
    const struct world *world; /* NULL: before it begins, and after it ended */
    struct film_moment *moments;
    size_t count, room, max;
    uint64_t dropped, refused, deeds[WORLD_DEEDS];
    char **nodes;
    size_t *homes;
    size_t node_count;
    struct alias *aliases;
    size_t alias_count, alias_room;
    struct film_bins bins;
    struct film_records records;
    int64_t until_us;
    FILE *trace;
    bool broken;
};

struct film *film_open(size_t moments_max, FILE *trace)
{
    struct film *film = calloc(1, sizeof *film);
    if (!film)
        return NULL;
    film->max = moments_max ? moments_max : FILM_MOMENTS;
    film->trace = trace;
    return film;
}

void film_close(struct film *film)
{
    if (!film)
        return;
    for (size_t i = 0; i < film->count; i++)
        free(film->moments[i].text);
    for (size_t i = 0; i < film->node_count; i++)
        free(film->nodes[i]);
    free(film->moments);
    free(film->nodes);
    free(film->homes);
    free(film->aliases);
    film_bins_close(&film->bins);
    film_records_close(&film->records);
    free(film);
}

/* ---- room ---- */

/* Frames that came and went, and what only an integrator wants to know. */
static bool is_ordinary(const struct film_moment *moment)
{
    return moment->deed == WORLD_LEFT || (moment->deed == WORLD_ARRIVED && !moment->refused) ||
           (moment->deed == WORLD_SAID && moment->level == TRACE_DETAIL);
}

/* The older half goes, of the ordinary ones if they are worth it, else of all. */
static void make_room(struct film *film)
{
    size_t ordinary = 0, gone = 0, left = 0;
    for (size_t i = 0; i < film->count; i++)
        ordinary += is_ordinary(&film->moments[i]);
    bool all = ordinary < film->count / 4;
    size_t goes = (all ? film->count : ordinary) / 2;
    for (size_t i = 0; i < film->count; i++) {
        struct film_moment *moment = &film->moments[i];
        if (gone < goes && (all || is_ordinary(moment))) {
            free(moment->text);
            gone++;
        } else
            film->moments[left++] = *moment;
    }
    film->count = left;
    film->dropped += gone;
}

static struct film_moment *moment_add(struct film *film)
{
    if (film->count == film->max)
        make_room(film);
    if (film->count == film->room) {
        size_t room = film->room ? 2 * film->room : FIRST_ROOM;
        room = room < film->max ? room : film->max;
        void *more = realloc(film->moments, room * sizeof *film->moments);
        if (!more) {
            film->broken = true;
            return NULL;
        }
        film->moments = more;
        film->room = room;
    }
    return &film->moments[film->count++];
}

/* ---- what happens ---- */

static void submission_note(const struct world *world, struct film_moment *moment,
                            const struct world_event *event)
{
    size_t own;
    char id[HEADER_DOSSIER_TEXT];
    const struct event_answer *answer = event->answer;
    if (world_find(world, event->submission->own, &own))
        moment->own = (uint32_t)own;
    moment->refused = answer->verdict;
    moment->ready = answer->ready;
    moment->repeated = answer->repeated;
    moment->what = film_trace_kind(event->submission->kind);
    moment->why = answer->verdict == VERDICT_INTERNAL ? "no answer"
                  : answer->verdict                   ? verdict_text(answer->verdict)->sentence
                                                      : NULL;
    header_dossier_text(answer->verdict ? &event->submission->dossier : &answer->place.dossier, id);
    if (!answer->verdict || !event->submission->opens)
        moment->text = strdup(id);
}

static void watch(void *self, const struct world_event *event)
{
    struct film *film = self;
    int64_t us = event->at.us - world_beginning().us;
    assert(film->world);
    film->deeds[event->deed]++;
    film->refused += event->refused;
    film->until_us = us;
    if (film->trace)
        film_trace_line(film->trace, film->world, event);
    film_bins_take(&film->bins, event, us);
    if (event->deed == WORLD_LEFT || event->deed == WORLD_SAID || event->deed == WORLD_STOPPED)
        film_records_follow(&film->records, film->world, event->node, us);
    struct film_moment *moment = moment_add(film);
    if (!moment)
        return;
    *moment = (struct film_moment) {
        .deed = event->deed,
        .refused = event->refused,
        .node = (uint32_t)event->node,
        .other = (uint32_t)event->other,
        .own = (uint32_t)event->node,
        .size = (uint32_t)event->size,
        .us = us,
        .frame = event->frame,
        .what = event->what,
        .why = event->why,
    };
    if (event->submission)
        submission_note(film->world, moment, event);
    if (event->sentence) {
        moment->level = event->sentence->level;
        moment->text = strdup(event->sentence->text);
        film->broken = film->broken || !moment->text;
    }
}

static void begun(void *self, struct world *world)
{
    struct film *film = self;
    size_t count = world_count(world);
    assert(!film->nodes);
    film->world = world;
    film->nodes = calloc(count, sizeof *film->nodes);
    film->homes = calloc(count, sizeof *film->homes);
    for (size_t i = 0; film->nodes && film->homes && i < count; i++) {
        film->nodes[i] = strdup(world_institution(world, i));
        while (world_store(world, film->homes[i]) != world_store(world, i))
            film->homes[i]++;
        if (film->nodes[i])
            film->node_count++;
    }
    bool opened = film_bins_open(&film->bins, count);
    opened = film_records_open(&film->records, count) && opened;
    assert(opened && film->node_count == count);
    if (film->trace)
        film_trace_begin(film->trace);
}

static void named(void *self, const char *name, const struct header_dossier *id)
{
    struct film *film = self;
    if (film->alias_count == film->alias_room) {
        size_t room = film->alias_room ? 2 * film->alias_room : 64;
        void *more = realloc(film->aliases, room * sizeof *film->aliases);
        if (!more) {
            film->broken = true;
            return;
        }
        film->aliases = more;
        film->alias_room = room;
    }
    struct alias *alias = &film->aliases[film->alias_count++];
    header_dossier_text(id, alias->id);
    snprintf(alias->name, sizeof alias->name, "%s", name);
}

static void ended(void *self, struct world *world)
{
    struct film *film = self;
    film->until_us = world_now(world).us - world_beginning().us;
    film_bins_until(&film->bins, film->until_us);
    for (size_t i = 0; i < film->node_count; i++)
        film_records_follow(&film->records, world, i, film->until_us);
    film_records_end(&film->records, world);
    film->world = NULL;
}

struct story_watch film_watch(struct film *film)
{
    return (struct story_watch) {
        .watcher = watch, .begun = begun, .ended = ended, .named = named, .self = film};
}

/* ---- looking ---- */

size_t film_count(const struct film *film)
{
    return film->count;
}

const struct film_moment *film_moment(const struct film *film, size_t number)
{
    assert(number < film->count);
    return &film->moments[number];
}

uint64_t film_dropped(const struct film *film)
{
    return film->dropped;
}

int64_t film_until(const struct film *film)
{
    return film->until_us;
}

size_t film_nodes(const struct film *film)
{
    return film->node_count;
}

const char *film_node(const struct film *film, size_t node)
{
    assert(node < film->node_count);
    return film->nodes[node];
}

size_t film_home(const struct film *film, size_t node)
{
    assert(node < film->node_count);
    return film->homes[node];
}

uint64_t film_deeds(const struct film *film, enum world_deed deed)
{
    return film->deeds[deed];
}

uint64_t film_refused(const struct film *film)
{
    return film->refused;
}

void film_names(const struct film *film, const char *text, char *out, size_t room)
{
    size_t at = 0;
    while (*text && at + 1 < room) {
        const struct alias *found = NULL;
        for (size_t i = 0; i < film->alias_count && !found; i++)
            if (strncmp(text, film->aliases[i].id, HEADER_DOSSIER_TEXT - 1) == 0)
                found = &film->aliases[i];
        if (!found) {
            out[at++] = *text++;
            continue;
        }
        int length = snprintf(out + at, room - at, "%s", found->name);
        at += (size_t)length < room - at ? (size_t)length : room - at - 1;
        text += HEADER_DOSSIER_TEXT - 1;
    }
    out[at] = '\0';
}

const struct film_bins *film_bins(const struct film *film)
{
    return &film->bins;
}

const struct film_records *film_records(const struct film *film)
{
    return &film->records;
}

bool film_broken(const struct film *film)
{
    return film->broken || film->records.broken;
}
