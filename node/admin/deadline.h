/* When something must be done: days of the calendar, from what factsheets and records say. Pure:
 * today is the caller's matter, in the zone of whom the day is about. */
#pragma once

#include "mobility.pb-c.h"
#include "notice.pb-c.h"

#include <stdbool.h>
#include <stdint.h>

enum deadline_kind {
    DEADLINE_NOMINATIONS,  /* of a term, at the host */
    DEADLINE_APPLICATIONS, /* the students' own */
    DEADLINE_DECISION,     /* on a nomination */
    DEADLINE_LEARNING,     /* the agreement, before the stay begins */
    DEADLINE_TRANSCRIPT,
    DEADLINE_RECOGNITION,
    DEADLINE_KIND_COUNT,
};

enum {
    DEADLINE_WEEKS = 5, /* for a transcript and for its recognition, where nobody says another */
    DEADLINE_DATE_SIZE = 11, /* `YYYY-MM-DD` */
};

/* `transcript`, and a sentence that says what is to be done. */
const char *deadline_code(enum deadline_kind kind);
const char *deadline_sentence(enum deadline_kind kind);

/* A month and day of a year as days since 1970; 29 February is the last of February where there is
 * none. The month and day have their form. */
int64_t deadline_day(int year, const char *month_day);
/* The last such day that is not after another one. */
int64_t deadline_before(const char *month_day, int64_t day);
/* Days since 1970 as `YYYY-MM-DD`, and the year they are in. */
void deadline_date(int64_t day, char out[static DEADLINE_DATE_SIZE]);
int deadline_year(int64_t day);

/* The days of one term of the academic year that begins in `year`. In the north a term that begins
 * in the second half of the year is of its first calendar year, others of the second; in the south
 * the year is the calendar year. Nominations and applications are before the term; it ends on the
 * first such day after its beginning, and its results are out after that. */
struct deadline_term {
    int64_t starts, ends, nominations, applications, results;
    bool has_ends, has_nominations, has_applications, has_results;
};
void deadline_of_term(const Peregrin__NoticeTerm *term, bool southern, int year,
                      struct deadline_term *out);

/* The term that a nomination is for, by the calendar of its host: that which it names; where it
 * names none, that in which the stay begins, or which is the nearest to its beginning.
 *
 * `2026/2027` of a northern home has parts of two southern years: the first day of the stay says
 * which of them it is, and without one it is that of 2026, as the host's own year would be called.
 * False: neither term nor day is named, or the factsheet has no such term. */
bool deadline_term_find(const Peregrin__Factsheet *sheet, const Peregrin__Nomination *nomination,
                        struct deadline_term *out);

/* The day on which the results of a stay are out, and never before its last day: those of its term;
 * of a stay that names none, or was made longer, the first that come out after it. False: the
 * factsheet does not say. */
bool deadline_results(const Peregrin__Factsheet *sheet, const Peregrin__Nomination *nomination,
                      bool longer, int64_t last, int64_t *out);

/* So many weeks later; 0: the usual five. */
int64_t deadline_weeks(int64_t day, uint32_t weeks);
