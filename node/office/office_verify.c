#include "command/command_list.h"
#include "command/command_say.h"
#include "office/office_verbs.h"
#include "record/kind.h"
#include "report/json_record.h"
#include "trust/evidence.h"
#include "verify/verify.h"

#include <inttypes.h>

struct meter {
    struct command_work *work;
    struct command_progress progress;
};

/* The anchor from the flag, or the digest of a root file that the user trusts. */
static enum command_exit find_anchor(struct command_work *work, struct digest *anchor)
{
    const char *hex = command_work_flag(work, "anchor"), *path = command_work_flag(work, "root");
    if (!hex == !path)
        return command_say_usage(work, "add --anchor HEX, as the authority says it, or --root FILE",
                                 "evidence is checked against one anchor");
    if (hex)
        return command_work_unhex(hex, anchor->bytes, DIGEST_SIZE)
                   ? COMMAND_DONE
                   : command_say_usage(work, "as `peregrin catalogue anchor` prints it",
                                       "--anchor has not 64 hexadecimal digits");
    struct command_file file;
    int problem =
        work->port->read_file(work->port->self, path, CATALOGUE_ROOT_MAX, work->arena, &file);
    if (problem)
        return command_say_file(work, path, problem);
    catalogue_anchor(file.content, anchor);
    return COMMAND_DONE;
}

static const char *time_text(struct command_work *work, uint64_t seconds)
{
    char text[INSTANT_TEXT_SIZE];
    if (seconds > (uint64_t)INT64_MAX / INSTANT_SECOND)
        return "-";
    instant_text((struct instant) {(int64_t)seconds * INSTANT_SECOND}, text);
    return command_work_text(work, "%s", text);
}

/* ---- one ---------------------------------------------------------------------------------------
 */

static enum command_exit say_invalid(struct command_work *work, const char *file,
                                     enum verdict verdict, const char *why)
{
    const struct verdict_text *text = verdict_text(verdict);
    return command_say_wrong(
        work, &(struct command_wrong) {
                  COMMAND_TRUST, text->code,
                  command_work_text(work, "NOT VALID: %s: %s", file, why ? why : text->sentence),
                  "do not rely on it; ask the issuer by another way", NULL, NULL});
}

/* The body as JSON; NULL when there is none, or its kind is not known here. */
static json_t *body_of(struct command_work *work, const struct evidence_finding *finding)
{
    const struct kind *kind = kind_find(finding->header.kind, finding->header.schema);
    ProtobufCMessage *message;
    if (!kind || !finding->body.size || kind_body_read(kind, finding->body, work->arena, &message))
        return NULL;
    return command_work_keep(work, json_record_write(message, work->arena));
}

static void say_valid(struct command_work *work, const struct evidence_finding *finding,
                      json_t *body)
{
    const struct kind *kind = kind_find(finding->header.kind, finding->header.schema);
    char dossier[HEADER_DOSSIER_TEXT];
    header_dossier_text(&finding->header.dossier, dossier);
    command_say_line(work, "VALID: %s of %s for %s", kind ? kind->name : "a record",
                     finding->issuer, finding->header.fields->audience);
    command_say_line(work, "  Dossier   %s, record %u.%u", dossier, finding->header.lane,
                     finding->header.index);
    command_say_line(work, "  Id        %s",
                     command_work_hex(work, finding->header.id.bytes, DIGEST_SIZE));
    command_say_line(work, "  Issued    %s", time_text(work, finding->header.issued_at * 60));
    command_say_line(work, "  Sealed    %s with key %s", time_text(work, finding->sealed_at),
                     finding->key_id);
    if (finding->receipted_at)
        command_say_line(work, "  Received  %s by %s", time_text(work, finding->receipted_at),
                         finding->receipt_issuer);
    else
        command_say_line(work, "  Received  no receipt in this file");
    command_say_line(work, "  Content   %s",
                     finding->body.size ? "" : "not in this file (erased or withheld)");
    if (body && !work->common.json)
        command_list_tree(work, body, 4);
}

static enum command_exit say_one(struct command_work *work, const struct digest *anchor,
                                 struct bytes file)
{
    struct evidence_finding finding = {0};
    struct suite_keys none = {0};
    struct suite suite = suite_over(&none);
    struct bytes wire;
    char dossier[HEADER_DOSSIER_TEXT];
    enum verdict verdict = evidence_unarmour(file, work->arena, &wire);
    if (!verdict)
        verdict = evidence_check(wire, anchor, &suite, work->arena, &finding);
    if (verdict)
        return say_invalid(work, work->arguments[0], verdict, finding.failed);
    json_t *body = body_of(work, &finding);
    header_dossier_text(&finding.header.dossier, dossier);
    const struct kind *kind = kind_find(finding.header.kind, finding.header.schema);
    say_valid(work, &finding, body);
    command_say_json(
        work,
        json_pack("{s:i, s:b, s:s, s:s, s:s?, s:s, s:i, s:i, s:s, s:s, s:s, s:s?, s:O?}", "schema",
                  1, "valid", 1, "issuer", finding.issuer, "audience",
                  finding.header.fields->audience, "kind", kind ? kind->code : NULL, "dossier",
                  dossier, "lane", (int)finding.header.lane, "index", (int)finding.header.index,
                  "id", command_work_hex(work, finding.header.id.bytes, DIGEST_SIZE), "key_id",
                  finding.key_id, "sealed_at", time_text(work, finding.sealed_at), "receipted_at",
                  finding.receipted_at ? time_text(work, finding.receipted_at) : NULL, "body",
                  body));
    return COMMAND_DONE;
}

/* ---- many --------------------------------------------------------------------------------------
 */

static json_t *bad_json(struct command_work *work, const struct verify_pool_result *bad)
{
    return json_pack("{s:s, s:I, s:s?, s:s, s:s}", "file", bad->file, "number",
                     (json_int_t)bad->number, "id",
                     bad->has_id ? command_work_hex(work, bad->id.bytes, DIGEST_SIZE) : NULL,
                     "code", verdict_text(bad->verdict)->code, "what", bad->failed);
}

static void say_json(struct command_work *work, const struct verify_report *report)
{
    uint64_t valid = report->verdicts[VERDICT_FINE];
    json_t *verdicts = json_object(), *bad = json_array();
    for (unsigned i = VERDICT_FINE + 1; i < VERDICT_COUNT; i++)
        if (report->verdicts[i])
            json_object_set_new(verdicts, verdict_text((enum verdict)i)->code,
                                json_integer((json_int_t)report->verdicts[i]));
    for (size_t i = 0; i < report->bad_count; i++)
        json_array_append_new(bad, bad_json(work, &report->bad[i]));
    command_say_json(work,
                     json_pack("{s:i, s:b, s:I, s:I, s:I, s:I, s:I, s:I, s:o, s:o, s:b, s:i}",
                               "schema", 1, "valid", report->total == valid && !report->stopped,
                               "files", (json_int_t)report->files, "records",
                               (json_int_t)report->total, "records_valid", (json_int_t)valid,
                               "records_not_valid", (json_int_t)(report->total - valid),
                               "receipted", (json_int_t)report->receipted, "with_content",
                               (json_int_t)report->with_body, "verdicts", verdicts, "not_valid",
                               bad, "interrupted", report->stopped, "jobs", (int)report->jobs));
}

static void say_counts(struct command_work *work, const struct verify_report *report)
{
    uint64_t valid = report->verdicts[VERDICT_FINE];
    command_say_line(work, "VALID: %" PRIu64 " of %s in %s", valid,
                     command_say_count(work, report->total, "record", "records"),
                     command_say_count(work, report->files, "file", "files"));
    command_say_line(work, "  Received  %" PRIu64 " with a receipt, %" PRIu64 " without",
                     report->receipted, valid - report->receipted);
    command_say_line(work, "  Content   %" PRIu64 " with it, %" PRIu64 " without",
                     report->with_body, valid - report->with_body);
    for (unsigned i = VERDICT_FINE + 1; i < VERDICT_COUNT; i++)
        if (report->verdicts[i])
            command_say_line(work, "NOT VALID: %" PRIu64 " %s: %s", report->verdicts[i],
                             verdict_text((enum verdict)i)->code,
                             verdict_text((enum verdict)i)->sentence);
    for (size_t i = 0; i < report->bad_count; i++)
        command_say_line(work, "  %s, number %" PRIu64 ": %s", report->bad[i].file,
                         report->bad[i].number, report->bad[i].failed);
    uint64_t left_out = report->total - valid - report->bad_count;
    if (left_out)
        command_say_line(work, "  and %" PRIu64 " more", left_out);
}

static enum command_exit say_many(struct command_work *work, const struct verify_report *report)
{
    const struct verify_pool_result *first = &report->bad[0];
    if (report->total == 0)
        return command_say_wrong(
            work, &(struct command_wrong) {COMMAND_NOT_FOUND, "not_found", "there is no file in it",
                                           "name files of evidence, or a folder that has some",
                                           NULL, NULL});
    say_counts(work, report);
    say_json(work, report);
    if (report->bad_count)
        return say_invalid(
            work, command_work_text(work, "%s, number %" PRIu64, first->file, first->number),
            first->verdict, first->failed);
    return COMMAND_DONE;
}

static bool show_progress(void *self, uint64_t done, uint64_t total)
{
    struct meter *meter = self;
    command_say_progress(meter->work, &meter->progress, done >> 10, total >> 10);
    return !command_say_stopped(meter->work);
}

enum command_exit office_verify_record(struct command_work *work)
{
    struct digest anchor;
    struct verify_report *report = arena_take(work->arena, sizeof *report);
    struct meter meter = {work, {.what = "Verifying (KiB)"}};
    struct verify_order order = {.paths = work->arguments,
                                 .path_count = work->argument_count,
                                 .anchor = &anchor,
                                 .self = &meter,
                                 .progress = show_progress};
    enum command_exit wrong = find_anchor(work, &anchor);
    if (!wrong)
        wrong = command_say_number(work, "jobs", 1, VERIFY_POOL_JOBS_MAX, 0, &order.jobs);
    if (wrong)
        return wrong;
    enum fault fault = report ? work->port->verify(&order, work->arena, report) : FAULT_MEMORY;
    if (fault == FAULT_FILE)
        return command_say_file(work, report->path, report->problem);
    if (fault)
        return command_say_wrong(
            work, &(struct command_wrong) {(enum command_exit)fault_text(fault)->exit_status,
                                           fault_text(fault)->code, fault_text(fault)->sentence,
                                           fault_text(fault)->remedy, NULL, NULL});
    if (report->only.data && !report->stopped && work->argument_count == 1)
        return say_one(work, &anchor, report->only);
    wrong = say_many(work, report);
    if (!report->stopped)
        return wrong;
    command_say_note(work, "Interrupted: what was read by then is counted, the rest is not.");
    return COMMAND_INTERRUPTED;
}
