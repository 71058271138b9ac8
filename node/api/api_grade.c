#include "admin/grades.h"
#include "api/api_routes.h"
#include "report/grade_view.h"
#include "report/json_record.h"

#include <string.h>

/* ---- what is shown ---------------------------------------------------------------------------
 */

static json_t *unusable_json(const struct finding *why)
{
    const struct finding_row *row = finding_row(why->reason);
    return json_pack("{s:s, s:s, s:s, s:s, s:s}", "code", row->code, "sentence", row->sentence,
                     "expected", row->expected, "got", why->got ? why->got : "", "remedy",
                     row->remedy);
}

/* A line of the list: without its rows, with the reason why it cannot be used, or null. */
static json_t *line_json(const struct api_call *call, const Peregrin__GradeTable *table)
{
    struct finding why = {0};
    enum verdict verdict = grades_usable(table, call->arena, &why);
    return json_pack("{s:s, s:s, s:s?, s:s?, s:s?, s:s?, s:I, s:o, s:o}", "id", table->id, "kind",
                     table->n_levels ? "levels" : "distribution", "institution", table->institution,
                     "country", table->country, "scope", table->scope, "period", table->period,
                     "rows", (json_int_t)(table->n_grades + table->n_levels), "imported_at",
                     api_call_seconds(table->imported_at), "unusable",
                     verdict && why.reason ? unusable_json(&why) : json_null());
}

static enum fault list_tables(const struct api_call *call, struct api_reply *reply)
{
    Peregrin__GradeTable **tables;
    size_t count;
    json_t *list;
    TRY(grades_list(call->api->store, call->arena, &tables, &count));
    TRY(api_call_list(reply, "tables", &list));
    for (size_t i = 0; i < count; i++)
        TRY(api_call_append(list, line_json(call, tables[i])));
    return FAULT_NONE;
}

/* Refused where there is none of this id. */
static enum fault table_find(const struct api_call *call, struct api_reply *reply, const char *id,
                             const char *field, Peregrin__GradeTable **out)
{
    const struct finding_row *row = finding_row(FINDING_TABLE_MISSING);
    TRY(grades_get(call->api->store, id, call->arena, out));
    if (!*out)
        api_call_explain(reply, row->verdict, row->sentence, row->remedy, field);
    return FAULT_NONE;
}

static enum fault show_table(const struct api_call *call, struct api_reply *reply)
{
    Peregrin__GradeTable *table;
    TRY(table_find(call, reply, call->parameters[0], NULL, &table));
    if (api_call_refused(reply))
        return FAULT_NONE;
    json_t *line = line_json(call, table);
    TRY(api_call_put(reply, "unusable", json_incref(json_object_get(line, "unusable"))));
    json_decref(line);
    return api_call_put(reply, "table", json_record_write(&table->base, call->arena));
}

/* ---- what is kept ----------------------------------------------------------------------------
 */

static enum fault keep_table(const struct api_call *call, struct api_reply *reply)
{
    enum { TABLE, REPLACE, COUNT };
    static const char *const words[] = {
        [GRADES_NEW] = "new", [GRADES_SAME] = "unchanged", [GRADES_REPLACED] = "replaced"};
    static const struct api_call_field fields[] = {
        [TABLE] = {"table", API_CALL_OBJECT, true},
        [REPLACE] = {"replace", API_CALL_BOOLEAN, false},
    };
    json_t *values[COUNT];
    ProtobufCMessage *message;
    struct json_record_misfit misfit;
    const char *field, *expected;
    enum grades_kept kept;
    if (!api_call_fields(call, reply, call->body, "", fields, COUNT, values))
        return FAULT_NONE;
    enum verdict verdict = json_record_read(values[TABLE], &peregrin__grade_table__descriptor,
                                            "table", call->arena, &message, &misfit);
    if (verdict == VERDICT_TOO_LARGE) {
        api_call_refuse(reply, verdict, "table");
        return FAULT_NONE;
    }
    Peregrin__GradeTable *table = (Peregrin__GradeTable *)message;
    if (verdict || !grades_fits(table, &field, &expected)) {
        api_call_explain(reply, VERDICT_INVALID, "the table is not of its form",
                         "mend the field that is named",
                         verdict ? misfit.field : arena_format(call->arena, "table.%s", field));
        reply->problem.expected = verdict ? misfit.expected : expected;
        return FAULT_NONE;
    }
    TRY(grades_put(call->api->store, table, json_is_true(values[REPLACE]), call->request->now,
                   call->arena, &kept));
    if (kept == GRADES_OTHER || kept == GRADES_FULL) {
        bool full = kept == GRADES_FULL;
        api_call_explain(reply, full ? VERDICT_TOO_LARGE : VERDICT_DUPLICATE,
                         full ? "there are 500 tables already"
                              : "another table is kept under this id",
                         full ? "remove one: `peregrin grade table list`"
                              : "give it an id of its own, or say --replace: recognitions that "
                                "name it then name the new one",
                         "table.id");
        return FAULT_NONE;
    }
    TRY(api_call_put(reply, "kept", json_string(words[kept])));
    return api_call_put(reply, "table", line_json(call, table));
}

static enum fault remove_table(const struct api_call *call, struct api_reply *reply)
{
    Peregrin__GradeTable *table;
    TRY(table_find(call, reply, call->parameters[0], NULL, &table));
    if (api_call_refused(reply))
        return FAULT_NONE;
    TRY(grades_remove(call->api->store, table->id));
    return api_call_put(reply, "removed", json_string(table->id));
}

/* ---- one conversion --------------------------------------------------------------------------
 */

/* `TABLE`, or `TABLE/SCALE` of a table of levels. */
static enum fault side_find(const struct api_call *call, struct api_reply *reply, const char *name,
                            const char *field, struct grade_view_side *out)
{
    const char *slash = strchr(name, '/');
    size_t size = slash ? (size_t)(slash - name) : strlen(name);
    const char *id = arena_text(call->arena, (struct bytes) {(const uint8_t *)name, size});
    struct grading *grading = arena_take(call->arena, sizeof *grading);
    struct levels *levels = arena_take(call->arena, sizeof *levels);
    Peregrin__GradeTable *table;
    if (!id || !grading || !levels)
        return FAULT_MEMORY;
    TRY(table_find(call, reply, id, field, &table));
    if (api_call_refused(reply))
        return FAULT_NONE;
    if (!grades_grading(table, call->arena, grading) || !grades_levels(table, call->arena, levels))
        return FAULT_MEMORY;
    *out = (struct grade_view_side) {.grading = table->n_levels ? NULL : grading,
                                     .levels = table->n_levels ? levels : NULL,
                                     .scale = slash ? slash + 1 : NULL};
    return FAULT_NONE;
}

/* What was found in place of what is expected is of the tables, or what was asked. */
static void refuse_finding(const struct api_call *call, struct api_reply *reply,
                           const struct finding *why)
{
    const struct finding_row *row = finding_row(why->reason);
    const struct finding bare = {why->reason, why->table, NULL};
    api_call_explain(reply, row->verdict, finding_sentence(&bare, call->arena), row->remedy,
                     "grade");
    reply->problem.rule = row->code;
    reply->problem.expected = row->expected;
    reply->problem.got = why->got;
}

static enum fault convert(const struct api_call *call, struct api_reply *reply)
{
    enum { FROM, TO, RULE, GRADE, COUNT };
    static const struct api_call_field fields[] = {
        [FROM] = {"from", API_CALL_TEXT, true},
        [TO] = {"to", API_CALL_TEXT, false},
        [RULE] = {"rule", API_CALL_TEXT, false},
        [GRADE] = {"grade", API_CALL_TEXT, true},
    };
    json_t *values[COUNT], *told = NULL;
    struct finding why = {0};
    if (!api_call_fields(call, reply, call->body, "", fields, COUNT, values))
        return FAULT_NONE;
    struct grade_view_ask ask = {.grade = json_string_value(values[GRADE]),
                                 .rule = json_string_value(values[RULE])};
    TRY(side_find(call, reply, json_string_value(values[FROM]), "from", &ask.host));
    if (values[TO] && !api_call_refused(reply))
        TRY(side_find(call, reply, json_string_value(values[TO]), "to", &ask.home));
    if (api_call_refused(reply))
        return FAULT_NONE;
    enum verdict verdict = grade_view_convert(&ask, call->arena, &told, &why);
    if (verdict) {
        refuse_finding(call, reply, &why);
        return FAULT_NONE;
    }
    return api_call_put(reply, "conversion", told);
}

const struct api_route api_grade_routes[] = {
    {
        .row = {"GET", "/api/v1/grades/tables", "grading tables that are kept here"},
        .needs = ROLE_NEED_READ,
        .serve = list_tables,
    },
    {
        .row = {"POST", "/api/v1/grades/tables", "keep one more"},
        .needs = ROLE_NEED_PREPARE,
        .serve = keep_table,
        .whole = true,
        .writes = true,
    },
    {
        .row = {"GET", "/api/v1/grades/tables/{id}", "one table, row by row"},
        .needs = ROLE_NEED_READ,
        .serve = show_table,
    },
    {
        .row = {"DELETE", "/api/v1/grades/tables/{id}", "keep it no more"},
        .needs = ROLE_NEED_PREPARE,
        .serve = remove_table,
        .whole = true,
        .writes = true,
    },
    {
        .row = {"POST", "/api/v1/grades/conversions",
                "what a grade of one table is in another, step by step"},
        .needs = ROLE_NEED_READ,
        .serve = convert,
    },
    {},
};
