#include "api/api_routes.h"
#include "api/api_say.h"
#include "api/api_sheet.h"

/* ---- what came of it ---------------------------------------------------------------------------
 */

/* The texts of a rule once, with how many rows it is about. */
static enum fault put_rules(struct api_reply *reply, const struct import_result *result)
{
    const struct eligibility_rule *rule;
    json_t *list;
    TRY(api_call_list(reply, "rules", &list));
    for (size_t i = 0; (rule = eligibility_rule(i)); i++) {
        json_int_t rows = 0;
        for (size_t j = 0; j < result->warning_count; j++)
            rows += result->warnings[j].finding->rule == rule;
        if (rows)
            TRY(api_call_append(list, json_pack("{s:s, s:s, s:s, s:s, s:I}", "rule", rule->id,
                                                "sentence", rule->sentence, "remedy", rule->remedy,
                                                "source", rule->source, "rows", rows)));
    }
    return FAULT_NONE;
}

static enum fault put_warnings(struct api_reply *reply, const struct import_result *result)
{
    json_t *list;
    TRY(api_call_list(reply, "warnings", &list));
    for (size_t i = 0; i < result->warning_count; i++) {
        const struct import_warning *one = &result->warnings[i];
        TRY(api_call_append(list, json_pack("{s:I, s:s, s:s, s:s}", "row", (json_int_t)one->row,
                                            "rule", one->finding->rule->id, "expected",
                                            one->finding->expected, "got", one->finding->got)));
    }
    TRY(api_call_put(reply, "warnings_left_out",
                     json_integer((json_int_t)result->warnings_left_out)));
    return put_rules(reply, result);
}

static enum fault put_amendments(const struct api_call *call, struct api_reply *reply,
                                 const struct import_result *result)
{
    json_t *list;
    TRY(api_call_list(reply, "amendments", &list));
    for (size_t i = 0; i < result->amendment_count; i++) {
        const struct import_amendment *one = &result->amendments[i];
        json_t *fields = json_array();
        for (size_t j = 0; fields && j < one->field_count; j++)
            TRY(api_call_append(fields, json_string(one->fields[j])));
        TRY(api_call_append(list,
                            json_pack("{s:I, s:s, s:s, s:o}", "row", (json_int_t)one->row,
                                      "dossier", api_call_dossier_text(call, &one->place.dossier),
                                      "partner", one->partner, "fields", fields)));
    }
    return FAULT_NONE;
}

/* ---- amending ----------------------------------------------------------------------------------
 */

/* What the user had before his eyes is what was sent: the row's draft says so from now on. */
static enum fault draft_follow(const struct api_call *call, const struct import_amendment *one)
{
    struct store *store = call->api->store;
    if (!one->draft)
        return FAULT_NONE;
    struct store_draft draft = *one->draft;
    draft.body = one->body;
    draft.changed_at = instant_seconds(call->request->now);
    return store->draft_put(store, &draft);
}

static enum fault amend_one(const struct api_call *call, const struct import *import,
                            const struct import_amendment *one, json_t *amended, json_t *refused)
{
    struct api_reply reply = {0};
    struct event_answer answer;
    struct event_submission submission = {.own = import->own,
                                          .partner = one->partner,
                                          .kind = PEREGRIN__KIND__KIND_AMENDMENT,
                                          .dossier = one->place.dossier,
                                          .body = one->body};
    TRY(api_say_submit(call, &reply, &submission, "nomination", &answer));
    if (api_call_refused(&reply))
        return api_call_append(refused, json_pack("{s:I, s:o}", "row", (json_int_t)one->row,
                                                  "error", problem_json(&reply.problem, NULL)));
    TRY(draft_follow(call, one));
    return api_call_append(amended, json_pack("{s:I, s:s}", "row", (json_int_t)one->row, "dossier",
                                              api_call_dossier_text(call, &one->place.dossier)));
}

static enum fault amend_all(const struct api_call *call, struct api_reply *reply,
                            const struct import *import, const struct import_result *result)
{
    json_t *amended, *refused;
    TRY(api_call_list(reply, "amended", &amended));
    TRY(api_call_list(reply, "refused", &refused));
    for (size_t i = 0; i < result->amendment_count; i++)
        TRY(amend_one(call, import, &result->amendments[i], amended, refused));
    return FAULT_NONE;
}

/* ---- what was asked ----------------------------------------------------------------------------
 */

enum { OWN, AMEND, FIELDS };

static bool import_read(const struct api_call *call, struct api_reply *reply, json_t *values[],
                        struct import *out)
{
    static const struct api_call_field fields[FIELDS] = {
        [OWN] = {"own", API_CALL_TEXT, false},
        [AMEND] = {"amend", API_CALL_BOOLEAN, false},
    };
    if (!api_sheet_fields(call, reply, fields, FIELDS, values) ||
        !api_call_own(call, reply, json_string_value(values[OWN]), &out->own) ||
        !api_sheet_read(call, reply, values + FIELDS, out))
        return false;
    /* An amendment is signed; a draft is not. */
    return !json_is_true(values[AMEND]) || role_may(call->who.roles, ROLE_NEED_SIGN) ||
           api_call_refuse(reply, VERDICT_NOT_PERMITTED, "amend");
}

static enum fault run_import(const struct api_call *call, struct api_reply *reply)
{
    json_t *values[FIELDS + API_SHEET_FIELDS];
    struct import_result result;
    struct import import = {0};
    if (!import_read(call, reply, values, &import))
        return FAULT_NONE;
    TRY(import_run(&import, call->arena, &result));
    TRY(api_sheet_put(reply, &import, &result));
    TRY(api_call_put(reply, "withdrawn", json_integer((json_int_t)result.withdrawn)));
    TRY(api_call_put(reply, "differ", json_integer((json_int_t)result.amendment_count)));
    TRY(put_warnings(reply, &result));
    TRY(put_amendments(call, reply, &result));
    bool kept = import.confirm && reply->status < 300;
    if (kept && json_is_true(values[AMEND]))
        return amend_all(call, reply, &import, &result);
    return FAULT_NONE;
}

const struct api_route api_import_routes[] = {
    {
        .row = {"POST", "/api/v1/imports", "check a list of nominations, and keep it as drafts"},
        .needs = ROLE_NEED_PREPARE,
        .serve = run_import,
        .writes = true,
        .replays = true,
    },
    {},
};
