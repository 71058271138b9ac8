/* Countries by the names that people write. */
#pragma once

/* A code with its names, folded and divided by blanks. */
struct import_place {
    const char *code, *names;
};

/* ISO 3166-1 alpha-2, with alpha-3 and names in English, French and Dutch; ended by NULL. */
extern const struct import_place import_place_countries[];
