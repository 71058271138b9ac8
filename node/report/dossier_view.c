#include "report/dossier_view.h"

#include "store/sound.h"

enum fault dossier_view_load(struct store *store, const struct store_place *place, bool with_bodies,
                             struct arena *arena, struct dossier_view *out)
{
    struct dossier_view view = {0};
    TRY(store->record_list(store, place, with_bodies, arena, &view.records, &view.count));
    view.headers = arena_take_array(arena, view.count, sizeof *view.headers);
    view.entries = arena_take_array(arena, view.count, sizeof *view.entries);
    if (!view.headers || !view.entries)
        return FAULT_MEMORY;
    for (size_t i = 0; i < view.count; i++) {
        enum verdict verdict = header_read_held(view.records[i].header, arena, &view.headers[i]);
        if (verdict)
            return verdict == VERDICT_TOO_LARGE ? FAULT_MEMORY : FAULT_CORRUPT;
        TRY(sound_check(&view.records[i], &view.headers[i]));
        dossier_entry_of(&view.headers[i], &view.entries[i]);
    }
    struct dossier_limits all = {{UINT32_MAX, UINT32_MAX}};
    dossier_fold(view.entries, view.count, all, &view.dossier);
    *out = view;
    return FAULT_NONE;
}

size_t dossier_view_find(const struct dossier_view *view, const struct digest *id)
{
    size_t i = 0;
    while (i < view->count && !digest_equal(&view->records[i].id, id))
        i++;
    return i;
}

const char *dossier_view_last_year(const struct dossier_view *view)
{
    size_t at = dossier_view_find(view, &view->dossier.termination);
    return at < view->count ? view->headers[at].fields->claim->last_year : NULL;
}

uint32_t dossier_view_own_lane(const struct store_place *place)
{
    return place->opened_by_partner ? 1 : 0;
}

enum fault dossier_view_body(const struct store_record *record, struct arena *arena,
                             ProtobufCMessage **body)
{
    *body = NULL;
    if (record->salt.size == 0)
        return FAULT_NONE;
    struct header header;
    enum verdict verdict = header_read_held(record->header, arena, &header);
    if (verdict)
        return verdict == VERDICT_TOO_LARGE ? FAULT_MEMORY : FAULT_CORRUPT;
    TRY(sound_check(record, &header));
    const struct kind *kind = kind_find(header.kind, header.schema);
    if (!kind || record->flags & (STORE_NOT_UNDERSTOOD | STORE_ASIDE))
        return FAULT_NONE;
    verdict = kind_body_read(kind, record->body, arena, body);
    if (verdict)
        return verdict == VERDICT_TOO_LARGE ? FAULT_MEMORY : FAULT_CORRUPT;
    return FAULT_NONE;
}
