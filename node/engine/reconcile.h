/* Summaries and ranges: which of a stream's records does the other side hold?
 *
 * The dialler asks with its summary; equal sets and nothing owed: go on. Otherwise ranges narrow
 * the difference: what the partner lost is queued again, what we lost is asked back. The first
 * reconciled summary since the start lifts the pair's write guard. */
#pragma once

#include "engine/peer.h"

/* Dialler: sends the summary of our stream. */
enum fault reconcile_ask(struct step *step, struct pair *pair);
/* Forgets what was under way; the next session asks anew. */
void reconcile_reset(struct pair *pair);
/* Asks again when an answer stayed out. */
enum fault reconcile_tick(struct step *step, struct pair *pair);
struct instant reconcile_wake(const struct pair *pair);

/* Dialler's side of what comes in. */
enum fault reconcile_summary_answer(struct step *step, struct pair *pair,
                                    const Peregrin__Summary *summary, enum verdict *verdict);
enum fault reconcile_range_answer(struct step *step, struct pair *pair,
                                  const Peregrin__Range *range, enum verdict *verdict);
enum fault reconcile_returned(struct step *step, struct pair *pair,
                              const Peregrin__Return *returned, enum verdict *verdict);
