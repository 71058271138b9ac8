/* Lists of agreements as offices keep them, a row for each partner, faculty and field: what of a
 * row becomes a condition, what is mended, and why a row is refused. */
#pragma once

#include "admin/import_partner.h"
#include "agreement.pb-c.h"

enum import_pact_column {
    IMPORT_PACT_CODE, /* Erasmus code, or another name that the catalogue knows */
    IMPORT_PACT_PARTNER,
    IMPORT_PACT_FACULTY,
    IMPORT_PACT_BACHELOR,
    IMPORT_PACT_MASTER,
    IMPORT_PACT_DOCTORAL,
    IMPORT_PACT_PLACES,
    IMPORT_PACT_MONTHS,
    IMPORT_PACT_FIELD,
    IMPORT_PACT_SUBJECT,
    IMPORT_PACT_EXPIRES,
    IMPORT_PACT_COLUMNS
};

/* As the column is called in a list, and in what is asked of the API. */
const char *import_pact_name(enum import_pact_column column);

struct import_pact_way {
    const struct import_partner_index *partners;
    struct arena *arena;
    const char *own;
    const char *today; /* `YYYY-MM-DD`: what ended before is over */
    const char *first; /* the academic year from which it shall hold */
    const char *until; /* the last one of what is over; NULL: it is refused */
};

/* What was found in a row, in words of ours: never a piece of a cell. */
struct import_pact_note {
    enum import_pact_column column;
    bool mended; /* otherwise the row is refused for it */
    const char *code, *expected, *remedy;
};

enum { IMPORT_PACT_NOTES = 8 };

struct import_pact_row {
    const struct catalogue_institution *partner;
    Peregrin__Condition *condition; /* NULL: refused */
    struct import_pact_note notes[IMPORT_PACT_NOTES];
    size_t note_count;
};

/* cells: a text for each column, NULL where there is none. False: the arena is spent. */
bool import_pact_read(const struct import_pact_way *way, const char *const cells[],
                      struct import_pact_row *out);
