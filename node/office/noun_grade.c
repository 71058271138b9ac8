#include "office/office_nouns.h"
#include "office/office_verbs.h"

static const struct command_flag table_flags[] = {
    {"fails", "TABLE=GRADE", "the best grade of a table that fails; may be given several times", 0},
    {"replace", NULL, "put it in the place of another table of the same id", 0},
    {"encoding", "NAME", "of an old file: cp1250 or cp1252", 0},
    {0}};

static const struct command_flag convert_flags[] = {
    {"from", "TABLE", "the host's table; TABLE/SCALE in a table of levels", 0},
    {"to", "TABLE", "the home's table; without it, a table of levels says the level", 0},
    {"rule", "minimum|middle|maximum", "which of the grades that overlap", 0},
    {"file", "FILE", "take the tables from here and ask no node; may be given several times", 0},
    {"fails", "TABLE=GRADE", "the best grade of a table that fails; may be given several times", 0},
    {"encoding", "NAME", "of an old file: cp1250 or cp1252", 0},
    {0}};

static const struct command_flag publish_flags[] = {
    {"scheme", "ID", "the grading scheme, as transcripts name it", 0},
    {"isced-f", "DIGITS", "only of this field, two to four digits (the whole institution)", 0},
    {"eqf", "N", "only of this level (all)", 0},
    {"first-year", "2023/2024", "the first academic year of the counts", 0},
    {"last-year", "2025/2026", "and the last one", 0},
    {"label", "TEXT", "what people call it", 0},
    {"partner", "SCHAC", "only to this partner (all)", 0},
    {"own", "SCHAC", "the institution that speaks, where the node has several", 0},
    {"encoding", "NAME", "of an old file: cp1250 or cp1252", 0},
    {0}};

static const struct command_flag published_flags[] = {
    {"direction", "incoming|outgoing", "only one way", 0},
    {"partner", "SCHAC", "only of this partner", 0},
    {"limit", "N", "at most so many (all)", 0},
    {0}};

static const struct command_row rows[] = {
    {
        .noun = "grade",
        .verb = "table",
        .arguments = "import FILE | take [SCHAC] | list | show TABLE | remove TABLE",
        .least = 1,
        .most = 2,
        .run = office_grade_table,
        .summary = "Grading tables that the node keeps: yours, and those that partners publish.",
        .more =
            "A file has a row for each grade (table_id, rank_best_first, grade, count or percent, "
            "passing) or for each level (table_id, system, target_grade, from, to). A table is "
            "kept as it was published, also where it cannot be used: the list says why. `take` "
            "keeps what partners and you have published as AUTHOR.SCHEME; a new revision wants "
            "--replace.",
        .example = "grade table import grading_tables.csv --fails EWP_EXAMPLE=F",
        .flags = table_flags,
    },
    {
        .noun = "grade",
        .verb = "convert",
        .arguments = "GRADE",
        .least = 1,
        .most = 1,
        .run = office_convert_run,
        .summary = "What a grade of the host is at home, step by step.",
        .more = "The grades that pass stand best first, each with its share. Of the home grades "
                "that overlap the host's, minimum takes the worst, maximum the best, middle the "
                "one that holds the middle of the host's; on a border, the better.",
        .example = "grade convert --from BE_UCL --to NO_UIO --rule middle 14",
        .flags = convert_flags,
    },
    {
        .noun = "grade",
        .verb = "publish",
        .arguments = "FILE",
        .least = 1,
        .most = 1,
        .run = office_publish_grades,
        .summary = "Tell all partners how often each of your grades is given.",
        .more = "CSV or a workbook, best grade first, with the titles grade, passing, and count or "
                "percent. Published again it is a new revision; where nothing changed, nothing is "
                "said.",
        .example = "grade publish grades.csv --scheme be-20 --first-year 2023/2024 --last-year "
                   "2025/2026",
        .flags = publish_flags,
    },
    {
        .noun = "grade",
        .verb = "published",
        .run = office_publish_grades_list,
        .summary = "Grading tables of partners, and ours with each partner's receipt.",
        .example = "grade published --direction incoming",
        .flags = published_flags,
    },
    {0},
};

const struct command_noun noun_grade = {
    .name = "grade",
    .group = COMMAND_GROUP_YEAR,
    .summary = "grading tables, and what a grade of the host is at home",
    .rows = rows,
};
