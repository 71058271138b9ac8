/* The rules of eligibility over one row of a list. */
#pragma once

#include "admin/import_row.h"

/* Calls back for what warns. A rule that refuses is *problem, which stays as it is otherwise: with
 * its column and the id of the rule. dossier: where the row was sent already, or NULL. */
enum fault import_rules_row(const struct import *import, const struct import_row *row,
                            const struct header_dossier *dossier, struct eligible_memo *memo,
                            struct arena *arena,
                            void (*warn)(void *self, const struct import_warning *warning),
                            void *self, struct import_problem *problem);
