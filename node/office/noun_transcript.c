#include "office/office_nouns.h"
#include "office/office_verbs.h"

static const struct command_flag transcript_list_flags[] = {
    {"direction", "incoming|outgoing", "only one way", 0},
    {"partner", "SCHAC", "only of this partner", 0},
    {"limit", "N", "at most so many (all)", 0},
    {0}};

static const struct command_flag opener_flags[] = {
    {"opener", "SCHAC", "who opened it, where two dossiers have one name", 0}, {0}};

static const struct command_flag transcript_import_flags[] = {
    {"skip-bad", NULL, "issue the good though others are bad", 0},
    {"sheet", "NAME", "which sheet of a workbook (the one that looks like a list)", 0},
    {"encoding", "NAME", "of an old file: cp1250 or cp1252", 0},
    {0}};

static const struct command_flag issue_flags[] = {
    {"supersedes", "ID", "the record that this one replaces", 0},
    {"encoding", "NAME", "of an old file: cp1250 or cp1252", 0},
    {"opener", "SCHAC", "who opened it, where two dossiers have one name", 0},
    {0}};

static const struct command_flag correct_flags[] = {
    {"encoding", "NAME", "of an old file: cp1250 or cp1252", 0},
    {"opener", "SCHAC", "who opened it, where two dossiers have one name", 0},
    {0}};

static const struct command_flag revoke_flags[] = {
    {"reason", "error|places|documents|conduct|absent|other", "why", 0},
    {"comment", "TEXT", "a word for the partner's staff", 0},
    {"opener", "SCHAC", "who opened it, where two dossiers have one name", 0},
    {0}};

static const struct command_flag template_flags[] = {
    {"lang", "en|fr|nl", "the language of the titles (as programs name them)", 0},
    {"xlsx", "FILE", "a workbook, with a sheet that explains", 0},
    {0}};

static const struct command_flag pdf_flags[] = {
    {"out", "FILE", "where to write; `-`: standard output", 'o'},
    {"language", "en|fr|nl", "of the institution, beside English (en)", 0},
    {"opener", "SCHAC", "who opened it, where two dossiers have one name", 0},
    {0}};

static const struct command_flag export_flags[] = {
    {"out", "FILE", "where to write; `-`: standard output", 'o'},
    {"elmo", NULL, "as ELMO 2.1, the XML of results", 0},
    {"opener", "SCHAC", "who opened it, where two dossiers have one name", 0},
    {0}};

static const struct command_row rows[] = {
    {
        .noun = "transcript",
        .verb = "template",
        .run = office_template_transcripts,
        .summary = "The title row of a list of results, to begin a spreadsheet with.",
        .more = "With --plain: every column with what it may hold.",
        .example = "transcript template --xlsx results.xlsx --lang nl",
        .flags = template_flags,
    },
    {
        .noun = "transcript",
        .verb = "import",
        .arguments = "FILE",
        .least = 1,
        .most = 1,
        .run = office_transcript_import,
        .summary = "Read transcripts (.xlsx, CSV, ELMO) and issue one for each accepted student.",
        .more =
            "Columns: dossier or esi, code, title, isced_f, hours, ects, grade, scheme, passed, "
            "term, language, and when known start, end, issued_on. Rows of one student make one "
            "transcript. A file named .xml is ELMO; what it has beyond a transcript is told. Shows "
            "what would be issued; issues after a yes. To run it again issues nothing twice.",
        .example = "transcript import grades.csv",
        .flags = transcript_import_flags,
    },
    {
        .noun = "transcript",
        .verb = "issue",
        .states = "accepted reopened arrived extending departed",
        .finds = "direction=incoming",
        .arguments = "DOSSIER FILE",
        .least = 2,
        .most = 2,
        .run = office_transcript_issue,
        .summary = "Issue the transcript of one dossier from a CSV or JSON file.",
        .example = "transcript issue 01KAMB3Q8W2T5Y7Z9C4D6F8G0H grades.csv",
        .flags = issue_flags,
    },
    {
        .noun = "transcript",
        .verb = "correct",
        .states = "transcript recognised",
        .finds = "direction=incoming",
        .arguments = "DOSSIER FILE",
        .least = 2,
        .most = 2,
        .run = office_transcript_correct,
        .summary = "Replace the newest transcript of one dossier by a corrected one.",
        .more = "The home recognises again. What says the same already is not issued again.",
        .example = "transcript correct 01KAMB3Q8W2T5Y7Z9C4D6F8G0H grades.csv",
        .flags = correct_flags,
    },
    {
        .noun = "transcript",
        .verb = "revoke",
        .states = "transcript recognised",
        .finds = "direction=incoming",
        .arguments = "DOSSIER...",
        .least = 1,
        .most = COMMAND_ARGUMENTS_MAX,
        .run = office_decide_revoke_transcript,
        .summary = "Take back transcripts that were issued in error.",
        .more = "What the home recognised of them lapses. Another one may be issued afterwards; to "
                "change one, `transcript correct` is enough.",
        .example = "transcript revoke 01KAMB3Q8W2T5Y7Z9C4D6F8G0H --reason error",
        .flags = revoke_flags,
    },
    {
        .noun = "transcript",
        .verb = "list",
        .run = office_transcript_list,
        .summary = "Transcripts sent and received.",
        .example = "transcript list --direction incoming",
        .flags = transcript_list_flags,
    },
    {
        .noun = "transcript",
        .verb = "show",
        .states = "transcript recognised",
        .arguments = "DOSSIER",
        .least = 1,
        .most = 1,
        .run = office_transcript_show,
        .summary = "The transcript of one dossier.",
        .example = "transcript show 01KAMB3Q8W2T5Y7Z9C4D6F8G0H",
        .flags = opener_flags,
    },
    {
        .noun = "transcript",
        .verb = "pdf",
        .states = "transcript recognised",
        .arguments = "DOSSIER",
        .least = 1,
        .most = 1,
        .run = office_paper_transcript,
        .summary = "The transcript as a paper, with the signed record attached.",
        .more =
            "A view of the signed record, which is attached to it, in the institution's language "
            "and in English; a square code names the record. Whoever gets it saves the attachment "
            "and checks it by `record verify`, without a node.",
        .example = "transcript pdf 01KAMB3Q8W2T5Y7Z9C4D6F8G0H --language fr --out transcript.pdf",
        .flags = pdf_flags,
    },
    {
        .noun = "transcript",
        .verb = "export",
        .states = "transcript recognised",
        .arguments = "DOSSIER",
        .least = 1,
        .most = 1,
        .run = office_paper_export,
        .summary = "The transcript for another system.",
        .more = "`transcript import` reads such a file back. What is signed is the record: "
                "`record export` writes its proof.",
        .example = "transcript export 01KAMB3Q8W2T5Y7Z9C4D6F8G0H --elmo --out results.xml",
        .flags = export_flags,
    },
    {0},
};

const struct command_noun noun_transcript = {.name = "transcript",
                                             .group = COMMAND_GROUP_YEAR,
                                             .summary =
                                                 "transcripts of records, issued and received",
                                             .rows = rows};
