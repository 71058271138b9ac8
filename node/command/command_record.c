#include "command/command_node.h"
#include "command/command_list.h"
#include "command/command_say.h"
#include "command/command_verbs.h"

#include <string.h>

enum { FILE_MODE = 0600 }; /* evidence holds personal data */

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
