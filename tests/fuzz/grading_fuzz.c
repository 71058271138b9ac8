/* links: base seal record grade report sheet */
/* Grading tables out of anybody's spreadsheet. Whatever a file says: a cell that cannot be meant is
 * named; a table that can be used converts to itself grade by grade, and to every other one so that
 * a better grade never becomes a worse one, with the minimum not above the middle, and that not
 * above the maximum; a level is within the bounds of its own row, and the only one. */
#include "report/grade_view.h"
#include "sheet/sheet_grading.h"

#include <assert.h>
#include <string.h>

enum { BUDGET = 64 * 1024 * 1024, SIZE_MAX_READ = 16 * 1024, TABLES = 4 };

static void problems_check(const struct sheet_grading *tables)
{
    assert(tables->count <= SHEET_GRADING_TABLES_MAX);
    assert(tables->problem_count <= SHEET_GRADING_PROBLEMS_MAX);
    for (size_t i = 0; i < tables->problem_count; i++) {
        const struct sheet_grading_problem *one = &tables->problems[i];
        assert(one->row && one->column && one->cell && one->expected);
    }
}

/* A reason has all its words, and is not of a table that holds. */
static void finding_check(enum verdict verdict, const struct finding *why)
{
    assert(verdict == finding_row(why->reason)->verdict && why->got);
}

/* The place that a grade becomes; SIZE_MAX: nobody ever got it. */
static size_t place_of(const struct grading_cut *host, const struct grading_cut *home, size_t i,
                       enum convert_rule rule, struct arena *arena)
{
    struct convert_answer answer;
    struct finding why = {0};
    enum verdict verdict =
        convert_grade(host, home, grading_label(host, i), rule, arena, &answer, &why);
    if (verdict) {
        finding_check(verdict, &why);
        assert(why.reason == FINDING_GRADE_UNUSED && host->borders[i] == host->borders[i + 1]);
        return SIZE_MAX;
    }
    assert(answer.host == i && answer.first <= answer.home && answer.home <= answer.last);
    return answer.home;
}

static void pair_check(const struct grading_cut *host, const struct grading_cut *home,
                       struct arena *arena)
{
    size_t before[CONVERT_COUNT] = {0};
    for (size_t i = 0; i < host->count; i++) {
        size_t places[CONVERT_COUNT];
        for (enum convert_rule rule = CONVERT_MINIMUM; rule < CONVERT_COUNT; rule++) {
            places[rule] = place_of(host, home, i, rule, arena);
            if (places[rule] == SIZE_MAX)
                continue;
            assert(places[rule] >= before[rule] && places[rule] < home->count);
            assert(host != home || places[rule] == i);
            before[rule] = places[rule];
        }
        assert(places[CONVERT_MAXIMUM] <= places[CONVERT_MIDDLE] &&
               places[CONVERT_MIDDLE] <= places[CONVERT_MINIMUM]);
    }
}

static void told_check(const struct grading_cut *cut, struct arena *arena)
{
    const struct grade_view_ask ask = {.host = {.grading = cut->grading},
                                       .home = {.grading = cut->grading},
                                       .grade = grading_label(cut, 0),
                                       .rule = "middle"};
    struct finding why = {0};
    json_t *told = NULL;
    enum verdict verdict = grade_view_convert(&ask, arena, &told, &why);
    assert(verdict ? why.reason == FINDING_GRADE_UNUSED
                   : json_array_size(json_object_get(told, "steps")) == 6);
    json_decref(told);
}

static void levels_look(const struct levels *levels, struct arena *arena)
{
    struct finding why = {0};
    enum verdict verdict = levels_check(levels, arena, &why);
    if (verdict) {
        finding_check(verdict, &why);
        return;
    }
    for (size_t i = 0; i < levels->count; i++) {
        const struct levels_row *own = &levels->rows[i], *row;
        const char *const bounds[] = {own->from, own->to};
        for (size_t j = 0; j < 2; j++) {
            verdict = levels_find(levels, own->system, bounds[j], arena, &row, &why);
            if (verdict)
                assert(why.reason == FINDING_LEVEL_TWO);
            else
                assert(strcmp(row->level, own->level) == 0);
        }
        verdict = levels_back(levels, own->system, own->level, arena, &row, &why);
        if (verdict)
            assert(why.reason == FINDING_LEVEL_RANGE);
        else
            assert(row == own);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct sheet_grading tables;
    struct grading_cut cuts[TABLES];
    struct finding why = {0};
    size_t usable = 0;
    if (size > SIZE_MAX_READ)
        return 0;
    struct arena *arena = arena_open(BUDGET);
    enum fault fault = sheet_grading_read((struct bytes) {data, size}, NULL, arena, &tables);
    assert(fault == FAULT_NONE || fault == FAULT_MEMORY);
    for (size_t i = 0; !fault && i < tables.count && usable < TABLES; i++) {
        const struct sheet_grading_table *table = &tables.tables[i];
        if (table->levels.count)
            levels_look(&table->levels, arena);
        enum verdict verdict = grading_cut(&table->grading, arena, &cuts[usable], &why);
        if (verdict)
            finding_check(verdict, &why);
        else
            told_check(&cuts[usable++], arena);
    }
    for (size_t i = 0; i < usable; i++)
        for (size_t j = 0; j < usable; j++)
            pair_check(&cuts[i], &cuts[j], arena);
    if (!fault)
        problems_check(&tables);
    arena_close(arena);
    return 0;
}
