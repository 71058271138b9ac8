#include "office/office_plan.h"

#include "command/command_say.h"
#include "office/office_grid.h"
#include "office/office_mapping.h"

#include <string.h>
#include <strings.h>

enum column { PART, CODE, TITLE, ECTS, TERM, RECOGNISED, CHANGE, REASON, COLUMNS };

static const char *const titles[COLUMNS + 1] = {
    [PART] = "part",     [CODE] = "code",     [TITLE] = "title",
    [ECTS] = "ects",     [TERM] = "term",     [RECOGNISED] = "recognised",
    [CHANGE] = "change", [REASON] = "reason",
};

static const char *text_at(const json_t *object, const char *name)
{
    const char *text = json_string_value(json_object_get(object, name));
    return text ? text : "";
}

static const char *ects_at(struct command_work *work, const json_t *unit)
{
    return office_mapping_ects(work, json_integer_value(json_object_get(unit, "ects_hundredths")));
}

static const json_t *units_of(const json_t *revision)
{
    return json_object_get(revision, "units");
}

/* ---- writing ---- */

struct bytes office_plan_write(struct command_work *work, const json_t *revision)
{
    size_t count = json_array_size(units_of(revision));
    const char **cells = arena_take_array(work->arena, (count + 1) * COLUMNS, sizeof *cells);
    if (!cells)
        return (struct bytes) {0};
    for (size_t i = 0; i < count; i++) {
        const json_t *unit = json_array_get(units_of(revision), i);
        const json_t *term = json_object_get(unit, "term");
        const char **row = &cells[i * COLUMNS];
        row[PART] = text_at(unit, "part");
        row[CODE] = text_at(unit, "code");
        row[TITLE] = text_at(unit, "title");
        row[ECTS] = ects_at(work, unit);
        row[TERM] = term ? command_work_text(work, "%d", (int)json_integer_value(term)) : "";
        row[RECOGNISED] = json_is_true(json_object_get(unit, "recognised")) ? "yes" : "";
        row[CHANGE] = row[REASON] = "";
    }
    return office_grid_write(work, titles, cells, count);
}

/* ---- reading ---- */

/* The same unit: of one part, and by its code or, where it has none, its title. */
static bool same_unit(const json_t *one, const json_t *other)
{
    const char *code = text_at(one, "code"), *its = text_at(other, "code");
    if (strcmp(text_at(one, "part"), text_at(other, "part")) != 0 ||
        json_integer_value(json_object_get(one, "term")) !=
            json_integer_value(json_object_get(other, "term")))
        return false;
    return *code || *its ? strcmp(code, its) == 0
                         : strcmp(text_at(one, "title"), text_at(other, "title")) == 0;
}

static const json_t *unit_in(const json_t *revision, const json_t *unit, size_t *place)
{
    for (size_t i = 0; i < json_array_size(units_of(revision)); i++) {
        const json_t *other = json_array_get(units_of(revision), i);
        if (same_unit(unit, other)) {
            *place = i;
            return other;
        }
    }
    return NULL;
}

static json_t *unit_read(struct office_grid *grid, const struct sheet_row *row)
{
    const char *code = office_grid_cell(grid, row, CODE);
    const char *title = office_grid_cell(grid, row, TITLE);
    json_int_t credits = office_grid_hundredths(grid, row, ECTS);
    json_int_t term = office_grid_number(grid, row, TERM);
    int recognised = office_grid_yes(grid, row, RECOGNISED);
    if (!title[0])
        office_grid_complain(grid, row->number, TITLE, "", "the title of the unit");
    json_t *unit = json_pack("{s:s, s:s*, s:s, s:I}", "part", office_grid_cell(grid, row, PART),
                             "code", code[0] ? code : NULL, "title", title, "ects_hundredths",
                             credits < 0 ? (json_int_t)0 : credits);
    if (term >= 0)
        json_object_set_new(unit, "term", json_integer(term));
    if (recognised >= 0)
        json_object_set_new(unit, "recognised", json_boolean(recognised));
    return unit;
}

static bool part_known(const char *part)
{
    return strcmp(part, "host") == 0 || strcmp(part, "home") == 0 || strcmp(part, "virtual") == 0;
}

/* A row that goes is none of the units any more: only its place in the last revision is said. */
static void row_read(struct office_grid *grid, const struct sheet_row *row, const json_t *last,
                     json_t *units, json_t *changes)
{
    const char *change = office_grid_cell(grid, row, CHANGE);
    const char *reason = office_grid_cell(grid, row, REASON);
    const char *part = office_grid_cell(grid, row, PART);
    json_t *unit = command_work_keep(grid->work, unit_read(grid, row));
    bool goes = strcasecmp(change, "goes") == 0;
    size_t place = json_array_size(units);
    if (!part_known(part))
        office_grid_complain(grid, row->number, PART, part, "host, home or virtual");
    if (change[0] && !goes && strcasecmp(change, "comes") != 0)
        office_grid_complain(grid, row->number, CHANGE, change, "comes, goes, or nothing");
    if (goes && !unit_in(last, unit, &place))
        office_grid_complain(grid, row->number, CODE, office_grid_cell(grid, row, CODE),
                             "a unit of the last revision, for it to go");
    if (!goes)
        json_array_append(units, unit);
    if (reason[0])
        json_array_append_new(changes,
                              json_pack("{s:I, s:s}", "unit", (json_int_t)place, "reason", reason));
    else if (change[0])
        office_grid_complain(grid, row->number, REASON, "",
                             "why: unavailable, language, conflict, substitutes, extension, "
                             "virtual or other");
    if (reason[0] && goes)
        json_object_set_new(json_array_get(changes, json_array_size(changes) - 1), "goes",
                            json_true());
}

enum command_exit office_plan_read(struct command_work *work, const char *path, const json_t *last,
                                   json_t **out)
{
    struct office_grid grid;
    json_t *units = command_work_keep(work, json_array());
    json_t *changes = command_work_keep(work, json_array());
    enum command_exit wrong =
        office_grid_read(work, path, titles, ECTS + 1,
                         "begin with `peregrin learning template`, which writes them", &grid);
    if (wrong)
        return wrong;
    for (const struct sheet_row *row = grid.first; row; row = row->next)
        if (!office_grid_blank(&grid, row))
            row_read(&grid, row, last, units, changes);
    *out = command_work_keep(work, json_pack("{s:O}", "units", units));
    if (json_array_size(changes))
        json_object_set(*out, "changes", changes);
    return office_grid_verdict(&grid, "proposed");
}

/* ---- side by side ---- */

static const char *reason_of(const json_t *revision, size_t place, bool goes)
{
    const json_t *changes = json_object_get(revision, "changes");
    for (size_t i = 0; i < json_array_size(changes); i++) {
        const json_t *one = json_array_get(changes, i);
        if ((size_t)json_integer_value(json_object_get(one, "unit")) == place &&
            json_is_true(json_object_get(one, "goes")) == goes)
            return text_at(one, "reason");
    }
    return "";
}

static void differs(struct command_work *work, json_t *rows, const char *what, const json_t *unit,
                    const json_t *before, const char *reason)
{
    const char *was = "";
    if (before && strcmp(ects_at(work, before), ects_at(work, unit)) != 0)
        was = command_work_text(work, "%s ECTS", ects_at(work, before));
    else if (before)
        was = text_at(before, "title");
    json_array_append_new(rows,
                          json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s}", "what", what, "part",
                                    text_at(unit, "part"), "code", text_at(unit, "code"), "title",
                                    text_at(unit, "title"), "ects", ects_at(work, unit), "before",
                                    was, "reason", reason));
}

json_t *office_plan_differences(struct command_work *work, const json_t *before,
                                const json_t *after)
{
    json_t *rows = command_work_keep(work, json_array());
    size_t place;
    for (size_t i = 0; i < json_array_size(units_of(after)); i++) {
        const json_t *unit = json_array_get(units_of(after), i);
        const json_t *was = unit_in(before, unit, &place);
        if (!was)
            differs(work, rows, "comes", unit, NULL, reason_of(after, i, false));
        else if (!json_equal((json_t *)(uintptr_t)was, (json_t *)(uintptr_t)unit))
            differs(work, rows, "altered", unit, was, reason_of(after, i, false));
    }
    for (size_t i = 0; i < json_array_size(units_of(before)); i++) {
        const json_t *unit = json_array_get(units_of(before), i);
        if (!unit_in(after, unit, &place))
            differs(work, rows, "goes", unit, NULL, reason_of(after, i, true));
    }
    return rows;
}

json_t *office_plan_rows(struct command_work *work, const json_t *revision)
{
    json_t *rows = command_work_keep(work, json_array());
    for (size_t i = 0; i < json_array_size(units_of(revision)); i++) {
        const json_t *unit = json_array_get(units_of(revision), i);
        const json_t *term = json_object_get(unit, "term");
        json_array_append_new(
            rows,
            json_pack("{s:s, s:s, s:s, s:s, s:s}", "part", text_at(unit, "part"), "code",
                      text_at(unit, "code"), "title", text_at(unit, "title"), "ects",
                      ects_at(work, unit), "term",
                      term ? command_work_text(work, "%d", (int)json_integer_value(term)) : ""));
    }
    return rows;
}
