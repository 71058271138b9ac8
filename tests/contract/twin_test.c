/* links: base seal record stream store */
#include "store/database.h"
#include "store/store_memory.h"
#include "store/store_sqlite.h"
#include "support/store_picture.h"

#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <sqlite3.h>

/* The two stores side by side: random calls, as many as a group makes and more, with every answer
 * compared at once, inside the transaction, after rollbacks and after opening the file again, also
 * as an older version left it. The memory store writes what it is told at once; the other holds it
 * back: whoever asks must not see the difference. SEEDS: how many, SEED: which one first; SOAK:
 * many. */

enum {
    SEEDS = 6,
    SEEDS_SOAK = 500,
    ROUNDS = 14,
    ROUNDS_UPGRADED = 4,
    KNOWN_MAX = 40000,
    ARENA_SIZE = 256 * 1024 * 1024
};

/* What the test remembers of a record. */
struct known {
    int64_t serial;
    struct store_place place;
    uint32_t lane, index;
    struct digest id;
    uint64_t minute;
    bool ours, linked;
};

struct twins {
    struct store *stores[2];
    struct arena *arena;
    char path[256];
    uint64_t dice;
    struct known *known, *kept; /* now, and as committed */
    size_t count, kept_count;
    uint64_t ids, names;
    int64_t seal; /* the newest, or one that was rolled back */
};

static void expect(enum fault fault)
{
    assert_int_equal(fault, FAULT_NONE);
}

static uint64_t draw(struct twins *twins, uint64_t sides)
{
    twins->dice = twins->dice * 6364136223846793005u + 1442695040888963407u;
    return (twins->dice >> 33) % sides;
}

/* ---- what is asked ------------------------------------------------------------------------- */

struct question {
    struct store_place place;
    struct known known;
    struct span_point from, to;
    struct store_dossier_query page;
    uint32_t pair;
    bool ours;
    int64_t after, seal;
    size_t max;
};

typedef void asking(FILE *out, struct store *store, struct arena *arena,
                    const struct question *about);

static void show_bytes(FILE *out, struct bytes bytes)
{
    fprintf(out, " %zu:", bytes.size);
    for (size_t i = 0; i < bytes.size && i < 40; i++)
        fprintf(out, "%02x", bytes.data[i]);
}

static void show_records(FILE *out, const struct store_record *records, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct store_record *record = &records[i];
        fprintf(out, "%" PRId64 " %u/%d %u %u %" PRIu64 " %u %u %" PRId64 "/%u", record->serial,
                record->place.pair, record->place.opened_by_partner, record->lane, record->index,
                record->issued_at, record->kind, record->flags, record->seal, record->seal_index);
        show_bytes(out, (struct bytes) {record->place.dossier.bytes, HEADER_DOSSIER_SIZE});
        show_bytes(out, digest_bytes(&record->id));
        show_bytes(out, record->seal_path);
        show_bytes(out, record->header);
        show_bytes(out, record->salt);
        show_bytes(out, record->body);
        fprintf(out, "\n");
    }
}

static void ask_record(FILE *out, struct store *store, struct arena *arena,
                       const struct question *about)
{
    struct store_record *record;
    expect(store->record_get(store, about->known.serial, arena, &record));
    show_records(out, record, record != NULL);
}

static void ask_find(FILE *out, struct store *store, struct arena *, const struct question *about)
{
    const struct known *known = &about->known;
    int64_t serial;
    expect(
        store->record_find(store, &known->place, known->lane, known->index, &known->id, &serial));
    fprintf(out, "%" PRId64, serial);
    expect(
        store->record_find(store, &about->place, known->lane, known->index, &known->id, &serial));
    fprintf(out, " %" PRId64, serial);
}

static void ask_list(FILE *out, struct store *store, struct arena *arena,
                     const struct question *about)
{
    struct store_record *records;
    size_t count;
    expect(store->record_list(store, &about->known.place, about->ours, arena, &records, &count));
    show_records(out, records, count);
}

static void ask_scan(FILE *out, struct store *store, struct arena *arena,
                     const struct question *about)
{
    struct store_record *records;
    size_t count;
    expect(store->record_scan(store, about->after, about->max, arena, &records, &count));
    show_records(out, records, count);
}

static void ask_receipt(FILE *out, struct store *store, struct arena *,
                        const struct question *about)
{
    for (int64_t i = -3; i < 4; i++) {
        struct store_receipt_link link;
        expect(store->receipt_of(store, about->known.serial + i, &link));
        fprintf(out, "%" PRId64 "/%u ", link.receipt, link.receipt ? link.index : 0);
    }
}

static void ask_outbox(FILE *out, struct store *store, struct arena *arena,
                       const struct question *about)
{
    struct store_outbox_row *rows;
    size_t count;
    expect(store->outbox_next(store, about->pair, about->after, about->ours, about->max, arena,
                              &rows, &count));
    for (size_t i = 0; i < count; i++)
        fprintf(out, "%" PRId64 " %" PRId64 " %u %" PRIu64 "\n", rows[i].serial, rows[i].seal,
                rows[i].code, rows[i].since);
}

static void ask_summary(FILE *out, struct store *store, struct arena *,
                        const struct question *about)
{
    struct summary summary;
    uint64_t unreceipted;
    expect(store->summary(store, about->pair, about->ours, &summary, &unreceipted));
    fprintf(out, "%" PRIu64 " %" PRIu64, summary.count, unreceipted);
    show_bytes(out, (struct bytes) {summary.sum, sizeof summary.sum});
}

static void ask_sum(FILE *out, struct store *store, struct arena *, const struct question *about)
{
    struct summary summary;
    expect(store->span_sum(store, about->pair, about->ours, about->from, about->to, &summary));
    fprintf(out, "%" PRIu64, summary.count);
    show_bytes(out, (struct bytes) {summary.sum, sizeof summary.sum});
}

static void ask_span(FILE *out, struct store *store, struct arena *arena,
                     const struct question *about)
{
    size_t max = about->max < 5000 ? about->max : 5000, count;
    struct span_point *points = arena_take_array(arena, max + 1, sizeof *points);
    int64_t *serials = arena_take_array(arena, max + 1, sizeof *serials);
    expect(store->span_list(store, about->pair, about->ours, about->from, about->to, points,
                            serials, max, &count));
    for (size_t i = 0; i < count; i++) {
        fprintf(out, "%" PRIu64 " %" PRId64, points[i].minute, serials[i]);
        show_bytes(out, digest_bytes(&points[i].id));
    }
}

static void ask_point(FILE *out, struct store *store, struct arena *, const struct question *about)
{
    const struct span_point points[] = {{about->known.minute, about->known.id}, about->from};
    for (size_t i = 0; i < 2; i++) {
        int64_t serial;
        expect(store->span_find(store, about->known.place.pair, about->known.ours, &points[i],
                                &serial));
        fprintf(out, "%" PRId64 " ", serial);
    }
}

static void show_dossier(FILE *out, const struct store_dossier *row)
{
    fprintf(out, "%u/%d", row->place.pair, row->place.opened_by_partner);
    show_bytes(out, (struct bytes) {row->place.dossier.bytes, HEADER_DOSSIER_SIZE});
    show_bytes(out, (struct bytes) {(const uint8_t *)&row->facts, sizeof row->facts});
    fprintf(out, " %u %" PRId64 " %" PRId64 " %u %u %u %u %d %d %" PRIu64 "\n", row->state,
            row->revision, row->transcript, row->lengths[0], row->lengths[1], row->incomplete,
            row->not_understood, row->forked[0], row->forked[1], row->changed_at);
}

static void ask_dossier(FILE *out, struct store *store, struct arena *,
                        const struct question *about)
{
    const struct store_place *places[] = {&about->known.place, &about->place};
    for (size_t i = 0; i < 2; i++) {
        struct store_dossier row = {0};
        bool found;
        expect(store->dossier_get(store, places[i], &found, &row));
        fprintf(out, "%d ", found);
        if (found)
            show_dossier(out, &row);
    }
}

static void ask_dossiers(FILE *out, struct store *store, struct arena *arena,
                         const struct question *about)
{
    struct store_dossier *rows;
    size_t count;
    expect(store->dossier_list(store, &about->page, arena, &rows, &count));
    for (size_t i = 0; i < count; i++)
        show_dossier(out, &rows[i]);
}

static void ask_feed(FILE *out, struct store *store, struct arena *arena,
                     const struct question *about)
{
    struct store_event *events;
    int64_t oldest, newest;
    size_t count;
    expect(store->event_bounds(store, &oldest, &newest));
    fprintf(out, "%" PRId64 " %" PRId64 "\n", oldest, newest);
    int64_t after = about->max % 3 ? newest - about->after : about->after;
    expect(store->event_list(store, after, about->max, arena, &events, &count));
    for (size_t i = 0; i < count; i++) {
        const struct store_event *event = &events[i];
        fprintf(out, "%" PRId64 " %" PRIu64 " %u %u %" PRId64 " %u %u %u %u %u %u %d",
                event->cursor, event->at, event->kind, event->pair, event->serial, event->before,
                event->state, event->code, event->lane, event->index, event->record_kind,
                event->place.opened_by_partner);
        show_bytes(out, (struct bytes) {event->place.dossier.bytes, HEADER_DOSSIER_SIZE});
        fprintf(out, "\n");
    }
}

static void ask_seal(FILE *out, struct store *store, struct arena *arena,
                     const struct question *about)
{
    struct store_signed *seals[2];
    expect(store->seal_get(store, about->seal, arena, &seals[0]));
    expect(store->receipt_get(store, about->seal, arena, &seals[1]));
    for (size_t i = 0; i < 2; i++) {
        if (!seals[i])
            continue;
        fprintf(out, "%" PRId64 " %u", seals[i]->number, seals[i]->pair);
        show_bytes(out, seals[i]->wire);
        show_bytes(out, seals[i]->leaves);
    }
}

static asking *const asks[] = {
    ask_record, ask_find, ask_list, ask_scan,  ask_receipt, ask_outbox,   ask_summary,
    ask_seal,   ask_sum,  ask_span, ask_point, ask_dossier, ask_dossiers, ask_feed,
};
enum { ASKS = sizeof asks / sizeof *asks };

/* Some share a slot of what the store remembers of a pair; the last is far behind. */
static uint32_t draw_pair(struct twins *twins)
{
    static const uint32_t pairs[] = {1, 1, 1, 2, 3, 129, 257, 1000};
    return pairs[draw(twins, sizeof pairs / sizeof *pairs)];
}

/* Around the turns of the ladder's slots. */
static uint64_t draw_minute(struct twins *twins)
{
    static const uint64_t turns[] = {64, 4096, 4096, 262144, 16777216};
    return turns[draw(twins, 5)] - 2 + draw(twins, 5);
}

static struct span_point draw_point(struct twins *twins)
{
    struct span_point point = {.minute = draw(twins, 9) ? draw_minute(twins) : 0};
    if (draw(twins, 12) == 0)
        point.minute = UINT64_MAX;
    if (draw(twins, 2) && twins->count)
        point.id = twins->known[draw(twins, twins->count)].id;
    return point;
}

static struct store_place draw_place(struct twins *twins)
{
    struct store_place place = {.pair = draw_pair(twins), .opened_by_partner = draw(twins, 2)};
    uint64_t name = draw(twins, 3) ? ++twins->names : draw(twins, twins->names + 2);
    for (size_t i = 0; i < 8; i++)
        place.dossier.bytes[i] = (uint8_t)(name >> (8 * (7 - i)));
    if (draw(twins, 4) == 0) {
        struct digest other = store_picture_id(name);
        memcpy(place.dossier.bytes + 8, other.bytes, HEADER_DOSSIER_SIZE - 8);
    }
    return place;
}

static void put_question(struct twins *twins, struct question *about)
{
    *about = (struct question) {
        .place = draw_place(twins),
        .from = draw_point(twins),
        .to = draw_point(twins),
        .pair = draw_pair(twins),
        .ours = draw(twins, 2),
        .seal = twins->seal + 1 - (int64_t)draw(twins, 4),
        .max = draw(twins, 6)   ? draw(twins, 40)
               : draw(twins, 2) ? SIZE_MAX
                                : 700,
    };
    about->after =
        draw(twins, 4) ? (int64_t)draw(twins, twins->count + 3) - 1 : (int64_t)draw(twins, 600);
    /* Mostly the newest: what has just been put is asked for. */
    if (twins->count) {
        size_t back = draw(twins, 3) ? draw(twins, 20) : draw(twins, twins->count);
        about->known = twins->known[twins->count - 1 - back % twins->count];
    }
    if (draw(twins, 8) == 0)
        about->known.serial += 5000;
    about->page = (struct store_dossier_query) {
        .pair = draw(twins, 2) ? about->pair : 0,
        .states = draw(twins, 32) << 14 * draw(twins, 2), /* common or rare; 0: all */
        .opened_by_partner = (int)draw(twins, 3) - 1,
        .after = draw(twins, 2)   ? NULL
                 : draw(twins, 2) ? &about->place
                                  : &about->known.place,
        .max = about->max,
    };
}

static void compare(struct twins *twins, asking *ask, const struct question *about)
{
    char *said[2];
    size_t size;
    for (size_t i = 0; i < 2; i++) {
        FILE *out = open_memstream(&said[i], &size);
        assert_non_null(out);
        ask(out, twins->stores[i], twins->arena, about);
        fclose(out);
        arena_reset(twins->arena);
    }
    assert_string_equal(said[0], said[1]);
    free(said[0]);
    free(said[1]);
}

/* ---- what is changed ----------------------------------------------------------------------- */

static void put_record(struct twins *twins, const struct store_place *place, bool ours,
                       uint64_t minute)
{
    static const uint8_t filler[700] = {9, 8, 7};
    uint64_t shape = draw(twins, 8);
    struct known known = {
        .place = *place,
        .lane = (uint32_t)draw(twins, 2),
        .index = (uint32_t)draw(twins, 6),
        .id = store_picture_id(++twins->ids),
        .minute = minute,
        .ours = ours,
    };
    assert_true(twins->count < KNOWN_MAX);
    for (size_t i = 0; i < 2; i++) {
        struct store_record record = {
            .place = *place,
            .lane = known.lane,
            .index = known.index,
            .id = known.id,
            .issued_at = minute,
            .kind = (uint32_t)(known.id.bytes[0] % 7),
            .flags =
                (ours ? (uint32_t)STORE_OURS : 0u) | (shape == 2 ? (uint32_t)STORE_JUDGED : 0u),
            .header = {filler, 3 + known.id.bytes[1]},
            .salt = {filler, shape ? 32 : 0},
            .body = {filler, shape ? 2u * known.id.bytes[2] : 0},
            .seal = shape == 1 ? 0 : 7,
            .seal_index = (uint32_t)shape,
            .seal_path = {filler, 32 * (shape % 3)},
        };
        expect(twins->stores[i]->record_put(twins->stores[i], &record));
        assert_true(known.serial == 0 || known.serial == record.serial);
        known.serial = record.serial;
    }
    twins->known[twins->count++] = known;
}

static void change_put(struct twins *twins)
{
    struct store_place place = draw_place(twins);
    bool ours = draw(twins, 2), alike = draw(twins, 3);
    uint64_t minute = draw_minute(twins), many = draw(twins, 6) ? 12 : 600;
    if (draw(twins, 150) == 0)
        many = 9000; /* more than are held back, of records and, where no two are alike, dossiers */
    for (uint64_t n = 1 + draw(twins, many); n-- > 0 && twins->count < KNOWN_MAX;) {
        put_record(twins, &place, ours, minute);
        if (!alike) {
            place = draw_place(twins);
            ours = draw(twins, 3) ? ours : !ours;
            minute = draw(twins, 3) ? minute : draw_minute(twins);
        } else if (draw(twins, 3) == 0)
            place = draw_place(twins);
    }
}

/* Those without a receipt, from anywhere: one after the other, or from the last to the first, or
 * with gaps. */
static void change_link(struct twins *twins)
{
    uint64_t way = draw(twins, 4);
    if (!twins->count)
        return;
    size_t at = draw(twins, twins->count), end = at + 1 + draw(twins, draw(twins, 4) ? 20 : 800);
    if (end > twins->count)
        end = twins->count;
    struct store_receipt_link link = {.receipt = 1 + (int64_t)draw(twins, 9)};
    for (size_t i = at; i < end; i++) {
        struct known *known = &twins->known[way == 1 ? end - 1 - (i - at) : i];
        if (known->linked || (way == 2 && draw(twins, 3) == 0))
            continue;
        for (size_t j = 0; j < 2; j++)
            expect(twins->stores[j]->receipt_link(twins->stores[j], known->serial, link));
        known->linked = true;
        link.index += way == 3 && draw(twins, 5) == 0 ? 2 : 1;
        if (draw(twins, 30) == 0)
            link.receipt++;
        if (draw(twins, 30) == 0)
            compare(twins, ask_receipt, &(struct question) {.known = *known});
    }
}

static void put_row(struct twins *twins, uint32_t pair, const struct store_outbox_row *row)
{
    for (size_t i = 0; i < 2; i++)
        expect(twins->stores[i]->outbox_put(twins->stores[i], pair, row));
}

/* With a serial twice, gaps, and seals that step, stay and jump. */
static void change_queue(struct twins *twins)
{
    uint32_t pair = draw_pair(twins);
    uint64_t way = draw(twins, 4);
    struct store_outbox_row row = {
        .serial = (int64_t)(draw(twins, 3) ? 1 + draw(twins, 300) : 300 + ++twins->names),
        .seal = 1 + (int64_t)draw(twins, 20),
        .code = draw(twins, 6) ? 0 : 5,
        .since = draw(twins, 4) ? 70 : 71,
    };
    for (uint64_t n = 1 + draw(twins, 40); n-- > 0;) {
        put_row(twins, pair, &row);
        row.serial += draw(twins, 15) ? 1 : -1 + (int64_t)draw(twins, 3);
        row.seal += way == 0 ? 1 : way == 1 ? 0 : (int64_t)draw(twins, 3);
        if (row.serial < 1)
            row.serial = 1;
        if (draw(twins, 25) == 0)
            pair = draw_pair(twins);
        if (draw(twins, 40) == 0)
            row.code = row.code ? 0 : 6;
    }
    const struct question about = {.pair = pair,
                                   .after = (int64_t)draw(twins, (uint64_t)row.serial + 2),
                                   .ours = draw(twins, 2),
                                   .max = draw(twins, 50)};
    if (draw(twins, 3) == 0)
        compare(twins, ask_outbox, &about);
}

static void change_unqueue(struct twins *twins)
{
    uint32_t pair = draw_pair(twins);
    uint64_t way = draw(twins, 4);
    int64_t serial = 1 + (int64_t)draw(twins, 300);
    for (uint64_t n = 1 + draw(twins, 40); n-- > 0;) {
        for (size_t i = 0; i < 2; i++) {
            struct store *store = twins->stores[i];
            expect(way == 3 ? store->outbox_code(store, pair, serial, (uint32_t)(n % 3))
                            : store->outbox_remove(store, pair, serial));
        }
        serial += way == 0 ? 1 : way == 1 ? -1 : (int64_t)draw(twins, 4) - 1;
        if (serial < 1)
            serial = 1;
    }
}

static void change_record(struct twins *twins)
{
    if (!twins->count)
        return;
    static const uint8_t filler[64] = {5};
    size_t back = draw(twins, 2) ? draw(twins, 20) : draw(twins, twins->count);
    const struct known *known = &twins->known[twins->count - 1 - back % twins->count];
    uint64_t what = draw(twins, 3), number = draw(twins, 30);
    for (size_t i = 0; i < 2; i++) {
        struct store *store = twins->stores[i];
        if (what == 0)
            expect(store->record_flag(store, known->serial, number & 1 ? STORE_JUDGED : STORE_ASIDE,
                                      number & 2 ? STORE_NOT_UNDERSTOOD : STORE_RECOVERED));
        else if (what == 1)
            expect(store->record_fill(store, known->serial, (struct bytes) {filler, 32},
                                      (struct bytes) {filler, number}));
        else
            expect(store->record_sealed(store, known->serial, (int64_t)number, (uint32_t)number));
    }
}

static void change_dossier(struct twins *twins)
{
    struct store_dossier row = {
        .place = draw_place(twins),
        .state = (uint32_t)(draw(twins, 4) + 14 * draw(twins, 2)),
        .revision = (int64_t)draw(twins, 100),
        .transcript = (int64_t)draw(twins, 100),
        .lengths = {(uint32_t)draw(twins, 9), 3},
        .incomplete = (uint32_t)draw(twins, 3),
        .not_understood = 1,
        .forked = {draw(twins, 2), draw(twins, 2)},
        .changed_at = draw(twins, 1000),
        .facts = {.sources = {(int64_t)draw(twins, 100), [6] = INT64_MAX},
                  .mobility = (uint32_t)draw(twins, 9),
                  .isced_f = UINT32_MAX,
                  .components_passed = (uint32_t)draw(twins, 1000000),
                  .unit = "LAW"},
    };
    if (twins->count && draw(twins, 3))
        row.place = twins->known[draw(twins, twins->count)].place;
    for (size_t i = 0; i < 2; i++)
        expect(twins->stores[i]->dossier_put(twins->stores[i], &row));
}

static void change_feed(struct twins *twins)
{
    for (uint64_t n = 1 + draw(twins, draw(twins, 4) ? 10 : 600); n-- > 0;) {
        struct store_event event = {
            .at = draw(twins, 9) ? n : UINT64_C(1) << 62,
            .kind = (uint32_t)draw(twins, 9),
            .pair = draw_pair(twins),
            .serial = (int64_t)draw(twins, twins->count + 1),
            .before = (uint32_t)draw(twins, 5),
            .state = UINT32_MAX,
            .code = (uint32_t)draw(twins, 5),
        };
        int64_t cursors[2];
        for (size_t i = 0; i < 2; i++) {
            expect(twins->stores[i]->event_put(twins->stores[i], &event));
            cursors[i] = event.cursor;
        }
        assert_int_equal(cursors[0], cursors[1]);
    }
}

static void change_trim(struct twins *twins)
{
    size_t keep = 1 + draw(twins, draw(twins, 3) ? 900 : 20);
    for (size_t i = 0; i < 2; i++)
        expect(twins->stores[i]->event_trim(twins->stores[i], keep));
}

/* A seal or a receipt, some with all their leaves; asked for at once, or never. */
static void change_seal(struct twins *twins)
{
    static const uint8_t filler[512 * DIGEST_SIZE] = {3};
    uint64_t which = draw(twins, 3), size = DIGEST_SIZE * draw(twins, 513);
    for (uint64_t n = 1 + draw(twins, draw(twins, 9) ? 3 : 600); n-- > 0;) {
        int64_t numbers[2];
        for (size_t i = 0; i < 2; i++) {
            struct store *store = twins->stores[i];
            struct store_signed made = {
                .pair = (uint32_t)size, .wire = {filler, 9 + which}, .leaves = {filler, size}};
            expect(which ? store->seal_put(store, &made) : store->receipt_put(store, &made));
            numbers[i] = made.number;
        }
        assert_int_equal(numbers[0], numbers[1]);
        twins->seal = numbers[0];
    }
}

static void (*const changes[])(struct twins *) = {
    change_put,     change_put,    change_link,    change_link, change_queue, change_queue,
    change_unqueue, change_record, change_dossier, change_feed, change_trim,  change_seal,
};
enum { CHANGES = sizeof changes / sizeof *changes };

/* ---- one seed ------------------------------------------------------------------------------ */

static void ask_something(struct twins *twins)
{
    struct question about;
    put_question(twins, &about);
    compare(twins, asks[draw(twins, ASKS)], &about);
}

static void ask_all(struct twins *twins)
{
    struct question about;
    put_question(twins, &about);
    about.after = 0;
    about.max = SIZE_MAX;
    about.from = (struct span_point) {0};
    about.to = (struct span_point) {.minute = UINT64_MAX};
    about.page = (struct store_dossier_query) {0, 0, -1, NULL, SIZE_MAX};
    for (size_t i = 0; i < ASKS; i++)
        compare(twins, asks[i], &about);
}

static void settle(struct twins *twins, bool commit)
{
    for (size_t i = 0; i < 2; i++) {
        if (commit)
            expect(twins->stores[i]->commit(twins->stores[i]));
        else
            twins->stores[i]->rollback(twins->stores[i]);
    }
    if (commit) {
        memcpy(twins->kept, twins->known, twins->count * sizeof *twins->known);
        twins->kept_count = twins->count;
    } else {
        memcpy(twins->known, twins->kept, twins->kept_count * sizeof *twins->known);
        twins->count = twins->kept_count;
    }
}

/* Nobody pulls the plug here: nothing waits for the disk. */
static void open_file(struct twins *twins)
{
    expect(store_sqlite_open(twins->path, &twins->stores[1]));
    assert_int_equal(sqlite3_exec(database_of(twins->stores[1])->connection,
                                  "PRAGMA synchronous = OFF", NULL, NULL, NULL),
                     SQLITE_OK);
}

static void open_again(struct twins *twins)
{
    twins->stores[1]->close(twins->stores[1]);
    open_file(twins);
}

/* The file as a node of schema 2 would have left it: a row for each serial, and no lists of them.
 */
static const char backwards[] =
    "BEGIN;"
    "CREATE TABLE event ("
    "  cursor INTEGER PRIMARY KEY, at INTEGER NOT NULL, kind INTEGER NOT NULL,"
    "  pair INTEGER NOT NULL, serial INTEGER NOT NULL, before INTEGER NOT NULL,"
    "  state INTEGER NOT NULL, code INTEGER NOT NULL) STRICT;"
    "DROP TABLE feed;"
    "DROP TABLE span;"
    "DROP INDEX dossier_rare;"
    "DELETE FROM dossier WHERE state < 0;"
    "ALTER TABLE dossier DROP COLUMN serials;"
    "ALTER TABLE dossier DROP COLUMN facts;"
    "CREATE UNIQUE INDEX record_place ON record (pair, opener, dossier, lane, idx, id);"
    "CREATE INDEX record_span ON record (pair, ours, issued_at, serial, id);"
    "ALTER TABLE receipted RENAME TO runs;"
    "CREATE TABLE receipted ("
    "  serial INTEGER PRIMARY KEY, receipt INTEGER NOT NULL, idx INTEGER NOT NULL) STRICT;"
    "WITH RECURSIVE one (serial, beyond, receipt, idx) AS ("
    "  SELECT first, first + count, receipt, idx FROM runs UNION ALL"
    "  SELECT serial + 1, beyond, receipt, idx + 1 FROM one WHERE serial + 1 < beyond)"
    " INSERT INTO receipted SELECT serial, receipt, idx FROM one;"
    "DROP TABLE runs;"
    "ALTER TABLE outbox RENAME TO runs;"
    "CREATE TABLE outbox ("
    "  pair INTEGER NOT NULL, serial INTEGER NOT NULL, seal INTEGER NOT NULL,"
    "  code INTEGER NOT NULL, since INTEGER NOT NULL,"
    "  PRIMARY KEY (pair, serial)) STRICT, WITHOUT ROWID;"
    "WITH RECURSIVE one (pair, serial, beyond, seal, step, code, since) AS ("
    "  SELECT pair, first, first + count, seal, step, code, since FROM runs UNION ALL"
    "  SELECT pair, serial + 1, beyond, seal + step, step, code, since FROM one"
    "  WHERE serial + 1 < beyond)"
    " INSERT INTO outbox SELECT pair, serial, seal, code, since FROM one;"
    "DROP TABLE runs;"
    "PRAGMA user_version = 2;"
    "COMMIT;";

static void execute(sqlite3 *connection, const char *sql)
{
    if (sqlite3_exec(connection, sql, NULL, NULL, NULL) != SQLITE_OK)
        fail_msg("%s", sqlite3_errmsg(connection));
}

/* Those of the memory store: the same, as was just compared. */
static void events_write(struct twins *twins, sqlite3 *connection)
{
    struct store *store = twins->stores[0];
    struct store_event *events;
    size_t count;
    expect(store->event_list(store, 0, SIZE_MAX, twins->arena, &events, &count));
    execute(connection, "BEGIN");
    for (size_t i = 0; i < count; i++) {
        const struct store_event *event = &events[i];
        char sql[300];
        snprintf(sql, sizeof sql,
                 "INSERT INTO event VALUES (%" PRId64 ", %" PRIu64 ", %u, %u, %" PRId64
                 ", %u, %u, %u)",
                 event->cursor, event->at, event->kind, event->pair, event->serial, event->before,
                 event->state, event->code);
        execute(connection, sql);
    }
    execute(connection, "COMMIT");
    arena_reset(twins->arena);
}

/* Records here are made up, and nothing is counted from them: what schema 2 did not have is told
 * again. */
static void facts_tell(struct twins *twins)
{
    const struct store_dossier_query all = {.opened_by_partner = -1, .max = SIZE_MAX};
    struct store *from = twins->stores[0], *to = twins->stores[1];
    struct store_dossier *rows;
    size_t count;
    expect(from->dossier_list(from, &all, twins->arena, &rows, &count));
    expect(to->begin(to));
    for (size_t i = 0; i < count; i++)
        expect(to->dossier_put(to, &rows[i]));
    expect(to->commit(to));
    arena_reset(twins->arena);
}

static void open_upgraded(struct twins *twins)
{
    sqlite3 *connection;
    twins->stores[1]->close(twins->stores[1]);
    assert_int_equal(sqlite3_open(twins->path, &connection), SQLITE_OK);
    execute(connection, backwards);
    events_write(twins, connection);
    assert_int_equal(sqlite3_close(connection), SQLITE_OK);
    open_file(twins);
    facts_tell(twins);
}

static void round_of(struct twins *twins)
{
    for (uint64_t n = draw(twins, 4); n-- > 0;)
        ask_something(twins);
    for (size_t i = 0; i < 2; i++)
        expect(twins->stores[i]->begin(twins->stores[i]));
    /* Some ask at each step, some only at the end: what is held back grows. */
    uint64_t silence = 1 + draw(twins, 12);
    for (uint64_t n = 1 + draw(twins, 50); n-- > 0;) {
        changes[draw(twins, CHANGES)](twins);
        if (draw(twins, silence) == 0)
            ask_something(twins);
    }
    settle(twins, draw(twins, 4));
    compare(twins, ask_seal, &(struct question) {.seal = twins->seal});
    if (draw(twins, 3) == 0)
        open_again(twins);
}

static void run_seed(uint64_t seed)
{
    char directory[200], command[256];
    struct twins twins = {.dice = seed * 7919 + 1, .arena = arena_open(ARENA_SIZE)};
    twins.known = calloc(KNOWN_MAX, sizeof *twins.known);
    twins.kept = calloc(KNOWN_MAX, sizeof *twins.kept);
    const char *root = getenv("TMPDIR");
    snprintf(directory, sizeof directory, "%s/twins-XXXXXX", root ? root : "/tmp");
    assert_non_null(mkdtemp(directory));
    snprintf(twins.path, sizeof twins.path, "%s/node.db", directory);
    twins.stores[0] = store_memory_open();
    assert_non_null(twins.arena);
    assert_non_null(twins.known);
    assert_non_null(twins.kept);
    assert_non_null(twins.stores[0]);
    open_file(&twins);
    for (size_t i = 0; i < ROUNDS; i++)
        round_of(&twins);
    ask_all(&twins);
    open_again(&twins);
    ask_all(&twins);
    open_upgraded(&twins);
    ask_all(&twins);
    for (size_t i = 0; i < ROUNDS_UPGRADED; i++)
        round_of(&twins);
    ask_all(&twins);
    twins.stores[0]->close(twins.stores[0]);
    twins.stores[1]->close(twins.stores[1]);
    snprintf(command, sizeof command, "rm -rf '%s'", directory);
    assert_int_equal(system(command), 0);
    arena_close(twins.arena);
    free(twins.known);
    free(twins.kept);
}

static void nobody_can_tell_the_stores_apart(void **)
{
    const char *first = getenv("SEED"), *count = getenv("SEEDS");
    uint64_t from = first ? strtoull(first, NULL, 10) : 1;
    uint64_t seeds = count ? strtoull(count, NULL, 10) : getenv("SOAK") ? SEEDS_SOAK : SEEDS;
    for (uint64_t seed = from; seed < from + seeds; seed++) {
        if (first || count || getenv("SOAK"))
            print_message("seed %" PRIu64 "\n", seed);
        run_seed(seed);
    }
}

/* ---- without room -------------------------------------------------------------------------- */

static void set_room(struct store *store, int64_t pages)
{
    char sql[64];
    snprintf(sql, sizeof sql, "PRAGMA max_page_count = %" PRId64, pages);
    assert_int_equal(sqlite3_exec(database_of(store)->connection, sql, NULL, NULL, NULL),
                     SQLITE_OK);
}

static int64_t pages_of(struct store *store)
{
    sqlite3_stmt *statement;
    assert_int_equal(sqlite3_prepare_v2(database_of(store)->connection, "PRAGMA page_count", -1,
                                        &statement, NULL),
                     SQLITE_OK);
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    int64_t pages = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    return pages;
}

/* Each makes the store write what it holds back. */
static enum fault look(struct store *store, struct arena *arena, uint64_t which)
{
    void *list;
    size_t count;
    int64_t number, newest;
    struct summary sum;
    struct digest id = store_picture_id(3);
    const struct store_dossier_query page = {0, 0, -1, NULL, 9};
    const struct span_point from = {0}, to = {.minute = UINT64_MAX}, at = {1, id};
    arena_reset(arena);
    switch (which % 6) {
    case 0: return store->record_scan(store, 0, 9, arena, (struct store_record **)&list, &count);
    case 1: return store->event_bounds(store, &number, &newest);
    case 2: return store->span_sum(store, 1, true, from, to, &sum);
    case 3: return store->dossier_list(store, &page, arena, (struct store_dossier **)&list, &count);
    case 4:
        return store->outbox_next(store, 1, 0, true, 9, arena, (struct store_outbox_row **)&list,
                                  &count);
    }
    return store->span_find(store, 1, false, &at, &number);
}

static enum fault change_and_look(struct store *store, struct arena *arena, uint64_t seed,
                                  uint64_t every)
{
    enum fault first = FAULT_NONE;
    for (uint64_t i = 0; i < 250; i++) {
        enum fault fault = store_picture_change(store, seed * 1000 + i);
        if (!first)
            first = fault;
        if (i % every)
            continue;
        fault = look(store, arena, i / every);
        if (!first)
            first = fault;
    }
    return first;
}

/* Whatever was held back when the room ended: it is all there, or nothing of it. */
static void what_is_written_halfway_is_never_committed(void **)
{
    struct arena *arena = arena_open(ARENA_SIZE);
    unsigned halfway = 0, at_the_end = 0;
    for (uint64_t seed = 1; seed <= 60; seed++) {
        struct store *store;
        expect(store_sqlite_open(":memory:", &store));
        expect(store->begin(store));
        expect(change_and_look(store, arena, seed, 7));
        expect(store->commit(store));
        char *before = store_picture(store);
        set_room(store, pages_of(store) + (int64_t)(seed % 20));
        expect(store->begin(store));
        enum fault first =
            change_and_look(store, arena, 100 + seed, seed % 2 ? 3 + seed % 80 : 1000);
        enum fault last = store->commit(store);
        assert_true(!first || last);
        halfway += first != FAULT_NONE;
        at_the_end += !first && last;
        char *after = store_picture(store);
        if (last)
            assert_string_equal(after, before);
        set_room(store, 1 << 30);
        struct store *other = store_memory_open();
        expect(other->begin(other));
        expect(change_and_look(other, arena, seed, 7));
        expect(other->commit(other));
        expect(other->begin(other));
        expect(change_and_look(other, arena, 100 + seed, 9));
        expect(other->commit(other));
        if (last) {
            expect(store->begin(store));
            expect(change_and_look(store, arena, 100 + seed, 9));
            expect(store->commit(store));
        }
        free(after);
        after = store_picture(store);
        char *wanted = store_picture(other);
        assert_string_equal(after, wanted);
        free(before);
        free(after);
        free(wanted);
        store->close(store);
        other->close(other);
    }
    print_message("%u halfway, %u at the commit\n", halfway, at_the_end);
    assert_true(halfway > 5 && at_the_end > 5);
    arena_close(arena);
}

/* What is held back has a bound: a body that comes back when it is reached goes to the table. */
static void a_body_that_came_back_finds_room(void **)
{
    static const uint8_t filler[HEADER_BODY_MAX] = {4};
    const struct bytes salt = {filler, 32}, body = {filler, sizeof filler};
    struct arena *arena = arena_open(ARENA_SIZE);
    struct store *store;
    expect(store_sqlite_open(":memory:", &store));
    for (uint64_t before = 160, id = 0; before < 180; before++) {
        struct store_record bare = store_picture_record(++id), *found;
        expect(store->begin(store));
        for (uint64_t i = 0; i < before; i++) {
            struct store_record record = store_picture_record(++id);
            record.body = body;
            expect(store->record_put(store, &record));
        }
        bare.salt = bare.body = (struct bytes) {0};
        expect(store->record_put(store, &bare));
        expect(store->record_fill(store, bare.serial, salt, body));
        expect(store->record_fill(store, bare.serial, salt, salt)); /* there is one now */
        expect(store->commit(store));
        arena_reset(arena);
        expect(store->record_get(store, bare.serial, arena, &found));
        assert_int_equal(found->body.size, body.size);
    }
    store->close(store);
    arena_close(arena);
}

/* Also what would only be held back. */
static void after_a_fault_nothing_is_taken_any_more(void **)
{
    static const uint8_t filler[STORE_VALUE_MAX] = {4};
    const struct bytes bytes = {filler, sizeof filler}, salt = {filler, 32};
    struct store *store;
    expect(store_sqlite_open(":memory:", &store));
    expect(store->begin(store));
    struct store_record record = store_picture_record(1), other = store_picture_record(2);
    record.salt = record.body = (struct bytes) {0};
    expect(store->record_put(store, &record));
    set_room(store, pages_of(store) + 2);
    while (!store->value_put(store, "large", bytes))
        continue;
    const struct store_outbox_row row = {.serial = record.serial, .seal = 1};
    const struct store_dossier dossier = {.place = record.place};
    struct store_signed seal = {.pair = 1, .wire = salt};
    struct store_event event = {.pair = 1};
    const enum fault faults[] = {
        store->record_flag(store, record.serial, STORE_JUDGED, 0),
        store->record_fill(store, record.serial, salt, salt),
        store->record_sealed(store, record.serial, 1, 0),
        store->record_put(store, &other),
        store->seal_put(store, &seal),
        store->receipt_link(store, record.serial, (struct store_receipt_link) {1, 0}),
        store->outbox_put(store, 1, &row),
        store->outbox_remove(store, 1, record.serial),
        store->outbox_code(store, 1, record.serial, 5),
        store->dossier_put(store, &dossier),
        store->event_put(store, &event),
        store->commit(store),
    };
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++)
        if (faults[i] != FAULT_DISK_FULL)
            fail_msg("call %zu: fault %d", i, faults[i]);
    store->close(store);
}

/* A long dossier that is written over and over in one transaction. */
static void a_dossier_is_written_as_often_as_it_is_asked_for(void **)
{
    struct arena *arena = arena_open(ARENA_SIZE);
    struct store *store;
    expect(store_sqlite_open(":memory:", &store));
    expect(store->begin(store));
    struct store_dossier row = {.place = store_picture_record(1).place}, *rows;
    const struct store_dossier_query page = {0, 0, -1, NULL, 9};
    size_t count;
    for (uint64_t i = 1; i <= 1024; i++) {
        struct store_record record = store_picture_record(i);
        record.place = row.place;
        expect(store->record_put(store, &record));
    }
    for (row.changed_at = 1; row.changed_at < 4000; row.changed_at++) {
        arena_reset(arena);
        expect(store->dossier_put(store, &row));
        expect(store->dossier_list(store, &page, arena, &rows, &count));
        assert_int_equal(rows->changed_at, row.changed_at);
    }
    expect(store->commit(store));
    store->close(store);
    arena_close(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_body_that_came_back_finds_room),
        cmocka_unit_test(after_a_fault_nothing_is_taken_any_more),
        cmocka_unit_test(a_dossier_is_written_as_often_as_it_is_asked_for),
        cmocka_unit_test(what_is_written_halfway_is_never_committed),
        cmocka_unit_test(nobody_can_tell_the_stores_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
