#include "sheet/sheet_fold.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

/* Letters that Unicode does not take apart, as people without them write them. */
static const struct {
    utf8proc_int32_t point;
    const char *plain;
} letters[] = {
    {0xE6, "ae"}, {0xF8, "o"},   {0x111, "d"}, {0xF0, "d"},  {0x131, "i"},
    {0x142, "l"}, {0x153, "oe"}, {0xFE, "th"}, {0x127, "h"},
};

static const char *plain_of(utf8proc_int32_t point)
{
    for (size_t i = 0; i < sizeof letters / sizeof *letters; i++)
        if (letters[i].point == point)
            return letters[i].plain;
    return NULL;
}

static bool is_letter(utf8proc_int32_t point)
{
    utf8proc_category_t category = utf8proc_category(point);
    return category == UTF8PROC_CATEGORY_LL || category == UTF8PROC_CATEGORY_LO ||
           category == UTF8PROC_CATEGORY_LU || category == UTF8PROC_CATEGORY_ND;
}

static size_t point_add(char *out, utf8proc_int32_t point)
{
    const char *plain = plain_of(point);
    if (plain) {
        memcpy(out, plain, strlen(plain));
        return strlen(plain);
    }
    return is_letter(point) ? (size_t)utf8proc_encode_char(point, (utf8proc_uint8_t *)out) : 0;
}

/* What is plain ASCII needs no tables. */
static bool ascii_fold(struct bytes text, char *out)
{
    size_t size = 0;
    for (size_t i = 0; i < text.size; i++) {
        if (text.data[i] >= 0x80)
            return false;
        if (isalnum(text.data[i]))
            out[size++] = (char)tolower(text.data[i]);
    }
    out[size] = '\0';
    return true;
}

const char *sheet_fold(struct bytes text, struct arena *arena)
{
    char *out = arena_take(arena, text.size + 1);
    if (!out || ascii_fold(text, out))
        return out;
    utf8proc_uint8_t *folded = NULL;
    utf8proc_ssize_t size = utf8proc_map(text.data, (utf8proc_ssize_t)text.size, &folded,
                                         UTF8PROC_STABLE | UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT |
                                             UTF8PROC_STRIPMARK | UTF8PROC_CASEFOLD);
    if (size < 0)
        return NULL;
    out = arena_take(arena, (size_t)size * 2 + 1);
    size_t used = 0;
    for (utf8proc_ssize_t at = 0; out && at < size;) {
        utf8proc_int32_t point;
        utf8proc_ssize_t step = utf8proc_iterate(folded + at, size - at, &point);
        if (step <= 0)
            break;
        used += point_add(out + used, point);
        at += step;
    }
    free(folded);
    return out;
}

size_t sheet_fold_apart(const char *left, const char *right)
{
    size_t row[SHEET_FOLD_APART_MAX + 1];
    size_t width = strlen(right);
    if (width > SHEET_FOLD_APART_MAX || strlen(left) > SHEET_FOLD_APART_MAX)
        return SIZE_MAX;
    for (size_t j = 0; j <= width; j++)
        row[j] = j;
    for (size_t i = 0; left[i]; i++) {
        size_t diagonal = row[0];
        row[0] = i + 1;
        for (size_t j = 0; j < width; j++) {
            size_t change = diagonal + (left[i] != right[j]);
            size_t least = row[j] < row[j + 1] ? row[j] : row[j + 1];
            diagonal = row[j + 1];
            row[j + 1] = change < least + 1 ? change : least + 1;
        }
    }
    return row[width];
}

bool sheet_fold_in(const char *words, const char *word)
{
    size_t length = strlen(word);
    for (const char *at = words; *at; at += strspn(at, " ")) {
        size_t size = strcspn(at, " ");
        if (length > 0 && size == length && memcmp(at, word, size) == 0)
            return true;
        at += size;
    }
    return false;
}
