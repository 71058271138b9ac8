/* Agreements that were asked about lately, as the rules of nominations ask: a list names the same
 * again and again. What is kept is what the store says; it goes when a dossier of an agreement of
 * the two is saved, for one may stand in another's place, and with the engine whenever a
 * transaction fails. */
#pragma once

#include "engine/peer.h"
#include "rules/rules.h"

/* NULL: it is to be read. */
const struct rules_agreement *agreements_find(struct engine *engine, uint32_t pair,
                                              const struct header_dossier *name);
/* With all terms that were ever in force. Without memory for it, it is read again next time. */
void agreements_keep(struct engine *engine, uint32_t pair, const struct header_dossier *name,
                     const struct rules_agreement *facts);
/* Something has happened in an agreement of the two. */
void agreements_forget(struct engine *engine, uint32_t pair);
void agreements_close(struct engine *engine);
