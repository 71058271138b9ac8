#include "office/office_nouns.h"
#include "office/office_verbs.h"

static const struct command_flag list_flags[] = {
    {"direction", "incoming|outgoing", "only one way", 0},
    {"partner", "SCHAC", "only of this partner", 0},
    {"limit", "N", "at most so many (all)", 0},
    {"state", "accepted|reopened|arrived|extending|departed|transcript|recognised",
     "only in this state", 0},
    {0}};

static const struct command_flag day_flags[] = {
    {"date", "YYYY-MM-DD", "the day (today)", 0},
    {"comment", "TEXT", "a word for the partner's staff", 0},
    {"opener", "SCHAC", "who opened it, where two dossiers have one name", 0},
    {0}};

static const struct command_flag extend_flags[] = {
    {"date", "YYYY-MM-DD", "the new last day", 0},
    {"own", "SCHAC", "the institution that speaks, where both are on this node", 0},
    {"comment", "TEXT", "a word for the partner's staff", 0},
    {"opener", "SCHAC", "who opened it, where two dossiers have one name", 0},
    {0}};

static const struct command_row rows[] = {
    {
        .noun = "stay",
        .verb = "list",
        .run = office_stay_list,
        .summary = "Who is to come, who is there, and who has left.",
        .more = "With -v: who must act, and what.",
        .example = "stay list --direction incoming --state accepted",
        .flags = list_flags,
    },
    {
        .noun = "stay",
        .verb = "arrive",
        .states = "accepted reopened arrived extending departed transcript recognised",
        .finds = "direction=incoming",
        .arguments = "DOSSIER...",
        .least = 1,
        .most = COMMAND_ARGUMENTS_MAX,
        .run = office_stay_arrive,
        .summary = "Say that students of partners have arrived.",
        .more = "Said again with another day, it corrects the day. From then on the home can no "
                "longer withdraw.",
        .example = "stay arrive 01KAMB3Q8W2T5Y7Z9C4D6F8G0H --date 2027-02-03",
        .flags = day_flags,
    },
    {
        .noun = "stay",
        .verb = "depart",
        .states = "arrived extending departed transcript recognised",
        .finds = "direction=incoming",
        .arguments = "DOSSIER...",
        .least = 1,
        .most = COMMAND_ARGUMENTS_MAX,
        .run = office_stay_depart,
        .summary = "Say that students of partners have left.",
        .more = "Said again with another day, it corrects the day. Who breaks off departs, too.",
        .example = "stay depart 01KAMB3Q8W2T5Y7Z9C4D6F8G0H --date 2027-06-30",
        .flags = day_flags,
    },
    {
        .noun = "stay",
        .verb = "extend",
        .states = "arrived extending",
        .arguments = "DOSSIER...",
        .least = 1,
        .most = COMMAND_ARGUMENTS_MAX,
        .run = office_stay_extend,
        .summary = "Ask for a longer stay of your own student, or grant one to a partner's.",
        .more = "What the home asks, the host answers with `nomination accept` or `nomination "
                "refuse`, or with an end of its own by this command.",
        .example = "stay extend 01KAMB3Q8W2T5Y7Z9C4D6F8G0H --date 2027-07-31",
        .flags = extend_flags,
    },
    {0},
};

const struct command_noun noun_stay = {
    .name = "stay",
    .group = COMMAND_GROUP_YEAR,
    .summary = "arrivals, departures and longer stays",
    .rows = rows,
};
