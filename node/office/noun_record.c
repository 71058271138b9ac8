#include "office/office_nouns.h"
#include "office/office_verbs.h"

static const struct command_flag opener_flags[] = {
    {"opener", "SCHAC", "who opened it, where two dossiers have one name", 0}, {0}};

static const struct command_flag export_flags[] = {
    {"all", NULL, "every record that this node holds, as one bundle", 0},
    {"out", "FILE", "where to write; `-`: standard output", 'o'},
    {"armour", NULL, "as text that survives e-mail", 0},
    {"opener", "SCHAC", "who opened it, where two dossiers have one name", 0},
    {0}};

static const struct command_flag verify_flags[] = {
    {"jobs", "N", "so many threads (as many as there are cores)", 0},
    {"anchor", "HEX", "the federation's anchor, as the authority says it", 0},
    {"root", "FILE", "or the root file, when you trust this copy", 0},
    {0}};

static const struct command_row rows[] = {
    {
        .noun = "record",
        .verb = "show",
        .arguments = "DOSSIER LANE.INDEX",
        .least = 2,
        .most = 2,
        .run = office_record_show,
        .summary = "One signed record with its seal and receipt.",
        .example = "record show 01KAMB3Q8W2T5Y7Z9C4D6F8G0H 0.0",
        .flags = opener_flags,
    },
    {
        .noun = "record",
        .verb = "export",
        .arguments = "[DOSSIER LANE.INDEX]",
        .most = 2,
        .run = office_record_export,
        .summary = "Write the evidence of a record to a file that proves it to a stranger.",
        .more = "With --all, that of every record: a bundle, which `record verify` checks on all "
                "cores. For users who see all institutions of this node.",
        .example = "record export 01KAMB3Q8W2T5Y7Z9C4D6F8G0H 0.0 --out nomination.evidence",
        .flags = export_flags,
    },
    {
        .noun = "record",
        .verb = "verify",
        .arguments = "FILE...",
        .least = 1,
        .most = COMMAND_ARGUMENTS_MAX,
        .run = office_verify_record,
        .summary = "Check evidence against the federation's anchor. Needs no node.",
        .more = "Says VALID with issuer, time and key, or the first thing that does not hold "
                "(exit status 9). FILE may also be a folder of such files, a bundle, armoured "
                "evidence one behind the other, or `-`: then all of them are checked on all "
                "cores, counted by what became of them, and the first that do not hold are named; "
                "the exit status is 9 when there is one.",
        .example = "record verify nomination.evidence --anchor 5f0c...",
        .flags = verify_flags,
    },
    {0},
};

const struct command_noun noun_record = {
    .name = "record",
    .group = COMMAND_GROUP_YEAR,
    .summary = "single signed records and their proof",
    .rows = rows,
};
