#include "office/office_nouns.h"
#include "office/office_verbs.h"

static const struct command_flag list_flags[] = {
    {"direction", "incoming|outgoing", "only one way", 0},
    {"partner", "SCHAC", "only of this partner", 0},
    {"limit", "N", "at most so many (all)", 0},
    {0}};

static const struct command_flag publish_flags[] = {
    {"year", "2026/2027", "the academic year", 0},
    {"partner", "SCHAC", "only to this partner (all)", 0},
    {"own", "SCHAC", "the institution that speaks, where the node has several", 0},
    {"encoding", "NAME", "of an old file: cp1250 or cp1252", 0},
    {0}};

static const struct command_flag show_flags[] = {
    {"year", "2026/2027", "of this academic year (the newest)", 0},
    {"ours", NULL, "what we told this partner, not what it told us", 0},
    {0}};

static const struct command_row rows[] = {
    {
        .noun = "course",
        .verb = "publish",
        .arguments = "FILE",
        .least = 1,
        .most = 1,
        .run = office_publish_course,
        .summary = "Tell all partners what incoming students can take in a year.",
        .more = "CSV or a workbook with the titles code, title, ects, and what there is of "
                "title_language, isced_f, eqf, term, language, hours and scheme. Published again "
                "it is a new revision; where nothing changed, nothing is said.",
        .example = "course publish courses.csv --year 2026/2027",
        .flags = publish_flags,
    },
    {
        .noun = "course",
        .verb = "list",
        .run = office_publish_course_list,
        .summary = "Lists of courses of partners, and ours with each partner's receipt.",
        .example = "course list --direction incoming",
        .flags = list_flags,
    },
    {
        .noun = "course",
        .verb = "show",
        .arguments = "PARTNER",
        .least = 1,
        .most = 1,
        .run = office_publish_course_show,
        .summary = "What students can take at a partner.",
        .example = "course show uhasselt.be --year 2026/2027",
        .flags = show_flags,
    },
    {0},
};

const struct command_noun noun_course = {
    .name = "course",
    .group = COMMAND_GROUP_YEAR,
    .summary = "what incoming students can take",
    .rows = rows,
};
