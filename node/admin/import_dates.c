#include "admin/import_dates.h"

#include "admin/import_cell.h"

#include <string.h>

enum { FORMS_MAX = 4 };

/* What one column shows. */
struct evidence {
    bool dates, shows[SHEET_DATE_MDY + 1], open;
};

struct looking {
    struct evidence columns[SHEET_COLUMNS_MAX];
    const char *forms[FORMS_MAX];
    size_t form_count;
    const char *open_form; /* of a cell whose day and month could be exchanged; NULL: none */
};

static void form_note(struct looking *looking, const char *form)
{
    for (size_t i = 0; i < looking->form_count; i++)
        if (strcmp(looking->forms[i], form) == 0)
            return;
    if (looking->form_count < FORMS_MAX)
        looking->forms[looking->form_count++] = form;
}

static void cell_look(struct looking *looking, size_t column, struct bytes cell,
                      struct arena *arena)
{
    struct sheet_date date;
    struct arena_mark mark = arena_mark(arena);
    bool dated = cell.size > 0 && sheet_date_read(cell, arena, &date);
    arena_rewind(arena, mark);
    if (!dated)
        return;
    struct evidence *evidence = &looking->columns[column];
    evidence->dates = true;
    evidence->open = evidence->open || date.open;
    evidence->shows[date.proves] = true;
    /* An open form is told only where it stays open. */
    if (date.open)
        looking->open_form = date.form;
    else
        form_note(looking, date.form);
}

/* What both or neither of the two show is nothing. */
static enum sheet_date_order shown(const bool shows[SHEET_DATE_MDY + 1])
{
    if (shows[SHEET_DATE_DMY] == shows[SHEET_DATE_MDY])
        return SHEET_DATE_ASK;
    return shows[SHEET_DATE_DMY] ? SHEET_DATE_DMY : SHEET_DATE_MDY;
}

static void settle(const struct looking *looking, enum sheet_date_order wanted,
                   struct import_dates *out)
{
    bool together[SHEET_DATE_MDY + 1] = {false};
    for (size_t i = 0; i < SHEET_COLUMNS_MAX; i++)
        for (size_t j = SHEET_DATE_DMY; j <= SHEET_DATE_MDY; j++)
            together[j] = together[j] || looking->columns[i].shows[j];
    for (size_t i = 0; i < SHEET_COLUMNS_MAX; i++) {
        const struct evidence *evidence = &looking->columns[i];
        bool silent = !evidence->shows[SHEET_DATE_DMY] && !evidence->shows[SHEET_DATE_MDY];
        enum sheet_date_order order = shown(silent ? together : evidence->shows);
        out->orders[i] = order == SHEET_DATE_ASK ? wanted : order;
        out->open = out->open || (evidence->open && out->orders[i] == SHEET_DATE_ASK);
    }
}

enum fault import_dates_look(const struct sheet_header *header, enum sheet_date_order wanted,
                             struct arena *arena, struct import_dates *out)
{
    struct looking *looking = arena_take(arena, sizeof *looking);
    *out = (struct import_dates) {0};
    if (!looking)
        return FAULT_MEMORY;
    for (size_t i = 0; i < header->count; i++) {
        if (header->titles[i] >= IMPORT_TITLE_COLUMNS ||
            !import_cell_is_date(import_cell_column(header->titles[i])))
            continue;
        for (const struct sheet_row *row = header->next; row; row = row->next)
            cell_look(looking, i, sheet_cell(row, i), arena);
    }
    settle(looking, wanted, out);
    if (looking->open_form && (out->open || !looking->form_count))
        form_note(looking, looking->open_form);
    for (size_t i = 0; i < looking->form_count; i++) {
        out->forms = out->forms ? arena_format(arena, "%s, %s", out->forms, looking->forms[i])
                                : looking->forms[i];
        if (!out->forms)
            return FAULT_MEMORY;
    }
    return FAULT_NONE;
}
