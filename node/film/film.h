/* What happened in a virtual world, kept: so much of it as there is room for, and how much was let
 * go. It watches a story from its beginning on, and is drawn afterwards. */
#pragma once

#include "film/film_bins.h"
#include "film/film_records.h"
#include "film/film_trace.h"
#include "sim/story.h"

enum { FILM_MOMENTS = 200000 };

/* One thing that happened; `us` counts from the world's beginning. */
struct film_moment {
    enum world_deed deed;
    bool refused;           /* arrived: the node refused it. submitted: the answer was no */
    bool ready, repeated;   /* submitted: waits for the guard; was answered before */
    enum trace_level level; /* said */
    uint32_t node, other, size;
    uint32_t own; /* submitted: the institution in whose name, which may lodge at the node */
    int64_t us;
    uint64_t frame;
    const char *what, *why; /* static; submitted: the kind of record, and the refusal's sentence */
    char *text;             /* said: the sentence; submitted: the dossier as nodes name it */
};

struct film;

/* moments_max 0: FILM_MOMENTS. trace: each moment goes there, too, as a line of CSV; NULL: nowhere.
 * NULL: no memory. */
struct film *film_open(size_t moments_max, FILE *trace);
void film_close(struct film *film);
/* For story_play_watched, once. */
struct story_watch film_watch(struct film *film);

/* ---- looking, when the story is over ---- */

size_t film_count(const struct film *film);
const struct film_moment *film_moment(const struct film *film, size_t number);
/* Moments that were let go when there was no more room: ordinary ones first, old ones first. */
uint64_t film_dropped(const struct film *film);
/* When the world ended. */
int64_t film_until(const struct film *film);
size_t film_nodes(const struct film *film);
const char *film_node(const struct film *film, size_t node);
/* Whose process and store it shares: itself, if it does not lodge. */
size_t film_home(const struct film *film, size_t node);
/* How often it happened, also of moments that were let go. */
uint64_t film_deeds(const struct film *film, enum world_deed deed);
uint64_t film_refused(const struct film *film);
/* The text with the story's names for dossiers, cut to the room. */
void film_names(const struct film *film, const char *text, char *out, size_t room);
const struct film_bins *film_bins(const struct film *film);
const struct film_records *film_records(const struct film *film);
/* Memory was refused on the way: what is kept is not all. */
bool film_broken(const struct film *film);
