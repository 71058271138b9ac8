#include "sim/refold.h"

#include "sim/refold_said.h"
#include "sim/refold_terms.h"

#include <string.h>

enum { OPENER = 1, OTHER = 2 };

enum {
    REFUSAL = 1,
    NOMINATION = 16,
    AMENDMENT,
    DECISION,
    WITHDRAWAL,
    CREDIT_RECORD,
    ARRIVAL,
    DEPARTURE,
    EXTENSION,
    RECOGNITION,
    REVOKE,
    LEARNING,
    LEARNING_DECISION,
    TERMS = 32,
    CONTACTS = 37,
    FACTSHEET = 48,
    COURSE_LIST = 50,
};

enum answer { ANSWER_NONE, ANSWER_YES, ANSWER_NO, ANSWER_LATER };

/* What the host is asked, and the newest revision of it. */
struct question {
    uint32_t number;
    struct digest revision;
};

/* What is known so far. */
struct tale {
    struct said *records;
    size_t count;
    bool opened, is_void, withdrawn, revoked;
    bool asks; /* something else than what was accepted */
    enum answer answer;
    uint32_t questions;
    struct question asked, accepted;
    bool agrees; /* it is an agreement, which is told by `terms` */
    struct refold_terms terms;
    struct dossier says; /* state and revision: in the end only */
};

/* ---- the state, read off what is known ---- */

static const struct digest none;

static bool known(const struct digest *digest)
{
    return !digest_equal(digest, &none);
}

/* The newest thing that is known of a stay which was agreed on. */
static enum dossier_state stay(const struct dossier *says)
{
    if (known(&says->recognition))
        return DOSSIER_RECOGNISED;
    if (known(&says->transcript))
        return DOSSIER_TRANSCRIPT;
    if (known(&says->extending))
        return DOSSIER_EXTENDING;
    if (known(&says->departure))
        return DOSSIER_DEPARTED;
    return known(&says->arrival) ? DOSSIER_ARRIVED : DOSSIER_ACCEPTED;
}

static enum dossier_state state(const struct tale *tale)
{
    static const enum dossier_state answers[] = {
        [ANSWER_NONE] = DOSSIER_PENDING,
        [ANSWER_NO] = DOSSIER_REFUSED,
        [ANSWER_LATER] = DOSSIER_WAITLISTED,
    };
    if (tale->is_void)
        return DOSSIER_VOID;
    if (!tale->opened)
        return DOSSIER_EMPTY;
    if (tale->withdrawn)
        return DOSSIER_WITHDRAWN;
    if (tale->revoked)
        return DOSSIER_REVOKED;
    if (tale->answer != ANSWER_YES)
        return answers[tale->answer];
    return tale->asks ? DOSSIER_REOPENED : stay(&tale->says);
}

/* ---- what each kind changes; false: it names something else than what it is about ---- */

static bool belongs(const struct tale *tale, const struct digest *target, uint32_t question)
{
    for (size_t i = 0; i < tale->count; i++)
        if (digest_equal(&tale->records[i].id, target))
            return tale->records[i].question == question;
    return false;
}

/* Names the newest one, where there is one. */
static bool follows(const struct said *said, const struct digest *newest)
{
    return !known(newest) || digest_equal(&said->supersedes, newest);
}

/* The question lapses: what was accepted is in force again. */
static void lapse(struct tale *tale)
{
    tale->asks = false;
    tale->asked = tale->accepted;
}

static bool nominates(struct tale *tale, struct said *said)
{
    tale->opened = true;
    tale->asked = (struct question) {++tale->questions, said->id};
    said->question = tale->asked.number;
    return true;
}

static bool corrects(struct tale *tale, struct said *said)
{
    if (!digest_equal(&said->target, &tale->asked.revision))
        return false;
    tale->asked.revision = said->id;
    said->question = tale->asked.number;
    if (tale->answer == ANSWER_YES && !tale->asks)
        tale->accepted = tale->asked;
    return true;
}

static bool asks_anew(struct tale *tale, struct said *said)
{
    if (!digest_equal(&said->target, &tale->asked.revision))
        return false;
    tale->asked = (struct question) {++tale->questions, said->id};
    said->question = tale->asked.number;
    tale->asks = tale->answer == ANSWER_YES;
    if (tale->answer == ANSWER_LATER) {
        tale->answer = ANSWER_NONE;
        tale->says.decided = tale->says.decision = none;
    }
    return true;
}

static void answers(struct tale *tale, const struct said *said, enum answer answer)
{
    tale->answer = answer;
    tale->says.decided = said->target;
    tale->says.decision = said->id;
}

static bool accepts(struct tale *tale, struct said *said)
{
    if (!belongs(tale, &said->target, tale->asked.number))
        return false;
    answers(tale, said, ANSWER_YES);
    tale->asks = false;
    tale->accepted = tale->asked;
    return true;
}

static bool refuses(struct tale *tale, struct said *said)
{
    if (!belongs(tale, &said->target, tale->asked.number))
        return false;
    if (tale->asks)
        lapse(tale);
    else
        answers(tale, said, ANSWER_NO);
    return true;
}

static bool waitlists(struct tale *tale, struct said *said)
{
    if (!belongs(tale, &said->target, tale->asked.number))
        return false;
    answers(tale, said, ANSWER_LATER);
    return true;
}

static bool withdraws(struct tale *tale, struct said *)
{
    tale->withdrawn = true;
    return true;
}

static bool arrives(struct tale *tale, struct said *said)
{
    tale->says.arrival = said->id;
    lapse(tale);
    return true;
}

static bool departs(struct tale *tale, struct said *said)
{
    tale->says.departure = said->id;
    tale->says.extending = none;
    return true;
}

static bool asks_longer(struct tale *tale, struct said *said)
{
    tale->says.extending = said->id;
    return true;
}

static bool grants(struct tale *tale, struct said *said)
{
    tale->says.extension = said->id;
    tale->says.extending = none;
    return true;
}

static bool accepts_longer(struct tale *tale, struct said *said)
{
    if (!digest_equal(&said->target, &tale->says.extending))
        return false;
    tale->says.extension = said->target;
    tale->says.extending = none;
    return true;
}

static bool refuses_longer(struct tale *tale, struct said *said)
{
    if (!digest_equal(&said->target, &tale->says.extending))
        return false;
    tale->says.extending = none;
    return true;
}

static bool issues(struct tale *tale, struct said *said)
{
    if (!belongs(tale, &said->target, tale->accepted.number) ||
        !follows(said, &tale->says.transcript))
        return false;
    tale->says.transcript = said->id;
    tale->says.recognition = tale->says.extending = none;
    lapse(tale);
    return true;
}

static bool recognises(struct tale *tale, struct said *said)
{
    if (!digest_equal(&said->target, &tale->says.transcript) ||
        !follows(said, &tale->says.recognition))
        return false;
    tale->says.recognition = said->id;
    return true;
}

/* What is studied is agreed on beside the stay, of what was accepted. */
static bool plans(struct tale *tale, struct said *said)
{
    if (!belongs(tale, &said->target, tale->accepted.number) ||
        !follows(said, &tale->says.learning))
        return false;
    tale->says.learning = said->id;
    return true;
}

static bool answers_plan(struct tale *tale, struct said *said)
{
    if (!digest_equal(&said->target, &tale->says.learning) ||
        digest_equal(&said->target, &tale->says.learning_agreed))
        return false;
    if (said->outcome == 1)
        tale->says.learning_agreed = said->target;
    return true;
}

static bool takes_recognition_back(struct tale *tale, struct said *said)
{
    if (!digest_equal(&said->target, &tale->says.recognition))
        return false;
    tale->says.recognition = none;
    return true;
}

static bool takes_transcript_back(struct tale *tale, struct said *said)
{
    if (!digest_equal(&said->target, &tale->says.transcript))
        return false;
    tale->says.transcript = tale->says.recognition = none;
    return true;
}

static bool takes_acceptance_back(struct tale *tale, struct said *said)
{
    if (!digest_equal(&said->target, &tale->says.decision))
        return false;
    tale->revoked = true;
    tale->says.revocation = said->id;
    tale->says.extending = none;
    lapse(tale);
    return true;
}

/* ---- who may say what, and when ---- */

enum {
    EMPTY = 1 << DOSSIER_EMPTY,
    PENDING = 1 << DOSSIER_PENDING,
    WAITLISTED = 1 << DOSSIER_WAITLISTED,
    REFUSED = 1 << DOSSIER_REFUSED,
    ACCEPTED = 1 << DOSSIER_ACCEPTED,
    REOPENED = 1 << DOSSIER_REOPENED,
    ARRIVED = 1 << DOSSIER_ARRIVED,
    EXTENDING = 1 << DOSSIER_EXTENDING,
    DEPARTED = 1 << DOSSIER_DEPARTED,
    ISSUED = 1 << DOSSIER_TRANSCRIPT,
    RECOGNISED = 1 << DOSSIER_RECOGNISED,
    UNANSWERED = PENDING | WAITLISTED | REOPENED,
    STAYING = ARRIVED | EXTENDING,
    AFTERWARDS = DEPARTED | ISSUED | RECOGNISED,
};

/* word: of an amendment its change, of a decision its outcome; 0: whatever it says. */
static const struct way {
    uint32_t kind, word, lanes, when;
    bool (*say)(struct tale *tale, struct said *said);
} ways[] = {
    {NOMINATION, 0, OPENER, EMPTY, nominates},
    {AMENDMENT, 1, OPENER, PENDING | WAITLISTED | ACCEPTED | REOPENED | STAYING | DEPARTED,
     corrects},
    {AMENDMENT, 2, OPENER, UNANSWERED | ACCEPTED, asks_anew},
    {DECISION, 1, OTHER, UNANSWERED, accepts},
    {DECISION, 2, OTHER, UNANSWERED, refuses},
    {DECISION, 3, OTHER, PENDING, waitlists},
    {DECISION, 1, OTHER, EXTENDING, accepts_longer},
    {DECISION, 2, OTHER, EXTENDING, refuses_longer},
    {WITHDRAWAL, 0, OPENER, UNANSWERED | ACCEPTED | REFUSED, withdraws},
    {CREDIT_RECORD, 0, OTHER, ACCEPTED | REOPENED | STAYING | AFTERWARDS, issues},
    {ARRIVAL, 0, OTHER, ACCEPTED | REOPENED | STAYING | AFTERWARDS, arrives},
    {DEPARTURE, 0, OTHER, STAYING | AFTERWARDS, departs},
    {EXTENSION, 0, OPENER, STAYING, asks_longer},
    {EXTENSION, 0, OTHER, STAYING, grants},
    {RECOGNITION, 0, OPENER, ISSUED | RECOGNISED, recognises},
    {LEARNING, 0, OPENER, ACCEPTED | REOPENED | STAYING | DEPARTED, plans},
    {LEARNING_DECISION, 0, OTHER, ACCEPTED | REOPENED | STAYING | DEPARTED, answers_plan},
    {REVOKE, 0, OPENER, RECOGNISED, takes_recognition_back},
    {REVOKE, 0, OTHER, ISSUED | RECOGNISED, takes_transcript_back},
    {REVOKE, 0, OTHER, ACCEPTED | REOPENED | STAYING, takes_acceptance_back},
};

enum { WAYS = sizeof ways / sizeof *ways };

static bool is_refusal(const struct said *said)
{
    return said->kind == REFUSAL && said->schema == 0 && !said->critical;
}

static bool understood(const struct said *said)
{
    return said->schema == 1 && !said->critical &&
           ((said->kind >= NOMINATION && said->kind <= LEARNING_DECISION) ||
            (said->kind >= TERMS && said->kind <= CONTACTS) ||
            (said->kind >= FACTSHEET && said->kind <= COURSE_LIST));
}

static uint64_t word(const struct said *said)
{
    return said->kind == AMENDMENT ? said->change : said->outcome;
}

/* The opener's first place is a nomination's, and a nomination's only place. */
static bool stands(const struct said *said, uint32_t lanes)
{
    bool first = said->lane == 0 && said->index == 0;
    return first == (said->kind == NOMINATION) && (lanes >> said->lane & 1);
}

static void hear(struct tale *tale, struct said *said)
{
    uint32_t now = (uint32_t)1 << state(tale);
    if (is_refusal(said))
        return;
    if (!understood(said)) {
        tale->says.not_understood += !said->is_void;
        return;
    }
    if (tale->agrees) {
        refold_terms_hear(&tale->terms, said, &tale->says);
        return;
    }
    if (said->is_void) {
        tale->is_void |= stands(said, OPENER) && said->kind == NOMINATION && now == EMPTY;
        return;
    }
    for (size_t i = 0; i < WAYS; i++)
        if (ways[i].kind == said->kind && (!ways[i].word || ways[i].word == word(said)) &&
            (ways[i].when & now) && stands(said, ways[i].lanes)) {
            ways[i].say(tale, said);
            return;
        }
}

/* ---- in which order ---- */

/* The only record at this place; NULL: there is none, or two. */
static struct said *at(const struct tale *tale, uint64_t lane, uint64_t index)
{
    struct said *found = NULL;
    for (size_t i = 0; i < tale->count; i++) {
        struct said *said = &tale->records[i];
        if (said->lane != lane || said->index != index)
            continue;
        if (found)
            return NULL;
        found = said;
    }
    return found;
}

/* All that it rests on was heard. */
static struct said *next(const struct tale *tale, uint32_t lane)
{
    const struct dossier *says = &tale->says;
    struct said *said = at(tale, lane, says->lengths[lane]);
    if (!said || said->has_previous != (said->index > 0) ||
        !digest_equal(&said->previous, &says->heads[lane]))
        return NULL;
    if (!said->has_seen)
        return said;
    if (said->seen_index >= says->lengths[1 - lane])
        return NULL;
    return digest_equal(&at(tale, 1 - lane, said->seen_index)->id, &said->seen) ? said : NULL;
}

static void refusals_name(struct tale *tale)
{
    for (size_t i = 0; i < tale->count; i++)
        for (size_t j = 0; is_refusal(&tale->records[i]) && j < tale->count; j++) {
            struct said *said = &tale->records[j];
            said->is_void |= said->lane != tale->records[i].lane && !is_refusal(said) &&
                             digest_equal(&said->id, &tale->records[i].target);
        }
}

static void forks_find(struct tale *tale)
{
    for (size_t i = 0; i < tale->count; i++)
        for (size_t j = 0; j < i; j++)
            if (tale->records[i].lane == tale->records[j].lane &&
                tale->records[i].index == tale->records[j].index)
                tale->says.forked[tale->records[i].lane] = true;
}

bool refold_read(const struct bytes *headers, size_t count, struct arena *arena,
                 struct dossier *out)
{
    struct tale tale = {.records = arena_take_array(arena, count + 1, sizeof(struct said)),
                        .count = count};
    struct said *said;
    size_t heard = 0;
    for (size_t i = 0; tale.records && i < count; i++)
        if (!refold_said_read(headers[i], &tale.records[i]))
            return false;
    if (!tale.records)
        return false;
    refusals_name(&tale);
    forks_find(&tale);
    said = at(&tale, 0, 0);
    tale.agrees = said && refold_terms_opens(said);
    while ((said = next(&tale, 0)) || (said = next(&tale, 1))) {
        hear(&tale, said);
        tale.says.heads[said->lane] = said->id;
        tale.says.lengths[said->lane]++;
        heard++;
    }
    tale.says.incomplete = (uint32_t)(count - heard);
    tale.says.state = state(&tale);
    tale.says.revision = tale.asked.revision;
    if (tale.agrees)
        refold_terms_end(&tale.terms, &tale.says);
    *out = tale.says;
    return true;
}
