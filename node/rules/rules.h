/* What is allowed: one numbered ladder for each kind, run before sealing and on first receipt.
 *
 * The steps of every ladder, in this order: 1 the form of the body, and of what it says of its
 * author, 2 the claim agrees with the
 * body, 3 the dates, 4 the change class of an amendment, 5 what it names and its turn in the
 * dossier, 6 what the dossier's other records say. Where the body is not here (erased or withheld),
 * and where another record's body is not here, the rungs that need them are left out. A refusal is
 * never judged: it cannot be refused. */
#pragma once

#include "agreement.pb-c.h"
#include "mobility.pb-c.h"
#include "record/dossier.h"
#include "record/kind.h"

/* Of a finding that is not about one of several. */
enum { RULES_ELEMENT_NONE = SIZE_MAX };

enum { RULES_GOT_MAX = 64 };

/* What did not hold, in codes: never a value from the body. */
struct rules_finding {
    enum verdict verdict;
    const char *rule;     /* id: `nomination.email` */
    const char *field;    /* dotted path, or NULL: `person.email`, `components.title` */
    const char *expected; /* `an address like name@host.example` */
    const char *remedy;
    size_t element;          /* which of the repeated field the path begins with, from 0 */
    char got[RULES_GOT_MAX]; /* `4 places, this would be the 5th`: counts only; empty: not said */
};

/* What the agreement says that a nomination names. */
struct rules_agreement {
    bool known; /* otherwise none is named that is a dossier, or nothing can be said of it here */
    /* Those that were ever in force, as far as they are asked about: the newest first. */
    const Peregrin__Terms *const *terms;
    size_t count;
    const char *last_year; /* of an agreement that was terminated; NULL: it goes on */
    bool replaced;         /* terms of another one that are in force stand in its place */
};

/* What a host has given under a condition in a year, when it accepts. */
struct rules_places {
    bool counted; /* otherwise places are not asked about */
    bool held;    /* this dossier has its place already */
    uint32_t places, taken;
};

/* Bodies of what was in force for the author; NULL: there is none, or it is not here. */
struct rules_facts {
    const Peregrin__Nomination *nomination; /* as it was decided on */
    const Peregrin__StayDay *arrival, *departure;
    const Peregrin__Extension *extension;
    const Peregrin__CreditRecord *transcript;
    const Peregrin__Terms *terms; /* in force */
    struct rules_agreement agreement;
    struct rules_places places;
    const Peregrin__LearningAgreement *learning; /* the newest, approved or not */
};

/* One record in its place. */
struct rules_case {
    const struct header *header;
    const struct kind *kind;
    const ProtobufCMessage *body;     /* NULL: erased or withheld */
    const ProtobufCMessage *revision; /* body of the revision the claim targets; NULL if not here */
    const struct dossier *seen; /* the dossier as its author had seen it, without this record */
    const struct rules_facts *facts; /* NULL: step 6 is left out */
    bool out_of_turn;                /* the fold of the author's view made nothing of this record */
};

/* Fine, or the verdict of the first finding of the ladder, which is then in *out. */
enum verdict rules_judge(const struct rules_case *subject, struct rules_finding *out);

/* Only what the body says by itself (steps 1 and 3), for imports: calls back for every finding (not
 * only the first); returns how many. report may be NULL. */
typedef void rules_report(void *self, const struct rules_finding *finding);
size_t rules_form(const struct kind *kind, const ProtobufCMessage *body, rules_report *report,
                  void *self);

/* All rules with their sentences, for lists and documentation, each once; NULL past the end. */
struct rules_row {
    const char *rule, *field, *expected, *remedy;
};
const struct rules_row *rules_row(size_t row);
