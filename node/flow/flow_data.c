#include "flow/flow_data.h"

#include "flow/flow_build.h"
#include "flow/flow_table.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { OF_CODE, OF_NAME, OF_COUNTRY };
static const struct flow_table_column institution_columns[] = {
    [OF_CODE] = {"erasmus_code", true},
    [OF_NAME] = {"name legal_name", true},
    [OF_COUNTRY] = {"country", true},
    {NULL, false},
};

enum { FLOW_SENDER, FLOW_RECEIVER, FLOW_SENT };
static const struct flow_table_column flow_columns[] = {
    [FLOW_SENDER] = {"sender", true},
    [FLOW_RECEIVER] = {"receiver", true},
    [FLOW_SENT] = {"students", true},
    {NULL, false},
};

/* The names of the charter list, by Erasmus code. */
struct charter {
    const char *code, *name;
};

struct reading {
    struct arena *arena;
    struct flow_build *build;
    struct charter *charters;
    size_t charter_count, charter_room;
    bool spent;
};

static int charter_order(const void *left, const void *right)
{
    const struct charter *one = left, *other = right;
    return strcmp(one->code, other->code);
}

static bool charter_row(void *self, const struct bytes *cells, uint64_t)
{
    struct reading *reading = self;
    struct charter charter = {arena_text(reading->arena, cells[OF_CODE]),
                              arena_text(reading->arena, cells[OF_NAME])};
    if (reading->charter_count == reading->charter_room) {
        size_t room = reading->charter_room ? reading->charter_room * 2 : 1024;
        struct charter *more = arena_take_array(reading->arena, room, sizeof *more);
        if (more && reading->charter_count)
            memcpy(more, reading->charters, reading->charter_count * sizeof *more);
        reading->charters = more;
        reading->charter_room = room;
    }
    reading->spent = !charter.code || !charter.name || !reading->charters;
    if (!reading->spent)
        reading->charters[reading->charter_count++] = charter;
    return !reading->spent;
}

static bool institution_row(void *self, const struct bytes *cells, uint64_t line)
{
    struct reading *reading = self;
    struct flow_build_institution institution = {
        .id = cells[OF_CODE], .country = cells[OF_COUNTRY], .name = cells[OF_NAME], .line = line};
    char country[FLOW_COUNTRY_SIZE] = "zz";
    struct charter wanted = {arena_text(reading->arena, cells[OF_CODE]), NULL};
    if (!wanted.code)
        return flow_build_spent(reading->build);
    if (cells[OF_COUNTRY].size == 2)
        memcpy(country, cells[OF_COUNTRY].data, 2);
    const struct charter *known = reading->charter_count
                                      ? bsearch(&wanted, reading->charters, reading->charter_count,
                                                sizeof wanted, charter_order)
                                      : NULL;
    if (known)
        institution.name = bytes_text(known->name);
    const char *schac = flow_build_schac(cells[OF_CODE], country, reading->arena);
    if (!schac)
        return flow_build_spent(reading->build);
    institution.schac = bytes_text(schac);
    return flow_build_institution(reading->build, &institution);
}

static bool flow_row(void *self, const struct bytes *cells, uint64_t line)
{
    struct reading *reading = self;
    return flow_build_link(reading->build,
                           &(struct flow_build_link) {cells[FLOW_SENDER], cells[FLOW_RECEIVER],
                                                      cells[FLOW_SENT], line});
}

enum fault flow_data_sample(const struct flow_data_files *files, struct arena *arena,
                            struct flow_network *out, struct flow_refusal *refusal, int *which)
{
    struct reading reading = {.arena = arena, .build = flow_build_open(arena, refusal)};
    const struct flow_table charters = {institution_columns, charter_row, &reading, false},
                            institutions = {institution_columns, institution_row, &reading, false},
                            flows = {flow_columns, flow_row, &reading, false};
    if (!reading.build)
        return FAULT_MEMORY;
    *which = 2;
    if (files->charters.size > 0)
        TRY(flow_table_read(files->charters, &charters, arena, refusal));
    if (reading.charter_count)
        qsort(reading.charters, reading.charter_count, sizeof *reading.charters, charter_order);
    if (refusal->expected[0] || reading.spent)
        return reading.spent ? FAULT_MEMORY : FAULT_NONE;
    *which = 0;
    TRY(flow_table_read(files->institutions, &institutions, arena, refusal));
    flow_build_close(reading.build);
    if (refusal->expected[0])
        return FAULT_NONE;
    *which = 1;
    TRY(flow_table_read(files->flows, &flows, arena, refusal));
    return flow_build_finish(reading.build, out) || refusal->expected[0] ? FAULT_NONE
                                                                         : FAULT_MEMORY;
}

/* ---- rates ---- */

enum { LIST_DATE, LIST_ROWS, LIST_ADDED, LIST_REMOVED, LIST_NAMES, LIST_CODES };
static const struct flow_table_column history_columns[] = {
    [LIST_DATE] = {"list_date", true},
    [LIST_ROWS] = {"rows", true},
    [LIST_ADDED] = {"pic_added", true},
    [LIST_REMOVED] = {"pic_removed", true},
    [LIST_NAMES] = {"names_changed", true},
    [LIST_CODES] = {"codes_changed", true},
    {NULL, false},
};

struct history {
    struct flow_refusal *refusal;
    int64_t first, last; /* days */
    uint64_t lists, rows, sums[LIST_CODES + 1];
};

static bool history_row(void *self, const struct bytes *cells, uint64_t line)
{
    enum { ROWS_MAX = 1000000 };
    struct history *history = self;
    uint64_t numbers[LIST_CODES + 1] = {0};
    int64_t day;
    bool good =
        instant_date(cells[LIST_DATE], &day) && (history->lists == 0 || day > history->last);
    for (size_t i = LIST_ROWS; i <= LIST_CODES; i++)
        good = good && flow_file_number(cells[i], ROWS_MAX, &numbers[i]);
    if (!good || numbers[LIST_ROWS] == 0)
        return flow_file_refuse(history->refusal, line, "take the published file as it is",
                                "a later date than before it, and whole numbers");
    if (numbers[LIST_NAMES] > numbers[LIST_ROWS] / 10)
        numbers[LIST_NAMES] = 0;
    if (history->lists++ == 0)
        history->first = day;
    history->last = day;
    history->rows += numbers[LIST_ROWS];
    for (size_t i = LIST_ADDED; i <= LIST_CODES; i++)
        history->sums[i] += numbers[i];
    return true;
}

/* In a year, of 10,000. */
static uint32_t rate(const struct history *history, size_t what)
{
    enum { YEAR_DAYS = 365, OF = 10000 };
    uint64_t days = (uint64_t)(history->last - history->first);
    uint64_t mean = history->rows / history->lists;
    uint64_t often = history->sums[what] * YEAR_DAYS * OF / (days * mean);
    return (uint32_t)(often < OF ? often : OF);
}

enum fault flow_data_rates(struct bytes history_file, struct arena *arena, struct flow_rates *out,
                           struct flow_refusal *refusal)
{
    *refusal = (struct flow_refusal) {0};
    struct history history = {.refusal = refusal};
    const struct flow_table table = {history_columns, history_row, &history, false};
    TRY(flow_table_read(history_file, &table, arena, refusal));
    if (!refusal->expected[0] && history.lists < 2)
        flow_file_refuse(refusal, 0, "take the published file as it is", "at least two lists");
    if (!refusal->expected[0])
        *out = (struct flow_rates) {rate(&history, LIST_ADDED), rate(&history, LIST_REMOVED),
                                    rate(&history, LIST_NAMES), rate(&history, LIST_CODES)};
    return FAULT_NONE;
}
