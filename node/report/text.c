#include "report/text.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

static const char replacement[] = "\xEF\xBF\xBD";

/* The next character; *point is negative where the bytes are no UTF-8. Never more than there is. */
static size_t next(struct bytes text, size_t at, int32_t *point)
{
    assert(at < text.size);
    utf8proc_int32_t read = -1;
    utf8proc_ssize_t size =
        utf8proc_iterate(text.data + at, (utf8proc_ssize_t)(text.size - at), &read);
    *point = size > 0 ? read : -1;
    return size > 0 ? (size_t)size : 1;
}

static size_t point_width(int32_t point)
{
    if (point < 0)
        return 1;
    int width = utf8proc_charwidth(point);
    return width > 0 ? (size_t)width : 0;
}

size_t text_width(struct bytes text)
{
    size_t width = 0;
    int32_t point = 0;
    for (size_t at = 0; at < text.size;) {
        at += next(text, at, &point);
        width += point_width(point);
    }
    return width;
}

size_t text_fit(struct bytes text, size_t width)
{
    size_t used = 0, at = 0;
    int32_t point = 0;
    while (at < text.size) {
        size_t size = next(text, at, &point);
        used += point_width(point);
        if (used > width)
            break;
        at += size;
    }
    return at;
}

static struct bytes word_at(struct bytes text, size_t at)
{
    size_t end = at;
    while (end < text.size && text.data[end] != ' ' && text.data[end] != '\n')
        end++;
    return (struct bytes) {text.data + at, end - at};
}

/* Every blank may become a line end and so many blanks: that is the most it can grow. */
struct bytes text_wrap(struct bytes text, size_t width, size_t indent, struct arena *arena)
{
    bool fits = indent + text_width(text) <= width && !memchr(text.data, '\n', text.size);
    if (width <= indent || fits)
        return text.size ? text : (struct bytes) {(const uint8_t *)"", 0};
    uint8_t *out = arena_take_array(arena, text.size, indent + 2);
    size_t used = 0, column = indent;
    if (!out)
        return (struct bytes) {0};
    for (size_t at = 0; at < text.size;) {
        struct bytes word = word_at(text, at);
        size_t room = text_width(word);
        if (at > 0 && text.data[at - 1] == '\n') {
            out[used++] = '\n';
            column = 0;
        } else if (column > indent && column + 1 + room > width) {
            out[used++] = '\n';
            memset(out + used, ' ', indent);
            used += indent;
            column = indent;
        } else if (at > 0) {
            out[used++] = ' ';
            column++;
        }
        memcpy(out + used, word.data, word.size);
        used += word.size;
        column += room;
        at += word.size + 1;
    }
    return (struct bytes) {out, used};
}

/* Explicit directions of writing: U+061C, U+200E and F, U+202A to E, U+2066 to 9. A name does not
 * need them, and a line that contains one may show another order than its bytes have. */
static bool turns_direction(int32_t point)
{
    return point == 0x061C || point == 0x200E || point == 0x200F ||
           (point >= 0x202A && point <= 0x202E) || (point >= 0x2066 && point <= 0x2069);
}

static struct bytes calm(struct bytes text, size_t at, size_t size, int32_t point)
{
    if (point == '\n' || point == '\t' || point == '\r')
        return (struct bytes) {(const uint8_t *)" ", 1};
    bool control = point < 0x20 || (point >= 0x7F && point < 0xA0);
    if (control || turns_direction(point))
        return bytes_text(replacement);
    return (struct bytes) {text.data + at, size};
}

struct bytes text_calm(struct bytes text, struct arena *arena)
{
    uint8_t *out = arena_take_array(arena, text.size + 1, sizeof replacement - 1);
    if (!out)
        return (struct bytes) {0};
    size_t used = 0;
    int32_t point = 0;
    for (size_t at = 0; at < text.size;) {
        size_t size = next(text, at, &point);
        struct bytes piece = calm(text, at, size, point);
        memcpy(out + used, piece.data, piece.size);
        used += piece.size;
        at += size;
    }
    return (struct bytes) {out, used};
}

static bool ascii(struct bytes text)
{
    for (size_t i = 0; i < text.size; i++)
        if (text.data[i] >= 0x80)
            return false;
    return true;
}

bool text_nfc(struct bytes text, struct arena *arena, struct bytes *out)
{
    if (ascii(text)) {
        *out = arena_copy(arena, text);
        return out->data;
    }
    utf8proc_uint8_t *composed = NULL;
    utf8proc_ssize_t size = utf8proc_map(text.data, (utf8proc_ssize_t)text.size, &composed,
                                         UTF8PROC_STABLE | UTF8PROC_COMPOSE);
    if (size < 0)
        return false;
    struct bytes copy = arena_copy(arena, (struct bytes) {composed, (size_t)size});
    free(composed);
    if (!copy.data)
        return false;
    *out = copy;
    return true;
}

static size_t blank_at(struct bytes text, size_t at)
{
    static const char *const blanks[] = {" ", "\t", "\r", "\n", "\xC2\xA0", "\xE2\x80\xAF"};
    for (size_t i = 0; i < sizeof blanks / sizeof *blanks; i++) {
        size_t size = strlen(blanks[i]);
        if (text.size - at >= size && memcmp(text.data + at, blanks[i], size) == 0)
            return size;
    }
    return 0;
}

struct bytes text_trim(struct bytes text)
{
    size_t start = 0;
    for (size_t size; start < text.size && (size = blank_at(text, start)); start += size)
        ;
    size_t end = start;
    for (size_t at = start; at < text.size;) {
        size_t size = blank_at(text, at);
        at += size ? size : 1;
        if (!size)
            end = at;
    }
    return (struct bytes) {text.data ? text.data + start : NULL, end - start};
}

const char *text_hex(struct bytes bytes, struct arena *arena)
{
    static const char digits[] = "0123456789abcdef";
    char *text = bytes.size < SIZE_MAX / 2 ? arena_take(arena, 2 * bytes.size + 1) : NULL;
    for (size_t i = 0; text && i < bytes.size; i++) {
        text[2 * i] = digits[bytes.data[i] >> 4];
        text[2 * i + 1] = digits[bytes.data[i] & 15];
    }
    return text;
}

static int hex_value(uint8_t digit)
{
    if (digit >= '0' && digit <= '9')
        return digit - '0';
    uint8_t letter = digit | 0x20;
    return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
}

bool text_unhex(struct bytes text, uint8_t *out, size_t max, size_t *size)
{
    if (text.size % 2 || text.size / 2 > max)
        return false;
    for (size_t i = 0; i < text.size; i += 2) {
        int high = hex_value(text.data[i]), low = hex_value(text.data[i + 1]);
        if (high < 0 || low < 0)
            return false;
        out[i / 2] = (uint8_t)(high << 4 | low);
    }
    *size = text.size / 2;
    return true;
}
