#include "admin/deadline.h"

#include "base/instant.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DAYS_IN_WEEK = 7, SECOND_HALF = 7, /* July */ EPOCH = 1970, YEAR_MAX = 9000 };

static const struct {
    const char *code, *sentence;
} rows[] = {
    [DEADLINE_NOMINATIONS] = {"nominations", "last day for nominations of this term at the host"},
    [DEADLINE_APPLICATIONS] = {"applications",
                               "last day for the students' own applications at the host"},
    [DEADLINE_DECISION] = {"decision", "the host answers the nomination"},
    [DEADLINE_LEARNING] = {"learning", "the learning agreement is approved before the stay begins"},
    [DEADLINE_TRANSCRIPT] = {"transcript", "the host issues the transcript"},
    [DEADLINE_RECOGNITION] = {"recognition", "the home recognises the credits"},
};

static_assert(sizeof rows / sizeof *rows == DEADLINE_KIND_COUNT, "a row for each");

const char *deadline_code(enum deadline_kind kind)
{
    assert(kind < DEADLINE_KIND_COUNT);
    return rows[kind].code;
}

const char *deadline_sentence(enum deadline_kind kind)
{
    assert(kind < DEADLINE_KIND_COUNT);
    return rows[kind].sentence;
}

static bool leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int days_in(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    assert(month >= 1 && month <= 12);
    return days[month - 1] + (month == 2 && leap(year));
}

static int64_t first_of(int year)
{
    int64_t before = year - 1, epoch = EPOCH - 1;
    return (before - epoch) * 365 + (before / 4 - epoch / 4) - (before / 100 - epoch / 100) +
           (before / 400 - epoch / 400);
}

static int two(const char *text)
{
    return (text[0] - '0') * 10 + (text[1] - '0');
}

int64_t deadline_day(int year, const char *month_day)
{
    assert(strlen(month_day) == 5);
    int month = two(month_day), day = two(month_day + 3);
    int64_t days = first_of(year);
    for (int before = 1; before < month; before++)
        days += days_in(year, before);
    return days + (day > days_in(year, month) ? days_in(year, month) : day) - 1;
}

int deadline_year(int64_t day)
{
    int year = EPOCH + (int)(day / 366);
    while (first_of(year + 1) <= day)
        year++;
    return year;
}

void deadline_date(int64_t day, char out[static DEADLINE_DATE_SIZE])
{
    int year = deadline_year(day), month = 1;
    int64_t rest = day - first_of(year);
    while (rest >= days_in(year, month))
        rest -= days_in(year, month++);
    snprintf(out, DEADLINE_DATE_SIZE, "%04u-%02u-%02u", (unsigned)year % 10000,
             (unsigned)month % 100, (unsigned)(rest + 1) % 100);
}

int64_t deadline_before(const char *month_day, int64_t day)
{
    int64_t same = deadline_day(deadline_year(day), month_day);
    return same <= day ? same : deadline_day(deadline_year(day) - 1, month_day);
}

static int64_t after(const char *month_day, int64_t day)
{
    int64_t same = deadline_day(deadline_year(day), month_day);
    return same >= day ? same : deadline_day(deadline_year(day) + 1, month_day);
}

void deadline_of_term(const Peregrin__NoticeTerm *term, bool southern, int year,
                      struct deadline_term *out)
{
    bool first = southern || two(term->starts) >= SECOND_HALF;
    *out = (struct deadline_term) {
        .starts = deadline_day(first ? year : year + 1, term->starts),
        .has_ends = term->ends,
        .has_nominations = term->nominations,
        .has_applications = term->applications,
        .has_results = term->results && term->ends,
    };
    if (term->ends)
        out->ends = after(term->ends, out->starts);
    if (term->nominations)
        out->nominations = deadline_before(term->nominations, out->starts);
    if (term->applications)
        out->applications = deadline_before(term->applications, out->starts);
    if (out->has_results)
        out->results = after(term->results, out->ends);
}

/* How far a day is from a term; within it: not at all. */
static int64_t far_from(const struct deadline_term *term, int64_t day)
{
    if (term->has_ends && term->starts <= day && day <= term->ends)
        return 0;
    return day < term->starts ? term->starts - day : day - term->starts;
}

bool deadline_term_find(const Peregrin__Factsheet *sheet, const Peregrin__Nomination *nomination,
                        struct deadline_term *out)
{
    int64_t first = 0, nearest = INT64_MAX;
    bool dated =
        nomination->start && instant_date(bytes_text(nomination->start), &first) && first > 0;
    int year = nomination->year ? (int)strtol(nomination->year, NULL, 10) : 0;
    int last = year + (sheet->southern && dated);
    if (year < EPOCH || year > YEAR_MAX || (!dated && !nomination->has_term))
        return false;
    for (size_t i = 0; i < sheet->n_terms; i++)
        for (int each = year; each <= last; each++) {
            struct deadline_term term;
            if (!sheet->terms[i]->starts ||
                (nomination->has_term && sheet->terms[i]->term != nomination->term))
                continue;
            deadline_of_term(sheet->terms[i], sheet->southern, each, &term);
            int64_t far = dated ? far_from(&term, first) : 0;
            if (far >= nearest)
                continue;
            nearest = far;
            *out = term;
        }
    return nearest != INT64_MAX;
}

bool deadline_results(const Peregrin__Factsheet *sheet, const Peregrin__Nomination *nomination,
                      bool longer, int64_t last, int64_t *out)
{
    struct deadline_term term;
    int64_t first = INT64_MAX;
    int year = nomination->year ? (int)strtol(nomination->year, NULL, 10) : 0;
    if (nomination->has_term && !longer) {
        bool found = deadline_term_find(sheet, nomination, &term) && term.has_results;
        *out = found && term.results > last ? term.results : last;
        return found;
    }
    for (size_t i = 0; year >= EPOCH && year <= YEAR_MAX && i < sheet->n_terms; i++)
        for (int each = year; each <= year + sheet->southern; each++) {
            if (!sheet->terms[i]->starts)
                continue;
            deadline_of_term(sheet->terms[i], sheet->southern, each, &term);
            if (term.has_results && term.results >= last && term.results < first)
                first = term.results;
        }
    *out = first;
    return first != INT64_MAX;
}

int64_t deadline_weeks(int64_t day, uint32_t weeks)
{
    return day + (int64_t)(weeks ? weeks : DEADLINE_WEEKS) * DAYS_IN_WEEK;
}
