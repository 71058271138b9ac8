/* Two real nodes in the virtual world, one of which is not what it seems: its process runs, and
 * whoever holds its session keys and its signing key says what a test likes, and hears what the
 * victim says. The victim is node 0, `helmo.be`; the hostile one is node 1, `uhasselt.be`. */
#pragma once

#include "engine/peer.h"
#include "mobility.pb-c.h"
#include "record/codec.h"
#include "record/statement.h"
#include "seal/tree.h"
#include "sim/checks.h"
#include "sim/impostor.h"
#include "sim/world.h"
#include "wire/message.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum {
    VICTIM,
    HOSTILE,
    HOSTILE_ARENA = 256 * 1024 * 1024,
    HOSTILE_LEAVES = 512,
    HOSTILE_KINDS = PEREGRIN__MESSAGE__WHAT_PONG + 1,
};

/* The third one is there to be named. */
static const char *const hostile_names[] = {"helmo.be", "uhasselt.be", "zhaw.ch"};
static const int64_t hostile_second = INSTANT_SECOND;

struct hostile {
    struct world *world;
    struct arena *arena;
    const char *muted; /* what of the hostile node's own frames never leaves, by name */
    enum hostile_side { HOSTILE_BOTH, HOSTILE_ASKS, HOSTILE_ANSWERS } muted_side;
    struct digest id;                             /* that a test's messages name */
    const char *comment;                          /* of the nominations that are made; NULL: none */
    size_t heard[HOSTILE_KINDS];                  /* what the victim said, by kind */
    const Peregrin__Message *last[HOSTILE_KINDS]; /* the newest of each kind */
    size_t heard_bytes_max;                       /* the longest frame */
    size_t returned;                              /* records that came in Returns */
    size_t alarms[3];                             /* sentences of each node */
    char alarm[3][256];                           /* the newest */
    const char *sought; /* sentences of the victim with this in them ... */
    size_t found;       /* ... so many */
};

static inline struct peer *hostile_peer(const struct hostile *h, size_t node)
{
    return &world_engine(h->world, node)->peers[0];
}

static inline struct pair *hostile_pair(const struct hostile *h, size_t node)
{
    return &world_engine(h->world, node)->pairs[0];
}

/* ---- hearing ---- */

static inline void hostile_hear(struct hostile *h, const struct world_passing *passing)
{
    struct frame frame;
    struct bytes plain;
    struct peer *peer = world_up(h->world, HOSTILE) ? hostile_peer(h, HOSTILE) : NULL;
    Peregrin__Message *message;
    if (!peer || frame_read((struct bytes) {passing->wire, passing->size}, &frame) ||
        frame.type != FRAME_TRANSPORT)
        return;
    struct session session = passing->dialled ? (peer->answer.pending ? peer->answer.pending_session
                                                                      : peer->answer.live_session)
                                              : peer->dial.session;
    struct bytes copy = arena_copy(h->arena, (struct bytes) {passing->wire, passing->size});
    if (!copy.data || frame_read(copy, &frame) ||
        session_open(&session, &frame, h->arena, &plain) || message_read(plain, h->arena, &message))
        return;
    h->heard[message->what_case]++;
    h->last[message->what_case] = message;
    if (passing->size > h->heard_bytes_max)
        h->heard_bytes_max = passing->size;
    if (message->what_case == PEREGRIN__MESSAGE__WHAT_RETURNED)
        h->returned += message->returned->n_records;
}

static inline bool hostile_tap(void *self, struct world *, const struct world_passing *passing)
{
    struct hostile *h = self;
    if (passing->from == VICTIM && passing->to == HOSTILE)
        hostile_hear(h, passing);
    else if (passing->from == HOSTILE && h->muted && strstr(h->muted, passing->what))
        return h->muted_side == (passing->dialled ? HOSTILE_ANSWERS : HOSTILE_ASKS);
    return true;
}

static inline void hostile_listen(void *self, struct instant, size_t node,
                                  const struct trace_sentence *sentence)
{
    struct hostile *h = self;
    if (node == VICTIM && h->sought && strstr(sentence->text, h->sought))
        h->found++;
    if (sentence->level != TRACE_ALARM)
        return;
    h->alarms[node]++;
    snprintf(h->alarm[node], sizeof h->alarm[node], "%s", sentence->text);
}

static inline void hostile_forget(struct hostile *h)
{
    memset(h->heard, 0, sizeof h->heard);
    memset(h->last, 0, sizeof h->last);
    memset(h->alarms, 0, sizeof h->alarms);
    h->heard_bytes_max = h->returned = h->found = 0;
}

/* ---- the world ---- */

static inline int hostile_open(void **state)
{
    static struct hostile h;
    h = (struct hostile) {.world = world_open(4242, hostile_names, 3),
                          .arena = arena_open(HOSTILE_ARENA)};
    if (!h.world || !h.arena || !world_settle(h.world, 10 * hostile_second))
        return -1;
    world_tap_set(h.world, hostile_tap, &h);
    world_listen(h.world, hostile_listen, &h);
    *state = &h;
    return 0;
}

static inline int hostile_close(void **state)
{
    struct hostile *h = *state;
    world_close(h->world);
    arena_close(h->arena);
    return 0;
}

static inline uint64_t hostile_count(const struct hostile *h, size_t node,
                                     enum peer_counter counter)
{
    assert_true(world_up(h->world, node));
    return world_engine(h->world, node)->counters[counter];
}

static inline struct engine_partner hostile_partner(const struct hostile *h, size_t node)
{
    struct engine_partner out;
    assert_true(world_up(h->world, node));
    assert_true(engine_partner(world_engine(h->world, node), 0, &out));
    return out;
}

static inline uint64_t hostile_held(const struct hostile *h, size_t node, bool ours)
{
    struct summary held;
    uint64_t unreceipted;
    struct store *store = world_store(h->world, node);
    uint32_t pair = checks_pair(h->world, node, 1 - node, h->arena);
    assert_int_equal(store->summary(store, pair, ours, &held, &unreceipted), FAULT_NONE);
    return held.count;
}

static inline void hostile_restart(struct hostile *h, size_t node)
{
    world_stop(h->world, node);
    assert_true(world_start(h->world, node));
}

static inline void hostile_heals(struct hostile *h)
{
    h->muted = NULL;
    assert_true(world_settle(h->world, 300 * hostile_second));
    const char *wrong = checks_same(h->world, VICTIM, HOSTILE, h->arena);
    if (wrong)
        fail_msg("%s", wrong);
}

/* ---- people ---- */

static inline struct bytes hostile_nomination(struct hostile *h, int number)
{
    char email[64];
    snprintf(email, sizeof email, "a%d@example.org", number);
    Peregrin__Person person = PEREGRIN__PERSON__INIT;
    Peregrin__Nomination nomination = PEREGRIN__NOMINATION__INIT;
    person.family_name = "Example";
    person.given_names = "Ada";
    person.birth_date = "2004-02-29";
    person.email = email;
    nomination.person = &person;
    nomination.has_mobility = nomination.has_term = nomination.has_eqf = true;
    nomination.mobility = PEREGRIN__MOBILITY_KIND__MOBILITY_STUDIES;
    nomination.year = "2026/2027";
    nomination.term = 1;
    nomination.eqf = 6;
    nomination.isced_f = "0613";
    nomination.comment = (char *)(uintptr_t)h->comment;
    return codec_pack(&nomination.base, h->arena);
}

static inline struct event_answer hostile_nominates(struct hostile *h, size_t node, int number)
{
    struct event_submission submission = {
        .own = hostile_names[node],
        .partner = hostile_names[1 - node],
        .kind = PEREGRIN__KIND__KIND_NOMINATION,
        .opens = true,
        .body = hostile_nomination(h, number),
    };
    return world_submit(h->world, node, &submission);
}

/* ---- speaking ---- */

/* In the hostile node's session to the victim (`dialled`), or as an answer in the victim's. */
static inline void hostile_whispers(struct hostile *h, bool dialled, Peregrin__Message *message)
{
    struct bytes plain = message_write(message, h->arena);
    assert_non_null(plain.data);
    assert_true(impostor_says(h->world, (struct impostor_line) {HOSTILE, VICTIM, dialled}, plain));
}

static inline void hostile_says(struct hostile *h, bool dialled, Peregrin__Message *message)
{
    hostile_whispers(h, dialled, message);
    world_run(h->world, 20000);
    assert_true(world_up(h->world, VICTIM));
}

static inline ProtobufCBinaryData hostile_binary(const void *data, size_t size)
{
    return (ProtobufCBinaryData) {size, (uint8_t *)(uintptr_t)data};
}

static inline Peregrin__Signed *hostile_signed(struct hostile *h, enum seal_context context,
                                               struct bytes statement)
{
    struct suite suite = world_suite(h->world, HOSTILE);
    const struct catalogue_key *key =
        catalogue_institution(world_catalogue(h->world), hostile_names[HOSTILE])->keys;
    uint8_t signature[SEAL_SIGNATURE_SIZE];
    Peregrin__Signed *out;
    assert_int_equal(suite.sign(suite.self, &key->digest, context, statement, signature),
                     FAULT_NONE);
    struct bytes wire = statement_pack_signed(statement, &key->digest, signature, h->arena);
    assert_int_equal(statement_read_signed(wire, h->arena, &out), VERDICT_FINE);
    return out;
}

/* A true signature, as an institution that lost its records gives it. */
static inline Peregrin__Signed *hostile_recovery(struct hostile *h, const struct session *session)
{
    const struct catalogue_key *key =
        catalogue_institution(world_catalogue(h->world), hostile_names[HOSTILE])->keys;
    Peregrin__RecoverStatement said = PEREGRIN__RECOVER_STATEMENT__INIT;
    said.network = (char *)(uintptr_t)world_catalogue(h->world)->network;
    said.issuer = (char *)(uintptr_t)hostile_names[HOSTILE];
    said.audience = (char *)(uintptr_t)hostile_names[VICTIM];
    said.key_id = (char *)(uintptr_t)key->id;
    said.has_key_digest = said.has_handshake = said.has_time = true;
    said.key_digest = hostile_binary(key->digest.bytes, DIGEST_SIZE);
    said.handshake = hostile_binary(session->hash, sizeof session->hash);
    said.time = instant_seconds(world_now(h->world));
    return hostile_signed(h, SEAL_CONTEXT_RECOVER, codec_pack(&said.base, h->arena));
}

/* ---- crafted records ---- */

struct hostile_craft {
    struct header_dossier dossier;
    uint32_t kind, lane, index;
    const struct digest *previous, *target;
    const char *year;
    int number; /* of the body; other numbers, other records */
};

struct hostile_record {
    struct bytes header, salt, body;
    struct digest id;
    uint64_t minute;
};

static inline struct header_dossier hostile_dossier(const struct hostile *h, int number)
{
    uint8_t random[10] = {1};
    bytes_write_u32le(random + 1, (uint32_t)number);
    return header_dossier_new(instant_minutes(world_now(h->world)), random);
}

static inline struct hostile_record hostile_record(struct hostile *h, struct hostile_craft craft)
{
    uint8_t salt[DIGEST_SALT_SIZE] = {7};
    struct digest commitment;
    bytes_write_u32le(salt + 1, (uint32_t)craft.number);
    struct hostile_record out = {
        .salt = arena_copy(h->arena, (struct bytes) {salt, sizeof salt}),
        .body = hostile_nomination(h, craft.number),
        .minute = instant_minutes(world_now(h->world)),
    };
    Peregrin__Header header = PEREGRIN__HEADER__INIT;
    Peregrin__Claim claim = PEREGRIN__CLAIM__INIT;
    claim.year = (char *)(uintptr_t)(craft.year ? craft.year : "2026/2027");
    claim.has_change = claim.has_target = craft.target != NULL;
    claim.change = PEREGRIN__CHANGE__CHANGE_KEEPS;
    if (craft.target)
        claim.target = hostile_binary(craft.target->bytes, DIGEST_SIZE);
    header_commit(salt, out.body, &commitment);
    header.network = (char *)(uintptr_t)world_catalogue(h->world)->network;
    header.issuer = (char *)(uintptr_t)hostile_names[HOSTILE];
    header.audience = (char *)(uintptr_t)hostile_names[VICTIM];
    header.has_dossier = header.has_lane = header.has_index = true;
    header.dossier = hostile_binary(craft.dossier.bytes, HEADER_DOSSIER_SIZE);
    header.lane = craft.lane;
    header.index = craft.index;
    header.has_previous = craft.previous != NULL;
    if (craft.previous)
        header.previous = hostile_binary(craft.previous->bytes, DIGEST_SIZE);
    header.has_kind = header.has_schema = header.has_issued_at = header.has_commitment = true;
    header.kind = craft.kind;
    header.schema = 1;
    header.issued_at = out.minute;
    header.claim = &claim;
    header.commitment = hostile_binary(commitment.bytes, DIGEST_SIZE);
    out.header = header_pack(&header, h->arena);
    assert_non_null(out.header.data);
    digest_of(DIGEST_RECORD, out.header, &out.id);
    return out;
}

static inline struct hostile_record hostile_opens(struct hostile *h, int number, const char *year)
{
    return hostile_record(h, (struct hostile_craft) {
                                 .dossier = hostile_dossier(h, number),
                                 .kind = PEREGRIN__KIND__KIND_NOMINATION,
                                 .year = year,
                                 .number = number,
                             });
}

static inline Peregrin__Signed *hostile_seal(struct hostile *h,
                                             const struct hostile_record *records, size_t count)
{
    const struct catalogue_key *key =
        catalogue_institution(world_catalogue(h->world), hostile_names[HOSTILE])->keys;
    struct digest leaves[HOSTILE_LEAVES], root;
    assert_in_range(count, 1, HOSTILE_LEAVES);
    for (size_t i = 0; i < count; i++)
        leaves[i] = records[i].id;
    tree_root(leaves, count, &root);
    Peregrin__SealStatement said = PEREGRIN__SEAL_STATEMENT__INIT;
    said.network = (char *)(uintptr_t)world_catalogue(h->world)->network;
    said.issuer = (char *)(uintptr_t)hostile_names[HOSTILE];
    said.audience = (char *)(uintptr_t)hostile_names[VICTIM];
    said.key_id = (char *)(uintptr_t)key->id;
    said.has_key_digest = said.has_count = said.has_root = true;
    said.has_time = said.has_catalogue_version = true;
    said.key_digest = hostile_binary(key->digest.bytes, DIGEST_SIZE);
    said.count = (uint32_t)count;
    said.root = hostile_binary(root.bytes, DIGEST_SIZE);
    said.time = instant_seconds(world_now(h->world));
    said.catalogue_version = world_catalogue(h->world)->version;
    return hostile_signed(h, SEAL_CONTEXT_SEAL, codec_pack(&said.base, h->arena));
}

/* A whole batch under one seal, at this position of the hostile node's stream: the plain message.
 */
static inline struct bytes hostile_delivery(struct hostile *h, uint64_t position,
                                            const struct hostile_record *records, size_t count)
{
    Peregrin__Deliver deliver = PEREGRIN__DELIVER__INIT;
    Peregrin__Carried carried[HOSTILE_LEAVES], *list[HOSTILE_LEAVES];
    for (size_t i = 0; i < count; i++) {
        peregrin__carried__init(&carried[i]);
        carried[i].has_header = carried[i].has_salt = carried[i].has_body = true;
        carried[i].header = hostile_binary(records[i].header.data, records[i].header.size);
        carried[i].salt = hostile_binary(records[i].salt.data, records[i].salt.size);
        carried[i].body = hostile_binary(records[i].body.data, records[i].body.size);
        list[i] = &carried[i];
    }
    deliver.issuer = (char *)(uintptr_t)hostile_names[HOSTILE];
    deliver.audience = (char *)(uintptr_t)hostile_names[VICTIM];
    deliver.has_position = true;
    deliver.position = position;
    deliver.seal = hostile_seal(h, records, count);
    deliver.n_records = count;
    deliver.records = list;
    Peregrin__Message message = PEREGRIN__MESSAGE__INIT;
    message.what_case = PEREGRIN__MESSAGE__WHAT_DELIVER;
    message.deliver = &deliver;
    struct bytes plain = message_write(&message, h->arena);
    assert_non_null(plain.data);
    return plain;
}

static inline void hostile_delivers(struct hostile *h, uint64_t position,
                                    const struct hostile_record *records, size_t count)
{
    struct bytes plain = hostile_delivery(h, position, records, count);
    assert_true(impostor_says(h->world, (struct impostor_line) {HOSTILE, VICTIM, true}, plain));
}

static inline uint64_t hostile_position(const struct hostile *h)
{
    return impostor_position(h->world, HOSTILE, VICTIM);
}
