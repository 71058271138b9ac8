/* What is allowed: one numbered ladder for each kind, run before sealing and on first receipt. */
#pragma once

#include "record/dossier.h"
#include "record/kind.h"

/* What did not hold, in codes: never a value from the body. */
struct rules_finding {
    enum verdict verdict;
    const char *rule;      /* id: `nomination.email` */
    const char *field;     /* dotted path, or NULL */
    const char *expected;  /* `an address like name@host.example` */
    const char *remedy;
};

/* One record in its place. */
struct rules_case {
    const struct header *header;
    const struct kind *kind;
    const ProtobufCMessage *body;          /* NULL: erased or withheld */
    const ProtobufCMessage *revision;      /* body of the revision the claim targets; NULL if not here */
    const struct dossier *seen;            /* the dossier as its author had seen it, without this record */
    bool out_of_turn;                      /* the fold of the author's view made nothing of this record */
};

/* Fine, or the first finding of the ladder. */
enum verdict rules_judge(const struct rules_case *subject, struct rules_finding *out);

/* Only the form of a body, for imports: calls back for every finding (not only the first); returns how
 * many. */
typedef void rules_report(void *self, const struct rules_finding *finding);
size_t rules_form(const struct kind *kind, const ProtobufCMessage *body, rules_report *report,
                  void *self);

/* All rules with their sentences, for lists and documentation; NULL past the end. */
struct rules_row {
    const char *rule, *field, *expected, *remedy;
};
const struct rules_row *rules_row(size_t row);
