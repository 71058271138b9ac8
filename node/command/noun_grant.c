#include "command/command_noun.h"
#include "command/command_verbs.h"

static const struct command_flag apply_flags[] = {
    {"call", "NUMBER", "to which call", 0},
    {"kind", "KIND", "studies, traineeship, blended, doctoral, teaching, training or virtual", 0},
    {"given-names", "NAMES", "of the applicant", 0},
    {"dossier", "DOSSIER", "the nomination, where there is one", 0},
    {"country", "CODE", "where the stay is", 0},
    {"nationality", "CODE", "of the applicant", 0},
    {"level", "N", "of the EQF", 0},
    {"start", "DATE", "first day of the stay", 0},
    {"end", "DATE", "last day of the stay", 0},
    {"unit", "CODE", "department of the applicant (the caller's only one)", 0},
    {"group", "NAME", "of the call's groups of priority", 0},
    {"points", "N", "of the selection", 0},
    {"amount", "SUM", "asked for (the call's)", 0},
    {"note", "TEXT", "of the selection", 0},
    {0}};

static const struct command_flag list_flags[] = {
    {"call", "NUMBER", "only of this call", 0},
    {"state", "STATE", "waiting, allotted, released or withdrawn", 0},
    {"limit", "N", "at most so many (all)", 0},
    {0}};

static const struct command_flag allot_flags[] = {
    {"until-spent", NULL, "as many of the call as the money reaches, in the call's order", 0},
    {"call", "NUMBER", "of --until-spent: which call", 0},
    {"amount", "SUM", "another sum than was asked for", 0},
    {"out-of-turn", "REASON", "why this one overtakes those before it", 0},
    {0}};

static const struct command_flag release_flags[] = {
    {"reason", "TEXT", "why; it stands in the ledger", 0},
    {"amount", "SUM", "only so much (all)", 0},
    {"move-up", NULL, "allot it at once to those who wait", 0},
    {0}};

static const struct command_row rows[] = {
    {
        .noun = "grant",
        .verb = "apply",
        .arguments = "FAMILY-NAME",
        .least = 1,
        .most = 1,
        .run = command_grant_apply,
        .summary = "Enter an application; its number is the order of arrival.",
        .example = "grant apply Peeters --call 1 --kind studies --country PL --amount 1200",
        .flags = apply_flags,
    },
    {
        .noun = "grant",
        .verb = "list",
        .run = command_grant_list,
        .summary = "Applications in the order of their arrival.",
        .example = "grant list --state waiting",
        .flags = list_flags,
    },
    {
        .noun = "grant",
        .verb = "show",
        .arguments = "NUMBER",
        .least = 1,
        .most = 1,
        .run = command_grant_show,
        .summary = "One application.",
        .example = "grant show 7",
    },
    {
        .noun = "grant",
        .verb = "allot",
        .arguments = "[NUMBER]",
        .least = 0,
        .most = 1,
        .run = command_grant_allot,
        .summary = "Allot one grant, or as many as the money reaches.",
        .more = "With --dry-run it says what would be done. An envelope is never overdrawn.",
        .example = "grant allot --until-spent --call 1 --dry-run",
        .flags = allot_flags,
    },
    {
        .noun = "grant",
        .verb = "release",
        .arguments = "NUMBER",
        .least = 1,
        .most = 1,
        .run = command_grant_release,
        .summary = "Give back what was allotted, or a place in the queue.",
        .more = "This undoes an allotment; both stay in the ledger.",
        .example = "grant release 7 --reason 'stays at home' --move-up",
        .flags = release_flags,
    },
    {0},
};

const struct command_noun noun_grant = {
    .name = "grant",
    .group = COMMAND_GROUP_YEAR,
    .summary = "applications, and what is allotted to them",
    .rows = rows,
};
