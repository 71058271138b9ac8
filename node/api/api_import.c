#include "api/api_routes.h"
#include "api/api_say.h"
#include "admin/import.h"
#include "seal/base64.h"
#include "sheet/sheet_encoding.h"

#include <assert.h>
#include <string.h>

/* ---- what came of it ---------------------------------------------------------------------------
 */

static enum fault put_problems(struct api_reply *reply, const struct import_result *result)
{
    json_t *list;
    TRY(api_call_list(reply, "problems", &list));
    for (size_t i = 0; i < result->problem_count; i++) {
        const struct import_problem *problem = &result->problems[i];
        TRY(api_call_append(
            list,
            json_pack("{s:I, s:o, s:o, s:s, s:s, s:o, s:o}", "row", (json_int_t)problem->row,
                      "column", api_call_text(problem->column), "place",
                      problem->place ? json_integer((json_int_t)problem->place) : json_null(),
                      "code", problem->code, "rule", problem->rule, "expected",
                      api_call_text(problem->expected), "remedy", api_call_text(problem->remedy))));
    }
    return api_call_put(reply, "problems_left_out",
                        json_integer((json_int_t)result->problems_left_out));
}

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

static enum fault put_fixes(struct api_reply *reply, const struct import_result *result)
{
    json_t *list;
    TRY(api_call_list(reply, "fixes", &list));
    for (size_t i = 0; i < result->fix_count; i++) {
        const struct import_fix *fix = &result->fixes[i];
        TRY(api_call_append(list, json_pack("{s:I, s:s, s:I, s:s}", "row", (json_int_t)fix->row,
                                            "column", fix->column, "place", (json_int_t)fix->place,
                                            "taken", fix->taken)));
    }
    return FAULT_NONE;
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

static enum fault put_ignored(struct api_reply *reply, const struct import_result *result)
{
    json_t *list;
    TRY(api_call_list(reply, "ignored_columns", &list));
    for (size_t i = 0; i < result->ignored_count; i++)
        TRY(api_call_append(list, json_integer((json_int_t)result->ignored[i])));
    return FAULT_NONE;
}

static enum fault put_reading(struct api_reply *reply, const struct import_result *result)
{
    TRY(api_call_put(reply, "sheet", api_call_text(result->sheet)));
    TRY(api_call_put(reply, "encoding", api_call_text(result->encoding)));
    TRY(api_call_put(reply, "dates", api_call_text(result->dates)));
    TRY(api_call_put(reply, "dates_open", json_boolean(result->dates_open)));
    return api_call_put(reply, "header_row",
                        result->header_row ? json_integer((json_int_t)result->header_row)
                                           : json_null());
}

static enum fault put_counts(struct api_reply *reply, const struct import_result *result)
{
    const struct {
        const char *name;
        size_t count;
    } counts[] = {
        {"rows", result->rows},
        {"ready", result->ready},
        {"bad", result->bad},
        {"unchanged", result->unchanged},
        {"changed", result->changed},
        {"withdrawn", result->withdrawn},
        {"hidden_rows", result->hidden},
        {"differ", result->amendment_count},
        {"stored", result->stored},
    };
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
        TRY(api_call_put(reply, counts[i].name, json_integer((json_int_t)counts[i].count)));
    return FAULT_NONE;
}

/* Also a list that is refused as a whole is shown with its problems: 422 with the usual counts. */
static enum fault result_put(const struct api_call *call, struct api_reply *reply,
                             const struct import *import, const struct import_result *result)
{
    bool wrong = result->bad && !import->skip_bad;
    bool unreadable = result->rows == 0 && result->problem_count > 0;
    if (import->confirm && (wrong || unreadable))
        reply->status = 422;
    TRY(put_counts(reply, result));
    TRY(put_reading(reply, result));
    TRY(put_problems(reply, result));
    TRY(put_warnings(reply, result));
    TRY(put_fixes(reply, result));
    TRY(put_amendments(call, reply, result));
    return put_ignored(reply, result);
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

enum {
    OWN,
    CONTENT,
    BASE64,
    ENCODING,
    SHEET,
    ROWS,
    DATES,
    HIDDEN,
    FIX,
    CONFIRM,
    SKIP_BAD,
    AMEND,
    FIELDS
};

static const struct api_call_field fields[] = {
    [OWN] = {"own", API_CALL_TEXT, false},
    [CONTENT] = {"content", API_CALL_TEXT, false},
    [BASE64] = {"content_base64", API_CALL_TEXT, false},
    [ENCODING] = {"encoding", API_CALL_TEXT, false},
    [SHEET] = {"sheet", API_CALL_TEXT, false},
    [ROWS] = {"rows", API_CALL_TEXT, false},
    [DATES] = {"dates", API_CALL_TEXT, false},
    [HIDDEN] = {"hidden", API_CALL_BOOLEAN, false},
    [FIX] = {"fix", API_CALL_BOOLEAN, false},
    [CONFIRM] = {"confirm", API_CALL_BOOLEAN, false},
    [SKIP_BAD] = {"skip_bad", API_CALL_BOOLEAN, false},
    [AMEND] = {"amend", API_CALL_BOOLEAN, false},
};

static_assert(sizeof fields / sizeof *fields == FIELDS, "one row for each field");

static const char *text_of(const json_t *value)
{
    return value ? json_string_value(value) : NULL;
}

static bool content_read(const struct api_call *call, struct api_reply *reply, json_t *values[],
                         struct bytes *out)
{
    const json_t *text = values[CONTENT] ? values[CONTENT] : values[BASE64];
    if (!values[CONTENT] == !values[BASE64])
        return api_call_usage(reply, "the request lacks the list",
                              "give its text in `content`, or a file's bytes in `content_base64`",
                              "content");
    *out = (struct bytes) {(const uint8_t *)json_string_value(text), json_string_length(text)};
    if (values[CONTENT])
        return true;
    size_t size, room = out->size / 4 * 3 + 3;
    uint8_t *raw = arena_take(call->arena, room);
    if (!raw)
        return api_call_refuse(reply, VERDICT_TOO_LARGE, "content_base64");
    if (!base64_read(*out, raw, room, &size))
        return api_call_usage(reply, "this is no base64", "encode the file's bytes (RFC 4648)",
                              "content_base64");
    *out = (struct bytes) {raw, size};
    return true;
}

static bool order_read(struct api_reply *reply, const char *word, enum sheet_date_order *out)
{
    *out = !word ? SHEET_DATE_ASK : strcmp(word, "dmy") == 0 ? SHEET_DATE_DMY : SHEET_DATE_MDY;
    return !word || *out == SHEET_DATE_DMY || strcmp(word, "mdy") == 0 ||
           api_call_usage(reply, "this order of dates is not known", "give dmy or mdy", "dates");
}

static bool import_read(const struct api_call *call, struct api_reply *reply, json_t *values[],
                        struct import *out)
{
    if (!api_call_fields(call, reply, call->body, "", fields, FIELDS, values) ||
        !api_call_own(call, reply, text_of(values[OWN]), &out->own) ||
        !content_read(call, reply, values, &out->content) ||
        !order_read(reply, text_of(values[DATES]), &out->dates))
        return false;
    out->encoding = text_of(values[ENCODING]);
    if (out->encoding && !sheet_encoding_known(out->encoding))
        return api_call_usage(reply, "this encoding is not known",
                              "give cp1250 or cp1252; UTF-8 is seen by itself", "encoding");
    /* An amendment is signed; a draft is not. */
    if (json_is_true(values[AMEND]) && !role_may(call->who.roles, ROLE_NEED_SIGN))
        return api_call_refuse(reply, VERDICT_NOT_PERMITTED, "amend");
    out->sheet = text_of(values[SHEET]);
    out->rows = text_of(values[ROWS]);
    out->hidden = json_is_true(values[HIDDEN]);
    out->fix = json_is_true(values[FIX]);
    out->confirm = json_is_true(values[CONFIRM]);
    out->skip_bad = json_is_true(values[SKIP_BAD]);
    return true;
}

static enum fault run_import(const struct api_call *call, struct api_reply *reply)
{
    json_t *values[FIELDS];
    struct import_result result;
    struct import import = {
        .store = call->api->store,
        .catalogue = call->api->catalogue,
        .eligible = call->api->eligible,
        .now = call->request->now,
    };
    if (!import_read(call, reply, values, &import))
        return FAULT_NONE;
    import.scope = call->who.scope;
    import.unit = scope_only(call->who.units, call->who.unit_count, import.own);
    TRY(import_run(&import, call->arena, &result));
    TRY(result_put(call, reply, &import, &result));
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
