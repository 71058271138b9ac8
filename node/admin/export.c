#include "admin/export.h"

#include "admin/import_cell.h"
#include "admin/import_word.h"
#include "record/dossier.h"
#include "record/kind.h"
#include "record/walk.h"
#include "report/dossier_view.h"
#include "sheet/sheet_write.h"

#include <assert.h>
#include <string.h>

enum { PAGE = 500, COLUMNS = IMPORT_TITLE_COLUMNS + 2, STATE = COLUMNS - 1 };

/* The list while it is written: a column that names the row, those of import, and the state. */
struct listing {
    const struct export *export;
    struct arena *arena;
    struct sheet_row *first, **end;
    size_t rows;
    bool many;
};

static struct sheet_row *row_new(struct listing *listing, struct bytes **cells, uint8_t **kinds)
{
    struct sheet_row *row = arena_take(listing->arena, sizeof *row);
    *cells = arena_take_array(listing->arena, COLUMNS, sizeof **cells);
    *kinds = arena_take(listing->arena, COLUMNS);
    if (!row || !*cells || !*kinds)
        return NULL;
    *row = (struct sheet_row) {
        .number = listing->rows + 1, .cells = *cells, .kinds = *kinds, .cell_count = COLUMNS};
    for (size_t i = 0; i < COLUMNS; i++)
        (*cells)[i] = bytes_text("");
    return row;
}

static void row_add(struct listing *listing, struct sheet_row *row)
{
    *listing->end = row;
    listing->end = &row->next;
    listing->rows++;
}

/* ---- cells -------------------------------------------------------------------------------------
 */

/* The word that is proposed for a code. */
static const char *word_of(const struct import_word *words, uint64_t number, struct arena *arena)
{
    for (const struct import_word *word = words; word->words; word++)
        if (word->number == number)
            return arena_text(
                arena, (struct bytes) {(const uint8_t *)word->words, strcspn(word->words, " ")});
    return arena_format(arena, "%llu", (unsigned long long)number);
}

static const char *number_text(size_t title, uint64_t number, struct arena *arena)
{
    switch (title) {
    case IMPORT_TITLE_KIND: return word_of(import_word_kind, number, arena);
    case IMPORT_TITLE_GENDER: return word_of(import_word_gender, number, arena);
    case IMPORT_TITLE_ECTS:
        return arena_format(arena, "%llu.%02llu", (unsigned long long)number / 100,
                            (unsigned long long)number % 100);
    case IMPORT_TITLE_VIRTUAL_PART:
    case IMPORT_TITLE_ONE_TIER:
    case IMPORT_TITLE_WITH_TRAINING:
    case IMPORT_TITLE_GREEN_TRAVEL:
    case IMPORT_TITLE_SUPPORT: return word_of(import_word_truth, number, arena);
    default: return arena_format(arena, "%llu", (unsigned long long)number);
    }
}

/* `en B2; fr`. */
static const char *languages_text(const Peregrin__Nomination *nomination, struct arena *arena)
{
    const char *text = "";
    for (size_t i = 0; text && i < nomination->n_languages; i++) {
        const Peregrin__LanguageSkill *skill = nomination->languages[i];
        text = arena_format(arena, "%s%s%s%s%s", text, i ? "; " : "",
                            skill->language ? skill->language : "", skill->level ? " " : "",
                            skill->level ? skill->level : "");
    }
    return text;
}

/* The field that a column fills, as people write it; empty where there is nothing. */
static const char *field_text(const Peregrin__Nomination *nomination, size_t title,
                              struct arena *arena)
{
    static const char person[] = "person.";
    const ProtobufCMessage *holder = &nomination->base;
    const char *name = import_cell_column(title)->path;
    if (strncmp(name, person, sizeof person - 1) == 0) {
        holder = nomination->person ? &nomination->person->base : NULL;
        name += sizeof person - 1;
    }
    if (!holder)
        return "";
    if (title == IMPORT_TITLE_LANGUAGES)
        return languages_text(nomination, arena);
    const ProtobufCFieldDescriptor *field =
        protobuf_c_message_descriptor_get_field_by_name(holder->descriptor, name);
    if (walk_count(holder, field) == 0)
        return "";
    struct walk_value value = walk_get(holder, field, 0);
    return field->type == PROTOBUF_C_TYPE_STRING ? arena_text(arena, value.bytes)
                                                 : number_text(title, value.number, arena);
}

static uint8_t kind_of(size_t title)
{
    if (title == IMPORT_TITLE_TERM || title == IMPORT_TITLE_LEVEL)
        return SHEET_NUMBER;
    return import_cell_is_date(import_cell_column(title)) ? SHEET_DATE : SHEET_TEXT;
}

/* ---- rows --------------------------------------------------------------------------------------
 */

static enum fault header_add(struct listing *listing)
{
    struct bytes *cells;
    uint8_t *kinds;
    const char *language = listing->export->language;
    struct sheet_row *row = row_new(listing, &cells, &kinds);
    if (!row)
        return FAULT_MEMORY;
    cells[0] = bytes_text(import_title_text(IMPORT_TITLE_DOSSIER, language));
    for (size_t i = 0; i < IMPORT_TITLE_COLUMNS; i++)
        cells[i + 1] = bytes_text(import_title_text((enum import_title)i, language));
    cells[STATE] = bytes_text(import_title_text(IMPORT_TITLE_STATE, language));
    row_add(listing, row);
    return FAULT_NONE;
}

static bool wanted(const struct listing *listing, const Peregrin__Nomination *nomination)
{
    const char *year = listing->export->year;
    return !year || (nomination->year && strcmp(nomination->year, year) == 0);
}

static enum fault nomination_add(struct listing *listing, const Peregrin__Nomination *nomination,
                                 const char *name, const char *partner, const char *state)
{
    struct bytes *cells;
    uint8_t *kinds;
    if (!wanted(listing, nomination))
        return FAULT_NONE;
    listing->many = listing->rows > EXPORT_ROWS_MAX;
    if (listing->many)
        return FAULT_NONE;
    struct sheet_row *row = row_new(listing, &cells, &kinds);
    if (!row || !name)
        return FAULT_MEMORY;
    cells[0] = bytes_text(name);
    cells[1] = bytes_text(partner);
    cells[STATE] = bytes_text(state);
    for (size_t i = 0; i < IMPORT_TITLE_COLUMNS; i++) {
        if (i == IMPORT_TITLE_PARTNER)
            continue;
        const char *text = field_text(nomination, i, listing->arena);
        if (!text)
            return FAULT_MEMORY;
        cells[i + 1] = bytes_text(text);
        kinds[i + 1] = kind_of(i);
    }
    row_add(listing, row);
    return FAULT_NONE;
}

static enum fault body_read(struct listing *listing, struct bytes body,
                            const Peregrin__Nomination **out)
{
    const struct kind *kind = kind_find(PEREGRIN__KIND__KIND_NOMINATION, 1);
    ProtobufCMessage *message;
    enum verdict verdict = kind_body_read(kind, body, listing->arena, &message);
    if (verdict)
        return verdict == VERDICT_TOO_LARGE ? FAULT_MEMORY : FAULT_CORRUPT;
    *out = (const Peregrin__Nomination *)message;
    return FAULT_NONE;
}

static const struct store_pair *pair_find(const struct export *export, uint32_t number)
{
    for (size_t i = 0; i < export->pair_count; i++)
        if (export->pairs[i].pair == number)
            return &export->pairs[i];
    return NULL;
}

static enum fault drafts_add(struct listing *listing)
{
    struct store *store = listing->export->store;
    struct store_draft *list;
    int64_t after = 0;
    for (size_t count = PAGE; count == PAGE && !listing->many;) {
        TRY(store->draft_list(store, false, after, PAGE, listing->arena, &list, &count));
        for (size_t i = 0; i < count; i++) {
            const struct store_pair *pair = pair_find(listing->export, list[i].pair);
            const Peregrin__Nomination *nomination;
            after = list[i].number;
            if (!pair)
                continue;
            TRY(body_read(listing, list[i].body, &nomination));
            if (!scope_holds(&listing->export->scope, pair->own,
                             unit_of_nomination(&nomination->base)))
                continue;
            TRY(nomination_add(
                listing, nomination,
                arena_format(listing->arena, "draft-%lld", (long long)list[i].number),
                pair->partner, "draft"));
        }
    }
    return FAULT_NONE;
}

/* Its position among those that are wanted, or their count. */
static size_t chosen_find(const struct export *export, const struct store_place *place)
{
    size_t i = 0;
    while (i < export->only_count &&
           (export->only[i].pair != place->pair ||
            memcmp(&export->only[i].dossier, &place->dossier, sizeof place->dossier) != 0))
        i++;
    return i;
}

static const char *state_of(const struct export *export, size_t chosen, uint32_t state)
{
    const char *said =
        export->only_states && chosen < export->only_count ? export->only_states[chosen] : NULL;
    return said ? said : dossier_state_code((enum dossier_state)state);
}

static enum fault dossier_add(struct listing *listing, const struct store_pair *pair,
                              const struct store_dossier *dossier)
{
    struct store *store = listing->export->store;
    ProtobufCMessage *body;
    struct store_record *record = NULL;
    char name[HEADER_DOSSIER_TEXT];
    bool holds;
    size_t chosen = chosen_find(listing->export, &dossier->place);
    bool is_wanted = !listing->export->only || chosen < listing->export->only_count;
    TRY(scope_holds_dossier(&listing->export->scope, store, pair->own, dossier, listing->arena,
                            &holds));
    if (holds && dossier->revision && is_wanted)
        TRY(store->record_get(store, dossier->revision, listing->arena, &record));
    if (!record || record->body.size == 0 || record->flags & STORE_ASIDE)
        return FAULT_NONE;
    TRY(dossier_view_body(record, listing->arena, &body));
    if (!body || body->descriptor != &peregrin__nomination__descriptor)
        return FAULT_CORRUPT;
    header_dossier_text(&dossier->place.dossier, name);
    return nomination_add(listing, (const Peregrin__Nomination *)body,
                          arena_text(listing->arena, bytes_text(name)), pair->partner,
                          state_of(listing->export, chosen, dossier->state));
}

static enum fault pair_add(struct listing *listing, const struct store_pair *pair)
{
    struct store *store = listing->export->store;
    struct store_dossier_query query = {.pair = pair->pair,
                                        .states = dossier_family_states(KIND_MOBILITY),
                                        .opened_by_partner = 0,
                                        .max = PAGE};
    struct store_place last;
    for (size_t count = PAGE; count == PAGE && !listing->many; query.after = &last) {
        struct store_dossier *list;
        TRY(store->dossier_list(store, &query, listing->arena, &list, &count));
        for (size_t i = 0; i < count; i++)
            TRY(dossier_add(listing, pair, &list[i]));
        if (count)
            last = list[count - 1].place;
    }
    return FAULT_NONE;
}

enum fault export_nominations(const struct export *export, struct arena *arena, struct bytes *out,
                              bool *many)
{
    struct listing listing = {.export = export, .arena = arena, .end = &listing.first};
    TRY(header_add(&listing));
    if (!export->only)
        TRY(drafts_add(&listing));
    for (size_t i = 0; i < export->pair_count && !listing.many; i++)
        TRY(pair_add(&listing, &export->pairs[i]));
    *many = listing.many;
    if (listing.many)
        return FAULT_NONE;
    const struct sheet_writing writing = {
        .name = "Nominations", .rows = listing.first, .header_row = 1, .width = 16};
    return export->workbook ? sheet_write_xlsx(&writing, 1, arena, out)
                            : sheet_write_csv(&writing, ',', true, arena, out);
}
