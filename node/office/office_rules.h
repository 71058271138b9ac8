/* Rules of eligibility as people read them. */
#pragma once

#include "command/command_work.h"

enum { OFFICE_RULES_ROWS = 8 };

/* `rule  rows  what does not hold`, one line for each rule that warns, of an answer to an import;
 * with -v each row. Silent without. */
void office_rules_import(struct command_work *work, const json_t *reply);
/* The same of drafts that were sent, or are to be, beside the result: `sent` or `checked` of the
 * answer. False: nothing warns. */
bool office_rules_sent(struct command_work *work, const json_t *sent);
/* The same of transcripts that were issued, by their dossiers: the answers. */
void office_rules_issued(struct command_work *work, const json_t *answers);
/* What one answer warns of, beside the result: each with where it stands and what to do. */
void office_rules_said(struct command_work *work, const json_t *answer);
/* `Rules` of a dossier that is shown. */
void office_rules_show(struct command_work *work, const json_t *reply);
