#include "eligibility/dated.h"

#include "eligibility/dated_file.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

struct dated {
    struct arena *arena;
    struct dated_row *rows; /* DATED_ROWS_MAX of them */
    size_t count;
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
    return dated->rows ? dated : NULL;
}

/* ---- reading -----------------------------------------------------------------------------------
 */

static int named(const struct dated_row *row, const char *setting, const char *of)
{
    int order = strcmp(row->setting, setting);
    return order ? order : strcmp(row->of, of);
}

/* Of one name, the row that counts before the others comes first. */
static int compare(const void *left, const void *right)
{
    const struct dated_row *one = left, *other = right;
    int order = named(one, other->setting, other->of);
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
    return verdict;
}

const struct digest *dated_edition(const struct dated *dated)
{
    return &dated->edition;
}

/* ---- finding -----------------------------------------------------------------------------------
 */

/* The first row of a name, or where it would stand. */
static size_t first_of(const struct dated *dated, const char *setting, const char *of)
{
    size_t low = 0, high = dated->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (named(&dated->rows[middle], setting, of) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

const struct dated_row *dated_find(const struct dated *dated, const char *setting, const char *of,
                                   const char *institution, int64_t day)
{
    for (size_t i = first_of(dated, setting, of); i < dated->count; i++) {
        const struct dated_row *row = &dated->rows[i];
        if (named(row, setting, of) != 0)
            break;
        if ((!*row->institution || strcmp(row->institution, institution) == 0) &&
            row->from <= day && day <= row->until)
            return row;
    }
    return NULL;
}

bool dated_known(const struct dated *dated, const char *setting, const char *of)
{
    size_t first = first_of(dated, setting, of);
    return first < dated->count && named(&dated->rows[first], setting, of) == 0;
}

const struct dated_row *dated_row(const struct dated *dated, size_t index)
{
    return index < dated->count ? &dated->rows[index] : NULL;
}
