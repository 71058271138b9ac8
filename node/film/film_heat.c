#include "film/film_heat.h"

#include "film/film_axis.h"
#include "film/film_mark.h"
#include "film/film_svg.h"

#include <string.h>

enum {
    MARGIN = 20,
    LABELS = 190,
    WIDTH = 1000,
    TOP = 92,
    ROWS_MAX = 200,
    LEVELS = 5,
    MARK_APART = 13,
};

struct heat {
    const struct film *film;
    const struct film_bins *bins;
    size_t used; /* bins that the run reached */
    size_t rows; /* each of so many nodes: */
    size_t share;
    int row_height, bottom;
    uint32_t hottest;
    struct film_axis axis;
    FILE *out;
};

/* Several nodes that share a row are one. */
static struct film_bin cell(const struct heat *heat, size_t row, size_t bin)
{
    struct film_bin sum = {0};
    for (size_t i = row * heat->share; i < (row + 1) * heat->share && i < heat->bins->nodes; i++) {
        sum.frames += heat->bins->cells[i * FILM_BINS + bin].frames;
        sum.marks |= heat->bins->cells[i * FILM_BINS + bin].marks;
    }
    return sum;
}

static int bits(uint32_t value)
{
    int count = 0;
    for (; value; value >>= 1)
        count++;
    return count;
}

/* Each level is so many doublings wide. 0: nothing passed. */
static int level(const struct heat *heat, uint32_t frames)
{
    return frames ? 1 + (bits(frames) - 1) * LEVELS / bits(heat->hottest) : 0;
}

static int bin_x(const struct heat *heat, size_t bin)
{
    return film_axis_x(&heat->axis, (int64_t)bin * heat->bins->width_us);
}

static void row_name(const struct heat *heat, size_t row, char *out, size_t room)
{
    size_t first = row * heat->share, last = first + heat->share - 1;
    if (last >= heat->bins->nodes)
        last = heat->bins->nodes - 1;
    size_t home = film_home(heat->film, first);
    if (first == last && home != first)
        snprintf(out, room, "%s, at %s", film_node(heat->film, first), film_node(heat->film, home));
    else if (first == last)
        snprintf(out, room, "%s", film_node(heat->film, first));
    else
        snprintf(out, room, "nodes %zu to %zu", first + 1, last + 1);
}

/* ---- a row ---- */

/* Calls for each run of bins that are alike. */
static void levels_draw(const struct heat *heat, size_t row, int y)
{
    for (size_t bin = 0, end; bin < heat->used; bin = end) {
        int is = level(heat, cell(heat, row, bin).frames);
        for (end = bin + 1; end < heat->used && level(heat, cell(heat, row, end).frames) == is;)
            end++;
        char class[16];
        snprintf(class, sizeof class, "heat%d", is);
        if (is)
            svg_rect(heat->out, class, bin_x(heat, bin), y + 1, bin_x(heat, end) - bin_x(heat, bin),
                     heat->row_height - 2);
    }
}

static void runs_draw(const struct heat *heat, size_t row, int y, uint32_t mark)
{
    for (size_t bin = 0, end; bin < heat->used; bin = end) {
        bool is = cell(heat, row, bin).marks & mark;
        for (end = bin + 1; end < heat->used && is == !!(cell(heat, row, end).marks & mark);)
            end++;
        if (!is)
            continue;
        int x = bin_x(heat, bin), wide = bin_x(heat, end) - x;
        if (mark == FILM_DOWN)
            svg_rect(heat->out, "down", x, y + 1, wide, heat->row_height - 2);
        else
            svg_line(heat->out, "cut", x, y + heat->row_height - 2, x + wide,
                     y + heat->row_height - 2);
    }
}

static const struct {
    uint32_t mark;
    enum film_mark_shape shape;
    const char *meaning;
} glyphs[] = {
    {FILM_DIED, FILM_MARK_DIES, "died"},
    {FILM_RESTORED, FILM_MARK_RESTORE, "restored from a backup"},
    {FILM_CLOCK, FILM_MARK_CLOCK, "clock set"},
};

enum { GLYPH_COUNT = sizeof glyphs / sizeof *glyphs };

static const char dot[] = "m -2 0 a 2 2 0 1 0 4 0 a 2 2 0 1 0 -4 0 z"; /* a frame was refused */

static void glyphs_draw(const struct heat *heat, size_t row, int y)
{
    int before = -MARK_APART;
    for (size_t bin = 0; bin < heat->used; bin++)
        for (size_t i = 0; i < GLYPH_COUNT; i++) {
            int x = (bin_x(heat, bin) + bin_x(heat, bin + 1)) / 2;
            if (!(cell(heat, row, bin).marks & glyphs[i].mark) || x - before < MARK_APART)
                continue;
            if (heat->row_height >= 16)
                film_mark_draw(heat->out, glyphs[i].shape, x, y + heat->row_height / 2);
            else if (glyphs[i].mark == FILM_DIED)
                svg_line(heat->out, "cross", x, y, x, y + heat->row_height);
            else
                continue;
            before = x;
        }
}

/* There may be many of them: each is a dot. */
static void refusals_draw(const struct heat *heat, size_t row, int y)
{
    for (size_t bin = 0; bin < heat->used && heat->row_height >= 12; bin++)
        if (cell(heat, row, bin).marks & FILM_REFUSED)
            svg_path(heat->out, "dot", "M %d %d %s", (bin_x(heat, bin) + bin_x(heat, bin + 1)) / 2,
                     y + 4, dot);
}

static void row_draw(const struct heat *heat, size_t row)
{
    char name[96];
    int y = TOP + (int)row * heat->row_height;
    size_t labels_every = (size_t)((15 + heat->row_height - 1) / heat->row_height);
    uint64_t frames = 0;
    row_name(heat, row, name, sizeof name);
    for (size_t bin = 0; bin < heat->used; bin++)
        frames += cell(heat, row, bin).frames;
    svg_group(heat->out, "%s: %llu frames sent and taken", name, (unsigned long long)frames);
    levels_draw(heat, row, y);
    runs_draw(heat, row, y, FILM_DOWN);
    runs_draw(heat, row, y, FILM_CUT);
    refusals_draw(heat, row, y);
    glyphs_draw(heat, row, y);
    svg_group_end(heat->out);
    if (row % labels_every == 0)
        svg_text(heat->out, "end", heat->axis.x - 10, y + heat->row_height / 2 + 4, "%.26s", name);
}

/* ---- around it ---- */

static int legend_levels(const struct heat *heat, int x, int y)
{
    for (int is = 1; is <= LEVELS; is++) {
        char class[16];
        uint32_t least = 1;
        while (least < heat->hottest && level(heat, least) < is)
            least *= 2;
        if (level(heat, least) != is)
            continue; /* so few frames that there is no such level */
        snprintf(class, sizeof class, "heat%d", is);
        svg_rect(heat->out, class, x, y - 10, 18, 16);
        svg_text(heat->out, "small", x + 23, y + 3, "%u+", least);
        x += 34 + svg_width(2 + (size_t)bits(least) / 3, 11);
    }
    svg_text(heat->out, "small", x, y + 3, "frames");
    return x + 62;
}

static void legend_draw(const struct heat *heat)
{
    int y = 62, x = legend_levels(heat, MARGIN, y);
    svg_rect(heat->out, "down", x, y - 10, 18, 16);
    svg_text(heat->out, "small", x + 24, y + 3, "down");
    x += 72;
    svg_line(heat->out, "cut", x, y, x + 22, y);
    svg_text(heat->out, "small", x + 28, y + 3, "cut off from a partner");
    x += 36 + svg_width(22, 11);
    for (size_t i = 0; i < GLYPH_COUNT; i++) {
        film_mark_draw(heat->out, glyphs[i].shape, x + 8, y - 1);
        svg_text(heat->out, "small", x + 20, y + 3, "%s", glyphs[i].meaning);
        x += 34 + svg_width(strlen(glyphs[i].meaning), 11);
    }
    svg_path(heat->out, "dot", "M %d %d %s", x + 8, y - 1, dot);
    svg_text(heat->out, "small", x + 18, y + 3, "refused a frame");
}

void film_heat_draw(const struct film *film, bool inside, FILE *out)
{
    char about[256];
    const struct film_bins *bins = film_bins(film);
    struct heat heat = {.film = film, .bins = bins, .out = out, .hottest = 1};
    heat.share = (bins->nodes + ROWS_MAX - 1) / ROWS_MAX;
    heat.rows = (bins->nodes + heat.share - 1) / heat.share;
    heat.row_height = heat.rows <= 40 ? 24 : heat.rows <= 90 ? 12 : 6;
    heat.used = (size_t)(bins->until_us / bins->width_us) + 1;
    heat.used = heat.used < FILM_BINS ? heat.used : FILM_BINS;
    heat.axis = (struct film_axis) {MARGIN + LABELS, WIDTH, (int64_t)heat.used * bins->width_us};
    heat.bottom = TOP + (int)heat.rows * heat.row_height;
    for (size_t row = 0; row < heat.rows; row++)
        for (size_t bin = 0; bin < heat.used; bin++)
            if (cell(&heat, row, bin).frames > heat.hottest)
                heat.hottest = cell(&heat, row, bin).frames;
    snprintf(about, sizeof about,
             "A row for each of %zu nodes%s, time from left to right in %zu spans. The busiest "
             "span of a row had %u frames.",
             bins->nodes, heat.share > 1 ? " (several share a row)" : "", heat.used, heat.hottest);
    film_svg_begin(out, &(struct film_svg_frame) {.id = "heat",
                                                  .title = "Who was busy, and who was away",
                                                  .description = about,
                                                  .width = 2 * MARGIN + LABELS + WIDTH + 20,
                                                  .height = heat.bottom + 48,
                                                  .inside = inside});
    svg_text(out, "title", MARGIN, 34, "Who was busy, and who was away");
    legend_draw(&heat);
    film_axis_draw(&heat.axis, TOP, heat.bottom, out);
    for (size_t row = 0; row < heat.rows; row++)
        row_draw(&heat, row);
    svg_end(out);
}
