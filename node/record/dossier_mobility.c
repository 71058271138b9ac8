/* A mobility: the home opens with a nomination, the host decides.
 *
 * A question is what the host is asked: a nomination or a re-opening amendment, and the amendments
 * after it that keep. It is named by the index of its first record in lane 0. */
#include "base/broken.h"
#include "record/dossier_family.h"

enum {
    REFUSAL = PEREGRIN__KIND__KIND_REFUSAL,
    NOMINATION = PEREGRIN__KIND__KIND_NOMINATION,
    AMENDMENT = PEREGRIN__KIND__KIND_AMENDMENT,
    DECISION = PEREGRIN__KIND__KIND_DECISION,
    WITHDRAWAL = PEREGRIN__KIND__KIND_WITHDRAWAL,
    CREDIT = PEREGRIN__KIND__KIND_CREDIT_RECORD,
    ARRIVAL = PEREGRIN__KIND__KIND_ARRIVAL,
    DEPARTURE = PEREGRIN__KIND__KIND_DEPARTURE,
    EXTENSION = PEREGRIN__KIND__KIND_EXTENSION,
    RECOGNITION = PEREGRIN__KIND__KIND_RECOGNITION,
    REVOKE = PEREGRIN__KIND__KIND_REVOKE,
    LEARNING = PEREGRIN__KIND__KIND_LEARNING,
    LEARNING_DECISION = PEREGRIN__KIND__KIND_LEARNING_DECISION,
};

/* From a state, by a kind with this word, to a state. A void nomination counts as the refusal that
 * names it. What is not here is out of turn; see also names_its_subject. */
static const struct dossier_transition transitions[] = {
    {DOSSIER_EMPTY, NOMINATION, DOSSIER_WORD_ANY, DOSSIER_PENDING, "the home nominates a student"},
    {DOSSIER_EMPTY, REFUSAL, DOSSIER_OF_NOMINATION, DOSSIER_VOID,
     "the nomination broke a rule and is void"},

    {DOSSIER_PENDING, AMENDMENT, DOSSIER_KEEPS, DOSSIER_PENDING,
     "the home corrects the nomination: an answer to the earlier revision still binds"},
    {DOSSIER_PENDING, AMENDMENT, DOSSIER_REOPENS, DOSSIER_PENDING,
     "the home changes the nomination: only an answer to the new revision binds"},
    {DOSSIER_PENDING, DECISION, DOSSIER_ACCEPTS, DOSSIER_ACCEPTED, "the host accepts"},
    {DOSSIER_PENDING, DECISION, DOSSIER_REFUSES, DOSSIER_REFUSED, "the host refuses"},
    {DOSSIER_PENDING, DECISION, DOSSIER_WAITLISTS, DOSSIER_WAITLISTED, "the host has no place yet"},
    {DOSSIER_PENDING, WITHDRAWAL, DOSSIER_WORD_ANY, DOSSIER_WITHDRAWN,
     "the home withdraws before an answer"},

    {DOSSIER_WAITLISTED, AMENDMENT, DOSSIER_KEEPS, DOSSIER_WAITLISTED,
     "the home corrects the nomination: it stays on the waiting list"},
    {DOSSIER_WAITLISTED, AMENDMENT, DOSSIER_REOPENS, DOSSIER_PENDING,
     "the home changes the nomination: it leaves the waiting list and is asked anew"},
    {DOSSIER_WAITLISTED, DECISION, DOSSIER_ACCEPTS, DOSSIER_ACCEPTED,
     "the host accepts from the waiting list"},
    {DOSSIER_WAITLISTED, DECISION, DOSSIER_REFUSES, DOSSIER_REFUSED,
     "the host refuses from the waiting list"},
    {DOSSIER_WAITLISTED, WITHDRAWAL, DOSSIER_WORD_ANY, DOSSIER_WITHDRAWN,
     "the home withdraws from the waiting list"},

    {DOSSIER_ACCEPTED, AMENDMENT, DOSSIER_KEEPS, DOSSIER_ACCEPTED,
     "the home corrects the nomination: the acceptance stands"},
    {DOSSIER_ACCEPTED, AMENDMENT, DOSSIER_REOPENS, DOSSIER_REOPENED,
     "the home changes the nomination and asks again: the acceptance stands meanwhile"},
    {DOSSIER_ACCEPTED, WITHDRAWAL, DOSSIER_WORD_ANY, DOSSIER_WITHDRAWN,
     "the home withdraws after acceptance"},
    {DOSSIER_ACCEPTED, REVOKE, DOSSIER_OF_ACCEPTANCE, DOSSIER_REVOKED,
     "the host revokes its acceptance"},
    {DOSSIER_ACCEPTED, ARRIVAL, DOSSIER_WORD_ANY, DOSSIER_ARRIVED,
     "the host says that the stay began"},
    {DOSSIER_ACCEPTED, CREDIT, DOSSIER_WORD_ANY, DOSSIER_TRANSCRIPT,
     "the host issues a transcript"},

    {DOSSIER_REOPENED, AMENDMENT, DOSSIER_KEEPS, DOSSIER_REOPENED,
     "the home corrects what it asks: an answer to the earlier revision still binds"},
    {DOSSIER_REOPENED, AMENDMENT, DOSSIER_REOPENS, DOSSIER_REOPENED,
     "the home asks something else: only an answer to the new revision binds"},
    {DOSSIER_REOPENED, DECISION, DOSSIER_ACCEPTS, DOSSIER_ACCEPTED, "the host accepts the change"},
    {DOSSIER_REOPENED, DECISION, DOSSIER_REFUSES, DOSSIER_ACCEPTED,
     "the host refuses the change: the earlier acceptance stands"},
    {DOSSIER_REOPENED, WITHDRAWAL, DOSSIER_WORD_ANY, DOSSIER_WITHDRAWN,
     "the home withdraws while it asks"},
    {DOSSIER_REOPENED, REVOKE, DOSSIER_OF_ACCEPTANCE, DOSSIER_REVOKED,
     "the host revokes its acceptance: the question lapses"},
    {DOSSIER_REOPENED, ARRIVAL, DOSSIER_WORD_ANY, DOSSIER_ARRIVED,
     "the host says that the stay began as it was accepted: the question lapses"},
    {DOSSIER_REOPENED, CREDIT, DOSSIER_WORD_ANY, DOSSIER_TRANSCRIPT,
     "the host issues a transcript of what was accepted: the question lapses"},

    {DOSSIER_REFUSED, WITHDRAWAL, DOSSIER_WORD_ANY, DOSSIER_WITHDRAWN,
     "the home closes what was refused"},

    {DOSSIER_ARRIVED, AMENDMENT, DOSSIER_KEEPS, DOSSIER_ARRIVED,
     "the home corrects the nomination during the stay"},
    {DOSSIER_ARRIVED, REVOKE, DOSSIER_OF_ACCEPTANCE, DOSSIER_REVOKED,
     "the host revokes its acceptance: the stay does not count"},
    {DOSSIER_ARRIVED, ARRIVAL, DOSSIER_WORD_ANY, DOSSIER_ARRIVED, "the host corrects the arrival"},
    {DOSSIER_ARRIVED, EXTENSION, DOSSIER_BY_HOME, DOSSIER_EXTENDING,
     "the home asks for a longer stay"},
    {DOSSIER_ARRIVED, EXTENSION, DOSSIER_BY_HOST, DOSSIER_ARRIVED, "the host grants a longer stay"},
    {DOSSIER_ARRIVED, DEPARTURE, DOSSIER_WORD_ANY, DOSSIER_DEPARTED,
     "the host says that the stay ended"},
    {DOSSIER_ARRIVED, CREDIT, DOSSIER_WORD_ANY, DOSSIER_TRANSCRIPT,
     "the host issues a transcript during the stay"},

    {DOSSIER_EXTENDING, AMENDMENT, DOSSIER_KEEPS, DOSSIER_EXTENDING,
     "the home corrects the nomination while it asks for a longer stay"},
    {DOSSIER_EXTENDING, DECISION, DOSSIER_ACCEPTS, DOSSIER_ARRIVED,
     "the host accepts the longer stay"},
    {DOSSIER_EXTENDING, DECISION, DOSSIER_REFUSES, DOSSIER_ARRIVED,
     "the host refuses the longer stay: the end stands as it was"},
    {DOSSIER_EXTENDING, REVOKE, DOSSIER_OF_ACCEPTANCE, DOSSIER_REVOKED,
     "the host revokes its acceptance while a longer stay is asked for"},
    {DOSSIER_EXTENDING, ARRIVAL, DOSSIER_WORD_ANY, DOSSIER_EXTENDING,
     "the host corrects the arrival: the question stands"},
    {DOSSIER_EXTENDING, EXTENSION, DOSSIER_BY_HOME, DOSSIER_EXTENDING,
     "the home asks for another end"},
    {DOSSIER_EXTENDING, EXTENSION, DOSSIER_BY_HOST, DOSSIER_ARRIVED,
     "the host grants an end of its own: the question is answered"},
    {DOSSIER_EXTENDING, DEPARTURE, DOSSIER_WORD_ANY, DOSSIER_DEPARTED,
     "the host says that the stay ended: the question lapses"},
    {DOSSIER_EXTENDING, CREDIT, DOSSIER_WORD_ANY, DOSSIER_TRANSCRIPT,
     "the host issues a transcript: the question of a longer stay lapses"},

    {DOSSIER_DEPARTED, AMENDMENT, DOSSIER_KEEPS, DOSSIER_DEPARTED,
     "the home corrects the nomination after the stay"},
    {DOSSIER_DEPARTED, ARRIVAL, DOSSIER_WORD_ANY, DOSSIER_DEPARTED,
     "the host corrects the arrival afterwards"},
    {DOSSIER_DEPARTED, DEPARTURE, DOSSIER_WORD_ANY, DOSSIER_DEPARTED,
     "the host corrects the departure"},
    {DOSSIER_DEPARTED, CREDIT, DOSSIER_WORD_ANY, DOSSIER_TRANSCRIPT,
     "the host issues a transcript after the stay"},

    {DOSSIER_TRANSCRIPT, CREDIT, DOSSIER_WORD_ANY, DOSSIER_TRANSCRIPT,
     "the host replaces its newest transcript"},
    {DOSSIER_TRANSCRIPT, REVOKE, DOSSIER_OF_TRANSCRIPT, DOSSIER_STAY,
     "the host takes its transcript back: none is issued"},
    {DOSSIER_TRANSCRIPT, ARRIVAL, DOSSIER_WORD_ANY, DOSSIER_TRANSCRIPT,
     "the host says when the stay began: the transcript stands"},
    {DOSSIER_TRANSCRIPT, DEPARTURE, DOSSIER_WORD_ANY, DOSSIER_TRANSCRIPT,
     "the host says when the stay ended: the transcript stands"},
    {DOSSIER_TRANSCRIPT, RECOGNITION, DOSSIER_WORD_ANY, DOSSIER_RECOGNISED,
     "the home recognises the credits"},

    {DOSSIER_RECOGNISED, RECOGNITION, DOSSIER_WORD_ANY, DOSSIER_RECOGNISED,
     "the home replaces its recognition"},
    {DOSSIER_RECOGNISED, REVOKE, DOSSIER_OF_RECOGNITION, DOSSIER_TRANSCRIPT,
     "the home takes its recognition back"},
    {DOSSIER_RECOGNISED, REVOKE, DOSSIER_OF_TRANSCRIPT, DOSSIER_STAY,
     "the host takes its transcript back, and the recognition of it lapses"},
    {DOSSIER_RECOGNISED, CREDIT, DOSSIER_WORD_ANY, DOSSIER_TRANSCRIPT,
     "the host replaces the transcript: it is to be recognised again"},
    {DOSSIER_RECOGNISED, ARRIVAL, DOSSIER_WORD_ANY, DOSSIER_RECOGNISED,
     "the host says when the stay began: the recognition stands"},
    {DOSSIER_RECOGNISED, DEPARTURE, DOSSIER_WORD_ANY, DOSSIER_RECOGNISED,
     "the host says when the stay ended: the recognition stands"},

    /* The learning agreement runs beside the stay. */
    {DOSSIER_ACCEPTED, LEARNING, DOSSIER_WORD_ANY, DOSSIER_ACCEPTED,
     "the home proposes a learning agreement"},
    {DOSSIER_ACCEPTED, LEARNING_DECISION, DOSSIER_WORD_ANY, DOSSIER_ACCEPTED,
     "the host approves the learning agreement or comments on it"},
    {DOSSIER_REOPENED, LEARNING, DOSSIER_WORD_ANY, DOSSIER_REOPENED,
     "the home proposes a learning agreement while it asks again"},
    {DOSSIER_REOPENED, LEARNING_DECISION, DOSSIER_WORD_ANY, DOSSIER_REOPENED,
     "the host approves the learning agreement or comments on it while it asks again"},
    {DOSSIER_ARRIVED, LEARNING, DOSSIER_WORD_ANY, DOSSIER_ARRIVED,
     "the home proposes a learning agreement or a change of it during the stay"},
    {DOSSIER_ARRIVED, LEARNING_DECISION, DOSSIER_WORD_ANY, DOSSIER_ARRIVED,
     "the host answers the learning agreement, or a change of it, during the stay"},
    {DOSSIER_EXTENDING, LEARNING, DOSSIER_WORD_ANY, DOSSIER_EXTENDING,
     "the home proposes a learning agreement for the longer stay"},
    {DOSSIER_EXTENDING, LEARNING_DECISION, DOSSIER_WORD_ANY, DOSSIER_EXTENDING,
     "the host approves the learning agreement or comments on it for the longer stay"},
    {DOSSIER_DEPARTED, LEARNING, DOSSIER_WORD_ANY, DOSSIER_DEPARTED,
     "the home proposes a learning agreement after the stay, in time for the transcript"},
    {DOSSIER_DEPARTED, LEARNING_DECISION, DOSSIER_WORD_ANY, DOSSIER_DEPARTED,
     "the host approves the learning agreement or comments on it after the stay, in "
     "time for the transcript"},
};

/* The target is a revision of this question that took effect. */
static bool binds(const struct dossier_fold *fold, const struct digest *target, uint32_t question)
{
    for (size_t i = 0; i < fold->dossier->lengths[0]; i++) {
        const struct dossier_entry *entry = &fold->lanes.entries[0][i];
        bool revision = entry->kind == NOMINATION || entry->kind == AMENDMENT;
        if (digest_equal(&entry->id, target))
            return revision && !entry->void_ && !entry->out_of_turn &&
                   (entry->question == question || broken_is(BROKEN_ANY_REVISION)) &&
                   kind_find(entry->kind, entry->schema);
    }
    return false;
}

/* It replaces the newest one where there is one. */
static bool replaces(const struct dossier_entry *entry, const struct digest *newest)
{
    return dossier_none(newest) || digest_equal(&entry->supersedes, newest);
}

/* A record that names something else than what the dossier is about now changes nothing. */
static bool names_its_subject(const struct dossier_fold *fold, const struct dossier_entry *entry)
{
    const struct dossier *dossier = fold->dossier;
    switch (entry->kind) {
    case AMENDMENT: return digest_equal(&entry->target, &dossier->revision);
    case DECISION:
        return dossier->state == DOSSIER_EXTENDING
                   ? digest_equal(&entry->target, &dossier->extending)
                   : binds(fold, &entry->target, fold->asked);
    case CREDIT:
        return binds(fold, &entry->target, fold->accepted) && replaces(entry, &dossier->transcript);
    case LEARNING:
        return binds(fold, &entry->target, fold->accepted) && replaces(entry, &dossier->learning);
    case LEARNING_DECISION:
        return digest_equal(&entry->target, &dossier->learning) &&
               !digest_equal(&dossier->learning, &dossier->learning_agreed);
    case RECOGNITION:
        return digest_equal(&entry->target, &dossier->transcript) &&
               replaces(entry, &dossier->recognition);
    default: return true;
    }
}

/* Whoever names what is not its own and in force says nothing. */
static enum dossier_word revoked_word(const struct dossier *dossier,
                                      const struct dossier_entry *entry)
{
    if (entry->lane == 0)
        return digest_equal(&entry->target, &dossier->recognition) ? DOSSIER_OF_RECOGNITION
                                                                   : DOSSIER_WORD_COUNT;
    if (digest_equal(&entry->target, &dossier->transcript))
        return DOSSIER_OF_TRANSCRIPT;
    return digest_equal(&entry->target, &dossier->decision) ? DOSSIER_OF_ACCEPTANCE
                                                            : DOSSIER_WORD_COUNT;
}

static enum dossier_word word_of(const struct dossier *dossier, const struct dossier_entry *entry)
{
    static const enum dossier_word outcomes[] = {
        [PEREGRIN__OUTCOME__OUTCOME_ACCEPT] = DOSSIER_ACCEPTS,
        [PEREGRIN__OUTCOME__OUTCOME_REFUSE] = DOSSIER_REFUSES,
        [PEREGRIN__OUTCOME__OUTCOME_WAITLIST] = DOSSIER_WAITLISTS,
    };
    static const enum dossier_word changes[] = {
        [PEREGRIN__CHANGE__CHANGE_KEEPS] = DOSSIER_KEEPS,
        [PEREGRIN__CHANGE__CHANGE_REOPENS] = DOSSIER_REOPENS,
    };
    switch (entry->kind) {
    case AMENDMENT:
        return entry->change && entry->change < sizeof changes / sizeof *changes
                   ? changes[entry->change]
                   : DOSSIER_WORD_COUNT;
    case DECISION:
        return entry->outcome && entry->outcome < sizeof outcomes / sizeof *outcomes
                   ? outcomes[entry->outcome]
                   : DOSSIER_WORD_COUNT;
    case REFUSAL: return DOSSIER_OF_NOMINATION;
    case EXTENSION: return entry->lane == 0 ? DOSSIER_BY_HOME : DOSSIER_BY_HOST;
    case REVOKE: return revoked_word(dossier, entry);
    default: return DOSSIER_WORD_ANY;
    }
}

/* What is asked lapses; what was accepted is in force. */
static void acceptance_restore(struct dossier_fold *fold)
{
    fold->asked = fold->accepted;
    fold->dossier->revision = fold->accepted_revision;
}

/* A waiting list is an answer to what was asked, and goes with it. */
static void revision_enter(struct dossier_fold *fold, struct dossier_entry *entry)
{
    struct dossier *dossier = fold->dossier;
    if (entry->kind == NOMINATION || word_of(dossier, entry) == DOSSIER_REOPENS) {
        fold->asked = entry->index;
        if (dossier->state == DOSSIER_WAITLISTED)
            dossier->decided = dossier->decision = (struct digest) {0};
    }
    entry->question = fold->asked;
    dossier->revision = entry->id;
}

static void decision_enter(struct dossier_fold *fold, const struct dossier_entry *entry)
{
    struct dossier *dossier = fold->dossier;
    bool refuses = word_of(dossier, entry) == DOSSIER_REFUSES;
    if (dossier->state == DOSSIER_EXTENDING) {
        if (!refuses)
            dossier->extension = entry->target;
        return;
    }
    if (refuses && dossier->state == DOSSIER_REOPENED) {
        acceptance_restore(fold);
        return;
    }
    dossier->decided = entry->target;
    dossier->decision = entry->id;
}

/* What was superseded before does not come back. */
static void revocation_enter(struct dossier_fold *fold, const struct dossier_entry *entry)
{
    struct dossier *dossier = fold->dossier;
    enum dossier_word word = word_of(dossier, entry);
    dossier->recognition = (struct digest) {0};
    if (word == DOSSIER_OF_TRANSCRIPT)
        dossier->transcript = (struct digest) {0};
    if (word == DOSSIER_OF_ACCEPTANCE) {
        acceptance_restore(fold);
        dossier->revocation = entry->id;
    }
}

/* Days, transcripts and recognitions belong to what was accepted. */
static void record_enter(struct dossier_fold *fold, struct dossier_entry *entry)
{
    struct dossier *dossier = fold->dossier;
    switch (entry->kind) {
    case NOMINATION:
    case AMENDMENT: revision_enter(fold, entry); return;
    case DECISION: decision_enter(fold, entry); return;
    case REVOKE: revocation_enter(fold, entry); return;
    case EXTENSION:
        *(entry->lane == 0 ? &dossier->extending : &dossier->extension) = entry->id;
        return;
    case RECOGNITION: dossier->recognition = entry->id; return;
    case LEARNING: dossier->learning = entry->id; return;
    case LEARNING_DECISION:
        if (entry->outcome == PEREGRIN__OUTCOME__OUTCOME_ACCEPT)
            dossier->learning_agreed = entry->target;
        return;
    case ARRIVAL: dossier->arrival = entry->id; break;
    case DEPARTURE: dossier->departure = entry->id; break;
    case CREDIT:
        dossier->transcript = entry->id;
        dossier->recognition = (struct digest) {0};
        break;
    default: return;
    }
    acceptance_restore(fold);
}

static enum dossier_state stay_of(const struct dossier *dossier)
{
    if (!dossier_none(&dossier->departure))
        return DOSSIER_DEPARTED;
    return dossier_none(&dossier->arrival) ? DOSSIER_ACCEPTED : DOSSIER_ARRIVED;
}

/* What is asked is what was accepted. */
static bool agreed(enum dossier_state state)
{
    switch (state) {
    case DOSSIER_ACCEPTED:
    case DOSSIER_TRANSCRIPT:
    case DOSSIER_ARRIVED:
    case DOSSIER_EXTENDING:
    case DOSSIER_DEPARTED:
    case DOSSIER_RECOGNISED: return true;
    default: return false;
    }
}

static void enter(struct dossier_fold *fold, struct dossier_entry *entry, enum dossier_state to)
{
    struct dossier *dossier = fold->dossier;
    if (to != DOSSIER_VOID)
        record_enter(fold, entry);
    dossier->state = to == DOSSIER_STAY ? stay_of(dossier) : to;
    if (dossier->state != DOSSIER_EXTENDING)
        dossier->extending = (struct digest) {0};
    if (agreed(dossier->state)) {
        fold->accepted = fold->asked;
        fold->accepted_revision = dossier->revision;
    }
}

const struct dossier_family dossier_mobility = {
    .rows = transitions,
    .count = sizeof transitions / sizeof *transitions,
    .word = word_of,
    .names = names_its_subject,
    .enter = enter,
};
