#include "film/film_svg.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

/* Okabe and Ito's colours, darker where they carry text. Marks differ in shape and lines in their
 * dashes, too: no colour says anything alone. */
static const char style[] =
    "svg.film{font-family:'DejaVu Sans',Verdana,system-ui,sans-serif;background:#fff}\n"
    ".film text{font-size:12px;fill:#1b1f23}\n"
    ".film .head{font-size:14px;font-weight:bold;text-anchor:middle}\n"
    ".film .title{font-size:17px;font-weight:bold}\n"
    ".film .small{font-size:11px;fill:#57606a}\n"
    ".film .end{text-anchor:end}\n"
    ".film .mid{text-anchor:middle}\n"
    ".film .halo{paint-order:stroke;stroke:#fff;stroke-width:4px;stroke-linejoin:round}\n"
    ".film .strong{font-weight:bold}\n"
    ".film .ground{fill:#fff}\n"
    ".film .band{fill:#f3f5f7}\n"
    ".film .lane{stroke:#8c959f;stroke-width:2;fill:none}\n"
    ".film .grid{stroke:#d8dee4;stroke-width:1;fill:none}\n"
    ".film .lead{stroke:#b5bec7;stroke-width:1;stroke-dasharray:1 4;fill:none}\n"
    ".film .down{fill:url(#hatch);stroke:#57606a;stroke-width:1}\n"
    ".film .stripe{stroke:#57606a;stroke-width:2}\n"
    ".film .session{stroke:#6e7781;stroke-width:1.3;stroke-dasharray:5 3;fill:none}\n"
    ".film .compare{stroke:#b0578a;stroke-width:1.6;stroke-dasharray:9 3 2 3;fill:none}\n"
    ".film .records{stroke:#0072b2;stroke-width:2.4;fill:none}\n"
    ".film .receipt{stroke:#00805c;stroke-width:1.8;fill:none}\n"
    ".film .session-tip{fill:#6e7781;stroke:#6e7781}\n"
    ".film .compare-tip{fill:#b0578a;stroke:#b0578a}\n"
    ".film .records-tip{fill:#0072b2;stroke:#0072b2}\n"
    ".film .receipt-tip{fill:#00805c;stroke:#00805c}\n"
    ".film .hollow{fill:#fff;stroke-width:1.6}\n"
    ".film .cross{stroke:#c04a00;stroke-width:2.6;fill:none}\n"
    ".film .cut{stroke:#c04a00;stroke-width:2;stroke-dasharray:3 4;fill:none}\n"
    ".film .said{fill:#1b1f23}\n"
    ".film .dot{fill:#1b1f23;stroke:#fff;stroke-width:1}\n"
    ".film .detail{fill:#fff;stroke:#57606a;stroke-width:1.5}\n"
    ".film .alarm{fill:#e69f00;stroke:#1b1f23;stroke-width:1.2}\n"
    ".film .people{fill:#56b4e9;stroke:#1b1f23;stroke-width:1.2}\n"
    ".film .start{fill:#009e73;stroke:#1b1f23;stroke-width:1.2}\n"
    ".film .restore{fill:#cc79a7;stroke:#1b1f23;stroke-width:1.2}\n"
    ".film .backup{fill:#fff;stroke:#1b1f23;stroke-width:1.4}\n"
    ".film .broken{fill:#b84a00}\n"
    ".film .on-broken{fill:#fff;font-weight:bold;font-size:13px}\n"
    ".film .on-broken-small{fill:#fff}\n"
    ".film .held-thin{stroke:#00805c;stroke-width:2.6;fill:none}\n"
    ".film .held{stroke:#00805c;stroke-width:5;fill:none}\n"
    ".film .waits{stroke:#0072b2;stroke-width:2;stroke-dasharray:2 3;fill:none}\n"
    ".film .travels{stroke:#0072b2;stroke-width:3;fill:none}\n"
    ".film .heat1{fill:#d6e9f5}.film .heat2{fill:#9fcbe6}.film .heat3{fill:#56a0cf}\n"
    ".film .heat4{fill:#0072b2}.film .heat5{fill:#00395a}\n"
    "@media screen and (prefers-color-scheme:dark){\n"
    "svg.film{background:#14181c}\n"
    ".film text{fill:#e6e9ec}.film .small{fill:#a4aeb8}\n"
    ".film .halo{stroke:#14181c}.film .ground,.film .hollow,.film .detail,.film .backup"
    "{fill:#14181c}\n"
    ".film .band{fill:#1d2329}.film .grid{stroke:#333b43}.film .lead{stroke:#4a545e}\n"
    ".film .lane,.film .stripe,.film .down{stroke:#8c959f}\n"
    ".film .session{stroke:#a4aeb8}.film .compare{stroke:#e39ac4}\n"
    ".film .records,.film .travels,.film .waits{stroke:#56b4e9}\n"
    ".film .receipt,.film .held,.film .held-thin{stroke:#2dc79a}\n"
    ".film .session-tip{fill:#a4aeb8;stroke:#a4aeb8}\n"
    ".film .compare-tip{fill:#e39ac4;stroke:#e39ac4}\n"
    ".film .records-tip{fill:#56b4e9;stroke:#56b4e9}\n"
    ".film .receipt-tip{fill:#2dc79a;stroke:#2dc79a}\n"
    ".film .hollow{fill:#14181c}.film .said{fill:#e6e9ec}.film .dot{fill:#fff;stroke:#14181c}\n"
    ".film .detail{stroke:#a4aeb8}.film .backup{stroke:#e6e9ec}\n"
    ".film .cross,.film .cut{stroke:#ff8a3d}\n"
    ".film .on-broken,.film .on-broken-small{fill:#fff}\n"
    ".film .heat1{fill:#12344a}.film .heat2{fill:#175679}.film .heat3{fill:#2a82b5}\n"
    ".film .heat4{fill:#56b4e9}.film .heat5{fill:#c5e6fa}\n"
    "}\n";

void film_svg_style(FILE *out)
{
    fputs(style, out);
}

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

void film_svg_escape(FILE *out, const char *text)
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
    film_svg_escape(out, text);
    free(text);
}

/* ---- elements ---- */

void film_svg_begin(FILE *out, const struct film_svg_frame *frame)
{
    fprintf(out,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"film\" width=\"%d\" height=\"%d\" "
            "viewBox=\"0 0 %d %d\" role=\"img\" aria-labelledby=\"%s-title %s-about\">\n"
            "<title id=\"%s-title\">",
            frame->width, frame->height, frame->width, frame->height, frame->id, frame->id,
            frame->id);
    film_svg_escape(out, frame->title);
    fprintf(out, "</title>\n<desc id=\"%s-about\">", frame->id);
    film_svg_escape(out, frame->description);
    fputs("</desc>\n", out);
    if (!frame->inside)
        fprintf(out, "<style>\n%s</style>\n", style);
    fputs("<defs><pattern id=\"hatch\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" "
          "patternTransform=\"rotate(45)\"><rect class=\"ground\" width=\"6\" height=\"6\"/>"
          "<line class=\"stripe\" x1=\"0\" y1=\"0\" x2=\"0\" y2=\"6\"/></pattern></defs>\n",
          out);
    film_svg_rect(out, "ground", 0, 0, frame->width, frame->height);
}

void film_svg_end(FILE *out)
{
    fputs("</svg>\n", out);
}

void film_svg_rect(FILE *out, const char *class, int x, int y, int width, int height)
{
    fprintf(out, "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"/>\n", class, x, y,
            width, height);
}

void film_svg_line(FILE *out, const char *class, int x, int y, int to_x, int to_y)
{
    fprintf(out, "<line class=\"%s\" x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\"/>\n", class, x, y,
            to_x, to_y);
}

void film_svg_path(FILE *out, const char *class, const char *format, ...)
{
    va_list list;
    fprintf(out, "<path class=\"%s\" d=\"", class);
    va_start(list, format);
    escape_list(out, format, list);
    va_end(list);
    fputs("\"/>\n", out);
}

void film_svg_text(FILE *out, const char *class, int x, int y, const char *format, ...)
{
    va_list list;
    fprintf(out, "<text class=\"%s\" x=\"%d\" y=\"%d\">", class, x, y);
    va_start(list, format);
    escape_list(out, format, list);
    va_end(list);
    fputs("</text>\n", out);
}

void film_svg_group(FILE *out, const char *format, ...)
{
    va_list list;
    fputs("<g><title>", out);
    va_start(list, format);
    escape_list(out, format, list);
    va_end(list);
    fputs("</title>\n", out);
}

void film_svg_group_end(FILE *out)
{
    fputs("</g>\n", out);
}

int film_svg_width(size_t letters, int size)
{
    return (int)letters * size * 63 / 100;
}

/* ---- times ---- */

void film_svg_time(int64_t us, char out[static FILM_SVG_TIME])
{
    int64_t ms = us / 1000, s = ms / 1000;
    if (s < 60)
        snprintf(out, FILM_SVG_TIME, "%" PRId64 ".%03" PRId64 " s", s, ms % 1000);
    else if (s < 3600)
        snprintf(out, FILM_SVG_TIME, "%" PRId64 ":%02" PRId64 ".%03" PRId64, s / 60, s % 60,
                 ms % 1000);
    else if (s < 86400)
        snprintf(out, FILM_SVG_TIME, "%" PRId64 ":%02" PRId64 ":%02" PRId64 ".%03" PRId64, s / 3600,
                 s / 60 % 60, s % 60, ms % 1000);
    else
        snprintf(out, FILM_SVG_TIME, "%" PRId64 " d %02" PRId64 ":%02" PRId64 ":%02" PRId64,
                 s / 86400, s / 3600 % 24, s / 60 % 60, s % 60);
}

void film_svg_span(int64_t us, char out[static FILM_SVG_TIME])
{
    static const struct {
        const char *unit;
        int64_t us;
    } units[] = {{"d", 86400LL * 1000000},
                 {"h", 3600LL * 1000000},
                 {"min", 60LL * 1000000},
                 {"s", 1000000},
                 {"ms", 1000},
                 {"µs", 1}};
    size_t i = 0;
    while (i + 1 < sizeof units / sizeof *units && us < units[i].us)
        i++;
    int64_t tenths = us * 10 / units[i].us;
    if (tenths % 10)
        snprintf(out, FILM_SVG_TIME, "%" PRId64 ".%" PRId64 " %s", tenths / 10, tenths % 10,
                 units[i].unit);
    else
        snprintf(out, FILM_SVG_TIME, "%" PRId64 " %s", tenths / 10, units[i].unit);
}
