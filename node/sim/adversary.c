#include "sim/adversary.h"

#include "mobility.pb-c.h"
#include "record/codec.h"
#include "sim/checks.h"
#include "sim/craft.h"
#include "sim/people.h"

#include <assert.h>
#include <string.h>

enum { SCHEMA_OF_NOBODY = 99, BATCH_MAX = 32 };

/* ---- into the store ---- */

static enum fault row_save(const struct craft *craft, const struct store_place *place)
{
    struct store *store = world_store(craft->play->world, craft->node);
    struct dossier now;
    size_t count;
    if (!checks_fold(store, place, craft->play->arena, &now, &count))
        return FAULT_CORRUPT;
    struct store_dossier row = {
        .place = *place,
        .state = now.state,
        .lengths = {now.lengths[0], now.lengths[1]},
        .incomplete = now.incomplete,
        .not_understood = now.not_understood,
        .forked = {now.forked[0], now.forked[1]},
    };
    return store->dossier_put(store, &row);
}

static enum fault records_save(const struct craft *craft, struct store_record *records,
                               size_t count)
{
    struct store *store = world_store(craft->play->world, craft->node);
    struct digest ids[BATCH_MAX];
    for (size_t i = 0; i < count; i++)
        ids[i] = records[i].id;
    struct store_signed seal = {
        .pair = craft->place.pair,
        .wire = craft_seal(craft, ids, count),
        .leaves = {(const uint8_t *)ids, count * DIGEST_SIZE},
    };
    TRY(store->begin(store));
    TRY(store->seal_put(store, &seal));
    for (size_t i = 0; i < count; i++) {
        records[i].seal = seal.number;
        records[i].seal_index = (uint32_t)i;
        TRY(store->record_put(store, &records[i]));
        struct store_outbox_row row = {.serial = records[i].serial, .seal = seal.number};
        TRY(store->outbox_put(store, craft->place.pair, &row));
        TRY(row_save(craft, &records[i].place));
    }
    return store->commit(store);
}

/* Under one seal. The engine keeps counts of what the store holds: it reads them again. */
static bool save(const struct craft *craft, struct store_record *records, size_t count)
{
    struct play *play = craft->play;
    bool up = world_up(play->world, craft->node);
    if (up)
        world_stop(play->world, craft->node);
    bool saved = !records_save(craft, records, count);
    struct store *store = world_store(play->world, craft->node);
    if (!saved && store->inside(store))
        store->rollback(store);
    bool back = !up || world_start(play->world, craft->node);
    return (saved && back) || play_wrong(play, "the crafted record cannot be stored");
}

/* Into the partner's store, too, as an older version would have taken it. */
static enum fault record_plant(const struct craft *craft, struct store_record record)
{
    struct store *store = world_store(craft->play->world, craft->partner);
    struct craft there = {.play = craft->play, .node = craft->partner};
    struct store_signed seal = {
        .wire = craft_seal(craft, &record.id, 1),
        .leaves = digest_bytes(&record.id),
    };
    if (!play_place(craft->play, craft->dossier, craft->partner, &record.place))
        return FAULT_CORRUPT;
    record.flags = STORE_NOT_UNDERSTOOD;
    seal.pair = record.place.pair;
    TRY(store->begin(store));
    TRY(store->seal_put(store, &seal));
    record.seal = seal.number;
    TRY(store->record_put(store, &record));
    TRY(row_save(&there, &record.place));
    return store->commit(store);
}

/* ---- shapes ---- */

/* The next place in the own lane. */
static bool craft_begin(struct craft *craft)
{
    struct play *play = craft->play;
    size_t count;
    if (!play_place(play, craft->dossier, craft->node, &craft->place) ||
        !checks_fold(world_store(play->world, craft->node), &craft->place, play->arena,
                     &craft->seen, &count))
        return play_wrong(play, "%s cannot be crafted there", craft->dossier->name);
    uint32_t lane = craft->place.opened_by_partner ? 1 : 0;
    craft->index = craft->seen.lengths[lane];
    craft->previous = craft->seen.heads[lane];
    craft->opens = craft->index == 0 && lane == 0;
    craft->kind = craft->opens ? PEREGRIN__KIND__KIND_NOMINATION : PEREGRIN__KIND__KIND_AMENDMENT;
    craft->schema = 1;
    craft->year = "2026/2027";
    craft->dossier->emails++;
    craft->body = people_nomination(craft->dossier, play->arena);
    memset(craft->salt, (int)craft->dossier->emails, sizeof craft->salt);
    return true;
}

/* What each side may say at any time: the home withdraws, the host decides. */
static void speak(struct craft *craft)
{
    Peregrin__Withdrawal withdrawal = PEREGRIN__WITHDRAWAL__INIT;
    Peregrin__Decision decision = PEREGRIN__DECISION__INIT;
    bool host = craft->place.opened_by_partner;
    withdrawal.reason = decision.reason = "other";
    decision.has_outcome = true;
    decision.outcome = PEREGRIN__OUTCOME__OUTCOME_REFUSE;
    craft->kind = host ? PEREGRIN__KIND__KIND_DECISION : PEREGRIN__KIND__KIND_WITHDRAWAL;
    craft->year = NULL;
    craft->body = codec_pack(host ? &decision.base : &withdrawal.base, craft->play->arena);
}

static bool unknown(struct craft *craft)
{
    craft->schema = SCHEMA_OF_NOBODY;
    return true;
}

static bool malformed(struct craft *craft)
{
    craft->body = bytes_text("this is no protobuf");
    return true;
}

/* The first of a batch alone: the others are as they should be. */
static bool spoilt(struct craft *craft)
{
    size_t digits = strcspn(craft->dossier->name, "0123456789");
    return strcmp(craft->dossier->name + digits, "1") == 0 ? malformed(craft) : true;
}

static bool forged(struct craft *craft)
{
    craft->seal = CRAFT_FORGED;
    return true;
}

static bool stripped(struct craft *craft)
{
    craft->seal = CRAFT_STRIPPED;
    return true;
}

static bool misplaced(struct craft *craft)
{
    craft->seal = CRAFT_MISPLACED;
    return true;
}

static bool abroad(struct craft *craft)
{
    craft->seal = CRAFT_ABROAD;
    return world_count(craft->play->world) > 2 ||
           play_wrong(craft->play, "there is nobody else for whom it could be");
}

static bool twisted(struct craft *craft)
{
    craft->seal = CRAFT_TWISTED;
    return true;
}

static bool swapped(struct craft *craft)
{
    craft->swapped = true;
    return true;
}

static bool contradicting(struct craft *craft)
{
    craft->year = "2027/2028";
    return true;
}

static bool fork_(struct craft *craft)
{
    struct store *store = world_store(craft->play->world, craft->node);
    struct store_record *records;
    size_t count;
    uint32_t lane = craft->place.opened_by_partner ? 1 : 0;
    if (!craft->index ||
        store->record_list(store, &craft->place, false, craft->play->arena, &records, &count))
        return play_wrong(craft->play, "there is nothing to fork");
    craft->index--;
    for (size_t i = 0; i < count; i++)
        if (craft->index && records[i].lane == lane && records[i].index == craft->index - 1)
            craft->previous = records[i].id;
    speak(craft);
    return true;
}

/* The first amendment stays behind, the second rests on it. */
static bool ahead(struct craft *craft)
{
    struct play_withheld *withheld = &craft->play->withheld;
    *withheld = (struct play_withheld) {true, craft_record(craft)};
    craft->index++;
    craft->previous = withheld->record.id;
    craft->seen.revision = withheld->record.id;
    craft->dossier->emails++;
    craft->body = people_nomination(craft->dossier, craft->play->arena);
    return true;
}

static bool early(struct craft *craft)
{
    Peregrin__StayDay day = PEREGRIN__STAY_DAY__INIT;
    day.date = "2020-01-01";
    craft->kind = PEREGRIN__KIND__KIND_DEPARTURE;
    craft->year = NULL;
    craft->body = codec_pack(&day.base, craft->play->arena);
    return true;
}

static bool beyond(struct craft *craft)
{
    craft->kind = PEREGRIN__KIND__KIND_RECOGNITION;
    craft->year = NULL;
    craft->body = people_recognition("elsewhere", craft->play->arena);
    return true;
}

static bool alien(struct craft *craft)
{
    Peregrin__Revoke revoke = PEREGRIN__REVOKE__INIT;
    revoke.reason = "other";
    craft->kind = PEREGRIN__KIND__KIND_REVOKE;
    craft->year = NULL;
    craft->body = codec_pack(&revoke.base, craft->play->arena);
    return true;
}

static const struct {
    const char *name;
    bool (*shape)(struct craft *craft);
} shapes[] = {
    {"unknown", unknown},     {"spoilt", spoilt},
    {"malformed", malformed}, {"forged", forged},
    {"stripped", stripped},   {"misplaced", misplaced},
    {"swapped", swapped},     {"abroad", abroad},
    {"twisted", twisted},     {"contradicting", contradicting},
    {"fork", fork_},          {"ahead", ahead},
    {"early", early},         {"beyond", beyond},
    {"alien", alien},
};

static struct play_dossier *dossier_of(struct play *play, const char *name,
                                       const struct play_line *line)
{
    struct play_dossier *dossier = play_find(play, name);
    if (dossier || line->count < 4)
        return dossier;
    dossier = play_add(play, name, line->words[0].node, line->words[3].node);
    if (dossier)
        dossier->id = header_dossier_new(instant_minutes(world_now(play->world)),
                                         (const uint8_t[10]) {(uint8_t)play->dossier_count});
    return dossier;
}

/* All of a range go under one seal. */
struct batch {
    const struct play_line *line;
    struct craft last;
    struct store_record records[BATCH_MAX];
    size_t count;
};

static bool batch_add(struct play *play, const char *name, void *self)
{
    struct batch *batch = self;
    const char *shape = batch->line->words[2].text;
    struct craft craft = {
        .play = play,
        .node = batch->line->words[0].node,
        .dossier = dossier_of(play, name, batch->line),
    };
    if (!craft.dossier || batch->count == BATCH_MAX)
        return play_wrong(play, "%s cannot be crafted", name);
    craft.partner = play_other(play, craft.dossier, craft.node);
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++)
        if (strcmp(shapes[i].name, shape) == 0) {
            if (!craft_begin(&craft) || !shapes[i].shape(&craft))
                return false;
            batch->records[batch->count++] = craft_record(&craft);
            batch->last = craft;
            return true;
        }
    return play_wrong(play, "nothing is crafted %s", shape);
}

bool adversary_crafts(struct play *play, const struct play_line *line)
{
    struct batch batch = {.line = line};
    return play_names(play, line->words[1].text, batch_add, &batch) &&
           save(&batch.last, batch.records, batch.count);
}

bool adversary_plants(struct play *play, const struct play_line *line)
{
    struct batch batch = {.line = line};
    if (!play_names(play, line->words[1].text, batch_add, &batch))
        return false;
    bool up = world_up(play->world, batch.last.partner);
    if (up)
        world_stop(play->world, batch.last.partner);
    if (record_plant(&batch.last, batch.records[0]))
        return play_wrong(play, "the record cannot be planted");
    return save(&batch.last, batch.records, batch.count) &&
           (!up || world_start(play->world, batch.last.partner));
}

bool adversary_opens(struct play *play, const struct play_line *line)
{
    const struct play_dossier *model = play_find(play, line->words[2].text);
    if (!model)
        return play_wrong(play, "%s is no dossier", line->words[2].text);
    struct header_dossier id = model->id;
    struct craft craft = {
        .play = play,
        .node = line->words[0].node,
        .partner = line->words[3].node,
        .dossier = play_add(play, line->words[1].text, line->words[0].node, line->words[3].node),
    };
    if (!craft.dossier)
        return false;
    craft.dossier->id = id;
    if (!craft_begin(&craft))
        return false;
    struct store_record record = craft_record(&craft);
    return save(&craft, &record, 1);
}

bool adversary_sends(struct play *play, const struct play_line *line)
{
    struct play_withheld *withheld = &play->withheld;
    if (!withheld->there)
        return play_wrong(play, "nothing was withheld");
    withheld->there = false;
    struct craft craft = {
        .play = play, .node = line->words[0].node, .place = withheld->record.place};
    for (size_t i = 0; i < play->dossier_count; i++)
        if (memcmp(&play->dossiers[i].id, &craft.place.dossier, sizeof craft.place.dossier) == 0)
            craft.partner = play_other(play, &play->dossiers[i], craft.node);
    return save(&craft, &withheld->record, 1);
}
