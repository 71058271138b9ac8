/* A node whose signing key serves somebody who does not keep the rules: records are crafted past
 * the engine into its store, and its honest engine sends them. The node is restarted by it. */
#pragma once

#include "sim/play.h"

/* words: node, dossiers (a range goes under one seal), shape; and the partner where the dossier is
 * new. The shapes:
 *
 *   unknown        of a schema that nobody knows
 *   malformed      its body is no protobuf
 *   spoilt         of a range, the one numbered 1 is malformed
 *   forged         its seal's signature does not hold
 *   swapped        its body is another one than its header commits to
 *   stripped       its seal is signed with zeros
 *   misplaced      its seal is good, and of other records
 *   abroad         its seal is good, and for another audience
 *   twisted        its seal is signed as receipts are
 *   contradicting  its body says another year than its claim
 *   fork           a withdrawal, or the host's refusal, at the index of the newest own record
 *   ahead          two amendments, the first of which is withheld
 *   early          the host says that the stay ended in 2020
 *   beyond         the home recognises a component that the transcript does not have
 *   alien          the home revokes the host's acceptance */
bool adversary_crafts(struct play *play, const struct play_line *line);
/* The same; the partner holds it already, unread, as an older version of it would. */
bool adversary_plants(struct play *play, const struct play_line *line);
/* words: node, new dossier, dossier whose name it takes, partner. */
bool adversary_opens(struct play *play, const struct play_line *line);
/* words: node. */
bool adversary_sends(struct play *play, const struct play_line *line);
