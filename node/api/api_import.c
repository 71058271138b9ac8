#include "api/api_routes.h"
#include "admin/import.h"

#include <string.h>

static enum fault put_problems(struct api_reply *reply, const struct import_result *result)
{
    json_t *list;
    TRY(api_call_list(reply, "problems", &list));
    for (size_t i = 0; i < result->problem_count; i++) {
        const struct import_problem *problem = &result->problems[i];
        TRY(api_call_append(
            list, json_pack("{s:I, s:o, s:s, s:s, s:o, s:o}", "row", (json_int_t)problem->row,
                            "column", api_call_text(problem->column), "code", problem->code, "rule",
                            problem->rule, "expected", api_call_text(problem->expected), "remedy",
                            api_call_text(problem->remedy))));
    }
    return api_call_put(reply, "problems_left_out",
                        json_integer((json_int_t)result->problems_left_out));
}

static enum fault put_ignored(struct api_reply *reply, const struct import_result *result)
{
    json_t *list;
    TRY(api_call_list(reply, "ignored_columns", &list));
    for (size_t i = 0; i < result->ignored_count; i++)
        TRY(api_call_append(list, json_integer((json_int_t)result->ignored[i])));
    return FAULT_NONE;
}

static enum fault put_counts(struct api_reply *reply, const struct import_result *result)
{
    const struct {
        const char *name;
        size_t count;
    } counts[] = {
        {"rows", result->rows},           {"ready", result->ready},     {"bad", result->bad},
        {"unchanged", result->unchanged}, {"changed", result->changed}, {"stored", result->stored},
    };
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
        TRY(api_call_put(reply, counts[i].name, json_integer((json_int_t)counts[i].count)));
    return FAULT_NONE;
}

/* Also a list that is refused as a whole is shown with its problems: 422 with the usual counts. */
static enum fault result_put(struct api_reply *reply, const struct import *import,
                             const struct import_result *result)
{
    bool wrong = result->bad && !import->skip_bad;
    bool unreadable = result->rows == 0 && result->problem_count > 0;
    if (import->confirm && (wrong || unreadable))
        reply->status = 422;
    TRY(put_counts(reply, result));
    TRY(put_problems(reply, result));
    return put_ignored(reply, result);
}

static enum fault run_import(const struct api_call *call, struct api_reply *reply)
{
    enum { OWN, CONTENT, CONFIRM, SKIP_BAD, COUNT };
    static const struct api_call_field fields[] = {
        [OWN] = {"own", API_CALL_TEXT, false},
        [CONTENT] = {"content", API_CALL_TEXT, true},
        [CONFIRM] = {"confirm", API_CALL_BOOLEAN, false},
        [SKIP_BAD] = {"skip_bad", API_CALL_BOOLEAN, false},
    };
    json_t *values[COUNT];
    struct import_result result;
    struct import import = {
        .store = call->api->store,
        .catalogue = call->api->catalogue,
        .now = call->request->now,
    };
    if (!api_call_fields(call, reply, call->body, "", fields, COUNT, values) ||
        !api_call_own(call, reply, values[OWN] ? json_string_value(values[OWN]) : NULL,
                      &import.own))
        return FAULT_NONE;
    import.content = (struct bytes) {(const uint8_t *)json_string_value(values[CONTENT]),
                                     json_string_length(values[CONTENT])};
    import.confirm = json_is_true(values[CONFIRM]);
    import.skip_bad = json_is_true(values[SKIP_BAD]);
    TRY(import_run(&import, call->arena, &result));
    return result_put(reply, &import, &result);
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
