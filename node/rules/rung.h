/* What the ladders are made of: a step is a list of rungs, a rung is one rule. Own to this folder.
 */
#pragma once

#include "rules/rules.h"

struct rung {
    struct rules_row row;
    /* element is 0 for a rung without `each`. What another rung reports is no matter of this one: a
     * field that is absent or malformed is passed by all but its own. */
    bool (*holds)(const struct rules_case *subject, size_t element);
    /* How many elements the rung is asked about; NULL: once, about the whole. */
    size_t (*each)(const ProtobufCMessage *body);
    /* What there is instead, in numbers; NULL: the row says all. */
    void (*got)(const struct rules_case *subject, char out[static RULES_GOT_MAX]);
};

struct rung_step {
    const struct rung *rungs;
    size_t count;
};

/* Fields of a body: NULL is an absent text. */
bool rung_given(const char *text, bool (*form)(struct bytes text));
bool rung_absent_or(const char *text, bool (*form)(struct bytes text));
bool rung_line(const char *text, size_t characters_max); /* must be there */
bool rung_line_absent_or(const char *text, size_t characters_max);
bool rung_text_absent_or(const char *text, size_t characters_max); /* more lines than one */
bool rung_code(const char *text, const char *const codes[]);       /* codes end with NULL */
/* The first year of an academic year or of a date, once its form holds. */
int rung_year_first(const char *text);

/* `YYYY-MM-DD` as days since 1970; false when it is absent or no real date. */
bool rung_date(const char *text, int64_t *days);
/* Absent, malformed, or within the years 2000 to 2100. */
bool rung_date_plausible(const char *text);
/* Absent, malformed, or the second not before the first. */
bool rung_dates_ordered(const char *first, const char *second);
