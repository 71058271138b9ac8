/* What is in the store as a list that an import reads back: drafts, and the nominations that we
 * sent, in the columns of import. */
#pragma once

#include "admin/scope.h"

enum { EXPORT_ROWS_MAX = 5000 };

struct export
{
    struct store *store;
    const struct store_pair *pairs; /* whose nominations */
    size_t pair_count;
    struct scope scope;             /* which of them */
    const char *year;               /* NULL: all */
    const struct store_place *only; /* these dossiers and no drafts; NULL: all */
    size_t only_count;
    const char *const *only_states; /* said instead of each one's state; NULL, in it too: none is */
    const char *language;           /* of the titles; NULL: as programs name them */
    bool workbook;                  /* .xlsx; otherwise CSV */
};

/* *many: there are more than EXPORT_ROWS_MAX, and nothing was made of them. */
enum fault export_nominations(const struct export *export, struct arena *arena, struct bytes *out,
                              bool *many);
