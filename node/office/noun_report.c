#include "office/office_nouns.h"
#include "office/office_verbs.h"

static const struct command_flag grouped_flags[] = {
    {"by", "year|partner|country|kind|field|unit|group", "what is counted apart from each other",
     0},
    {"year", "YEAR", "only this academic year, as 2026/2027 (all)", 0},
    {"own", "SCHAC", "of this institution of the node (the only one)", 0},
    {"public", NULL, "round to fives, and say of one to four only that they are few", 0},
    {"format", "text|csv|svg|html", "as a table, a sheet, a plot, a page (text)", 0},
    {"out", "FILE", "write it to this file", 0},
    {0}};

static const struct command_flag target_flags[] = {
    {"year", "YEAR", "only this academic year, as 2026/2027 (all)", 0},
    {"own", "SCHAC", "of this institution of the node (the only one)", 0},
    {"public", NULL, "round to fives, and say of one to four only that they are few", 0},
    {"format", "text|csv|svg|html", "as a table, a sheet, a plot, a page (text)", 0},
    {"out", "FILE", "write it to this file", 0},
    {0}};

static const struct command_flag place_flags[] = {
    {"year", "YEAR", "only this academic year, as 2026/2027 (all)", 0},
    {"own", "SCHAC", "of this institution of the node (the only one)", 0},
    {"format", "text|csv|svg|html", "as a table, a sheet, a plot, a page (text)", 0},
    {"out", "FILE", "write it to this file", 0},
    {0}};

static const struct command_flag annual_flags[] = {
    {"year", "YEAR", "the academic year, as 2026/2027 (the newest)", 0},
    {"own", "SCHAC", "of this institution of the node (the only one)", 0},
    {"public", NULL, "round to fives, and say of one to four only that they are few", 0},
    {"format", "text|csv|svg|html", "as a table, a sheet, a plot, a page (text)", 0},
    {"out", "FILE", "write it to this file", 0},
    {0}};

static const struct command_flag grants_flags[] = {
    {"by", "all|envelope|call|people|kind|group", "what is counted apart from each other (each)",
     0},
    {"own", "SCHAC", "of this institution of the node (the only one)", 0},
    {"public", NULL, "round to fives, and hide who waits, and how many where they are few", 0},
    {"format", "text|csv|svg|html", "as a table, a sheet, a plot, a page (text)", 0},
    {"out", "FILE", "write it to this file", 0},
    {0}};

static const struct command_flag set_flags[] = {
    {"share", "PERCENT", "the share that is aimed at, as 20 or 12.5", 0},
    {"cohort", "YEAR=SIZE", "how many there were in a year, as 2026/2027=1200", 0},
    {"kind", "KIND", "a kind of mobility that it counts; once for each", 0},
    {"own", "SCHAC", "of this institution of the node (the only one)", 0},
    {"remove", NULL, "remove it", 0},
    {0}};

static const struct command_row rows[] = {
    {
        .noun = "report",
        .verb = "balance",
        .run = office_report_balance,
        .summary = "Stays out and in, and their balance, for each partner and year.",
        .more =
            "A stay is a place that was given and not taken back. --format svg draws the newest "
            "year, the largest first; --by year each year. Who acts for a department counts what "
            "is its; with --public the institution.",
        .example = "report balance --by country",
        .flags = grouped_flags,
    },
    {
        .noun = "report",
        .verb = "targets",
        .run = office_report_targets,
        .summary = "The share of each cohort with a stay, against what is aimed at.",
        .more = "Stays are counted, not people: the node keeps nothing by which it could tell who "
                "went twice. The cohorts are the institution's: who acts for a department sees "
                "the public form.",
        .example = "report targets",
        .flags = target_flags,
    },
    {
        .noun = "report",
        .verb = "target",
        .arguments = "NAME",
        .least = 1,
        .most = 1,
        .run = office_report_target,
        .summary = "Set what is aimed at, and how large the cohort of a year was.",
        .more = "`students` counts studies, traineeships, blended and doctoral stays; `activity` "
                "virtual ones as well; `staff` teaching and training. --kind says otherwise.",
        .example = "report target students --share 20 --cohort 2026/2027=1200",
        .flags = set_flags,
    },
    {
        .noun = "report",
        .verb = "credits",
        .run = office_report_credits,
        .summary = "Credits taken, passed and recognised, of stays with a transcript.",
        .more =
            "Taken: by the learning agreement that the host approved last; where there is none, "
            "what was passed.",
        .example = "report credits --by unit",
        .flags = grouped_flags,
    },
    {
        .noun = "report",
        .verb = "pipeline",
        .run = office_report_pipeline,
        .summary = "Where each dossier stands, who must act, and with which command.",
        .more = "The steps of a mobility from the nomination to the recognition, for those who go "
                "out and those who come in.",
        .example = "report pipeline --year 2026/2027",
        .flags = place_flags,
    },
    {
        .noun = "report",
        .verb = "partners",
        .run = office_report_partners,
        .summary = "Partners by region and country, with groups, agreements in force and stays.",
        .more = "Shown are those with an agreement, a dossier or a group; `peregrin partner list` "
                "has all of them.",
        .example = "report partners",
        .flags = place_flags,
    },
    {
        .noun = "report",
        .verb = "grants",
        .run = office_report_grants,
        .summary = "Who has a grant, who waits, and what is left of each envelope.",
        .more = "Sums are never of two currencies. --format svg draws who waits against who has a "
                "grant, for each call or what --by names. Who acts for a department counts its "
                "applications.",
        .example = "report grants --by group",
        .flags = grants_flags,
    },
    {
        .noun = "report",
        .verb = "annual",
        .run = office_report_annual,
        .summary = "A year in full, against the year before.",
        .more = "The year's numbers, targets, balances by partner, country, kind, field and "
                "department, credits, days until decisions and transcripts. --format html is one "
                "page with its plots inside. Who acts for a department counts what is its, and "
                "without targets; with --public the institution.",
        .example = "report annual --year 2026/2027 --format html --out year.html",
        .flags = annual_flags,
    },
    {0},
};

const struct command_noun noun_report = {
    .name = "report",
    .group = COMMAND_GROUP_YEAR,
    .summary = "the year in numbers",
    .rows = rows,
};
