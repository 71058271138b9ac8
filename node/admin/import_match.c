#include "admin/import_match.h"

#include "record/codec.h"
#include "record/kind.h"
#include "report/dossier_view.h"
#include "report/plain.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { PAGE = 500 };

/* A nomination that we sent, by what its revision in force says. */
struct said {
    struct digest key;
    struct store_place place;
    struct said *next;
};

struct pair {
    const struct store_pair *names;
    bool listed;
    struct said *said;
};

struct import_match {
    const struct import *import;
    const struct sheet_header *header;
    struct arena *arena;
    struct pair *pairs;
    size_t count;
};

struct import_match *import_match_open(const struct import *import,
                                       const struct sheet_header *header, struct arena *arena)
{
    struct import_match *match = arena_take(arena, sizeof *match);
    if (match)
        *match = (struct import_match) {.import = import, .header = header, .arena = arena};
    return match;
}

static enum fault pairs_load(struct import_match *match)
{
    struct store *store = match->import->store;
    struct store_pair *names;
    size_t count;
    if (match->pairs)
        return FAULT_NONE;
    TRY(store->pair_list(store, match->arena, &names, &count));
    match->pairs = arena_take_array(match->arena, count + 1, sizeof *match->pairs);
    if (!match->pairs)
        return FAULT_MEMORY;
    for (size_t i = 0; i < count; i++)
        if (strcmp(names[i].own, match->import->own) == 0)
            match->pairs[match->count++].names = &names[i];
    return FAULT_NONE;
}

static struct pair *pair_of(const struct import_match *match, const char *partner)
{
    for (size_t i = 0; i < match->count; i++)
        if (strcmp(match->pairs[i].names->partner, partner) == 0)
            return &match->pairs[i];
    return NULL;
}

/* ---- what was sent -----------------------------------------------------------------------------
 */

/* The revision in force of a dossier; NULL: it is not here. */
static enum fault revision_load(const struct import_match *match, int64_t serial,
                                const Peregrin__Nomination **out)
{
    struct store *store = match->import->store;
    struct store_record *record;
    ProtobufCMessage *body;
    *out = NULL;
    if (!serial)
        return FAULT_NONE;
    TRY(store->record_get(store, serial, match->arena, &record));
    if (!record || record->body.size == 0 || record->flags & STORE_ASIDE)
        return FAULT_NONE;
    TRY(dossier_view_body(record, match->arena, &body));
    if (!body || body->descriptor != &peregrin__nomination__descriptor)
        return FAULT_NONE;
    /* Who signed it is no matter of lists: who sends the next revision signs that. */
    Peregrin__Nomination *nomination = (Peregrin__Nomination *)body;
    nomination->officer = NULL;
    *out = nomination;
    return FAULT_NONE;
}

static enum fault said_add(struct import_match *match, struct pair *pair,
                           const struct store_dossier *dossier)
{
    const Peregrin__Nomination *revision;
    struct digest key;
    struct arena_mark mark = arena_mark(match->arena);
    TRY(revision_load(match, dossier->revision, &revision));
    if (!revision)
        return FAULT_NONE;
    if (!import_row_key(pair->names->partner, revision, match->arena, &key))
        return FAULT_MEMORY;
    arena_rewind(match->arena, mark);
    struct said *said = arena_take(match->arena, sizeof *said);
    if (!said)
        return FAULT_MEMORY;
    *said = (struct said) {key, dossier->place, pair->said};
    pair->said = said;
    return FAULT_NONE;
}

/* All that we nominated to a partner, read when a row first needs it. */
static enum fault pair_list(struct import_match *match, struct pair *pair)
{
    struct store *store = match->import->store;
    struct store_dossier_query query = {.pair = pair->names->pair,
                                        .states = dossier_family_states(KIND_MOBILITY),
                                        .opened_by_partner = 0,
                                        .max = PAGE};
    struct store_place last;
    size_t count = PAGE;
    for (pair->listed = true; count == PAGE; query.after = &last) {
        struct store_dossier *list;
        TRY(store->dossier_list(store, &query, match->arena, &list, &count));
        for (size_t i = 0; i < count; i++)
            TRY(said_add(match, pair, &list[i]));
        if (count)
            last = list[count - 1].place;
    }
    return FAULT_NONE;
}

static enum fault said_find(struct import_match *match, struct pair *pair, const struct digest *key,
                            const struct store_place **out)
{
    if (!pair->listed)
        TRY(pair_list(match, pair));
    for (const struct said *said = pair->said; said; said = said->next)
        if (import_row_same(&said->key, key)) {
            *out = &said->place;
            break;
        }
    return FAULT_NONE;
}

/* ---- what the row names by itself --------------------------------------------------------------
 */

static const char draft_mark[] = "draft-";

/* `draft-12`; one that was sent meanwhile is found as well. */
static enum fault draft_named(struct import_match *match, struct import_row *row)
{
    enum { DIGITS_MAX = 15 };
    struct store *store = match->import->store;
    size_t mark = sizeof draft_mark - 1;
    char digits[DIGITS_MAX + 1] = "";
    struct bytes rest = {row->reference.data + mark, row->reference.size - mark};
    if (rest.size == 0 || rest.size > DIGITS_MAX)
        return FAULT_NONE;
    memcpy(digits, rest.data, rest.size);
    if (strspn(digits, "0123456789") != rest.size)
        return FAULT_NONE;
    int64_t number = strtoll(digits, NULL, 10);
    for (int sent = 0; sent < 2 && !row->draft && number > 0; sent++) {
        struct store_draft *list;
        size_t count;
        TRY(store->draft_list(store, sent, number - 1, 1, match->arena, &list, &count));
        if (count && list[0].number == number)
            row->draft = &list[0];
    }
    return FAULT_NONE;
}

static enum fault dossier_named(struct import_match *match, struct import_row *row,
                                struct import_match_found *out)
{
    struct store *store = match->import->store;
    struct header_dossier name;
    bool found = false;
    if (!header_dossier_from_text(row->reference, &name))
        return FAULT_NONE;
    for (size_t i = 0; i < match->count && !found; i++) {
        struct store_dossier dossier;
        out->place = (struct store_place) {match->pairs[i].names->pair, false, name};
        TRY(store->dossier_get(store, &out->place, &found, &dossier));
    }
    if (!found)
        out->place = (struct store_place) {0};
    return FAULT_NONE;
}

/* The draft that is named may have become the same as another. */
static enum fault draft_alone(struct import_match *match, const struct import_row *row,
                              struct import_match_found *out)
{
    struct store *store = match->import->store;
    const struct pair *pair = pair_of(match, row->partner->schac);
    struct store_draft *other = NULL;
    if (pair)
        TRY(store->draft_find(store, pair->names->pair, &row->key, match->arena, &other));
    if (other && other->number != row->draft->number)
        out->standing = IMPORT_MATCH_TWICE;
    return FAULT_NONE;
}

static enum fault reference_find(struct import_match *match, struct import_row *row,
                                 struct import_match_found *out)
{
    size_t mark = sizeof draft_mark - 1;
    bool draft = row->reference.size > mark && memcmp(row->reference.data, draft_mark, mark) == 0;
    TRY(draft ? draft_named(match, row) : dossier_named(match, row, out));
    if (!row->draft && !out->place.pair)
        out->standing = IMPORT_MATCH_NOWHERE;
    return row->draft ? draft_alone(match, row, out) : FAULT_NONE;
}

static enum fault key_find(struct import_match *match, struct import_row *row,
                           struct import_match_found *out)
{
    struct store *store = match->import->store;
    struct pair *pair = pair_of(match, row->partner->schac);
    const struct store_place *place = NULL;
    if (!pair)
        return FAULT_NONE;
    TRY(store->draft_find(store, pair->names->pair, &row->key, match->arena, &row->draft));
    if (!row->draft)
        TRY(said_find(match, pair, &row->key, &place));
    if (place)
        out->place = *place;
    return FAULT_NONE;
}

/* ---- what the file does not say ----------------------------------------------------------------
 */

/* The field's value, wherever protobuf-c keeps it. */
static void field_take(ProtobufCMessage *to, const ProtobufCMessage *from,
                       const ProtobufCFieldDescriptor *field)
{
    static const size_t sizes[] = {[PROTOBUF_C_TYPE_STRING] = sizeof(char *),
                                   [PROTOBUF_C_TYPE_MESSAGE] = sizeof(void *),
                                   [PROTOBUF_C_TYPE_UINT32] = sizeof(uint32_t),
                                   [PROTOBUF_C_TYPE_BOOL] = sizeof(protobuf_c_boolean)};
    bool repeated = field->label == PROTOBUF_C_LABEL_REPEATED;
    size_t size = repeated ? sizeof(void *) : sizes[field->type];
    assert(size > 0);
    memcpy((uint8_t *)to + field->offset, (const uint8_t *)from + field->offset, size);
    if (repeated)
        memcpy((uint8_t *)to + field->quantifier_offset,
               (const uint8_t *)from + field->quantifier_offset, sizeof(size_t));
    else if (size != sizeof(void *))
        memcpy((uint8_t *)to + field->quantifier_offset,
               (const uint8_t *)from + field->quantifier_offset, sizeof(protobuf_c_boolean));
}

/* The file has a column for the field. */
static bool field_said(const struct import_match *match, const char *path)
{
    const struct import_cell_column *column = import_cell_of_field(path);
    for (size_t i = 0; column && i < match->header->count; i++)
        if (match->header->titles[i] < IMPORT_TITLE_COLUMNS &&
            import_cell_column(match->header->titles[i]) == column)
            return true;
    return false;
}

static enum fault fields_take(const struct import_match *match, ProtobufCMessage *to,
                              const ProtobufCMessage *from, const char *prefix)
{
    for (unsigned i = 0; i < from->descriptor->n_fields; i++) {
        const ProtobufCFieldDescriptor *field = &from->descriptor->fields[i];
        const char *path = arena_format(match->arena, "%s%s", prefix, field->name);
        if (!path)
            return FAULT_MEMORY;
        if (strcmp(path, "person") != 0 && !field_said(match, path))
            field_take(to, from, field);
    }
    return FAULT_NONE;
}

static enum fault unsaid_take(const struct import_match *match, struct import_row *row,
                              const Peregrin__Nomination *known)
{
    struct arena_mark mark = arena_mark(match->arena);
    TRY(fields_take(match, &row->nomination->base, &known->base, ""));
    if (row->nomination->person && known->person)
        TRY(fields_take(match, &row->nomination->person->base, &known->person->base, "person."));
    arena_rewind(match->arena, mark);
    row->body = codec_pack(&row->nomination->base, match->arena);
    return row->body.data ? FAULT_NONE : FAULT_MEMORY;
}

/* ---- what the file says in capitals ------------------------------------------------------------
 */

/* A list all in capitals says nothing new of what was sent, which keeps its spelling. */
static const struct {
    const char *field; /* of the person */
    bool is_name;
} spelled[] = {{"family_name", true}, {"given_names", true}, {"email", false}, {"esi", false}};

/* Capitals without accents, as where the keyboard or the register has none. */
static bool is_bare_capitals(const char *text)
{
    for (; *text; text++)
        if ((uint8_t)*text >= 0x80 || (*text >= 'a' && *text <= 'z'))
            return false;
    return true;
}

static enum fault spelling_same(const char *said, const char *known, bool is_name,
                                struct arena *arena, bool *same)
{
    bool bare = is_name && is_bare_capitals(said);
    const char *(*fold)(struct bytes text, struct arena * arena) = bare ? plain_words : plain_small;
    const char *left = fold(bytes_text(said), arena), *right = fold(bytes_text(known), arena);
    *same = left && right && strcmp(left, right) == 0;
    return left && right ? FAULT_NONE : FAULT_MEMORY;
}

static enum fault spelling_take(const struct import_match *match, struct import_row *row,
                                const Peregrin__Nomination *known)
{
    Peregrin__Person *person = row->nomination->person;
    struct arena_mark mark = arena_mark(match->arena);
    for (size_t i = 0; person && known->person && i < sizeof spelled / sizeof *spelled; i++) {
        const ProtobufCFieldDescriptor *field = protobuf_c_message_descriptor_get_field_by_name(
            person->base.descriptor, spelled[i].field);
        const char *said, *before;
        bool same;
        assert(field && field->type == PROTOBUF_C_TYPE_STRING);
        memcpy(&said, (const uint8_t *)person + field->offset, sizeof said);
        memcpy(&before, (const uint8_t *)known->person + field->offset, sizeof before);
        if (!said || !before)
            continue;
        TRY(spelling_same(said, before, spelled[i].is_name, match->arena, &same));
        if (same)
            field_take(&person->base, &known->person->base, field);
    }
    arena_rewind(match->arena, mark);
    return FAULT_NONE;
}

/* Who names the dossier itself may well correct the spelling; by the key alone, nobody did. */
static enum fault sent_take(const struct import_match *match, struct import_row *row,
                            const Peregrin__Nomination *known)
{
    if (row->reference.size == 0)
        TRY(spelling_take(match, row, known));
    return unsaid_take(match, row, known);
}

/* ---- how it stands -----------------------------------------------------------------------------
 */

static bool may_amend(enum dossier_state state)
{
    const struct dossier_transition *row;
    bool stays = state == DOSSIER_ACCEPTED || state == DOSSIER_ARRIVED || state == DOSSIER_DEPARTED;
    for (size_t i = 0; (row = dossier_transition(i)); i++)
        if (row->kind == PEREGRIN__KIND__KIND_AMENDMENT &&
            (row->from == state || (row->from == DOSSIER_STAY && stays)))
            return true;
    return false;
}

static enum fault draft_compare(const struct import_match *match, struct import_row *row,
                                struct import_match_found *out)
{
    const struct kind *kind = kind_find(PEREGRIN__KIND__KIND_NOMINATION, 1);
    ProtobufCMessage *body;
    enum verdict verdict = kind_body_read(kind, row->draft->body, match->arena, &body);
    if (verdict)
        return verdict == VERDICT_TOO_LARGE ? FAULT_MEMORY : FAULT_CORRUPT;
    TRY(row->draft->sent ? sent_take(match, row, (const Peregrin__Nomination *)body)
                         : unsaid_take(match, row, (const Peregrin__Nomination *)body));
    bool same = bytes_equal(row->draft->body, row->body);
    out->standing = same               ? IMPORT_MATCH_SAME
                    : row->draft->sent ? IMPORT_MATCH_WAITS
                                       : IMPORT_MATCH_DRAFT;
    return FAULT_NONE;
}

static bool said_as_sent(const struct import_row *row)
{
    return row->draft && row->reference.size == 0 && bytes_equal(row->draft->body, row->body);
}

static enum fault dossier_compare(struct import_match *match, struct import_row *row,
                                  const struct store_dossier *dossier,
                                  struct import_match_found *out)
{
    struct pair *pair = pair_of(match, row->partner->schac);
    TRY(revision_load(match, dossier->revision, &out->known));
    out->state = (enum dossier_state)dossier->state;
    if (!out->known) {
        out->standing = IMPORT_MATCH_WAITS;
        return FAULT_NONE;
    }
    if (!pair || pair->names->pair != out->place.pair) {
        out->standing = IMPORT_MATCH_MOVED;
        return FAULT_NONE;
    }
    TRY(sent_take(match, row, out->known));
    struct bytes known = codec_pack(&out->known->base, match->arena);
    if (!known.data)
        return FAULT_MEMORY;
    /* A row that says what was sent at first, though that was amended since, is an old list. */
    if (bytes_equal(known, row->body) || said_as_sent(row))
        out->standing = IMPORT_MATCH_SAME;
    else
        out->standing = may_amend(out->state) ? IMPORT_MATCH_SENT : IMPORT_MATCH_SETTLED;
    return FAULT_NONE;
}

/* A department's coordinator changes nothing of another's, and hears nothing of it. */
static enum fault ours_to_say(struct import_match *match, const struct import_row *row,
                              const struct store_dossier *dossier, struct import_match_found *out)
{
    const struct import *import = match->import;
    const struct kind *kind = kind_find(PEREGRIN__KIND__KIND_NOMINATION, 1);
    struct arena_mark mark = arena_mark(match->arena);
    ProtobufCMessage *body;
    bool holds = true;
    if (scope_is_whole(&import->scope, import->own))
        return FAULT_NONE;
    if (dossier)
        TRY(scope_holds_dossier(&import->scope, import->store, import->own, dossier, match->arena,
                                &holds));
    else if (row->draft && kind_body_read(kind, row->draft->body, match->arena, &body))
        return FAULT_CORRUPT;
    else if (row->draft)
        holds = scope_holds(&import->scope, import->own, unit_of_nomination(body));
    arena_rewind(match->arena, mark);
    if (!holds)
        *out = (struct import_match_found) {.standing = IMPORT_MATCH_FOREIGN};
    return FAULT_NONE;
}

enum fault import_match_row(struct import_match *match, struct import_row *row,
                            struct import_match_found *out)
{
    struct store *store = match->import->store;
    struct store_dossier dossier;
    bool found = false;
    *out = (struct import_match_found) {.standing = IMPORT_MATCH_NEW};
    TRY(pairs_load(match));
    TRY(row->reference.size ? reference_find(match, row, out) : key_find(match, row, out));
    if (out->standing != IMPORT_MATCH_NEW)
        return FAULT_NONE;
    if (row->draft && row->draft->sent)
        out->place = (struct store_place) {row->draft->pair, false, row->draft->dossier};
    if (out->place.pair)
        TRY(store->dossier_get(store, &out->place, &found, &dossier));
    TRY(ours_to_say(match, row, found ? &dossier : NULL, out));
    if (out->standing != IMPORT_MATCH_NEW)
        return FAULT_NONE;
    if (found)
        return dossier_compare(match, row, &dossier, out);
    return row->draft ? draft_compare(match, row, out) : FAULT_NONE;
}
