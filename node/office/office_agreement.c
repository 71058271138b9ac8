/* Agreements as they are shown, and the short things that are said in them. */

#include "command/command_list.h"
#include "command/command_node.h"
#include "command/command_say.h"
#include "office/office_statement.h"
#include "office/office_verbs.h"

#include <string.h>

static const struct command_column columns[] = {
    {"AGREEMENT", "dossier", COMMAND_TEXT, TABLE_TAIL},
    {"PARTNER", "partner", COMMAND_TEXT, TABLE_WHOLE},
    {"REFERENCE", "reference", COMMAND_TEXT, TABLE_CUT},
    {"STATE", "state", COMMAND_STATE, TABLE_WHOLE},
    {"MUST ACT", "must_act", COMMAND_TEXT, TABLE_WHOLE},
    {"FROM", "first_year", COMMAND_TEXT, TABLE_GOES_FIRST},
    {"UNTIL", "last_year", COMMAND_TEXT, TABLE_GOES_SECOND},
    {"REPLACED BY", "replaced_by", COMMAND_TEXT, TABLE_GOES_FIRST},
    {"SAYS", "sentence", COMMAND_TEXT, TABLE_BELOW}, /* with -v */
};

static const struct command_column place_columns[] = {
    {"CONDITION", "condition", COMMAND_TEXT, TABLE_WHOLE},
    {"YEAR", "year", COMMAND_TEXT, TABLE_WHOLE},
    {"WAY", "direction", COMMAND_WAY, TABLE_WHOLE},
    {"PLACES", "places", COMMAND_COUNT, TABLE_WHOLE},
    {"GIVEN", "granted", COMMAND_COUNT, TABLE_WHOLE},
    {"ASKED", "asked", COMMAND_COUNT, TABLE_WHOLE},
    {"LEFT", "left", COMMAND_COUNT, TABLE_WHOLE},
    {"LANGUAGES", "languages", COMMAND_TEXT, TABLE_GOES_SECOND},
    {"OURS TO GIVE", "binding", COMMAND_YES, TABLE_GOES_FIRST},
};

enum {
    COLUMNS = sizeof columns / sizeof *columns,
    PLACE_COLUMNS = sizeof place_columns / sizeof *place_columns,
    PUBLIC = 0644,
};

static const char *path_of(struct command_work *work, const char *resource,
                           const char *const names[])
{
    return command_node_query(work,
                              command_work_text(work, "/api/v1/agreements/%s%s%s",
                                                command_node_escape(work, work->arguments[0]),
                                                *resource ? "/" : "", resource),
                              names);
}

static const char *const opener[] = {"opener", NULL};

enum command_exit office_agreement_list(struct command_work *work)
{
    static const char *const names[] = {"state", "partner", NULL};
    static const struct command_listing listing = {"agreements", columns, COLUMNS - 1,
                                                   "No agreements."};
    static const struct command_listing in_full = {"agreements", columns, COLUMNS,
                                                   "No agreements."};
    json_t *list;
    enum command_exit wrong = command_node_list(
        work, command_node_query(work, "/api/v1/agreements", names), "agreements", &list);
    return wrong ? wrong
                 : command_list_show(work, work->common.verbose ? &in_full : &listing, list);
}

/* ---- differences ---- */

static void say_fields(struct command_work *work, const json_t *fields, const char *indent)
{
    for (size_t i = 0; i < json_array_size(fields); i++) {
        const json_t *one = json_array_get(fields, i);
        const char *before = command_list_text(work, one, "before", COMMAND_TEXT);
        const char *after = command_list_text(work, one, "after", COMMAND_TEXT);
        command_say_line(work, "%s%s: %s -> %s", indent,
                         command_list_text(work, one, "field", COMMAND_TEXT),
                         *before ? before : "nothing", *after ? after : "nothing");
    }
}

static void say_changes(struct command_work *work, const json_t *changes)
{
    const json_t *conditions = json_object_get(changes, "conditions");
    const json_t *fields = json_object_get(changes, "fields");
    say_fields(work, fields, "  ");
    for (size_t i = 0; i < json_array_size(conditions); i++) {
        const json_t *one = json_array_get(conditions, i);
        command_say_line(work, "  condition %s: %s",
                         command_list_text(work, one, "id", COMMAND_TEXT),
                         command_list_text(work, one, "change", COMMAND_TEXT));
        say_fields(work, json_object_get(one, "fields"), "    ");
    }
    if (!json_array_size(fields) && !json_array_size(conditions))
        command_say_line(work, "  nothing");
}

enum command_exit office_agreement_diff(struct command_work *work)
{
    static const char *const names[] = {"from", "to", "opener", NULL};
    json_t *reply;
    enum command_exit wrong = command_node_get(work, path_of(work, "differences", names), &reply);
    if (wrong)
        return wrong;
    command_say_json(work, json_incref(reply));
    const char *from = command_list_text(work, reply, "from", COMMAND_TEXT);
    if (!*from) {
        command_say_line(work, "There is nothing to compare with: no terms came before these, and "
                               "none are in force.");
        command_say_next(work, "peregrin agreement show %s", work->arguments[0]);
        return COMMAND_DONE;
    }
    command_say_line(work, "From %s", from);
    command_say_line(work, "to   %s", command_list_text(work, reply, "to", COMMAND_TEXT));
    say_changes(work, json_object_get(reply, "changes"));
    return COMMAND_DONE;
}

/* ---- one agreement ---- */

/* Others with the same partner that count beside it, or may yet: proposals cross. */
static void say_beside(struct command_work *work, const json_t *agreement)
{
    static const char *const live[] = {"offered",        "countered",        "in_force",
                                       "change_offered", "change_countered", NULL};
    const char *own = command_list_text(work, agreement, "dossier", COMMAND_TEXT);
    const char *partner = command_list_text(work, agreement, "partner", COMMAND_TEXT);
    const char *other = NULL;
    json_t *list;
    if (command_node_list(work,
                          command_work_text(work, "/api/v1/agreements?partner=%s",
                                            command_node_escape(work, partner)),
                          "agreements", &list))
        return;
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *one = json_array_get(list, i);
        const char *name = command_list_text(work, one, "dossier", COMMAND_TEXT);
        const char *state = command_list_text(work, one, "state", COMMAND_TEXT);
        bool counts = strcmp(name, own) != 0 && json_is_null(json_object_get(one, "replaced_by"));
        for (size_t j = 0; counts && live[j]; j++)
            if (strcmp(state, live[j]) == 0) {
                command_say_line(work, "\nBeside it: %s (%s)", name, state);
                other = name;
            }
    }
    if (other && json_is_null(json_object_get(agreement, "replaced_by")))
        command_say_note(work,
                         "Both count. To have one: peregrin agreement propose FILE --in %s "
                         "--replaces %s",
                         own, other);
}

/* What is to be done next, where it is ours. */
static void say_next(struct command_work *work, const json_t *agreement)
{
    const char *actor = json_string_value(json_object_get(agreement, "must_act"));
    const char *own = json_string_value(json_object_get(agreement, "own"));
    const char *open = json_string_value(json_object_get(agreement, "open"));
    if (actor && own && open && strcmp(actor, own) == 0)
        command_say_next(work, "peregrin agreement approve %s --terms %s", work->arguments[0],
                         open);
}

enum command_exit office_agreement_show(struct command_work *work)
{
    json_t *reply;
    enum command_exit wrong = command_node_get(work, path_of(work, "", opener), &reply);
    if (wrong)
        return wrong;
    command_say_json(work, json_incref(reply));
    if (work->common.json)
        return COMMAND_DONE;
    command_list_fields(work, reply, columns, COLUMNS);
    const json_t *terms = json_object_get(reply, "terms");
    if (json_is_object(terms)) {
        command_say_line(work, "\nIn force");
        command_list_tree(work, terms, 2);
    }
    const json_t *offers = json_object_get(reply, "offers");
    for (size_t i = 0; i < json_array_size(offers); i++) {
        json_t *offer = command_work_keep(work, json_copy(json_array_get(offers, i)));
        const json_t *changes = json_object_get(offer, "changes");
        command_say_line(work, "\nOpen, by %s",
                         command_list_text(work, offer, "issuer", COMMAND_TEXT));
        if (changes)
            say_changes(work, changes);
        json_object_del(offer, "changes");
        if (!changes || work->common.verbose)
            command_list_tree(work, offer, 2);
    }
    const json_t *contacts = json_object_get(reply, "contacts");
    for (size_t i = 0; i < json_array_size(contacts); i++) {
        command_say_line(work, "\nContacts");
        command_list_tree(work, json_array_get(contacts, i), 2);
    }
    const json_t *end = json_object_get(reply, "termination");
    if (json_is_object(end)) {
        command_say_line(work, "\nTerminated");
        command_list_tree(work, end, 2);
    }
    say_beside(work, reply);
    say_next(work, reply);
    return COMMAND_DONE;
}

enum command_exit office_agreement_quota(struct command_work *work)
{
    static const char *const names[] = {"year", "opener", NULL};
    static const struct command_listing listing = {"places", place_columns, PLACE_COLUMNS,
                                                   "No terms are in force."};
    json_t *reply;
    enum command_exit wrong = command_node_get(work, path_of(work, "places", names), &reply);
    return wrong ? wrong : command_list_show(work, &listing, json_object_get(reply, "places"));
}

/* ---- what is said ---- */

static enum command_exit say(struct command_work *work, const char *resource, const char *done,
                             json_t *body)
{
    const char *own = command_work_flag(work, "own");
    json_t *reply;
    if (body && own)
        json_object_set_new(body, "own", json_string(own));
    if (work->common.dry_run) {
        json_decref(body);
        command_say_would(work, NULL, "Would say of %s: %s", work->arguments[0], done);
        return COMMAND_DONE;
    }
    struct command_call call = {"POST", path_of(work, resource, opener), body,
                                command_node_key(work)};
    enum command_exit wrong = command_node_call(work, &call, &reply);
    if (wrong)
        return wrong;
    command_say_json(work, json_incref(reply));
    command_say_line(work, "%s %s", work->arguments[0], done);
    command_say_next(work, "peregrin agreement show %s", work->arguments[0]);
    return COMMAND_DONE;
}

static json_t *body_of(struct command_work *work)
{
    return json_pack("{s:s*, s:s*, s:s*, s:s*}", "terms", command_work_flag_shared(work, "terms"),
                     "comment", command_work_flag_shared(work, "comment"), "reason",
                     command_work_flag_shared(work, "reason"), "last_year",
                     command_work_flag_shared(work, "last-year"));
}

enum command_exit office_agreement_approve(struct command_work *work)
{
    if (!command_work_flag(work, "terms"))
        return command_say_usage(
            work,
            command_work_text(work, "add --terms ID, as `peregrin agreement show %s` shows it",
                              work->arguments[0]),
            "which terms are approved?");
    return say(work, "approval", "approved: in force once the partner has it", body_of(work));
}

enum command_exit office_agreement_decline(struct command_work *work)
{
    static const char *const reasons[] = {"places",   "field", "period", "language",
                                          "capacity", "other", NULL};
    enum command_exit wrong = office_statement_reason(work, reasons);
    return wrong ? wrong : say(work, "declination", "declined", body_of(work));
}

enum command_exit office_agreement_withdraw(struct command_work *work)
{
    return say(work, "taking_back", "taken back", body_of(work));
}

enum command_exit office_agreement_terminate(struct command_work *work)
{
    if (!command_work_flag(work, "last-year"))
        return command_say_usage(work, "add --last-year 2027/2028",
                                 "which is the last year in which students may be sent?");
    enum command_exit wrong = COMMAND_DONE;
    if (!work->common.dry_run)
        wrong = command_say_confirm(
            work, command_work_text(work, "End agreement %s, for good?", work->arguments[0]));
    return wrong ? wrong : say(work, "termination", "terminated", body_of(work));
}

enum command_exit office_agreement_contacts(struct command_work *work)
{
    json_t *body;
    enum command_exit wrong = office_offer_read(work, work->arguments[1], &body);
    return wrong ? wrong : say(work, "contacts", "has new contacts", json_incref(body));
}

enum command_exit office_agreement_ical(struct command_work *work)
{
    static const char *const names[] = {"partner", NULL};
    struct command_file file = {.mode = PUBLIC};
    enum command_exit wrong = command_node_bytes(
        work, command_node_query(work, "/api/v1/calendars/agreements", names), &file.content);
    if (wrong)
        return wrong;
    if (work->common.dry_run) {
        command_say_would(work, NULL, "Would write %s", work->arguments[0]);
        return COMMAND_DONE;
    }
    int problem = work->port->write_file(work->port->self, work->arguments[0], &file, true);
    if (problem)
        return command_say_file(work, work->arguments[0], problem);
    command_say_line(work, "Wrote %s", work->arguments[0]);
    command_say_json(work, json_pack("{s:i, s:s}", "schema", 1, "file", work->arguments[0]));
    command_say_next(work, "open it in your calendar program");
    return COMMAND_DONE;
}
