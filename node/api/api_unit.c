#include "api/api_author.h"
#include "api/api_dossier.h"
#include "api/api_routes.h"
#include "record/scan.h"

#include <string.h>

enum { CREATED = 201 };

/* ---- as JSON -----------------------------------------------------------------------------------
 */

static json_t *unit_json(const struct api_call *call, const char *own, const Peregrin__Unit *unit)
{
    char today[UNIT_DATE_SIZE];
    unit_today(call->request->now, today);
    return json_pack("{s:s, s:s, s:o, s:o, s:o, s:o, s:b}", "code", unit->code, "own", own, "name",
                     api_call_text(unit->name), "parent", api_call_text(unit->parent), "from",
                     api_call_text(unit->from), "until", api_call_text(unit->until), "open",
                     unit_is_open(unit, today));
}

static enum fault own_add(const struct api_call *call, const char *own, json_t *list, json_t *shown)
{
    Peregrin__Units *units;
    TRY(unit_list(call->api->store, own, call->arena, &units));
    for (size_t i = 0; i < units->n_units; i++)
        TRY(api_call_append(list, unit_json(call, own, units->units[i])));
    return units->unassigned_shown ? api_call_append(shown, json_string(own)) : FAULT_NONE;
}

static enum fault list_units(const struct api_call *call, struct api_reply *reply)
{
    const struct catalogue *catalogue = call->api->catalogue;
    json_t *list, *shown;
    TRY(api_call_list(reply, "units", &list));
    TRY(api_call_list(reply, "unassigned_shown", &shown));
    for (size_t i = 0; i < catalogue->institution_count; i++) {
        const struct catalogue_institution *institution = &catalogue->institutions[i];
        if (api_call_is_own(call->api, institution) && api_call_sees(call, institution->schac))
            TRY(own_add(call, institution->schac, list, shown));
    }
    return FAULT_NONE;
}

/* ---- what a request says -----------------------------------------------------------------------
 */

enum { OWN, NAME, PARENT, FROM, UNTIL, CODE, FIELDS };

static const struct api_call_field fields[] = {
    [OWN] = {"own", API_CALL_TEXT, false},       [NAME] = {"name", API_CALL_TEXT, false},
    [PARENT] = {"parent", API_CALL_TEXT, false}, [FROM] = {"from", API_CALL_TEXT, false},
    [UNTIL] = {"until", API_CALL_TEXT, false},   [CODE] = {"code", API_CALL_TEXT, true},
};

static_assert(sizeof fields / sizeof *fields == FIELDS, "one row for each field");

/* An empty text takes the value away. */
static void text_take(json_t *value, char **out)
{
    if (value)
        *out = json_string_length(value) ? (char *)(uintptr_t)json_string_value(value) : NULL;
}

static bool name_fits(struct api_reply *reply, const char *name)
{
    bool fits = !name || (strlen(name) <= UNIT_NAME_MAX && scan_text(bytes_text(name)) &&
                          !strpbrk(name, "\n\t"));
    return fits || api_call_usage(reply, "this cannot be a unit's name",
                                  "give at most 128 bytes on one line", "name");
}

static bool date_fits(struct api_reply *reply, const char *date, const char *field)
{
    int64_t days;
    return !date || instant_date(bytes_text(date), &days) ||
           api_call_usage(reply, "this is no date", "give YYYY-MM-DD, a day of the calendar",
                          field);
}

/* A unit of the list that is not within this one. */
static bool parent_fits(struct api_reply *reply, const Peregrin__Units *units,
                        const Peregrin__Unit *unit)
{
    if (!unit->parent)
        return true;
    if (!unit_find(units, unit->parent))
        return api_call_explain(reply, VERDICT_UNKNOWN, "there is no unit of this code",
                                "add it first: `peregrin unit add`", "parent");
    int depth = 0;
    for (const Peregrin__Unit *at = unit; at && at->parent; at = unit_find(units, at->parent))
        if (++depth >= UNIT_DEPTH_MAX || strcmp(at->parent, unit->code) == 0)
            return api_call_usage(reply, "a unit cannot be within itself, nor deeper than 8",
                                  "give a unit above it", "parent");
    return true;
}

static bool unit_fits(struct api_reply *reply, const Peregrin__Units *units,
                      const Peregrin__Unit *unit)
{
    if (!name_fits(reply, unit->name) || !date_fits(reply, unit->from, "from") ||
        !date_fits(reply, unit->until, "until") || !parent_fits(reply, units, unit))
        return false;
    return !unit->from || !unit->until || strcmp(unit->from, unit->until) <= 0 ||
           api_call_usage(reply, "the last day is before the first",
                          "give an `until` not before `from`", "until");
}

/* The request's values in the unit, and the institution whose it is; the list is read. */
static enum fault request_read(const struct api_call *call, struct api_reply *reply,
                               json_t *values[static FIELDS], const char **own,
                               Peregrin__Units **units)
{
    size_t count = call->parameters[0] ? CODE : FIELDS; /* which the path says */
    values[CODE] = NULL;
    if (!api_call_fields(call, reply, call->body, "", fields, count, values) ||
        !api_call_own(call, reply, json_string_value(values[OWN]), own))
        return FAULT_NONE;
    return unit_list(call->api->store, *own, call->arena, units);
}

static void unit_take(json_t *const values[static FIELDS], Peregrin__Unit *unit)
{
    text_take(values[NAME], &unit->name);
    text_take(values[PARENT], &unit->parent);
    text_take(values[FROM], &unit->from);
    text_take(values[UNTIL], &unit->until);
}

/* ---- changes -----------------------------------------------------------------------------------
 */

/* In its place by code; NULL: the arena is spent. */
static Peregrin__Unit *place_for(const struct api_call *call, Peregrin__Units *units,
                                 const char *code)
{
    Peregrin__Unit **all = arena_take_array(call->arena, units->n_units + 1, sizeof *all);
    Peregrin__Unit *unit = arena_take(call->arena, sizeof *unit);
    size_t at = 0;
    if (!all || !unit)
        return NULL;
    *unit = (Peregrin__Unit)PEREGRIN__UNIT__INIT;
    unit->code = (char *)(uintptr_t)code;
    for (size_t i = 0; i < units->n_units; i++) {
        if (at == i && strcmp(units->units[i]->code, code) > 0)
            all[at++] = unit;
        all[at++] = units->units[i];
    }
    if (at == units->n_units)
        all[at] = unit;
    units->units = all;
    units->n_units++;
    return unit;
}

static enum fault add_unit(const struct api_call *call, struct api_reply *reply)
{
    json_t *values[FIELDS];
    const char *own;
    Peregrin__Units *units;
    TRY(request_read(call, reply, values, &own, &units));
    if (api_call_refused(reply))
        return FAULT_NONE;
    const char *code = json_string_value(values[CODE]), *wrong = unit_code_wrong(code);
    if (wrong || strcmp(code, "unassigned") == 0)
        api_call_usage(reply, "this cannot be a unit's code",
                       wrong ? wrong : "give another: `unassigned` means those without a unit",
                       "code");
    else if (unit_find(units, code))
        api_call_explain(reply, VERDICT_DUPLICATE, "there is a unit of this code",
                         "see `peregrin unit list`", "code");
    else if (units->n_units >= UNIT_COUNT_MAX)
        api_call_explain(reply, VERDICT_TOO_LARGE, "there are 200 units already",
                         "use one that is there: units are closed, not removed", "code");
    if (api_call_refused(reply))
        return FAULT_NONE;
    Peregrin__Unit *unit = place_for(call, units, code);
    if (!unit)
        return FAULT_MEMORY;
    unit_take(values, unit);
    if (!unit_fits(reply, units, unit))
        return FAULT_NONE;
    TRY(unit_keep(call->api->store, own, units, call->arena));
    reply->status = CREATED;
    return api_call_put(reply, "unit", unit_json(call, own, unit));
}

static enum fault change_unit(const struct api_call *call, struct api_reply *reply)
{
    json_t *values[FIELDS];
    const char *own;
    Peregrin__Units *units;
    TRY(request_read(call, reply, values, &own, &units));
    if (api_call_refused(reply))
        return FAULT_NONE;
    Peregrin__Unit *unit = (Peregrin__Unit *)(uintptr_t)unit_find(units, call->parameters[0]);
    if (!unit) {
        api_call_explain(reply, VERDICT_NOT_FOUND, "there is no unit of this code",
                         "see `peregrin unit list`", "code");
        return FAULT_NONE;
    }
    unit_take(values, unit);
    if (!unit_fits(reply, units, unit))
        return FAULT_NONE;
    TRY(unit_keep(call->api->store, own, units, call->arena));
    return api_call_put(reply, "unit", unit_json(call, own, unit));
}

static enum fault show_unassigned(const struct api_call *call, struct api_reply *reply)
{
    enum { OF, SHOWN, COUNT };
    static const struct api_call_field said[] = {
        [OF] = {"own", API_CALL_TEXT, false},
        [SHOWN] = {"shown", API_CALL_BOOLEAN, true},
    };
    json_t *values[COUNT];
    const char *own;
    Peregrin__Units *units;
    if (!api_call_fields(call, reply, call->body, "", said, COUNT, values) ||
        !api_call_own(call, reply, json_string_value(values[OF]), &own))
        return FAULT_NONE;
    TRY(unit_list(call->api->store, own, call->arena, &units));
    units->has_unassigned_shown = true;
    units->unassigned_shown = json_is_true(values[SHOWN]);
    TRY(unit_keep(call->api->store, own, units, call->arena));
    TRY(api_call_put(reply, "own", json_string(own)));
    return api_call_put(reply, "shown", json_boolean(units->unassigned_shown));
}

/* ---- of a dossier ------------------------------------------------------------------------------
 */

static bool is_mobility(const struct api_dossier *found)
{
    return found->kept && dossier_family_states(KIND_MOBILITY) >> found->row.state & 1;
}

/* What our own nomination says stands: it is amended. */
static enum fault assign_unit(const struct api_call *call, struct api_reply *reply)
{
    static const struct api_call_field said[] = {{"unit", API_CALL_TEXT, false}};
    struct api_dossier found;
    json_t *value;
    const char *before;
    if (!api_call_fields(call, reply, call->body, "", said, 1, &value))
        return FAULT_NONE;
    TRY(api_dossier_find(call, reply, &found));
    if (!api_call_refused(reply) && !is_mobility(&found))
        api_call_refuse(reply, VERDICT_NOT_FOUND, "dossier");
    if (api_call_refused(reply))
        return FAULT_NONE;
    struct store *store = call->api->store;
    const char *unit = json_string_value(value);
    TRY(unit_said(store, &found.row, call->arena, &before));
    if (before) {
        api_call_explain(reply, VERDICT_OUT_OF_TURN, "the nomination itself says its unit",
                         "amend it: `peregrin nomination amend`", "unit");
        return FAULT_NONE;
    }
    TRY(api_author_unit(call, reply, found.own, unit, NULL, "unit"));
    if (api_call_refused(reply))
        return FAULT_NONE;
    TRY(unit_assign(store, &found.place, unit, call->arena));
    TRY(api_call_put(reply, "dossier", json_string(call->parameters[0])));
    return api_call_put(reply, "unit", api_call_text(unit));
}

const struct api_route api_unit_routes[] = {
    {
        .row = {"GET", "/api/v1/units", "departments of this node's institutions"},
        .needs = ROLE_NEED_NAME,
        .serve = list_units,
    },
    {
        .row = {"POST", "/api/v1/units", "add a department"},
        .needs = ROLE_NEED_OPERATE,
        .serve = add_unit,
        .writes = true,
        .replays = true,
        .whole = true,
    },
    {
        .row = {"POST", "/api/v1/units/unassigned",
                "whether users of departments see what has no department"},
        .needs = ROLE_NEED_OPERATE,
        .serve = show_unassigned,
        .writes = true,
        .replays = true,
        .whole = true,
    },
    {
        .row = {"POST", "/api/v1/units/{code}", "rename or close a department"},
        .needs = ROLE_NEED_OPERATE,
        .serve = change_unit,
        .writes = true,
        .replays = true,
        .whole = true,
    },
    {
        .row = {"POST", "/api/v1/nominations/{dossier}/unit",
                "give a dossier to a department, on this node alone"},
        .needs = ROLE_NEED_PREPARE,
        .serve = assign_unit,
        .query = "opener",
        .writes = true,
        .replays = true,
    },
    {},
};
