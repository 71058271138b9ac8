#include "operate/operate_nouns.h"
#include "operate/operate_verbs.h"

static const struct command_flag create_flags[] = {
    {"dir", "DIR", "into this folder, under a name with node and time", 0},
    {"keep", "N", "with --dir: keep the newest N backups of this node, remove the others", 0},
    {"with-keys", NULL, "the keys too, sealed with a passphrase", 0},
    {"passphrase-file", "FILE", "read the passphrase there; `-`: standard input", 0},
    {0}};

static const struct command_flag verify_flags[] = {
    {"anchor", "HEX", "the federation's anchor, as you know it (else the backup's own)", 0}, {0}};

static const struct command_flag restore_flags[] = {
    {"dir", "DIR", "the node's folder, with peregrind.conf in it (or name that with -c)", 0},
    {"outside", NULL, "places outside of the configuration's folder are right", 0},
    {0}};

static const struct command_row rows[] = {
    {
        .noun = "backup",
        .verb = "create",
        .arguments = "[FILE]",
        .most = 1,
        .run = operate_backup_create,
        .summary = "Write database, configuration and catalogue into one file.",
        .more =
            "The node goes on meanwhile; where none runs, its database is read directly (-c). "
            "The database is checked first, and the file has its name only when it is whole "
            "and on the disk. It holds personal data: mode 0600. The keys stay out of it unless "
            "--with-keys is given. The file is a plain tar.",
        .example = "backup create --dir /var/backups/peregrin --keep 14",
        .flags = create_flags,
    },
    {
        .noun = "backup",
        .verb = "verify",
        .arguments = "FILE",
        .least = 1,
        .most = 1,
        .run = operate_backup_verify,
        .summary = "Check a backup to the ground, without a node.",
        .more =
            "Digests, every page of the database, and each record against its seal, receipt and "
            "catalogue, as `audit verify` does. Exit status 9 when the file is not what was "
            "packed, 11 when what was packed does not hold.",
        .example = "backup verify peregrin-helmo.be-20261122T023454Z.tar",
        .flags = verify_flags,
    },
    {
        .noun = "backup",
        .verb = "restore",
        .arguments = "FILE",
        .least = 1,
        .most = 1,
        .run = operate_restore_run,
        .summary = "Put a backup back where its node was, or on a new machine.",
        .more =
            "Only while the node is stopped. What is there stays, but for the database: the old "
            "one is kept beside the new one. After the start nothing is signed until each "
            "partner has compared; partners give back what is missing.",
        .example = "backup restore peregrin-helmo.be-20261122T023454Z.tar --dir /etc/peregrin",
        .flags = restore_flags,
    },
    {0},
};

const struct command_noun noun_backup = {
    .name = "backup",
    .group = COMMAND_GROUP_NODE,
    .summary = "one file from which a node comes back",
    .rows = rows,
};
