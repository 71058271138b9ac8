#include "office/office_nouns.h"
#include "office/office_verbs.h"

static const struct command_flag draft_flags[] = {{"limit", "N", "at most so many (all)", 0}, {0}};

static const struct command_row rows[] = {
    {
        .noun = "draft",
        .verb = "list",
        .run = office_nomination_draft_list,
        .summary = "Imported nominations that were not sent yet.",
        .example = "draft list",
        .flags = draft_flags,
    },
    {
        .noun = "draft",
        .verb = "remove",
        .arguments = "NUMBER...",
        .least = 1,
        .most = COMMAND_ARGUMENTS_MAX,
        .run = office_nomination_draft_remove,
        .summary = "Forget drafts.",
        .example = "draft remove 17",
    },
    {0},
};

const struct command_noun noun_draft = {
    .name = "draft",
    .group = COMMAND_GROUP_YEAR,
    .summary = "nominations that were imported and not sent",
    .rows = rows,
};
