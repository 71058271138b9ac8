#include "admin/hand.h"

#include "admin/keep.h"
#include "engine/feed.h"
#include "record/header.h"
#include "report/dossier_view.h"

#include <assert.h>
#include <string.h>

static const char partner_prefix[] = "hand/partner/";

/* ---- partners ----------------------------------------------------------------------------------
 */

static const char *partner_name(const char *schac, struct arena *arena)
{
    return arena_format(arena, "%s%s", partner_prefix, schac);
}

enum fault hand_partner_get(struct store *store, const char *schac, struct arena *arena,
                            Peregrin__HandPartner **out)
{
    ProtobufCMessage *found = NULL;
    const char *name = partner_name(schac, arena);
    if (!name)
        return FAULT_MEMORY;
    TRY(keep_get(store, name, &peregrin__hand_partner__descriptor, arena, &found));
    *out = (Peregrin__HandPartner *)found;
    return FAULT_NONE;
}

enum fault hand_partner_put(struct store *store, const Peregrin__HandPartner *partner,
                            struct arena *arena)
{
    const char *name = partner_name(partner->schac, arena);
    return name ? keep_put(store, name, &partner->base, arena) : FAULT_MEMORY;
}

enum fault hand_partner_remove(struct store *store, const char *schac, struct arena *arena)
{
    const char *name = partner_name(schac, arena);
    return name ? store->value_remove(store, name) : FAULT_MEMORY;
}

static bool is_sound(const Peregrin__HandPartner *partner)
{
    return partner->schac && header_name_valid(bytes_text(partner->schac), HEADER_NAME_MAX) &&
           partner->name && partner->country;
}

enum fault hand_partner_list(struct store *store, struct arena *arena, Peregrin__HandPartner ***out,
                             size_t *count)
{
    struct keep_row *rows;
    TRY(keep_list(store, partner_prefix, NULL, HAND_PARTNERS_MAX,
                  &peregrin__hand_partner__descriptor, arena, &rows, count));
    *out = arena_take_array(arena, *count + 1, sizeof **out);
    if (!*out)
        return FAULT_MEMORY;
    for (size_t i = 0; i < *count; i++) {
        (*out)[i] = (Peregrin__HandPartner *)rows[i].message;
        if (!is_sound((*out)[i]))
            return FAULT_CORRUPT;
    }
    return FAULT_NONE;
}

/* An entry as the catalogue has them, for those who look for other names. */
static const Peregrin__Institution *entry_of(const Peregrin__HandPartner *partner,
                                             struct arena *arena)
{
    Peregrin__Institution *entry = arena_take(arena, sizeof *entry);
    Peregrin__Alias *alias = arena_take(arena, sizeof *alias);
    Peregrin__Alias **aliases = arena_take(arena, sizeof *aliases);
    if (!entry || !alias || !aliases)
        return NULL;
    peregrin__institution__init(entry);
    peregrin__alias__init(alias);
    entry->schac = partner->schac;
    entry->name = partner->name;
    entry->country = partner->country;
    alias->scheme = (char *)"erasmus";
    alias->value = partner->erasmus_code;
    *aliases = alias;
    entry->aliases = aliases;
    entry->n_aliases = partner->erasmus_code != NULL;
    return entry;
}

enum fault hand_partner_join(struct store *store, struct arena *arena, struct catalogue *catalogue)
{
    Peregrin__HandPartner **partners;
    struct catalogue_institution *list;
    size_t count, kept = 0;
    TRY(hand_partner_list(store, arena, &partners, &count));
    list = arena_take_array(arena, count + 1, sizeof *list);
    if (!list)
        return FAULT_MEMORY;
    for (size_t i = 0; i < count; i++) {
        const Peregrin__HandPartner *one = partners[i];
        if (catalogue_institution(catalogue, one->schac))
            continue;
        list[kept] = (struct catalogue_institution) {.schac = one->schac,
                                                     .name = one->name,
                                                     .country = one->country,
                                                     .node = SIZE_MAX,
                                                     .entry = entry_of(one, arena)};
        if (!list[kept++].entry)
            return FAULT_MEMORY;
    }
    catalogue->by_hand = list;
    catalogue->by_hand_count = kept;
    return FAULT_NONE;
}

/* ---- marks -------------------------------------------------------------------------------------
 */

static uint64_t bit(enum dossier_state state)
{
    return UINT64_C(1) << state;
}

/* What must have been said before, as bits of states; 0: nobody may say it. A later state takes an
 * earlier one back. */
static uint64_t before_of(enum dossier_state next)
{
    switch (next) {
    case DOSSIER_PENDING:
    case DOSSIER_ACCEPTED:
    case DOSSIER_REFUSED:
    case DOSSIER_WAITLISTED: return UINT64_MAX;
    case DOSSIER_ARRIVED:
        return bit(DOSSIER_ACCEPTED) | bit(DOSSIER_ARRIVED) | bit(DOSSIER_DEPARTED);
    case DOSSIER_DEPARTED:
        return bit(DOSSIER_ARRIVED) | bit(DOSSIER_DEPARTED) | bit(DOSSIER_TRANSCRIPT);
    case DOSSIER_TRANSCRIPT: return bit(DOSSIER_DEPARTED) | bit(DOSSIER_TRANSCRIPT);
    default: return 0;
    }
}

bool hand_state_may(enum dossier_state state)
{
    return before_of(state) != 0;
}

bool hand_state_follows(enum dossier_state before, enum dossier_state next)
{
    return before_of(next) & bit(before);
}

/* By the pair's number: two names may be longer than a value's. */
static const char *marks_name(const struct store_place *place, struct arena *arena)
{
    char dossier[HEADER_DOSSIER_TEXT];
    header_dossier_text(&place->dossier, dossier);
    return arena_format(arena, "hand/mark/%u/%s", place->pair, dossier);
}

enum fault hand_marked(struct store *store, uint32_t pair, struct arena *arena, bool *out)
{
    struct store_value *values;
    size_t count;
    const char *prefix = arena_format(arena, "hand/mark/%u/", pair);
    if (!prefix)
        return FAULT_MEMORY;
    TRY(store->value_list(store, prefix, NULL, 1, arena, &values, &count));
    *out = count > 0;
    return FAULT_NONE;
}

enum fault hand_marks(struct store *store, const struct store_place *place, struct arena *arena,
                      Peregrin__HandMarks **out)
{
    ProtobufCMessage *found = NULL;
    const char *name = marks_name(place, arena);
    if (!name)
        return FAULT_MEMORY;
    TRY(keep_get(store, name, &peregrin__hand_marks__descriptor, arena, &found));
    *out = (Peregrin__HandMarks *)found;
    return FAULT_NONE;
}

const char *hand_marked_on(const Peregrin__HandMarks *marks, enum dossier_state state)
{
    for (size_t i = marks ? marks->n_marks : 0; i-- > 0;)
        if (marks->marks[i]->state == state)
            return marks->marks[i]->date;
    return NULL;
}

/* The partner's lane of what we opened is empty, and we have not taken it back. */
static bool is_open(const struct store_dossier *row)
{
    return !row->place.opened_by_partner && row->lengths[1] == 0 && row->state == DOSSIER_PENDING;
}

/* The question to which a record belongs; UINT32_MAX: it is not here. */
static enum fault question_of(struct store *store, const struct dossier_view *view, int64_t serial,
                              struct arena *arena, uint32_t *out)
{
    struct store_record *record = NULL;
    *out = UINT32_MAX;
    TRY(store->record_get(store, serial, arena, &record));
    size_t at = record ? dossier_view_find(view, &record->id) : view->count;
    if (at < view->count)
        *out = view->entries[at].question;
    return FAULT_NONE;
}

static enum fault is_asked_anew(struct store *store, const struct store_dossier *row,
                                const Peregrin__HandMark *mark, struct arena *arena, bool *out)
{
    struct dossier_view view;
    uint32_t then, now;
    *out = false;
    if (!mark->has_revision || mark->revision == (uint64_t)row->revision)
        return FAULT_NONE;
    TRY(dossier_view_load(store, &row->place, false, arena, &view));
    TRY(question_of(store, &view, (int64_t)mark->revision, arena, &then));
    TRY(question_of(store, &view, row->revision, arena, &now));
    *out = then != now;
    return FAULT_NONE;
}

static enum fault mark_now(struct store *store, const struct store_dossier *row,
                           const Peregrin__HandMark *newest, struct arena *arena,
                           const Peregrin__HandMark **out)
{
    bool anew = false;
    *out = newest->state == DOSSIER_PENDING ? NULL : newest;
    if (!*out || newest->state == DOSSIER_ARRIVED || newest->state == DOSSIER_DEPARTED ||
        newest->state == DOSSIER_TRANSCRIPT)
        return FAULT_NONE; /* who came was accepted */
    TRY(is_asked_anew(store, row, newest, arena, &anew));
    if (!anew)
        return FAULT_NONE;
    *out = NULL;
    if (newest->state != DOSSIER_ACCEPTED)
        return FAULT_NONE;
    Peregrin__HandMark *reopened = arena_take(arena, sizeof *reopened);
    if (!reopened)
        return FAULT_MEMORY;
    *reopened = *newest;
    reopened->state = DOSSIER_REOPENED;
    *out = reopened;
    return FAULT_NONE;
}

enum fault hand_mark_of(struct store *store, const struct store_dossier *row, struct arena *arena,
                        const Peregrin__HandMark **out)
{
    Peregrin__HandMarks *marks;
    *out = NULL;
    if (!is_open(row))
        return FAULT_NONE;
    TRY(hand_marks(store, &row->place, arena, &marks));
    if (!marks || !marks->n_marks)
        return FAULT_NONE;
    const Peregrin__HandMark *newest = marks->marks[marks->n_marks - 1];
    if (!newest->date || !newest->by || !hand_state_may((enum dossier_state)newest->state))
        return FAULT_CORRUPT;
    return mark_now(store, row, newest, arena, out);
}

enum dossier_state hand_state_of(const struct store_dossier *row, const Peregrin__HandMark *mark)
{
    return (enum dossier_state)(mark ? mark->state : row->state);
}

enum fault hand_mark_add(struct store *store, const struct store_dossier *row,
                         const Peregrin__HandMark *mark, struct arena *arena)
{
    Peregrin__HandMarks *before, after = PEREGRIN__HAND_MARKS__INIT;
    const Peregrin__HandMark *counted;
    const char *name = marks_name(&row->place, arena);
    assert(is_open(row) && hand_state_may((enum dossier_state)mark->state));
    TRY(hand_mark_of(store, row, arena, &counted));
    TRY(hand_marks(store, &row->place, arena, &before));
    size_t count = before ? before->n_marks : 0;
    size_t first = count < HAND_MARKS_MAX ? 0 : count - HAND_MARKS_MAX + 1;
    after.marks = arena_take_array(arena, count + 1, sizeof *after.marks);
    if (!name || !after.marks)
        return FAULT_MEMORY;
    for (size_t i = first; i < count; i++)
        after.marks[after.n_marks++] = before->marks[i];
    after.marks[after.n_marks++] = (Peregrin__HandMark *)(uintptr_t)mark;
    TRY(keep_put(store, name, &after.base, arena));
    struct store_event event = {.at = mark->at,
                                .kind = FEED_DOSSIER_MARKED,
                                .pair = row->place.pair,
                                .serial = row->revision,
                                .before = hand_state_of(row, counted),
                                .state = mark->state};
    return store->event_put(store, &event);
}
