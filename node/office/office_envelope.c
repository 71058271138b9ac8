#include "command/command_list.h"
#include "command/command_money.h"
#include "command/command_node.h"
#include "command/command_say.h"
#include "office/office_verbs.h"

static const struct command_column columns[] = {
    {"ENVELOPE", "number", COMMAND_COUNT, TABLE_WHOLE},
    {"TITLE", "title", COMMAND_TEXT, TABLE_CUT},
    {"AMOUNT", "amount", COMMAND_COUNT, TABLE_WHOLE},
    {"ALLOTTED", "allotted", COMMAND_COUNT, TABLE_WHOLE},
    {"RELEASED", "released", COMMAND_COUNT, TABLE_WHOLE},
    {"LEFT", "balance", COMMAND_COUNT, TABLE_WHOLE},
    {"OWN", "own", COMMAND_TEXT, TABLE_WHOLE},
};

static const struct command_column ledger_columns[] = {
    {"ENTRY", "entry", COMMAND_COUNT, TABLE_WHOLE}, {"AT", "at", COMMAND_TIME, TABLE_WHOLE},
    {"BY", "by", COMMAND_TEXT, TABLE_WHOLE},        {"WHAT", "what", COMMAND_TEXT, TABLE_WHOLE},
    {"SUM", "sum", COMMAND_COUNT, TABLE_WHOLE},     {"LEFT", "balance", COMMAND_COUNT, TABLE_WHOLE},
    {"GRANT", "grant", COMMAND_COUNT, TABLE_WHOLE}, {"REASON", "reason", COMMAND_TEXT, TABLE_CUT},
};

enum command_exit office_envelope_list(struct command_work *work)
{
    static const struct command_listing listing = {
        "envelopes", columns, sizeof columns / sizeof *columns, "No envelopes."};
    json_t *list;
    enum command_exit wrong = command_node_list(work, "/api/v1/envelopes", "envelopes", &list);
    if (wrong)
        return wrong;
    command_money_dress_all(work, list, "");
    const struct command_listing last = command_list_last(listing, list);
    return command_list_show(work, &last, list);
}

static const char *path_of(struct command_work *work, const char *rest)
{
    return command_work_text(work, "/api/v1/envelopes/%s%s",
                             command_node_escape(work, work->arguments[0]), rest);
}

static void tell(struct command_work *work, json_t *envelope)
{
    command_money_dress(work, envelope,
                        command_list_text(work, envelope, "currency", COMMAND_TEXT));
    command_say_line(work, "Envelope %s, %s: %s, of which %s are left.",
                     command_list_text(work, envelope, "number", COMMAND_COUNT),
                     command_list_text(work, envelope, "title", COMMAND_TEXT),
                     command_list_text(work, envelope, "amount", COMMAND_TEXT),
                     command_list_text(work, envelope, "balance", COMMAND_TEXT));
}

enum command_exit office_envelope_show(struct command_work *work)
{
    static const struct command_listing listing = {
        "ledger", ledger_columns, sizeof ledger_columns / sizeof *ledger_columns, ""};
    json_t *reply, *ledger;
    enum command_exit wrong = command_node_get(work, path_of(work, ""), &reply);
    if (!wrong)
        wrong = command_node_list(work, path_of(work, ""), "ledger", &ledger);
    if (wrong)
        return wrong;
    json_t *envelope = json_object_get(reply, "envelope");
    if (!work->common.json) {
        tell(work, envelope);
        command_money_dress_all(work, ledger, "");
        return command_list_table(work, &listing, ledger);
    }
    command_say_json(
        work, json_pack("{s:i, s:O, s:O}", "schema", 1, "envelope", envelope, "ledger", ledger));
    return COMMAND_DONE;
}

static enum command_exit send(struct command_work *work, const char *path, json_t *body, bool asks)
{
    json_t *reply;
    json_int_t cents;
    bool given;
    command_work_keep(work, body);
    enum command_exit wrong = command_money_flag(work, "amount", &cents, &given);
    if (!wrong && !given)
        wrong = command_say_usage(work, "add --amount SUM", "how much?");
    if (wrong)
        return wrong;
    json_object_set_new(body, "amount_cents", json_integer(cents));
    const char *sum = command_money_text(work, cents, "");
    if (work->common.dry_run && !asks) {
        command_say_would(work, NULL, "Would move %s.", sum);
        return COMMAND_DONE;
    }
    wrong = command_node_act(work, path, json_incref(body), &reply);
    if (wrong)
        return wrong;
    if (work->common.dry_run) {
        command_say_would(work, reply, "Would move %s.", sum);
        return COMMAND_DONE;
    }
    if (!work->common.json)
        tell(work, json_object_get(reply, "envelope"));
    command_say_json(work, json_incref(reply));
    return COMMAND_DONE;
}

enum command_exit office_envelope_open(struct command_work *work)
{
    static const char *const flags[] = {"own", "currency", NULL};
    json_t *body = json_pack("{s:s}", "title", work->arguments[0]);
    command_money_flags(work, body, flags, flags);
    return send(work, "/api/v1/envelopes", body, false);
}

static enum command_exit change(struct command_work *work, const char *rest)
{
    const char *reason = command_work_flag(work, "reason");
    if (!reason)
        return command_say_usage(work, "add --reason TEXT", "why?");
    return send(work, path_of(work, rest), json_pack("{s:s}", "reason", reason), true);
}

enum command_exit office_envelope_raise(struct command_work *work)
{
    return change(work, "/raise");
}

enum command_exit office_envelope_lower(struct command_work *work)
{
    return change(work, "/lower");
}
