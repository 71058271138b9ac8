/* Chosen rows: `3,7-20`. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

/* Numbers from 1 and spans of them, divided by commas; blanks do not matter. */
bool import_choice_valid(const char *rows);
/* Of a valid choice; NULL chooses all. */
bool import_choice_has(const char *rows, size_t row);
