#include "operate/operate_nouns.h"
#include "operate/operate_verbs.h"

static const struct command_flag key_flags[] = {
    {"kind", "sign|transport|root", "what it is for", 0},
    {"owner", "NAME", "institution, node or federation", 0},
    {"id", "ID", "the key's id, unique with its owner", 0},
    {0}};

static const struct command_flag passphrase_flags[] = {
    {"passphrase-file", "FILE", "read the passphrase there; `-`: standard input", 0}, {0}};

static const struct command_flag rotate_flags[] = {
    {"card", "FILE", "the node's enrolment card, which gets the new key", 0},
    {"by", "FILE", "the signing key that endorses a new transport key", 0},
    {"id", "ID", "the new key's id (the next letter of this year)", 0},
    {"passphrase-file", "FILE", "read the passphrase there; `-`: standard input", 0},
    {0}};

static const struct command_row rows[] = {
    {
        .noun = "key",
        .verb = "new",
        .arguments = "FILE",
        .least = 1,
        .most = 1,
        .run = operate_key_new,
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
        .run = operate_key_show,
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
        .run = operate_key_fingerprint,
        .summary = "The public key's fingerprint, to compare by telephone.",
        .example = "key fingerprint sign.key",
        .flags = passphrase_flags,
    },
    {
        .noun = "key",
        .verb = "rotate",
        .arguments = "OLD NEW",
        .least = 2,
        .most = 2,
        .run = operate_rotate_run,
        .summary = "Make the key that follows another, and put it on the enrolment card.",
        .more = "The old key endorses the new one (a transport key: --by the signing key). Both "
                "are in force for a while: the node keeps both files, and signs with the new one "
                "as soon as the catalogue names it. A key in other hands is revoked instead.",
        .example = "key rotate sign.key next.key --card helmo.enrol",
        .flags = rotate_flags,
    },
    {
        .noun = "key",
        .verb = "seal",
        .arguments = "FILE",
        .least = 1,
        .most = 1,
        .run = operate_key_seal,
        .summary = "Seal a key file with a passphrase.",
        .more = "Without the passphrase nobody can use the key again, not even you.",
        .example = "key seal sign.key",
        .flags = passphrase_flags,
    },
    {0},
};

const struct command_noun noun_key = {
    .name = "key", .group = COMMAND_GROUP_NODE, .summary = "secret keys in files", .rows = rows};
