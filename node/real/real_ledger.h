/* What was asked of real nodes and what they answered: the book of an oracle that stands outside.
 *
 * A matter is one invented student from the nomination to the host's decision or transcript. Every
 * acknowledgement is written to a file of the ledger's own before it is used. Threads share it. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { REAL_LEDGER_ID = 65, REAL_LEDGER_DOSSIER = 27, REAL_LEDGER_KEY = 48, REAL_LEDGER_CODE = 40 };

enum real_deed {
    REAL_DEED_NOMINATION,
    REAL_DEED_AMENDMENT,
    REAL_DEED_SECOND_AMENDMENT,
    REAL_DEED_DECISION,
    REAL_DEED_TRANSCRIPT,
    REAL_DEED_COUNT,
    REAL_DEED_NONE = REAL_DEED_COUNT
};
/* As records are named: `nomination`, `amendment`, `decision`, `credit_record`. */
const char *real_ledger_kind(enum real_deed deed);

/* Why a dossier may be nowhere although it was acknowledged: nobody who had it was left. */
enum real_excuse {
    REAL_EXCUSE_NONE,
    REAL_EXCUSE_BOTH,   /* both sides were put back, at once, to before it */
    REAL_EXCUSE_UNSENT, /* its author was put back to before it, and nobody could have had it */
    REAL_EXCUSE_COUNT
};

struct real_matter {
    uint32_t number; /* its student */
    uint16_t author, partner;
    uint8_t amendments;   /* 0 to 2, before the decision */
    bool accepts, issues; /* a transcript follows, of some that are accepted */
    enum real_excuse excuse;
    char dossier[REAL_LEDGER_DOSSIER]; /* "": not answered yet */
    bool answered[REAL_DEED_COUNT];
    char ids[REAL_DEED_COUNT][REAL_LEDGER_ID]; /* "": answered without one, because it waited */
    bool busy;                                 /* a clerk is at it */
    int64_t not_before_ms;
    char refused[REAL_LEDGER_CODE]; /* what the last answer was that was none */
};

struct real_ledger;

/* NULL when the file cannot be made. Pairs and numbers of amendments come from the seed. */
struct real_ledger *real_ledger_open(const char *path, uint64_t seed, size_t nodes);
void real_ledger_close(struct real_ledger *ledger);

/* So many matters may have begun in all. */
void real_ledger_allow(struct real_ledger *ledger, uint64_t matters);
/* What this node is to do next: false when there is nothing now. The matter is copied, and the
 * clerk's until it is answered or put back. */
struct real_task {
    struct real_matter matter;
    enum real_deed deed;
};
bool real_ledger_next(struct real_ledger *ledger, size_t node, struct real_task *out);
struct real_acknowledgement {
    const char *dossier, *id; /* id "": it waits for its turn */
    bool repeated;            /* it had been done before: only the answer was lost */
};
void real_ledger_answered(struct real_ledger *ledger, const struct real_task *task,
                          const struct real_acknowledgement *answer);
/* The same key was asked once more, and this was the answer: it must be the one it got before. */
void real_ledger_answered_again(struct real_ledger *ledger, const struct real_task *task,
                                const struct real_acknowledgement *answer);
void real_ledger_put_back(struct real_ledger *ledger, const struct real_task *task,
                          const char *code);
/* The key under which this is asked, as often as it takes. */
void real_ledger_key(const struct real_task *task, char out[static REAL_LEDGER_KEY]);

/* What is to be done next in a matter; REAL_DEED_NONE: nothing more. */
enum real_deed real_ledger_next_deed(const struct real_matter *matter);
/* Nothing more is asked of it, and it may be nowhere. While no clerk is at work. */
void real_ledger_excuse(struct real_ledger *ledger, size_t number, enum real_excuse excuse);

struct real_ledger_sums {
    uint64_t matters, open, acknowledged;
    uint64_t repeated; /* asked again under their key, and done before */
    uint64_t contradictions;
    char contradiction[REAL_LEDGER_DOSSIER]; /* the dossier of the first of them */
};
struct real_ledger_sums real_ledger_sums(struct real_ledger *ledger);

/* While no clerk is at work. */
size_t real_ledger_count(const struct real_ledger *ledger);
const struct real_matter *real_ledger_matter(const struct real_ledger *ledger, size_t number);
/* NULL: nobody was told of such a dossier. */
const struct real_matter *real_ledger_find(const struct real_ledger *ledger, const char *dossier);
