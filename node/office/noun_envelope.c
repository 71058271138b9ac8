#include "office/office_nouns.h"
#include "office/office_verbs.h"

static const struct command_flag open_flags[] = {
    {"own", "SCHAC", "whose money, where the node serves several institutions", 0},
    {"amount", "SUM", "as 90000 or 90000.00", 0},
    {"currency", "CODE", "of ISO 4217 (EUR)", 0},
    {0}};

static const struct command_flag raise_flags[] = {
    {"amount", "SUM", "how much more", 0},
    {"reason", "TEXT", "why; it stands in the ledger", 0},
    {0}};

static const struct command_flag lower_flags[] = {
    {"amount", "SUM", "how much less", 0},
    {"reason", "TEXT", "why; it stands in the ledger", 0},
    {0}};

static const struct command_row rows[] = {
    {
        .noun = "envelope",
        .verb = "open",
        .arguments = "TITLE",
        .least = 1,
        .most = 1,
        .run = office_envelope_open,
        .summary = "Open an envelope of money.",
        .example = "envelope open 'Erasmus 2026' --amount 90000",
        .flags = open_flags,
    },
    {
        .noun = "envelope",
        .verb = "list",
        .run = office_envelope_list,
        .summary = "All envelopes with their balances.",
        .example = "envelope list",
    },
    {
        .noun = "envelope",
        .verb = "show",
        .arguments = "NUMBER",
        .least = 1,
        .most = 1,
        .run = office_envelope_show,
        .summary = "One envelope with its ledger: who, when, why.",
        .example = "envelope show 1",
    },
    {
        .noun = "envelope",
        .verb = "raise",
        .arguments = "NUMBER",
        .least = 1,
        .most = 1,
        .run = office_envelope_raise,
        .summary = "Put more money into an envelope.",
        .example = "envelope raise 1 --amount 5000 --reason 'interim report'",
        .flags = raise_flags,
    },
    {
        .noun = "envelope",
        .verb = "lower",
        .arguments = "NUMBER",
        .least = 1,
        .most = 1,
        .run = office_envelope_lower,
        .summary = "Take money out of an envelope.",
        .more = "Only what is not allotted. This mends an amount that was mistyped; both stay in "
                "the ledger.",
        .example = "envelope lower 1 --amount 5000 --reason 'typed twice'",
        .flags = lower_flags,
    },
    {0},
};

const struct command_noun noun_envelope = {
    .name = "envelope",
    .group = COMMAND_GROUP_YEAR,
    .summary = "sums of money, and what is left of each",
    .rows = rows,
};
