/* How far two institutions have come with a student's learning agreement, and who must act. The
 * fold knows which one is the newest and which was approved last; whether the host has commented on
 * the newest is read off its records here. */
#pragma once

#include "report/dossier_view.h"

enum learning_state {
    LEARNING_NONE,
    LEARNING_PROPOSED,
    LEARNING_COMMENTED,
    LEARNING_APPROVED,
    LEARNING_CHANGE_PROPOSED, /* one was approved; a newer one waits */
    LEARNING_CHANGE_COMMENTED,
    LEARNING_STATE_COUNT,
};

enum learning_turn { LEARNING_NOBODY, LEARNING_HOME, LEARNING_HOST };

/* In a stay that was accepted; otherwise LEARNING_NONE. */
enum learning_state learning_state_of(const struct dossier_view *view);

/* Whether the dossier has come to where learning agreements are made: from the acceptance on. */
bool learning_expected(enum dossier_state state);

/* Whose turn it is. Before anything was proposed it is the home's, as long as one can be; once the
 * transcript is there nobody waits any more. */
enum learning_turn learning_turn_of(enum learning_state learning, enum dossier_state state);

/* `change_proposed`, and a sentence that says who must act. */
const char *learning_code(enum learning_state state);
const char *learning_sentence(enum learning_state state);
/* -1: no state has this code. */
int learning_find(const char *code);
