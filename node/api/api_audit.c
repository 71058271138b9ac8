#include "api/api_cursor.h"
#include "api/api_routes.h"
#include "admin/audit.h"

static json_t *fault_json(const struct api_call *call, const struct audit_fault *fault)
{
    bool record = fault->serial > 0;
    return json_pack("{s:o, s:s, s:s, s:o, s:o, s:o, s:s, s:s}", "serial",
                     record ? json_integer(fault->serial) : json_null(), "own", fault->own,
                     "partner", fault->partner, "dossier",
                     record ? json_string(api_call_dossier_text(call, &fault->dossier))
                            : json_null(),
                     "lane", record ? json_integer(fault->lane) : json_null(), "index",
                     record ? json_integer(fault->index) : json_null(), "what", fault->what, "code",
                     fault->code);
}

static enum fault run_audit(const struct api_call *call, struct api_reply *reply)
{
    struct audit audit = {call->api->store, call->api->catalogue};
    struct audit_result result;
    int64_t after;
    size_t max;
    json_t *list;
    if (!api_cursor_number(call, reply, &after) ||
        !api_call_query_number(call, reply, "max", AUDIT_PAGE, AUDIT_PAGE_MAX, &max))
        return FAULT_NONE;
    TRY(audit_run(&audit, after, max, call->arena, &result));
    TRY(api_call_put(reply, "checked",
                     json_pack("{s:I, s:I, s:I, s:I}", "records", (json_int_t)result.records,
                               "seals", (json_int_t)result.seals, "receipts",
                               (json_int_t)result.receipts, "dossiers",
                               (json_int_t)result.dossiers)));
    TRY(api_call_put(reply, "next", result.next ? json_integer(result.next) : json_null()));
    TRY(api_call_list(reply, "faults", &list));
    for (size_t i = 0; i < result.fault_count; i++)
        TRY(api_call_append(list, fault_json(call, &result.faults[i])));
    return api_call_put(reply, "faults_left_out", json_integer((json_int_t)result.faults_left_out));
}

const struct api_route api_audit_routes[] = {
    {
        .row = {"GET", "/api/v1/audit", "read every record again and check it"},
        .needs = ROLE_NEED_AUDIT,
        .serve = run_audit,
        .whole = true,
        .query = "after max",
    },
    {},
};
