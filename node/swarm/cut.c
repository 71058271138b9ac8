#include "swarm/cut.h"

#include "sim/story.h"

#include <assert.h>
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* ---- reading and writing ---- */

/* Blanks at both ends and double ones within say nothing. */
static const char *line_tidy(const char *line, size_t size, struct arena *arena)
{
    char *out = arena_take(arena, size + 1);
    size_t length = 0;
    for (size_t i = 0; out && i < size; i++) {
        char letter = line[i] == '\t' || line[i] == '\r' ? ' ' : line[i];
        if (letter != ' ' || (length && out[length - 1] != ' '))
            out[length++] = letter;
    }
    if (out)
        out[length - (length && out[length - 1] == ' ')] = '\0';
    return out;
}

bool cut_read(struct bytes text, struct arena *arena, struct cut *out, size_t **numbers)
{
    struct bytes upper, lower;
    size_t room = 1;
    story_halves(text, &upper, &lower);
    for (size_t i = 0; i < upper.size; i++)
        room += upper.data[i] == '\n';
    *out = (struct cut) {.lines = arena_take_array(arena, room, sizeof *out->lines)};
    size_t *places = arena_take_array(arena, room, sizeof *places);
    if (!out->lines || !places)
        return false;
    for (size_t at = 0, number = 1; at < upper.size; number++) {
        const uint8_t *end = memchr(upper.data + at, '\n', upper.size - at);
        size_t length = end ? (size_t)(end - upper.data) - at : upper.size - at;
        const char *line = line_tidy((const char *)upper.data + at, length, arena);
        if (!line)
            return false;
        if (upper.data[at] != '#' && *line) {
            places[out->count] = number;
            out->lines[out->count++] = line;
        }
        at += length + 1;
    }
    if (numbers)
        *numbers = places;
    return true;
}

struct bytes cut_text(const struct cut *cut, struct arena *arena)
{
    size_t size = 0, at = 0;
    for (size_t i = 0; i < cut->count; i++)
        size += strlen(cut->lines[i]) + 1;
    uint8_t *out = arena_take(arena, size + 1);
    for (size_t i = 0; out && i < cut->count; i++) {
        size_t length = strlen(cut->lines[i]);
        memcpy(out + at, cut->lines[i], length);
        out[at + length] = '\n';
        at += length + 1;
    }
    return (struct bytes) {out, out ? size : 0};
}

struct cut cut_out(const struct cut *cut, size_t from, size_t to, struct arena *arena)
{
    struct cut out = {.lines = arena_take_array(arena, cut->count + 1, sizeof *out.lines)};
    for (size_t i = 0; out.lines && i < cut->count; i++)
        if (i < from || i >= to)
            out.lines[out.count++] = cut->lines[i];
    return out;
}

struct cut cut_with(const struct cut *cut, size_t at, const char *line, struct arena *arena)
{
    struct cut out = cut_out(cut, 0, 0, arena);
    assert(at < cut->count);
    if (out.lines && line)
        out.lines[at] = line;
    else
        out.lines = NULL;
    return out;
}

/* ---- words ---- */

const char *cut_word(const char *line, size_t number, size_t *length)
{
    for (; number; number--) {
        line = strchr(line, ' ');
        if (!line)
            return NULL;
        line++;
    }
    *length = strcspn(line, " ");
    return *length ? line : NULL;
}

const char *cut_deed(const char *line)
{
    size_t length;
    const char *third = cut_word(line, 2, &length);
    return strncmp(line, "at ", 3) == 0 && third ? third : line;
}

bool cut_begins(const char *line, const char *words)
{
    const char *deed = cut_deed(line);
    size_t length = strlen(words);
    return strncmp(deed, words, length) == 0 && (deed[length] == ' ' || !deed[length]);
}

bool cut_mentions(const char *line, const char *word, size_t length)
{
    size_t size;
    const char *at;
    for (size_t i = 0; (at = cut_word(line, i, &size)); i++)
        if (size == length && memcmp(at, word, size) == 0)
            return true;
    return false;
}

const char *cut_reword(const char *line, size_t number, const char *word, struct arena *arena)
{
    size_t length;
    const char *at = cut_word(line, number, &length);
    assert(at);
    const char *rest = at + length;
    if (!*word && *rest)
        rest++;
    char *out = arena_format(arena, "%.*s%s%s", (int)(at - line), line, word, rest);
    if (out && *out && out[strlen(out) - 1] == ' ')
        out[strlen(out) - 1] = '\0';
    return out;
}

/* ---- names ---- */

static const char *name_read(const char *word, char letters[static 16], unsigned long *number)
{
    size_t length = strspn(word, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");
    char *end;
    if (!length || length >= 16 || !isdigit((unsigned char)word[length]) ||
        !isupper((unsigned char)*word))
        return NULL;
    memcpy(letters, word, length);
    letters[length] = '\0';
    *number = strtoul(word + length, &end, 10);
    return end;
}

bool cut_names(const char *word, size_t length, struct cut_names *out)
{
    char copy[64], again[16];
    if (length >= sizeof copy)
        return false;
    memcpy(copy, word, length);
    copy[length] = '\0';
    const char *end = name_read(copy, out->letters, &out->first);
    if (!end)
        return false;
    out->last = out->first;
    if (strncmp(end, "..", 2) == 0)
        end = name_read(end + 2, again, &out->last);
    return end && !*end && out->last >= out->first && out->last - out->first < 100000;
}
