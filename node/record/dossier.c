#include "record/dossier.h"

#include "record/kind.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum {
    REFUSAL = PEREGRIN__KIND__KIND_REFUSAL,
    NOMINATION = PEREGRIN__KIND__KIND_NOMINATION,
    AMENDMENT = PEREGRIN__KIND__KIND_AMENDMENT,
    DECISION = PEREGRIN__KIND__KIND_DECISION,
    WITHDRAWAL = PEREGRIN__KIND__KIND_WITHDRAWAL,
    CREDIT = PEREGRIN__KIND__KIND_CREDIT_RECORD,
    ACCEPT = PEREGRIN__OUTCOME__OUTCOME_ACCEPT,
    REFUSE = PEREGRIN__OUTCOME__OUTCOME_REFUSE,
    KEEPS = PEREGRIN__CHANGE__CHANGE_KEEPS,
    REOPENS = PEREGRIN__CHANGE__CHANGE_REOPENS,
};

/* From a state, by a kind with this outcome or change, to a state. A void nomination counts as the
 * refusal that names it. What is not here is out of turn; see also names_its_subject. */
static const struct dossier_transition transitions[] = {
    {DOSSIER_EMPTY, NOMINATION, 0, 0, DOSSIER_PENDING, "the home nominates a student"},
    {DOSSIER_EMPTY, REFUSAL, 0, 0, DOSSIER_VOID, "the nomination broke a rule and is void"},

    {DOSSIER_PENDING, AMENDMENT, 0, KEEPS, DOSSIER_PENDING,
     "the home corrects the nomination: an answer to the earlier revision still binds"},
    {DOSSIER_PENDING, AMENDMENT, 0, REOPENS, DOSSIER_PENDING,
     "the home changes the nomination: only an answer to the new revision binds"},
    {DOSSIER_PENDING, DECISION, ACCEPT, 0, DOSSIER_ACCEPTED, "the host accepts"},
    {DOSSIER_PENDING, DECISION, REFUSE, 0, DOSSIER_REFUSED, "the host refuses"},
    {DOSSIER_PENDING, WITHDRAWAL, 0, 0, DOSSIER_WITHDRAWN, "the home withdraws before an answer"},

    {DOSSIER_ACCEPTED, AMENDMENT, 0, KEEPS, DOSSIER_ACCEPTED,
     "the home corrects the nomination: the acceptance stands"},
    {DOSSIER_ACCEPTED, AMENDMENT, 0, REOPENS, DOSSIER_REOPENED,
     "the home changes the nomination and asks again: the acceptance stands meanwhile"},
    {DOSSIER_ACCEPTED, WITHDRAWAL, 0, 0, DOSSIER_WITHDRAWN, "the home withdraws after acceptance"},
    {DOSSIER_ACCEPTED, CREDIT, 0, 0, DOSSIER_TRANSCRIPT, "the host issues a transcript"},

    {DOSSIER_REOPENED, AMENDMENT, 0, KEEPS, DOSSIER_REOPENED,
     "the home corrects what it asks: an answer to the earlier revision still binds"},
    {DOSSIER_REOPENED, AMENDMENT, 0, REOPENS, DOSSIER_REOPENED,
     "the home asks something else: only an answer to the new revision binds"},
    {DOSSIER_REOPENED, DECISION, ACCEPT, 0, DOSSIER_ACCEPTED, "the host accepts the change"},
    {DOSSIER_REOPENED, DECISION, REFUSE, 0, DOSSIER_ACCEPTED,
     "the host refuses the change: the earlier acceptance stands"},
    {DOSSIER_REOPENED, WITHDRAWAL, 0, 0, DOSSIER_WITHDRAWN, "the home withdraws while it asks"},
    {DOSSIER_REOPENED, CREDIT, 0, 0, DOSSIER_TRANSCRIPT,
     "the host issues a transcript of what was accepted: the question lapses"},

    {DOSSIER_REFUSED, WITHDRAWAL, 0, 0, DOSSIER_WITHDRAWN, "the home closes what was refused"},

    {DOSSIER_TRANSCRIPT, CREDIT, 0, 0, DOSSIER_TRANSCRIPT,
     "the host replaces its newest transcript"},
};

enum { TRANSITION_COUNT = sizeof transitions / sizeof *transitions };

static const struct {
    const char *code, *sentence;
} states[] = {
    [DOSSIER_EMPTY] = {"empty", "nothing can be read yet: records are still to arrive"},
    [DOSSIER_PENDING] = {"pending", "nominated: the host must decide"},
    [DOSSIER_ACCEPTED] = {"accepted", "accepted: the host issues the transcript after the stay"},
    [DOSSIER_REOPENED] = {"reopened", "accepted, then changed: the host must decide again"},
    [DOSSIER_REFUSED] = {"refused", "refused by the host: the home may open a new dossier"},
    [DOSSIER_WITHDRAWN] = {"withdrawn", "withdrawn by the home: nobody must act"},
    [DOSSIER_TRANSCRIPT] = {"transcript", "transcript issued: the home recognises the credits"},
    [DOSSIER_VOID] = {"void", "the nomination broke a rule: the home must open a new dossier"},
};

static_assert(sizeof states / sizeof *states == DOSSIER_STATE_COUNT, "one text for each state");

/* A question is what the host is asked: a nomination or a re-opening amendment, and the amendments
 * after it that keep. It is named by the index of its first record in lane 0. */
struct fold {
    struct dossier *dossier;
    struct dossier_entry *lanes[2];  /* ascending by index and id */
    size_t held[2];                  /* of each lane, within the limits */
    uint32_t asked, accepted;        /* questions: the newest, and the accepted one */
    struct digest accepted_revision; /* the newest of the accepted question */
};

static int entry_order(const void *left, const void *right)
{
    const struct dossier_entry *one = left, *other = right;
    if (one->lane != other->lane)
        return one->lane < other->lane ? -1 : 1;
    if (one->index != other->index)
        return one->index < other->index ? -1 : 1;
    return digest_compare(&one->id, &other->id);
}

static bool is_refusal(const struct dossier_entry *entry)
{
    return entry->kind == REFUSAL && entry->schema == 0;
}

/* Sorts, forgets what an earlier fold has set, and finds both lanes as far as the limits reach. */
static void lanes_find(struct fold *fold, struct dossier_entry *entries, size_t count,
                       struct dossier_limits limits)
{
    if (count)
        qsort(entries, count, sizeof *entries, entry_order);
    fold->lanes[0] = fold->lanes[1] = entries;
    for (size_t i = 0; i < count; i++) {
        struct dossier_entry *entry = &entries[i];
        assert(entry->lane <= 1);
        entry->folded = entry->void_ = entry->out_of_turn = false;
        entry->question = 0;
        if (entry->lane == 0)
            fold->lanes[1] = entry + 1;
        if (entry->index < limits.lengths[entry->lane])
            fold->held[entry->lane]++;
    }
}

/* Two records of one author at one place; a record twice would be a bug of the caller. */
static void forks_find(struct fold *fold)
{
    for (int lane = 0; lane < 2; lane++) {
        for (size_t i = 1; i < fold->held[lane]; i++) {
            const struct dossier_entry *entry = &fold->lanes[lane][i];
            if (entry->index != entry[-1].index)
                continue;
            assert(!digest_equal(&entry->id, &entry[-1].id));
            fold->dossier->forked[lane] = true;
        }
    }
}

/* A record is void exactly when a refusal in the other lane names it; refusals cannot be refused.
 */
static void void_name(struct fold *fold, const struct dossier_entry *refusal)
{
    uint32_t other = 1 - refusal->lane;
    for (size_t i = 0; i < fold->held[other]; i++) {
        struct dossier_entry *entry = &fold->lanes[other][i];
        if (digest_equal(&entry->id, &refusal->target) && !is_refusal(entry))
            entry->void_ = true;
    }
}

static void voids_find(struct fold *fold)
{
    for (int lane = 0; lane < 2; lane++)
        for (size_t i = 0; i < fold->held[lane]; i++)
            if (is_refusal(&fold->lanes[lane][i]))
                void_name(fold, &fold->lanes[lane][i]);
}

/* The next record of a lane when all that it rests on is folded; NULL when there is none, when
 * something is missing, and before a fork. */
static struct dossier_entry *next_ready(const struct fold *fold, uint32_t lane)
{
    const struct dossier *dossier = fold->dossier;
    uint32_t length = dossier->lengths[lane], other = 1 - lane;
    if (length >= fold->held[lane])
        return NULL;
    struct dossier_entry *entry = &fold->lanes[lane][length];
    bool forks = length + 1 < fold->held[lane] && entry[1].index == length;
    if (entry->index != length || forks || !digest_equal(&entry->previous, &dossier->heads[lane]))
        return NULL;
    if (entry->has_seen) {
        if (entry->seen_index >= dossier->lengths[other])
            return NULL;
        if (!digest_equal(&fold->lanes[other][entry->seen_index].id, &entry->seen_id))
            return NULL;
    }
    return entry;
}

/* The target is a revision of this question that took effect. */
static bool binds(const struct fold *fold, const struct digest *target, uint32_t question)
{
    for (size_t i = 0; i < fold->dossier->lengths[0]; i++) {
        const struct dossier_entry *entry = &fold->lanes[0][i];
        bool revision = entry->kind == NOMINATION || entry->kind == AMENDMENT;
        if (digest_equal(&entry->id, target))
            return revision && !entry->void_ && !entry->out_of_turn &&
                   entry->question == question && kind_find(entry->kind, entry->schema);
    }
    return false;
}

/* A record that names something else than what the dossier is about now changes nothing. */
static bool names_its_subject(const struct fold *fold, const struct dossier_entry *entry)
{
    const struct dossier *dossier = fold->dossier;
    switch (entry->kind) {
    case AMENDMENT: return digest_equal(&entry->target, &dossier->revision);
    case DECISION: return binds(fold, &entry->target, fold->asked);
    case CREDIT:
        return binds(fold, &entry->target, fold->accepted) &&
               (dossier->state != DOSSIER_TRANSCRIPT ||
                digest_equal(&entry->supersedes, &dossier->transcript));
    default: return true;
    }
}

static const struct dossier_transition *transition_find(enum dossier_state from, uint32_t kind,
                                                        const struct dossier_entry *entry)
{
    for (size_t i = 0; i < TRANSITION_COUNT; i++) {
        const struct dossier_transition *row = &transitions[i];
        if (row->from == from && row->kind == kind &&
            (row->outcome == 0 || row->outcome == entry->outcome) &&
            (row->change == 0 || row->change == entry->change))
            return row;
    }
    return NULL;
}

/* What is asked lapses; what was accepted is in force. */
static void acceptance_restore(struct fold *fold)
{
    fold->asked = fold->accepted;
    fold->dossier->revision = fold->accepted_revision;
}

static void revision_enter(struct fold *fold, struct dossier_entry *entry)
{
    if (entry->kind == NOMINATION || entry->change == REOPENS)
        fold->asked = entry->index;
    entry->question = fold->asked;
    fold->dossier->revision = entry->id;
}

static void decision_enter(struct fold *fold, const struct dossier_entry *entry)
{
    if (entry->outcome == REFUSE && fold->dossier->state == DOSSIER_REOPENED) {
        acceptance_restore(fold);
        return;
    }
    fold->dossier->decided = entry->target;
    fold->dossier->decision = entry->id;
}

static void transition_make(struct fold *fold, struct dossier_entry *entry, enum dossier_state to)
{
    struct dossier *dossier = fold->dossier;
    if (to != DOSSIER_VOID && (entry->kind == NOMINATION || entry->kind == AMENDMENT))
        revision_enter(fold, entry);
    if (entry->kind == DECISION)
        decision_enter(fold, entry);
    if (entry->kind == CREDIT) {
        acceptance_restore(fold);
        dossier->transcript = entry->id;
    }
    dossier->state = to;
    if (to == DOSSIER_ACCEPTED) {
        fold->accepted = fold->asked;
        fold->accepted_revision = dossier->revision;
    }
}

static void entry_fold(struct fold *fold, struct dossier_entry *entry)
{
    struct dossier *dossier = fold->dossier;
    entry->folded = true;
    dossier->heads[entry->lane] = entry->id;
    dossier->lengths[entry->lane]++;
    /* A refusal has done its work before: it is never out of turn. */
    if (is_refusal(entry))
        return;
    const struct kind *kind = kind_find(entry->kind, entry->schema);
    if (!kind) {
        dossier->not_understood += !entry->void_;
        return;
    }
    if (entry->void_ && entry->kind != NOMINATION)
        return;
    const struct dossier_transition *row =
        transition_find(dossier->state, entry->void_ ? REFUSAL : entry->kind, entry);
    /* The place is judged on arrival, too, but not of what was held before it was understood. */
    if (row && kind_stands(kind, entry->lane, entry->index) && names_its_subject(fold, entry))
        transition_make(fold, entry, row->to);
    else
        entry->out_of_turn = !entry->void_;
}

void dossier_fold(struct dossier_entry *entries, size_t count, struct dossier_limits limits,
                  struct dossier *out)
{
    assert(entries || count == 0);
    *out = (struct dossier) {.state = DOSSIER_EMPTY};
    struct fold fold = {.dossier = out};
    lanes_find(&fold, entries, count, limits);
    forks_find(&fold);
    voids_find(&fold);
    for (;;) {
        /* Of concurrent records the opener's come first: a withdrawal wins, and an acceptance of
         * what was changed meanwhile does not bind. */
        struct dossier_entry *entry = next_ready(&fold, 0);
        if (!entry)
            entry = next_ready(&fold, 1);
        if (!entry)
            break;
        entry_fold(&fold, entry);
    }
    size_t folded = (size_t)out->lengths[0] + out->lengths[1];
    assert(folded <= fold.held[0] + fold.held[1]);
    out->incomplete = (uint32_t)(fold.held[0] + fold.held[1] - folded);
}

void dossier_entry_of(const struct header *header, struct dossier_entry *out)
{
    assert(header->fields->claim);
    *out = (struct dossier_entry) {
        .lane = header->lane,
        .index = header->index,
        .id = header->id,
        .previous = header->previous,
        .seen_id = header->seen_id,
        .target = header->target,
        .supersedes = header->supersedes,
        .has_seen = header->has_seen,
        .seen_index = header->seen_index,
        .kind = header->kind,
        .schema = header->schema,
        .outcome = header->fields->claim->outcome,
        .change = header->fields->claim->change,
        .code = header->fields->claim->code,
    };
}

const char *dossier_state_code(enum dossier_state state)
{
    assert((unsigned)state < DOSSIER_STATE_COUNT);
    return states[state].code;
}

const char *dossier_state_sentence(enum dossier_state state)
{
    assert((unsigned)state < DOSSIER_STATE_COUNT);
    return states[state].sentence;
}

const struct dossier_transition *dossier_transition(size_t row)
{
    return row < TRANSITION_COUNT ? &transitions[row] : NULL;
}
