#include "office/office_hand.h"

#include "command/command_list.h"
#include "command/command_node.h"
#include "command/command_say.h"
#include "office/office_statement.h"
#include "office/office_verbs.h"

#include <errno.h>
#include <string.h>

enum { FILE_MODE = 0600, DIRECTORY_MODE = 0700 /* lists and papers hold personal data */ };

static const struct command_column columns[] = {
    {"PARTNER", "partner", COMMAND_TEXT, TABLE_WHOLE},
    {"NAME", "name", COMMAND_TEXT, TABLE_CUT},
    {"COUNTRY", "country", COMMAND_TEXT, TABLE_GOES_FIRST},
    {"E-MAIL", "email", COMMAND_TEXT, TABLE_WHOLE},
    {"JOINED", "joined", COMMAND_YES, TABLE_WHOLE},
    {"SAYS", "sentence", COMMAND_TEXT, TABLE_BELOW},
};

enum command_exit office_hand_list(struct command_work *work)
{
    static const struct command_listing listing = {"partners", columns,
                                                   sizeof columns / sizeof *columns,
                                                   "No partners by hand: all partners run a node."};
    json_t *reply;
    enum command_exit wrong = command_node_get(work, "/api/v1/hand-partners", &reply);
    return wrong ? wrong : command_list_show(work, &listing, json_object_get(reply, "partners"));
}

enum command_exit office_hand_add(struct command_work *work)
{
    const char *schac = work->arguments[0];
    json_t *reply;
    if (!command_work_flag(work, "name") || !command_work_flag(work, "country"))
        return command_say_usage(work, "add --name and --country", "who is %s?", schac);
    enum command_exit wrong = command_node_act(
        work, "/api/v1/hand-partners",
        json_pack("{s:s, s:s, s:s, s:s*, s:s*}", "partner", schac, "name",
                  command_work_flag(work, "name"), "country", command_work_flag(work, "country"),
                  "email", command_work_flag(work, "email"), "erasmus_code",
                  command_work_flag(work, "erasmus")),
        &reply);
    if (wrong)
        return wrong;
    if (work->common.dry_run) {
        command_say_would(work, reply, "Would keep %s as a partner by hand.", schac);
        return COMMAND_DONE;
    }
    command_say_line(work,
                     "%s is a partner by hand: nominations to it are signed and kept, and go by "
                     "e-mail.",
                     schac);
    command_say_json(work, json_incref(reply));
    command_say_next(work, "peregrin nomination import FILE, then peregrin partner handover %s",
                     schac);
    return COMMAND_DONE;
}

enum command_exit office_hand_forget(struct command_work *work)
{
    const char *schac = work->arguments[0];
    json_t *reply;
    if (work->common.dry_run) {
        command_say_would(work, NULL, "Would forget %s.", schac);
        return COMMAND_DONE;
    }
    struct command_call call = {
        "DELETE",
        command_work_text(work, "/api/v1/hand-partners/%s", command_node_escape(work, schac)), NULL,
        NULL};
    enum command_exit wrong = command_node_call(work, &call, &reply);
    if (wrong)
        return wrong;
    command_say_line(work, "%s is no partner by hand any more.", schac);
    command_say_json(work, json_incref(reply));
    return COMMAND_DONE;
}

/* ---- what goes by e-mail -----------------------------------------------------------------------
 */

static const char *path_of(struct command_work *work, const char *rest)
{
    static const char *const names[] = {"own", "year", "language", "all", NULL};
    static const char *const first[] = {"own", "year", "all", NULL};
    bool words = strcmp(rest, "/paper") == 0 || strcmp(rest, "/list") == 0;
    return command_node_query(work,
                              command_work_text(work, "/api/v1/handovers/%s%s",
                                                command_node_escape(work, work->arguments[0]),
                                                rest),
                              words ? names : first);
}

static enum command_exit save(struct command_work *work, const char *from, const char *path)
{
    struct bytes content;
    enum command_exit wrong = command_node_bytes(work, path_of(work, from), &content);
    if (wrong)
        return wrong;
    int problem = work->port->write_file(
        work->port->self, path, &(struct command_file) {content, FILE_MODE}, work->common.yes);
    if (problem)
        return command_say_file(work, path, problem);
    command_say_line(work, "Wrote %s, %zu bytes", path, content.size);
    return COMMAND_DONE;
}

enum command_exit office_hand_over(struct command_work *work)
{
    static const struct {
        const char *from, *end;
    } files[] = {{"/paper", "pdf"}, {"/list", "csv"}, {"/evidence", "evidence"}};
    const char *out = command_work_flag(work, "out");
    json_t *reply, *written = command_work_keep(work, json_array());
    if (!out)
        return command_say_usage(work, "add --out DIR", "where to?");
    enum command_exit wrong = command_node_get(work, path_of(work, ""), &reply);
    if (wrong)
        return wrong;
    const char *file = json_string_value(json_object_get(reply, "file"));
    const char *email = json_string_value(json_object_get(reply, "email"));
    size_t count = json_array_size(json_object_get(reply, "dossiers"));
    const char *what = command_say_count(work, count, "nomination", "nominations");
    if (work->common.dry_run) {
        command_say_would(work, NULL, "Would write %s as PDF, CSV and evidence to %s", what, out);
        return COMMAND_DONE;
    }
    int problem = work->port->make_directory(work->port->self, out, DIRECTORY_MODE);
    if (problem && problem != EEXIST)
        return command_say_file(work, out, problem);
    for (size_t i = 0; file && !wrong && i < sizeof files / sizeof *files; i++) {
        const char *path = command_work_text(work, "%s/%s.%s", out, file, files[i].end);
        wrong = save(work, files[i].from, path);
        json_array_append_new(written, json_string(path));
    }
    if (wrong)
        return wrong;
    command_say_line(work, "%s of %s: send all three to %s.", what, work->arguments[0],
                     email ? email : "the partner's office");
    size_t changed = json_array_size(json_object_get(reply, "changed"));
    size_t withdrawn = json_array_size(json_object_get(reply, "withdrawn"));
    if (changed || withdrawn)
        command_say_line(work, "Among them %zu changed and %zu withdrawn, marked as that.", changed,
                         withdrawn);
    command_say_json(work, json_pack("{s:i, s:O, s:O, s:O*, s:O*, s:s?}", "schema", 1, "files",
                                     written, "dossiers", json_object_get(reply, "dossiers"),
                                     "changed", json_object_get(reply, "changed"), "withdrawn",
                                     json_object_get(reply, "withdrawn"), "email", email));
    command_say_next(work,
                     "peregrin nomination mark DOSSIER --by-hand accepted     when it answers");
    return COMMAND_DONE;
}

/* ---- what it answers ---------------------------------------------------------------------------
 */

void office_hand_words(struct command_work *work, json_t *list)
{
    for (size_t i = 0; !work->common.json && i < json_array_size(list); i++) {
        json_t *line = json_array_get(list, i);
        const char *state =
            json_string_value(json_object_get(json_object_get(line, "by_hand"), "state"));
        if (state)
            json_object_set_new(line, "state",
                                json_string(command_work_text(work, "%s (by hand)", state)));
    }
}

enum command_exit office_hand_mark(struct command_work *work)
{
    const char *state = command_work_flag(work, "by-hand");
    if (!state)
        return command_say_usage(work,
                                 "add --by-hand accepted, refused, waitlisted, arrived, departed, "
                                 "transcript, or pending to take a mark back",
                                 "what did the partner answer?");
    struct office_statement statement = {
        .resource = "mark",
        .done = state,
        .body = command_work_keep(work, json_pack("{s:s, s:s*, s:s*}", "state", state, "date",
                                                  command_work_flag(work, "date"), "comment",
                                                  command_work_flag(work, "comment"))),
        .next = "peregrin nomination list --direction outgoing",
    };
    return office_statement_say(work, &statement);
}
