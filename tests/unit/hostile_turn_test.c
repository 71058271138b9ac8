/* links: base seal record trust wire rules channel stream store engine sim */
#include "hostile.h"

/* What is said at the wrong time, on the wrong side, or of somebody else's streams changes nothing.
 */

static char *text(const char *constant)
{
    return (char *)(uintptr_t)constant;
}

/* Whose stream a message is about: its author and its reader. */
struct stream {
    const char *issuer, *audience;
};

static const struct stream victims = {"helmo.be", "uhasselt.be"};
static const struct stream hostiles = {"uhasselt.be", "helmo.be"};

/* ---- one well-formed message of each kind ---- */

static Peregrin__Message message_new(Peregrin__Message__WhatCase what)
{
    Peregrin__Message message = PEREGRIN__MESSAGE__INIT;
    message.what_case = what;
    return message;
}

static Peregrin__Message summary(struct hostile *h, struct stream of, bool answer)
{
    Peregrin__Message message = message_new(PEREGRIN__MESSAGE__WHAT_SUMMARY);
    Peregrin__Summary *said = arena_take(h->arena, sizeof *said);
    peregrin__summary__init(said);
    said->issuer = text(of.issuer);
    said->audience = text(of.audience);
    said->has_count = said->has_sum = said->has_unreceipted = true;
    said->sum = hostile_binary(arena_take(h->arena, 32), 32);
    said->has_answer = said->answer = answer;
    said->has_credit_records = said->has_credit_bytes = answer;
    message.summary = said;
    return message;
}

static Peregrin__Message range(struct hostile *h, struct stream of, bool answer)
{
    Peregrin__Message message = message_new(PEREGRIN__MESSAGE__WHAT_RANGE);
    Peregrin__Range *said = arena_take(h->arena, sizeof *said);
    Peregrin__Span *span = arena_take(h->arena, sizeof *span);
    peregrin__range__init(said);
    peregrin__span__init(span);
    span->has_from_minute = span->has_to_minute = span->has_count = span->has_sum = true;
    span->to_minute = UINT64_MAX;
    span->count = 1;
    span->sum = hostile_binary(arena_take(h->arena, 32), 32);
    said->issuer = text(of.issuer);
    said->audience = text(of.audience);
    said->has_answer = said->answer = answer;
    said->n_spans = 1;
    said->spans = arena_take(h->arena, sizeof(Peregrin__Span *));
    said->spans[0] = span;
    message.range = said;
    return message;
}

static Peregrin__Carried **carried(struct hostile *h, const struct hostile_record *record)
{
    Peregrin__Carried **list = arena_take(h->arena, sizeof *list);
    *list = arena_take(h->arena, sizeof **list);
    peregrin__carried__init(*list);
    (*list)->has_header = (*list)->has_salt = (*list)->has_body = true;
    (*list)->header = hostile_binary(record->header.data, record->header.size);
    (*list)->salt = hostile_binary(record->salt.data, record->salt.size);
    (*list)->body = hostile_binary(record->body.data, record->body.size);
    return list;
}

static Peregrin__Message returned(struct hostile *h, struct stream of, bool)
{
    struct hostile_record record = hostile_opens(h, 1, NULL);
    Peregrin__Message message = message_new(PEREGRIN__MESSAGE__WHAT_RETURNED);
    Peregrin__Return *said = arena_take(h->arena, sizeof *said);
    peregrin__return__init(said);
    said->issuer = text(of.issuer);
    said->audience = text(of.audience);
    said->seal = hostile_seal(h, &record, 1);
    said->n_records = 1;
    said->records = carried(h, &record);
    message.returned = said;
    return message;
}

static Peregrin__Message deliver(struct hostile *h, struct stream of, bool)
{
    struct hostile_record record = hostile_opens(h, 1, NULL);
    Peregrin__Message message = message_new(PEREGRIN__MESSAGE__WHAT_DELIVER);
    Peregrin__Deliver *said = arena_take(h->arena, sizeof *said);
    peregrin__deliver__init(said);
    said->issuer = text(of.issuer);
    said->audience = text(of.audience);
    said->has_position = true;
    said->seal = hostile_seal(h, &record, 1);
    said->n_records = 1;
    said->records = carried(h, &record);
    message.deliver = said;
    return message;
}

static Peregrin__Message ack(struct hostile *h, struct stream of, bool)
{
    Peregrin__Message message = message_new(PEREGRIN__MESSAGE__WHAT_ACK);
    Peregrin__Ack *said = arena_take(h->arena, sizeof *said);
    peregrin__ack__init(said);
    said->issuer = text(of.issuer);
    said->audience = text(of.audience);
    said->has_next_position = said->has_credit_records = said->has_credit_bytes = true;
    message.ack = said;
    return message;
}

static Peregrin__Message receipt(struct hostile *h, struct stream of, bool)
{
    const struct catalogue_key *key =
        catalogue_institution(world_catalogue(h->world), hostile_names[HOSTILE])->keys;
    struct digest leaf = {{1}}, root;
    Peregrin__Message message = message_new(PEREGRIN__MESSAGE__WHAT_RECEIPT);
    Peregrin__Receipt *said = arena_take(h->arena, sizeof *said);
    Peregrin__ReceiptStatement statement = PEREGRIN__RECEIPT_STATEMENT__INIT;
    uint8_t handshake[32] = {0};
    tree_root(&leaf, 1, &root);
    statement.network = text(world_catalogue(h->world)->network);
    statement.issuer = text(hostile_names[HOSTILE]);
    statement.audience = text(of.issuer);
    statement.key_id = text(key->id);
    statement.has_key_digest = statement.has_handshake = statement.has_count = true;
    statement.has_root = statement.has_time = statement.has_catalogue_version = true;
    statement.key_digest = hostile_binary(key->digest.bytes, DIGEST_SIZE);
    statement.handshake = hostile_binary(handshake, sizeof handshake);
    statement.count = 1;
    statement.root = hostile_binary(root.bytes, DIGEST_SIZE);
    statement.time = instant_seconds(world_now(h->world));
    statement.catalogue_version = 1;
    peregrin__receipt__init(said);
    said->signed_ = hostile_signed(h, SEAL_CONTEXT_RECEIPT, codec_pack(&statement.base, h->arena));
    said->has_ids = true;
    struct bytes ids = arena_copy(h->arena, digest_bytes(&leaf));
    said->ids = hostile_binary(ids.data, ids.size);
    message.receipt = said;
    return message;
}

static Peregrin__Message notice(struct hostile *h, struct stream of, bool)
{
    Peregrin__Message message = message_new(PEREGRIN__MESSAGE__WHAT_NOTICE);
    Peregrin__Notice *said = arena_take(h->arena, sizeof *said);
    peregrin__notice__init(said);
    said->issuer = text(of.issuer);
    said->audience = text(of.audience);
    said->has_position = said->has_code = said->has_id = true;
    said->position = UINT64_MAX;
    said->code = VERDICT_FORGED;
    said->id = hostile_binary(h->id.bytes, DIGEST_SIZE);
    message.notice = said;
    return message;
}

static Peregrin__Message ping(struct hostile *h, struct stream, bool answer)
{
    Peregrin__Message message =
        message_new(answer ? PEREGRIN__MESSAGE__WHAT_PONG : PEREGRIN__MESSAGE__WHAT_PING);
    Peregrin__Ping *said = arena_take(h->arena, sizeof *said);
    peregrin__ping__init(said);
    said->has_nonce = true;
    message.ping = said;
    return message;
}

/* ---- refused without effect ---- */

struct picture {
    uint64_t refused, out, held, own, outbox, stuck, armed;
};

static struct picture picture(struct hostile *h)
{
    struct engine_partner facts = hostile_partner(h, VICTIM);
    return (struct picture) {
        .refused = hostile_count(h, VICTIM, PEER_FRAMES_REFUSED),
        .out = hostile_count(h, VICTIM, PEER_FRAMES_OUT),
        .held = hostile_held(h, VICTIM, false),
        .own = hostile_held(h, VICTIM, true),
        .outbox = facts.outbox,
        .stuck = facts.stuck,
        .armed = facts.guard_armed,
    };
}

static void refused(struct hostile *h, bool dialled, Peregrin__Message message, const char *claim)
{
    struct picture before = picture(h);
    hostile_says(h, dialled, &message);
    struct picture after = picture(h);
    if (after.refused != before.refused + 1)
        fail_msg("%s, %s: it was not refused", message_name(&message), claim);
    after.refused = before.refused;
    if (memcmp(&before, &after, sizeof before) != 0)
        fail_msg("%s, %s: it changed something, or was answered", message_name(&message), claim);
}

/* Each kind, and on which of the two sessions it belongs. */
static const struct {
    Peregrin__Message (*make)(struct hostile *, struct stream, bool answer);
    bool answer;  /* made so */
    bool dialled; /* the right side is the session that its speaker dialled */
    bool named;   /* it names a stream */
} kinds[] = {
    {summary, false, true, true}, {summary, true, false, true},   {range, false, true, true},
    {range, true, false, true},   {returned, false, false, true}, {deliver, false, true, true},
    {ack, false, false, true},    {receipt, false, false, true},  {notice, false, false, true},
    {ping, false, true, false},   {ping, true, false, false},
};

enum { KINDS = sizeof kinds / sizeof *kinds };

static void begin(struct hostile *h)
{
    assert_int_equal(hostile_nominates(h, VICTIM, 1).verdict, VERDICT_FINE);
    assert_int_equal(hostile_nominates(h, HOSTILE, 1).verdict, VERDICT_FINE);
    assert_true(world_settle(h->world, 10 * hostile_second));
    world_run(h->world, hostile_second);
}

static void every_kind_on_the_wrong_side_is_refused(void **state)
{
    struct hostile *h = *state;
    begin(h);
    h->muted = "receipt ack"; /* one is under way: what is taken of a Notice would show */
    h->id = hostile_nominates(h, VICTIM, 2).id;
    world_run(h->world, 100000);
    for (size_t i = 0; i < KINDS; i++) {
        bool wrong = !kinds[i].dialled;
        struct stream of = wrong ? hostiles : victims; /* as it would be right there */
        refused(h, wrong, kinds[i].make(h, of, kinds[i].answer), "on the wrong side");
    }
}

static void what_names_other_streams_is_refused(void **state)
{
    static const struct stream others[] = {
        {"zhaw.ch", "helmo.be"},     {"helmo.be", "zhaw.ch"},        {"uhasselt.be", "zhaw.ch"},
        {"zhaw.ch", "uhasselt.be"},  {"nobody.example", "helmo.be"}, {"helmo.be", "nobody.example"},
        {"uhasselt.be", "helmo.be"}, {"helmo.be", "uhasselt.be"},
    };
    struct hostile *h = *state;
    begin(h);
    for (size_t i = 0; i < KINDS; i++) {
        struct stream right = kinds[i].dialled ? hostiles : victims;
        for (size_t j = 0; kinds[i].named && j < sizeof others / sizeof *others; j++) {
            bool own = strcmp(others[j].issuer, right.issuer) == 0;
            /* A receipt is about its signer's partner alone: only the author is named. */
            if (own &&
                (kinds[i].make == receipt || strcmp(others[j].audience, right.audience) == 0))
                continue;
            refused(h, kinds[i].dialled, kinds[i].make(h, others[j], kinds[i].answer),
                    others[j].issuer);
        }
    }
}

static void answers_that_nobody_asked_for_are_refused(void **state)
{
    struct hostile *h = *state;
    begin(h);
    refused(h, false, summary(h, victims, true), "not asked for");
    refused(h, false, range(h, victims, true), "not asked for");
    refused(h, false, returned(h, victims, false), "not asked for");
    refused(h, false, ping(h, victims, true), "not asked for");
    Peregrin__Message ahead = ack(h, victims, false);
    ahead.ack->next_position = 1000;
    refused(h, false, ahead, "of what was never sent");
    refused(h, false, notice(h, victims, false), "of what is receipted");
    assert_int_equal(h->alarms[VICTIM], 0);
}

/* ---- before its time ---- */

static void a_deliver_before_any_summary_is_refused(void **state)
{
    struct hostile *h = *state;
    begin(h);
    h->muted = "summary";
    h->muted_side = HOSTILE_ASKS;
    hostile_restart(h, HOSTILE);
    world_run(h->world, hostile_second);
    assert_int_equal(hostile_peer(h, HOSTILE)->dial.phase, DIAL_LIVE);
    assert_true(hostile_peer(h, VICTIM)->answer.live);
    assert_false(hostile_pair(h, VICTIM)->inbound);
    refused(h, true, deliver(h, hostiles, false), "before a summary");
    hostile_heals(h);
}

static void a_deliver_while_armed_is_refused(void **state)
{
    struct hostile *h = *state;
    begin(h);
    h->muted = "summary";
    h->muted_side = HOSTILE_ANSWERS;
    hostile_restart(h, VICTIM);
    world_run(h->world, hostile_second / 2); /* before it grows impatient and asks again */
    assert_true(hostile_partner(h, VICTIM).guard_armed);
    assert_true(hostile_pair(h, VICTIM)->inbound);
    Peregrin__Message question = range(h, hostiles, false);
    hostile_says(h, true, &question); /* the partner's questions are answered all the while */
    assert_true(h->heard[PEREGRIN__MESSAGE__WHAT_RANGE] > 0);
    refused(h, true, deliver(h, hostiles, false), "while armed");
    hostile_heals(h);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define HOSTILE_TEST(name) cmocka_unit_test_setup_teardown(name, hostile_open, hostile_close)
        HOSTILE_TEST(every_kind_on_the_wrong_side_is_refused),
        HOSTILE_TEST(what_names_other_streams_is_refused),
        HOSTILE_TEST(answers_that_nobody_asked_for_are_refused),
        HOSTILE_TEST(a_deliver_before_any_summary_is_refused),
        HOSTILE_TEST(a_deliver_while_armed_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
