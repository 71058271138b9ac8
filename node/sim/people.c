#include "sim/people.h"

#include "mobility.pb-c.h"
#include "record/codec.h"
#include "sim/checks.h"
#include "sim/pact.h"
#include "sim/plan.h"
#include "sim/sojourn.h"

#include <assert.h>
#include <string.h>

static const char *const fields[] = {"0613", "0611", "0612", "0231", "0421", "0541"};

enum { FIELD_COUNT = sizeof fields / sizeof *fields };

/* ---- bodies ---- */

struct bytes people_nomination(const struct play_dossier *dossier, struct arena *arena)
{
    Peregrin__Person person = PEREGRIN__PERSON__INIT;
    Peregrin__Nomination nomination = PEREGRIN__NOMINATION__INIT;
    person.family_name = "Novák";
    person.given_names = (char *)dossier->name;
    person.birth_date = "2004-05-06";
    person.has_gender = true;
    person.gender = PEREGRIN__GENDER__GENDER_FEMALE;
    person.nationality = "CZ";
    person.email = arena_format(arena, "%s.%u@example.org", dossier->name, dossier->emails);
    person.esi =
        arena_format(arena, "urn:schac:personalUniqueCode:int:esi:helmo.be:%s", dossier->name);
    nomination.person = &person;
    nomination.has_mobility = nomination.has_term = nomination.has_eqf = true;
    nomination.mobility = PEREGRIN__MOBILITY_KIND__MOBILITY_STUDIES;
    nomination.year = "2026/2027";
    nomination.term = 2;
    nomination.eqf = 6;
    nomination.isced_f = (char *)fields[dossier->fields % FIELD_COUNT];
    if (dossier->under[0]) {
        nomination.agreement = (char *)dossier->under;
        nomination.condition = "c1";
    }
    return codec_pack(&nomination.base, arena);
}

struct bytes people_decision(uint32_t outcome, struct arena *arena)
{
    Peregrin__Decision body = PEREGRIN__DECISION__INIT;
    body.has_outcome = true;
    body.outcome = outcome;
    if (outcome == PEREGRIN__OUTCOME__OUTCOME_REFUSE)
        body.reason = "places";
    return codec_pack(&body.base, arena);
}

struct bytes people_transcript(const char *grade, struct arena *arena)
{
    Peregrin__Component component = PEREGRIN__COMPONENT__INIT;
    Peregrin__Component *components[] = {&component};
    Peregrin__CreditRecord body = PEREGRIN__CREDIT_RECORD__INIT;
    component.title = "Analysis";
    component.has_ects_hundredths = component.has_passed = component.passed = true;
    component.ects_hundredths = 550;
    component.grade = (char *)grade;
    body.n_components = 1;
    body.components = components;
    body.start = "2027-02-01";
    body.end = "2027-06-30";
    body.has_total_hundredths = true;
    body.total_hundredths = 550;
    body.issued_on = "2027-07-05";
    return codec_pack(&body.base, arena);
}

/* Of the one component of a transcript. */
static const struct recognising {
    const char *how;
    uint32_t component, hundredths;
    const char *reason;
} recognisings[] = {
    {"wholly", 0, 550, NULL},   {"partly", 0, 300, "content"}, {"silently", 0, 300, NULL},
    {"nothing", 0, 0, "level"}, {"elsewhere", 1, 550, NULL},
};

enum { RECOGNISING_COUNT = sizeof recognisings / sizeof *recognisings };

static const struct recognising *recognising_find(const char *how)
{
    for (size_t i = 0; i < RECOGNISING_COUNT; i++)
        if (strcmp(recognisings[i].how, how) == 0)
            return &recognisings[i];
    return NULL;
}

struct bytes people_recognition(const char *how, struct arena *arena)
{
    const struct recognising *row = recognising_find(how);
    Peregrin__HomeComponent home = PEREGRIN__HOME_COMPONENT__INIT, *homes[] = {&home};
    Peregrin__RecognitionGroup group = PEREGRIN__RECOGNITION_GROUP__INIT, *groups[] = {&group};
    Peregrin__Recognition body = PEREGRIN__RECOGNITION__INIT;
    assert(row);
    uint32_t components[] = {row->component};
    home.title = "Analyse";
    home.has_ects_hundredths = true;
    home.ects_hundredths = row->hundredths;
    group.n_components = 1;
    group.components = components;
    group.n_home = row->hundredths ? 1 : 0;
    group.home = homes;
    group.reason = (char *)row->reason;
    body.n_groups = 1;
    body.groups = groups;
    body.has_total_hundredths = true;
    body.total_hundredths = row->hundredths;
    body.decided_on = "2027-08-01";
    return codec_pack(&body.base, arena);
}

/* Each transcript of a dossier corrects the one before: nobody signs the same twice. */
static struct bytes next_transcript(const struct play_dossier *dossier, struct arena *arena)
{
    static const char *const grades[] = {"14", "15", "16", "13", "17", "12", "18", "11"};
    return people_transcript(grades[dossier->transcripts % (sizeof grades / sizeof *grades)],
                             arena);
}

/* ---- submitting ---- */

struct wish {
    size_t node, to;
    uint32_t kind, outcome;
    const char *change; /* of an amendment: `email`, `field` */
    const char *word;   /* a date; how much is recognised; what is revoked; a plan */
    const char *key;    /* idempotency key, or NULL */
    bool opens;
    bool over;                        /* an acceptance, though no place may be left */
    uint32_t places;                  /* of terms */
    const struct play_dossier *under; /* the agreement of a nomination, or NULL */
    size_t kept, ready, repeated;
    struct event_answer refused; /* the last one that was */
};

static struct bytes body_of(struct play *play, const struct wish *wish,
                            const struct play_dossier *dossier)
{
    struct arena *arena = play->arena;
    switch (wish->kind) {
    case PEREGRIN__KIND__KIND_TERMS:
        return pact_terms(world_institution(play->world, dossier->opener), wish->places, wish->word,
                          arena);
    case PEREGRIN__KIND__KIND_APPROVAL: return pact_approval(arena);
    case PEREGRIN__KIND__KIND_DECLINATION:
    case PEREGRIN__KIND__KIND_TAKE_BACK: return pact_declination(arena);
    case PEREGRIN__KIND__KIND_TERMINATION: return pact_termination(wish->word, arena);
    case PEREGRIN__KIND__KIND_CONTACTS: return pact_contacts(arena);
    case PEREGRIN__KIND__KIND_DECISION: return people_decision(wish->outcome, arena);
    case PEREGRIN__KIND__KIND_WITHDRAWAL: return sojourn_withdrawal(arena);
    case PEREGRIN__KIND__KIND_CREDIT_RECORD: return next_transcript(dossier, arena);
    case PEREGRIN__KIND__KIND_ARRIVAL:
    case PEREGRIN__KIND__KIND_DEPARTURE: return sojourn_day(wish->word, arena);
    case PEREGRIN__KIND__KIND_EXTENSION: return sojourn_extension(wish->word, arena);
    case PEREGRIN__KIND__KIND_RECOGNITION: return people_recognition(wish->word, arena);
    case PEREGRIN__KIND__KIND_REVOKE: return sojourn_revocation(arena);
    case PEREGRIN__KIND__KIND_LEARNING: return plan_body(wish->word, arena);
    case PEREGRIN__KIND__KIND_LEARNING_DECISION: return plan_answer(wish->word, arena);
    default: return people_nomination(dossier, arena);
    }
}

/* What this node sees in force, for a revocation; otherwise the engine knows it. */
static struct bytes target_of(struct play *play, const struct wish *wish,
                              const struct play_dossier *dossier)
{
    struct dossier seen;
    struct store_place place;
    size_t count;
    if (wish->kind != PEREGRIN__KIND__KIND_REVOKE ||
        !play_place(play, dossier, wish->node, &place) ||
        !checks_fold(world_store(play->world, wish->node), &place, play->arena, &seen, &count))
        return (struct bytes) {0};
    const struct digest *id = *wish->word == 'a'   ? &seen.decision
                              : *wish->word == 't' ? &seen.transcript
                                                   : &seen.recognition;
    return arena_copy(play->arena, digest_bytes(id));
}

static void answer_count(struct wish *wish, const struct event_answer *answer)
{
    if (answer->verdict)
        wish->refused = *answer;
    else if (answer->repeated)
        wish->repeated++;
    else if (answer->ready)
        wish->ready++;
    else
        wish->kept++;
}

static bool submit(struct play *play, const char *name, void *self)
{
    struct wish *wish = self;
    struct play_dossier *dossier = play_find(play, name);
    bool opens = wish->opens, new = opens && !dossier;
    if (new)
        dossier = play_add(play, name, wish->node, wish->to);
    if (!dossier)
        return play_wrong(play, "nobody spoke of %s before", name);
    if (new && wish->under)
        header_dossier_text(&wish->under->id, dossier->under);
    struct event_submission submission = {
        .own = world_institution(play->world, wish->node),
        .partner = world_institution(play->world, play_other(play, dossier, wish->node)),
        .kind = wish->kind,
        .opens = opens,
        .opened_by_partner = !play_opened(play, dossier, wish->node),
        .dossier = dossier->id,
        .target = target_of(play, wish, dossier),
        .body = body_of(play, wish, dossier),
        .request = wish->key ? bytes_text(wish->key) : (struct bytes) {0},
        .over_quota = wish->over,
    };
    assert(submission.body.data);
    struct event_answer answer = world_submit(play->world, wish->node, &submission);
    if (new && !answer.verdict)
        dossier->id = answer.place.dossier;
    if (answer.verdict && new)
        play->dossier_count--;
    dossier->transcripts += wish->kind == PEREGRIN__KIND__KIND_CREDIT_RECORD && !answer.verdict;
    answer_count(wish, &answer);
    return true;
}

static void answer_say(struct play *play, const char *names, const struct wish *wish)
{
    char text[256] = "";
    size_t all = wish->kept + wish->ready + wish->repeated;
    if (wish->refused.verdict == VERDICT_INTERNAL)
        snprintf(text, sizeof text, "%s: no answer", names);
    else if (wish->refused.verdict)
        snprintf(text, sizeof text, "%s: %s%s%s", names,
                 verdict_text(wish->refused.verdict)->sentence,
                 wish->refused.finding.rule ? ": " : "",
                 wish->refused.finding.rule ? wish->refused.finding.rule : "");
    else if (all > 1)
        snprintf(text, sizeof text, "%s: %zu kept, %zu wait for the guard", names, wish->kept,
                 wish->ready);
    else
        snprintf(text, sizeof text, "%s: kept%s%s", names,
                 wish->ready ? ", waits for the guard" : "",
                 wish->repeated ? ", as answered before" : "");
    play_say(play, wish->node, '>', text);
}

static bool wish_play(struct play *play, const char *names, struct wish *wish)
{
    bool spoken = play_names(play, names, submit, wish);
    if (spoken)
        answer_say(play, names, wish);
    return spoken;
}

bool people_nominates(struct play *play, const struct play_line *line)
{
    struct wish wish = {
        .node = line->words[0].node,
        .to = line->words[2].node,
        .kind = PEREGRIN__KIND__KIND_NOMINATION,
        .opens = true,
        .key = line->count > 3 ? line->words[3].text : NULL,
    };
    return wish_play(play, line->words[1].text, &wish);
}

/* The change is made before it is said; where it is refused, the next one is another. */
static bool change(struct play *play, const char *name, void *self)
{
    const struct wish *wish = self;
    struct play_dossier *dossier = play_find(play, name);
    if (!dossier)
        return play_wrong(play, "nobody spoke of %s before", name);
    bool email = strcmp(wish->change, "email") == 0;
    if (!email && strcmp(wish->change, "field") != 0)
        return play_wrong(play, "what is amended is `email` or `field`");
    dossier->emails += email;
    dossier->fields += !email;
    return true;
}

bool people_amends(struct play *play, const struct play_line *line)
{
    struct wish wish = {
        .node = line->words[0].node,
        .kind = PEREGRIN__KIND__KIND_AMENDMENT,
        .change = line->words[2].text,
        .key = line->count > 3 ? line->words[3].text : NULL,
    };
    return play_names(play, line->words[1].text, change, &wish) &&
           wish_play(play, line->words[1].text, &wish);
}

static bool decides(struct play *play, const struct play_line *line, uint32_t outcome)
{
    struct wish wish = {
        .node = line->words[0].node,
        .kind = PEREGRIN__KIND__KIND_DECISION,
        .outcome = outcome,
        .key = line->count > 2 ? line->words[2].text : NULL,
    };
    return wish_play(play, line->words[1].text, &wish);
}

bool people_accepts(struct play *play, const struct play_line *line)
{
    return decides(play, line, PEREGRIN__OUTCOME__OUTCOME_ACCEPT);
}

bool people_accepts_over(struct play *play, const struct play_line *line)
{
    struct wish wish = {
        .node = line->words[0].node,
        .kind = PEREGRIN__KIND__KIND_DECISION,
        .outcome = PEREGRIN__OUTCOME__OUTCOME_ACCEPT,
        .over = true,
    };
    return wish_play(play, line->words[1].text, &wish);
}

bool people_refuses(struct play *play, const struct play_line *line)
{
    return decides(play, line, PEREGRIN__OUTCOME__OUTCOME_REFUSE);
}

bool people_waitlists(struct play *play, const struct play_line *line)
{
    return decides(play, line, PEREGRIN__OUTCOME__OUTCOME_WAITLIST);
}

bool people_withdraws(struct play *play, const struct play_line *line)
{
    struct wish wish = {.node = line->words[0].node, .kind = PEREGRIN__KIND__KIND_WITHDRAWAL};
    return wish_play(play, line->words[1].text, &wish);
}

bool people_issues(struct play *play, const struct play_line *line)
{
    struct wish wish = {.node = line->words[0].node, .kind = PEREGRIN__KIND__KIND_CREDIT_RECORD};
    return wish_play(play, line->words[1].text, &wish);
}

bool people_says(struct play *play, const struct play_line *line)
{
    bool arrived = strcmp(line->words[2].text, "arrived") == 0;
    if (!arrived && strcmp(line->words[2].text, "departed") != 0)
        return play_wrong(play, "what is said is `arrived` or `departed`");
    struct wish wish = {
        .node = line->words[0].node,
        .kind = arrived ? PEREGRIN__KIND__KIND_ARRIVAL : PEREGRIN__KIND__KIND_DEPARTURE,
        .word = line->words[3].text,
    };
    return wish_play(play, line->words[1].text, &wish);
}

bool people_extends(struct play *play, const struct play_line *line)
{
    struct wish wish = {
        .node = line->words[0].node,
        .kind = PEREGRIN__KIND__KIND_EXTENSION,
        .word = line->words[2].text,
    };
    return wish_play(play, line->words[1].text, &wish);
}

bool people_recognises(struct play *play, const struct play_line *line)
{
    struct wish wish = {
        .node = line->words[0].node,
        .kind = PEREGRIN__KIND__KIND_RECOGNITION,
        .word = line->words[2].text,
    };
    if (!recognising_find(wish.word))
        return play_wrong(play, "nobody recognises %s", wish.word);
    return wish_play(play, line->words[1].text, &wish);
}

bool people_revokes(struct play *play, const struct play_line *line)
{
    struct wish wish = {
        .node = line->words[0].node,
        .kind = PEREGRIN__KIND__KIND_REVOKE,
        .word = line->words[2].text,
    };
    if (strcmp(wish.word, "acceptance") != 0 && strcmp(wish.word, "transcript") != 0 &&
        strcmp(wish.word, "recognition") != 0)
        return play_wrong(play, "what is revoked is an acceptance, a transcript or a recognition");
    return wish_play(play, line->words[1].text, &wish);
}

bool people_plans(struct play *play, const struct play_line *line)
{
    struct wish wish = {
        .node = line->words[0].node,
        .kind = PEREGRIN__KIND__KIND_LEARNING,
        .word = line->words[2].text,
    };
    if (!plan_known(wish.word))
        return play_wrong(play, "no plan is %s", wish.word);
    return wish_play(play, line->words[1].text, &wish);
}

bool people_answers_plan(struct play *play, const struct play_line *line)
{
    struct wish wish = {
        .node = line->words[0].node,
        .kind = PEREGRIN__KIND__KIND_LEARNING_DECISION,
        .word = line->words[1].text,
    };
    if (!plan_answer_known(wish.word))
        return play_wrong(play, "nobody %s a plan", wish.word);
    return wish_play(play, line->words[2].text, &wish);
}

bool people_nominates_under(struct play *play, const struct play_line *line)
{
    struct wish wish = {
        .node = line->words[0].node,
        .to = line->words[2].node,
        .kind = PEREGRIN__KIND__KIND_NOMINATION,
        .opens = true,
        .under = play_find(play, line->words[3].text),
    };
    if (!wish.under)
        return play_wrong(play, "nobody spoke of %s before", line->words[3].text);
    return wish_play(play, line->words[1].text, &wish);
}

bool people_proposes(struct play *play, const struct play_line *line)
{
    struct wish wish = {
        .node = line->words[0].node,
        .to = line->words[2].node,
        .kind = PEREGRIN__KIND__KIND_TERMS,
        .opens = true,
        .places = (uint32_t)line->words[3].count,
    };
    return wish_play(play, line->words[1].text, &wish);
}

bool people_offers(struct play *play, const struct play_line *line)
{
    const char *other = line->count > 3 ? line->words[3].text : NULL;
    const struct play_dossier *replaced = other ? play_find(play, other) : NULL;
    char name[HEADER_DOSSIER_TEXT];
    struct wish wish = {
        .node = line->words[0].node,
        .kind = PEREGRIN__KIND__KIND_TERMS,
        .places = (uint32_t)line->words[1].count,
        .word = replaced ? name : NULL,
    };
    if (other && !replaced)
        return play_wrong(play, "nobody spoke of %s before", other);
    if (replaced)
        header_dossier_text(&replaced->id, name);
    return wish_play(play, line->words[2].text, &wish);
}

bool people_answers_terms(struct play *play, const struct play_line *line)
{
    static const struct {
        const char *word;
        uint32_t kind;
    } answers[] = {{"approves", PEREGRIN__KIND__KIND_APPROVAL},
                   {"declines", PEREGRIN__KIND__KIND_DECLINATION},
                   {"drops", PEREGRIN__KIND__KIND_TAKE_BACK}};
    struct wish wish = {.node = line->words[0].node};
    for (size_t i = 0; i < sizeof answers / sizeof *answers; i++)
        if (strcmp(answers[i].word, line->words[1].text) == 0)
            wish.kind = answers[i].kind;
    if (!wish.kind)
        return play_wrong(play, "nobody %s terms", line->words[1].text);
    return wish_play(play, line->words[2].text, &wish);
}

bool people_terminates(struct play *play, const struct play_line *line)
{
    struct wish wish = {
        .node = line->words[0].node,
        .kind = PEREGRIN__KIND__KIND_TERMINATION,
        .word = line->words[2].text,
    };
    return wish_play(play, line->words[1].text, &wish);
}

bool people_changes_contacts(struct play *play, const struct play_line *line)
{
    struct wish wish = {.node = line->words[0].node, .kind = PEREGRIN__KIND__KIND_CONTACTS};
    return wish_play(play, line->words[1].text, &wish);
}
