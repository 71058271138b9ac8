#include "operate/operate_nouns.h"
#include "operate/operate_verbs.h"

static const struct command_flag show_flags[] = {
    {"origin", NULL, "with file and line, or that it is the default", 0}, {0}};

static const struct command_row rows[] = {
    {
        .noun = "config",
        .verb = "check",
        .arguments = "[FILE]",
        .most = 1,
        .run = operate_config_check,
        .summary = "Read a configuration as the node would; name file and line of what is wrong.",
        .example = "config check peregrind.conf",
    },
    {
        .noun = "config",
        .verb = "show",
        .arguments = "[FILE]",
        .most = 1,
        .run = operate_config_show,
        .summary = "The values in use, those of the defaults too.",
        .more = "There are no secrets among them, only the paths of files that hold some.",
        .example = "config show --origin -c peregrind.conf",
        .flags = show_flags,
    },
    {
        .noun = "config",
        .verb = "sample",
        .run = operate_config_sample,
        .summary = "A commented configuration with every setting.",
        .example = "config sample > peregrind.conf",
    },
    {
        .noun = "config",
        .verb = "explain",
        .arguments = "[SETTING]",
        .most = 1,
        .run = operate_config_explain,
        .summary = "What a setting does, its unit and its default.",
        .example = "config explain listen",
    },
    {0},
};

const struct command_noun noun_config = {
    .name = "config", .group = COMMAND_GROUP_NODE, .summary = "the node's settings", .rows = rows};
