#include "sheet/sheet_pick.h"

#include <assert.h>
#include <strings.h>

static bool tab_named(const struct sheet_book *book, const char *name, size_t *tab)
{
    for (size_t i = 0; i < book->tab_count; i++)
        if (book->tabs[i].name && strcasecmp(book->tabs[i].name, name) == 0) {
            *tab = i;
            return true;
        }
    return false;
}

/* How many titles the first rows of a sheet have. What a look costs is given back. */
static enum fault tab_look(const struct sheet_book *book, size_t tab, const struct sheet_pick *pick,
                           struct arena *arena, size_t *known)
{
    struct sheet_book looked_at = *book;
    struct sheet sheet;
    struct arena_mark mark = arena_mark(arena);
    struct sheet_header *header = arena_take(arena, sizeof *header);
    *known = 0;
    if (!header)
        return FAULT_MEMORY;
    TRY(sheet_read(&looked_at, tab, SHEET_TITLE_HEADER_ROWS, arena, &sheet));
    TRY(sheet_title_header(&sheet, pick->titles, pick->title_count, pick->known_min, arena,
                           header));
    *known = header->row ? header->known : 0;
    arena_rewind(arena, mark);
    return FAULT_NONE;
}

/* The first of those with most titles; the first that can be seen where none has any. */
static enum fault tab_best(const struct sheet_book *book, const struct sheet_pick *pick,
                           struct arena *arena, size_t *tab)
{
    size_t most = 0, known, visible = 0;
    while (visible + 1 < book->tab_count && book->tabs[visible].hidden)
        visible++;
    *tab = visible;
    for (size_t i = 0; i < book->tab_count; i++) {
        if (book->tabs[i].hidden)
            continue;
        TRY(tab_look(book, i, pick, arena, &known));
        if (known <= most)
            continue;
        most = known;
        *tab = i;
    }
    return FAULT_NONE;
}

enum fault sheet_pick(struct sheet_book *book, const struct sheet_pick *pick, struct arena *arena,
                      struct sheet *sheet, struct sheet_header *header)
{
    static const struct sheet_refusal nowhere = {
        "not_found", "a sheet of this name",
        "the names stand at the lower edge of the spreadsheet program's window"};
    size_t tab = 0;
    assert(!book->refusal.expected);
    *sheet = (struct sheet) {0};
    *header = (struct sheet_header) {0};
    if (book->form == SHEET_CSV || book->tab_count == 1)
        tab = 0;
    else if (!pick->name)
        TRY(tab_best(book, pick, arena, &tab));
    if (book->form == SHEET_XLSX && pick->name && !tab_named(book, pick->name, &tab)) {
        book->refusal = nowhere;
        return FAULT_NONE;
    }
    TRY(sheet_read(book, tab, pick->rows_max, arena, sheet));
    if (book->refusal.expected)
        return FAULT_NONE;
    return sheet_title_header(sheet, pick->titles, pick->title_count, pick->known_min, arena,
                              header);
}
