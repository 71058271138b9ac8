#include "operate/operate_nouns.h"
#include "operate/operate_verbs.h"

static const struct command_flag tail_flags[] = {
    {"from", "CURSOR", "those behind this cursor (the last twenty)", 0},
    {"follow", NULL, "wait for more, until interrupted", 0},
    {"kind", "KINDS", "only these, as record.received,dossier.changed", 0},
    {"partner", "SCHAC", "only of this partner", 0},
    {0}};

static const struct command_row rows[] = {
    {
        .noun = "event",
        .verb = "tail",
        .run = operate_event_tail,
        .summary = "What happened on this node, in the order of happening.",
        .more = "Each event has a cursor; with --from it goes on behind it. With --json each "
                "event is one object on a line of its own.",
        .example = "event tail --kind record.received",
        .flags = tail_flags,
    },
    {0},
};

const struct command_noun noun_event = {
    .name = "event",
    .group = COMMAND_GROUP_NODE,
    .summary = "what happened, one line for each event",
    .rows = rows,
};
