/* links: base seal record trust wire rules channel stream store engine sim */
#include "sim/people.h"
#include "sim/refold.h"
#include "sim/refold_look.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* Two readings of the same dossiers, made by two hands: the fold that the node runs, and the one by
 * which the simulator looks at it. Where they part, one of them is wrong. */

enum { ARENA = 16 * 1024 * 1024, RECORDS = 24, DOSSIERS = 9000, MINUTE = 29400000 };

/* A dossier that grows at random: mostly by what may be said just now, and by anything else. */
struct tangle {
    struct arena *arena;
    bool agrees; /* it is an agreement */
    uint64_t dice;
    struct bytes wires[RECORDS];
    struct header headers[RECORDS];
    size_t count;
    uint32_t lengths[2];
    struct digest heads[2];
};

static uint32_t throw(struct tangle * tangle, uint32_t below)
{
    tangle->dice ^= tangle->dice << 13;
    tangle->dice ^= tangle->dice >> 7;
    tangle->dice ^= tangle->dice << 17;
    return (uint32_t)(tangle->dice >> 20) % below;
}

static struct dossier folded(struct tangle *tangle)
{
    struct dossier_entry entries[RECORDS];
    struct dossier_limits all = {{UINT32_MAX, UINT32_MAX}};
    struct dossier out;
    for (size_t i = 0; i < tangle->count; i++)
        dossier_entry_of(&tangle->headers[i], &entries[i]);
    dossier_fold(entries, tangle->count, all, &out);
    return out;
}

static const struct digest *some_id(struct tangle *tangle)
{
    static const struct digest nobody = {{1}};
    return tangle->count ? &tangle->headers[throw(tangle, (uint32_t)tangle->count)].id : &nobody;
}

/* What somebody could mean just now, or any record. */
static struct digest target_of(struct tangle *tangle, uint32_t kind, uint32_t lane)
{
    struct dossier now = folded(tangle);
    const struct digest *meant = &now.revision;
    if (throw(tangle, 5) == 0)
        return *some_id(tangle);
    if (kind == PEREGRIN__KIND__KIND_DECISION && now.state == DOSSIER_EXTENDING)
        meant = &now.extending;
    if (kind == PEREGRIN__KIND__KIND_RECOGNITION)
        meant = &now.transcript;
    if (kind == PEREGRIN__KIND__KIND_REVOKE)
        meant = lane == 0 ? &now.recognition : throw(tangle, 2) ? &now.decision : &now.transcript;
    if (kind == PEREGRIN__KIND__KIND_LEARNING)
        meant = &now.decided;
    if (kind == PEREGRIN__KIND__KIND_LEARNING_DECISION)
        meant = &now.learning;
    if (kind == PEREGRIN__KIND__KIND_APPROVAL || kind == PEREGRIN__KIND__KIND_DECLINATION)
        meant = &now.offers[1 - lane];
    if (kind == PEREGRIN__KIND__KIND_TAKE_BACK)
        meant = &now.offers[lane];
    if (kind == PEREGRIN__KIND__KIND_TERMINATION)
        meant = &now.in_force;
    return kind == PEREGRIN__KIND__KIND_REFUSAL ? *some_id(tangle) : *meant;
}

static uint32_t kind_of(struct tangle *tangle, uint32_t lane)
{
    static const uint32_t kinds[2][14] = {
        {17, 17, 17, 17, 23, 23, 24, 24, 25, 1, 19, 99, 26, 26},
        {18, 18, 18, 20, 20, 21, 21, 22, 23, 25, 1, 99, 27, 27},
    };
    /* Both may say all of it. What belongs to another family is out of turn. */
    static const uint32_t talks[] = {32, 32, 32, 33, 33, 33, 34, 34, 35, 37, 36, 1, 18, 99};
    if (lane == 0 && tangle->lengths[0] == 0)
        return tangle->agrees ? PEREGRIN__KIND__KIND_TERMS : PEREGRIN__KIND__KIND_NOMINATION;
    if (tangle->agrees && !throw(tangle, 12))
        return PEREGRIN__KIND__KIND_CONTACTS;
    return tangle->agrees ? talks[throw(tangle, 14)] : kinds[lane][throw(tangle, 14)];
}

static ProtobufCBinaryData binary(struct tangle *tangle, const void *data, size_t size)
{
    struct bytes copy = arena_copy(tangle->arena, (struct bytes) {data, size});
    return (ProtobufCBinaryData) {size, (uint8_t *)copy.data};
}

/* Most have seen all that is there, some less, and one in forty something else. */
static Peregrin__Seen *seen_of(struct tangle *tangle, uint32_t lane)
{
    uint32_t length = tangle->lengths[1 - lane];
    uint32_t index = throw(tangle, 3) ? length : throw(tangle, length + 1);
    Peregrin__Seen *seen = arena_take(tangle->arena, sizeof *seen);
    struct digest id = *some_id(tangle);
    if (index == 0)
        return NULL;
    for (size_t i = 0; i < tangle->count && throw(tangle, 40); i++)
        if (tangle->headers[i].lane != lane && tangle->headers[i].index == index - 1)
            id = tangle->headers[i].id;
    peregrin__seen__init(seen);
    seen->has_index = seen->has_id = 1;
    seen->index = index - 1;
    seen->id = binary(tangle, id.bytes, sizeof id.bytes);
    return seen;
}

static Peregrin__Claim *claim_of(struct tangle *tangle, uint32_t kind, uint32_t lane)
{
    Peregrin__Claim *claim = arena_take(tangle->arena, sizeof *claim);
    struct dossier now = folded(tangle);
    struct digest target = target_of(tangle, kind, lane);
    peregrin__claim__init(claim);
    claim->year = "2026/2027";
    claim->has_target = claim->has_code = claim->has_outcome = claim->has_change = 1;
    claim->target = binary(tangle, target.bytes, sizeof target.bytes);
    claim->code = 8;
    claim->outcome = throw(tangle, 3) ? 1 : 1 + throw(tangle, 3);
    claim->change = throw(tangle, 10) ? 1 + throw(tangle, 2) : 3;
    if (throw(tangle, 8)) {
        const struct digest *newest = kind == PEREGRIN__KIND__KIND_RECOGNITION ? &now.recognition
                                      : kind == PEREGRIN__KIND__KIND_LEARNING  ? &now.learning
                                                                               : &now.transcript;
        claim->has_supersedes = 1;
        claim->supersedes = binary(tangle, newest->bytes, sizeof newest->bytes);
    }
    return claim;
}

/* One in thirty stands at a place that was taken, and does not lead to what is before it. */
static void record_add(struct tangle *tangle)
{
    static uint32_t extension = 100;
    uint32_t lane = tangle->count ? throw(tangle, 2) : 0, length = tangle->lengths[lane];
    uint32_t kind = kind_of(tangle, lane);
    bool again = length > 0 && throw(tangle, 30) == 0;
    struct header_dossier dossier = header_dossier_new(MINUTE, (const uint8_t *)"0123456789");
    struct digest previous = throw(tangle, 60) ? tangle->heads[lane] : *some_id(tangle);
    Peregrin__Header fields = PEREGRIN__HEADER__INIT;
    fields.network = "demo";
    fields.issuer = lane ? "uhasselt.be" : "helmo.be";
    fields.audience = lane ? "helmo.be" : "uhasselt.be";
    fields.has_dossier = fields.has_lane = fields.has_index = fields.has_kind = 1;
    fields.has_schema = fields.has_issued_at = fields.has_commitment = 1;
    fields.dossier = binary(tangle, dossier.bytes, sizeof dossier.bytes);
    fields.lane = lane;
    fields.index = length - again;
    fields.has_previous = fields.index > 0;
    fields.previous = binary(tangle, previous.bytes, sizeof previous.bytes);
    fields.seen = fields.index || lane ? seen_of(tangle, lane) : NULL;
    fields.kind = kind;
    fields.schema = kind == PEREGRIN__KIND__KIND_REFUSAL ? 0 : 1 + (throw(tangle, 30) == 0);
    fields.n_critical = throw(tangle, 60) == 0;
    fields.critical = &extension;
    fields.issued_at = MINUTE;
    fields.claim = claim_of(tangle, kind, lane);
    uint8_t commitment[DIGEST_SIZE] = {0};
    memcpy(commitment, &tangle->dice, sizeof tangle->dice);
    fields.commitment = binary(tangle, commitment, sizeof commitment);
    struct header *header = &tangle->headers[tangle->count];
    tangle->wires[tangle->count] = header_pack(&fields, tangle->arena);
    if (header_read_held(tangle->wires[tangle->count], tangle->arena, header))
        return;
    tangle->count++;
    tangle->lengths[lane] = fields.index + 1;
    tangle->heads[lane] = header->id;
}

/* Some got lost on the way. */
static void record_lose(struct tangle *tangle)
{
    size_t gone = throw(tangle, (uint32_t)tangle->count);
    tangle->count--;
    tangle->headers[gone] = tangle->headers[tangle->count];
    tangle->wires[gone] = tangle->wires[tangle->count];
}

static void both_readings_of_any_records_are_one(void **state)
{
    (void)state;
    struct arena *arena = arena_open(ARENA);
    size_t seen[DOSSIER_STATE_COUNT] = {0}, forked = 0, incomplete = 0, unknown = 0;
    for (uint64_t i = 1; i <= DOSSIERS; i++) {
        struct tangle tangle = {
            .arena = arena, .agrees = i % 3 == 0, .dice = i * 0x9e3779b97f4a7c15};
        struct dossier strange;
        arena_reset(arena);
        for (uint32_t left = 4 + throw(&tangle, RECORDS - 4); left > 0; left--)
            record_add(&tangle);
        if (throw(&tangle, 8) == 0)
            record_lose(&tangle);
        struct dossier dossier = folded(&tangle);
        assert_true(refold_read(tangle.wires, tangle.count, arena, &strange));
        const char *what = refold_look_differs(&dossier, &strange);
        if (what)
            fail_msg("dossier %llu: %s, `%s` and `%s`", (unsigned long long)i, what,
                     dossier_state_code(dossier.state), dossier_state_code(strange.state));
        seen[dossier.state]++;
        forked += dossier.forked[0] || dossier.forked[1];
        incomplete += dossier.incomplete > 0;
        unknown += dossier.not_understood > 0;
    }
    uint64_t folded_here = dossier_family_states(KIND_MOBILITY) |
                           dossier_family_states(KIND_AGREEMENT) | UINT64_C(1) << DOSSIER_EMPTY;
    for (int code = 0; code < DOSSIER_STATE_COUNT; code++)
        if ((folded_here >> code & 1) && seen[code] < 10)
            fail_msg("`%s` was reached %zu times", dossier_state_code(code), seen[code]);
    assert_true(forked > 100 && incomplete > 100 && unknown > 100);
    arena_close(arena);
}

/* ---- what a store says ---- */

static void a_row_that_says_something_else_is_seen(void **state)
{
    (void)state;
    static const char *const pair[] = {"helmo.be", "uhasselt.be"};
    struct arena *arena = arena_open(ARENA);
    struct world *world = world_open(7, pair, 2);
    struct play_dossier student = {.name = "A"};
    struct store_dossier_query query = {.opened_by_partner = -1, .max = 1};
    struct event_submission nomination = {
        .own = pair[0],
        .partner = pair[1],
        .kind = PEREGRIN__KIND__KIND_NOMINATION,
        .opens = true,
        .body = people_nomination(&student, arena),
    };
    struct store_dossier *row;
    size_t count;
    assert_true(world_settle(world, INSTANT_SECOND));
    assert_int_equal(world_submit(world, 0, &nomination).verdict, VERDICT_FINE);
    assert_null(refold_look(world, 0, arena));
    struct store *store = world_store(world, 0);
    assert_int_equal(store->dossier_list(store, &query, arena, &row, &count), FAULT_NONE);
    assert_int_equal(count, 1);
    struct store_dossier wrong[] = {*row, *row, *row};
    wrong[0].state = DOSSIER_ACCEPTED;
    wrong[1].revision = 0;
    wrong[2].transcript = row->revision;
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(store->begin(store), FAULT_NONE);
        assert_int_equal(store->dossier_put(store, &wrong[i]), FAULT_NONE);
        assert_int_equal(store->commit(store), FAULT_NONE);
        assert_non_null(refold_look(world, 0, arena));
    }
    assert_null(refold_look(world, 1, arena));
    world_close(world);
    arena_close(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(both_readings_of_any_records_are_one),
        cmocka_unit_test(a_row_that_says_something_else_is_seen),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
