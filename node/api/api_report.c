#include "api/api_routes.h"
#include "figures/figures_draw.h"
#include "figures/figures_hide.h"
#include "admin/eligible.h"

#include <string.h>

static const char query_names[] = "own year by format public";

/* ---- what is asked ---- */

enum format { FORMAT_JSON, FORMAT_CSV, FORMAT_SVG, FORMAT_HTML, FORMATS };

static const char *const format_codes[FORMATS] = {"json", "csv", "svg", "html"};
static const char *const format_types[FORMATS] = {"application/json", "text/csv; charset=utf-8",
                                                  "image/svg+xml", "text/html; charset=utf-8"};

static bool format_read(const struct api_call *call, struct api_reply *reply, enum format *out)
{
    const char *format = api_call_query(call, "format");
    *out = FORMAT_JSON;
    while (format && *out < FORMATS && strcmp(format_codes[*out], format) != 0)
        ++*out;
    return *out < FORMATS || api_call_usage(reply, "this format is not known",
                                            "give json, csv, svg or html", "format");
}

static bool by_read(const struct api_call *call, struct api_reply *reply, enum figures_by otherwise,
                    enum figures_by *out)
{
    const char *by = api_call_query(call, "by");
    *out = by ? figures_by_find(by) : otherwise;
    return *out < FIGURES_BY_COUNT ||
           api_call_usage(reply, "nothing is counted by this",
                          "give year, partner, country, kind, field, unit or group", "by");
}

static bool year_read(const struct api_call *call, struct api_reply *reply, uint32_t *out)
{
    const char *year = api_call_query(call, "year");
    *out = 0;
    return !year || figures_year_read(year, out) ||
           api_call_usage(reply, "this is no academic year", "write it as 2026/2027", "year");
}

static bool public_read(const struct api_call *call, struct api_reply *reply, bool *out)
{
    const char *word = api_call_query(call, "public");
    *out = word && strcmp(word, "yes") == 0;
    return !word || *out || strcmp(word, "no") == 0 ||
           api_call_usage(reply, "this is neither yes nor no", "give yes or no", "public");
}

/* ---- of whom ---- */

/* Who acts for departments is told what is of them; and of the institution what is public. */
static bool is_part(const struct api_call *call, const struct figures_report *report)
{
    return !report->open && !scope_is_whole(&call->who.scope, report->own);
}

/* As titles say it; NULL: there is no room. */
static const char *of_text(const struct api_call *call, const struct figures_report *report)
{
    const char *text = "";
    if (!is_part(call, report))
        return report->own;
    for (size_t i = 0; text && i < call->who.unit_count; i++)
        text = arena_format(call->arena, "%s%s%s", text, i ? ", " : "", call->who.units[i]);
    return text;
}

/* What is aimed at is a share of the institution's cohorts, not of a department's. */
static enum fault read_targets(const struct api_call *call, struct figures_report *report)
{
    struct target *targets;
    if (is_part(call, report))
        return FAULT_NONE;
    TRY(target_list(call->api->store, report->own, call->arena, &targets, &report->target_count));
    report->targets = targets;
    return FAULT_NONE;
}

/* ---- what is answered ---- */

static json_t *cell_json(const struct api_call *call, const struct figures_cell *cell,
                         enum figures_style style)
{
    if (cell->state != FIGURES_THERE)
        return json_null();
    if (style == FIGURES_NUMBER)
        return json_integer(cell->number);
    const char *text = figures_table_text(cell, style, call->arena);
    return text && *text ? json_string(text) : json_null();
}

static json_t *row_json(const struct api_call *call, const struct figures_table *table, size_t r)
{
    json_t *row = json_object(), *hidden = json_array(), *few = json_array();
    for (size_t i = 0; row && hidden && few && i < table->column_count; i++) {
        const struct figures_column *column = table->columns[i];
        const struct figures_cell *cell = &table->rows[r][i];
        json_object_set_new(row, column->name, cell_json(call, cell, column->style));
        if (cell->state == FIGURES_KEPT_BACK)
            json_array_append_new(hidden, json_string(column->name));
        if (cell->state == FIGURES_FEW)
            json_array_append_new(few, json_string(column->name));
    }
    json_object_set_new(row, "few", few);
    json_object_set_new(row, "hidden", hidden);
    return row;
}

static json_t *table_json(const struct api_call *call, const struct figures_table *table)
{
    json_t *columns = json_array(), *rows = json_array();
    for (size_t i = 0; columns && i < table->column_count; i++)
        json_array_append_new(columns, json_pack("{s:s, s:s, s:b}", "name", table->columns[i]->name,
                                                 "title", table->columns[i]->title, "number",
                                                 table->columns[i]->style != FIGURES_TEXT));
    for (size_t i = 0; rows && i < table->count; i++)
        json_array_append_new(rows, row_json(call, table, i));
    return json_pack("{s:s, s:s, s:o, s:o, s:o}", "name", table->name, "title", table->title,
                     "note", api_call_text(table->note), "columns", columns, "rows", rows);
}

/* None: of the institution as a whole. */
static enum fault put_units(const struct api_call *call, struct api_reply *reply,
                            const struct figures_report *report)
{
    json_t *units;
    TRY(api_call_list(reply, "units", &units));
    for (size_t i = 0; is_part(call, report) && i < call->who.unit_count; i++)
        TRY(api_call_append(units, json_string(call->who.units[i])));
    return FAULT_NONE;
}

static enum fault answer_json(const struct api_call *call, struct api_reply *reply,
                              const struct figures_report *report)
{
    json_t *list;
    const char *year = report->year ? figures_year_text(report->year, call->arena) : NULL;
    TRY(api_call_put(reply, "report", json_string(figures_report_code(report->kind))));
    TRY(api_call_put(reply, "own", json_string(report->own)));
    TRY(put_units(call, reply, report));
    TRY(api_call_put(reply, "year", api_call_text(year)));
    TRY(api_call_put(reply, "public", json_boolean(report->open)));
    TRY(api_call_put(reply, "dossiers",
                     report->open || !report->figures
                         ? json_null()
                         : json_integer((json_int_t)report->figures->dossiers)));
    TRY(api_call_list(reply, "tables", &list));
    for (size_t i = 0; i < report->count; i++)
        TRY(api_call_append(list, table_json(call, &report->tables[i])));
    return FAULT_NONE;
}

static enum fault answer(const struct api_call *call, struct api_reply *reply, enum format format,
                         const struct figures_report *report)
{
    reply->raw_type = format == FORMAT_JSON ? NULL : format_types[format];
    switch (format) {
    case FORMAT_CSV:
        return figures_table_csv(report->tables, report->count, call->arena, &reply->raw);
    case FORMAT_SVG: return figures_draw_svg(report, &reply->raw);
    case FORMAT_HTML: return figures_draw_page(report, &reply->raw);
    default: return answer_json(call, reply, report);
    }
}

/* The newest year that is known, where none was named. */
static uint32_t year_of(const struct figures *figures)
{
    return figures->year_count ? figures->years[figures->year_count - 1].year : 0;
}

static enum fault partners_find(const struct api_call *call, const char *own,
                                const Peregrin__PartnerGroups *groups, struct figures_partners *out)
{
    enum { DAY_SECONDS = 24 * 60 * 60 };
    const struct eligible *eligible = call->api->eligible;
    const struct figures_partners_ask ask = {
        .store = call->api->store,
        .catalogue = call->api->catalogue,
        .settings = eligible ? eligible->settings : NULL,
        .groups = groups,
        .own = own,
        .day = (int64_t)(instant_seconds(call->request->now) / DAY_SECONDS)};
    return figures_partners_find(&ask, call->arena, out);
}

static enum fault show(const struct api_call *call, struct api_reply *reply,
                       enum figures_report_kind kind)
{
    struct figures figures;
    struct figures_partners partners;
    Peregrin__PartnerGroups *groups;
    struct figures_report report = {
        .kind = kind, .arena = call->arena, .figures = &figures, .partners = &partners};
    enum format format;
    enum figures_by otherwise = kind == FIGURES_BALANCE ? FIGURES_BY_PARTNER : FIGURES_BY_YEAR;
    if (!format_read(call, reply, &format) || !by_read(call, reply, otherwise, &report.by) ||
        !year_read(call, reply, &report.year) || !public_read(call, reply, &report.open) ||
        !api_call_own(call, reply, api_call_query(call, "own"), &report.own))
        return FAULT_NONE;
    bool annual = kind == FIGURES_ANNUAL;
    report.open =
        report.open || (kind == FIGURES_TARGETS && !scope_is_whole(&call->who.scope, report.own));
    report.of = of_text(call, &report);
    if (report.open && !figures_report_is_public(kind, report.by)) {
        api_call_usage(reply, "this is for those who work with it, and never published",
                       kind == FIGURES_CREDITS_OF ? "leave `public` away, or count by year"
                                                  : "leave `public` away, or count by country",
                       "public");
        return FAULT_NONE;
    }
    TRY(group_list(call->api->store, report.own, call->arena, &groups));
    const struct figures_ask ask = {.store = call->api->store,
                                    .catalogue = call->api->catalogue,
                                    .own = report.own,
                                    .groups = groups,
                                    .first = annual ? 0 : report.year,
                                    .last = annual ? 0 : report.year,
                                    .ways = figures_report_ways(kind, report.by),
                                    .scope = is_part(call, &report) ? &call->who.scope : NULL};
    if (!report.of)
        return FAULT_MEMORY;
    TRY(figures_count(&ask, call->arena, &figures));
    TRY(read_targets(call, &report));
    if (kind == FIGURES_PARTNERS)
        TRY(partners_find(call, report.own, groups, &partners));
    if (annual && !report.year)
        report.year = year_of(&figures);
    if (report.open)
        figures_hide(&figures);
    TRY(figures_report_fill(&report));
    return answer(call, reply, format, &report);
}

static enum fault show_balance(const struct api_call *call, struct api_reply *reply)
{
    return show(call, reply, FIGURES_BALANCE);
}

static enum fault show_targets(const struct api_call *call, struct api_reply *reply)
{
    return show(call, reply, FIGURES_TARGETS);
}

static enum fault show_credits(const struct api_call *call, struct api_reply *reply)
{
    return show(call, reply, FIGURES_CREDITS_OF);
}

static enum fault show_annual(const struct api_call *call, struct api_reply *reply)
{
    return show(call, reply, FIGURES_ANNUAL);
}

static enum fault show_pipeline(const struct api_call *call, struct api_reply *reply)
{
    return show(call, reply, FIGURES_PIPELINE);
}

static enum fault show_partners(const struct api_call *call, struct api_reply *reply)
{
    return show(call, reply, FIGURES_PARTNERS);
}

/* ---- grants ---- */

static bool grant_sees(const void *self, const Peregrin__Grant *grant)
{
    return api_call_sees_unit(self, grant->own, grant->unit);
}

static bool all_seen(const void *, const Peregrin__Grant *)
{
    return true;
}

static enum fault show_grants(const struct api_call *call, struct api_reply *reply)
{
    struct figures_grants grants;
    struct figures_report report = {
        .kind = FIGURES_GRANTS, .arena = call->arena, .grants = &grants};
    const char *by = api_call_query(call, "by");
    enum format format;
    report.grants_by = by ? figures_grants_find(by) : FIGURES_GRANTS_BY_COUNT;
    if (!format_read(call, reply, &format) || !public_read(call, reply, &report.open) ||
        !api_call_own(call, reply, api_call_query(call, "own"), &report.own))
        return FAULT_NONE;
    if (by && report.grants_by == FIGURES_GRANTS_BY_COUNT) {
        api_call_usage(reply, "nothing is counted by this",
                       "give all, envelope, call, people, kind or group", "by");
        return FAULT_NONE;
    }
    if (by && report.open && !figures_grants_is_public(report.grants_by)) {
        api_call_usage(reply, "this is for those who work with it, and never published",
                       "leave `public` away, or count by envelope or call", "public");
        return FAULT_NONE;
    }
    const struct figures_grants_ask ask = {.store = call->api->store,
                                           .own = report.own,
                                           .sees = report.open ? all_seen : grant_sees,
                                           .self = call};
    report.of = of_text(call, &report);
    if (!report.of)
        return FAULT_MEMORY;
    TRY(figures_grants_count(&ask, call->arena, &grants));
    if (report.open)
        figures_grants_hide(&grants);
    TRY(figures_report_fill(&report));
    return answer(call, reply, format, &report);
}

const struct api_route api_report_routes[] = {
    {
        .row = {"GET", "/api/v1/reports/balance", "stays out and in, by year and partner"},
        .needs = ROLE_NEED_READ,
        .serve = show_balance,
        .query = query_names,
    },
    {
        .row = {"GET", "/api/v1/reports/targets", "shares of cohorts with a stay, and targets"},
        .needs = ROLE_NEED_READ,
        .serve = show_targets,
        .query = query_names,
    },
    {
        .row = {"GET", "/api/v1/reports/credits", "credits taken, passed and recognised"},
        .needs = ROLE_NEED_READ,
        .serve = show_credits,
        .query = query_names,
    },
    {
        .row = {"GET", "/api/v1/reports/pipeline", "where each dossier stands, and who must act"},
        .needs = ROLE_NEED_READ,
        .serve = show_pipeline,
        .query = query_names,
    },
    {
        .row = {"GET", "/api/v1/reports/partners", "partners by region and country"},
        .needs = ROLE_NEED_READ,
        .serve = show_partners,
        .query = query_names,
    },
    {
        .row = {"GET", "/api/v1/reports/grants", "calls, envelopes and grants in numbers"},
        .needs = ROLE_NEED_READ,
        .serve = show_grants,
        .query = "own by format public",
    },
    {
        .row = {"GET", "/api/v1/reports/annual", "a year in full, against the year before"},
        .needs = ROLE_NEED_READ,
        .serve = show_annual,
        .query = query_names,
    },
    {},
};
