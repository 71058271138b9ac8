#include "operate/operate_nouns.h"
#include "operate/operate_verbs.h"

static const struct command_row rows[] = {
    {
        .noun = "status",
        .run = operate_status_run,
        .summary = "One screen: is all well, and who must act?",
        .example = "status",
    },
    {0},
};

const struct command_noun noun_status = {
    .name = "status",
    .group = COMMAND_GROUP_NODE,
    .summary = "the node on one screen",
    .rows = rows,
};
