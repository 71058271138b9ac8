#include "operate/operate_nouns.h"
#include "operate/operate_verbs.h"

static const struct command_flag add_flags[] = {
    {"role", "ROLE",
     "viewer, coordinator, officer, administrator or auditor; may come more than once", 0},
    {"unit", "SCHAC",
     "sees only this institution, or unit of one as helmo.be/health; may come more than once (all "
     "of this node)",
     0},
    {"officer-name", "NAME", "what this user submits is signed by this name", 0},
    {"officer-role", "ROLE", "what the officer is called there", 0},
    {"local", NULL, "is the account of this name on this machine, at the Unix socket", 0},
    {0}};

static const struct command_flag officer_flags[] = {
    {"officer-name", "NAME", "the officer's name, as it stands under records", 0},
    {"officer-role", "ROLE", "what the officer is called there", 0},
    {0}};

static const struct command_flag list_flags[] = {{"limit", "N", "at most so many (all)", 0}, {0}};

static const struct command_flag password_flags[] = {
    {"password-file", "FILE", "read the new password there; `-`: standard input", 0}, {0}};

static const struct command_flag token_flags[] = {
    {"days", "N", "how long it is valid (365)", 0},
    {"role", "ROLE", "only this role of the user's; may come more than once (all)", 0},
    {"unit", "SCHAC", "only this institution; may come more than once (the user's)", 0},
    {"out", "FILE", "write the secret there (mode 0600) instead of showing it", 0},
    {0}};

static const struct command_row rows[] = {
    {
        .noun = "user",
        .verb = "add",
        .arguments = "NAME",
        .least = 1,
        .most = 1,
        .run = operate_user_add,
        .summary = "Add somebody who may ask this node.",
        .more =
            "A new user has no password and no token yet: `user password` and `user token` give "
            "them. With --local no secret is needed: the system says who opens the socket (see "
            "`config explain socket_group`).",
        .example = "user add marta --role coordinator --unit helmo.be",
        .flags = add_flags,
    },
    {
        .noun = "user",
        .verb = "list",
        .run = operate_user_list,
        .summary = "Who may ask this node.",
        .example = "user list",
        .flags = list_flags,
    },
    {
        .noun = "user",
        .verb = "show",
        .arguments = "NAME",
        .least = 1,
        .most = 1,
        .run = operate_user_show,
        .summary = "One user, with tokens.",
        .example = "user show marta",
    },
    {
        .noun = "user",
        .verb = "roles",
        .run = operate_user_roles,
        .summary = "What each role may, and may not.",
        .example = "user roles",
    },
    {
        .noun = "user",
        .verb = "role",
        .arguments = "NAME ROLE...",
        .least = 2,
        .most = 6,
        .run = operate_user_role,
        .summary = "Give a user these roles, and no others.",
        .example = "user role marta coordinator auditor",
    },
    {
        .noun = "user",
        .verb = "unit",
        .arguments = "NAME [SCHAC...]",
        .least = 1,
        .most = 65,
        .run = operate_user_unit,
        .summary = "Let a user see these institutions or units alone; none: all of this node.",
        .example = "user unit marta helmo.be/health",
    },
    {
        .noun = "user",
        .verb = "officer",
        .arguments = "NAME",
        .least = 1,
        .most = 1,
        .run = operate_user_officer,
        .summary = "Say as which officer a user signs; without --officer-name: as none.",
        .more = "The node writes name and role into every record that the user submits, whoever "
                "prepared it.",
        .example = "user officer marta --officer-name 'Marta Maes' --officer-role 'Head of Office'",
        .flags = officer_flags,
    },
    {
        .noun = "user",
        .verb = "password",
        .arguments = "NAME",
        .least = 1,
        .most = 1,
        .run = operate_user_password,
        .summary = "Set a user's password; ends the user's sessions.",
        .more =
            "Typed without echo, twice. At least 12 characters; a few words are easier to remember "
            "than signs.",
        .example = "user password marta",
        .flags = password_flags,
    },
    {
        .noun = "user",
        .verb = "disable",
        .arguments = "NAME",
        .least = 1,
        .most = 1,
        .run = operate_user_disable,
        .summary = "Keep a user out, at once; tokens and sessions do not help.",
        .example = "user disable marta",
    },
    {
        .noun = "user",
        .verb = "enable",
        .arguments = "NAME",
        .least = 1,
        .most = 1,
        .run = operate_user_enable,
        .summary = "Let a user in again.",
        .example = "user enable marta",
    },
    {
        .noun = "user",
        .verb = "remove",
        .arguments = "NAME",
        .least = 1,
        .most = 1,
        .run = operate_user_remove,
        .summary = "Remove a user with all tokens and sessions. What was signed stays.",
        .example = "user remove marta",
    },
    {
        .noun = "user",
        .verb = "token",
        .arguments = "NAME TOKEN",
        .least = 2,
        .most = 2,
        .run = operate_user_token,
        .summary = "Make a token for a user's program. Its secret is shown once.",
        .more = "TOKEN is a name to know it by. The secret goes into the header `Authorization: "
                "Bearer`; the node keeps only its digest.",
        .example = "user token marta sync --days 90 --role viewer --out sync.token",
        .flags = token_flags,
    },
    {
        .noun = "user",
        .verb = "tokens",
        .arguments = "NAME",
        .least = 1,
        .most = 1,
        .run = operate_user_tokens,
        .summary = "A user's tokens, without their secrets.",
        .example = "user tokens marta",
    },
    {
        .noun = "user",
        .verb = "revoke",
        .arguments = "NAME TOKEN",
        .least = 2,
        .most = 2,
        .run = operate_user_revoke,
        .summary = "Revoke a token, at once.",
        .example = "user revoke marta sync",
    },
    {0},
};

const struct command_noun noun_user = {
    .name = "user",
    .group = COMMAND_GROUP_NODE,
    .summary = "who may ask this node, and what they may",
    .rows = rows,
};
