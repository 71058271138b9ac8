/* What goes wrong in a year: the ready scenarios, their parameters, and how people name them. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A whole number within limits; of a country its two letters, see scenario_country. */
struct scenario_parameter {
    const char *name;
    const char *unit; /* `%`, `days`, `country` ... */
    int64_t otherwise, low, high;
    const char *meaning;
};

/* Who of the network is meant, and what befalls them: ordeal.c makes acts of it. */
enum scenario_kind {
    SCENARIO_NONE,
    SCENARIO_DARK,
    SCENARIO_CUT_OFF,
    SCENARIO_CATALOGUE,
    SCENARIO_FLOOD,
    SCENARIO_VERSIONS,
    SCENARIO_RESTORED,
    SCENARIO_SHUTDOWN,
    SCENARIO_SLOW,
    SCENARIO_COUNT
};

struct scenario {
    enum scenario_kind kind;
    const char *name;
    const char *sentence; /* what it is, in one line */
    const char *how;      /* what is done to which node and when, and what is left out */
    const struct scenario_parameter *parameters; /* its own, up to one without a name */
};

/* NULL past the end. */
const struct scenario *scenario_at(size_t index);
/* Those that every scenario has, up to one without a name. */
const struct scenario_parameter *scenario_common(void);

enum { SCENARIO_OWN_MAX = 6, SCENARIO_COMMON_MAX = 10 };

/* A scenario and the values of its parameters. */
struct scenario_choice {
    const struct scenario *scenario;
    int64_t own[SCENARIO_OWN_MAX], common[SCENARIO_COMMON_MAX];
};

/* Why a text is none: a sentence for the person who typed it. */
enum { SCENARIO_REFUSAL_SIZE = 240 };
struct scenario_refusal {
    char text[SCENARIO_REFUSAL_SIZE];
};

/* `dark`, `dark:share=20,days=3`. */
bool scenario_choose(const char *text, struct scenario_choice *out, struct scenario_refusal *why);
/* `share=20,days=3`; empty: nothing is changed. A name that stands among both belongs to the
 * scenario. */
bool scenario_set(struct scenario_choice *choice, const char *text, struct scenario_refusal *why);
/* The parameter of this name, or NULL, and where its value is kept. */
const struct scenario_parameter *scenario_find(struct scenario_choice *choice, const char *name,
                                               int64_t **value);
/* Of a parameter that it has. */
int64_t scenario_value(const struct scenario_choice *choice, const char *name);

bool scenario_has(const struct scenario_choice *choice, const char *name);

/* Institutions of a network of so many join and leave in its year. */
bool scenario_members_change(const struct scenario_choice *choice, size_t institutions);

/* `DE` as a value and back; 0 is none of them. */
int64_t scenario_country(const char letters[static 2]);
void scenario_country_text(int64_t country, char out[static 3]);
/* As people would type it: `20`, `DE`. */
enum { SCENARIO_VALUE_SIZE = 24 };
void scenario_value_text(const struct scenario_parameter *parameter, int64_t value,
                         char out[static SCENARIO_VALUE_SIZE]);
/* `dark:share=20`: what is not as it is by itself; false when it does not fit. */
bool scenario_text(const struct scenario_choice *choice, char *out, size_t size);
