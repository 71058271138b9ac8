/* One thing said in many dossiers, each under a key of its own. */
#pragma once

#include "command/command_work.h"

struct office_statement {
    const char *resource; /* of the API: decision, withdrawal, arrival */
    const char *done;     /* `accepted` */
    const char *asked;    /* the same where the home speaks, who can only ask; NULL: as done */
    const char *either;   /* while it is not known who speaks; NULL: as done */
    const json_t *body;
    const char *next; /* command */
};

/* Says it in the dossier of each argument; what became of each is told. --dry-run says nothing. */
enum command_exit office_statement_say(struct command_work *work,
                                       const struct office_statement *statement);

/* What became of one thing that the node took, behind a colon. */
const char *office_statement_fate(const json_t *reply);

/* --reason is there and one of these codes, which end with NULL; otherwise that is said. */
enum command_exit office_statement_reason(struct command_work *work, const char *const *known);

/* The route of a dossier with --opener; resource NULL: the dossier itself. */
const char *office_statement_path(struct command_work *work, const char *dossier,
                                  const char *resource);
