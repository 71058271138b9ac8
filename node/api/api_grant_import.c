#include "admin/import_grant.h"
#include "api/api_money.h"
#include "api/api_routes.h"
#include "api/api_sheet.h"

/* ---- what came of it ---------------------------------------------------------------------------
 */

static json_t *fields_json(const struct import_grant_change *change)
{
    json_t *fields = json_array();
    for (size_t i = 0; i < change->field_count; i++)
        json_array_append_new(fields, json_string(change->fields[i]));
    return fields;
}

static enum fault put_changes(struct api_reply *reply, const struct import_grant_result *result)
{
    json_t *list;
    TRY(api_call_list(reply, "changes", &list));
    for (size_t i = 0; i < result->list.changed; i++) {
        const struct import_grant_change *change = &result->changes[i];
        TRY(api_call_append(list,
                            json_pack("{s:I, s:I, s:o}", "row", (json_int_t)change->row, "number",
                                      (json_int_t)change->number, "fields", fields_json(change))));
    }
    TRY(api_call_put(reply, "asked_cents", json_integer((json_int_t)result->asked)));
    TRY(api_call_put(reply, "first", result->first ? json_integer(result->first) : json_null()));
    return api_call_put(reply, "last", result->last ? json_integer(result->last) : json_null());
}

/* ---- the route ---------------------------------------------------------------------------------
 */

static enum fault import_grants(const struct api_call *call, struct api_reply *reply)
{
    json_t *values[API_SHEET_FIELDS];
    struct import import = {0};
    struct import_grant_result result;
    Peregrin__Call *round;
    if (!api_sheet_fields(call, reply, NULL, 0, values))
        return FAULT_NONE;
    TRY(api_money_call(call, reply, api_money_number(call), &round));
    if (api_call_refused(reply))
        return FAULT_NONE;
    import.own = round->own;
    if (!api_sheet_read(call, reply, values, &import))
        return FAULT_NONE;
    TRY(import_grant_run(&import, round, call->who.name, call->arena, &result));
    TRY(api_sheet_put(reply, &import, &result.list));
    return put_changes(reply, &result);
}

const struct api_route api_grant_import_routes[] = {
    {
        .row = {"POST", "/api/v1/calls/{call}/import",
                "check a list of applications, and enter them in its order"},
        .needs = ROLE_NEED_PREPARE,
        .serve = import_grants,
        .writes = true,
        .replays = true,
    },
    {},
};
