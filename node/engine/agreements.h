/* Agreements that were asked about lately, as the rules of nominations ask: a list names the same
 * again and again. What is kept is what the store says; it goes when the agreement's dossier is
 * saved, and with the engine whenever a transaction fails. */
#pragma once

#include "engine/peer.h"
#include "rules/rules.h"

/* NULL: it is to be read. */
const struct rules_agreement *agreements_find(struct engine *engine, uint32_t pair,
                                              const struct header_dossier *name);
/* With all terms that were ever in force. Without memory for it, it is read again next time. */
void agreements_keep(struct engine *engine, uint32_t pair, const struct header_dossier *name,
                     const struct rules_agreement *facts);
/* Something has happened in this dossier, whatever it is. */
void agreements_forget(struct engine *engine, const struct store_place *place);
void agreements_close(struct engine *engine);
