/* Every line that a story can have. */
#pragma once

#include "sim/play.h"

struct story_table_row {
    const char *pattern;
    bool (*play)(struct play *play, const struct play_line *line);
};

/* NULL past the end. */
const struct story_table_row *story_table_row(size_t number);
/* It can stand before there is a world. */
bool story_table_early(size_t number);
