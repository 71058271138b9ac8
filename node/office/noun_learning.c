#include "office/office_nouns.h"
#include "office/office_verbs.h"

static const struct command_flag list_flags[] = {
    {"direction", "incoming|outgoing", "only one way", 0},
    {"waits", "own|partner", "only those that wait for us, or for the partner", 0},
    {"learning", "none|proposed|commented|approved|change_proposed|change_commented",
     "only in this state", 0},
    {"partner", "SCHAC", "only of this partner", 0},
    {"limit", "N", "at most so many (all)", 0},
    {0}};

static const struct command_flag opener_flags[] = {
    {"opener", "SCHAC", "who opened it, where two dossiers have one name", 0}, {0}};

static const struct command_flag template_flags[] = {
    {"out", "FILE", "write it there instead of to the terminal", 0},
    {"opener", "SCHAC", "who opened it, where two dossiers have one name", 0},
    {0}};

static const struct command_flag pdf_flags[] = {
    {"out", "FILE", "where to write; `-`: standard output", 'o'},
    {"language", "en|fr|nl", "of the institution, beside English (en)", 0},
    {"opener", "SCHAC", "who opened it, where two dossiers have one name", 0},
    {0}};

static const struct command_flag propose_flags[] = {
    {"approved-by", "signature|account|meeting", "how the student agreed", 0},
    {"approved-on", "YYYY-MM-DD", "the day on which the student agreed (today)", 0},
    {"start", "YYYY-MM-DD", "the first day (as before, or as nominated)", 0},
    {"end", "YYYY-MM-DD", "the last day (as before, or as nominated)", 0},
    {"language", "CODE", "of instruction, ISO 639-1", 0},
    {"level", "A1|A2|B1|B2|C1|C2", "what the student has of it, or will have", 0},
    {"comment", "TEXT", "a word for the partner's staff", 0},
    {"encoding", "NAME", "of an old file: cp1250 or cp1252", 0},
    {"opener", "SCHAC", "who opened it, where two dossiers have one name", 0},
    {0}};

static const struct command_flag answer_flags[] = {
    {"comment", "TEXT", "a word for the partner's staff", 0},
    {"opener", "SCHAC", "who opened it, where two dossiers have one name", 0},
    {0}};

static const char on[] = "accepted reopened arrived extending departed";

static const struct command_row rows[] = {
    {
        .noun = "learning",
        .verb = "list",
        .run = office_learning_list,
        .summary = "Learning agreements of all stays, and whom they wait for.",
        .more = "With -v: who must act, and what.",
        .example = "learning list --waits own",
        .flags = list_flags,
    },
    {
        .noun = "learning",
        .verb = "show",
        .arguments = "DOSSIER",
        .least = 1,
        .most = 1,
        .run = office_learning_show,
        .summary = "The whole cycle of one: each revision with what differs, and each answer.",
        .example = "learning show 01KAMB3Q8W2T5Y7Z9C4D6F8G0H",
        .flags = opener_flags,
    },
    {
        .noun = "learning",
        .verb = "template",
        .states = on,
        .finds = "direction=outgoing",
        .arguments = "DOSSIER",
        .least = 1,
        .most = 1,
        .run = office_learning_template,
        .summary = "Write a sheet (CSV) of the newest revision to change, or an empty one.",
        .more = "Columns: part (host, home, virtual), code, title, ects, term, recognised, change "
                "(comes, goes) and reason. An existing file is replaced only with --yes.",
        .example = "learning template 01KAMB3Q8W2T5Y7Z9C4D6F8G0H --out novakova.csv",
        .flags = template_flags,
    },
    {
        .noun = "learning",
        .verb = "propose",
        .states = on,
        .finds = "direction=outgoing",
        .arguments = "DOSSIER FILE",
        .least = 2,
        .most = 2,
        .run = office_learning_propose,
        .summary = "Propose what the sheet (CSV, workbook or JSON) says, or a change of it.",
        .more = "Once a revision was approved each difference has a reason. Of a unit that goes: "
                "unavailable, language, conflict or other; of one that comes: substitutes, "
                "extension, virtual or other. With --dry-run what differs is shown, and nothing "
                "is signed.",
        .example = "learning propose 01KAMB3Q8W2T5Y7Z9C4D6F8G0H novakova.csv --approved-by "
                   "signature",
        .flags = propose_flags,
    },
    {
        .noun = "learning",
        .verb = "approve",
        .states = on,
        .finds = "direction=incoming",
        .arguments = "DOSSIER...",
        .least = 1,
        .most = COMMAND_ARGUMENTS_MAX,
        .run = office_learning_approve,
        .summary = "Approve the newest learning agreements of students of partners.",
        .example = "learning approve 01KAMB3Q8W2T5Y7Z9C4D6F8G0H",
        .flags = answer_flags,
    },
    {
        .noun = "learning",
        .verb = "comment",
        .states = on,
        .finds = "direction=incoming",
        .arguments = "DOSSIER...",
        .least = 1,
        .most = COMMAND_ARGUMENTS_MAX,
        .run = office_learning_comment,
        .summary = "Say what the home is to change before you approve.",
        .example = "learning comment 01KAMB3Q8W2T5Y7Z9C4D6F8G0H --comment \"20 credits, please\"",
        .flags = answer_flags,
    },
    {
        .noun = "learning",
        .verb = "pdf",
        .states = on,
        .arguments = "DOSSIER",
        .least = 1,
        .most = 1,
        .run = office_paper_learning,
        .summary = "The learning agreement as a paper, with the signed record attached.",
        .more = "The one that the host approved last; where it has approved none, the newest, and "
                "the paper says so.",
        .example = "learning pdf 01KAMB3Q8W2T5Y7Z9C4D6F8G0H --out learning.pdf",
        .flags = pdf_flags,
    },
    {0},
};

const struct command_noun noun_learning = {
    .name = "learning",
    .group = COMMAND_GROUP_YEAR,
    .summary = "what a student takes at the host, agreed by all three",
    .rows = rows,
};
