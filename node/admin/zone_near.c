#include "admin/zone_near.h"

#include "base/words.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

enum { LIST_MAX = 256 * 1024 };

struct near {
    struct bytes name;
    size_t apart;
};

static struct bytes place_of(struct bytes name)
{
    for (size_t i = name.size; i > 0; i--)
        if (name.data[i - 1] == '/')
            return (struct bytes) {name.data + i, name.size - i};
    return name;
}

/* As many mistakes as a third of the letters; SIZE_MAX: it does not come near. */
static size_t mistakes(struct bytes typed, struct bytes known)
{
    size_t apart =
        words_apart((const char *)typed.data, typed.size, (const char *)known.data, known.size);
    return apart < SIZE_MAX && apart * 3 <= known.size ? apart : SIZE_MAX;
}

/* The whole name, or its place in whatever region. */
static size_t apart_of(struct bytes typed, struct bytes known)
{
    size_t whole = mistakes(typed, known), place = mistakes(place_of(typed), place_of(known));
    return whole < place ? whole : place;
}

static void consider(struct near best[static ZONE_NEAR_MAX], struct near one)
{
    for (size_t i = 0; i < ZONE_NEAR_MAX; i++)
        if (one.apart < best[i].apart) {
            struct near worse = best[i];
            best[i] = one;
            one = worse;
        }
}

/* `Z NAME ...` a zone, `L ZONE NAME` another name of one. */
static bool name_in(struct bytes line, struct bytes *out)
{
    size_t blanks = line.size && line.data[0] == 'L' ? 2 : 1, from = 0;
    if (line.size < 2 || (line.data[0] != 'L' && line.data[0] != 'Z') || line.data[1] != ' ')
        return false;
    for (; blanks && from < line.size; from++)
        blanks -= line.data[from] == ' ';
    const uint8_t *end = memchr(line.data + from, ' ', line.size - from);
    size_t size = end ? (size_t)(end - line.data) - from : line.size - from;
    *out = (struct bytes) {line.data + from, size};
    return size > 0;
}

const char *zone_near(struct bytes list, const char *name, struct arena *arena)
{
    struct near best[ZONE_NEAR_MAX];
    const char *text = "";
    for (size_t i = 0; i < ZONE_NEAR_MAX; i++)
        best[i] = (struct near) {.apart = SIZE_MAX};
    for (size_t at = 0; at < list.size;) {
        const uint8_t *end = memchr(list.data + at, '\n', list.size - at);
        struct bytes line = {list.data + at, end ? (size_t)(end - list.data) - at : list.size - at};
        struct bytes known;
        if (name_in(line, &known))
            consider(best, (struct near) {known, apart_of(bytes_text(name), known)});
        at += line.size + 1;
    }
    for (size_t i = 0; text && i < ZONE_NEAR_MAX && best[i].apart < SIZE_MAX; i++)
        text = arena_format(arena, "%s%s%.*s", text, i ? ", " : "", (int)best[i].name.size,
                            (const char *)best[i].name.data);
    return text;
}

const char *zone_near_here(const char *name, struct arena *arena)
{
    struct bytes list = {0};
    uint8_t *room = arena_take(arena, LIST_MAX);
    FILE *file = room ? fopen("/usr/share/zoneinfo/tzdata.zi", "rbe") : NULL;
    if (file) {
        list = (struct bytes) {room, fread(room, 1, LIST_MAX, file)};
        fclose(file);
    }
    return room ? zone_near(list, name, arena) : NULL;
}
