#include "office/office_nouns.h"
#include "office/office_verbs.h"

static const struct command_flag apply_flags[] = {
    {"call", "NUMBER", "to which call", 0},
    {"kind", "KIND", "studies, traineeship, blended, doctoral, teaching, training or virtual", 0},
    {"given-names", "NAMES", "of the applicant", 0},
    {"dossier", "DOSSIER", "the nomination, where there is one; a part of the name is enough", 0},
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
    {"reference", "TEXT", "the office's own, by which `grant import` knows it again", 0},
    {0}};

static const struct command_flag import_flags[] = {
    {"call", "NUMBER", "to which call", 0},
    {"sheet", "NAME", "which sheet of a workbook (the one that looks like a list)", 0},
    {"rows", "LIST", "only these rows, as 3,7-20", 0},
    {"hidden", NULL, "hidden rows as well", 0},
    {"dates", "ORDER", "of 03/04/2005: dmy or mdy (asked where no cell shows it)", 0},
    {"fix", NULL, "take the nearest name or word where a cell is not understood", 0},
    {"skip-bad", NULL, "enter the good rows though others are bad", 0},
    {"errors", "FILE", "where the copy with an ERRORS column goes (beside the list)", 0},
    {"no-errors", NULL, "no copy with an ERRORS column", 0},
    {"encoding", "NAME", "of an old file: cp1250 or cp1252", 0},
    {0}};

static const struct command_flag template_flags[] = {{"call", "NUMBER", "for which call", 0}, {0}};

static const struct command_flag score_flags[] = {
    {"points", "N", "all together, where the call has no criteria", 0},
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
        .run = office_grant_apply,
        .summary = "Enter an application; its number is the order of arrival.",
        .example = "grant apply Peeters --call 1 --kind studies --country PL --amount 1200",
        .flags = apply_flags,
    },
    {
        .noun = "grant",
        .verb = "import",
        .arguments = "FILE",
        .least = 1,
        .most = 1,
        .run = office_applicants_import,
        .summary = "Enter applications from a spreadsheet, in the order of its rows.",
        .more = "Every row is checked, and each cell that is wrong is named; nothing is stored "
                "before you say yes. The same list again changes nothing: a row is known by its "
                "`reference`, or by name and kind, and changes what waits under its old number. "
                "Columns named as the call's criteria are scores.",
        .example = "grant import applications.csv --call 1 --dry-run",
        .flags = import_flags,
    },
    {
        .noun = "grant",
        .verb = "template",
        .run = office_applicants_template,
        .summary = "The titles of a list that `grant import` reads, with the call's criteria.",
        .example = "grant template --call 1",
        .flags = template_flags,
    },
    {
        .noun = "grant",
        .verb = "score",
        .arguments = "NUMBER [CRITERION=POINTS...]",
        .least = 1,
        .most = 65,
        .run = office_applicants_score,
        .summary = "Give an application that waits its points.",
        .more = "Its points are the sum over the call's criteria. In a call by points it moves in "
                "the queue at once; its number stays.",
        .example = "grant score 7 --points 32 --note 'committee of 3 March'",
        .flags = score_flags,
    },
    {
        .noun = "grant",
        .verb = "list",
        .run = office_grant_list,
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
        .run = office_grant_show,
        .summary = "One application.",
        .example = "grant show 7",
    },
    {
        .noun = "grant",
        .verb = "allot",
        .arguments = "[NUMBER]",
        .least = 0,
        .most = 1,
        .run = office_grant_allot,
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
        .run = office_grant_release,
        .summary = "Give back what was allotted, or a place in the queue.",
        .more = "This undoes an allotment; both stay in the ledger. --move-up shows who got it.",
        .example = "grant release 7 --reason 'stays at home' --move-up",
        .flags = release_flags,
    },
    {
        .noun = "grant",
        .verb = "return",
        .arguments = "NUMBER",
        .least = 1,
        .most = 1,
        .run = office_grant_return,
        .summary = "Put back into the queue what was released.",
        .more = "This undoes a release: it waits where its number, group and points put it.",
        .example = "grant return 7",
    },
    {0},
};

const struct command_noun noun_grant = {
    .name = "grant",
    .group = COMMAND_GROUP_YEAR,
    .summary = "applications, and what is allotted to them",
    .rows = rows,
};
