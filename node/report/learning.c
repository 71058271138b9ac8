#include "report/learning.h"

#include <assert.h>
#include <string.h>

static const struct {
    const char *code, *sentence;
    enum learning_turn turn;
} rows[] = {
    [LEARNING_NONE] = {"none", "no learning agreement yet: the home proposes one", LEARNING_HOME},
    [LEARNING_PROPOSED] = {"proposed", "proposed: the host approves it or comments on it",
                           LEARNING_HOST},
    [LEARNING_COMMENTED] = {"commented", "the host has commented: the home proposes it anew",
                            LEARNING_HOME},
    [LEARNING_APPROVED] = {"approved", "approved by all three: student, home and host",
                           LEARNING_NOBODY},
    [LEARNING_CHANGE_PROPOSED] =
        {"change_proposed",
         "a change is proposed: the host approves it or comments; until then the one that was "
         "approved stands",
         LEARNING_HOST},
    [LEARNING_CHANGE_COMMENTED] =
        {"change_commented",
         "the host has commented on the change: the home proposes another; until then the one "
         "that was approved stands",
         LEARNING_HOME},
};

static_assert(sizeof rows / sizeof *rows == LEARNING_STATE_COUNT, "a row for each");

static bool known(const struct digest *id)
{
    static const struct digest none;
    return !digest_equal(id, &none);
}

/* The host has said no to the newest one: any answer to it that took effect and did not approve. */
static bool commented(const struct dossier_view *view)
{
    for (size_t i = 0; i < view->count; i++) {
        const struct dossier_entry *entry = &view->entries[i];
        if (entry->kind == PEREGRIN__KIND__KIND_LEARNING_DECISION && entry->folded &&
            !entry->void_ && !entry->out_of_turn &&
            digest_equal(&entry->target, &view->dossier.learning))
            return true;
    }
    return false;
}

enum learning_state learning_state_of(const struct dossier_view *view)
{
    const struct dossier *dossier = &view->dossier;
    bool agreed = known(&dossier->learning_agreed);
    if (!known(&dossier->learning))
        return LEARNING_NONE;
    if (digest_equal(&dossier->learning, &dossier->learning_agreed))
        return LEARNING_APPROVED;
    if (commented(view))
        return agreed ? LEARNING_CHANGE_COMMENTED : LEARNING_COMMENTED;
    return agreed ? LEARNING_CHANGE_PROPOSED : LEARNING_PROPOSED;
}

bool learning_expected(enum dossier_state state)
{
    switch (state) {
    case DOSSIER_ACCEPTED:
    case DOSSIER_REOPENED:
    case DOSSIER_ARRIVED:
    case DOSSIER_EXTENDING:
    case DOSSIER_DEPARTED:
    case DOSSIER_TRANSCRIPT:
    case DOSSIER_RECOGNISED: return true;
    default: return false;
    }
}

enum learning_turn learning_turn_of(enum learning_state learning, enum dossier_state state)
{
    assert(learning < LEARNING_STATE_COUNT);
    bool over = state == DOSSIER_TRANSCRIPT || state == DOSSIER_RECOGNISED;
    return learning_expected(state) && !over ? rows[learning].turn : LEARNING_NOBODY;
}

const char *learning_code(enum learning_state state)
{
    assert(state < LEARNING_STATE_COUNT);
    return rows[state].code;
}

const char *learning_sentence(enum learning_state state)
{
    assert(state < LEARNING_STATE_COUNT);
    return rows[state].sentence;
}

int learning_find(const char *code)
{
    for (int i = 0; i < LEARNING_STATE_COUNT; i++)
        if (strcmp(rows[i].code, code) == 0)
            return i;
    return -1;
}
