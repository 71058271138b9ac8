#include "command/command_noun.h"
#include "command/command_verbs.h"

static const struct command_flag key_flags[] = {
    {"kind", "sign|transport|root", "what it is for", 0},
    {"owner", "NAME", "institution, node or federation", 0},
    {"id", "ID", "the key's id, unique with its owner", 0},
    {0}};

static const struct command_flag passphrase_flags[] = {
    {"passphrase-file", "FILE", "read the passphrase there; `-`: standard input", 0}, {0}};

static const struct command_row rows[] = {
    {
        .noun = "key",
        .verb = "new",
        .arguments = "FILE",
        .least = 1,
        .most = 1,
        .run = command_key_new,
        .summary = "Make a secret key in a file (mode 0600).",
        .example = "key new sign.key --kind sign --owner helmo.be --id 2026-a",
        .flags = key_flags,
    },
    {
        .noun = "key",
        .verb = "show",
        .arguments = "FILE",
        .least = 1,
        .most = 1,
        .run = command_key_show,
        .summary = "What a key file is, without its secret.",
        .example = "key show sign.key",
        .flags = passphrase_flags,
    },
    {
        .noun = "key",
        .verb = "fingerprint",
        .arguments = "FILE",
        .least = 1,
        .most = 1,
        .run = command_key_fingerprint,
        .summary = "The public key's fingerprint, to compare by telephone.",
        .example = "key fingerprint sign.key",
        .flags = passphrase_flags,
    },
    {
        .noun = "key",
        .verb = "seal",
        .arguments = "FILE",
        .least = 1,
        .most = 1,
        .run = command_key_seal,
        .summary = "Seal a key file with a passphrase.",
        .more = "Without the passphrase nobody can use the key again, not even you.",
        .example = "key seal sign.key",
        .flags = passphrase_flags,
    },
    {0},
};

const struct command_noun noun_key = {
    .name = "key", .group = COMMAND_GROUP_NODE, .summary = "secret keys in files", .rows = rows};
