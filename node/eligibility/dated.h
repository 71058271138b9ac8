/* Amounts, limits and lists with the days on which they hold and where they were taken from: a file
 * that is shipped, and one of the institution over it.
 *
 * CSV in UTF-8 with a title row: setting, of, from, until, value, unit, source; `institution` may
 * stand beside them, where a node serves several. A line that begins with # is a remark. */
#pragma once

#include "eligibility/dated_setting.h"
#include "base/arena.h"
#include "base/verdict.h"
#include "seal/digest.h"

enum {
    DATED_FILE_MAX = 256 * 1024,
    DATED_ROWS_MAX = 4000, /* of all files together */
    DATED_TEXT_MAX = 200,  /* bytes of a cell */
};

/* Where a row says no first or no last day. */
#define DATED_ALWAYS INT64_MIN
#define DATED_NEVER  INT64_MAX

struct dated_row {
    const char *setting; /* `duration.min` */
    const char *of;      /* what it is the setting of: `studies`, `BE`, an id; or empty */
    const char *institution, *source;
    int64_t from, until; /* both included; DATED_ALWAYS and DATED_NEVER where nothing is said */
    enum dated_unit unit;
    int64_t number;
    bool over;   /* of the institution's own file */
    size_t line; /* in its file */
};

/* Why a file is refused. */
struct dated_refusal {
    size_t line;        /* from 1; 0: the file as a whole */
    const char *column; /* NULL: the whole line */
    const char *expected;
};

/* All in the arena, and immutable once it is read. NULL when the arena is spent. */
struct dated;
struct dated *dated_open(struct arena *arena);

/* Rows over those before: where two hold on a day, the one of this file counts. VERDICT_MALFORMED
 * with a refusal; nothing of the file is taken then. VERDICT_TOO_LARGE when the arena is spent. */
enum verdict dated_add(struct dated *dated, struct bytes text, bool over,
                       struct dated_refusal *refusal);
/* The file that is shipped. */
struct bytes dated_shipped(void);

/* What holds on a day: an institution's own row before that of all, the later file's before the
 * earlier one's, the later beginning before the earlier one. NULL: none. */
const struct dated_row *dated_find(const struct dated *dated, const char *setting, const char *of,
                                   const char *institution, int64_t day);
/* On any day at all. */
bool dated_known(const struct dated *dated, const char *setting, const char *of);
/* Of all texts that were read, in their order: who has the same has the same limits. */
const struct digest *dated_edition(const struct dated *dated);
/* In the order of setting and of; NULL past the end. */
const struct dated_row *dated_row(const struct dated *dated, size_t index);
