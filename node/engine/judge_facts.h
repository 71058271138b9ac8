/* What a dossier's other records say, for the rules of one of them. */
#pragma once

#include "engine/fold.h"
#include "rules/rules.h"

/* Loads the bodies of what was in force in this view of the dossier, as far as this kind's rules
 * ask for them and they are here. In scratch. */
enum fault judge_facts_load(struct step *step, const struct fold_view *view,
                            const struct dossier *seen, uint32_t kind, struct rules_facts *out);

/* A record's body, parsed; NULL where it is withheld, erased, or of no known kind. *verdict: it is
 * no body of its kind, which an older version did not read. */
enum fault judge_facts_body(struct step *step, const struct fold_view *view, size_t i,
                            ProtobufCMessage **body, enum verdict *verdict);
