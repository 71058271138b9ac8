#include "command/command_list.h"
#include "command/command_node.h"
#include "command/command_say.h"
#include "office/office_hand.h"
#include "office/office_statement.h"
#include "office/office_verbs.h"

enum { DAY_SIZE = 10 };

static const struct command_column columns[] = {
    {"DOSSIER", "dossier", COMMAND_TEXT, TABLE_TAIL},
    {"PARTNER", "partner", COMMAND_TEXT, TABLE_WHOLE},
    {"WAY", "direction", COMMAND_WAY, TABLE_WHOLE},
    {"FAMILY NAME", "family_name", COMMAND_TEXT, TABLE_CUT},
    {"GIVEN NAMES", "given_names", COMMAND_TEXT, TABLE_CUT},
    {"STATE", "state", COMMAND_STATE, TABLE_WHOLE},
    {"ARRIVED", "arrived_on", COMMAND_TEXT, TABLE_WHOLE},
    {"UNTIL", "end", COMMAND_TEXT, TABLE_GOES_SECOND},
    {"ASKED", "asked_end", COMMAND_TEXT, TABLE_GOES_FIRST},
    {"LEFT", "departed_on", COMMAND_TEXT, TABLE_WHOLE},
    {"SAYS", "sentence", COMMAND_TEXT, TABLE_BELOW}, /* with -v */
};

enum { COLUMNS = sizeof columns / sizeof *columns };

enum command_exit office_stay_list(struct command_work *work)
{
    static const char *const names[] = {"direction", "state", "partner", NULL};
    static const struct command_listing listing = {"stays", columns, COLUMNS - 1, "No stays."};
    static const struct command_listing in_full = {"stays", columns, COLUMNS, "No stays."};
    json_t *list;
    enum command_exit wrong =
        command_node_list(work, command_node_query(work, "/api/v1/stays", names), "stays", &list);
    if (wrong)
        return wrong;
    office_hand_words(work, list);
    return command_list_show(work, work->common.verbose ? &in_full : &listing, list);
}

/* --date, or today by the clock of this machine. */
static const char *day_of(struct command_work *work)
{
    const char *date = command_work_flag(work, "date");
    char now[INSTANT_TEXT_SIZE];
    instant_text(work->port->now(work->port->self), now);
    return date ? date : command_work_text(work, "%.*s", DAY_SIZE, now);
}

static json_t *body_of(struct command_work *work, const char *field, const char *date)
{
    return command_work_keep(
        work, json_pack("{s:s, s:s*}", field, date, "comment", command_work_flag(work, "comment")));
}

enum command_exit office_stay_arrive(struct command_work *work)
{
    const char *date = day_of(work);
    struct office_statement statement = {
        .resource = "arrival",
        .done = command_work_text(work, "arrived on %s", date),
        .body = body_of(work, "date", date),
        .next = "peregrin stay list --direction incoming --state arrived",
    };
    return office_statement_say(work, &statement);
}

enum command_exit office_stay_depart(struct command_work *work)
{
    const char *date = day_of(work);
    struct office_statement statement = {
        .resource = "departure",
        .done = command_work_text(work, "departed on %s", date),
        .body = body_of(work, "date", date),
        .next = command_work_text(work, "peregrin transcript issue %s FILE", work->arguments[0]),
    };
    return office_statement_say(work, &statement);
}

/* The home asks, the host grants: the node knows which of both we are. */
enum command_exit office_stay_extend(struct command_work *work)
{
    const char *date = command_work_flag(work, "date");
    if (!date)
        return command_say_usage(work, "add --date YYYY-MM-DD, the new last day",
                                 "until when is the stay?");
    json_t *body = body_of(work, "end", date);
    if (command_work_flag(work, "own"))
        json_object_set_new(body, "own", json_string(command_work_flag(work, "own")));
    struct office_statement statement = {
        .resource = "extension",
        .done = command_work_text(work, "extended until %s", date),
        .asked = command_work_text(work, "not extended yet, the host is asked until %s", date),
        .either = command_work_text(work, "a longer stay, until %s", date),
        .body = body,
        .next = command_work_text(work, "peregrin nomination show %s", work->arguments[0])};
    return office_statement_say(work, &statement);
}
