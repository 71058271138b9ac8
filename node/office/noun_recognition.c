#include "office/office_nouns.h"
#include "office/office_verbs.h"

static const struct command_flag list_flags[] = {
    {"direction", "incoming|outgoing", "only one way", 0},
    {"partner", "SCHAC", "only of this partner", 0},
    {"limit", "N", "at most so many (all)", 0},
    {"state", "transcript|recognised", "what waits to be recognised, or is", 0},
    {0}};

static const struct command_flag opener_flags[] = {
    {"opener", "SCHAC", "who opened it, where two dossiers have one name", 0}, {0}};

static const struct command_flag propose_flags[] = {
    {"convert", "minimum|middle|maximum", "propose grades too, by this rule", 0},
    {"from", "TABLE", "the host's table (that of the component's grading scheme)", 0},
    {"to", "TABLE", "your table; without it, a table of levels says the level", 0},
    {"out", "FILE", "write it there instead of to the terminal", 0},
    {"opener", "SCHAC", "who opened it, where two dossiers have one name", 0},
    {0}};

static const struct command_flag decide_flags[] = {
    {"rule", "TEXT", "the rule or table of equivalence that was used", 0},
    {"date", "YYYY-MM-DD", "the day of the decision (today)", 0},
    {"more-than-earned", NULL, "recognise more credits than the host awarded", 0},
    {"comment", "TEXT", "a word for the partner's staff", 0},
    {"encoding", "NAME", "of an old file: cp1250 or cp1252", 0},
    {"opener", "SCHAC", "who opened it, where two dossiers have one name", 0},
    {0}};

static const struct command_flag revoke_flags[] = {
    {"reason", "error|places|documents|conduct|absent|other", "why", 0},
    {"comment", "TEXT", "a word for the partner's staff", 0},
    {"opener", "SCHAC", "who opened it, where two dossiers have one name", 0},
    {0}};

static const struct command_flag pdf_flags[] = {
    {"out", "FILE", "where to write; `-`: standard output", 'o'},
    {"language", "en|fr|nl", "of the institution, beside English (en)", 0},
    {"supplement", NULL, "the section for the diploma supplement", 0},
    {"opener", "SCHAC", "who opened it, where two dossiers have one name", 0},
    {0}};

static const struct command_row rows[] = {
    {
        .noun = "recognition",
        .verb = "list",
        .run = office_recognition_list,
        .summary = "Transcripts, and what is recognised of them.",
        .example = "recognition list --direction outgoing --state transcript",
        .flags = list_flags,
    },
    {
        .noun = "recognition",
        .verb = "show",
        .states = "recognised transcript",
        .arguments = "DOSSIER",
        .least = 1,
        .most = 1,
        .run = office_recognition_show,
        .summary = "What became of each component of one transcript.",
        .example = "recognition show 01KAMB3Q8W2T5Y7Z9C4D6F8G0H",
        .flags = opener_flags,
    },
    {
        .noun = "recognition",
        .verb = "propose",
        .states = "transcript recognised",
        .finds = "direction=outgoing",
        .arguments = "DOSSIER",
        .least = 1,
        .most = 1,
        .run = office_recognition_propose,
        .summary = "Write a sheet (CSV) of one transcript to fill in, one component for one.",
        .more = "Where something is recognised already, the sheet holds that. An existing file is "
                "replaced only with --yes. With --convert each grade stands there with its tables, "
                "its rule and its steps, or with the reason why there is none.",
        .example = "recognition propose 01KAMB3Q8W2T5Y7Z9C4D6F8G0H --out novakova.csv",
        .flags = propose_flags,
    },
    {
        .noun = "recognition",
        .verb = "decide",
        .states = "transcript recognised",
        .finds = "direction=outgoing",
        .arguments = "DOSSIER FILE",
        .least = 2,
        .most = 2,
        .run = office_recognition_decide,
        .summary = "Sign what the sheet says, and tell the host.",
        .more =
            "Rows with the same group belong together: several components of the host may become "
            "one of yours, or one several. What was passed is recognised or has a reason: failed, "
            "content, level, duplicate, unplanned or other. Decided again, it replaces what was "
            "decided before. With --dry-run nothing is signed.",
        .example = "recognition decide 01KAMB3Q8W2T5Y7Z9C4D6F8G0H novakova.csv",
        .flags = decide_flags,
    },
    {
        .noun = "recognition",
        .verb = "revoke",
        .finds = "direction=outgoing",
        .arguments = "DOSSIER...",
        .least = 1,
        .most = COMMAND_ARGUMENTS_MAX,
        .run = office_decide_revoke_recognition,
        .summary = "Take back what was recognised.",
        .example = "recognition revoke 01KAMB3Q8W2T5Y7Z9C4D6F8G0H --reason error",
        .flags = revoke_flags,
    },
    {
        .noun = "recognition",
        .verb = "pdf",
        .states = "recognised",
        .arguments = "DOSSIER",
        .least = 1,
        .most = 1,
        .run = office_paper_recognition,
        .summary = "The recognition sheet as a paper, with the signed record attached.",
        .more =
            "A view of the signed record, which is attached to it, in the institution's language "
            "and in English; a square code names the record. Whoever gets it saves the attachment "
            "and checks it by `record verify`, without a node.",
        .example = "recognition pdf 01KAMB3Q8W2T5Y7Z9C4D6F8G0H --supplement --out supplement.pdf",
        .flags = pdf_flags,
    },
    {0},
};

const struct command_noun noun_recognition = {
    .name = "recognition",
    .group = COMMAND_GROUP_YEAR,
    .summary = "what the home gives for the credits of the host",
    .rows = rows,
};
