/* links: base seal record trust wire rules channel stream store engine sim */
#include "hostile.h"

/* What a partner can do who holds its keys and does not keep the protocol: nothing but harm itself.
 */
enum { MANY = 180, AMENDMENTS = 500, AT_ONCE = 100, DOSSIER_MAX = 1024 };

/* ---- spans ---- */

static Peregrin__Message summary_of(Peregrin__Summary *summary, bool answer)
{
    static const uint8_t nothing[32];
    Peregrin__Message message = PEREGRIN__MESSAGE__INIT;
    peregrin__summary__init(summary);
    summary->issuer = (char *)(uintptr_t)hostile_names[answer ? VICTIM : HOSTILE];
    summary->audience = (char *)(uintptr_t)hostile_names[answer ? HOSTILE : VICTIM];
    summary->has_count = summary->has_sum = summary->has_unreceipted = true;
    summary->sum = hostile_binary(nothing, sizeof nothing);
    summary->has_answer = summary->answer = answer;
    summary->has_credit_records = summary->has_credit_bytes = answer;
    message.what_case = PEREGRIN__MESSAGE__WHAT_SUMMARY;
    message.summary = summary;
    return message;
}

struct spans {
    Peregrin__Span span[MESSAGE_SPANS_MAX], *list[MESSAGE_SPANS_MAX];
};

/* The whole stream, so many times. Lists of nothing, or sums that are wrong. */
static void spans_fill(struct spans *spans, size_t count, bool lists)
{
    static const uint8_t sum[32] = {1};
    for (size_t i = 0; i < count; i++) {
        Peregrin__Span *span = &spans->span[i];
        peregrin__span__init(span);
        span->has_from_minute = span->has_to_minute = span->has_count = span->has_sum = true;
        span->to_minute = UINT64_MAX;
        span->sum = hostile_binary(sum, sizeof sum);
        span->count = !lists;
        span->has_minutes = span->has_ids = lists;
        spans->list[i] = span;
    }
}

static Peregrin__Message range_of(Peregrin__Range *range, bool answer)
{
    Peregrin__Message message = PEREGRIN__MESSAGE__INIT;
    peregrin__range__init(range);
    range->issuer = (char *)(uintptr_t)hostile_names[answer ? VICTIM : HOSTILE];
    range->audience = (char *)(uintptr_t)hostile_names[answer ? HOSTILE : VICTIM];
    range->has_answer = range->answer = answer;
    message.what_case = PEREGRIN__MESSAGE__WHAT_RANGE;
    message.range = range;
    return message;
}

/* The victim starts anew and asks; the hostile node's own answers are kept back, and it is told
 * that nothing is held. */
static void victim_asks(struct hostile *h, int records)
{
    Peregrin__Summary summary;
    for (int i = 0; i < records; i++)
        assert_int_equal(hostile_nominates(h, VICTIM, i).verdict, VERDICT_FINE);
    assert_true(world_settle(h->world, 60 * hostile_second));
    h->muted = "summary range";
    hostile_restart(h, VICTIM);
    world_run(h->world, hostile_second);
    assert_int_equal(hostile_pair(h, VICTIM)->phase, PAIR_ASKED);
    Peregrin__Message message = summary_of(&summary, true);
    hostile_says(h, false, &message);
    assert_int_equal(hostile_pair(h, VICTIM)->phase, PAIR_COMPARING);
}

static void overlapping_spans_in_an_answer_are_no_agreement(void **state)
{
    struct hostile *h = *state;
    struct spans spans;
    Peregrin__Range range;
    victim_asks(h, 3);
    Peregrin__Message message = range_of(&range, true);
    spans_fill(&spans, 2, true);
    range.n_spans = 2;
    range.spans = spans.list;
    hostile_says(h, false, &message);
    assert_true(hostile_partner(h, VICTIM).guard_armed);

    size_t asked = h->heard[PEREGRIN__MESSAGE__WHAT_SUMMARY];
    world_run(h->world, 5 * hostile_second);
    assert_true(h->heard[PEREGRIN__MESSAGE__WHAT_SUMMARY] > asked);
    assert_true(hostile_partner(h, VICTIM).guard_armed);
    hostile_heals(h);
}

static void a_lost_record_listed_twice_is_wanted_once(void **state)
{
    struct hostile *h = *state;
    struct spans spans;
    Peregrin__Range range;
    uint8_t minute[8] = {0}, id[DIGEST_SIZE] = {0xAB};
    victim_asks(h, 3);
    Peregrin__Message message = range_of(&range, true);
    spans_fill(&spans, 5, true);
    for (size_t i = 0; i < 5; i++) {
        spans.span[i].count = 1;
        spans.span[i].minutes = hostile_binary(minute, sizeof minute);
        spans.span[i].ids = hostile_binary(id, sizeof id);
    }
    range.n_spans = 5;
    range.spans = spans.list;
    hostile_says(h, false, &message);
    assert_int_equal(hostile_pair(h, VICTIM)->wanted_count, 1);
    assert_true(hostile_partner(h, VICTIM).guard_armed);
    hostile_heals(h);
}

static void a_question_about_many_spans_is_answered_within_a_frame(void **state)
{
    struct hostile *h = *state;
    struct spans spans;
    Peregrin__Range range;
    struct hostile_record records[AT_ONCE];
    for (int i = 0; i < AT_ONCE; i++)
        records[i] = hostile_opens(h, i, NULL);
    hostile_delivers(h, hostile_position(h), records, AT_ONCE);
    world_run(h->world, hostile_second);
    hostile_forget(h);
    for (int lists = 0; lists < 2; lists++) {
        Peregrin__Message message = range_of(&range, false);
        spans_fill(&spans, MESSAGE_SPANS_MAX, false);
        range.n_spans = MESSAGE_SPANS_MAX;
        range.spans = spans.list;
        hostile_says(h, true, &message);
        assert_int_equal(h->heard[PEREGRIN__MESSAGE__WHAT_RANGE], 1 + lists);
        const Peregrin__Range *said = h->last[PEREGRIN__MESSAGE__WHAT_RANGE]->range;
        assert_in_range(said->n_spans, 1, MESSAGE_SPANS_MAX);
        assert_int_equal(said->spans[0]->has_ids, lists == 0);
        /* More than a list holds: then the answer is split. */
        for (int i = 0; i < AT_ONCE; i++)
            records[i] = hostile_opens(h, AT_ONCE + i, NULL);
        hostile_delivers(h, hostile_position(h), records, AT_ONCE);
        world_run(h->world, hostile_second);
    }
    assert_in_range(h->heard_bytes_max, 1, 65535);
    assert_int_equal(h->alarms[VICTIM], 0);
}

static enum fault (*sums_of_store)(struct store *, uint32_t, bool, struct span_point,
                                   struct span_point, struct summary *);
static size_t sums;

static enum fault sum_counted(struct store *store, uint32_t pair, bool ours, struct span_point from,
                              struct span_point to, struct summary *out)
{
    sums++;
    return sums_of_store(store, pair, ours, from, to, out);
}

/* What does not stand in the answer need not be looked at: eight spans fill it, as many as an
 * honest node asks about at once. */
static void a_question_about_many_spans_costs_what_an_honest_one_costs(void **state)
{
    struct hostile *h = *state;
    struct spans spans;
    Peregrin__Range range;
    size_t costs[2];
    struct store *store = world_store(h->world, VICTIM);
    struct hostile_record records[AT_ONCE];
    for (int i = 0; i < 2 * AT_ONCE; i++) {
        records[i % AT_ONCE] = hostile_opens(h, i, NULL);
        if (i % AT_ONCE == AT_ONCE - 1)
            hostile_delivers(h, hostile_position(h), records, AT_ONCE);
        world_run(h->world, hostile_second / AT_ONCE);
    }
    sums_of_store = store->span_sum;
    store->span_sum = sum_counted;
    for (int many = 0; many < 2; many++) {
        Peregrin__Message message = range_of(&range, false);
        spans_fill(&spans, MESSAGE_SPANS_MAX, false);
        range.n_spans = many ? MESSAGE_SPANS_MAX : 8;
        range.spans = spans.list;
        sums = 0;
        hostile_says(h, true, &message);
        costs[many] = sums;
    }
    store->span_sum = sums_of_store;
    assert_true(costs[0] > 0);
    assert_in_range(costs[1], costs[0], costs[0] + 1);
}

/* ---- giving back ---- */

/* Asks for `count` ids of records that the victim holds of it, with a recovery statement or none.
 */
static void asks_back_with(struct hostile *h, const struct hostile_record *const *wanted,
                           size_t count, Peregrin__Signed *recovery)
{
    Peregrin__Range range;
    uint8_t *minutes = arena_take_array(h->arena, count, 8);
    uint8_t *ids = arena_take_array(h->arena, count, DIGEST_SIZE);
    Peregrin__Message message = range_of(&range, false);
    for (size_t i = 0; i < count; i++) {
        bytes_write_u64le(minutes + 8 * i, wanted[i]->minute);
        memcpy(ids + DIGEST_SIZE * i, wanted[i]->id.bytes, DIGEST_SIZE);
    }
    range.has_wanted_minutes = range.has_wanted_ids = true;
    range.wanted_minutes = hostile_binary(minutes, 8 * count);
    range.wanted_ids = hostile_binary(ids, DIGEST_SIZE * count);
    range.recovery = recovery;
    hostile_says(h, true, &message);
}

static void asks_back(struct hostile *h, const struct hostile_record *const *wanted, size_t count)
{
    asks_back_with(h, wanted, count, hostile_recovery(h, &hostile_peer(h, HOSTILE)->dial.session));
}

static void what_is_asked_back_without_a_statement_stays_and_nobody_is_accused(void **state)
{
    struct hostile *h = *state;
    struct hostile_record mine = hostile_opens(h, 1, NULL);
    const struct hostile_record *wanted[] = {&mine};
    hostile_delivers(h, hostile_position(h), &mine, 1);
    world_run(h->world, hostile_second);
    hostile_forget(h);
    asks_back_with(h, wanted, 1, NULL);
    assert_int_equal(h->returned, 0);
    assert_int_equal(h->heard[PEREGRIN__MESSAGE__WHAT_RANGE], 1); /* told that nothing comes */
    assert_int_equal(h->alarms[VICTIM], 0);
    asks_back(h, wanted, 1);
    assert_int_equal(h->returned, 1);
}

static void the_same_id_wanted_many_times_is_returned_once(void **state)
{
    struct hostile *h = *state;
    struct hostile_record records[MANY];
    const struct hostile_record *wanted[MANY];
    for (int i = 0; i < MANY; i++) {
        records[i] = hostile_opens(h, i, NULL);
        wanted[i] = &records[0];
    }
    hostile_delivers(h, hostile_position(h), records, MANY);
    world_run(h->world, hostile_second);
    assert_int_equal(hostile_held(h, VICTIM, false), MANY);
    asks_back(h, wanted, MANY);
    assert_int_equal(h->heard[PEREGRIN__MESSAGE__WHAT_RETURNED], 1);
    assert_int_equal(h->returned, 1);

    for (int i = 0; i < MANY; i++)
        wanted[i] = &records[i / 2];
    asks_back(h, wanted, MANY);
    assert_int_equal(h->returned, 1 + MANY / 2);
    assert_int_equal(h->alarms[VICTIM], 1); /* that it lost records, once in a session */
}

static void records_of_others_are_not_returned(void **state)
{
    struct hostile *h = *state;
    struct event_answer own = hostile_nominates(h, VICTIM, 1);
    struct hostile_record of_victim = {.id = own.id,
                                       .minute = instant_minutes(world_now(h->world))};
    struct hostile_record of_nobody = {.minute = 3}, mine = hostile_opens(h, 1, NULL);
    const struct hostile_record *wanted[] = {&of_nobody, &of_nobody, &of_victim};
    assert_true(world_settle(h->world, 10 * hostile_second));
    asks_back(h, wanted, 3);
    assert_int_equal(h->returned, 0);
    hostile_delivers(h, hostile_position(h), &mine, 1);
    world_run(h->world, hostile_second);
    asks_back(h, (const struct hostile_record *[]) {&of_nobody, &mine, &of_victim, &of_nobody}, 4);
    assert_int_equal(h->returned, 1);
}

/* ---- dossiers without end ---- */

/* The chain of a dossier: its nomination, then amendments. */
static struct hostile_record chain_next(struct hostile *h, const struct hostile_record *before,
                                        uint32_t index)
{
    return hostile_record(
        h, (struct hostile_craft) {
               .dossier = hostile_dossier(h, 0),
               .kind = index ? PEREGRIN__KIND__KIND_AMENDMENT : PEREGRIN__KIND__KIND_NOMINATION,
               .index = index,
               .previous = index ? &before->id : NULL,
               .target = index ? &before->id : NULL,
               .number = (int)index,
           });
}

static void a_dossier_with_hundreds_of_amendments_costs_no_more_than_its_limit(void **state)
{
    struct hostile *h = *state;
    struct hostile_record records[AT_ONCE + 4], before = {0};
    uint32_t index = 0;
    uint64_t process = world_engine(h->world, VICTIM)->counters[PEER_SESSIONS];
    while (index < AMENDMENTS) {
        for (int i = 0; i < AT_ONCE; i++, index++)
            before = records[i] = chain_next(h, &before, index);
        hostile_delivers(h, hostile_position(h), records, AT_ONCE);
        world_run(h->world, 10000);
        assert_int_equal(hostile_held(h, VICTIM, false), index);
    }
    assert_int_equal(h->alarms[VICTIM], 0); /* no fault: it was never opened again */
    assert_int_equal(hostile_count(h, VICTIM, PEER_SESSIONS), process);
    assert_int_equal(hostile_count(h, VICTIM, PEER_RECORDS_REFUSED), 0);

    while (index < DOSSIER_MAX) {
        size_t some = DOSSIER_MAX - index < AT_ONCE ? DOSSIER_MAX - index : AT_ONCE;
        for (size_t i = 0; i < some; i++, index++)
            before = records[i] = chain_next(h, &before, index);
        hostile_delivers(h, hostile_position(h), records, some);
        world_run(h->world, 10000);
    }
    assert_int_equal(hostile_held(h, VICTIM, false), DOSSIER_MAX);
    assert_int_equal(h->heard[PEREGRIN__MESSAGE__WHAT_NOTICE], 0);

    records[0] = hostile_opens(h, 90001, NULL);
    records[1] = chain_next(h, &before, index);
    records[2] = hostile_opens(h, 90002, NULL);
    hostile_delivers(h, hostile_position(h), records, 3);
    world_run(h->world, 10000);
    assert_int_equal(h->heard[PEREGRIN__MESSAGE__WHAT_NOTICE], 1);
    const Peregrin__Notice *notice = h->last[PEREGRIN__MESSAGE__WHAT_NOTICE]->notice;
    assert_int_equal(notice->code, VERDICT_TOO_LARGE);
    assert_memory_equal(notice->id.data, records[1].id.bytes, DIGEST_SIZE);
    records[1] = records[2]; /* as an honest sender goes on */
    hostile_delivers(h, hostile_position(h), records, 2);
    world_run(h->world, 10000);
    assert_int_equal(hostile_held(h, VICTIM, false), DOSSIER_MAX + 2);
    assert_int_equal(hostile_count(h, VICTIM, PEER_SESSIONS), process);
}

static void forks_without_end_are_no_more_than_the_limit(void **state)
{
    struct hostile *h = *state;
    struct hostile_record records[AT_ONCE];
    for (int sent = 0; sent < 1300; sent += AT_ONCE) {
        for (int i = 0; i < AT_ONCE; i++) {
            struct hostile_craft craft = {
                .dossier = hostile_dossier(h, 0),
                .kind = PEREGRIN__KIND__KIND_NOMINATION,
                .number = sent + i,
            };
            records[i] = hostile_record(h, craft);
        }
        hostile_delivers(h, hostile_position(h), records, AT_ONCE);
        world_run(h->world, 10000);
        assert_true(world_up(h->world, VICTIM));
    }
    assert_int_equal(hostile_held(h, VICTIM, false), DOSSIER_MAX);
    assert_int_equal(h->last[PEREGRIN__MESSAGE__WHAT_NOTICE]->notice->code, VERDICT_TOO_LARGE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define HOSTILE_TEST(name) cmocka_unit_test_setup_teardown(name, hostile_open, hostile_close)
        HOSTILE_TEST(overlapping_spans_in_an_answer_are_no_agreement),
        HOSTILE_TEST(a_lost_record_listed_twice_is_wanted_once),
        HOSTILE_TEST(a_question_about_many_spans_is_answered_within_a_frame),
        HOSTILE_TEST(a_question_about_many_spans_costs_what_an_honest_one_costs),
        HOSTILE_TEST(what_is_asked_back_without_a_statement_stays_and_nobody_is_accused),
        HOSTILE_TEST(the_same_id_wanted_many_times_is_returned_once),
        HOSTILE_TEST(records_of_others_are_not_returned),
        HOSTILE_TEST(a_dossier_with_hundreds_of_amendments_costs_no_more_than_its_limit),
        HOSTILE_TEST(forks_without_end_are_no_more_than_the_limit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
