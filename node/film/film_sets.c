#include "film/film_sets.h"

#include "film/film_axis.h"
#include "film/film_mark.h"
#include "film/film_svg.h"

#include <stdlib.h>
#include <string.h>

enum {
    MARGIN = 20,
    LABELS = 360,
    WIDTH = 640,
    FATES = 250,
    TOP = 92,
    ROW_HEIGHT = 20,
    ROWS_MAX = 150,
};

/* ---- what became of a record ---- */

enum fate {
    FATE_RECEIPTED,
    FATE_NO_RECEIPT,
    FATE_NOT_THERE,
    FATE_GONE, /* a backup was put back before anything left: nobody was promised anything */
    FATE_AUTHOR_LOST,
    FATE_LOST,
    FATES_
};

static const struct {
    const char *words;
    bool wrong;
} fates[FATES_] = {
    [FATE_RECEIPTED] = {"both hold it, receipted", false},
    [FATE_NO_RECEIPT] = {"both hold it, no receipt came", false},
    [FATE_NOT_THERE] = {"its partner does not hold it yet", false},
    [FATE_GONE] = {"neither holds it; never receipted", false},
    [FATE_AUTHOR_LOST] = {"its author lost it, the partner has it", true},
    [FATE_LOST] = {"LOST: receipted, and not held", true},
};

static enum fate fate_of(const struct film_record *record)
{
    bool promised = record->receipted || record->receipt_us >= 0;
    if (record->held && record->held_there)
        return record->receipted ? FATE_RECEIPTED : FATE_NO_RECEIPT;
    if (!record->held && record->held_there)
        return FATE_AUTHOR_LOST;
    if (promised)
        return FATE_LOST;
    return record->held ? FATE_NOT_THERE : FATE_GONE;
}

static int64_t begin_of(const struct film_record *record)
{
    return record->said_us >= 0 ? record->said_us : record->stored_us >= 0 ? record->stored_us : 0;
}

/* Those of which something is to be told come first where not all can be drawn. */
static int by_trouble(const void *one, const void *other)
{
    const struct film_record *const *left = one, *const *right = other;
    int worse = (int)fate_of(*right) - (int)fate_of(*left);
    if (worse)
        return worse;
    return *left < *right ? -1 : *left > *right;
}

static int by_time(const void *one, const void *other)
{
    const struct film_record *const *left = one, *const *right = other;
    if (begin_of(*left) != begin_of(*right))
        return begin_of(*left) < begin_of(*right) ? -1 : 1;
    return *left < *right ? -1 : *left > *right;
}

/* ---- a row ---- */

struct sets {
    const struct film *film;
    const struct film_record **rows;
    size_t count;
    struct film_axis axis;
    int bottom;
    FILE *out;
};

static void glyph(FILE *out, const char *class, int x, int y, const char *steps)
{
    svg_path(out, class, "M %d %d %s", x, y, steps);
}

static const char ring[] = "m -5 0 a 5 5 0 1 0 10 0 a 5 5 0 1 0 -10 0 z";
static const char square[] = "m -4 -4 h 8 v 8 h -8 z";
static const char dot[] = "m -5 0 a 5 5 0 1 0 10 0 a 5 5 0 1 0 -10 0 z";

static void row_lines(const struct sets *sets, const struct film_record *record, int y)
{
    int end = sets->axis.x + sets->axis.width;
    int said = film_axis_x(&sets->axis, begin_of(record));
    int stored = record->stored_us >= 0 ? film_axis_x(&sets->axis, record->stored_us) : end;
    int receipt = record->receipt_us >= 0 ? film_axis_x(&sets->axis, record->receipt_us) : end;
    svg_line(sets->out, "waits", said, y, stored, y);
    if (stored < end)
        svg_line(sets->out, "travels", stored, y, receipt > stored ? receipt : stored, y);
    if (receipt < end)
        svg_line(sets->out, "held", receipt, y, end, y);
    glyph(sets->out, "detail", said, y, ring);
    if (record->stored_us >= 0)
        glyph(sets->out, "records-tip", stored, y, square);
    if (record->receipt_us >= 0)
        glyph(sets->out, "receipt-tip", receipt, y, dot);
    if (record->restored_us >= 0)
        film_mark_draw(sets->out, FILM_MARK_RESTORE, film_axis_x(&sets->axis, record->restored_us),
                       y);
}

static void row_draw(const struct sets *sets, size_t number)
{
    const struct film_record *record = sets->rows[number];
    enum fate fate = fate_of(record);
    int y = TOP + (int)number * ROW_HEIGHT + ROW_HEIGHT / 2;
    int right = sets->axis.x + sets->axis.width + 14;
    char name[64], from[96], to[96];
    film_names(sets->film, record->dossier, name, sizeof name);
    snprintf(from, sizeof from, "%.16s", film_node(sets->film, record->author));
    snprintf(to, sizeof to, "%.16s", film_node(sets->film, record->audience));
    if (number % 2)
        svg_rect(sets->out, "band", MARGIN, y - ROW_HEIGHT / 2, LABELS + WIDTH + FATES + 14,
                 ROW_HEIGHT);
    svg_group(sets->out, "%s of %s by %s, number %u of its lane: %s", record->kind, name,
              film_node(sets->film, record->author), record->index, fates[fate].words);
    svg_text(sets->out, "", MARGIN + 6, y + 4, "%.12s %s", name, record->kind);
    svg_text(sets->out, "small end", sets->axis.x - 12, y + 4, "%s to %s", from, to);
    row_lines(sets, record, y);
    if (fates[fate].wrong) {
        film_mark_draw(sets->out, FILM_MARK_DIES, right + 6, y);
        svg_text(sets->out, "strong", right + 18, y + 4, "%s", fates[fate].words);
    } else
        svg_text(sets->out, "small", right, y + 4, "%s", fates[fate].words);
    svg_group_end(sets->out);
}

/* ---- around it ---- */

static void legend_draw(const struct sets *sets)
{
    static const struct {
        const char *class, *steps, *meaning;
    } rows[] = {
        {"detail", ring, "said and sealed"},
        {"records-tip", square, "stored at the partner"},
        {"receipt-tip", dot, "the receipt has come"},
        {"restore", "m 0 -7 l 7 7 l -7 7 l -7 -7 z", "came back after a loss"},
        {"cross", "m -6 -6 l 12 12 m 0 -12 l -12 12", "lost"},
    };
    int x = MARGIN;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        glyph(sets->out, rows[i].class, x + 8, 62, rows[i].steps);
        svg_text(sets->out, "small", x + 20, 66, "%s", rows[i].meaning);
        x += 36 + svg_width(strlen(rows[i].meaning), 11);
    }
}

/* False: no memory. */
static bool rows_choose(struct sets *sets)
{
    const struct film_records *records = film_records(sets->film);
    sets->rows = calloc(records->count + 1, sizeof(struct film_record *));
    if (!sets->rows)
        return false;
    for (size_t i = 0; i < records->count; i++)
        sets->rows[i] = &records->list[i];
    qsort(sets->rows, records->count, sizeof *sets->rows, by_trouble);
    sets->count = records->count < ROWS_MAX ? records->count : ROWS_MAX;
    qsort(sets->rows, sets->count, sizeof *sets->rows, by_time);
    return true;
}

bool film_sets_draw(const struct film *film, bool inside, FILE *out)
{
    char about[256];
    const struct film_records *records = film_records(film);
    struct sets sets = {.film = film, .out = out};
    if (!rows_choose(&sets))
        return false;
    size_t sums[FATES_] = {0};
    for (size_t i = 0; i < records->count; i++)
        sums[fate_of(&records->list[i])]++;
    int64_t until = film_until(film) > 0 ? film_until(film) : 1;
    sets.axis = (struct film_axis) {MARGIN + LABELS, WIDTH, until};
    sets.bottom = TOP + (int)sets.count * ROW_HEIGHT;
    snprintf(about, sizeof about,
             "%zu records: %zu held by both and receipted, %zu held by both without a receipt, %zu "
             "not yet at the partner, %zu held by neither and never receipted, %zu lost by their "
             "author alone, %zu lost.",
             records->count, sums[FATE_RECEIPTED], sums[FATE_NO_RECEIPT], sums[FATE_NOT_THERE],
             sums[FATE_GONE], sums[FATE_AUTHOR_LOST], sums[FATE_LOST]);
    film_svg_begin(out, &(struct film_svg_frame) {.id = "sets",
                                                  .title = "What became of each record",
                                                  .description = about,
                                                  .width = 2 * MARGIN + LABELS + WIDTH + FATES + 14,
                                                  .height = sets.bottom + 60,
                                                  .inside = inside});
    svg_text(out, "title", MARGIN, 34, "What became of each record");
    legend_draw(&sets);
    film_axis_draw(&sets.axis, TOP, sets.bottom, out);
    for (size_t i = 0; i < sets.count; i++)
        row_draw(&sets, i);
    if (records->count + records->left_out > sets.count)
        svg_text(out, "small", MARGIN + 6, sets.bottom + 44,
                 "%llu more records, none of them worse off, are not drawn",
                 (unsigned long long)(records->count + records->left_out - sets.count));
    svg_end(out);
    free(sets.rows);
    return true;
}
