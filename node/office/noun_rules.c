#include "office/office_nouns.h"
#include "office/office_verbs.h"

static const struct command_flag list_flags[] = {
    {"kind", "studies|traineeship|blended|doctoral|teaching|training|virtual",
     "only what is asked of this kind of mobility", 0},
    {"own", "SCHAC", "as severe as here, when the node serves several institutions", 0},
    {0}};

static const struct command_flag explain_flags[] = {
    {"own", "SCHAC", "as severe as here, when the node serves several institutions", 0}, {0}};

static const struct command_flag check_flags[] = {
    {"own", "SCHAC", "the institution that would send them, when the node serves several", 0},
    {"sheet", "NAME", "which sheet of a workbook (the one that looks like a list)", 0},
    {"rows", "LIST", "only these rows, as 3,7-20", 0},
    {"hidden", NULL, "hidden rows as well", 0},
    {"dates", "ORDER", "of 03/04/2005: dmy or mdy (asked where no cell shows it)", 0},
    {"fix", NULL, "take the nearest name or word where a cell is not understood", 0},
    {"encoding", "NAME", "of an old file: cp1250 or cp1252", 0},
    {0}};

static const struct command_flag settings_flags[] = {
    {"csv", NULL, "as the file of `rules` has them", 0}, {0}};

static const struct command_row rows[] = {
    {
        .noun = "rules",
        .verb = "list",
        .run = office_rules_list,
        .summary = "Every rule of eligibility, and what it does here: warn, refuse or nothing.",
        .example = "rules list --kind studies",
        .flags = list_flags,
    },
    {
        .noun = "rules",
        .verb = "explain",
        .arguments = "RULE",
        .least = 1,
        .most = 1,
        .run = office_rules_explain,
        .summary = "One rule: what it compares, what to do, and its limits with their sources.",
        .more = "Days are counted with the first and the last one; months are of thirty days: a "
                "whole month is 30 whatever the calendar gives it, days left over are themselves. "
                "A limit in days counts days, one in months counts months.",
        .example = "rules explain duration.study.min",
        .flags = explain_flags,
    },
    {
        .noun = "rules",
        .verb = "settings",
        .run = office_rules_settings,
        .summary = "All limits, countries and lists, with the days on which they hold.",
        .more = "The columns are those of the file that `rules` in the configuration names: its "
                "rows count before these. --csv writes all as that file: leave in it what you "
                "change, and add what a rule does: severity,RULE,,,refuse,severity,SOURCE (or "
                "off, or warn).",
        .example = "rules settings",
        .flags = settings_flags,
    },
    {
        .noun = "rules",
        .verb = "check",
        .arguments = "FILE",
        .least = 1,
        .most = 1,
        .run = office_import_check,
        .summary = "Ask all rules of a list of nominations (.xlsx or CSV); nothing is stored.",
        .more = "Ends with 7 when a rule refuses a row, with 11 when one warns or a cell cannot "
                "be read, with 0 when all holds. What a rule would need to know and nobody said "
                "is not checked: `nomination show` names it.",
        .example = "rules check spring.xlsx",
        .flags = check_flags,
    },
    {0},
};

const struct command_noun noun_rules = {
    .name = "rules",
    .group = COMMAND_GROUP_YEAR,
    .summary = "who may go where, how long: the programme's rules and yours",
    .rows = rows,
};
