#include "sim/refold_look.h"

#include "sim/checks.h"
#include "sim/refold.h"

#include <stddef.h>

enum { PAGE = 256 };

static const struct {
    const char *name;
    size_t offset;
} subjects[] = {
    {"revision in force", offsetof(struct dossier, revision)},
    {"revision decided on", offsetof(struct dossier, decided)},
    {"decision", offsetof(struct dossier, decision)},
    {"arrival", offsetof(struct dossier, arrival)},
    {"departure", offsetof(struct dossier, departure)},
    {"longer stay asked for", offsetof(struct dossier, extending)},
    {"longer stay granted", offsetof(struct dossier, extension)},
    {"transcript", offsetof(struct dossier, transcript)},
    {"recognition", offsetof(struct dossier, recognition)},
    {"revocation", offsetof(struct dossier, revocation)},
    {"learning agreement", offsetof(struct dossier, learning)},
    {"learning agreement that was approved", offsetof(struct dossier, learning_agreed)},
    {"opener's open terms", offsetof(struct dossier, offers[0])},
    {"other's open terms", offsetof(struct dossier, offers[1])},
    {"terms in force", offsetof(struct dossier, in_force)},
    {"termination", offsetof(struct dossier, termination)},
    {"opener's contacts", offsetof(struct dossier, contacts[0])},
    {"other's contacts", offsetof(struct dossier, contacts[1])},
    {"head of lane 0", offsetof(struct dossier, heads[0])},
    {"head of lane 1", offsetof(struct dossier, heads[1])},
};

static const struct digest *subject(const struct dossier *dossier, size_t row)
{
    return (const struct digest *)((const char *)dossier + subjects[row].offset);
}

const char *refold_look_differs(const struct dossier *one, const struct dossier *other)
{
    if (one->state != other->state)
        return "state";
    for (size_t i = 0; i < sizeof subjects / sizeof *subjects; i++)
        if (!digest_equal(subject(one, i), subject(other, i)))
            return subjects[i].name;
    if (one->lengths[0] != other->lengths[0] || one->lengths[1] != other->lengths[1])
        return "length of its lanes";
    if (one->forked[0] != other->forked[0] || one->forked[1] != other->forked[1])
        return "fork";
    return one->incomplete != other->incomplete           ? "count of what is incomplete"
           : one->not_understood != other->not_understood ? "count of what is not understood"
                                                          : NULL;
}

static bool known(const struct digest *digest)
{
    static const struct digest none;
    return !digest_equal(digest, &none);
}

/* The row names the same record as the headers. */
static bool row_names(const struct store_record *records, size_t count, int64_t serial,
                      const struct digest *id)
{
    for (size_t i = 0; i < count; i++)
        if (records[i].serial == serial)
            return digest_equal(&records[i].id, id);
    return serial == 0 && !known(id);
}

static const char *row_differs(const struct store_dossier *row, const struct dossier *says,
                               const struct store_record *records, size_t count)
{
    if (row->state != (uint32_t)says->state)
        return "state";
    if (!row_names(records, count, row->revision, &says->revision))
        return "revision in force";
    return row_names(records, count, row->transcript, &says->transcript) ? NULL : "transcript";
}

static const char *dossier_look(struct store *store, const struct store_dossier *row,
                                struct arena *arena)
{
    struct store_record *records;
    struct dossier says, folds;
    size_t count;
    if (store->record_list(store, &row->place, false, arena, &records, &count))
        return "a store cannot be read";
    struct bytes *headers = arena_take_array(arena, count + 1, sizeof *headers);
    for (size_t i = 0; headers && i < count; i++)
        headers[i] = records[i].header;
    if (!headers || !refold_read(headers, count, arena, &says) ||
        !checks_fold(store, &row->place, arena, &folds, &count))
        return "a dossier cannot be read";
    if (folds.state != says.state)
        return arena_format(arena, "it is `%s` here, and `%s` by its records",
                            dossier_state_code(folds.state), dossier_state_code(says.state));
    const char *what = refold_look_differs(&folds, &says);
    if (what)
        return arena_format(arena, "its %s is another one by its records", what);
    what = row_differs(row, &says, records, count);
    return what ? arena_format(arena, "its row has another %s than its records", what) : NULL;
}

const char *refold_look(const struct world *world, size_t node, struct arena *arena)
{
    struct store *store = world_store(world, node);
    struct store_dossier_query query = {.opened_by_partner = -1, .max = PAGE};
    struct store_dossier *rows;
    size_t count;
    do {
        if (store->dossier_list(store, &query, arena, &rows, &count))
            return "a store cannot be read";
        for (size_t i = 0; i < count; i++) {
            char name[HEADER_DOSSIER_TEXT];
            const char *wrong = dossier_look(store, &rows[i], arena);
            header_dossier_text(&rows[i].place.dossier, name);
            if (wrong)
                return arena_format(arena, "at %s, %s: %s", world_institution(world, node), name,
                                    wrong);
        }
        if (count)
            query.after = &rows[count - 1].place;
    } while (count == PAGE);
    return NULL;
}
