#include "study/clerk.h"

#include "sim/people.h"

#include <stdio.h>

static const uint32_t kinds[FLOW_KINDS] = {
    [FLOW_NOMINATE] = PEREGRIN__KIND__KIND_NOMINATION,
    [FLOW_ACCEPT] = PEREGRIN__KIND__KIND_DECISION,
    [FLOW_REFUSE] = PEREGRIN__KIND__KIND_DECISION,
    [FLOW_TRANSCRIPT] = PEREGRIN__KIND__KIND_CREDIT_RECORD,
    [FLOW_CORRECT] = PEREGRIN__KIND__KIND_CREDIT_RECORD,
    [FLOW_RECOGNISE] = PEREGRIN__KIND__KIND_RECOGNITION,
};

bool clerk_open(struct clerk *clerk, struct world *world, struct arena *keep, struct arena *work)
{
    *clerk = (struct clerk) {
        .world = world,
        .arena = work,
        .accept = people_decision(PEREGRIN__OUTCOME__OUTCOME_ACCEPT, keep),
        .refuse = people_decision(PEREGRIN__OUTCOME__OUTCOME_REFUSE, keep),
        .transcript = people_transcript("14", keep),
        .correction = people_transcript("15", keep),
        .recognition = people_recognition("wholly", keep),
    };
    return clerk->accept.data && clerk->refuse.data && clerk->transcript.data &&
           clerk->correction.data && clerk->recognition.data;
}

uint32_t clerk_kind(enum flow_kind kind)
{
    return kinds[kind];
}

static struct bytes nomination(struct clerk *clerk, uint32_t number)
{
    struct play_dossier student = {0};
    snprintf(student.name, sizeof student.name, "S%u", number);
    return people_nomination(&student, clerk->arena);
}

static struct bytes body_of(struct clerk *clerk, enum flow_kind kind, uint32_t number)
{
    switch (kind) {
    case FLOW_ACCEPT: return clerk->accept;
    case FLOW_REFUSE: return clerk->refuse;
    case FLOW_TRANSCRIPT: return clerk->transcript;
    case FLOW_CORRECT: return clerk->correction;
    case FLOW_RECOGNISE: return clerk->recognition;
    default: return nomination(clerk, number);
    }
}

struct event_answer clerk_submit(struct clerk *clerk, enum flow_kind kind,
                                 const struct clerk_mobility *mobility)
{
    bool home = kind == FLOW_NOMINATE || kind == FLOW_RECOGNISE;
    uint32_t actor = home ? mobility->home : mobility->host;
    uint32_t other = home ? mobility->host : mobility->home;
    struct arena_mark mark = arena_mark(clerk->arena);
    struct event_submission submission = {
        .own = world_institution(clerk->world, actor),
        .partner = world_institution(clerk->world, other),
        .kind = kinds[kind],
        .opens = kind == FLOW_NOMINATE,
        .opened_by_partner = !home,
        .dossier = mobility->dossier,
        .body = body_of(clerk, kind, mobility->number),
    };
    struct event_answer answer = {.verdict = VERDICT_TOO_LARGE};
    if (submission.body.data)
        answer = world_submit(clerk->world, actor, &submission);
    arena_rewind(clerk->arena, mark);
    return answer;
}
