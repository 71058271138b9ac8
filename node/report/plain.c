#include "report/plain.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

/* Letters that Unicode does not take apart, as people without them write them. */
static const struct {
    utf8proc_int32_t point;
    const char *plain;
} letters[] = {
    {0xE6, "ae"},  {0xF8, "o"},  {0x111, "d"}, {0xF0, "d"},  {0x131, "i"}, {0x142, "l"},
    {0x153, "oe"}, {0xFE, "th"}, {0x127, "h"}, {0x167, "t"}, {0x14B, "n"}, {0x19F, "o"},
};

static bool is_letter(utf8proc_int32_t point)
{
    utf8proc_category_t category = utf8proc_category(point);
    return category == UTF8PROC_CATEGORY_LL || category == UTF8PROC_CATEGORY_LO ||
           category == UTF8PROC_CATEGORY_LU || category == UTF8PROC_CATEGORY_LM ||
           category == UTF8PROC_CATEGORY_ND;
}

/* What is being written, with a blank due before the next letter. */
struct plain {
    char *text;
    size_t size;
    bool apart, due;
};

static void put(struct plain *plain, const char *bytes, size_t size)
{
    if (plain->due && plain->apart && plain->size)
        plain->text[plain->size++] = ' ';
    plain->due = false;
    memcpy(plain->text + plain->size, bytes, size);
    plain->size += size;
}

static void put_point(struct plain *plain, utf8proc_int32_t point)
{
    utf8proc_uint8_t encoded[4];
    for (size_t i = 0; i < sizeof letters / sizeof *letters; i++)
        if (letters[i].point == point) {
            put(plain, letters[i].plain, strlen(letters[i].plain));
            return;
        }
    if (is_letter(point))
        put(plain, (const char *)encoded, (size_t)utf8proc_encode_char(point, encoded));
    else
        plain->due = true;
}

/* What is plain ASCII needs no tables. */
static bool put_ascii(struct plain *plain, struct bytes text)
{
    for (size_t i = 0; i < text.size; i++)
        if (text.data[i] >= 0x80)
            return false;
    for (size_t i = 0; i < text.size; i++) {
        char small = (char)tolower(text.data[i]);
        if (isalnum(text.data[i]))
            put(plain, &small, 1);
        else
            plain->due = true;
    }
    return true;
}

static const char *fold(struct bytes text, bool apart, struct arena *arena)
{
    struct plain plain = {.text = arena_take(arena, 2 * text.size + 1), .apart = apart};
    if (!plain.text)
        return NULL;
    if (!put_ascii(&plain, text)) {
        utf8proc_uint8_t *folded = NULL;
        utf8proc_ssize_t size =
            utf8proc_map(text.data, (utf8proc_ssize_t)text.size, &folded,
                         UTF8PROC_STABLE | UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT |
                             UTF8PROC_STRIPMARK | UTF8PROC_CASEFOLD);
        /* Each letter of the folded text is two bytes at most, and so is a blank before it. */
        plain.text = size < 0 ? NULL : arena_take(arena, 2 * (size_t)size + 1);
        utf8proc_int32_t point;
        for (utf8proc_ssize_t at = 0, step; plain.text && at < size; at += step) {
            step = utf8proc_iterate(folded + at, size - at, &point);
            put_point(&plain, point);
        }
        free(folded);
    }
    if (plain.text)
        plain.text[plain.size] = '\0';
    return plain.text;
}

const char *plain_word(struct bytes text, struct arena *arena)
{
    return fold(text, false, arena);
}

const char *plain_words(struct bytes text, struct arena *arena)
{
    return fold(text, true, arena);
}

const char *plain_small(struct bytes text, struct arena *arena)
{
    utf8proc_uint8_t *folded = NULL;
    utf8proc_ssize_t size = utf8proc_map(text.data, (utf8proc_ssize_t)text.size, &folded,
                                         UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD);
    char *small = size < 0 ? NULL : arena_text(arena, (struct bytes) {folded, (size_t)size});
    free(folded);
    return small;
}
