#include "office/office_nouns.h"
#include "office/office_verbs.h"

static const struct command_flag list_flags[] = {
    {"partner", "SCHAC", "only with this partner", 0},
    {"limit", "N", "at most so many (all)", 0},
    {"state",
     "offered|countered|declined|taken_back|in_force|change_offered|change_countered|ended",
     "only in this state", 0},
    {0}};

static const struct command_flag opener_flags[] = {
    {"opener", "SCHAC", "who opened it, where two dossiers have one name", 0}, {0}};

static const struct command_flag quota_flags[] = {
    {"year", "2027/2028", "only of this academic year", 0},
    {"opener", "SCHAC", "who opened it, where two dossiers have one name", 0},
    {0}};

static const struct command_flag diff_flags[] = {
    {"from", "ID", "the revision before (the terms in force, or those that were answered)", 0},
    {"to", "ID", "the revision behind (the newest open terms, or those in force)", 0},
    {"opener", "SCHAC", "who opened it, where two dossiers have one name", 0},
    {0}};

static const struct command_flag propose_flags[] = {
    {"partner", "SCHAC", "with whom; of a new agreement", 0},
    {"in", "DOSSIER", "a change of this agreement, or an answer with other terms", 0},
    {"conditions", "FILE", "a spreadsheet with a condition in each row", 0},
    {"encoding", "NAME", "of an old file: cp1250 or cp1252", 0},
    {"replaces", "DOSSIER", "another agreement with them, in whose place this one comes", 0},
    {"comment", "TEXT", "a word for the partner's staff", 0},
    {"own", "SCHAC", "the institution that speaks, where both are on this node", 0},
    {"opener", "SCHAC", "who opened it, where two dossiers have one name", 0},
    {0}};

static const struct command_flag import_flags[] = {
    {"until", "2029/2030", "until when agreements that are over shall hold anew", 0},
    {"encoding", "NAME", "of an old file: cp1250 or cp1252", 0},
    {"errors", "FILE", "where the copy with the errors goes (beside the list)", 0},
    {"no-errors", NULL, "no copy with the errors", 0},
    {"own", "SCHAC", "the institution that speaks, where the node serves several", 0},
    {0}};

static const struct command_flag approve_flags[] = {
    {"terms", "ID", "the id of the open terms that were read", 0},
    {"comment", "TEXT", "a word for the partner's staff", 0},
    {"own", "SCHAC", "the institution that speaks, where both are on this node", 0},
    {"opener", "SCHAC", "who opened it, where two dossiers have one name", 0},
    {0}};

static const struct command_flag decline_flags[] = {
    {"reason", "places|field|period|language|capacity|other", "why", 0},
    {"terms", "ID", "the id of the open terms (those that are open)", 0},
    {"comment", "TEXT", "a word for the partner's staff", 0},
    {"own", "SCHAC", "the institution that speaks, where both are on this node", 0},
    {"opener", "SCHAC", "who opened it, where two dossiers have one name", 0},
    {0}};

static const struct command_flag terminate_flags[] = {
    {"last-year", "2027/2028", "the last academic year in which students may be sent", 0},
    {"reason", "charter|capacity|quality|field|other", "why", 0},
    {"comment", "TEXT", "a word for the partner's staff", 0},
    {"own", "SCHAC", "the institution that speaks, where both are on this node", 0},
    {"opener", "SCHAC", "who opened it, where two dossiers have one name", 0},
    {0}};

static const struct command_flag contacts_flags[] = {
    {"own", "SCHAC", "the institution that speaks, where both are on this node", 0},
    {"opener", "SCHAC", "who opened it, where two dossiers have one name", 0},
    {0}};

static const struct command_flag ical_flags[] = {{"partner", "SCHAC", "only with this partner", 0},
                                                 {0}};

static const struct command_row rows[] = {
    {
        .noun = "agreement",
        .verb = "template",
        .arguments = "FILE",
        .least = 1,
        .most = 1,
        .run = office_offer_template,
        .summary = "Write a file to propose terms from.",
        .more = "FILE.json says all of it; FILE.csv has the conditions alone, one in each row.",
        .example = "agreement template terms.json",
    },
    {
        .noun = "agreement",
        .verb = "propose",
        .arguments = "FILE",
        .least = 1,
        .most = 1,
        .run = office_offer_propose,
        .summary = "Propose terms: a new agreement, a change, or an answer with other terms.",
        .more = "They bind nobody before the partner has approved them. Until then those in force "
                "stand. Of two agreements with one partner both count, until one replaces the "
                "other: nobody is sent under that one any more, and places that were given stay "
                "given.",
        .example = "agreement propose terms.json --partner uhasselt.be",
        .flags = propose_flags,
    },
    {
        .noun = "agreement",
        .verb = "import",
        .arguments = "FILE",
        .least = 1,
        .most = 1,
        .run = office_pact_import,
        .summary = "Propose agreements from an office's list, one for each partner.",
        .more = "What cannot be taken is told row by row, and stands in a copy of the list; what "
                "was mended is told with -v. Partners that are not in the catalogue are told.",
        .example = "agreement import agreements.csv --until 2029/2030 --dry-run",
        .flags = import_flags,
    },
    {
        .noun = "agreement",
        .verb = "list",
        .run = office_agreement_list,
        .summary = "Agreements, how they stand, and who must act.",
        .more = "With -v: what is to be done.",
        .example = "agreement list --state offered",
        .flags = list_flags,
    },
    {
        .noun = "agreement",
        .verb = "show",
        .arguments = "AGREEMENT",
        .least = 1,
        .most = 1,
        .run = office_agreement_show,
        .summary = "The terms in force, open offers, contacts, and the history.",
        .example = "agreement show 01KAMB3Q8W2T5Y7Z9C4D6F8G0H",
        .flags = opener_flags,
    },
    {
        .noun = "agreement",
        .verb = "diff",
        .arguments = "AGREEMENT",
        .least = 1,
        .most = 1,
        .run = office_agreement_diff,
        .summary = "What changes between two revisions, condition by condition.",
        .example = "agreement diff 01KAMB3Q8W2T5Y7Z9C4D6F8G0H",
        .flags = diff_flags,
    },
    {
        .noun = "agreement",
        .verb = "approve",
        .arguments = "AGREEMENT",
        .least = 1,
        .most = 1,
        .run = office_agreement_approve,
        .summary = "Approve the partner's open terms: from then on they are in force.",
        .more = "They are named by their id, so that nobody approves what was not read.",
        .example = "agreement approve 01KAMB3Q8W2T5Y7Z9C4D6F8G0H --terms ID",
        .flags = approve_flags,
    },
    {
        .noun = "agreement",
        .verb = "decline",
        .arguments = "AGREEMENT",
        .least = 1,
        .most = 1,
        .run = office_agreement_decline,
        .summary = "Decline the partner's open terms, with a reason.",
        .more = "What is in force stays in force.",
        .example = "agreement decline 01KAMB3Q8W2T5Y7Z9C4D6F8G0H --reason places",
        .flags = decline_flags,
    },
    {
        .noun = "agreement",
        .verb = "withdraw",
        .arguments = "AGREEMENT",
        .least = 1,
        .most = 1,
        .run = office_agreement_withdraw,
        .summary = "Take back your own terms that are still open.",
        .example = "agreement withdraw 01KAMB3Q8W2T5Y7Z9C4D6F8G0H",
        .flags = approve_flags,
    },
    {
        .noun = "agreement",
        .verb = "terminate",
        .arguments = "AGREEMENT",
        .least = 1,
        .most = 1,
        .run = office_agreement_terminate,
        .summary = "End an agreement, with notice.",
        .more = "Until 1 November the year that began in September may be the last one. To end "
                "earlier, propose new terms: the partner's consent ends it. Places that were given "
                "stay given.",
        .example = "agreement terminate 01KAMB3Q8W2T5Y7Z9C4D6F8G0H --last-year 2027/2028",
        .flags = terminate_flags,
    },
    {
        .noun = "agreement",
        .verb = "contacts",
        .arguments = "AGREEMENT FILE",
        .least = 2,
        .most = 2,
        .run = office_agreement_contacts,
        .summary = "Say who is to be written to, in place of those before.",
        .more = "Nothing is asked again. FILE is JSON: {\"contacts\": [{\"name\", \"role\", "
                "\"email\", \"phone\"}]}.",
        .example = "agreement contacts 01KAMB3Q8W2T5Y7Z9C4D6F8G0H contacts.json",
        .flags = contacts_flags,
    },
    {
        .noun = "agreement",
        .verb = "quota",
        .arguments = "AGREEMENT",
        .least = 1,
        .most = 1,
        .run = office_agreement_quota,
        .summary = "Places of each condition and year: agreed, given, asked for, left.",
        .more = "The host gives places; what the home sees is what it has heard of.",
        .example = "agreement quota 01KAMB3Q8W2T5Y7Z9C4D6F8G0H --year 2027/2028",
        .flags = quota_flags,
    },
    {
        .noun = "agreement",
        .verb = "ical",
        .arguments = "FILE",
        .least = 1,
        .most = 1,
        .run = office_agreement_ical,
        .summary = "Write a calendar of when agreements end.",
        .example = "agreement ical agreements.ics",
        .flags = ical_flags,
    },
    {0},
};

const struct command_noun noun_agreement = {
    .name = "agreement",
    .group = COMMAND_GROUP_YEAR,
    .summary = "what two institutions allow each other",
    .rows = rows,
};
