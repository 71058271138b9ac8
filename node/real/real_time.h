/* Time as it passes here: milliseconds of a clock that nobody sets. */
#pragma once

#include <stdint.h>

int64_t real_time_ms(void);
void real_time_pause(int64_t ms);
