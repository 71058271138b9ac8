#include "command/command_list.h"
#include "command/command_node.h"
#include "command/command_say.h"
#include "office/office_verbs.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>

enum { FILE_MODE = 0600 /* evidence holds personal data */, BUNDLE_PAGE = 100 };

/* The record's path in the API; `suffix` from the slash on. */
static const char *record_path(struct command_work *work, const char *suffix)
{
    static const char *const names[] = {"opener", NULL};
    const char *path = command_work_text(work, "/api/v1/records/%s/%s%s",
                                         command_node_escape(work, work->arguments[0]),
                                         command_node_escape(work, work->arguments[1]), suffix);
    return command_node_query(work, path, names);
}

enum command_exit office_record_show(struct command_work *work)
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

/* ---- all of them as a bundle ------------------------------------------------------------------
 */

static enum command_exit put_piece(struct command_work *work, const char *out, struct bytes content,
                                   enum command_piece which)
{
    if (strcmp(out, "-") == 0) {
        bool put = fwrite(content.data, 1, content.size, work->port->out) == content.size;
        return put ? COMMAND_DONE : command_say_file(work, out, errno);
    }
    const struct command_file file = {content, FILE_MODE};
    int problem = work->port->grow_file(work->port->self, out, &file, which, work->common.yes);
    return problem ? command_say_file(work, out, problem) : COMMAND_DONE;
}

static enum command_exit export_all(struct command_work *work, const char *out)
{
    int64_t after = 0, size = 0;
    struct bytes part;
    do {
        struct arena_mark mark = arena_mark(work->arena);
        enum command_exit wrong =
            command_node_bytes(work,
                               command_work_text(work, "/api/v1/evidence?after=%" PRId64 "&max=%d",
                                                 after, BUNDLE_PAGE),
                               &part);
        if (!wrong)
            wrong = put_piece(work, out, part,
                              after == 0  ? COMMAND_PIECE_FIRST
                              : part.size ? COMMAND_PIECE_NEXT
                                          : COMMAND_PIECE_LAST);
        if (wrong)
            return wrong;
        arena_rewind(work->arena, mark);
        if (command_say_stopped(work)) {
            command_say_note(work, "\nInterrupted: what there is stands in %s.part", out);
            return COMMAND_INTERRUPTED;
        }
        after += BUNDLE_PAGE;
        size += (int64_t)part.size;
    } while (part.size);
    if (strcmp(out, "-") == 0)
        return COMMAND_DONE;
    command_say_line(work, "Wrote %s, %" PRId64 " bytes", out, size);
    command_say_json(work, json_pack("{s:i, s:s, s:I}", "schema", 1, "file", out, "size", size));
    command_say_next(work, "peregrin record verify %s --anchor HEX     by anyone, without a node",
                     out);
    return COMMAND_DONE;
}

/* One record is named, or all are meant. */
static enum command_exit export_flags(struct command_work *work, bool all)
{
    if (all && (work->argument_count || command_work_flag(work, "armour")))
        return command_say_usage(work, "peregrin record export --all --out FILE",
                                 "--all goes without DOSSIER, LANE.INDEX and --armour");
    if (!all && work->argument_count != 2)
        return command_say_usage(work, "peregrin record export DOSSIER LANE.INDEX, or --all",
                                 "which record?");
    return COMMAND_DONE;
}

enum command_exit office_record_export(struct command_work *work)
{
    const char *out = command_work_flag(work, "out");
    bool armour = command_work_flag(work, "armour"), all = command_work_flag(work, "all");
    enum command_exit unclear = export_flags(work, all);
    if (unclear)
        return unclear;
    if (!out)
        return command_say_usage(work, "add --out FILE, or --out - for standard output",
                                 "where to?");
    if (all && work->common.dry_run) {
        command_say_would(work, NULL, "Would write %s", out);
        return COMMAND_DONE;
    }
    if (all)
        return export_all(work, out);
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
