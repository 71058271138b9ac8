#include "admin/unit.h"

#include "admin/keep.h"
#include "mobility.pb-c.h"
#include "report/dossier_view.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static const char list_prefix[] = "units/", given_prefix[] = "unit-of/";

/* ---- what a code may be -------------------------------------------------------------------------
 */

const char *unit_code_wrong(const char *code)
{
    size_t length = strlen(code);
    if (length == 0 || length > UNIT_CODE_MAX)
        return "give 1 to 32 characters";
    if (strspn(code, "abcdefghijklmnopqrstuvwxyz0123456789.-") != length || code[0] == '-' ||
        code[0] == '.')
        return "give small letters, digits, and . -, beginning with a letter or digit";
    return NULL;
}

void unit_today(struct instant now, char out[static UNIT_DATE_SIZE])
{
    char text[INSTANT_TEXT_SIZE];
    instant_text(now, text);
    memcpy(out, text, UNIT_DATE_SIZE - 1);
    out[UNIT_DATE_SIZE - 1] = '\0';
}

/* ---- as the store keeps them ------------------------------------------------------------------
 */

static void name_of(const char *own, char out[static STORE_NAME_MAX + 1])
{
    snprintf(out, STORE_NAME_MAX + 1, "%s%s", list_prefix, own);
}

enum fault unit_list(struct store *store, const char *own, struct arena *arena,
                     Peregrin__Units **out)
{
    char name[STORE_NAME_MAX + 1];
    ProtobufCMessage *found;
    name_of(own, name);
    TRY(keep_get(store, name, &peregrin__units__descriptor, arena, &found));
    *out = (Peregrin__Units *)found;
    if (*out)
        return FAULT_NONE;
    *out = arena_take(arena, sizeof **out);
    if (*out)
        **out = (Peregrin__Units)PEREGRIN__UNITS__INIT;
    return *out ? FAULT_NONE : FAULT_MEMORY;
}

enum fault unit_keep(struct store *store, const char *own, const Peregrin__Units *units,
                     struct arena *arena)
{
    char name[STORE_NAME_MAX + 1];
    assert(units->n_units <= UNIT_COUNT_MAX);
    name_of(own, name);
    return keep_put(store, name, &units->base, arena);
}

/* ---- one of them -------------------------------------------------------------------------------
 */

const Peregrin__Unit *unit_find(const Peregrin__Units *units, const char *code)
{
    for (size_t i = 0; i < units->n_units; i++)
        if (strcmp(units->units[i]->code, code) == 0)
            return units->units[i];
    return NULL;
}

static bool says(struct bytes text, const char *word)
{
    return word && text.size == strlen(word) &&
           strncasecmp((const char *)text.data, word, text.size) == 0;
}

const Peregrin__Unit *unit_match(const Peregrin__Units *units, struct bytes text)
{
    for (size_t i = 0; i < units->n_units; i++)
        if (says(text, units->units[i]->code))
            return units->units[i];
    for (size_t i = 0; i < units->n_units; i++)
        if (says(text, units->units[i]->name))
            return units->units[i];
    return NULL;
}

bool unit_is_open(const Peregrin__Unit *unit, const char *day)
{
    return (!unit->from || strcmp(day, unit->from) >= 0) &&
           (!unit->until || strcmp(day, unit->until) <= 0);
}

bool unit_is_within(const Peregrin__Units *units, const char *code, const char *above)
{
    for (int depth = 0; code && depth < UNIT_DEPTH_MAX; depth++) {
        if (strcmp(code, above) == 0)
            return true;
        const Peregrin__Unit *unit = unit_find(units, code);
        code = unit ? unit->parent : NULL;
    }
    return false;
}

/* ---- whose a dossier is ------------------------------------------------------------------------
 */

const char *unit_of_nomination(const ProtobufCMessage *body)
{
    if (!body || body->descriptor != &peregrin__nomination__descriptor)
        return NULL;
    const char *unit = ((const Peregrin__Nomination *)body)->unit;
    return unit && *unit ? unit : NULL;
}

static void given_name(const struct store_place *place, char out[static STORE_NAME_MAX + 1])
{
    char dossier[HEADER_DOSSIER_TEXT];
    header_dossier_text(&place->dossier, dossier);
    snprintf(out, STORE_NAME_MAX + 1, "%s%u/%d/%s", given_prefix, place->pair,
             place->opened_by_partner, dossier);
}

/* What our own nomination says; a partner's names a department of the partner's. */
enum fault unit_said(struct store *store, const struct store_dossier *row, struct arena *arena,
                     const char **out)
{
    struct store_record *record;
    ProtobufCMessage *body;
    *out = NULL;
    if (row->place.opened_by_partner || !row->revision)
        return FAULT_NONE;
    TRY(store->record_get(store, row->revision, arena, &record));
    if (!record)
        return FAULT_CORRUPT;
    TRY(dossier_view_body(record, arena, &body));
    *out = unit_of_nomination(body);
    return FAULT_NONE;
}

enum fault unit_of_dossier(struct store *store, const struct store_dossier *row,
                           struct arena *arena, const char **out)
{
    char name[STORE_NAME_MAX + 1];
    ProtobufCMessage *given;
    TRY(unit_said(store, row, arena, out));
    if (*out)
        return FAULT_NONE;
    given_name(&row->place, name);
    TRY(keep_get(store, name, &peregrin__unit_of__descriptor, arena, &given));
    *out = given ? ((const Peregrin__UnitOf *)given)->unit : NULL;
    if (*out || !row->place.opened_by_partner || !*row->facts.unit)
        return FAULT_NONE;
    *out = arena_text(arena, bytes_text(row->facts.unit));
    return *out ? FAULT_NONE : FAULT_MEMORY;
}

/* ---- of many dossiers --------------------------------------------------------------------------
 */

struct unit_given_row {
    char dossier[2 + HEADER_DOSSIER_TEXT]; /* as its value's name ends: `0/01K...` */
    const char *unit;
};

static void row_name(const struct store_place *place,
                     char out[static sizeof((struct unit_given_row *)0)->dossier])
{
    out[0] = place->opened_by_partner ? '1' : '0';
    out[1] = '/';
    header_dossier_text(&place->dossier, out + 2);
}

static enum fault given_add(struct unit_given *given, const struct keep_row *kept, size_t count,
                            size_t prefix, struct arena *arena)
{
    struct unit_given_row *rows = arena_take_array(arena, given->count + count, sizeof *rows);
    if (!rows)
        return FAULT_MEMORY;
    if (given->count)
        memcpy(rows, given->rows, given->count * sizeof *rows);
    for (size_t i = 0; i < count; i++) {
        struct unit_given_row *row = &rows[given->count + i];
        snprintf(row->dossier, sizeof row->dossier, "%s", kept[i].name + prefix);
        row->unit = ((const Peregrin__UnitOf *)kept[i].message)->unit;
    }
    *given = (struct unit_given) {rows, given->count + count};
    return FAULT_NONE;
}

enum fault unit_given_list(struct store *store, uint32_t pair, struct arena *arena,
                           struct unit_given *out)
{
    enum { PAGE = 4096 };
    char prefix[sizeof given_prefix + 16];
    const char *after = NULL;
    struct keep_row *kept;
    size_t count;
    *out = (struct unit_given) {0};
    snprintf(prefix, sizeof prefix, "%s%u/", given_prefix, pair);
    do {
        TRY(keep_list(store, prefix, after, PAGE, &peregrin__unit_of__descriptor, arena, &kept,
                      &count));
        if (count) {
            TRY(given_add(out, kept, count, strlen(prefix), arena));
            after = kept[count - 1].name;
        }
    } while (count == PAGE);
    return FAULT_NONE;
}

static int given_order(const void *name, const void *row)
{
    return strcmp(name, ((const struct unit_given_row *)row)->dossier);
}

const char *unit_counted(const struct unit_given *given, const struct store_dossier *row)
{
    char name[sizeof((struct unit_given_row *)0)->dossier];
    const char *said = *row->facts.unit ? row->facts.unit : NULL;
    if (given->count == 0 || (said && !row->place.opened_by_partner))
        return said;
    row_name(&row->place, name);
    const struct unit_given_row *found =
        bsearch(name, given->rows, given->count, sizeof *given->rows, given_order);
    return found ? found->unit : said;
}

enum fault unit_assign(struct store *store, const struct store_place *place, const char *code,
                       struct arena *arena)
{
    char name[STORE_NAME_MAX + 1];
    Peregrin__UnitOf given = PEREGRIN__UNIT_OF__INIT;
    given_name(place, name);
    given.unit = (char *)(uintptr_t)code;
    return code ? keep_put(store, name, &given.base, arena) : store->value_remove(store, name);
}
