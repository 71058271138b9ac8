#include "sim/play.h"

#include "sim/twin.h"

#include <assert.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

static const char second_mark[] = "2nd."; /* before the institution: the copy of its node */

/* Dossiers by the story's names: what stands there does not change with the dice. */
static void names_put(const struct play *play, char *text)
{
    char id[HEADER_DOSSIER_TEXT];
    for (size_t i = 0; i < play->dossier_count; i++) {
        header_dossier_text(&play->dossiers[i].id, id);
        char *at = strstr(text, id);
        if (!at)
            continue;
        size_t length = strlen(play->dossiers[i].name);
        memcpy(at, play->dossiers[i].name, length);
        memmove(at + length, at + strlen(id), strlen(at + strlen(id)) + 1);
    }
}

bool play_wrong(struct play *play, const char *format, ...)
{
    char text[512];
    va_list list;
    va_start(list, format);
    vsnprintf(text, sizeof text, format, list);
    va_end(list);
    names_put(play, text);
    if (!play->wrong)
        play->wrong = arena_text(play->arena, bytes_text(text));
    assert(play->wrong);
    return false;
}

void play_hush(struct play *play)
{
    if (play->times > 1)
        fprintf(play->said, "%s (%zu times)\n", play->line, play->times);
    else if (play->times)
        fprintf(play->said, "%s\n", play->line);
    play->times = 0;
}

void play_say(struct play *play, size_t node, char mark, const char *text)
{
    char put[PLAY_LINE_MAX - 160], line[PLAY_LINE_MAX], who[128];
    double seconds = (double)(world_now(play->world).us - world_beginning().us) / INSTANT_SECOND;
    snprintf(put, sizeof put, "%s", text);
    names_put(play, put);
    snprintf(who, sizeof who, "%s%s", node < world_count(play->world) ? "" : second_mark,
             world_institution(play->world, node));
    snprintf(line, sizeof line, "%10.3f  %-13s %c %s", seconds, who, mark, put);
    if (strcmp(line, play->line) != 0)
        play_hush(play);
    memcpy(play->line, line, sizeof line);
    play->times++;
}

bool play_node(const struct play *play, const char *name, size_t *node)
{
    bool second = strncmp(name, second_mark, strlen(second_mark)) == 0;
    return play->world &&
           world_find(play->world, name + (second ? strlen(second_mark) : 0), node) &&
           (!second || twin_find(play->world, *node, node));
}

const char *play_country(const struct play *play, size_t node)
{
    const char *institution = world_institution(play->world, node);
    const char *dot = strrchr(institution, '.');
    return dot ? dot + 1 : institution;
}

bool play_is_at(const struct play *play, size_t node, const char *place)
{
    return strcmp(world_institution(play->world, node), place) == 0 ||
           strcmp(play_country(play, node), place) == 0;
}

bool play_place_known(const struct play *play, const char *place)
{
    for (size_t i = 0; play->world && i < world_count(play->world); i++)
        if (play_is_at(play, i, place))
            return true;
    return false;
}

struct play_dossier *play_find(const struct play *play, const char *name)
{
    for (size_t i = 0; i < play->dossier_count; i++)
        if (strcmp(play->dossiers[i].name, name) == 0)
            return &play->dossiers[i];
    return NULL;
}

struct play_dossier *play_add(struct play *play, const char *name, size_t opener, size_t other)
{
    if (play_find(play, name) || strlen(name) >= PLAY_NAME_MAX) {
        play_wrong(play, "%s cannot be the name of a new dossier", name);
        return NULL;
    }
    if (play->dossier_count == PLAY_DOSSIERS_MAX) {
        play_wrong(play, "%s is one too many: a story has %d dossiers at most", name,
                   PLAY_DOSSIERS_MAX);
        return NULL;
    }
    struct play_dossier *dossier = &play->dossiers[play->dossier_count++];
    *dossier = (struct play_dossier) {.opener = opener, .other = other};
    snprintf(dossier->name, sizeof dossier->name, "%s", name);
    return dossier;
}

/* A node that was started twice speaks for the same institution. */
static bool same_institution(const struct play *play, size_t one, size_t other)
{
    return strcmp(world_institution(play->world, one), world_institution(play->world, other)) == 0;
}

bool play_opened(const struct play *play, const struct play_dossier *dossier, size_t node)
{
    return same_institution(play, node, dossier->opener);
}

size_t play_other(const struct play *play, const struct play_dossier *dossier, size_t node)
{
    return play_opened(play, dossier, node) ? dossier->other : dossier->opener;
}

bool play_place(const struct play *play, const struct play_dossier *dossier, size_t node,
                struct store_place *place)
{
    struct store *store = world_store(play->world, node);
    const char *partner = world_institution(play->world, play_other(play, dossier, node));
    struct store_pair *pairs;
    size_t count;
    *place = (struct store_place) {.opened_by_partner = !play_opened(play, dossier, node),
                                   .dossier = dossier->id};
    if ((!play_opened(play, dossier, node) && !same_institution(play, node, dossier->other)) ||
        store->pair_list(store, play->arena, &pairs, &count))
        return false;
    for (size_t i = 0; i < count; i++)
        if (strcmp(pairs[i].own, world_institution(play->world, node)) == 0 &&
            strcmp(pairs[i].partner, partner) == 0)
            place->pair = pairs[i].pair;
    return place->pair != 0;
}

bool play_names(struct play *play, const char *names, play_each *each, void *self)
{
    const char *dots = strstr(names, "..");
    size_t letters = strcspn(names, "0123456789");
    if (!dots)
        return each(play, names, self);
    if (strncmp(dots + 2, names, letters) != 0)
        return play_wrong(play, "%s is no range of names", names);
    unsigned long first = strtoul(names + letters, NULL, 10);
    unsigned long last = strtoul(dots + 2 + letters, NULL, 10);
    if (last < first)
        return play_wrong(play, "%s is no range of names", names);
    for (unsigned long i = first; i <= last; i++) {
        char name[2 * PLAY_NAME_MAX];
        snprintf(name, sizeof name, "%.*s%lu", (int)letters, names, i);
        if (!each(play, name, self))
            return false;
    }
    return true;
}
