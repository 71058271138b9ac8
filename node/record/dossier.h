/* The fold: what the records of one mobility dossier mean together. Reads headers only.
 *
 * Pure and independent of the order in which records arrived: whoever holds the same records sees
 * the same state. The transition table at the top of dossier.c can be read aloud; what is not in it
 * is out of turn and changes nothing. */
#pragma once

#include "record/header.h"

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
    DOSSIER_STATE_COUNT,
    DOSSIER_STAY = DOSSIER_STATE_COUNT, /* in a transition: accepted, arrived or departed, whichever
                                         * the stay has come to */
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
    struct digest revision; /* the nomination or amendment now in force or asked about */
    struct digest decided;  /* the revision that the binding decision named; zero: none */
    struct digest decision; /* the binding decision's id; zero: none */
    struct digest arrival;  /* the newest; zero: none. Likewise all below */
    struct digest departure;
    struct digest extending;   /* the longer stay that the home asks for, not answered yet */
    struct digest extension;   /* the one that the host granted or accepted last */
    struct digest transcript;  /* newest credit record that nothing supersedes */
    struct digest recognition; /* newest one of that transcript */
    struct digest revocation;  /* what took the acceptance back */
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
