#include "film/film_svg.h"

#include <inttypes.h>

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

void film_svg_begin(FILE *out, const struct film_svg_frame *frame)
{
    const struct svg_frame whole = {.id = frame->id,
                                    .class = "film",
                                    .title = frame->title,
                                    .description = frame->description,
                                    .style = frame->inside ? NULL : style,
                                    .width = frame->width,
                                    .height = frame->height};
    svg_begin(out, &whole);
    fputs("<defs><pattern id=\"hatch\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" "
          "patternTransform=\"rotate(45)\"><rect class=\"ground\" width=\"6\" height=\"6\"/>"
          "<line class=\"stripe\" x1=\"0\" y1=\"0\" x2=\"0\" y2=\"6\"/></pattern></defs>\n",
          out);
    svg_rect(out, "ground", 0, 0, frame->width, frame->height);
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
