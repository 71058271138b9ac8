#include "engine/judge_facts.h"

#include "store/sound.h"

#include <assert.h>

/* Which bodies the ladder of a kind asks about; what is not here asks about none. */
static const struct asks {
    uint32_t kind;
    bool nomination, arrival, departure, extension, transcript, learning, terms;
} asks[] = {
    {.kind = PEREGRIN__KIND__KIND_ARRIVAL,
     .nomination = true,
     .departure = true,
     .extension = true},
    {.kind = PEREGRIN__KIND__KIND_DEPARTURE, .arrival = true},
    {.kind = PEREGRIN__KIND__KIND_EXTENSION, .nomination = true, .arrival = true},
    {.kind = PEREGRIN__KIND__KIND_RECOGNITION, .transcript = true},
    {.kind = PEREGRIN__KIND__KIND_LEARNING, .learning = true},
    {.kind = PEREGRIN__KIND__KIND_TERMS, .terms = true},
};

enum fault judge_facts_body(struct step *step, const struct fold_view *view, size_t i,
                            ProtobufCMessage **body, enum verdict *verdict)
{
    struct engine *engine = step->engine;
    struct store_record *record;
    assert(i < view->count);
    const struct kind *kind = kind_find(view->headers[i].kind, view->headers[i].schema);
    *body = NULL;
    *verdict = VERDICT_FINE;
    if (!kind)
        return FAULT_NONE;
    TRY(engine->store->record_get(engine->store, view->records[i].serial, engine->scratch,
                                  &record));
    if (!record)
        return FAULT_CORRUPT;
    TRY(sound_check(record, &view->headers[i]));
    if (record->salt.size && !(record->flags & STORE_ASIDE))
        *verdict = kind_body_read(kind, record->body, engine->scratch, body);
    return FAULT_NONE;
}

/* The body of what stands in force under this id, when it is of this type. */
static enum fault in_force(struct step *step, const struct fold_view *view, const struct digest *id,
                           const ProtobufCMessageDescriptor *type, const ProtobufCMessage **out)
{
    ProtobufCMessage *body;
    enum verdict verdict;
    size_t i = fold_find(view, id);
    *out = NULL;
    if (i == view->count)
        return FAULT_NONE;
    TRY(judge_facts_body(step, view, i, &body, &verdict));
    if (verdict == VERDICT_TOO_LARGE)
        return FAULT_MEMORY;
    if (!verdict && body && body->descriptor == type)
        *out = body;
    return FAULT_NONE;
}

enum fault judge_facts_load(struct step *step, const struct fold_view *view,
                            const struct dossier *seen, uint32_t kind, struct rules_facts *out)
{
    enum { NOMINATION, ARRIVAL, DEPARTURE, EXTENSION, TRANSCRIPT, LEARNING, TERMS, COUNT };
    size_t row = 0;
    while (row < sizeof asks / sizeof *asks && asks[row].kind != kind)
        row++;
    const struct asks wanted = row < sizeof asks / sizeof *asks ? asks[row] : (struct asks) {0};
    const struct {
        bool wanted;
        const struct digest *id;
        const ProtobufCMessageDescriptor *type;
    } rows[COUNT] = {
        [NOMINATION] = {wanted.nomination, &seen->decided, &peregrin__nomination__descriptor},
        [ARRIVAL] = {wanted.arrival, &seen->arrival, &peregrin__stay_day__descriptor},
        [DEPARTURE] = {wanted.departure, &seen->departure, &peregrin__stay_day__descriptor},
        [EXTENSION] = {wanted.extension, &seen->extension, &peregrin__extension__descriptor},
        [TRANSCRIPT] = {wanted.transcript, &seen->transcript, &peregrin__credit_record__descriptor},
        [LEARNING] = {wanted.learning, &seen->learning, &peregrin__learning_agreement__descriptor},
        [TERMS] = {wanted.terms, &seen->in_force, &peregrin__terms__descriptor},
    };
    const ProtobufCMessage *found[COUNT] = {NULL};
    for (size_t i = 0; i < COUNT; i++)
        if (rows[i].wanted)
            TRY(in_force(step, view, rows[i].id, rows[i].type, &found[i]));
    *out = (struct rules_facts) {
        .nomination = (const Peregrin__Nomination *)found[NOMINATION],
        .arrival = (const Peregrin__StayDay *)found[ARRIVAL],
        .departure = (const Peregrin__StayDay *)found[DEPARTURE],
        .extension = (const Peregrin__Extension *)found[EXTENSION],
        .transcript = (const Peregrin__CreditRecord *)found[TRANSCRIPT],
        .learning = (const Peregrin__LearningAgreement *)found[LEARNING],
        .terms = (const Peregrin__Terms *)found[TERMS],
    };
    return FAULT_NONE;
}
