/* The federation's authority in a story: it enrols keys, makes mistakes, and issues catalogues; and
 * the nodes that read them. What it has entered holds from the next catalogue that it issues. */
#pragma once

#include "sim/play.h"

/* words: node, and perhaps from when on. The node has the new key at once, and signs or dials with
 * it when the catalogue that it reads says so. */
bool authority_signing_key(struct play *play, const struct play_line *line);
bool authority_transport_key(struct play *play, const struct play_line *line);
/* words: node, and perhaps when. All of its keys but the newest of each use. */
bool authority_ends_keys(struct play *play, const struct play_line *line);
bool authority_revokes_keys(struct play *play, const struct play_line *line);

/* Wrong entries, and right ones. words: an institution, and whose node serves it, or whose newest
 * transport key its node has; or a node, which gets a key that nobody holds. */
bool authority_seats(struct play *play, const struct play_line *line);
bool authority_mistakes_key(struct play *play, const struct play_line *line);
bool authority_invents_key(struct play *play, const struct play_line *line);
/* words: node. Nobody can dial it any more. */
bool authority_strikes(struct play *play, const struct play_line *line);

/* words: the catalogue's name; the one of the beginning is called `first`. */
bool authority_issues(struct play *play, const struct play_line *line);
bool authority_issues_weakly(struct play *play, const struct play_line *line); /* one key too few */
bool authority_forges(struct play *play, const struct play_line *line); /* by keys of nobody */

/* words: node, catalogue; or catalogue alone for all that are up. It checks it as every node does,
 * believes it only when it is no older than the newest that its store knows, and starts anew. */
bool authority_read(struct play *play, const struct play_line *line);
bool authority_read_all(struct play *play, const struct play_line *line);
