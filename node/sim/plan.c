#include "sim/plan.h"

#include "mobility.pb-c.h"
#include "record.pb-c.h"
#include "record/codec.h"

#include <assert.h>
#include <string.h>

enum { UNITS_MAX = 4, CHANGES_MAX = 2 };

static const struct {
    const char *code, *title;
    uint32_t part, hundredths;
} units[] = {
    {"A1", "Analysis", PEREGRIN__LEARNING_PART__LEARNING_HOST, 550},
    {"A2", "Algebra", PEREGRIN__LEARNING_PART__LEARNING_HOST, 450},
    {"A3", "Geometry", PEREGRIN__LEARNING_PART__LEARNING_HOST, 600},
    {"C1", "A week online", PEREGRIN__LEARNING_PART__LEARNING_VIRTUAL, 300},
    {"B1", "Analyse", PEREGRIN__LEARNING_PART__LEARNING_HOME, 500},
};

enum { UNIT_COUNT = sizeof units / sizeof *units };

struct change {
    uint32_t unit;
    bool goes;
    const char *reason;
};

/* Units by their places in the table, and what changed against the plan before. */
static const struct plan {
    const char *name, *units;
    struct change changes[CHANGES_MAX];
    bool unattested;
} plans[] = {
    {"first", "04", {}, false},
    {"fuller", "014", {}, false},
    {"swapped", "214", {{0, true, "conflict"}, {0, false, "substitutes"}}, false},
    {"longer", "2134", {{2, false, "extension"}}, false},
    {"unexplained", "214", {}, false},
    {"unattested", "04", {}, true},
};

static const struct answer {
    const char *how;
    uint32_t outcome;
    const char *comment;
} answers[] = {
    {"approves", PEREGRIN__OUTCOME__OUTCOME_ACCEPT, NULL},
    {"comments", PEREGRIN__OUTCOME__OUTCOME_REFUSE, "Ten credits at least, please."},
    {"grumbles", PEREGRIN__OUTCOME__OUTCOME_REFUSE, NULL},
};

static const struct plan *find(const char *name)
{
    for (size_t i = 0; i < sizeof plans / sizeof *plans; i++)
        if (strcmp(plans[i].name, name) == 0)
            return &plans[i];
    return NULL;
}

static const struct answer *answer_find(const char *how)
{
    for (size_t i = 0; i < sizeof answers / sizeof *answers; i++)
        if (strcmp(answers[i].how, how) == 0)
            return &answers[i];
    return NULL;
}

bool plan_known(const char *name)
{
    return find(name);
}

bool plan_answer_known(const char *how)
{
    return answer_find(how);
}

static void unit_fill(Peregrin__LearningUnit *unit, size_t row)
{
    assert(row < UNIT_COUNT);
    peregrin__learning_unit__init(unit);
    unit->has_part = unit->has_ects_hundredths = true;
    unit->part = units[row].part;
    unit->code = (char *)units[row].code;
    unit->title = (char *)units[row].title;
    unit->ects_hundredths = units[row].hundredths;
}

static void change_fill(Peregrin__LearningChange *change, const struct change *row)
{
    peregrin__learning_change__init(change);
    change->has_unit = true;
    change->unit = row->unit;
    change->has_goes = change->goes = row->goes;
    change->reason = (char *)row->reason;
}

struct bytes plan_body(const char *name, struct arena *arena)
{
    const struct plan *plan = find(name);
    Peregrin__LearningUnit own[UNITS_MAX], *listed[UNITS_MAX];
    Peregrin__LearningChange made[CHANGES_MAX], *said[CHANGES_MAX];
    Peregrin__LearningAgreement body = PEREGRIN__LEARNING_AGREEMENT__INIT;
    assert(plan);
    for (const char *at = plan->units; *at; at++) {
        unit_fill(&own[body.n_units], (size_t)(*at - '0'));
        listed[body.n_units] = &own[body.n_units];
        body.n_units++;
    }
    for (size_t i = 0; i < CHANGES_MAX && plan->changes[i].reason; i++) {
        change_fill(&made[i], &plan->changes[i]);
        said[body.n_changes++] = &made[i];
    }
    body.units = listed;
    body.changes = said;
    body.start = "2027-02-01";
    body.end = "2027-06-30";
    body.student_approved_on = plan->unattested ? NULL : "2026-12-01";
    body.student_approved_by = plan->unattested ? NULL : "account";
    return codec_pack(&body.base, arena);
}

struct bytes plan_answer(const char *how, struct arena *arena)
{
    const struct answer *answer = answer_find(how);
    Peregrin__LearningDecision body = PEREGRIN__LEARNING_DECISION__INIT;
    assert(answer);
    body.has_outcome = true;
    body.outcome = answer->outcome;
    body.comment = (char *)answer->comment;
    return codec_pack(&body.base, arena);
}
