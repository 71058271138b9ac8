/* The world of a story: what it is made of, and how its time goes by. */
#pragma once

#include "sim/play.h"

/* Before the nodes are named. */
bool scene_seed(struct play *play, const struct play_line *line);
bool scene_model(struct play *play, const struct play_line *line);
bool scene_on_disk(struct play *play, const struct play_line *line);
bool scene_calls_out(struct play *play, const struct play_line *line);
bool scene_lodges(struct play *play, const struct play_line *line);

/* Each word an institution. The world begins. */
bool scene_nodes(struct play *play, const struct play_line *line);

bool scene_run(struct play *play, const struct play_line *line);
bool scene_settle(struct play *play, const struct play_line *line);
bool scene_settle_within(struct play *play, const struct play_line *line);
