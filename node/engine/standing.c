#include "engine/standing.h"

#include "store/sound.h"

/* The host wants another one: the same again is an insistence, and a record of its own. */
static bool is_commented(const struct fold_view *view, const struct digest *id)
{
    for (size_t i = 0; i < view->count; i++) {
        const struct dossier_entry *entry = &view->entries[i];
        if (entry->kind == PEREGRIN__KIND__KIND_LEARNING_DECISION && entry->folded &&
            !entry->void_ && !entry->out_of_turn &&
            entry->outcome != PEREGRIN__OUTCOME__OUTCOME_ACCEPT && digest_equal(&entry->target, id))
            return true;
    }
    return false;
}

/* Whether record i is our own and commits to just this body: under its own salt. */
static enum fault says_this(struct step *step, const struct draft *draft,
                            const struct fold_view *view, size_t i, bool *out)
{
    struct store *store = step->engine->store;
    const struct header *header = &view->headers[i];
    struct store_record *record;
    struct digest commitment;
    *out = false;
    if (header->kind != draft->kind->number || header->schema != draft->kind->schema ||
        view->entries[i].lane != fold_own_lane(&draft->place))
        return FAULT_NONE;
    TRY(store->record_get(store, view->records[i].serial, step->engine->scratch, &record));
    if (!record)
        return FAULT_CORRUPT;
    TRY(sound_check(record, header));
    if (record->salt.size != DIGEST_SALT_SIZE)
        return FAULT_NONE; /* withheld or erased: nobody can say what it said */
    header_commit(record->salt.data, draft->body, &commitment);
    *out = digest_equal(&commitment, &header->commitment);
    return FAULT_NONE;
}

enum fault standing_look(struct step *step, const struct draft *draft, const struct fold_view *view,
                         struct event_answer *answer)
{
    const struct dossier *dossier = &view->dossier;
    uint32_t own = fold_own_lane(&draft->place);
    const struct {
        uint32_t kind;
        const struct digest *id;
    } rows[] = {
        {PEREGRIN__KIND__KIND_ARRIVAL, &dossier->arrival},
        {PEREGRIN__KIND__KIND_DEPARTURE, &dossier->departure},
        {PEREGRIN__KIND__KIND_EXTENSION, &dossier->extending},
        {PEREGRIN__KIND__KIND_EXTENSION, &dossier->extension},
        {PEREGRIN__KIND__KIND_LEARNING, &dossier->learning},
        {PEREGRIN__KIND__KIND_CREDIT_RECORD, &dossier->transcript},
        {PEREGRIN__KIND__KIND_RECOGNITION, &dossier->recognition},
        {PEREGRIN__KIND__KIND_TERMS, &dossier->offers[own]},
        {PEREGRIN__KIND__KIND_CONTACTS, &dossier->contacts[own]},
        {PEREGRIN__KIND__KIND_FACTSHEET, &dossier->revision},
        {PEREGRIN__KIND__KIND_GRADING_TABLE, &dossier->revision},
        {PEREGRIN__KIND__KIND_COURSE_LIST, &dossier->revision},
    };
    for (size_t row = 0; row < sizeof rows / sizeof *rows && !answer->repeated; row++) {
        size_t i =
            rows[row].kind == draft->kind->number ? fold_find(view, rows[row].id) : view->count;
        if (i == view->count || is_commented(view, rows[row].id))
            continue;
        TRY(says_this(step, draft, view, i, &answer->repeated));
        if (!answer->repeated)
            continue;
        answer->lane = own;
        answer->index = view->entries[i].index;
        answer->id = view->entries[i].id;
    }
    return FAULT_NONE;
}
