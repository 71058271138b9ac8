#include "report/notice.h"

#include "record/walk.h"

#include <assert.h>
#include <string.h>

enum { PAGE = 64 };

static const struct {
    uint32_t kind;
    enum dossier_state state;
} sorts[] = {
    {PEREGRIN__KIND__KIND_FACTSHEET, DOSSIER_FACTSHEET},
    {PEREGRIN__KIND__KIND_GRADING_TABLE, DOSSIER_GRADING},
    {PEREGRIN__KIND__KIND_COURSE_LIST, DOSSIER_COURSES},
};

enum { SORT_COUNT = sizeof sorts / sizeof *sorts };

int notice_state(uint32_t kind)
{
    for (size_t i = 0; i < SORT_COUNT; i++)
        if (sorts[i].kind == kind)
            return (int)sorts[i].state;
    return -1;
}

uint32_t notice_kind(enum dossier_state state)
{
    for (size_t i = 0; i < SORT_COUNT; i++)
        if (sorts[i].state == state)
            return sorts[i].kind;
    return 0;
}

const char *notice_subject(const ProtobufCMessage *body, struct arena *arena)
{
    assert(body);
    if (body->descriptor == &peregrin__grading_table__descriptor) {
        const Peregrin__GradingTable *table = (const Peregrin__GradingTable *)body;
        const char *scheme = table->scheme ? table->scheme : "-";
        const char *field = table->isced_f ? table->isced_f : "-";
        return table->has_eqf ? arena_format(arena, "%s %s %u", scheme, field, table->eqf)
                              : arena_format(arena, "%s %s -", scheme, field);
    }
    if (body->descriptor == &peregrin__course_list__descriptor) {
        const Peregrin__CourseList *list = (const Peregrin__CourseList *)body;
        return arena_text(arena, bytes_text(list->year ? list->year : "-"));
    }
    return "";
}

bool notice_same(const ProtobufCMessage *one, const ProtobufCMessage *other)
{
    const ProtobufCMessageDescriptor *type = one->descriptor;
    if (other->descriptor != type)
        return false;
    for (unsigned i = 0; i < type->n_fields; i++) {
        const ProtobufCFieldDescriptor *field = &type->fields[i];
        bool author = strcmp(field->name, "unit") == 0 || strcmp(field->name, "officer") == 0;
        if (!author && !walk_same(one, field, other, field))
            return false;
    }
    return true;
}

enum fault notice_load(struct store *store, const struct store_dossier *row, struct arena *arena,
                       struct notice *out)
{
    struct notice notice = {.row = *row, .subject = ""};
    ProtobufCMessage *body = NULL;
    TRY(dossier_view_load(store, &row->place, true, arena, &notice.view));
    notice.newest = dossier_view_find(&notice.view, &notice.view.dossier.revision);
    if (notice.newest < notice.view.count)
        TRY(dossier_view_body(&notice.view.records[notice.newest], arena, &body));
    if (body && notice_state(notice.view.headers[notice.newest].kind) >= 0) {
        notice.body = body;
        notice.subject = notice_subject(body, arena);
    }
    *out = notice;
    return notice.subject ? FAULT_NONE : FAULT_MEMORY;
}

size_t notice_revisions(const struct notice *notice)
{
    size_t count = 0;
    for (size_t i = 0; i < notice->view.count; i++) {
        const struct dossier_entry *entry = &notice->view.entries[i];
        count +=
            notice_state(entry->kind) >= 0 && entry->folded && !entry->void_ && !entry->out_of_turn;
    }
    return count;
}

enum fault notice_list(struct store *store, uint32_t pair, bool opened_by_partner, uint64_t states,
                       struct arena *arena, struct notice **out, size_t *count)
{
    struct store_dossier_query query = {
        .pair = pair,
        .states = states ? states : dossier_family_states(KIND_NOTICE),
        .opened_by_partner = opened_by_partner,
        .max = PAGE,
    };
    struct store_dossier *rows;
    struct notice *all = NULL;
    size_t found = 0, page;
    do {
        TRY(store->dossier_list(store, &query, arena, &rows, &page));
        struct notice *more = arena_take_array(arena, found + page, sizeof *more);
        if (!more)
            return FAULT_MEMORY;
        if (found)
            memcpy(more, all, found * sizeof *more);
        all = more;
        for (size_t i = 0; i < page; i++)
            TRY(notice_load(store, &rows[i], arena, &all[found++]));
        if (page)
            query.after = &rows[page - 1].place;
    } while (page == PAGE);
    *out = all;
    *count = found;
    return FAULT_NONE;
}
