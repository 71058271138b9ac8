/* The table of settings: what each is called, may be, and does. The parser, the checks, the sample
 * and `peregrin config explain` all read it. */
#pragma once

#include "base/arena.h"

enum { SETTING_COUNT = 20 };

enum setting_type { SETTING_TEXT, SETTING_PATH, SETTING_TEXTS, SETTING_PATHS };

struct setting {
    const char *name;
    enum setting_type type;
    const char *fallback; /* NULL: must be given */
    const char *unit;     /* what the value is: `path`, `SCHAC domain` */
    const char *effect;   /* a sentence */
    const char *sample;
    size_t offset;                           /* in struct config */
    const char *(*wrong)(const char *value); /* NULL: fine; else `is ...` */
};

/* In the order of the sample; NULL past the end. */
const struct setting *setting_at(size_t index);
size_t setting_index(const struct setting *setting); /* its index */
bool setting_is_list(const struct setting *setting);
bool setting_is_path(const struct setting *setting);
/* By name; NULL: there is none. */
const struct setting *setting_find(const char *name);
/* The nearest name to one that does not exist; NULL: nothing is near. */
const char *setting_nearest(const char *name);

/* A value in the place of a sample's; several of one name make a list. */
struct setting_value {
    const char *name, *value;
};
/* The commented file with these values; what is not named has its sample, and settings that have a
 * default stand as comments. NULL when the arena is spent. */
const char *setting_compose(const struct setting_value *values, size_t count, struct arena *arena);
