#include "command/command_list.h"
#include "command/command_node.h"
#include "command/command_say.h"
#include "office/office_course.h"
#include "office/office_hand.h"
#include "office/office_rules.h"
#include "office/office_verbs.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

enum { SEND_MAX = 500 }; /* drafts in one call of the API */

static const struct command_column nomination_columns[] = {
    {"DOSSIER", "dossier", COMMAND_TEXT, TABLE_TAIL},
    {"PARTNER", "partner", COMMAND_TEXT, TABLE_WHOLE},
    {"WAY", "direction", COMMAND_WAY, TABLE_WHOLE},
    {"FAMILY NAME", "family_name", COMMAND_TEXT, TABLE_CUT},
    {"GIVEN NAMES", "given_names", COMMAND_TEXT, TABLE_CUT},
    {"YEAR", "year", COMMAND_TEXT, TABLE_GOES_FIRST},
    {"STATE", "state", COMMAND_STATE, TABLE_WHOLE},
    {"DELIVERY", "delivery", COMMAND_STATE, TABLE_WHOLE},
    {"CHANGED", "changed_at", COMMAND_TIME, TABLE_GOES_SECOND},
    {"SUPPORT", "support", COMMAND_YES, TABLE_WHOLE},
    {"SAYS", "sentence", COMMAND_TEXT, TABLE_BELOW}, /* with -v */
};

static const struct command_column draft_columns[] = {
    {"NUMBER", "number", COMMAND_COUNT, TABLE_WHOLE},
    {"PARTNER", "partner", COMMAND_TEXT, TABLE_WHOLE},
    {"FAMILY NAME", "family_name", COMMAND_TEXT, TABLE_CUT},
    {"GIVEN NAMES", "given_names", COMMAND_TEXT, TABLE_CUT},
    {"YEAR", "year", COMMAND_TEXT, TABLE_WHOLE},
    {"TERM", "term", COMMAND_TEXT, TABLE_GOES_SECOND},
    {"KIND", "kind", COMMAND_TEXT, TABLE_GOES_THIRD},
    {"CHANGED", "changed_at", COMMAND_TIME, TABLE_GOES_FIRST},
};

static const struct command_column fields[] = {
    {"Dossier", "dossier", COMMAND_TEXT, TABLE_WHOLE},
    {"State", "state", COMMAND_STATE, TABLE_WHOLE},
    {"By hand", "by_hand.sentence", COMMAND_TEXT, TABLE_WHOLE},
    {"That is", "sentence", COMMAND_TEXT, TABLE_WHOLE},
    {"Since", "changed_at", COMMAND_TIME, TABLE_WHOLE},
    {"Direction", "direction", COMMAND_TEXT, TABLE_WHOLE},
    {"Own side", "own", COMMAND_TEXT, TABLE_WHOLE},
    {"Partner", "partner", COMMAND_TEXT, TABLE_WHOLE},
    {"Delivery", "delivery", COMMAND_STATE, TABLE_WHOLE},
    {"Learning", "learning.state", COMMAND_STATE, TABLE_WHOLE},
    {"Forked", "forked_says", COMMAND_TEXT, TABLE_WHOLE},
    {"Incomplete", "incomplete_says", COMMAND_TEXT, TABLE_WHOLE},
    {"Not understood", "not_understood_says", COMMAND_TEXT, TABLE_WHOLE},
};

static const struct command_column record_columns[] = {
    {"LANE", "lane", COMMAND_COUNT, TABLE_WHOLE},
    {"INDEX", "index", COMMAND_COUNT, TABLE_WHOLE},
    {"KIND", "kind", COMMAND_TEXT, TABLE_WHOLE},
    {"SAYS", "says", COMMAND_TEXT, TABLE_WHOLE},
    {"ISSUER", "issuer", COMMAND_TEXT, TABLE_WHOLE},
    {"ISSUED", "issued_at", COMMAND_TIME, TABLE_WHOLE},
    {"DELIVERY", "delivery", COMMAND_STATE, TABLE_WHOLE},
    {"RECEIPT", "receipted_at", COMMAND_TIME, TABLE_GOES_FIRST},
    {"VOID", "void", COMMAND_YES, TABLE_WHOLE},
    {"LATE", "out_of_turn", COMMAND_YES, TABLE_WHOLE}, /* the dossier had moved on */
};

enum {
    NOMINATION_COLUMNS = sizeof nomination_columns / sizeof *nomination_columns,
    FIELDS = sizeof fields / sizeof *fields,
};

enum command_exit office_nomination_list(struct command_work *work)
{
    static const char *const names[] = {"direction", "state", "partner", NULL};
    static const struct command_listing listing = {"nominations", nomination_columns,
                                                   NOMINATION_COLUMNS - 1, "No such nominations."};
    static const struct command_listing in_full = {"nominations", nomination_columns,
                                                   NOMINATION_COLUMNS, "No such nominations."};
    json_t *list;
    enum command_exit wrong = command_node_list(
        work, command_node_query(work, "/api/v1/nominations", names), "nominations", &list);
    if (wrong)
        return wrong;
    office_hand_words(work, list);
    return command_list_show(work, work->common.verbose ? &in_full : &listing, list);
}

/* What is in force beside the nomination, under the names of the reply; dots lead into objects. */
static const struct part {
    const char *title, *object, *name; /* object NULL: at the top */
} parts[] = {
    {"Decision", NULL, "decision"},
    {"Arrival", "stay", "arrival"},
    {"Longer stay asked for", "stay", "extending"},
    {"Longer stay", "stay", "extension"},
    {"Departure", "stay", "departure"},
    {"Learning agreement", "learning", "newest"},
    {"Recognition", NULL, "recognition"},
    {"Revocation", NULL, "revocation"},
};

/* Digests and lists are for -v and --json. */
static const json_t *in_short(struct command_work *work, const json_t *said)
{
    json_t *copy = command_work_keep(work, json_copy((json_t *)(uintptr_t)said));
    json_object_del(copy, "id");
    json_object_del(copy, "revision");
    json_object_del(copy, "groups"); /* `recognition show` has them in a table, */
    json_object_del(copy, "units");  /* `learning show` these */
    json_object_del(copy, "changes");
    return copy;
}

static void say_parts(struct command_work *work, const json_t *reply)
{
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        const json_t *holder = parts[i].object ? json_object_get(reply, parts[i].object) : reply;
        const json_t *part = json_object_get(holder, parts[i].name);
        if (!json_is_object(part))
            continue;
        command_say_line(work, "\n%s", parts[i].title);
        command_list_tree(work, work->common.verbose ? part : in_short(work, part), 2);
    }
}

static void put_words(json_t *reply, const char *name, const char *words)
{
    json_object_set_new(reply, name, json_string(words));
}

/* What keeps the dossier from going on, in words. */
static void put_hindrances(struct command_work *work, json_t *reply)
{
    const json_t *forked = json_object_get(reply, "forked");
    const char *opener = json_string_value(json_object_get(reply, "opener"));
    const char *own = json_string_value(json_object_get(reply, "own"));
    const char *partner = json_string_value(json_object_get(reply, "partner"));
    json_int_t incomplete = json_integer_value(json_object_get(reply, "incomplete"));
    json_int_t unread = json_integer_value(json_object_get(reply, "not_understood"));
    bool lanes[] = {json_is_true(json_array_get(forked, 0)),
                    json_is_true(json_array_get(forked, 1))};
    if (opener && own && partner && (lanes[0] || lanes[1])) {
        const char *other = strcmp(opener, own) == 0 ? partner : own;
        put_words(reply, "forked_says",
                  command_work_text(work, "two records of %s at one place: its lane stops there",
                                    lanes[0] ? opener : other));
    }
    if (incomplete > 0)
        put_words(reply, "incomplete_says",
                  command_work_text(work, "records that others must come before: %lld",
                                    (long long)incomplete));
    if (unread > 0)
        put_words(reply, "not_understood_says",
                  command_work_text(work, "records for a newer version than this node's: %lld",
                                    (long long)unread));
}

enum command_exit office_nomination_show(struct command_work *work)
{
    static const char *const names[] = {"opener", "rules", NULL};
    static const struct command_listing listing = {
        "records", record_columns, sizeof record_columns / sizeof *record_columns, "No records."};
    const char *path = command_work_text(work, "/api/v1/nominations/%s",
                                         command_node_escape(work, work->arguments[0]));
    json_t *reply;
    enum command_exit wrong = command_node_get(work, command_node_query(work, path, names), &reply);
    if (wrong)
        return wrong;
    if (work->common.json) {
        command_say_json(work, json_incref(reply));
        return COMMAND_DONE;
    }
    put_hindrances(work, reply);
    command_list_fields(work, reply, fields, FIELDS);
    const json_t *nomination = json_object_get(reply, "nomination");
    if (json_is_object(nomination)) {
        command_say_line(work, "\nNomination");
        command_list_tree(work, nomination, 2);
    }
    say_parts(work, reply);
    office_rules_show(work, reply);
    command_say_line(work, "\nRecords");
    office_course_say(json_object_get(reply, "records"));
    wrong = command_list_show(work, &listing, json_object_get(reply, "records"));
    office_course_step(work, reply);
    return wrong;
}

static enum command_exit draft_number(struct command_work *work, const char *text, json_int_t *out)
{
    char *end;
    long long value = strtoll(text, &end, 10);
    if (text[0] < '0' || text[0] > '9' || *end || value < 1 || value == LLONG_MAX)
        return command_say_usage(work, "`peregrin draft list` shows the numbers",
                                 "`%s` is not the number of a draft", text);
    *out = value;
    return COMMAND_DONE;
}

static enum command_exit chosen_numbers(struct command_work *work, json_t *numbers)
{
    for (size_t i = 0; i < work->argument_count; i++) {
        json_int_t number = 0;
        enum command_exit wrong = draft_number(work, work->arguments[i], &number);
        if (wrong)
            return wrong;
        json_array_append_new(numbers, json_integer(number));
    }
    return COMMAND_DONE;
}

static enum command_exit all_numbers(struct command_work *work, json_t *numbers)
{
    json_t *drafts;
    enum command_exit wrong = command_node_list(work, "/api/v1/drafts", "drafts", &drafts);
    for (size_t i = 0; !wrong && i < json_array_size(drafts); i++)
        json_array_append(numbers, json_object_get(json_array_get(drafts, i), "number"));
    return wrong;
}

static enum command_exit stopped(struct command_work *work, json_t *some, size_t done, size_t total)
{
    json_decref(some);
    command_say_note(work,
                     "\nInterrupted: %zu of %zu drafts were signed and stay signed, the others "
                     "are still drafts.",
                     done, total);
    command_say_next(work, "peregrin nomination send --all     for the others");
    return COMMAND_INTERRUPTED;
}

/* What the rules say of them, in calls of at most SEND_MAX drafts. */
static enum command_exit check_all(struct command_work *work, const json_t *numbers,
                                   json_t *checked, json_t *refused)
{
    size_t total = json_array_size(numbers);
    for (size_t at = 0; at < total;) {
        json_t *some = json_array(), *reply;
        for (; at < total && json_array_size(some) < SEND_MAX; at++)
            json_array_append(some, json_array_get(numbers, at));
        struct command_call call = {"POST", "/api/v1/nominations/check",
                                    json_pack("{s:o}", "numbers", some), NULL};
        enum command_exit wrong = command_node_call(work, &call, &reply);
        if (wrong)
            return wrong;
        json_array_extend(checked, json_object_get(reply, "checked"));
        json_array_extend(refused, json_object_get(reply, "refused"));
    }
    return COMMAND_DONE;
}

/* In calls of at most SEND_MAX drafts; what was sent stays sent when a later call fails. */
static enum command_exit send_all(struct command_work *work, const json_t *numbers, json_t *sent,
                                  json_t *refused)
{
    struct command_progress progress = {.what = "Signing"};
    size_t total = json_array_size(numbers);
    for (size_t at = 0; at < total;) {
        json_t *some = json_array(), *reply;
        command_say_progress(work, &progress, at, total);
        if (command_say_stopped(work))
            return stopped(work, some, at, total);
        for (; at < total && json_array_size(some) < SEND_MAX; at++)
            json_array_append(some, json_array_get(numbers, at));
        struct command_call call = {"POST", "/api/v1/nominations/send",
                                    json_pack("{s:o}", "numbers", some), NULL};
        enum command_exit wrong = command_node_call(work, &call, &reply);
        if (wrong)
            return json_array_size(sent) ? COMMAND_PARTLY : wrong;
        json_array_extend(sent, json_object_get(reply, "sent"));
        json_array_extend(refused, json_object_get(reply, "refused"));
    }
    command_say_progress(work, &progress, total, total);
    return COMMAND_DONE;
}

static void tell_refused(struct command_work *work, const json_t *refused)
{
    for (size_t i = 0; i < json_array_size(refused); i++) {
        const json_t *one = json_array_get(refused, i);
        const char *rule = command_list_text(work, one, "error.rule", COMMAND_TEXT);
        const char *got = command_list_text(work, one, "error.got", COMMAND_TEXT);
        command_say_refused(
            work, "  draft %s: %s%s%s%s. %s", command_list_text(work, one, "number", COMMAND_TEXT),
            command_list_text(work, one, "error.message", COMMAND_TEXT),
            got[0] ? command_work_text(work, " (%s: expected ", rule) : "",
            got[0] ? command_list_text(work, one, "error.expected", COMMAND_TEXT) : "",
            got[0] ? command_work_text(work, ", got %s)", got) : "",
            command_list_text(work, one, "error.hint", COMMAND_TEXT));
    }
}

/* told: the rules were told of before. */
static enum command_exit tell_sent(struct command_work *work, json_t *sent, json_t *refused,
                                   bool told)
{
    size_t sent_count = json_array_size(sent), refused_count = json_array_size(refused);
    size_t ready = 0;
    for (size_t i = 0; i < sent_count; i++)
        ready += strcmp(command_list_text(work, json_array_get(sent, i), "state", COMMAND_TEXT),
                        "ready") == 0;
    command_say_line(work, "%s signed and on %s way%s",
                     command_say_count(work, sent_count, "nomination", "nominations"),
                     sent_count == 1 ? "its" : "their",
                     refused_count ? command_work_text(work, ", %zu refused", refused_count) : "");
    tell_refused(work, refused);
    if (!told)
        office_rules_sent(work, sent);
    if (ready)
        command_say_note(work,
                         "%zu of them %s until the partner's node is heard, and then %s by %s",
                         ready, ready == 1 ? "waits" : "wait", ready == 1 ? "goes" : "go",
                         ready == 1 ? "itself" : "themselves");
    command_say_json(work,
                     json_pack("{s:i, s:O, s:O}", "schema", 1, "sent", sent, "refused", refused));
    command_say_next(work, "peregrin nomination list --direction outgoing");
    if (!refused_count)
        return COMMAND_DONE;
    return sent_count ? COMMAND_PARTLY : COMMAND_REFUSED;
}

static enum command_exit would_send(struct command_work *work, const json_t *numbers)
{
    json_t *checked = command_work_keep(work, json_array());
    json_t *refused = command_work_keep(work, json_array());
    bool dry = work->common.dry_run;
    enum command_exit wrong = check_all(work, numbers, checked, refused);
    if (wrong)
        return wrong;
    command_say_line(work, "%s %s%s", dry ? "Would send" : "Sent",
                     command_say_count(work, json_array_size(checked), "nomination", "nominations"),
                     json_array_size(refused)
                         ? command_work_text(work, ", %zu refused", json_array_size(refused))
                         : "");
    tell_refused(work, refused);
    office_rules_sent(work, checked);
    command_say_json(work, json_pack("{s:i, s:[], s:O, s:O}", "schema", 1, "sent", "checked",
                                     checked, "refused", refused));
    return json_array_size(refused) ? COMMAND_REFUSED : COMMAND_DONE;
}

/* Where somebody sits, what warns is told before anything is signed. */
static enum command_exit ask_before(struct command_work *work, const json_t *numbers, bool *told)
{
    json_t *checked = command_work_keep(work, json_array());
    json_t *refused = command_work_keep(work, json_array());
    enum command_exit wrong = check_all(work, numbers, checked, refused);
    if (wrong)
        return wrong;
    *told = office_rules_sent(work, checked);
    return *told ? command_say_confirm(
                       work, command_work_text(work, "Sign and send %s all the same?",
                                               command_say_count(work, json_array_size(checked),
                                                                 "nomination", "nominations")))
                 : COMMAND_DONE;
}

enum command_exit office_nomination_send(struct command_work *work)
{
    json_t *numbers = command_work_keep(work, json_array());
    json_t *sent = command_work_keep(work, json_array());
    json_t *refused = command_work_keep(work, json_array());
    bool all = command_work_flag(work, "all");
    if (all == (work->argument_count > 0))
        return command_say_usage(work, "give draft numbers, or --all", "which drafts?");
    enum command_exit wrong = all ? all_numbers(work, numbers) : chosen_numbers(work, numbers);
    if (wrong)
        return wrong;
    size_t count = json_array_size(numbers);
    bool told = false;
    if (work->common.dry_run || !count)
        return would_send(work, numbers);
    if (command_say_may_ask(work))
        wrong = ask_before(work, numbers, &told);
    if (!wrong)
        wrong = send_all(work, numbers, sent, refused);
    return wrong ? wrong : tell_sent(work, sent, refused, told);
}

enum command_exit office_nomination_draft_list(struct command_work *work)
{
    static const struct command_listing listing = {
        "drafts", draft_columns, sizeof draft_columns / sizeof *draft_columns, "No drafts."};
    json_t *list;
    enum command_exit wrong = command_node_list(work, "/api/v1/drafts", "drafts", &list);
    if (!wrong)
        wrong = command_list_show(work, &listing, list);
    if (!wrong && json_array_size(list))
        command_say_next(work, "peregrin nomination send --all     or send NUMBER...");
    return wrong;
}

enum command_exit office_nomination_draft_remove(struct command_work *work)
{
    json_t *numbers = command_work_keep(work, json_array());
    enum command_exit wrong = chosen_numbers(work, numbers);
    if (wrong)
        return wrong;
    size_t count = json_array_size(numbers);
    const char *drafts = command_say_count(work, count, "draft", "drafts");
    if (work->common.dry_run) {
        command_say_would(work, NULL, "Would forget %s", drafts);
        return COMMAND_DONE;
    }
    wrong = command_say_confirm(work, command_work_text(work, "Forget %s?", drafts));
    for (size_t i = 0; !wrong && i < count; i++) {
        json_t *reply;
        const char *path = command_work_text(work, "/api/v1/drafts/%" JSON_INTEGER_FORMAT,
                                             json_integer_value(json_array_get(numbers, i)));
        wrong =
            command_node_call(work, &(struct command_call) {"DELETE", path, NULL, NULL}, &reply);
        if (wrong && i)
            return COMMAND_PARTLY;
    }
    if (wrong)
        return wrong;
    command_say_line(work, "Forgot %s", drafts);
    command_say_json(work, json_pack("{s:i, s:O}", "schema", 1, "removed", numbers));
    return COMMAND_DONE;
}
