/* Rules about credits: of a transcript, of a learning agreement, of a recognition, of one unit.
 * Their limits are settings, with dates and of an institution: nothing here knows a number of its
 * own. */
#pragma once

#include "grade/credits.h"

enum credits_rule {
    CREDITS_YEAR_MAX,     /* so many in an academic year */
    CREDITS_HOURS,        /* so many hours each */
    CREDITS_WHOLE,        /* no halves */
    CREDITS_UNIT_MIN,     /* a unit has at least so many */
    CREDITS_WEEK_MAX,     /* a full-time week yields at most so many */
    CREDITS_ALL_OR_NONE,  /* what a unit offers, or nothing */
    CREDITS_FAILED,       /* nothing for what was failed */
    CREDITS_SUM,          /* it adds up */
    CREDITS_PROPORTIONAL, /* a plan is roughly proportional to the stay */
    CREDITS_LISTED,       /* what was agreed stands there, passed or failed */
    CREDITS_PERIOD,       /* a transcript ends with the stay, and before it is issued */
    CREDITS_RULES
};

enum credits_severity { CREDITS_OFF, CREDITS_WARNS, CREDITS_REFUSES };

struct credits_rules_row {
    const char *id;       /* `credits.week` */
    const char *compares; /* what with what */
    const char *sentence; /* what does not hold */
    const char *remedy;
    enum credits_severity severity; /* where the institution says nothing */
    const char *settings[3];        /* that it compares with; NULL: no more */
};
const struct credits_rules_row *credits_rules_row(enum credits_rule rule);

/* The settings by their names, as a dated file has them. */
struct credits_limits {
    uint32_t year_max;             /* hundredths */
    uint32_t hours_min, hours_max; /* for one credit */
    uint32_t whole;                /* 1: whole credits only */
    uint32_t unit_min;             /* hundredths; 0: none */
    uint32_t week_max;             /* hundredths; 0: none */
    uint32_t year_days;            /* of studies, in which a whole year's credits are planned */
    uint32_t apart;                /* hundredths a year: how far a plan may be from that */
    uint32_t severities[CREDITS_RULES]; /* enum credits_severity */
};
/* Nothing is limited, every rule as severe as its row says. */
struct credits_limits credits_rules_none(void);
/* `credits.year_max` to `60`, `credits.week` to `warn`. False: no such setting, or no such value.
 */
bool credits_rules_set(struct credits_limits *limits, const char *name, struct bytes value);
/* The names of the settings that are numbers, one after the other; NULL past the end. */
const char *credits_rules_setting(size_t index);

/* One component. What is not said is 0. */
struct credits_unit {
    uint32_t awarded, offered; /* hundredths */
    uint32_t hours;
    bool failed;
    bool beside; /* no part of the total: asked about by itself alone */
};

struct credits_subject {
    const struct credits_unit *units;
    size_t count;
    uint32_t total; /* as it is written under them */
    uint32_t days;  /* of the stay, both ends included; 0: not known */
    bool planned;   /* a learning agreement; otherwise what came of it */
    size_t agreed;  /* units of the host that the learning agreement names; 0: none is known */
    size_t listed;  /* that many of them stand here */
    /* The last day that it speaks of, and the last that it can: YYYY-MM-DD; NULL: not known. */
    const char *end, *until;
    uint32_t apart; /* hundredths beside the total, taken in the same weeks: at a distance */
};

enum { CREDITS_ELEMENT_NONE = SIZE_MAX };

struct credits_finding {
    enum credits_rule rule;
    enum credits_severity severity;
    size_t element;             /* the unit, or CREDITS_ELEMENT_NONE */
    const char *expected, *got; /* NULL when the arena is spent */
};

/* Calls back for all that does not hold and is not off; gives their number. */
typedef void credits_rules_report(void *self, const struct credits_finding *finding);
size_t credits_rules_check(const struct credits_subject *subject,
                           const struct credits_limits *limits, struct arena *arena,
                           credits_rules_report *report, void *self);
