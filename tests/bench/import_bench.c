/* links: base seal record trust wire rules channel stream eligibility store engine report sheet admin */
/* How long a list of 5,000 rows takes to be looked through, as CSV and as a workbook, beside what
 * taking it apart alone takes: unfolding and parsing are the machine's limit for a reader. Two
 * seconds are promised. */
#include "admin/import.h"
#include "mobility.pb-c.h"
#include "sheet/sheet_write.h"
#include "store/store_memory.h"
#include "support/figure.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { ROWS = IMPORT_ROWS_MAX, COLUMNS = 14, ARENA = 128 * 1024 * 1024, ROUNDS = 5 };

static Peregrin__Institution entries[] = {PEREGRIN__INSTITUTION__INIT, PEREGRIN__INSTITUTION__INIT};
static struct catalogue_institution institutions[] = {
    {.schac = "helmo.be", .country = "BE", .entry = &entries[0]},
    {.schac = "itg.be", .country = "BE", .entry = &entries[1]},
};
static const struct catalogue catalogue = {
    .network = "bench", .institutions = institutions, .institution_count = 2};

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void must(bool holds, const char *what)
{
    if (holds)
        return;
    fprintf(stderr, "import_bench: %s\n", what);
    exit(1);
}

/* A row of the list; the header is row 0. */
static struct sheet_row *row_make(size_t number, struct arena *arena)
{
    static const char *const titles[COLUMNS] = {"Erasmus code",   "Academic year",
                                                "Semester",       "Type of mobility",
                                                "Level of study", "ISCED-F",
                                                "Family name",    "Given names",
                                                "Date of birth",  "E-mail",
                                                "Gender",         "Nationality",
                                                "Start",          "End"};
    const char *texts[COLUMNS] = {"itg.be",     "2026/2027",
                                  "1",          "studies",
                                  "Bachelor",   "0613",
                                  "Novák",      arena_format(arena, "Jana %zu", number),
                                  "2005-04-25", arena_format(arena, "jana.%zu@example.org", number),
                                  "F",          "Czechia",
                                  "2026-09-01", "2026-10-29"};
    struct sheet_row *row = arena_take(arena, sizeof *row);
    struct bytes *cells = arena_take_array(arena, COLUMNS, sizeof *cells);
    uint8_t *kinds = arena_take(arena, COLUMNS);
    must(row && cells && kinds, "no memory");
    for (size_t i = 0; i < COLUMNS; i++)
        cells[i] = bytes_text(number ? texts[i] : titles[i]);
    kinds[8] = number ? SHEET_DATE : SHEET_TEXT;
    *row = (struct sheet_row) {
        .number = number + 1, .cells = cells, .kinds = kinds, .cell_count = COLUMNS};
    return row;
}

static struct bytes list_make(bool workbook, struct arena *arena)
{
    struct sheet_row *first = row_make(0, arena), *last = first;
    struct bytes out;
    for (size_t i = 1; i <= ROWS; i++, last = last->next)
        last->next = row_make(i, arena);
    const struct sheet_writing writing = {.name = "List", .rows = first, .header_row = 1};
    enum fault fault = workbook ? sheet_write_xlsx(&writing, 1, arena, &out)
                                : sheet_write_csv(&writing, ';', true, arena, &out);
    must(!fault, "the list could not be made");
    return out;
}

/* The best of some rounds, in seconds: what the machine can do. */
static double apart(struct bytes list)
{
    double best = 1e9;
    for (int i = 0; i < ROUNDS; i++) {
        struct arena *arena = arena_open(ARENA);
        struct sheet_book book;
        struct sheet sheet;
        double begun = seconds();
        must(!sheet_open(list, NULL, arena, &book) && !book.refusal.expected &&
                 !sheet_read(&book, 0, ROWS + 1, arena, &sheet) && sheet.row_count == ROWS + 1,
             "the list could not be taken apart");
        double taken = seconds() - begun;
        best = taken < best ? taken : best;
        arena_close(arena);
    }
    return best;
}

/* With all rules, each row breaks some of them. */
static double run(struct store *store, const struct eligible *eligible, struct bytes list,
                  bool confirm)
{
    struct import import = {.store = store,
                            .catalogue = &catalogue,
                            .own = "helmo.be",
                            .eligible = eligible,
                            .content = list,
                            .confirm = confirm,
                            .now = {1795301546 * (int64_t)INSTANT_SECOND}};
    struct import_result result;
    struct arena *arena = arena_open(ARENA);
    double begun = seconds();
    must(!store->begin(store) && !import_run(&import, arena, &result) && !store->commit(store),
         "the import failed");
    double taken = seconds() - begun;
    must(result.ready == ROWS, "not all rows are ready");
    must(!eligible || result.warning_count + result.warnings_left_out >= ROWS,
         "the rules were not asked");
    arena_close(arena);
    return taken;
}

static double previewed(struct store *store, const struct eligible *eligible, struct bytes list)
{
    double best = 1e9;
    for (int i = 0; i < ROUNDS; i++) {
        double taken = run(store, eligible, list, false);
        best = taken < best ? taken : best;
    }
    return best;
}

static void say(const char *form, const char *what, double value)
{
    char name[64];
    snprintf(name, sizeof name, "import_%s_%d_%s", form, (int)ROWS, what);
    figure_say(name, value, "s");
}

int main(void)
{
    struct arena *arena = arena_open(ARENA);
    struct dated_refusal refusal;
    struct dated *settings;
    must(!eligibility_settings((struct bytes) {0}, arena, &settings, &refusal), "no rules");
    for (int workbook = 0; workbook < 2; workbook++) {
        struct store *store = store_memory_open();
        struct bytes list = list_make(workbook, arena);
        const char *form = workbook ? "xlsx" : "csv";
        double limit = apart(list), fresh = previewed(store, NULL, list);
        struct eligible eligible = {.settings = settings, .stays = stays_open()};
        double ruled = previewed(store, &eligible, list);
        run(store, NULL, list, true);
        double known = previewed(store, NULL, list);
        stays_close(eligible.stays);
        say(form, "limit_apart", limit);
        say(form, "previewed", fresh);
        say(form, "previewed_again", known);
        say(form, "with_all_rules", ruled);
        must(fresh <= 2 && known <= 2 && ruled <= 2,
             "slower than the two seconds that are promised");
        store->close(store);
    }
    arena_close(arena);
    return 0;
}
