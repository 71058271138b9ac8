#include "admin/import_grant.h"

#include "admin/import_file.h"
#include "admin/import_grant_row.h"
#include "record/codec.h"
#include "record/walk.h"
#include "report/plain.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { PAGE = 500, DAY_SECONDS = 86400 };

/* What a kept application is known by. */
struct known {
    const char *key;
    Peregrin__Grant *grant;
};

/* The file while it is imported. */
struct work {
    struct import_file file;
    struct import_grant_result *result;
    const Peregrin__Call *call;
    const char *by;
    struct sheet_title titles[IMPORT_GRANT_TITLES];
    struct import_dates dates;
    struct import_grant_reader reader;
    Peregrin__Units *units;
    struct known *known; /* by key */
    size_t known_count;
    struct import_grant_row *rows;
    Peregrin__Grant **before; /* of the same rows; NULL: the row is new */
    struct import_grant_change *changes;
};

/* ---- columns -----------------------------------------------------------------------------------
 */

static const struct sheet_title own_titles[] = {
    {"country", "hostcountry destinationcountry countryofdestination receivingcountry pays "
                "paysdaccueil paysdedestination land gastland bestemmingsland"},
    {"group", "prioritygroup priority grouppriority groupe groupeprioritaire priorite "
              "voorrangsgroep prioriteit prioriteitsgroep groep"},
    {"points", "score totalscore totalpoints total ranking punten totaal scoretotal"},
    {"amount", "amountasked amountrequested asked requested sum grant montant montantdemande "
               "bourse bedrag gevraagdbedrag beurs"},
    {"reference", "ref applicationreference applicationnumber applicationid numerodedemande "
                  "referencedelademande aanvraagnummer kenmerk"},
};
static_assert(sizeof own_titles / sizeof *own_titles ==
                  (size_t)IMPORT_GRANT_CRITERIA - (size_t)IMPORT_GRANT_COUNTRY,
              "one row for each");

/* Those of the call's criteria are its own words; a place without one is never found. */
static void titles_fill(struct work *work)
{
    memcpy(work->titles, import_title_all, IMPORT_TITLE_COUNT * sizeof *work->titles);
    memcpy(work->titles + IMPORT_TITLE_COUNT, own_titles, sizeof own_titles);
    for (size_t i = 0; i < CALL_LIST_MAX; i++)
        work->titles[IMPORT_GRANT_CRITERIA + i] =
            (struct sheet_title) {i < work->call->n_criteria ? work->call->criteria[i] : "", ""};
}

static bool same_title(const char *one, const char *other, struct arena *arena)
{
    const char *left = plain_word(bytes_text(one), arena);
    const char *right = plain_word(bytes_text(other), arena);
    return left && right && strcmp(left, right) == 0;
}

const char *import_grant_ambiguous(const Peregrin__Call *call, struct arena *arena)
{
    for (size_t i = 0; i < call->n_criteria; i++) {
        const char *name = call->criteria[i];
        bool taken = false;
        for (size_t j = 0; !taken && j < IMPORT_TITLE_COUNT; j++)
            taken = same_title(name, import_title_all[j].name, arena);
        for (size_t j = 0; !taken && j < sizeof own_titles / sizeof *own_titles; j++)
            taken = same_title(name, own_titles[j].name, arena);
        for (size_t j = 0; !taken && j < i; j++)
            taken = same_title(name, call->criteria[j], arena);
        if (taken)
            return name;
    }
    return NULL;
}

static bool is_needed(const void *self, size_t column)
{
    const Peregrin__Call *call = self;
    return column == IMPORT_TITLE_FAMILY_NAME ||
           (column == IMPORT_TITLE_KIND && call->n_kinds != 1) ||
           (column == IMPORT_GRANT_AMOUNT && !call->cents);
}

/* An institution without units has no use for what a list says of them. */
static bool is_ignored(const void *self, size_t place)
{
    const struct work *work = self;
    size_t title = work->file.header.titles[place];
    return !import_grant_row_reads(title) ||
           (title == IMPORT_TITLE_UNIT && work->units->n_units == 0);
}

/* Columns that are not ours may come as often as they like. */
static void settle(struct sheet_header *header)
{
    for (size_t i = 0; i < header->count; i++)
        if (header->titles[i] != SHEET_TITLE_NONE && !import_grant_row_reads(header->titles[i]))
            header->titles[i] = SHEET_TITLE_NONE;
}

/* ---- what is kept ------------------------------------------------------------------------------
 */

static int key_order(const void *left, const void *right)
{
    const struct known *one = left, *other = right;
    int order = strcmp(one->key, other->key);
    if (order)
        return order;
    return one->grant->number < other->grant->number ? -1
                                                     : one->grant->number > other->grant->number;
}

static enum fault known_add(struct work *work, size_t *room, Peregrin__Grant *grant)
{
    struct arena *arena = work->file.arena;
    if (work->known_count == *room) {
        *room = *room ? 2 * *room : PAGE;
        struct known *more = arena_take_array(arena, *room, sizeof *more);
        if (!more)
            return FAULT_MEMORY;
        if (work->known_count)
            memcpy(more, work->known, work->known_count * sizeof *more);
        work->known = more;
    }
    struct known *known = &work->known[work->known_count++];
    *known = (struct known) {import_grant_row_key(grant, arena), grant};
    return known->key ? FAULT_NONE : FAULT_MEMORY;
}

/* The call's applications, by what they are known by. */
static enum fault known_load(struct work *work)
{
    struct numbered_page page = {0};
    size_t room = 0;
    do {
        struct arena_mark mark = arena_mark(work->file.arena);
        size_t before = work->known_count;
        TRY(numbered_list(work->file.import->store, &grant_numbered, page.next, PAGE,
                          work->file.arena, &page));
        for (size_t i = 0; i < page.count; i++) {
            Peregrin__Grant *grant = (Peregrin__Grant *)page.messages[i];
            if (grant->call == work->call->number)
                TRY(known_add(work, &room, grant));
        }
        if (work->known_count == before)
            arena_rewind(work->file.arena, mark);
    } while (page.next);
    if (work->known_count)
        qsort(work->known, work->known_count, sizeof *work->known, key_order);
    return FAULT_NONE;
}

/* The first of this key; NULL: there is none. */
static const struct known *known_find(const struct work *work, const char *key)
{
    size_t from = 0, end = work->known_count;
    while (from < end) {
        size_t middle = from + (end - from) / 2;
        if (strcmp(work->known[middle].key, key) < 0)
            from = middle + 1;
        else
            end = middle;
    }
    bool found = from < work->known_count && strcmp(work->known[from].key, key) == 0;
    return found ? &work->known[from] : NULL;
}

/* ---- a row against the call's applications -----------------------------------------------------
 */

/* Gives the row what only the kept one has: so the two differ in what the list says alone. */
static void row_adopt(Peregrin__Grant *grant, const Peregrin__Grant *kept)
{
    grant->has_number = kept->has_number;
    grant->number = kept->number;
    grant->has_state = kept->has_state;
    grant->state = kept->state;
    grant->has_cents = kept->has_cents;
    grant->cents = kept->cents;
    grant->has_envelope = kept->has_envelope;
    grant->envelope = kept->envelope;
    grant->has_at = kept->has_at;
    grant->at = kept->at;
    grant->by = kept->by;
    grant->has_changed_at = kept->has_changed_at;
    grant->changed_at = kept->changed_at;
}

static enum fault row_twice(struct work *work, struct import_grant_row *row)
{
    for (const struct import_grant_row *other = work->rows; other < row; other++) {
        if (other->bad || strcmp(other->key, row->key) != 0)
            continue;
        const char *remedy = arena_format(
            work->file.arena, "row %zu is the other: delete one, or give each its own reference",
            other->number);
        if (!remedy)
            return FAULT_MEMORY;
        import_grant_row_tell(&work->reader, row, IMPORT_GRANT_TITLES,
                              (struct import_problem) {
                                  .code = "duplicate",
                                  .rule = "import.duplicate",
                                  .expected = "each applicant once for a kind, or with a reference",
                                  .remedy = remedy});
        return FAULT_NONE;
    }
    return FAULT_NONE;
}

/* What has its money, or gave it up, is not changed by a list. */
static enum fault row_settled(struct work *work, struct import_grant_row *row,
                              const Peregrin__Grant *kept)
{
    const char *remedy = arena_format(
        work->file.arena, "leave the row as it was: see `peregrin grant show %u`", kept->number);
    if (!remedy)
        return FAULT_MEMORY;
    import_grant_row_tell(&work->reader, row, IMPORT_GRANT_TITLES,
                          (struct import_problem) {.code = "out_of_turn",
                                                   .rule = "grant.state",
                                                   .expected = grant_state_sentence(kept->state),
                                                   .remedy = remedy});
    return FAULT_NONE;
}

static void row_foreign(struct work *work, struct import_grant_row *row)
{
    import_grant_row_tell(
        &work->reader, row, IMPORT_GRANT_TITLES,
        (struct import_problem) {.code = "not_permitted",
                                 .rule = "unit.yours",
                                 .expected = "an applicant of your unit",
                                 .remedy = "take the row out, or ask who acts for the whole "
                                           "institution"});
}

static void change_add(struct work *work, const struct import_grant_row *row,
                       const Peregrin__Grant *kept)
{
    struct import_grant_change *change = &work->changes[work->result->list.changed++];
    *change = (struct import_grant_change) {.row = row->number, .number = kept->number};
    size_t count = walk_differences(&kept->base, &row->grant->base, work->file.arena,
                                    change->fields, IMPORT_FIELDS_MAX);
    change->field_count = count < IMPORT_FIELDS_MAX ? count : IMPORT_FIELDS_MAX;
}

static enum fault row_compare(struct work *work, struct import_grant_row *row)
{
    struct arena *arena = work->file.arena;
    const struct known *known = known_find(work, row->key);
    if (!known) {
        TRY(import_grant_row_takes(&work->reader, row));
        work->result->asked += row->bad ? 0 : row->grant->asked;
        return FAULT_NONE;
    }
    const Peregrin__Grant *kept = known->grant;
    if (!scope_holds(&work->reader.units.scope, kept->own, kept->unit)) {
        row_foreign(work, row);
        return FAULT_NONE;
    }
    row_adopt(row->grant, kept);
    struct bytes said = codec_pack(&row->grant->base, arena);
    struct bytes before = codec_pack(&kept->base, arena);
    if (!said.data || !before.data)
        return FAULT_MEMORY;
    work->before[row - work->rows] = known->grant;
    if (bytes_equal(said, before)) {
        work->result->list.unchanged++;
        row->grant = NULL; /* nothing to store */
        return FAULT_NONE;
    }
    if (kept->state != GRANT_WAITING)
        return row_settled(work, row, kept);
    TRY(import_grant_row_takes(&work->reader, row));
    if (!row->bad)
        change_add(work, row, kept);
    return FAULT_NONE;
}

/* The year of an instant. */
static uint32_t year_of(const char *today)
{
    return (uint32_t)strtoul(today, NULL, 10);
}

static enum fault rows_read(struct work *work)
{
    struct import_result *list = &work->result->list;
    for (size_t i = 0; i < list->rows; i++) {
        struct import_grant_row *row = &work->rows[i];
        TRY(import_grant_row_read(&work->reader, work->file.chosen[i], row));
        if (!row->bad)
            TRY(row_twice(work, row));
        if (!row->bad)
            TRY(row_compare(work, row));
        list->bad += row->bad;
        list->ready += !row->bad;
    }
    return FAULT_NONE;
}

/* ---- keeping -----------------------------------------------------------------------------------
 */

static enum fault row_store(struct work *work, size_t i)
{
    const struct import *import = work->file.import;
    Peregrin__Grant *grant = work->rows[i].grant, *before = work->before[i];
    struct import_grant_result *result = work->result;
    if (before) {
        grant->has_changed_at = true;
        grant->changed_at = instant_seconds(import->now);
        return grant_change(import->store, work->call, before, grant, work->file.arena);
    }
    grant->has_at = true;
    grant->at = instant_seconds(import->now);
    grant->by = (char *)(uintptr_t)work->by;
    TRY(grant_apply(import->store, work->call, grant, work->file.arena));
    result->first = result->first ? result->first : grant->number;
    result->last = grant->number;
    return FAULT_NONE;
}

static enum fault rows_store(struct work *work)
{
    struct import_result *list = &work->result->list;
    for (size_t i = 0; i < list->rows; i++) {
        if (work->rows[i].bad || !work->rows[i].grant)
            continue;
        TRY(row_store(work, i));
        list->stored++;
    }
    return FAULT_NONE;
}

/* ---- the whole ---------------------------------------------------------------------------------
 */

static enum fault work_start(struct work *work)
{
    const struct import *import = work->file.import;
    const struct catalogue_institution *own = catalogue_institution(import->catalogue, import->own);
    struct import_result *list = &work->result->list;
    struct arena *arena = work->file.arena;
    work->rows = arena_take_array(arena, list->rows, sizeof *work->rows);
    work->before = arena_take_array(arena, list->rows, sizeof(Peregrin__Grant *));
    work->changes = arena_take_array(arena, list->rows, sizeof *work->changes);
    if (!work->rows || !work->before || !work->changes)
        return FAULT_MEMORY;
    work->result->changes = work->changes;
    TRY(import_dates_look(&work->file.header, import->dates, arena, &work->dates));
    list->dates = work->dates.forms;
    list->dates_open = work->dates.open;
    work->reader = (struct import_grant_reader) {
        .header = &work->file.header,
        .titles = work->titles,
        .dates = &work->dates,
        .call = work->call,
        .asks = {.settings = import->eligible ? import->eligible->settings : NULL,
                 .home_country = own ? own->country : NULL,
                 .today = (int64_t)(instant_seconds(import->now) / DAY_SECONDS)},
        .of = {import->store, &import->scope},
        .units = {.units = work->units,
                  .own = import->own,
                  .otherwise = import->unit,
                  .scope = import->scope},
        .fix = import->fix,
        .arena = arena,
        .report = import_file_problem,
        .fixed = import_file_fix,
        .self = &work->file,
    };
    unit_today(import->now, work->reader.units.today);
    work->reader.year_now = year_of(work->reader.units.today);
    return known_load(work);
}

enum fault import_grant_run(const struct import *import, const Peregrin__Call *call, const char *by,
                            struct arena *arena, struct import_grant_result *out)
{
    struct work *work = arena_take(arena, sizeof *work);
    bool readable;
    *out = (struct import_grant_result) {0};
    if (!work)
        return FAULT_MEMORY;
    *work = (struct work) {.file = {.import = import, .arena = arena, .result = &out->list},
                           .result = out,
                           .call = call,
                           .by = by};
    titles_fill(work);
    const struct import_file_columns columns = {
        .titles = work->titles,
        .title_count = IMPORT_GRANT_TITLES,
        .count = IMPORT_GRANT_TITLES,
        .needed = is_needed,
        .self = call,
        .beginning = "give it a row of titles: family_name, given_names, kind, country, amount",
    };
    TRY(import_file_read(&work->file, &columns, settle, &readable));
    if (!readable)
        return FAULT_NONE;
    TRY(unit_list(import->store, import->own, arena, &work->units));
    TRY(import_file_ignored(&work->file, is_ignored, work));
    TRY(work_start(work));
    TRY(rows_read(work));
    assert(out->list.ready + out->list.bad == out->list.rows);
    if (!import->confirm || (out->list.bad && !import->skip_bad))
        return FAULT_NONE;
    return rows_store(work);
}
