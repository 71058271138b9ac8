/* The oracle's own book of a world: every record that a node ever kept, who has it, what was
 * receipted and what users were answered. It reads stores and believes no engine. */
#pragma once

#include "sim/world.h"

/* A record, by its author. */
struct ledger_record {
    struct digest id;
    size_t author, audience; /* institutions of the world */
    struct header_dossier dossier;
    bool opened_by_author;
    uint32_t lane, index, kind;
    uint64_t taken; /* the catalogue that its audience's node had when it held it first; 0: never */
    bool receipted; /* its author once held a receipt, if only in a group that was taken back */
    bool answered;  /* a user was told that it is kept */
    bool lost;      /* after a restore nobody had it any more: it may be missing, and its place
                       taken by another */
};

/* What is known of one institution. */
struct ledger_party {
    bool distrusted; /* its key serves an adversary: what it does binds nobody */
    bool restored;   /* it went back to a backup, once at least */
    uint64_t restores;
    uint64_t unanswered,
        ready; /* submissions without an answer; answered: it waits for the guard */
};

struct ledger;

/* NULL when memory is refused. */
struct ledger *ledger_open(const struct world *world);
void ledger_close(struct ledger *ledger);

/* Writes down what happened. NULL, or what cannot be: `I1: ...` (valid until the next call). */
const char *ledger_note(struct ledger *ledger, const struct world_event *event);
void ledger_distrust(struct ledger *ledger, size_t institution);

/* NULL past the end. */
const struct ledger_record *ledger_record(const struct ledger *ledger, size_t number);
const struct ledger_party *ledger_party(const struct ledger *ledger, size_t institution);
/* The one of this author and id; NULL: it was never seen. */
const struct ledger_record *ledger_find(const struct ledger *ledger, size_t author,
                                        const struct digest *id);
/* The store of this institution holds it: its author's, or its audience's. */
bool ledger_holds(struct ledger *ledger, size_t institution, const struct ledger_record *record);
/* Its author's store has the receipt, now and for good: between two groups only. */
bool ledger_shows(struct ledger *ledger, const struct ledger_record *record);
/* Whose store this is; an institution that lodges is at its host's. */
size_t ledger_home(const struct ledger *ledger, size_t institution);
/* `helmo.be 01J... lane 0 index 3`; valid until the next call. */
const char *ledger_name(struct ledger *ledger, const struct ledger_record *record);
