/* What befalls the disk of a node in a story. But for slowness and loss of power it needs stores on
 * disk. */
#pragma once

#include "sim/play.h"

/* words: node. No file can grow. */
bool mishap_disk_fills(struct play *play, const struct play_line *line);
/* words: node, call (open, read, write, truncate, sync, size), and the number of one from now on;
 * without it, all of them. */
bool mishap_disk_breaks(struct play *play, const struct play_line *line);
/* words: node, the number of a write from now on: half of it is written, and then it is full. */
bool mishap_disk_tears(struct play *play, const struct play_line *line);
/* words: node, how long a commit takes. */
bool mishap_disk_slow(struct play *play, const struct play_line *line);
/* words: node. Of what was not synced nothing stays; see mishap_power. */
bool mishap_disk_power_clean(struct play *play, const struct play_line *line);
/* words: node. Whatever was wrong with it. */
bool mishap_disk_mended(struct play *play, const struct play_line *line);

/* The same, whether it has a disk or not. */
void mishap_disk_heal(struct play *play, size_t node);
