#include "office/office_nouns.h"
#include "office/office_verbs.h"

static const struct command_flag open_flags[] = {
    {"own", "SCHAC", "whose call, where the node serves several institutions", 0},
    {"opens", "DATE", "first day of applications (since ever)", 0},
    {"closes", "DATE", "last day of applications (until it is closed)", 0},
    {"kind", "KIND",
     "studies, traineeship, blended, doctoral, teaching, training or virtual (all); again for more",
     0},
    {"country", "CODE", "where the stay may be; may come more than once (anywhere)", 0},
    {"level", "N", "of the EQF; may come more than once (all)", 0},
    {"own-country", NULL, "a stay in the participant's own country may be", 0},
    {"criterion", "TEXT", "by which applications are ranked; may come more than once", 0},
    {"project-end", "DATE", "no stay ends later", 0},
    {"notice", "MONTHS", "between the application and the departure", 0},
    {"group", "NAME", "of priority, the first first; may come more than once", 0},
    {"order", "ORDER", "arrival, group or points (arrival)", 0},
    {"envelope", "NUMBER", "where its grants come from", 0},
    {"amount", "SUM", "of a grant that names no other, as 1200.00", 0},
    {"scholarship", NULL, "its grants are scholarships", 0},
    {0}};

static const struct command_row rows[] = {
    {
        .noun = "call",
        .verb = "open",
        .arguments = "TITLE",
        .least = 1,
        .most = 1,
        .run = office_call_open,
        .summary = "Open a call for applications.",
        .example =
            "call open 'Erasmus 2026' --closes 2026-03-31 --kind studies --notice 2 --envelope 1",
        .flags = open_flags,
    },
    {
        .noun = "call",
        .verb = "list",
        .run = office_call_list,
        .summary = "All calls, and whether they take applications.",
        .example = "call list",
    },
    {
        .noun = "call",
        .verb = "show",
        .arguments = "NUMBER",
        .least = 1,
        .most = 1,
        .run = office_call_show,
        .summary = "One call with its conditions.",
        .example = "call show 1",
    },
    {
        .noun = "call",
        .verb = "close",
        .arguments = "NUMBER",
        .least = 1,
        .most = 1,
        .run = office_call_close,
        .summary = "Take no more applications.",
        .more = "What waits still can be allotted.",
        .example = "call close 1",
    },
    {0},
};

const struct command_noun noun_call = {
    .name = "call",
    .group = COMMAND_GROUP_YEAR,
    .summary = "calls for applications",
    .rows = rows,
};
