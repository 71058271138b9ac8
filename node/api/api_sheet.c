#include "api/api_sheet.h"

#include "seal/base64.h"
#include "sheet/sheet_encoding.h"

#include <assert.h>
#include <string.h>

/* ---- what was asked ----------------------------------------------------------------------------
 */

static const struct api_call_field file_fields[] = {
    [API_SHEET_CONTENT] = {"content", API_CALL_TEXT, false},
    [API_SHEET_BASE64] = {"content_base64", API_CALL_TEXT, false},
    [API_SHEET_ENCODING] = {"encoding", API_CALL_TEXT, false},
    [API_SHEET_SHEET] = {"sheet", API_CALL_TEXT, false},
    [API_SHEET_ROWS] = {"rows", API_CALL_TEXT, false},
    [API_SHEET_DATES] = {"dates", API_CALL_TEXT, false},
    [API_SHEET_HIDDEN] = {"hidden", API_CALL_BOOLEAN, false},
    [API_SHEET_FIX] = {"fix", API_CALL_BOOLEAN, false},
    [API_SHEET_CONFIRM] = {"confirm", API_CALL_BOOLEAN, false},
    [API_SHEET_SKIP_BAD] = {"skip_bad", API_CALL_BOOLEAN, false},
};
static_assert(sizeof file_fields / sizeof *file_fields == API_SHEET_FIELDS, "a row for each");

bool api_sheet_fields(const struct api_call *call, struct api_reply *reply,
                      const struct api_call_field *own, size_t count, json_t *values[])
{
    struct api_call_field fields[API_SHEET_OWN_MAX + API_SHEET_FIELDS];
    assert(count <= API_SHEET_OWN_MAX);
    for (size_t i = 0; i < count; i++)
        fields[i] = own[i];
    memcpy(fields + count, file_fields, sizeof file_fields);
    return api_call_fields(call, reply, call->body, "", fields, count + API_SHEET_FIELDS, values);
}

static const char *text_of(const json_t *value)
{
    return value ? json_string_value(value) : NULL;
}

static bool content_read(const struct api_call *call, struct api_reply *reply,
                         json_t *const values[], struct bytes *out)
{
    const json_t *text =
        values[API_SHEET_CONTENT] ? values[API_SHEET_CONTENT] : values[API_SHEET_BASE64];
    if (!values[API_SHEET_CONTENT] == !values[API_SHEET_BASE64])
        return api_call_usage(reply, "the request lacks the list",
                              "give its text in `content`, or a file's bytes in `content_base64`",
                              "content");
    *out = (struct bytes) {(const uint8_t *)json_string_value(text), json_string_length(text)};
    if (values[API_SHEET_CONTENT])
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

bool api_sheet_read(const struct api_call *call, struct api_reply *reply, json_t *const values[],
                    struct import *out)
{
    if (!content_read(call, reply, values, &out->content) ||
        !order_read(reply, text_of(values[API_SHEET_DATES]), &out->dates))
        return false;
    out->encoding = text_of(values[API_SHEET_ENCODING]);
    if (out->encoding && !sheet_encoding_known(out->encoding))
        return api_call_usage(reply, "this encoding is not known",
                              "give cp1250 or cp1252; UTF-8 is seen by itself", "encoding");
    out->sheet = text_of(values[API_SHEET_SHEET]);
    out->rows = text_of(values[API_SHEET_ROWS]);
    out->hidden = json_is_true(values[API_SHEET_HIDDEN]);
    out->fix = json_is_true(values[API_SHEET_FIX]);
    out->confirm = json_is_true(values[API_SHEET_CONFIRM]);
    out->skip_bad = json_is_true(values[API_SHEET_SKIP_BAD]);
    out->store = call->api->store;
    out->catalogue = call->api->catalogue;
    out->eligible = call->api->eligible;
    out->now = call->request->now;
    out->scope = call->who.scope;
    out->unit = scope_only(call->who.units, call->who.unit_count, out->own);
    return true;
}

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
        {"rows", result->rows},       {"ready", result->ready},
        {"bad", result->bad},         {"unchanged", result->unchanged},
        {"changed", result->changed}, {"hidden_rows", result->hidden},
        {"stored", result->stored},
    };
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
        TRY(api_call_put(reply, counts[i].name, json_integer((json_int_t)counts[i].count)));
    return FAULT_NONE;
}

enum fault api_sheet_put(struct api_reply *reply, const struct import *import,
                         const struct import_result *result)
{
    bool wrong = result->bad && !import->skip_bad;
    bool unreadable = result->rows == 0 && result->problem_count > 0;
    if (import->confirm && (wrong || unreadable))
        reply->status = 422;
    TRY(put_counts(reply, result));
    TRY(put_reading(reply, result));
    TRY(put_problems(reply, result));
    TRY(put_fixes(reply, result));
    return put_ignored(reply, result);
}
