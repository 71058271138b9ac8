#include "admin/eligible_credits.h"

#include "eligibility/eligibility_credits.h"
#include "report/dossier_view.h"

#include <string.h>

/* What of the dossier is compared. */
struct known {
    const Peregrin__LearningAgreement *learning, *agreed; /* the newest, and what was approved */
    const Peregrin__CreditRecord *transcript;
    const struct eligibility_credits_stay *stay; /* NULL: it does not say what there is time for */
};

struct noting {
    struct eligibility_finding *rows;
    size_t count, room;
    struct arena *arena;
    bool spent;
};

static void note(void *self, const struct eligibility_finding *finding)
{
    struct noting *noting = self;
    if (noting->count == noting->room) {
        size_t room = noting->room ? noting->room * 2 : 8;
        struct eligibility_finding *rows = arena_take_array(noting->arena, room, sizeof *rows);
        if (!rows) {
            noting->spent = true;
            return;
        }
        if (noting->room)
            memcpy(rows, noting->rows, noting->room * sizeof *rows);
        noting->rows = rows;
        noting->room = room;
    }
    noting->rows[noting->count++] = *finding;
}

/* ---- each kind of record ---- */

static bool ask_transcript(const struct eligibility_credits_case *subject,
                           const ProtobufCMessage *body, const struct known *known,
                           struct noting *noting)
{
    return eligibility_credits_transcript(subject, (const Peregrin__CreditRecord *)body,
                                          known->stay, known->agreed, noting->arena, note, noting);
}

static bool ask_plan(const struct eligibility_credits_case *subject, const ProtobufCMessage *body,
                     const struct known *, struct noting *noting)
{
    return eligibility_credits_plan(subject, (const Peregrin__LearningAgreement *)body,
                                    noting->arena, note, noting);
}

/* The host looks at what it approves; what it comments on is to be changed anyway. */
static bool ask_answer(const struct eligibility_credits_case *subject, const ProtobufCMessage *body,
                       const struct known *known, struct noting *noting)
{
    if (!known->learning ||
        ((const Peregrin__LearningDecision *)body)->outcome != PEREGRIN__OUTCOME__OUTCOME_ACCEPT)
        return true;
    return eligibility_credits_plan(subject, known->learning, noting->arena, note, noting);
}

static bool ask_recognition(const struct eligibility_credits_case *subject,
                            const ProtobufCMessage *body, const struct known *known,
                            struct noting *noting)
{
    return eligibility_credits_recognition(subject, (const Peregrin__Recognition *)body,
                                           known->transcript, known->stay, noting->arena, note,
                                           noting);
}

static const struct {
    uint32_t kind;
    bool (*ask)(const struct eligibility_credits_case *subject, const ProtobufCMessage *body,
                const struct known *known, struct noting *noting);
} rows[] = {
    {PEREGRIN__KIND__KIND_CREDIT_RECORD, ask_transcript},
    {PEREGRIN__KIND__KIND_LEARNING, ask_plan},
    {PEREGRIN__KIND__KIND_LEARNING_DECISION, ask_answer},
    {PEREGRIN__KIND__KIND_RECOGNITION, ask_recognition},
};

enum { ROWS = sizeof rows / sizeof *rows };

static size_t row_of(uint32_t kind)
{
    size_t row = 0;
    while (row < ROWS && rows[row].kind != kind)
        row++;
    return row;
}

bool eligible_credits_asked(uint32_t kind)
{
    return row_of(kind) < ROWS;
}

/* ---- the dossier ---- */

/* *out stays where there is none, it is not here, or it is of another kind. */
static enum fault body_of(const struct dossier_view *view, const struct digest *id,
                          const ProtobufCMessageDescriptor *kind, struct arena *arena,
                          const ProtobufCMessage **out)
{
    ProtobufCMessage *body = NULL;
    size_t at = dossier_view_find(view, id);
    if (at < view->count)
        TRY(dossier_view_body(&view->records[at], arena, &body));
    if (body && body->descriptor == kind)
        *out = body;
    return FAULT_NONE;
}

enum fault eligible_credits_pair(const struct eligible_said *said, struct arena *arena,
                                 uint32_t *pair)
{
    struct store_pair *pairs;
    size_t count;
    *pair = 0;
    TRY(said->store->pair_list(said->store, arena, &pairs, &count));
    for (size_t i = 0; i < count && !*pair; i++)
        if (strcmp(pairs[i].own, said->own) == 0 && strcmp(pairs[i].partner, said->partner) == 0)
            *pair = pairs[i].pair;
    return FAULT_NONE;
}

/* What is taken at a distance needs no days at the host. */
static bool is_there(const Peregrin__Nomination *nomination)
{
    return nomination->mobility != PEREGRIN__MOBILITY_KIND__MOBILITY_BLENDED &&
           nomination->mobility != PEREGRIN__MOBILITY_KIND__MOBILITY_VIRTUAL;
}

/* As it was, and before it was as it is nominated or was made longer. */
static enum fault stay_fill(const struct dossier_view *view, struct arena *arena,
                            struct known *known)
{
    const struct dossier *dossier = &view->dossier;
    const ProtobufCMessage *nomination = NULL, *arrival = NULL, *departure = NULL, *longer = NULL;
    struct eligibility_credits_stay *stay = arena_take(arena, sizeof *stay);
    if (!stay)
        return FAULT_MEMORY;
    TRY(body_of(view, &dossier->revision, &peregrin__nomination__descriptor, arena, &nomination));
    TRY(body_of(view, &dossier->arrival, &peregrin__stay_day__descriptor, arena, &arrival));
    TRY(body_of(view, &dossier->departure, &peregrin__stay_day__descriptor, arena, &departure));
    TRY(body_of(view, &dossier->extension, &peregrin__extension__descriptor, arena, &longer));
    const Peregrin__Nomination *planned = (const Peregrin__Nomination *)nomination;
    if (!planned || !is_there(planned))
        return FAULT_NONE;
    *stay = (struct eligibility_credits_stay) {.start = planned->start, .end = planned->end};
    if (longer)
        stay->end = ((const Peregrin__Extension *)longer)->end;
    if (arrival)
        stay->start = ((const Peregrin__StayDay *)arrival)->date;
    if (departure)
        stay->end = stay->departed = ((const Peregrin__StayDay *)departure)->date;
    known->stay = stay;
    return FAULT_NONE;
}

static enum fault known_fill(const struct eligible_said *said, struct arena *arena,
                             struct known *known)
{
    struct store_place place = {.opened_by_partner = said->opened_by_partner,
                                .dossier = said->dossier};
    struct dossier_view view;
    const ProtobufCMessage *learning = NULL, *agreed = NULL, *transcript = NULL;
    TRY(eligible_credits_pair(said, arena, &place.pair));
    if (!place.pair)
        return FAULT_NONE;
    TRY(dossier_view_load(said->store, &place, true, arena, &view));
    const struct dossier *dossier = &view.dossier;
    TRY(body_of(&view, &dossier->learning, &peregrin__learning_agreement__descriptor, arena,
                &learning));
    TRY(body_of(&view, &dossier->learning_agreed, &peregrin__learning_agreement__descriptor, arena,
                &agreed));
    TRY(body_of(&view, &dossier->transcript, &peregrin__credit_record__descriptor, arena,
                &transcript));
    *known = (struct known) {(const Peregrin__LearningAgreement *)learning,
                             (const Peregrin__LearningAgreement *)agreed,
                             (const Peregrin__CreditRecord *)transcript, NULL};
    return stay_fill(&view, arena, known);
}

enum fault eligible_credits(const struct dated *settings, const struct eligible_said *said,
                            struct arena *arena, struct eligible_findings *out)
{
    const struct eligibility_credits_case subject = {settings, said->own, said->said_on,
                                                     !said->opened_by_partner};
    struct noting noting = {.arena = arena};
    struct known known = {NULL, NULL, NULL, NULL};
    size_t row = row_of(said->kind);
    *out = (struct eligible_findings) {.rows = NULL};
    if (row == ROWS)
        return FAULT_NONE;
    TRY(known_fill(said, arena, &known));
    if (!rows[row].ask(&subject, said->body, &known, &noting) || noting.spent)
        return FAULT_MEMORY;
    *out = (struct eligible_findings) {.rows = noting.rows, .count = noting.count};
    return FAULT_NONE;
}
