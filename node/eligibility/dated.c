#include "eligibility/dated.h"

#include "eligibility/dated_file.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* Where the rows of one setting stand. */
struct run {
    const char *setting;
    size_t first, end;
};

struct dated {
    struct arena *arena;
    struct dated_row *rows; /* DATED_ROWS_MAX of them */
    struct run *runs;       /* as many at the most, in the order of their settings */
    size_t count, run_count;
    struct digest edition;
};

/* clang-format off */
static const char shipped[] =
#include <programme.csv.h>
    ;
/* clang-format on */

struct bytes dated_shipped(void)
{
    return (struct bytes) {(const uint8_t *)shipped, sizeof shipped - 1};
}

struct dated *dated_open(struct arena *arena)
{
    struct dated *dated = arena_take(arena, sizeof *dated);
    if (!dated)
        return NULL;
    *dated = (struct dated) {.arena = arena};
    dated->rows = arena_take_array(arena, DATED_ROWS_MAX, sizeof *dated->rows);
    dated->runs = arena_take_array(arena, DATED_ROWS_MAX, sizeof *dated->runs);
    return dated->rows && dated->runs ? dated : NULL;
}

/* ---- reading -----------------------------------------------------------------------------------
 */

/* Of one name, the row that counts before the others comes first. */
static int compare(const void *left, const void *right)
{
    const struct dated_row *one = left, *other = right;
    int order = strcmp(one->setting, other->setting);
    if (!order)
        order = strcmp(one->of, other->of);
    if (order)
        return order;
    if (!*one->institution != !*other->institution)
        return *one->institution ? -1 : 1;
    if (one->over != other->over)
        return one->over ? -1 : 1;
    return (one->from < other->from) - (one->from > other->from);
}

struct adding {
    struct dated *dated;
    bool over, full;
};

static enum verdict row_add(void *self, const struct dated_row *row)
{
    struct adding *adding = self;
    struct dated *dated = adding->dated;
    adding->full = dated->count == DATED_ROWS_MAX;
    if (adding->full)
        return VERDICT_MALFORMED;
    dated->rows[dated->count] = *row;
    dated->rows[dated->count++].over = adding->over;
    return VERDICT_FINE;
}

static void runs_make(struct dated *dated)
{
    dated->run_count = 0;
    for (size_t i = 0; i < dated->count; i++) {
        const char *setting = dated->rows[i].setting;
        struct run *run = dated->runs + dated->run_count;
        if (i && strcmp(run[-1].setting, setting) == 0)
            run[-1].end = i + 1;
        else
            dated->runs[dated->run_count++] = (struct run) {setting, i, i + 1};
    }
}

enum verdict dated_add(struct dated *dated, struct bytes text, bool over,
                       struct dated_refusal *refusal)
{
    struct adding adding = {dated, over, false};
    size_t before = dated->count;
    *refusal = (struct dated_refusal) {0};
    enum verdict verdict = dated_file_read(text, dated->arena, row_add, &adding, refusal);
    if (adding.full)
        *refusal = (struct dated_refusal) {.expected = "4,000 rows at most, with those shipped"};
    if (verdict)
        dated->count = before;
    else
        digest_of_pair(DIGEST_RULES, digest_bytes(&dated->edition), text, &dated->edition);
    qsort(dated->rows, dated->count, sizeof *dated->rows, compare);
    runs_make(dated);
    return verdict;
}

const struct digest *dated_edition(const struct dated *dated)
{
    return &dated->edition;
}

/* ---- finding -----------------------------------------------------------------------------------
 */

static const struct run *run_find(const struct dated *dated, const char *setting)
{
    size_t low = 0, high = dated->run_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(dated->runs[middle].setting, setting);
        if (order == 0)
            return &dated->runs[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

/* The rows of one name, or none. */
static struct run named_find(const struct dated *dated, const char *setting, const char *of)
{
    const struct run *run = run_find(dated, setting);
    if (!run)
        return (struct run) {0};
    size_t low = run->first, high = run->end;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(dated->rows[middle].of, of) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    struct run found = {setting, low, low};
    while (found.end < run->end && strcmp(dated->rows[found.end].of, of) == 0)
        found.end++;
    return found;
}

const struct dated_row *dated_find(const struct dated *dated, const char *setting, const char *of,
                                   const char *institution, int64_t day)
{
    struct run named = named_find(dated, setting, of);
    for (size_t i = named.first; i < named.end; i++) {
        const struct dated_row *row = &dated->rows[i];
        if ((!*row->institution || strcmp(row->institution, institution) == 0) &&
            row->from <= day && day <= row->until)
            return row;
    }
    return NULL;
}

bool dated_known(const struct dated *dated, const char *setting, const char *of)
{
    struct run named = named_find(dated, setting, of);
    return named.first < named.end;
}

const struct dated_row *dated_row(const struct dated *dated, size_t index)
{
    return index < dated->count ? &dated->rows[index] : NULL;
}
