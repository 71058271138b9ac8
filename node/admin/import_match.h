/* A row against what is known already: the draft or the dossier that it says again. */
#pragma once

#include "admin/import_row.h"
#include "record/dossier.h"

struct import_match;

enum import_standing {
    IMPORT_MATCH_NEW,
    IMPORT_MATCH_SAME,
    IMPORT_MATCH_DRAFT,   /* a draft says something else: it is replaced */
    IMPORT_MATCH_SENT,    /* what was sent says something else: it is amended */
    IMPORT_MATCH_WAITS,   /* it was sent, and cannot be amended before it stands in its dossier */
    IMPORT_MATCH_SETTLED, /* its dossier's state allows no amendment */
    IMPORT_MATCH_NOWHERE, /* it names a dossier or draft that is not here */
    IMPORT_MATCH_TWICE,   /* it names a draft, and says what another says */
    IMPORT_MATCH_MOVED,   /* it was sent to another partner */
    IMPORT_MATCH_FOREIGN, /* it is of a department that who imports does not see */
};

/* What stands against the row; its own body and draft are set in the row. */
struct import_match_found {
    enum import_standing standing;
    struct store_place place;          /* of what was sent */
    enum dossier_state state;          /* of its dossier; DOSSIER_EMPTY: none */
    const Peregrin__Nomination *known; /* the revision in force; NULL: none */
};

/* NULL when the arena is spent. */
struct import_match *import_match_open(const struct import *import,
                                       const struct sheet_header *header, struct arena *arena);

/* Of a good row. A column that the file does not have says nothing: the row's body takes over what
 * is known there. FAULT_MEMORY when the arena is spent. */
enum fault import_match_row(struct import_match *match, struct import_row *row,
                            struct import_match_found *out);
