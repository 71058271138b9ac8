#include "command/command_list.h"
#include "command/command_node.h"
#include "command/command_say.h"
#include "command/command_verbs.h"
#include "record/kind.h"
#include "report/json_record.h"
#include "trust/evidence.h"

#include <stdlib.h>
#include <string.h>

enum { FILE_MODE = 0600 }; /* evidence holds personal data */

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

static enum command_exit say_invalid(struct command_work *work, enum verdict verdict,
                                     const struct evidence_finding *finding)
{
    const struct verdict_text *text = verdict_text(verdict);
    const char *why = finding->failed ? finding->failed : text->sentence;
    return command_say_wrong(
        work, &(struct command_wrong) {
                  COMMAND_TRUST, text->code,
                  command_work_text(work, "NOT VALID: %s: %s", work->arguments[0], why),
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

enum command_exit command_record_verify(struct command_work *work)
{
    struct digest anchor;
    struct command_file file;
    const char *path = work->arguments[0];
    enum command_exit wrong = find_anchor(work, &anchor);
    if (wrong)
        return wrong;
    int problem =
        work->port->read_file(work->port->self, path, EVIDENCE_SIZE_MAX * 2, work->arena, &file);
    if (problem)
        return command_say_file(work, path, problem);
    struct evidence_finding finding = {0};
    struct suite_keys none = {0};
    struct suite suite = suite_over(&none);
    struct bytes wire;
    enum verdict verdict = evidence_unarmour(file.content, work->arena, &wire);
    if (!verdict)
        verdict = evidence_check(wire, &anchor, &suite, work->arena, &finding);
    if (verdict)
        return say_invalid(work, verdict, &finding);
    json_t *body = body_of(work, &finding);
    char dossier[HEADER_DOSSIER_TEXT];
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

/* The record's path in the API; `suffix` from the slash on. */
static const char *record_path(struct command_work *work, const char *suffix)
{
    static const char *const names[] = {"opener", NULL};
    const char *path = command_work_text(work, "/api/v1/records/%s/%s%s",
                                         command_node_escape(work, work->arguments[0]),
                                         command_node_escape(work, work->arguments[1]), suffix);
    return command_node_query(work, path, names);
}

enum command_exit command_record_show(struct command_work *work)
{
    json_t *reply;
    enum command_exit wrong = command_node_get(work, record_path(work, ""), &reply);
    if (wrong)
        return wrong;
    if (!work->common.json)
        command_list_tree(work, reply, 0);
    command_say_json(work, json_incref(reply));
    command_say_next(work, "peregrin record export %s %s --out FILE     a file that proves it",
                     work->arguments[0], work->arguments[1]);
    return COMMAND_DONE;
}

enum command_exit command_record_export(struct command_work *work)
{
    const char *out = command_work_flag(work, "out");
    bool armour = command_work_flag(work, "armour");
    if (!out)
        return command_say_usage(work, "add --out FILE, or --out - for standard output",
                                 "where to?");
    struct bytes body;
    enum command_exit wrong = command_node_bytes(
        work, record_path(work, armour ? "/evidence?armour=1" : "/evidence"), &body);
    if (wrong)
        return wrong;
    if (strcmp(out, "-") == 0) {
        fwrite(body.data, 1, body.size, work->port->out);
        return COMMAND_DONE;
    }
    if (!work->common.dry_run) {
        int problem = work->port->write_file(
            work->port->self, out, &(struct command_file) {body, FILE_MODE}, work->common.yes);
        if (problem)
            return command_say_file(work, out, problem);
    }
    command_say_line(work, "%s %s, %zu bytes", work->common.dry_run ? "Would write" : "Wrote", out,
                     body.size);
    command_say_json(work, json_pack("{s:i, s:s, s:I}", "schema", 1, "file", out, "size",
                                     (json_int_t)body.size));
    command_say_next(work, "peregrin record verify %s --anchor HEX     by anyone, without a node",
                     out);
    return COMMAND_DONE;
}
