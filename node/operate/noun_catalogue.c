#include "operate/operate_nouns.h"
#include "operate/operate_verbs.h"

static const struct command_flag found_flags[] = {
    {"network", "NETWORK", "the federation's name", 0},
    {"dir", "DIR", "where to make it (the federation's name)", 0},
    {"keys", "N", "how many root keys (3)", 0},
    {"threshold", "K", "how many of them must sign (2)", 0},
    {0}};

static const struct command_flag next_flags[] = {
    {"dir", "DIR", "where the authority's files are (here)", 0},
    {"days", "N", "how long that version is valid (14)", 0},
    {0}};

static const struct command_flag revoke_flags[] = {
    {"dir", "DIR", "where the authority's files are (here)", 0},
    {"kind", "sign|transport", "an institution's or a node's key (sign)", 0},
    {"at", "DAY", "since when it was in other hands (now)", 0},
    {"days", "N", "how long that version is valid (14)", 0},
    {0}};

static const struct command_flag sign_flags[] = {
    {"dir", "DIR", "where the authority's files are (here)", 0},
    {"key", "FILE", "a root key; may come more than once", 0},
    {"passphrase-file", "FILE", "read the passphrase there; `-`: standard input", 0},
    {0}};

static const struct command_flag show_flags[] = {
    {"dir", "DIR", "where the files are (here)", 0},
    {"draft", NULL, "the version that is being made", 0},
    {0}};

static const struct command_flag anchor_flags[] = {{"dir", "DIR", "where the files are (here)", 0},
                                                   {0}};

static const struct command_flag trust_flags[] = {
    {"dir", "DIR", "where the files are (here)", 0},
    {"anchor", "HEX", "the anchor, as the authority says it", 0},
    {0}};

static const struct command_row rows[] = {
    {
        .noun = "catalogue",
        .verb = "new",
        .run = operate_authority_new,
        .summary = "Begin a federation: root keys and the root file.",
        .more =
            "For the federation's authority. Afterwards move the root keys apart: whoever holds "
            "THRESHOLD of them is the authority.",
        .example = "catalogue new --network demo --dir authority --keys 3 --threshold 2",
        .flags = found_flags,
    },
    {
        .noun = "catalogue",
        .verb = "add",
        .arguments = "CARD...",
        .least = 1,
        .most = COMMAND_ARGUMENTS_MAX,
        .run = operate_enrol_run,
        .summary = "Put enrolment cards into the next version of the catalogue.",
        .more = "Compare the fingerprints that are shown with the institution by another way "
                "(telephone) before you sign: a first enrolment rests on this alone.",
        .example = "catalogue add helmo.enrol --dir authority",
        .flags = next_flags,
    },
    {
        .noun = "catalogue",
        .verb = "renew",
        .run = operate_authority_renew,
        .summary = "Begin the next version without a change, to renew its date.",
        .example = "catalogue renew --dir authority",
        .flags = next_flags,
    },
    {
        .noun = "catalogue",
        .verb = "revoke",
        .arguments = "OWNER KEYID",
        .least = 2,
        .most = 2,
        .run = operate_revoke_run,
        .summary = "Take a key out of use in the next version of the catalogue.",
        .more = "Nothing new is believed of a revoked key, whatever time it writes: whoever stole "
                "it can write any time. An institution without another key signs nothing until "
                "it has one. There is no way back: a key that is revoked stays so.",
        .example = "catalogue revoke uni-a.example 2026-a --dir authority",
        .flags = revoke_flags,
    },
    {
        .noun = "catalogue",
        .verb = "sign",
        .run = operate_authority_sign,
        .summary = "Sign the next version with a root key; enough signatures publish it.",
        .example = "catalogue sign --dir authority --key authority/root-1.key",
        .flags = sign_flags,
    },
    {
        .noun = "catalogue",
        .verb = "show",
        .arguments = "[FILE]",
        .most = 1,
        .run = operate_catalogue_show,
        .summary = "Institutions, nodes and keys of a catalogue.",
        .example = "catalogue show --dir authority",
        .flags = show_flags,
    },
    {
        .noun = "catalogue",
        .verb = "anchor",
        .arguments = "[FILE]",
        .most = 1,
        .run = operate_catalogue_anchor,
        .summary = "The digest of the root file: what everyone must get by hand.",
        .example = "catalogue anchor --dir authority",
        .flags = anchor_flags,
    },
    {
        .noun = "catalogue",
        .verb = "verify",
        .run = operate_catalogue_verify,
        .summary = "Check root and catalogue against the anchor.",
        .example = "catalogue verify --dir trust --anchor 5f0c...",
        .flags = trust_flags,
    },
    {0},
};

const struct command_noun noun_catalogue = {
    .name = "catalogue",
    .group = COMMAND_GROUP_FEDERATION,
    .summary = "the federation's signed list of institutions and keys",
    .rows = rows};
