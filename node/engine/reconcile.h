/* Summaries and ranges: which of a stream's records does the other side hold?
 *
 * The issuer's side asks with its summary; equal sets and nothing owed: go on. Otherwise ranges
 * narrow the difference: what the partner lost is queued again, what we lost is asked back. The
 * first reconciled summary since the start lifts the pair's write guard. */
#pragma once

#include "engine/peer.h"

/* The session is over, or is another one: what was under way on it counts no more, in the streams
 * that it carries. The next session asks anew. */
void reconcile_forget(struct peer *peer, enum peer_session which);
/* Asks with the summary of our stream: at once where a session is new, again when an answer stayed
 * out. */
enum fault reconcile_tick(struct step *step, struct pair *pair);
struct instant reconcile_wake(const struct pair *pair);

/* The issuer's side of what comes in. */
enum fault reconcile_summary_answer(struct step *step, struct pair *pair,
                                    const Peregrin__Summary *summary, enum verdict *verdict);
enum fault reconcile_range_answer(struct step *step, struct pair *pair,
                                  const Peregrin__Range *range, enum verdict *verdict);
enum fault reconcile_returned(struct step *step, struct pair *pair,
                              const Peregrin__Return *returned, enum verdict *verdict);
