#include "figures/figures_draw.h"

#include "figures/figures_hide.h"
#include "figures/figures_pipeline.h"
#include "plot/plot.h"
#include "plot/svg.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BARS_MAX = 30, COLUMNS_MAX = 20 };

/* What a drawing is written to, and whether memory held. */
struct drawing {
    const struct figures_report *report;
    FILE *out;
    bool inside, spent;
};

static struct plot_frame frame_of(const struct drawing *drawing, const char *id, const char *title,
                                  const char *caption)
{
    return (struct plot_frame) {
        .id = id, .title = title, .caption = caption ? caption : "", .inside = drawing->inside};
}

static const char *say(struct drawing *drawing, const char *text)
{
    drawing->spent = drawing->spent || !text;
    return text ? text : "";
}

/* ---- bars ---- */

static int64_t shown(bool open, uint64_t value)
{
    return open && value < FIGURES_LEAST ? PLOT_FEW : (int64_t)value;
}

static int bar_order(const void *left, const void *right)
{
    const struct plot_bar *one = left, *other = right;
    int64_t first = one->out + one->in, second = other->out + other->in;
    return first != second ? (first < second ? 1 : -1) : strcmp(one->name, other->name);
}

static uint32_t newest(const struct figures_report *report)
{
    const struct figures *figures = report->figures;
    if (report->year)
        return report->year;
    return figures->year_count ? figures->years[figures->year_count - 1].year : 0;
}

/* By year: each year a bar. By all else: the newest year's groups, the largest first. */
static void draw_bars(struct drawing *drawing, enum figures_by by, const char *id)
{
    const struct figures_report *report = drawing->report;
    struct arena *arena = report->arena;
    size_t count, kept = 0;
    uint32_t year = newest(report);
    const struct figures_line *lines = figures_lines(report->figures, by, &count);
    struct plot_bar *bars = arena_take_array(arena, count + 1, sizeof *bars);
    bool years = by == FIGURES_BY_YEAR;
    for (size_t i = 0; bars && i < count; i++) {
        const struct figures_line *line = &lines[i];
        if (!years && line->year != year)
            continue;
        bars[kept++] =
            (struct plot_bar) {.name = years ? say(drawing, figures_year_text(line->year, arena))
                                       : *line->group ? line->group
                                                      : "unknown",
                               .out = shown(report->open, line->sides[FIGURES_OUT].stays),
                               .in = shown(report->open, line->sides[FIGURES_IN].stays)};
    }
    if (!bars) {
        drawing->spent = true;
        return;
    }
    if (!years && kept)
        qsort(bars, kept, sizeof *bars, bar_order);
    const char *when = say(drawing, figures_year_text(year, arena));
    const char *title =
        years ? arena_format(arena, "%s: stays out and in", report->of)
              : arena_format(arena, "%s %s: stays by %s", report->of, when, figures_by_code(by));
    const char *caption = arena_format(arena, "Places given and not taken back, %s.%s%s",
                                       years ? "each academic year" : "the largest first",
                                       kept > BARS_MAX ? " The thirty largest are shown." : "",
                                       report->open ? " Rounded to multiples of five." : "");
    struct plot_frame frame = frame_of(drawing, id, say(drawing, title), say(drawing, caption));
    plot_bars(drawing->out, &frame, &(struct plot_sides) {"out", "in"}, bars,
              kept > BARS_MAX ? BARS_MAX : kept);
}

/* ---- grants ---- */

static void draw_grants(struct drawing *drawing)
{
    const struct figures_report *report = drawing->report;
    const struct figures_grants *grants = report->grants;
    bool named = report->grants_by < FIGURES_GRANTS_BY_COUNT;
    enum figures_grants_by by = named ? report->grants_by : FIGURES_GRANTS_BY_CALL;
    struct plot_bar *bars = arena_take_array(report->arena, grants->count + 1, sizeof *bars);
    size_t kept = 0;
    if (!bars) {
        drawing->spent = true;
        return;
    }
    for (size_t i = 0; i < grants->count; i++) {
        const struct figures_grants_line *line = &grants->lines[i];
        if (line->by == by)
            bars[kept++] =
                (struct plot_bar) {.name = line->name,
                                   .out = report->open ? PLOT_HIDDEN : (int64_t)line->waiting,
                                   .in = shown(report->open, line->granted)};
    }
    if (kept)
        qsort(bars, kept, sizeof *bars, bar_order);
    const char *title =
        arena_format(report->arena, "%s: grants by %s", report->of, figures_grants_code(by));
    const char *caption =
        arena_format(report->arena, "Who waits, and who has a grant, the most first.%s%s",
                     kept > BARS_MAX ? " The thirty largest are shown." : "",
                     report->open ? " Rounded to multiples of five; who waits is hidden." : "");
    struct plot_frame frame =
        frame_of(drawing, "grants", say(drawing, title), say(drawing, caption));
    plot_bars(drawing->out, &frame, &(struct plot_sides) {"waiting", "granted"}, bars,
              kept > BARS_MAX ? BARS_MAX : kept);
}

/* ---- the way of a mobility ---- */

/* The table has the steps of both ways, one way after the other; those on which nobody stands are
 * part of the way. */
static void draw_steps(struct drawing *drawing, const char *id)
{
    const struct figures_report *report = drawing->report;
    const struct figures_table *table = &report->tables[0];
    size_t count = table->count / FIGURES_WAYS;
    struct plot_bar *bars = arena_take_array(report->arena, count + 1, sizeof *bars);
    if (!bars) {
        drawing->spent = true;
        return;
    }
    for (size_t i = 0; i < count; i++)
        bars[i] = (struct plot_bar) {.name = table->rows[i][FIGURES_PIPELINE_STEP].text,
                                     .out = table->rows[i][FIGURES_PIPELINE_COUNT].number,
                                     .in = table->rows[count + i][FIGURES_PIPELINE_COUNT].number};
    const char *title = arena_format(report->arena, "%s: where each dossier stands", report->own);
    struct plot_frame frame = frame_of(
        drawing, id, say(drawing, title),
        "The steps in their order, from the nomination to the recognition; below them what "
        "has left the way.");
    plot_bars(drawing->out, &frame, &(struct plot_sides) {"out", "in"}, bars, count);
}

/* ---- lines ---- */

static size_t columns_of(const struct figures_report *report, uint32_t years[static COLUMNS_MAX])
{
    size_t count = 0;
    for (size_t i = 0; i < report->target_count; i++)
        for (size_t j = 0; j < report->targets[i].kept->n_cohorts; j++) {
            uint32_t year = report->targets[i].kept->cohorts[j]->year;
            size_t at = 0, behind;
            while (at < count && years[at] < year)
                at++;
            if ((at < count && years[at] == year) || count == COLUMNS_MAX)
                continue;
            for (behind = count++; behind > at; behind--)
                years[behind] = years[behind - 1];
            years[at] = year;
        }
    return count;
}

static int64_t share_of(const struct figures_report *report, const struct target *target,
                        uint32_t year)
{
    uint32_t all = target_cohort(target->kept, year);
    uint64_t some =
        figures_hide_kinds(report->figures, report->open, year, target->kept->kinds).stays;
    return all && (some || !report->open) ? figures_table_tenths(some, all, 100) : PLOT_HIDDEN;
}

static void draw_lines(struct drawing *drawing, const char *id)
{
    const struct figures_report *report = drawing->report;
    uint32_t years[COLUMNS_MAX];
    int64_t tenths[PLOT_LINES_MAX][COLUMNS_MAX];
    struct plot_line lines[PLOT_LINES_MAX];
    const char *names[COLUMNS_MAX];
    size_t columns = columns_of(report, years), count = report->target_count;
    count = count > PLOT_LINES_MAX ? PLOT_LINES_MAX : count;
    for (size_t i = 0; i < columns; i++)
        names[i] = say(drawing, figures_year_text(years[i], report->arena));
    for (size_t i = 0; i < count; i++) {
        for (size_t j = 0; j < columns; j++)
            tenths[i][j] = share_of(report, &report->targets[i], years[j]);
        lines[i] = (struct plot_line) {.name = report->targets[i].name,
                                       .tenths = tenths[i],
                                       .aim = report->targets[i].kept->tenths};
    }
    const char *title =
        arena_format(report->arena, "%s: share of a cohort with a stay", report->of);
    struct plot_frame frame =
        frame_of(drawing, id, say(drawing, title),
                 "Stays of the kinds that the target counts, by the cohort of that year. Stays are "
                 "counted, not people.");
    plot_lines(drawing->out, &frame, names, columns, lines, count);
}

/* ---- days ---- */

static void draw_days(struct drawing *drawing, bool decision, int way, const char *id)
{
    const struct figures_report *report = drawing->report;
    const struct figures_year *year = figures_year(report->figures, newest(report));
    const uint32_t *counts = !year ? NULL : decision ? year->decision[way] : year->transcript[way];
    uint64_t all = 0;
    for (size_t i = 0; counts && i <= FIGURES_DAYS_MAX; i++)
        all += counts[i];
    /* A distribution shows each of them. */
    if (!all || report->open)
        return;
    const char *title = arena_format(
        report->arena, "%s %s: days from %s, %s", report->of,
        say(drawing, figures_year_text(newest(report), report->arena)),
        decision ? "nomination to decision" : "departure to transcript", way ? "in" : "out");
    struct plot_frame frame =
        frame_of(drawing, id, say(drawing, title),
                 decision ? "How often it took so long. Days of 400 and more are the last."
                          : "How often it took so long. Dotted, and beyond in the other colour: "
                            "five weeks. Days of 400 and more are the last.");
    plot_days(drawing->out, &frame, counts, FIGURES_DAYS_MAX + 1, decision ? 0 : 35);
}

/* ---- whole ---- */

static void draw_report(struct drawing *drawing)
{
    switch (drawing->report->kind) {
    case FIGURES_TARGETS: draw_lines(drawing, "targets"); break;
    case FIGURES_GRANTS: draw_grants(drawing); break;
    case FIGURES_PARTNERS: draw_bars(drawing, FIGURES_BY_COUNTRY, "countries"); break;
    case FIGURES_PIPELINE: draw_steps(drawing, "pipeline"); break;
    case FIGURES_ANNUAL: draw_bars(drawing, FIGURES_BY_YEAR, "years"); break;
    default: draw_bars(drawing, drawing->report->by, "balance"); break;
    }
}

static enum fault finish(struct drawing *drawing, char **text, size_t *size, struct bytes *out)
{
    bool whole = fclose(drawing->out) == 0 && !drawing->spent;
    *out = whole ? arena_copy(drawing->report->arena, (struct bytes) {(uint8_t *)*text, *size})
                 : (struct bytes) {0};
    free(*text);
    return out->data ? FAULT_NONE : FAULT_MEMORY;
}

enum fault figures_draw_svg(const struct figures_report *report, struct bytes *out)
{
    char *text = NULL;
    size_t size = 0;
    struct drawing drawing = {.report = report, .out = open_memstream(&text, &size)};
    if (!drawing.out)
        return FAULT_MEMORY;
    draw_report(&drawing);
    return finish(&drawing, &text, &size, out);
}

static const char page_style[] =
    "body{font-family:'DejaVu Sans',Verdana,system-ui,sans-serif;margin:2rem auto;max-width:60rem;"
    "padding:0 1rem;color:#1b1f23;background:#fff;line-height:1.4}\n"
    "table{border-collapse:collapse;margin:.5rem 0 1rem}\n"
    "th,td{padding:.25rem .7rem;border-bottom:1px solid #d8dee4;text-align:left}\n"
    "th{font-size:.8rem;color:#57606a}td.n,th.n{text-align:right;"
    "font-variant-numeric:tabular-nums}\n"
    ".wide{overflow-x:auto}.note{color:#57606a;font-size:.85rem}figure{margin:1rem 0}\n"
    "@media screen and (prefers-color-scheme:dark){body{color:#e6e9ec;background:#14181c}"
    "th,.note{color:#a4aeb8}th,td{border-color:#333b43}}\n";

static void page_table(struct drawing *drawing, const struct figures_table *table)
{
    FILE *out = drawing->out;
    fputs("<div class=\"wide\"><table><thead><tr>", out);
    for (size_t i = 0; i < table->column_count; i++) {
        fprintf(out, "<th scope=\"col\"%s>",
                table->columns[i]->style == FIGURES_TEXT ? "" : " class=\"n\"");
        svg_escape(out, table->columns[i]->title);
        fputs("</th>", out);
    }
    fputs("</tr></thead><tbody>\n", out);
    for (size_t r = 0; r < table->count; r++) {
        fputs("<tr>", out);
        for (size_t i = 0; i < table->column_count; i++) {
            enum figures_style style = table->columns[i]->style;
            fputs(style == FIGURES_TEXT ? "<td>" : "<td class=\"n\">", out);
            svg_escape(out, say(drawing, figures_table_text(&table->rows[r][i], style,
                                                            drawing->report->arena)));
            fputs("</td>", out);
        }
        fputs("</tr>\n", out);
    }
    fputs("</tbody></table></div>\n", out);
    if (table->note) {
        fputs("<p class=\"note\">", out);
        svg_escape(out, table->note);
        fputs("</p>\n", out);
    }
}

static void page_plots(struct drawing *drawing)
{
    const struct figures_report *report = drawing->report;
    fputs("<figure>\n", drawing->out);
    draw_report(drawing);
    if (report->kind == FIGURES_ANNUAL) {
        if (report->target_count)
            draw_lines(drawing, "targets");
        draw_bars(drawing, FIGURES_BY_PARTNER, "partners");
        draw_bars(drawing, FIGURES_BY_COUNTRY, "countries");
        for (int way = 0; way < FIGURES_WAYS; way++) {
            draw_days(drawing, true, way, way ? "decided-in" : "decided-out");
            draw_days(drawing, false, way, way ? "transcript-in" : "transcript-out");
        }
    }
    fputs("</figure>\n", drawing->out);
}

enum fault figures_draw_page(const struct figures_report *report, struct bytes *out)
{
    char *text = NULL;
    size_t size = 0;
    struct drawing drawing = {
        .report = report, .inside = true, .out = open_memstream(&text, &size)};
    if (!drawing.out)
        return FAULT_MEMORY;
    const char *title =
        report->year ? arena_format(report->arena, "%s %s", report->of,
                                    say(&drawing, figures_year_text(report->year, report->arena)))
                     : report->of;
    fputs("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n"
          "<meta name=\"viewport\" content=\"width=device-width\"><title>",
          drawing.out);
    svg_escape(drawing.out, say(&drawing, title));
    fprintf(drawing.out, "</title>\n<style>\n%s", page_style);
    plot_style(drawing.out);
    fputs("</style></head><body><main>\n<h1>", drawing.out);
    svg_escape(drawing.out, say(&drawing, title));
    fprintf(drawing.out, "</h1>\n");
    page_plots(&drawing);
    for (size_t i = 0; i < report->count; i++) {
        fputs("<h2>", drawing.out);
        svg_escape(drawing.out, report->tables[i].title);
        fputs("</h2>\n", drawing.out);
        page_table(&drawing, &report->tables[i]);
    }
    fputs("</main></body></html>\n", drawing.out);
    return finish(&drawing, &text, &size, out);
}
