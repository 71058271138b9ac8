/* A setting explained to who has to choose its value. */
#pragma once

#include "io/setting.h"

/* A paragraph with the name, the effect, what may stand there, the default and an example; NULL
 * when the arena is spent. */
const char *setting_text_explain(const struct setting *setting, struct arena *arena);
/* All of them, a blank line between two. */
const char *setting_text_all(struct arena *arena);
