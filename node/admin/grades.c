#include "admin/grades.h"

#include "admin/keep.h"
#include "record/codec.h"
#include "record/scan.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

static const char prefix[] = "grade/";

static bool id_fits(const char *id)
{
    static const char letters[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-";
    size_t size = id ? strlen(id) : 0;
    return size && size <= GRADES_ID_MAX && strspn(id, letters) == size;
}

static void name_of(const char *id, char out[static STORE_NAME_MAX + 1])
{
    assert(id_fits(id));
    snprintf(out, STORE_NAME_MAX + 1, "%s%s", prefix, id);
}

/* ---- kept ------------------------------------------------------------------------------------ */

enum fault grades_list(struct store *store, struct arena *arena, Peregrin__GradeTable ***out,
                       size_t *count)
{
    struct keep_row *rows;
    TRY(keep_list(store, prefix, NULL, GRADES_MAX, &peregrin__grade_table__descriptor, arena, &rows,
                  count));
    Peregrin__GradeTable **tables = arena_take_array(arena, *count + 1, sizeof(void *));
    if (!tables)
        return FAULT_MEMORY;
    for (size_t i = 0; i < *count; i++)
        tables[i] = (Peregrin__GradeTable *)rows[i].message;
    *out = tables;
    return FAULT_NONE;
}

enum fault grades_get(struct store *store, const char *id, struct arena *arena,
                      Peregrin__GradeTable **out)
{
    char name[STORE_NAME_MAX + 1];
    ProtobufCMessage *message = NULL;
    *out = NULL;
    if (!id_fits(id))
        return FAULT_NONE;
    name_of(id, name);
    TRY(keep_get(store, name, &peregrin__grade_table__descriptor, arena, &message));
    *out = (Peregrin__GradeTable *)message;
    return FAULT_NONE;
}

enum fault grades_remove(struct store *store, const char *id)
{
    char name[STORE_NAME_MAX + 1];
    name_of(id, name);
    return store->value_remove(store, name);
}

/* But for the time of the import, which is no part of what was published. */
static bool same(Peregrin__GradeTable *left, const Peregrin__GradeTable *right, struct arena *arena)
{
    left->has_imported_at = right->has_imported_at;
    left->imported_at = right->imported_at;
    return bytes_equal(codec_pack(&left->base, arena), codec_pack(&right->base, arena));
}

enum fault grades_put(struct store *store, Peregrin__GradeTable *table, bool replace,
                      struct instant now, struct arena *arena, enum grades_kept *out)
{
    Peregrin__GradeTable *before, **all;
    char name[STORE_NAME_MAX + 1];
    size_t count;
    name_of(table->id, name);
    TRY(grades_get(store, table->id, arena, &before));
    *out = before ? GRADES_REPLACED : GRADES_NEW;
    if (before && same(table, before, arena))
        *out = GRADES_SAME;
    else if (before && !replace)
        *out = GRADES_OTHER;
    if (*out == GRADES_SAME || *out == GRADES_OTHER)
        return FAULT_NONE;
    if (*out == GRADES_NEW) {
        TRY(grades_list(store, arena, &all, &count));
        *out = count == GRADES_MAX ? GRADES_FULL : GRADES_NEW;
    }
    if (*out == GRADES_FULL)
        return FAULT_NONE;
    table->has_imported_at = true;
    table->imported_at = instant_seconds(now);
    return keep_put(store, name, &table->base, arena);
}

/* ---- limits ---------------------------------------------------------------------------------- */

static bool line_fits(const char *text, size_t size_max)
{
    size_t size = text ? strlen(text) : 0;
    return size && size <= size_max && !strpbrk(text, "\n\t") && scan_text(bytes_text(text));
}

static bool texts_fit(const Peregrin__GradeTable *table)
{
    const char *const texts[] = {table->institution, table->erasmus_code, table->country,
                                 table->scope,       table->period,       table->source};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (texts[i] && !line_fits(texts[i], GRADES_TEXT_MAX))
            return false;
    return true;
}

static bool rows_fit(const Peregrin__GradeTable *table)
{
    for (size_t i = 0; i < table->n_grades; i++)
        if (!line_fits(table->grades[i]->grade, LEVELS_TEXT_MAX))
            return false;
    for (size_t i = 0; i < table->n_levels; i++) {
        const Peregrin__GradeLevel *row = table->levels[i];
        if (!line_fits(row->scale, LEVELS_TEXT_MAX) || !line_fits(row->level, LEVELS_TEXT_MAX) ||
            !line_fits(row->from, LEVELS_TEXT_MAX) || !line_fits(row->to, LEVELS_TEXT_MAX))
            return false;
    }
    return true;
}

bool grades_fits(const Peregrin__GradeTable *table, const char **field, const char **expected)
{
    const struct {
        bool holds;
        const char *field, *expected;
    } looks[] = {
        {id_fits(table->id), "id", "1 to 64 characters of A-Z, a-z, 0-9, point, _ and -"},
        {texts_fit(table), "institution", "texts of at most 256 bytes on one line"},
        {!table->n_grades != !table->n_levels, "grades", "either grades or levels"},
        {table->n_grades <= GRADING_MAX, "grades", "at most 100 grades"},
        {table->n_levels <= LEVELS_ROWS_MAX, "levels", "at most 400 rows of levels"},
        {rows_fit(table), "grades", "texts of 1 to 64 bytes on one line in every row"},
        {!table->has_imported_at, "imported_at", "nothing: the node says it"},
        {protobuf_c_message_get_packed_size(&table->base) < STORE_VALUE_MAX - 64, "levels",
         "at most 65,000 bytes in all"},
    };
    for (size_t i = 0; i < sizeof looks / sizeof *looks; i++) {
        if (looks[i].holds)
            continue;
        *field = looks[i].field;
        *expected = looks[i].expected;
        return false;
    }
    return true;
}

/* ---- for the core ---------------------------------------------------------------------------- */

bool grades_grading(const Peregrin__GradeTable *table, struct arena *arena, struct grading *out)
{
    struct grading_grade *grades = arena_take_array(arena, table->n_grades + 1, sizeof *grades);
    for (size_t i = 0; grades && i < table->n_grades; i++) {
        const Peregrin__GradeShareRow *row = table->grades[i];
        grades[i] = (struct grading_grade) {
            .label = row->grade,
            .rank = row->rank,
            .passing = !row->has_passing ? GRADING_UNSAID
                       : row->passing    ? GRADING_PASSES
                                         : GRADING_FAILS,
            .has_count = row->has_count,
            .count = row->count,
            .has_percent = row->has_percent_millionths,
            .percent = row->percent_millionths,
        };
    }
    *out = (struct grading) {table->id, grades, table->n_grades, table->with_fails};
    return grades;
}

bool grades_levels(const Peregrin__GradeTable *table, struct arena *arena, struct levels *out)
{
    struct levels_row *rows = arena_take_array(arena, table->n_levels + 1, sizeof *rows);
    for (size_t i = 0; rows && i < table->n_levels; i++)
        rows[i] = (struct levels_row) {table->levels[i]->scale, table->levels[i]->level,
                                       table->levels[i]->from, table->levels[i]->to};
    *out = (struct levels) {table->id, rows, table->n_levels};
    return rows;
}

enum verdict grades_usable(const Peregrin__GradeTable *table, struct arena *arena,
                           struct finding *why)
{
    struct grading grading;
    struct grading_cut cut;
    struct levels levels;
    if (table->n_levels)
        return grades_levels(table, arena, &levels) ? levels_check(&levels, arena, why)
                                                    : VERDICT_TOO_LARGE;
    return grades_grading(table, arena, &grading) ? grading_cut(&grading, arena, &cut, why)
                                                  : VERDICT_TOO_LARGE;
}
