#include "command/command_list.h"
#include "command/command_node.h"
#include "command/command_say.h"
#include "office/office_course.h"
#include "office/office_elmo.h"
#include "office/office_marks.h"
#include "office/office_match.h"
#include "office/office_rules.h"
#include "office/office_statement.h"
#include "office/office_verbs.h"
#include "report/json_text.h"
#include "report/table.h"
#include "seal/digest.h"

#include <stdlib.h>
#include <string.h>

static const struct command_column transcript_columns[] = {
    {"DOSSIER", "dossier", COMMAND_TEXT, TABLE_TAIL},
    {"WAY", "direction", COMMAND_WAY, TABLE_WHOLE},
    {"PARTNER", "partner", COMMAND_TEXT, TABLE_WHOLE},
    {"FAMILY NAME", "family_name", COMMAND_TEXT, TABLE_CUT},
    {"GIVEN NAMES", "given_names", COMMAND_TEXT, TABLE_CUT},
    {"UNITS", "components", COMMAND_COUNT, TABLE_WHOLE},
    {"ECTS", "total_ects", COMMAND_COUNT, TABLE_WHOLE},
    {"ISSUED", "issued_on", COMMAND_TEXT, TABLE_GOES_FIRST},
    {"DELIVERY", "delivery", COMMAND_STATE, TABLE_WHOLE},
};

static const struct command_column component_columns[] = {
    {"CODE", "code", COMMAND_TEXT, TABLE_WHOLE},
    {"TITLE", "title", COMMAND_TEXT, TABLE_CUT},
    {"ECTS", "ects", COMMAND_COUNT, TABLE_WHOLE},
    {"GRADE", "grade", COMMAND_TEXT, TABLE_WHOLE},
    {"SCHEME", "scheme", COMMAND_TEXT, TABLE_WHOLE},
    {"PASSED", "passed", COMMAND_TEXT, TABLE_WHOLE},
};

enum command_exit office_transcript_list(struct command_work *work)
{
    static const char *const names[] = {"direction", "partner", NULL};
    static const struct command_listing listing = {
        "transcripts", transcript_columns, sizeof transcript_columns / sizeof *transcript_columns,
        "No transcripts."};
    json_t *list;
    enum command_exit wrong = command_node_list(
        work, command_node_query(work, "/api/v1/transcripts", names), "transcripts", &list);
    return wrong ? wrong : command_list_show(work, &listing, list);
}

static const char *ects_text(struct command_work *work, const json_t *hundredths)
{
    json_int_t value = json_integer_value(hundredths);
    return command_work_text(work, "%d.%02d", (int)(value / 100), (int)(value % 100));
}

static enum command_exit show_components(struct command_work *work, const json_t *body)
{
    static const struct command_listing listing = {
        "components", component_columns, sizeof component_columns / sizeof *component_columns,
        "No components."};
    json_t *rows = command_work_keep(work, json_deep_copy(json_object_get(body, "components")));
    for (size_t i = 0; i < json_array_size(rows); i++) {
        json_t *row = json_array_get(rows, i);
        json_object_set_new(row, "ects",
                            json_string(ects_text(work, json_object_get(row, "ects_hundredths"))));
    }
    enum command_exit wrong = command_list_table(work, &listing, rows);
    if (!wrong)
        command_say_line(work, "Total %s ECTS, issued on %s",
                         ects_text(work, json_object_get(body, "total_hundredths")),
                         command_list_text(work, body, "issued_on", COMMAND_TEXT));
    return wrong;
}

static const char *nomination_path(struct command_work *work, const char *dossier,
                                   const char *suffix)
{
    static const char *const names[] = {"opener", NULL};
    const char *path = command_work_text(work, "/api/v1/nominations/%s%s",
                                         command_node_escape(work, dossier), suffix);
    return strcmp(work->row->verb, "import") == 0 ? path : command_node_query(work, path, names);
}

enum command_exit office_transcript_show(struct command_work *work)
{
    json_t *reply;
    enum command_exit wrong =
        command_node_get(work, nomination_path(work, work->arguments[0], ""), &reply);
    if (wrong)
        return wrong;
    json_t *record = office_course_transcript(reply), *body = json_object_get(record, "body");
    if (!record)
        return command_say_wrong(
            work, &(struct command_wrong) {
                      COMMAND_NOT_FOUND, "no_transcript",
                      command_work_text(work, "%s has no transcript yet", work->arguments[0]),
                      "`peregrin nomination show` says who must act", NULL, NULL});
    command_say_json(work, json_pack("{s:i, s:O}", "schema", 1, "transcript", record));
    if (work->common.json)
        return COMMAND_DONE;
    command_say_line(work, "%s, by %s for %s %s",
                     command_list_text(work, reply, "dossier", COMMAND_TEXT),
                     command_list_text(work, record, "issuer", COMMAND_TEXT),
                     command_list_text(work, reply, "given_names", COMMAND_TEXT),
                     command_list_text(work, reply, "family_name", COMMAND_TEXT));
    wrong = json_is_object(body) ? show_components(work, body) : COMMAND_DONE;
    command_say_next(work, "peregrin record export %s %s.%s --out FILE     a file that proves it",
                     work->arguments[0], command_list_text(work, record, "lane", COMMAND_TEXT),
                     command_list_text(work, record, "index", COMMAND_TEXT));
    return wrong;
}

/* The same content for the same dossier is the same request: a repetition issues nothing twice. */
static const char *content_key(struct command_work *work, const char *dossier, const json_t *body)
{
    char *text = json_dumps(body, JSON_SORT_KEYS | JSON_COMPACT);
    struct digest digest;
    digest_of_pair(DIGEST_REQUEST, bytes_text(dossier), bytes_text(text ? text : ""), &digest);
    free(text);
    return command_work_text(work, "transcript-%s",
                             command_work_hex(work, digest.bytes, DIGEST_SIZE));
}

static struct command_call issue_call(struct command_work *work, const char *dossier,
                                      json_t *record, const char *supersedes)
{
    json_t *body = json_pack("{s:O, s:s*}", "credit_record", record, "supersedes", supersedes);
    return (struct command_call) {"POST", nomination_path(work, dossier, "/transcript"), body,
                                  content_key(work, dossier, body)};
}

/* Issued under a key of its content. Where that was used and the transcript was taken back since,
 * the same content is issued once more. wrong: what the node said of it, or NULL: it is said here.
 */
static enum command_exit issue(struct command_work *work, const char *dossier, json_t *record,
                               const char *supersedes, json_t **reply, json_t **wrong)
{
    json_t *shown, *refused;
    struct command_call call = issue_call(work, dossier, record, supersedes);
    enum command_exit status =
        wrong ? command_node_try(work, &call, reply, wrong) : command_node_call(work, &call, reply);
    if (status || !json_is_true(json_object_get(*reply, "repeated")))
        return status;
    struct command_call look = {"GET", nomination_path(work, dossier, ""), NULL, NULL};
    if (command_node_try(work, &look, &shown, &refused) ||
        !json_is_null(json_object_get(shown, "transcript")))
        return COMMAND_DONE;
    call = issue_call(work, dossier, record, supersedes);
    call.key = command_work_text(work, "%s-%zu", call.key,
                                 json_array_size(json_object_get(shown, "records")));
    return wrong ? command_node_try(work, &call, reply, wrong)
                 : command_node_call(work, &call, reply);
}

static enum command_exit say_problems(struct command_work *work, const struct office_marks *marks)
{
    static const struct table_column columns[] = {
        {"ROW", true, TABLE_WHOLE},       {"STUDENT", false, TABLE_TAIL},
        {"COLUMN", false, TABLE_WHOLE},   {"CELL", false, TABLE_CUT},
        {"EXPECTED", false, TABLE_BELOW}, {"REMEDY", false, TABLE_BELOW}};
    struct table table;
    if (!marks->problem_count || work->common.json)
        return COMMAND_DONE;
    table_start(&table, work->arena, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < marks->problem_count; i++) {
        const struct office_marks_problem *one = &marks->problems[i];
        const char *cells[] = {
            command_work_text(work, "%zu", one->row),
            one->student,
            one->column,
            one->cell && one->cell[0] ? command_work_text(work, "\"%s\"", one->cell) : "",
            one->expected,
            one->remedy};
        table_add(&table, cells);
    }
    struct bytes text =
        work->common.plain ? table_plain(&table) : table_text(&table, work->port->columns);
    if (!text.data)
        return command_say_verdict(work, VERDICT_TOO_LARGE, "the table");
    fwrite(text.data, 1, text.size, work->port->out);
    return COMMAND_DONE;
}

/* How many could be issued, and what stands against the others. */
static enum command_exit preview(struct command_work *work, const struct command_sheet *sheet,
                                 struct office_marks *marks, size_t *good)
{
    enum command_exit wrong = office_match_students(work, marks);
    *good = 0;
    for (size_t i = 0; !wrong && i < marks->count; i++)
        *good += !marks->students[i].problems;
    if (wrong)
        return wrong;
    size_t bad = marks->count - *good;
    command_say_line(work, "Read %s of %s from %s (%s)",
                     command_say_count(work, marks->row_count, "row", "rows"),
                     command_say_count(work, marks->count, "student", "students"), sheet->path,
                     sheet->sheet.name ? sheet->sheet.name : sheet->book.encoding);
    wrong = say_problems(work, marks);
    command_say_line(work, "%s ready, %zu %s you",
                     command_say_count(work, *good, "transcript", "transcripts"), bad,
                     bad == 1 ? "needs" : "need");
    return wrong;
}

/* How the issuing went. */
struct tally {
    size_t done, repeated; /* repeated ones are among those done */
};

/* What the node refuses, at its place in the user's file. */
static void say_refused(struct command_work *work, const struct office_marks *marks,
                        const struct office_marks_student *one, json_t *wrong, json_t *results)
{
    struct office_marks_problem place = {0};
    const char *expected = command_list_text(work, wrong, "expected", COMMAND_TEXT);
    office_marks_locate(marks, one, json_string_value(json_object_get(wrong, "field")), 0, &place);
    const char *where = command_work_text(work, "row %zu", place.row);
    if (place.column[0])
        where = command_work_text(work, "%s, column %s, \"%s\"", where, place.column, place.cell);
    const char *got = command_list_text(work, wrong, "got", COMMAND_TEXT);
    if (got[0])
        expected = command_work_text(work, "%s; got: %s", expected, got);
    command_say_refused(work, "%s, dossier %s: %s%s%s. %s", where, one->dossier,
                        command_list_text(work, wrong, "message", COMMAND_TEXT),
                        expected[0] ? "; expected " : "", expected,
                        command_list_text(work, wrong, "hint", COMMAND_TEXT));
    json_array_append_new(results,
                          json_pack("{s:s, s:I, s:s, s:O}", "dossier", one->dossier, "row",
                                    (json_int_t)place.row, "column", place.column, "error", wrong));
}

static enum command_exit issue_all(struct command_work *work, const struct office_marks *marks,
                                   size_t good, json_t *results, struct tally *tally)
{
    struct command_progress progress = {.what = "Issuing"};
    enum command_exit worst = COMMAND_DONE;
    for (size_t i = 0; i < marks->count; i++) {
        const struct office_marks_student *one = &marks->students[i];
        json_t *reply, *wrong;
        if (one->problems)
            continue;
        command_say_progress(work, &progress, tally->done, good);
        if (command_say_stopped(work)) {
            command_say_note(work, "\nInterrupted: what was issued stays issued; run it again for "
                                   "the others, nothing is issued twice.");
            return COMMAND_INTERRUPTED;
        }
        enum command_exit status = issue(work, one->dossier, one->record, NULL, &reply, &wrong);
        if (status && !wrong)
            return tally->done ? COMMAND_PARTLY : status;
        if (wrong) {
            worst = status;
            say_refused(work, marks, one, wrong, results);
            continue;
        }
        json_array_append(results, reply);
        tally->done++;
        tally->repeated += json_is_true(json_object_get(reply, "repeated"));
    }
    command_say_progress(work, &progress, tally->done, good);
    return worst;
}

static bool wants(struct command_work *work, size_t good)
{
    char answer[16] = "";
    if (work->common.yes || !work->port->asks || work->common.no_input || work->common.json)
        return work->common.yes;
    const char *prompt =
        command_work_text(work, "Sign and send %s? [y/N] ",
                          command_say_count(work, good, "transcript", "transcripts"));
    return work->port->ask(work->port->self, prompt, false, answer, sizeof answer) &&
           (answer[0] == 'y' || answer[0] == 'Y');
}

static enum command_exit leave(struct command_work *work, const char *path, size_t good, size_t bad)
{
    command_say_json(work, json_pack("{s:i, s:I, s:I, s:[]}", "schema", 1, "ready",
                                     (json_int_t)good, "bad", (json_int_t)bad, "results"));
    command_say_note(work, "Nothing issued yet.");
    if (good && (!bad || command_work_flag(work, "skip-bad")))
        command_say_next(work, "peregrin transcript import %s --yes%s", path,
                         bad ? " --skip-bad" : "");
    else if (good)
        command_say_next(work, "mend the file, or peregrin transcript import %s --skip-bad --yes",
                         path);
    else
        command_say_next(work, "mend the file, then peregrin transcript import %s", path);
    return bad ? COMMAND_PROBLEMS : COMMAND_DONE;
}

static enum command_exit read_marks(struct command_work *work, const char *path,
                                    struct command_sheet *sheet, struct office_marks *marks)
{
    if (office_elmo_is(path))
        return office_elmo_read(work, path, sheet, marks);
    enum command_exit wrong = command_sheet_open(work, path, sheet);
    return wrong ? wrong : office_marks_read(work, sheet, NULL, marks);
}

enum command_exit office_transcript_import(struct command_work *work)
{
    struct command_sheet sheet;
    struct office_marks marks;
    size_t good = 0;
    struct tally tally = {0};
    enum command_exit wrong = read_marks(work, work->arguments[0], &sheet, &marks);
    if (!wrong)
        wrong = preview(work, &sheet, &marks, &good);
    if (wrong)
        return wrong;
    size_t bad = marks.count - good;
    bool may = good && (!bad || command_work_flag(work, "skip-bad"));
    if (work->common.dry_run || !may || !wants(work, good))
        return leave(work, work->arguments[0], good, bad);
    json_t *results = command_work_keep(work, json_array());
    wrong = issue_all(work, &marks, good, results, &tally);
    command_say_line(
        work, "Issued %s%s",
        command_say_count(work, tally.done - tally.repeated, "transcript", "transcripts"),
        tally.repeated ? command_work_text(work, "; %zu issued before", tally.repeated)
                       : ": signed and on their way");
    office_rules_issued(work, results);
    command_say_json(work, json_pack("{s:i, s:I, s:I, s:I, s:O}", "schema", 1, "issued",
                                     (json_int_t)(tally.done - tally.repeated), "repeated",
                                     (json_int_t)tally.repeated, "bad", (json_int_t)bad, "results",
                                     results));
    command_say_next(work, "peregrin transcript list");
    if ((!wrong && !bad) || wrong == COMMAND_INTERRUPTED)
        return wrong;
    return tally.done ? COMMAND_PARTLY : wrong;
}

/* The credit record of one dossier: a JSON body as it is, or the rows of a spreadsheet. */
static enum command_exit read_record(struct command_work *work, const char *path, json_t **out)
{
    struct command_sheet sheet;
    struct office_marks marks;
    struct json_text_place place;
    enum command_exit wrong = command_sheet_open(work, path, &sheet);
    if (wrong)
        return wrong;
    if (sheet.book.text.size && sheet.book.text.data[0] == '{') {
        if (!json_text_read(sheet.book.text, out, &place)) {
            command_work_keep(work, *out);
            return COMMAND_DONE;
        }
        return command_say_usage(work, "a CreditRecord in JSON, or CSV with a title row",
                                 "%s:%d: not JSON", path, place.line);
    }
    wrong = office_marks_read(work, &sheet, work->arguments[0], &marks);
    if (wrong)
        return wrong;
    say_problems(work, &marks);
    if (marks.count != 1 || marks.problem_count)
        return command_say_wrong(
            work,
            &(struct command_wrong) {COMMAND_PROBLEMS, "rows",
                                     marks.count ? "some rows cannot be used; nothing was issued"
                                                 : "the file has no rows; nothing was issued",
                                     "mend the file and do the same again", NULL, NULL});
    *out = marks.students[0].record;
    return COMMAND_DONE;
}

static enum command_exit issue_one(struct command_work *work, json_t *record,
                                   const char *supersedes)
{
    const char *dossier = work->arguments[0];
    json_t *reply;
    size_t units = json_array_size(json_object_get(record, "components"));
    const char *count = command_say_count(work, units, "unit", "units");
    if (work->common.dry_run) {
        command_say_would(work, NULL, "Would issue the transcript of %s, %s", dossier, count);
        return COMMAND_DONE;
    }
    enum command_exit wrong = issue(work, dossier, record, supersedes, &reply, NULL);
    if (wrong)
        return wrong;
    command_say_line(work, "%s: transcript of %s: %s", dossier, count,
                     office_statement_fate(reply));
    office_rules_said(work, reply);
    command_say_json(work, json_incref(reply));
    command_say_next(work, "peregrin transcript show %s", dossier);
    return COMMAND_DONE;
}

enum command_exit office_transcript_issue(struct command_work *work)
{
    json_t *record;
    enum command_exit wrong = read_record(work, work->arguments[1], &record);
    return wrong ? wrong : issue_one(work, record, command_work_flag(work, "supersedes"));
}

/* What differs from the transcript in force, in the day of issue alone: nothing does. */
static bool says_the_same(const json_t *record, const json_t *body)
{
    json_t *left = json_copy((json_t *)(uintptr_t)record);
    json_t *right = json_copy((json_t *)(uintptr_t)body);
    json_object_del(left, "issued_on");
    json_object_del(right, "issued_on");
    bool same = json_equal(left, right);
    json_decref(left);
    json_decref(right);
    return same;
}

enum command_exit office_transcript_correct(struct command_work *work)
{
    const char *dossier = work->arguments[0];
    json_t *record, *reply;
    enum command_exit wrong = read_record(work, work->arguments[1], &record);
    if (!wrong)
        wrong = command_node_get(work, nomination_path(work, dossier, ""), &reply);
    if (wrong)
        return wrong;
    const json_t *newest = office_course_transcript(reply);
    if (!newest)
        return command_say_wrong(
            work, &(struct command_wrong) {
                      .status = COMMAND_NOT_FOUND,
                      .code = "no_transcript",
                      .what = command_work_text(work, "%s has no transcript to correct", dossier),
                      .remedy = command_work_text(work, "`peregrin transcript issue %s %s`",
                                                  dossier, work->arguments[1])});
    if (says_the_same(record, json_object_get(newest, "body"))) {
        command_say_line(work, "Nothing changes: the transcript of %s says this already", dossier);
        return COMMAND_DONE;
    }
    return issue_one(work, record, office_course_id(reply, "transcript"));
}
