/* What a story says must be so. */
#pragma once

#include "sim/play.h"

bool expect_invariants(struct play *play, const struct play_line *line); /* see oracle.h */
bool expect_same(struct play *play, const struct play_line *line);
/* words: dossiers, state; then a node, or none: at both. */
bool expect_state(struct play *play, const struct play_line *line);
/* words: dossier, which, count, node. which: `incomplete`, `not-understood`, `records`,
 * `fork-of-opener`, `fork-of-other`; or, as its index in its lane, `revision`, `arrival`,
 * `departure`, `extension`, `transcript`, `recognition`. */
bool expect_dossier(struct play *play, const struct play_line *line);
/* words: dossier, which, node: it has none */
bool expect_none(struct play *play, const struct play_line *line);
/* words: which, count, node. which: `records`, `recovered`, `outbox`, `stuck`, `ready`, `armed` or
 * a counter. */
bool expect_count(struct play *play, const struct play_line *line);
/* words: node. The partner's records of each lane arrived in order. */
bool expect_order(struct play *play, const struct play_line *line);
/* words: node. The round trip of its last ping is known. */
bool expect_answered(struct play *play, const struct play_line *line);
