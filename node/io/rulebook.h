/* The rules of eligibility as the node asks them: the limits that are shipped, and the file of the
 * setting `rules` over them, read at the start and at every SIGHUP. What partners have sent is
 * asked soon after it came (admin/findings.h). */
#pragma once

#include "admin/eligible.h"
#include "io/config.h"
#include "io/log.h"
#include "io/shell.h"

struct rulebook;

/* FAULT_CONFIG with file, line and what is expected there. */
enum fault rulebook_open(const struct config *config, struct rulebook **out, struct reason *reason);
void rulebook_close(struct rulebook *rulebook);
const struct eligible *rulebook_eligible(const struct rulebook *rulebook);

/* Once, before anything is received: with the store and the engine of this shell from now on; and
 * at the end, so that the next start has less to do. */
enum fault rulebook_start(struct rulebook *rulebook, struct shell *shell);
void rulebook_stop(struct rulebook *rulebook);

/* SIGHUP. A file that cannot be used changes nothing. What came of it is said in the log, and kept
 * in the journal; in no transaction. */
void rulebook_reload(struct rulebook *rulebook, const struct config *config, struct log *log);
/* Why the file as it was at the last SIGHUP does not count, for as long as it is so; NULL: it does.
 */
const char *rulebook_refused(const struct rulebook *rulebook);

/* After each group, in no transaction: asks about what partners have sent since, in a commit of its
 * own. A busy node spends a tenth of its time here at most. Milliseconds until it wants to be
 * called again; below 0: when something has happened. */
int64_t rulebook_turn(struct rulebook *rulebook);
