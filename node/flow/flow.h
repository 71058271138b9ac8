/* Who sends students where, and what happens to them and to the nodes in the course of a year: data
 * only, made from files, from statistics and from a seed.
 *
 * A network comes from flow_make.h (built in), flow_data.h (the published sample), flow_csv.h and
 * flow_graphml.h (anybody's own); flow_cut.h takes a part of it, flow_measure.h says what it is
 * like, and flow_year.h makes the deeds of a year of it. The same input and seed give the same
 * network and the same year on every machine: there is no floating point in any of them. */
#pragma once

#include "base/arena.h"
#include "base/fault.h"

enum {
    FLOW_INSTITUTIONS_MAX = 20000,
    FLOW_LINKS_MAX = 1000000,
    FLOW_STUDENTS_MAX = 100000, /* of one link */
    FLOW_TOTAL_MAX = 10000000,  /* students of a whole network */
    FLOW_NAME_MAX = 200,        /* bytes of an institution's name */
    FLOW_COUNTRY_SIZE = 3,
};

struct flow_institution {
    const char *schac; /* its name among nodes: distinct, lower case */
    char
        country[FLOW_COUNTRY_SIZE]; /* ISO 3166-1 alpha-2, `UK` and `GR` as the field writes them */
    const char *name;               /* as people write it; never NULL */
    const char *given; /* what its file called it, where that is no SCHAC; NULL: nothing else */
};

/* Students of one year whom `from` sends to `to`: at least one, never to itself, one link for each
 * direction of a pair. Sorted by (from, to). */
struct flow_link {
    uint32_t from, to, students;
};

struct flow_network {
    const struct flow_institution *institutions;
    size_t count;
    const struct flow_link *links;
    size_t link_count;
    size_t unsaid; /* links whose students no file said: one each */
};

/* What happens in a year. A mobility's deeds carry its number (from 0, over all links in their
 * order), and `from` is who acts: the home in a nomination, the host in an answer. */
enum flow_kind {
    FLOW_NOMINATE,   /* the home nominates a student */
    FLOW_ACCEPT,     /* the host's answer: one of these two */
    FLOW_REFUSE,     /* and nothing follows */
    FLOW_TRANSCRIPT, /* the host's, after the stay */
    FLOW_CORRECT,    /* the same transcript, corrected */
    FLOW_RECOGNISE,  /* the home recognises what was brought back */
    /* Of a node: `to` is `from`; the number is an enum flow_rest, or counts. */
    FLOW_SLEEP, /* switched off; the number says why */
    FLOW_WAKE,  /* and on again */
    FLOW_JOIN,  /* on the membership list from now on; until then nothing happens there */
    FLOW_LEAVE, /* and no longer */
    FLOW_RENAME,
    FLOW_CODE, /* another Erasmus code */
    FLOW_KINDS
};

enum flow_rest { FLOW_NIGHT, FLOW_PATCH, FLOW_SUMMER, FLOW_RESTS };

struct flow_deed {
    int64_t at_us; /* since the year's beginning, see flow_year.h; never negative */
    enum flow_kind kind;
    uint32_t from, to, number;
};

/* `nominate`, `summer`: for tables and files. */
const char *flow_kind_word(enum flow_kind kind);
const char *flow_rest_word(enum flow_rest rest);

/* Students of all links. */
uint64_t flow_students(const struct flow_network *network);
/* By its SCHAC; network->count when it is not there. */
size_t flow_find(const struct flow_network *network, const char *schac);
