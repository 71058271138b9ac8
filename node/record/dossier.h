/* The fold: what the records of one dossier mean together. Reads headers only.
 *
 * Pure and independent of the order in which records arrived: whoever holds the same records sees
 * the same state. Each family of dossiers (a mobility, an agreement, a notice) has a file with its
 * table of transitions, which can be read aloud; what is not in it is out of turn and changes
 * nothing. */
#pragma once

#include "record/header.h"
#include "record/kind.h"

enum dossier_state {
    DOSSIER_EMPTY,   /* no record can be read yet */
    DOSSIER_PENDING, /* nominated, waiting for the host */
    DOSSIER_ACCEPTED,
    DOSSIER_REOPENED, /* accepted; an amendment asks again, the old acceptance stands */
    DOSSIER_REFUSED,
    DOSSIER_WITHDRAWN,  /* final, also against an acceptance made at the same time */
    DOSSIER_TRANSCRIPT, /* accepted, and a transcript was issued */
    DOSSIER_VOID,       /* the nomination itself was refused by a rule */
    DOSSIER_WAITLISTED,
    DOSSIER_ARRIVED,
    DOSSIER_EXTENDING, /* arrived; the home asks for a longer stay */
    DOSSIER_DEPARTED,
    DOSSIER_RECOGNISED, /* of the newest transcript */
    DOSSIER_REVOKED,    /* the host took its acceptance back; final */

    /* An agreement. */
    DOSSIER_OFFERED,          /* the opener's terms wait for the other */
    DOSSIER_COUNTERED,        /* the other's terms wait for the opener */
    DOSSIER_DECLINED,         /* no terms are open: either may propose again */
    DOSSIER_TAKEN_BACK,       /* the same, by the author's own wish */
    DOSSIER_IN_FORCE,         /* both spoke for the same terms */
    DOSSIER_CHANGE_OFFERED,   /* in force; the opener's new terms wait */
    DOSSIER_CHANGE_COUNTERED, /* in force; the other's new terms wait */
    DOSSIER_ENDED,            /* terminated with notice; final */
    DOSSIER_VOID_TERMS,       /* the opening terms broke a rule */

    /* A notice. */
    DOSSIER_FACTSHEET,
    DOSSIER_GRADING,
    DOSSIER_COURSES,
    DOSSIER_RETRACTED, /* taken back; a new revision may follow */
    DOSSIER_VOID_NOTICE,
    DOSSIER_STATE_COUNT,
    /* Only in transitions: accepted, arrived or departed, whichever the stay has come to; and
     * whichever the talks about an agreement have come to. */
    DOSSIER_STAY = DOSSIER_STATE_COUNT,
    DOSSIER_TALKS,
};

/* What a record of one kind says, as far as the transitions tell it apart. */
enum dossier_word {
    DOSSIER_WORD_ANY, /* in a transition: whatever it says */
    DOSSIER_ACCEPTS,
    DOSSIER_REFUSES,
    DOSSIER_WAITLISTS,
    DOSSIER_KEEPS,
    DOSSIER_REOPENS,
    DOSSIER_BY_HOME,
    DOSSIER_BY_HOST,
    DOSSIER_OF_ACCEPTANCE, /* the author's own, and in force */
    DOSSIER_OF_TRANSCRIPT,
    DOSSIER_OF_RECOGNITION,
    DOSSIER_BY_OPENER,
    DOSSIER_BY_OTHER,
    DOSSIER_OF_NOMINATION, /* of a refusal: what it makes void */
    DOSSIER_OF_TERMS,
    DOSSIER_OF_NOTICE,
    DOSSIER_WORD_COUNT
};

/* One record as the fold needs it. Filled from a header or from a store row. */
struct dossier_entry {
    uint32_t lane, index;
    struct digest id, previous, seen_id, target, supersedes;
    bool has_seen;
    uint32_t seen_index;
    uint32_t kind, schema;
    uint32_t outcome, change, code;
    /* Set by the fold: */
    bool folded;       /* in the causal past of nothing missing, and on an unforked lane */
    bool void_;        /* a refusal names it */
    bool out_of_turn;  /* folded, understood, neither void nor a refusal, and without effect */
    uint32_t question; /* of a revision that took effect: the index of the nomination or re-opening
                        * amendment that asked what it belongs to */
};

struct dossier {
    enum dossier_state state;
    struct digest revision; /* the nomination or amendment now in force or asked about; the terms
                               in force, before that the newest open ones; the newest notice */
    struct digest decided;  /* the revision that the binding decision named; zero: none */
    struct digest decision; /* the binding decision's id; zero: none */
    struct digest arrival;  /* the newest; zero: none. Likewise all below */
    struct digest departure;
    struct digest extending;       /* the longer stay that the home asks for, not answered yet */
    struct digest extension;       /* the one that the host granted or accepted last */
    struct digest transcript;      /* newest credit record that nothing supersedes */
    struct digest recognition;     /* newest one of that transcript */
    struct digest revocation;      /* what took the acceptance back */
    struct digest learning;        /* newest learning agreement, approved or not */
    struct digest learning_agreed; /* the one that the host approved last */
    struct digest offers[2];       /* open terms of each lane */
    struct digest in_force;        /* terms for which both spoke last */
    struct digest termination;
    struct digest contacts[2]; /* newest contacts of each lane */
    uint32_t lengths[2];       /* folded records of each lane */
    struct digest heads[2];    /* last folded id of each lane; zero when none */
    bool forked[2];
    uint32_t incomplete;     /* held, but previous or seen is missing, or behind a fork */
    uint32_t not_understood; /* of an unknown schema: counted, folded as nothing */
};

/* How far to fold: lane 0 up to limits[0] records, lane 1 up to limits[1]; UINT32_MAX: all. The
 * author's own view of a record is its causal past: judged with it, a race is no offence. */
struct dossier_limits {
    uint32_t lengths[2];
};

void dossier_entry_of(const struct header *header, struct dossier_entry *out);

/* entries: all records held of one dossier, in any order; sorted in place by (lane, index, id). */
void dossier_fold(struct dossier_entry *entries, size_t count, struct dossier_limits limits,
                  struct dossier *out);

/* Which family a state belongs to; KIND_FAMILIES: none yet. */
enum kind_family dossier_family(enum dossier_state state);
/* The states of a family as bits; a dossier of which nothing can be read yet counts as a mobility.
 */
uint64_t dossier_family_states(enum kind_family family);

/* `pending`, `accepted`, ... for programs; and a sentence that says who must act. */
const char *dossier_state_code(enum dossier_state state);
const char *dossier_state_sentence(enum dossier_state state);
/* The state of this code; -1: there is none. */
int dossier_state_find(const char *code);

/* A transition of the table, for the documentation and for tests; NULL past the end. */
struct dossier_transition {
    enum dossier_state from;
    uint32_t kind;
    enum dossier_word word;
    enum dossier_state to;
    const char *sentence;
};
const struct dossier_transition *dossier_transition(size_t row);
/* `accept`, `by the home`, `the transcript`; empty for DOSSIER_WORD_ANY. */
const char *dossier_word_text(enum dossier_word word);
