#include "office/office_nouns.h"
#include "office/office_verbs.h"

static const struct command_flag list_flags[] = {
    {"days", "N", "what is due within so many days (30); what is late is always there", 0},
    {"late", NULL, "only what is late", 0},
    {"partner", "SCHAC", "only with this partner", 0},
    {0}};

static const struct command_flag ical_flags[] = {
    {"days", "N", "what is due within so many days (30)", 0},
    {"partner", "SCHAC", "only with this partner", 0},
    {"out", "FILE", "write it there instead of to the terminal", 0},
    {0}};

static const struct command_row rows[] = {
    {
        .noun = "deadline",
        .verb = "list",
        .run = office_deadline_list,
        .summary = "What must be done by when, and by whom; what is late first.",
        .more = "Days are those of the host's factsheet, in its time zone (in UTC where the node's "
                "machine does not know it, which is then said): nominations and "
                "applications of each term, answers, learning agreements before the stay, "
                "transcripts (so many weeks from the results, or from the departure where the "
                "factsheet does not say when they are out) and recognitions: five weeks unless "
                "the host says another. With -v: "
                "what is to be done.",
        .example = "deadline list --days 14",
        .flags = list_flags,
    },
    {
        .noun = "deadline",
        .verb = "ical",
        .run = office_deadline_ical,
        .summary = "The same as a calendar (RFC 5545), without names of students.",
        .example = "deadline ical --days 365 --out deadlines.ics",
        .flags = ical_flags,
    },
    {0},
};

const struct command_noun noun_deadline = {
    .name = "deadline",
    .group = COMMAND_GROUP_YEAR,
    .summary = "what must be done by when, and by whom",
    .rows = rows,
};
