/* The departments of our institutions, kept on this node: which there are, and which of them a
 * dossier belongs to. */
#pragma once

#include "base/arena.h"
#include "local.pb-c.h"
#include "store/store.h"

enum {
    UNIT_CODE_MAX = 32,
    UNIT_NAME_MAX = 128, /* bytes */
    UNIT_COUNT_MAX = 200,
    UNIT_DEPTH_MAX = 8, /* of units within units */
    UNIT_DATE_SIZE = 11,
};

/* NULL: fine; otherwise what it must be. */
const char *unit_code_wrong(const char *code);
/* `2026-11-22`, of this instant. */
void unit_today(struct instant now, char out[static UNIT_DATE_SIZE]);

/* Those of an institution, never NULL. */
enum fault unit_list(struct store *store, const char *own, struct arena *arena,
                     Peregrin__Units **out);
enum fault unit_keep(struct store *store, const char *own, const Peregrin__Units *units,
                     struct arena *arena);

/* By its code; NULL: there is none. */
const Peregrin__Unit *unit_find(const Peregrin__Units *units, const char *code);
/* By code or name, whatever the capitals, as lists have it. */
const Peregrin__Unit *unit_match(const Peregrin__Units *units, struct bytes text);
/* Of this day, `YYYY-MM-DD`. */
bool unit_is_open(const Peregrin__Unit *unit, const char *day);
/* The unit is this one, or belongs to it. */
bool unit_is_within(const Peregrin__Units *units, const char *code, const char *above);

/* The department that a mobility belongs to on our side: what the nomination says that we made;
 * else what was given to it by hand; else the one that answered a partner's. NULL: none. */
enum fault unit_of_dossier(struct store *store, const struct store_dossier *row,
                           struct arena *arena, const char **out);
/* The same of many dossiers of a pair: what was given by hand is read once, the rest is among the
 * row's facts. */
struct unit_given {
    const struct unit_given_row *rows; /* ascending */
    size_t count;
};
enum fault unit_given_list(struct store *store, uint32_t pair, struct arena *arena,
                           struct unit_given *out);
/* Lives as long as both. */
const char *unit_counted(const struct unit_given *given, const struct store_dossier *row);
/* Only what our nomination says. */
enum fault unit_said(struct store *store, const struct store_dossier *row, struct arena *arena,
                     const char **out);
/* The same of a nomination that is not in a dossier yet. */
const char *unit_of_nomination(const ProtobufCMessage *body);
/* By hand; NULL takes it away. */
enum fault unit_assign(struct store *store, const struct store_place *place, const char *code,
                       struct arena *arena);
