/* What befalls the network of a story. */
#pragma once

#include "sim/play.h"

/* For every frame from now on. */
bool mishap_network_set(struct play *play, const struct play_line *line);

/* On some ways, until it is mended or healed. A place is a node or a country. */
bool mishap_network_cut(struct play *play, const struct play_line *line);
bool mishap_network_mend(struct play *play, const struct play_line *line);
bool mishap_network_delay(struct play *play, const struct play_line *line);
bool mishap_network_clog(struct play *play, const struct play_line *line);
bool mishap_network_half_open(struct play *play, const struct play_line *line);
bool mishap_network_isolate(struct play *play, const struct play_line *line);
bool mishap_network_one_way(struct play *play, const struct play_line *line);
bool mishap_network_halves(struct play *play, const struct play_line *line);
bool mishap_network_countries(struct play *play, const struct play_line *line);
bool mishap_network_ring(struct play *play, const struct play_line *line);
bool mishap_network_heal(struct play *play, const struct play_line *line);

/* Whether frames carry such a thing; and whether a step is made of one, or of something else. Says
 * otherwise that the line is wrong, and which there are. */
bool mishap_network_carried(struct play *play, const char *word);
bool mishap_network_stepped(struct play *play, const char *word);

/* On frames that carry a certain thing: words what, from, to. */
bool mishap_network_drop(struct play *play, const struct play_line *line);
bool mishap_network_drop_number(struct play *play, const struct play_line *line);
bool mishap_network_drop_every(struct play *play, const struct play_line *line);
bool mishap_network_pass(struct play *play, const struct play_line *line);
bool mishap_network_corrupt(struct play *play, const struct play_line *line);
bool mishap_network_break(struct play *play, const struct play_line *line);
bool mishap_network_keep(struct play *play, const struct play_line *line);
bool mishap_network_replay(struct play *play, const struct play_line *line);
/* words: as if it came from one node, before another. */
bool mishap_network_replay_as(struct play *play, const struct play_line *line);

/* The world's tap; self is the play. */
bool mishap_network_tap(void *self, struct world *world, const struct world_passing *passing);
