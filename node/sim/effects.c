#include "sim/effects.h"

#include "engine/feed.h"
#include "sim/checks.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { PAGE = 1024, ROOM = 64 };

struct effects {
    const struct world *world;
    struct ledger *ledger;
    /* By number in the ledger: records that a restore took from whom had receipted them, while
     * their author had the receipt. One that came to an author who died before the commit is on no
     * disk: nobody can show it, and such a record is judged anew when it comes back. */
    size_t *returning;
    size_t count, room;
};

struct effects *effects_open(const struct world *world, struct ledger *ledger)
{
    struct effects *effects = ledger ? calloc(1, sizeof *effects) : NULL;
    if (effects) {
        effects->world = world;
        effects->ledger = ledger;
    }
    return effects;
}

void effects_close(struct effects *effects)
{
    if (effects)
        free(effects->returning);
    free(effects);
}

/* ---- what came back is not judged again ---- */

static bool returning_add(struct effects *effects, size_t number)
{
    if (effects->count == effects->room) {
        size_t room = effects->room ? 2 * effects->room : ROOM;
        size_t *larger = realloc(effects->returning, room * sizeof *larger);
        if (!larger)
            return false;
        effects->returning = larger;
        effects->room = room;
    }
    effects->returning[effects->count++] = number;
    return true;
}

static bool is_at(const struct effects *effects, size_t institution, size_t home)
{
    return ledger_home(effects->ledger, institution) == home;
}

void effects_note(struct effects *effects, const struct world_event *event)
{
    const struct ledger_record *record;
    if (event->deed != WORLD_RESTORED)
        return;
    for (size_t i = 0; (record = ledger_record(effects->ledger, i)); i++)
        if (ledger_shows(effects->ledger, record) &&
            is_at(effects, record->audience, event->node) &&
            !is_at(effects, record->author, event->node) &&
            !ledger_holds(effects->ledger, record->audience, record))
            (void)returning_add(effects, i);
}

/* The author shows the receipt of then, and that is the judgement of then. Who lost the receipt has
 * nothing to show. */
static const char *returned_judged(const struct effects *effects, struct arena *arena)
{
    for (size_t i = 0; i < effects->count; i++) {
        const struct ledger_record *record = ledger_record(effects->ledger, effects->returning[i]);
        struct store *store = world_store(effects->world, record->audience);
        struct store_place place = {
            .pair = checks_pair(effects->world, record->audience, record->author, arena),
            .opened_by_partner = record->opened_by_author,
            .dossier = record->dossier,
        };
        struct store_record *row;
        int64_t serial;
        if (record->lost || ledger_party(effects->ledger, record->author)->restored ||
            ledger_party(effects->ledger, record->author)->distrusted ||
            store->record_find(store, &place, record->lane, record->index, &record->id, &serial) ||
            !serial || store->record_get(store, serial, arena, &row) || !row)
            continue;
        if (!(row->flags & STORE_RECOVERED))
            return arena_format(arena, "%s was judged again when it came back after a restore",
                                ledger_name(effects->ledger, record));
    }
    return NULL;
}

/* ---- what is told ---- */

/* Each row that a record came names one that is here, the partner's, and no other row does. */
static const char *tellings_hold(const struct effects *effects, size_t home, struct arena *arena)
{
    struct store *store = world_store(effects->world, home);
    struct store_event *events;
    struct store_record *record;
    size_t count, told = 0, room = 0;
    int64_t cursor = 0, *serials = NULL;
    const char *wrong = NULL;
    do {
        if (store->event_list(store, cursor, PAGE, arena, &events, &count))
            return "a store cannot be read";
        for (size_t i = 0; i < count && !wrong; i++) {
            cursor = events[i].cursor;
            if (events[i].kind != FEED_RECORD_RECEIVED)
                continue;
            bool here = !store->record_get(store, events[i].serial, arena, &record) && record &&
                        !(record->flags & STORE_OURS);
            if (told == room) {
                room = room ? 2 * room : PAGE;
                serials = realloc(serials, room * sizeof *serials);
                assert(serials);
            }
            for (size_t j = 0; j < told && here; j++)
                if (serials[j] == events[i].serial)
                    wrong = "followers of %s were told twice that one record came";
            serials[told++] = events[i].serial;
            if (!here)
                wrong = "followers of %s were told that a record came which is not here";
        }
    } while (count == PAGE && !wrong);
    free(serials);
    return wrong ? arena_format(arena, wrong, world_institution(effects->world, home)) : NULL;
}

/* ---- what is shown ---- */

static bool same_place(const struct store_record *one, const struct store_record *other)
{
    return one->lane == other->lane && one->index == other->index &&
           one->place.opened_by_partner == other->place.opened_by_partner &&
           memcmp(&one->place.dossier, &other->place.dossier, sizeof one->place.dossier) == 0;
}

static const char *forks_shown(const struct effects *effects, size_t node, size_t other,
                               struct arena *arena)
{
    struct store *store = world_store(effects->world, node);
    uint32_t pair = checks_pair(effects->world, node, other, arena);
    struct store_record **records;
    struct store_dossier row;
    size_t count;
    bool found;
    if (!pair)
        return NULL;
    if (!checks_records(store, pair, arena, &records, &count))
        return "a store cannot be read";
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < i; j++)
            if (same_place(records[i], records[j]) &&
                (store->dossier_get(store, &records[i]->place, &found, &row) || !found ||
                 !row.forked[records[i]->lane]))
                return arena_format(arena, "%s shows a forked lane of a dossier with %s as fine",
                                    world_institution(effects->world, node),
                                    world_institution(effects->world, other));
    return NULL;
}

const char *effects_look(const struct effects *effects, struct arena *arena)
{
    size_t count = world_count(effects->world);
    const char *wrong = returned_judged(effects, arena);
    for (size_t node = 0; node < count && !wrong; node++) {
        if (is_at(effects, node, node))
            wrong = tellings_hold(effects, node, arena);
        for (size_t other = 0; other < count && !wrong; other++)
            if (other != node)
                wrong = forks_shown(effects, node, other, arena);
    }
    return wrong;
}
