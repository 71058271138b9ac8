/* Notices: what an institution says of itself to a partner. Each subject (the factsheet, a grading
 * table, the courses of a year) is a dossier of its own with each partner, and its newest revision
 * counts. */
#pragma once

#include "notice.pb-c.h"
#include "report/dossier_view.h"

/* Lives in the arena. */
struct notice {
    struct store_dossier row;
    struct dossier_view view;
    size_t newest;                /* in the view: the revision in force */
    const ProtobufCMessage *body; /* of the newest; NULL: erased or withheld */
    const char *subject;          /* as notice_subject; empty without a body */
};

/* All of a pair in these states (bits; 0: any of a notice), ours or theirs. */
enum fault notice_list(struct store *store, uint32_t pair, bool opened_by_partner, uint64_t states,
                       struct arena *arena, struct notice **out, size_t *count);

/* Loads one; the row is a notice's. */
enum fault notice_load(struct store *store, const struct store_dossier *row, struct arena *arena,
                       struct notice *out);

/* What tells notices of one sort apart: empty of a factsheet; of a grading table its scheme, field
 * and level: `be-20 0923 6`, with `-` for what is not said; of courses their year. NULL: no memory.
 */
const char *notice_subject(const ProtobufCMessage *body, struct arena *arena);

/* The state that a notice of this kind is in; -1: the kind is none of a notice. */
int notice_state(uint32_t kind);
/* And back: 0 of a retracted one, and of what is no notice. */
uint32_t notice_kind(enum dossier_state state);

/* Whether both say the same, whoever signs: without unit and officer. */
bool notice_same(const ProtobufCMessage *one, const ProtobufCMessage *other);

/* How many revisions took effect. */
size_t notice_revisions(const struct notice *notice);
