#include "plot/plot.h"

#include "plot/svg.h"

#include <assert.h>
#include <string.h>

/* Okabe and Ito's colours, darker where they carry text; lines differ in their dashes and bars in
 * their side, so that no colour says anything alone. */
static const char style[] =
    "svg.plot{font-family:'DejaVu Sans',Verdana,system-ui,sans-serif;background:#fff;"
    "max-width:100%;height:auto}\n"
    ".plot text{font-size:13px;fill:#1b1f23}\n"
    ".plot .title{font-size:16px;font-weight:bold}\n"
    ".plot .small{font-size:12px;fill:#57606a}\n"
    ".plot .end{text-anchor:end}.plot .mid{text-anchor:middle}\n"
    ".plot .ground{fill:#fff}\n"
    ".plot .grid{stroke:#d8dee4;stroke-width:1}.plot .axis{stroke:#57606a;stroke-width:1}\n"
    ".plot .out{fill:#d55e00}.plot .in{fill:#0072b2}.plot .bin{fill:#0072b2}\n"
    ".plot .late{fill:#d55e00}\n"
    ".plot .limit{stroke:#1b1f23;stroke-width:2;stroke-dasharray:2 3}\n"
    ".plot .line0,.plot .line1,.plot .line2,.plot .line3{fill:none;stroke-width:2.4}\n"
    ".plot .line0,.plot .aim0{stroke:#0072b2}.plot .line1,.plot .aim1{stroke:#b84a00}\n"
    ".plot .line2,.plot .aim2{stroke:#00805c}.plot .line3,.plot .aim3{stroke:#b0578a}\n"
    ".plot .line1{stroke-dasharray:9 3}.plot .line2{stroke-dasharray:9 3 2 3}\n"
    ".plot .line3{stroke-dasharray:4 2}\n"
    ".plot .aim0,.plot .aim1,.plot .aim2,.plot .aim3{stroke-width:1.4;stroke-dasharray:2 4}\n"
    ".plot .dot0,.plot .dot1,.plot .dot2,.plot .dot3{stroke:#fff;stroke-width:1}\n"
    ".plot .dot0{fill:#0072b2}.plot .dot1{fill:#b84a00}.plot .dot2{fill:#00805c}\n"
    ".plot .dot3{fill:#b0578a}\n"
    "@media screen and (prefers-color-scheme:dark){\n"
    "svg.plot{background:#14181c}\n"
    ".plot text{fill:#e6e9ec}.plot .small{fill:#a4aeb8}.plot .ground{fill:#14181c}\n"
    ".plot .grid{stroke:#333b43}.plot .axis{stroke:#a4aeb8}\n"
    ".plot .out,.plot .late{fill:#ff8a3d}.plot .in,.plot .bin{fill:#56b4e9}\n"
    ".plot .limit{stroke:#e6e9ec}\n"
    ".plot .line0,.plot .aim0{stroke:#56b4e9}.plot .line1,.plot .aim1{stroke:#ff8a3d}\n"
    ".plot .line2,.plot .aim2{stroke:#2dc79a}.plot .line3,.plot .aim3{stroke:#e39ac4}\n"
    ".plot .dot0{fill:#56b4e9}.plot .dot1{fill:#ff8a3d}.plot .dot2{fill:#2dc79a}\n"
    ".plot .dot3{fill:#e39ac4}\n"
    ".plot .dot0,.plot .dot1,.plot .dot2,.plot .dot3{stroke:#14181c}\n"
    "}\n";

enum {
    WIDTH = 760,
    MARGIN = 16,
    TOP = 64,
    LETTER = 13,
    LETTERS_MAX = 24,
    NAMES = 200, /* for the names of bars */
    ROW = 24,
    BAR = 16,
    HEIGHT = 220, /* of lines and days */
    LEGEND = 22,
    CAPTION_LINE = 92, /* letters */
    CAPTION_ROW = 18,
    BELOW = 44,
    SCALE = 48,
    TICKS = 5,
    BINS_MAX = 60,
};

void plot_style(FILE *out)
{
    fputs(style, out);
}

/* ---- what all have ---- */

/* Broken between words; writes nothing without `out`. Gives the number of lines. */
static int caption(FILE *out, const char *text, int y)
{
    int lines = 0;
    while (*text) {
        size_t size = strlen(text);
        if (size > CAPTION_LINE) {
            for (size = CAPTION_LINE; size > 1 && text[size] != ' ';)
                size--;
            while (size == 1 && text[size] && text[size] != ' ')
                size++;
        }
        if (out)
            svg_text(out, "small", MARGIN, y + lines * CAPTION_ROW, "%.*s", (int)size, text);
        text += size;
        text += strspn(text, " ");
        lines++;
    }
    return lines;
}

static void begin(FILE *out, const struct plot_frame *frame, int bottom)
{
    int lines = caption(NULL, frame->caption, 0);
    const struct svg_frame whole = {.id = frame->id,
                                    .class = "plot",
                                    .title = frame->title,
                                    .description = frame->caption,
                                    .style = frame->inside ? NULL : style,
                                    .width = WIDTH,
                                    .height = bottom + lines * CAPTION_ROW + MARGIN};
    svg_begin(out, &whole);
    svg_rect(out, "ground", 0, 0, whole.width, whole.height);
    svg_text(out, "title", MARGIN, MARGIN + LETTER, "%s", frame->title);
    caption(out, frame->caption, bottom + LETTER);
}

/* 1, 2 or 5 times a power of ten: at most TICKS of them up to `most`. */
static int64_t tick_of(int64_t most)
{
    static const int64_t steps[] = {1, 2, 5};
    int64_t power = 1;
    for (;;) {
        for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
            if (steps[i] * power * TICKS >= most)
                return steps[i] * power;
        power *= 10;
    }
}

static int along(int64_t value, int64_t most, int length)
{
    return most > 0 ? (int)(value * length / most) : 0;
}

static void cut(const char *name, char out[static 4 * LETTERS_MAX + 8])
{
    size_t letters = 0, size = 0;
    while (name[size] && size < 4 * LETTERS_MAX) {
        if ((name[size] & 0xC0) != 0x80 && ++letters > LETTERS_MAX)
            break;
        size++;
    }
    memcpy(out, name, size);
    strcpy(out + size, name[size] ? "\u2026" : "");
}

/* ---- bars ---- */

static void number(FILE *out, const char *class, int x, int y, int64_t value)
{
    if (value == PLOT_HIDDEN)
        svg_text(out, class, x, y, "hidden");
    else if (value == PLOT_FEW)
        svg_text(out, class, x, y, "fewer than 5");
    else
        svg_text(out, class, x, y, "%lld", (long long)value);
}

static void bar(FILE *out, const struct plot_bar *row, int y, int middle, int64_t most)
{
    char name[4 * LETTERS_MAX + 8];
    int half = (WIDTH - NAMES - MARGIN) / 2 - SCALE;
    int left = along(row->out > 0 ? row->out : 0, most, half);
    int right = along(row->in > 0 ? row->in : 0, most, half);
    cut(row->name, name);
    svg_group(out, "%s", row->name);
    svg_text(out, "end", NAMES - 8, y + BAR - 3, "%s", name);
    svg_rect(out, "out", middle - left, y, left, BAR);
    svg_rect(out, "in", middle, y, right, BAR);
    number(out, "end", middle - left - 5, y + BAR - 3, row->out);
    number(out, "", middle + right + 5, y + BAR - 3, row->in);
    svg_group_end(out);
}

void plot_bars(FILE *out, const struct plot_frame *frame, const struct plot_sides *sides,
               const struct plot_bar *bars, size_t count)
{
    int bottom = TOP + (int)count * ROW + 12, middle = NAMES + (WIDTH - NAMES - MARGIN) / 2;
    int64_t most = 1;
    for (size_t i = 0; i < count; i++) {
        most = bars[i].out > most ? bars[i].out : most;
        most = bars[i].in > most ? bars[i].in : most;
    }
    begin(out, frame, bottom);
    svg_text(out, "end", middle - 8, TOP - 12, "%s", sides->left);
    svg_text(out, "", middle + 8, TOP - 12, "%s", sides->right);
    for (size_t i = 0; i < count; i++)
        bar(out, &bars[i], TOP + (int)i * ROW, middle, most);
    svg_line(out, "axis", middle, TOP - 4, middle, bottom - 8);
    svg_end(out);
}

/* ---- lines ---- */

struct area {
    int x, width, y, height;
    int64_t most;
};

static int down(const struct area *area, int64_t value)
{
    return area->y + area->height - along(value, area->most, area->height);
}

static void grid(FILE *out, const struct area *area, int64_t tick, int64_t unit, const char *sign)
{
    for (int64_t at = 0; at <= area->most; at += tick) {
        int y = down(area, at);
        svg_line(out, at ? "grid" : "axis", area->x, y, area->x + area->width, y);
        svg_text(out, "small end", area->x - 6, y + 4, "%lld%s", (long long)(at / unit), sign);
    }
}

static int across(const struct area *area, size_t i, size_t count)
{
    return count < 2 ? area->x + area->width / 2
                     : area->x + 24 + (int)i * (area->width - 48) / (int)(count - 1);
}

/* The shape of a mark is its line's own: circle, square, diamond, triangle. */
static void mark(FILE *out, size_t line, int x, int y)
{
    switch (line % PLOT_LINES_MAX) {
    case 0: svg_path(out, "dot0", "M%d %dm-5 0a5 5 0 1 0 10 0a5 5 0 1 0 -10 0z", x, y); break;
    case 1: svg_path(out, "dot1", "M%d %dm-5 -5h10v10h-10z", x, y); break;
    case 2: svg_path(out, "dot2", "M%d %dm0 -6l6 6l-6 6l-6 -6z", x, y); break;
    default: svg_path(out, "dot3", "M%d %dm0 -6l6 11h-12z", x, y); break;
    }
}

static void line(FILE *out, const struct area *area, const struct plot_line *row, size_t number,
                 size_t count)
{
    static const char *const lines[] = {"line0", "line1", "line2", "line3"};
    static const char *const aims[] = {"aim0", "aim1", "aim2", "aim3"};
    svg_group(out, "%s", row->name);
    if (row->aim != PLOT_HIDDEN) {
        int y = down(area, row->aim);
        svg_line(out, aims[number], area->x, y, area->x + area->width, y);
    }
    for (size_t i = 0; i < count; i++) {
        if (row->tenths[i] == PLOT_HIDDEN)
            continue;
        int x = across(area, i, count), y = down(area, row->tenths[i]);
        if (i && row->tenths[i - 1] != PLOT_HIDDEN)
            svg_line(out, lines[number], across(area, i - 1, count), down(area, row->tenths[i - 1]),
                     x, y);
        mark(out, number, x, y);
        svg_text(out, "mid", x, y - 9, "%lld.%lld %%", (long long)(row->tenths[i] / 10),
                 (long long)(row->tenths[i] % 10));
    }
    svg_group_end(out);
}

static void legend(FILE *out, const struct plot_line *lines, size_t count, int y)
{
    static const char *const classes[] = {"line0", "line1", "line2", "line3"};
    for (size_t i = 0; i < count; i++, y += LEGEND) {
        svg_line(out, classes[i], MARGIN, y - 4, MARGIN + 40, y - 4);
        mark(out, i, MARGIN + 20, y - 4);
        if (lines[i].aim == PLOT_HIDDEN)
            svg_text(out, "", MARGIN + 50, y, "%s", lines[i].name);
        else
            svg_text(out, "", MARGIN + 50, y, "%s (dotted: the target, %lld.%lld %%)",
                     lines[i].name, (long long)(lines[i].aim / 10), (long long)(lines[i].aim % 10));
    }
}

void plot_lines(FILE *out, const struct plot_frame *frame, const char *const columns[],
                size_t column_count, const struct plot_line *lines, size_t count)
{
    struct area area = {SCALE + MARGIN, WIDTH - SCALE - 2 * MARGIN, TOP, HEIGHT, 10};
    int below = TOP + HEIGHT + BELOW;
    assert(count <= PLOT_LINES_MAX);
    for (size_t i = 0; i < count; i++) {
        area.most = lines[i].aim > area.most ? lines[i].aim : area.most;
        for (size_t j = 0; j < column_count; j++)
            area.most = lines[i].tenths[j] > area.most ? lines[i].tenths[j] : area.most;
    }
    int64_t tick = tick_of(area.most / 10 + 1) * 10;
    area.most = (area.most / tick + 1) * tick;
    begin(out, frame, below + (int)count * LEGEND);
    grid(out, &area, tick, 10, " %");
    for (size_t i = 0; i < column_count; i++)
        svg_text(out, "mid", across(&area, i, column_count), TOP + HEIGHT + 20, "%s", columns[i]);
    for (size_t i = 0; i < count; i++)
        line(out, &area, &lines[i], i, column_count);
    legend(out, lines, count, below);
    svg_end(out);
}

/* ---- days ---- */

/* So many days to a bar that there are at most BINS_MAX of them. */
static size_t days_a_bin(size_t days)
{
    static const size_t sizes[] = {1, 2, 7, 14, 28};
    size_t i = 0;
    while (i + 1 < sizeof sizes / sizeof *sizes && days > sizes[i] * BINS_MAX)
        i++;
    return sizes[i];
}

void plot_days(FILE *out, const struct plot_frame *frame, const uint32_t *counts, size_t days,
               size_t limit)
{
    struct area area = {SCALE + MARGIN, WIDTH - SCALE - 2 * MARGIN, TOP, HEIGHT, 1};
    uint64_t bins[BINS_MAX + 1] = {0};
    size_t last = days;
    while (last > 1 && !counts[last - 1] && last > limit)
        last--;
    size_t wide = days_a_bin(last), count = (last + wide - 1) / wide;
    assert(days > 0);
    for (size_t i = 0; i < last; i++)
        bins[i / wide < BINS_MAX ? i / wide : BINS_MAX] += counts[i];
    count = count > BINS_MAX + 1 ? BINS_MAX + 1 : count;
    for (size_t i = 0; i < count; i++)
        area.most = (int64_t)bins[i] > area.most ? (int64_t)bins[i] : area.most;
    int64_t tick = tick_of(area.most);
    area.most = (area.most / tick + 1) * tick;
    begin(out, frame, TOP + HEIGHT + BELOW);
    grid(out, &area, tick, 1, "");
    for (size_t i = 0; i < count; i++) {
        int x = area.x + (int)(i * (size_t)area.width / count);
        int next = area.x + (int)((i + 1) * (size_t)area.width / count);
        int y = down(&area, (int64_t)bins[i]);
        if (bins[i])
            svg_rect(out, limit && i * wide >= limit ? "late" : "bin", x + 1, y,
                     next - x > 3 ? next - x - 2 : 1, TOP + HEIGHT - y);
        if (i % ((count + 9) / 10) == 0)
            svg_text(out, "small mid", x, TOP + HEIGHT + 18, "%zu", i * wide);
    }
    if (limit) {
        int x = area.x + (int)(limit * (size_t)area.width / (count * wide));
        svg_line(out, "limit", x, TOP - 8, x, TOP + HEIGHT);
    }
    svg_text(out, "small end", WIDTH - MARGIN, TOP + HEIGHT + 36, "days");
    svg_end(out);
}
