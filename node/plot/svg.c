#include "plot/svg.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

/* ---- text ---- */

/* Letters of one UTF-8 sequence; 0: there is none here that XML holds. */
static size_t sequence(const char *text, uint32_t *point)
{
    const unsigned char *at = (const unsigned char *)text;
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    size_t length = at[0] < 0x80             ? 1
                    : (at[0] & 0xE0) == 0xC0 ? 2
                    : (at[0] & 0xF0) == 0xE0 ? 3
                    : (at[0] & 0xF8) == 0xF0 ? 4
                                             : 0;
    *point = length == 1 ? at[0] : at[0] & (0xFFu >> (length + 1));
    for (size_t i = 1; i < length; i++) {
        if ((at[i] & 0xC0) != 0x80)
            return 0;
        *point = *point << 6 | (at[i] & 0x3F);
    }
    return length && *point >= least[length] ? length : 0;
}

static bool is_shown(uint32_t point)
{
    if (point < 0x20)
        return point == '\t' || point == '\n';
    return !(point >= 0x7F && point < 0xA0) && !(point >= 0xD800 && point < 0xE000) &&
           point != 0x200E && point != 0x200F && !(point >= 0x202A && point <= 0x202E) &&
           !(point >= 0x2066 && point <= 0x2069) && (point & 0xFFFE) != 0xFFFE && point <= 0x10FFFF;
}

void svg_escape(FILE *out, const char *text)
{
    static const char *const names[] = {
        ['&'] = "&amp;", ['<'] = "&lt;", ['>'] = "&gt;", ['"'] = "&quot;", ['\''] = "&#39;"};
    while (*text) {
        uint32_t point;
        size_t length = sequence(text, &point);
        if (!length || !is_shown(point))
            fputs("\uFFFD", out);
        else if (point < sizeof names / sizeof *names && names[point])
            fputs(names[point], out);
        else
            fwrite(text, 1, length, out);
        text += length ? length : 1;
    }
}

static void escape_list(FILE *out, const char *format, va_list list)
{
    char *text;
    if (vasprintf(&text, format, list) < 0)
        return; /* no memory: the text is missing, the drawing stays whole */
    svg_escape(out, text);
    free(text);
}

/* ---- elements ---- */

void svg_begin(FILE *out, const struct svg_frame *frame)
{
    fprintf(out,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"%s\" width=\"%d\" height=\"%d\" "
            "viewBox=\"0 0 %d %d\" role=\"img\" aria-labelledby=\"%s-title %s-about\">\n"
            "<title id=\"%s-title\">",
            frame->class, frame->width, frame->height, frame->width, frame->height, frame->id,
            frame->id, frame->id);
    svg_escape(out, frame->title);
    fprintf(out, "</title>\n<desc id=\"%s-about\">", frame->id);
    svg_escape(out, frame->description);
    fputs("</desc>\n", out);
    if (frame->style)
        fprintf(out, "<style>\n%s</style>\n", frame->style);
}

void svg_end(FILE *out)
{
    fputs("</svg>\n", out);
}

void svg_rect(FILE *out, const char *class, int x, int y, int width, int height)
{
    fprintf(out, "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"/>\n", class, x, y,
            width, height);
}

void svg_line(FILE *out, const char *class, int x, int y, int to_x, int to_y)
{
    fprintf(out, "<line class=\"%s\" x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\"/>\n", class, x, y,
            to_x, to_y);
}

void svg_path(FILE *out, const char *class, const char *format, ...)
{
    va_list list;
    fprintf(out, "<path class=\"%s\" d=\"", class);
    va_start(list, format);
    escape_list(out, format, list);
    va_end(list);
    fputs("\"/>\n", out);
}

void svg_text(FILE *out, const char *class, int x, int y, const char *format, ...)
{
    va_list list;
    fprintf(out, "<text class=\"%s\" x=\"%d\" y=\"%d\">", class, x, y);
    va_start(list, format);
    escape_list(out, format, list);
    va_end(list);
    fputs("</text>\n", out);
}

void svg_group(FILE *out, const char *format, ...)
{
    va_list list;
    fputs("<g><title>", out);
    va_start(list, format);
    escape_list(out, format, list);
    va_end(list);
    fputs("</title>\n", out);
}

void svg_group_end(FILE *out)
{
    fputs("</g>\n", out);
}

int svg_width(size_t letters, int size)
{
    return (int)letters * size * 63 / 100;
}
