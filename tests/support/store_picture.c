#include "support/store_picture.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ARENA_BUDGET = 512 * 1024 * 1024 };

/* ---- the picture --------------------------------------------------------------------------- */

static void show_bytes(FILE *out, struct bytes bytes)
{
    struct digest digest;
    fprintf(out, " %zu:", bytes.size);
    if (bytes.size > sizeof digest) {
        digest_of(DIGEST_BODY, bytes, &digest);
        bytes = digest_bytes(&digest);
    }
    for (size_t i = 0; i < bytes.size; i++)
        fprintf(out, "%02x", bytes.data[i]);
}

static void show_place(FILE *out, const struct store_place *place)
{
    fprintf(out, " %u/%d/", place->pair, place->opened_by_partner);
    show_bytes(out, (struct bytes) {place->dossier.bytes, sizeof place->dossier.bytes});
}

static void show_record(FILE *out, struct store *store, const struct store_record *record)
{
    fprintf(out, "record %" PRId64, record->serial);
    show_place(out, &record->place);
    fprintf(out, " lane %u index %u at %" PRIu64 " kind %u flags %u seal %" PRId64 "/%u",
            record->lane, record->index, record->issued_at, record->kind, record->flags,
            record->seal, record->seal_index);
    show_bytes(out, digest_bytes(&record->id));
    show_bytes(out, record->seal_path);
    show_bytes(out, record->header);
    show_bytes(out, record->salt);
    show_bytes(out, record->body);
    struct store_receipt_link link;
    enum fault fault = store->receipt_of(store, record->serial, &link);
    fprintf(out, " fault %d receipt %" PRId64 "/%u\n", fault, link.receipt, link.index);
}

static void show_place_list(FILE *out, struct store *store, struct arena *arena,
                            const struct store_place *place)
{
    for (int bodies = 0; bodies < 2; bodies++) {
        struct store_record *records = NULL;
        size_t count = 0;
        int fault = store->record_list(store, place, bodies, arena, &records, &count);
        fprintf(out, " in place, fault %d:", fault);
        for (size_t i = 0; i < count; i++)
            fprintf(out, " %" PRId64 "(%zu,%zu)", records[i].serial, records[i].salt.size,
                    records[i].body.size);
    }
    fprintf(out, "\n");
}

static void show_records(FILE *out, struct store *store, struct arena *arena)
{
    struct store_record *records = NULL;
    size_t count = 0;
    int fault = store->record_scan(store, 0, SIZE_MAX, arena, &records, &count);
    fprintf(out, "records %zu, fault %d\n", count, fault);
    for (size_t i = 0; i < count; i++) {
        show_record(out, store, &records[i]);
        show_place_list(out, store, arena, &records[i].place);
    }
}

static void show_signed(FILE *out, const char *what, const struct store_signed *signed_)
{
    fprintf(out, "%s %" PRId64 " pair %u", what, signed_->number, signed_->pair);
    show_bytes(out, signed_->wire);
    show_bytes(out, signed_->leaves);
    fprintf(out, "\n");
}

static void show_seals(FILE *out, struct store *store, struct arena *arena)
{
    struct store_signed *found = NULL;
    for (int64_t n = 1; store->seal_get(store, n, arena, &found) == FAULT_NONE && found; n++)
        show_signed(out, "seal", found);
    for (int64_t n = 1; store->receipt_get(store, n, arena, &found) == FAULT_NONE && found; n++)
        show_signed(out, "receipt", found);
}

static void show_stream(FILE *out, struct store *store, struct arena *arena, uint32_t pair,
                        bool ours)
{
    struct summary summary = {0}, sum = {0};
    uint64_t unreceipted = 0;
    int read = store->summary(store, pair, ours, &summary, &unreceipted);
    struct span whole = span_whole();
    int fault = store->span_sum(store, pair, ours, whole.from, whole.to, &sum);
    fprintf(out, "stream %u/%d faults %d %d unreceipted %" PRIu64 " count %" PRIu64 " %" PRIu64,
            pair, ours, read, fault, unreceipted, summary.count, sum.count);
    show_bytes(out, (struct bytes) {summary.sum, 32});
    show_bytes(out, (struct bytes) {sum.sum, 32});
    struct span_point *points = arena_take_array(arena, summary.count, sizeof *points);
    size_t count = 0;
    fault = store->span_list(store, pair, ours, whole.from, whole.to, points, NULL, summary.count,
                             &count);
    fprintf(out, "\n points %zu, fault %d:", count, fault);
    for (size_t i = 0; i < count; i++) {
        int64_t serial = -1;
        fault = store->span_find(store, pair, ours, &points[i], &serial);
        fprintf(out, " %" PRIu64 "(%d,%" PRId64 ")", points[i].minute, fault, serial);
    }
    fprintf(out, "\n");
}

static void show_pairs(FILE *out, struct store *store, struct arena *arena)
{
    struct store_pair *pairs = NULL;
    size_t count = 0;
    int fault = store->pair_list(store, arena, &pairs, &count);
    fprintf(out, "pairs %zu, fault %d\n", count, fault);
    for (size_t i = 0; i < count; i++)
        fprintf(out, "pair %u %s %s\n", pairs[i].pair, pairs[i].own, pairs[i].partner);
    for (uint32_t pair = 1; pair <= count + 1; pair++) {
        show_stream(out, store, arena, pair, true);
        show_stream(out, store, arena, pair, false);
        struct store_outbox_row *rows = NULL;
        size_t row_count = 0;
        fault = store->outbox_next(store, pair, 0, true, SIZE_MAX, arena, &rows, &row_count);
        fprintf(out, "outbox %u, fault %d:", pair, fault);
        for (size_t i = 0; i < row_count; i++)
            fprintf(out, " %" PRId64 "(%" PRId64 ",%u,%" PRIu64 ")", rows[i].serial, rows[i].seal,
                    rows[i].code, rows[i].since);
        fprintf(out, "\n");
    }
}

static void show_dossiers(FILE *out, struct store *store, struct arena *arena)
{
    const struct store_dossier_query all = {.opened_by_partner = -1, .max = SIZE_MAX};
    struct store_dossier *dossiers = NULL;
    size_t count = 0;
    int fault = store->dossier_list(store, &all, arena, &dossiers, &count);
    fprintf(out, "dossiers %zu, fault %d\n", count, fault);
    for (size_t i = 0; i < count; i++) {
        const struct store_dossier *dossier = &dossiers[i];
        fprintf(out, "dossier");
        show_place(out, &dossier->place);
        fprintf(out,
                " state %u %" PRId64 " %" PRId64 " lengths %u %u %u %u forked %d %d at %" PRIu64,
                dossier->state, dossier->revision, dossier->transcript, dossier->lengths[0],
                dossier->lengths[1], dossier->incomplete, dossier->not_understood,
                dossier->forked[0], dossier->forked[1], dossier->changed_at);
        struct store_dossier again = {0};
        bool found = false;
        fault = store->dossier_get(store, &dossier->place, &found, &again);
        fprintf(out, " fault %d found %d %u facts %u %s\n", fault, found, again.state,
                again.facts.year, again.facts.unit);
    }
}

static void show_desk(FILE *out, struct store *store, struct arena *arena)
{
    struct store_ready *ready = NULL;
    size_t count = 0;
    int fault = store->ready_list(store, 0, 0, SIZE_MAX, arena, &ready, &count);
    fprintf(out, "ready %zu, fault %d\n", count, fault);
    for (size_t i = 0; i < count; i++) {
        fprintf(out, "ready %" PRId64 " pair %u code %u", ready[i].number, ready[i].pair,
                ready[i].code);
        show_bytes(out, ready[i].wire);
        fprintf(out, "\n");
    }
    for (int sent = 0; sent < 2; sent++) {
        struct store_draft *drafts = NULL;
        fault = store->draft_list(store, sent, 0, SIZE_MAX, arena, &drafts, &count);
        fprintf(out, "drafts %zu, fault %d\n", count, fault);
        for (size_t i = 0; i < count; i++) {
            fprintf(out, "draft %" PRId64 " pair %u sent %d at %" PRIu64, drafts[i].number,
                    drafts[i].pair, drafts[i].sent, drafts[i].changed_at);
            show_bytes(out, digest_bytes(&drafts[i].row));
            show_bytes(out, drafts[i].body);
            show_bytes(out, (struct bytes) {drafts[i].dossier.bytes, HEADER_DOSSIER_SIZE});
            fprintf(out, "\n");
        }
    }
}

static void show_small(FILE *out, struct store *store, struct arena *arena)
{
    for (unsigned i = 0; i < STORE_PICTURE_REQUESTS; i++) {
        struct digest key = store_picture_id(i);
        struct store_request request = {0};
        int fault = store->request_get(store, &key, arena, &request);
        fprintf(out, "request %u fault %d found %d", i, fault, request.found);
        show_bytes(out, digest_bytes(&request.content));
        show_bytes(out, request.answer);
        fprintf(out, "\n");
    }
    for (unsigned i = 0; i < STORE_PICTURE_VALUES; i++) {
        char name[16];
        store_picture_name(i, name);
        struct bytes value = {0};
        int fault = store->value_get(store, name, arena, &value);
        fprintf(out, "%s fault %d", name, fault);
        show_bytes(out, value);
        fprintf(out, "\n");
    }
}

static void show_values(FILE *out, struct store *store, struct arena *arena)
{
    struct store_value *values = NULL;
    size_t count = 0;
    int fault = store->value_list(store, "value", NULL, SIZE_MAX, arena, &values, &count);
    fprintf(out, "values %zu, fault %d:", count, fault);
    for (size_t i = 0; i < count; i++)
        fprintf(out, " %s(%zu)", values[i].name, values[i].value.size);
    fprintf(out, "\n");
}

static void show_feed(FILE *out, struct store *store, struct arena *arena)
{
    struct store_event *events = NULL;
    size_t count = 0;
    int64_t oldest = -1, newest = -1;
    int fault = store->event_list(store, 0, SIZE_MAX, arena, &events, &count);
    int bounds = store->event_bounds(store, &oldest, &newest);
    fprintf(out, "feed %zu, faults %d %d, %" PRId64 " to %" PRId64 "\n", count, fault, bounds,
            oldest, newest);
    for (size_t i = 0; i < count; i++) {
        const struct store_event *event = &events[i];
        fprintf(out, "event %" PRId64 " at %" PRIu64 " kind %u pair %u serial %" PRId64,
                event->cursor, event->at, event->kind, event->pair, event->serial);
        show_place(out, &event->place);
        fprintf(out, " lane %u index %u kind %u from %u to %u code %u\n", event->lane, event->index,
                event->record_kind, event->before, event->state, event->code);
    }
}

char *store_picture(struct store *store)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    struct arena *arena = arena_open(ARENA_BUDGET);
    assert(out && arena);
    show_pairs(out, store, arena);
    show_records(out, store, arena);
    show_seals(out, store, arena);
    show_dossiers(out, store, arena);
    show_desk(out, store, arena);
    show_small(out, store, arena);
    show_values(out, store, arena);
    show_feed(out, store, arena);
    arena_close(arena);
    fclose(out);
    return text;
}

/* ---- samples ------------------------------------------------------------------------------- */

struct digest store_picture_id(uint64_t number)
{
    uint8_t bytes[8];
    struct digest id;
    bytes_write_u64le(bytes, number);
    digest_of(DIGEST_RECORD, (struct bytes) {bytes, 8}, &id);
    return id;
}

void store_picture_name(unsigned number, char name[static 16])
{
    snprintf(name, 16, "value %u", number);
}

struct store_record store_picture_record(uint64_t number)
{
    static const uint8_t salt[32] = {7, 0, 7};
    struct store_record record = {
        .place = {.pair = 1},
        .index = (uint32_t)number,
        .id = store_picture_id(number),
        .issued_at = 29000000 + number / 4,
        .kind = 2,
        .flags = STORE_OURS,
        .header = bytes_text("the header"),
        .salt = {salt, sizeof salt},
        .body = bytes_text("the body of a record, with personal data"),
    };
    memcpy(record.place.dossier.bytes, "a dossier's name", 16);
    return record;
}

/* ---- random changes ------------------------------------------------------------------------ */

static uint64_t draw(uint64_t *dice, uint64_t sides)
{
    *dice ^= *dice << 13;
    *dice ^= *dice >> 7;
    *dice ^= *dice << 17;
    return *dice % sides;
}

static const uint8_t filler[3000] = {1, 2, 3};

static struct bytes draw_bytes(uint64_t *dice)
{
    return (struct bytes) {filler, draw(dice, 4) == 0 ? draw(dice, sizeof filler) : draw(dice, 20)};
}

static uint32_t draw_pair(uint64_t *dice)
{
    return 1 + (uint32_t)draw(dice, 3);
}

static struct store_place draw_place(uint64_t *dice)
{
    struct store_place place = {draw_pair(dice), draw(dice, 2), {{0}}};
    place.dossier.bytes[3] = (uint8_t)draw(dice, 5);
    return place;
}

static enum fault put_pair(struct store *store, uint64_t dice)
{
    static const char *const names[] = {"helmo.be", "pwr.edu.pl", "uio.no", "lu.se"};
    uint32_t pair;
    return store->pair_open(store, names[draw(&dice, 4)], names[draw(&dice, 4)], &pair);
}

static enum fault put_record(struct store *store, uint64_t dice)
{
    struct store_record record = store_picture_record(dice);
    record.place = draw_place(&dice);
    record.lane = (uint32_t)draw(&dice, 2);
    record.index = (uint32_t)draw(&dice, 4);
    record.issued_at = 29000000 + draw(&dice, 3) * draw(&dice, 10) * draw(&dice, 1000);
    record.kind = (uint32_t)draw(&dice, 9);
    record.flags = (uint32_t)draw(&dice, 32) & ~(uint32_t)STORE_RECEIPTED;
    record.seal = (int64_t)draw(&dice, 5);
    record.header = draw_bytes(&dice);
    record.seal_path = draw_bytes(&dice);
    if (draw(&dice, 3) == 0)
        record.salt = record.body = (struct bytes) {0};
    int64_t serial;
    TRY(store->record_find(store, &record.place, record.lane, record.index, &record.id, &serial));
    if (serial != 0)
        return FAULT_NONE;
    TRY(store->record_put(store, &record));
    if (!(record.flags & STORE_OURS) || draw(&dice, 3) == 0)
        return FAULT_NONE;
    struct store_outbox_row row = {record.serial, record.seal, 0, draw(&dice, 1000)};
    return store->outbox_put(store, record.place.pair, &row);
}

/* A record that is here; NULL when there is none. */
static enum fault draw_record(struct store *store, uint64_t *dice, struct arena *arena,
                              struct store_record **record)
{
    size_t count;
    *record = NULL;
    TRY(store->record_scan(store, (int64_t)draw(dice, 100), 1, arena, record, &count));
    if (count == 0)
        *record = NULL;
    return FAULT_NONE;
}

static enum fault change_record_in(struct store *store, uint64_t dice, struct arena *arena)
{
    struct store_record *record;
    TRY(draw_record(store, &dice, arena, &record));
    if (!record)
        return FAULT_NONE;
    struct store_receipt_link link = {1 + (int64_t)draw(&dice, 9), (uint32_t)draw(&dice, 99)};
    switch (draw(&dice, 5)) {
    case 0:
        return store->record_flag(store, record->serial, STORE_JUDGED,
                                  draw(&dice, 2) ? STORE_RECOVERED : STORE_NOT_UNDERSTOOD);
    case 1: return store->record_fill(store, record->serial, draw_bytes(&dice), draw_bytes(&dice));
    case 2: return store->record_sealed(store, record->serial, 1 + (int64_t)draw(&dice, 9), 3);
    }
    if (record->flags & STORE_RECEIPTED)
        return FAULT_NONE;
    TRY(store->receipt_link(store, record->serial, link));
    if (!(record->flags & STORE_OURS))
        return FAULT_NONE;
    return store->outbox_remove(store, record->place.pair, record->serial);
}

static enum fault change_record(struct store *store, uint64_t dice)
{
    struct arena *arena = arena_open(ARENA_BUDGET);
    if (!arena)
        return FAULT_MEMORY;
    enum fault fault = change_record_in(store, dice, arena);
    arena_close(arena);
    return fault;
}

static enum fault put_signed(struct store *store, uint64_t dice)
{
    struct store_signed signed_ = {0, draw_pair(&dice), draw_bytes(&dice), draw_bytes(&dice)};
    return draw(&dice, 2) ? store->seal_put(store, &signed_) : store->receipt_put(store, &signed_);
}

static enum fault change_outbox(struct store *store, uint64_t dice)
{
    int64_t serial = 1 + (int64_t)draw(&dice, 100);
    uint32_t pair = draw_pair(&dice);
    struct store_outbox_row row = {serial, (int64_t)draw(&dice, 9), (uint32_t)draw(&dice, 2), 5};
    switch (draw(&dice, 3)) {
    case 0: return store->outbox_put(store, pair, &row);
    case 1: return store->outbox_remove(store, pair, serial);
    }
    return store->outbox_code(store, pair, serial, (uint32_t)draw(&dice, 3));
}

static enum fault put_dossier(struct store *store, uint64_t dice)
{
    struct store_dossier dossier = {
        .place = draw_place(&dice),
        .state = (uint32_t)draw(&dice, 8),
        .revision = (int64_t)draw(&dice, 99),
        .transcript = (int64_t)draw(&dice, 99),
        .lengths = {(uint32_t)draw(&dice, 5), (uint32_t)draw(&dice, 5)},
        .incomplete = (uint32_t)draw(&dice, 3),
        .not_understood = (uint32_t)draw(&dice, 3),
        .forked = {draw(&dice, 2), draw(&dice, 2)},
        .changed_at = draw(&dice, 1000000),
        .facts = {.year = (uint32_t)draw(&dice, 9999), .unit = "LAW"},
    };
    return store->dossier_put(store, &dossier);
}

static enum fault change_ready(struct store *store, uint64_t dice)
{
    struct store_ready ready = {0, draw_pair(&dice), (uint32_t)draw(&dice, 2), draw_bytes(&dice)};
    switch (draw(&dice, 4)) {
    case 0: return store->ready_remove(store, 1 + (int64_t)draw(&dice, 20));
    case 1: return store->ready_code(store, 1 + (int64_t)draw(&dice, 20), 7);
    }
    return store->ready_put(store, &ready);
}

static enum fault change_draft(struct store *store, uint64_t dice)
{
    struct arena *arena = arena_open(ARENA_BUDGET);
    if (!arena)
        return FAULT_MEMORY;
    struct store_draft draft = {.pair = draw_pair(&dice),
                                .row = store_picture_id(draw(&dice, 9)),
                                .body = draw_bytes(&dice),
                                .changed_at = draw(&dice, 1000),
                                .sent = draw(&dice, 2)};
    struct store_draft *found = NULL;
    enum fault fault = store->draft_find(store, draft.pair, &draft.row, arena, &found);
    int64_t number = found ? found->number : 0;
    arena_close(arena);
    TRY(fault);
    if (draw(&dice, 4) == 0)
        return store->draft_remove(store, 1 + (int64_t)draw(&dice, 20));
    draft.number = number;
    return store->draft_put(store, &draft);
}

static enum fault put_small(struct store *store, uint64_t dice)
{
    char name[16];
    store_picture_name((unsigned)draw(&dice, STORE_PICTURE_VALUES), name);
    if (draw(&dice, 6) == 0)
        return store->value_remove(store, name);
    if (draw(&dice, 2))
        return store->value_put(store, name, draw_bytes(&dice));
    struct digest key = store_picture_id(draw(&dice, STORE_PICTURE_REQUESTS));
    struct store_request request = {true, store_picture_id(draw(&dice, 99)), draw_bytes(&dice)};
    return store->request_put(store, &key, &request);
}

static enum fault change_feed(struct store *store, uint64_t dice)
{
    struct store_event event = {
        .at = draw(&dice, 1000),
        .kind = 1 + (uint32_t)draw(&dice, 8),
        .pair = draw_pair(&dice),
        .serial = (int64_t)draw(&dice, 40), /* of a record that may not be here */
        .before = (uint32_t)draw(&dice, 9),
        .state = (uint32_t)draw(&dice, 9),
        .code = (uint32_t)draw(&dice, 30),
    };
    if (draw(&dice, 8) == 0)
        return store->event_trim(store, 1 + draw(&dice, 20));
    return store->event_put(store, &event);
}

enum fault store_picture_change(struct store *store, uint64_t dice)
{
    enum fault (*const changes[])(struct store *, uint64_t) = {
        put_pair,      put_record,   put_record, put_record,    change_record,
        change_record, put_signed,   put_signed, change_outbox, put_dossier,
        change_ready,  change_draft, put_small,  put_record,    change_feed,
    };
    dice = dice * 0x9e3779b97f4a7c15u | 1;
    return changes[draw(&dice, sizeof changes / sizeof *changes)](store, dice);
}
