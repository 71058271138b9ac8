/* links: base seal record trust wire rules channel stream store engine sim */
#include "evidence.pb-c.h"
#include "message.pb-c.h"
#include "mobility.pb-c.h"
#include "record/codec.h"
#include "record/statement.h"
#include "record/walk.h"
#include "seal/tree.h"
#include "sim/checks.h"
#include "sim/impostor.h"
#include "sim/people.h"
#include "wire/message.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* The input is a course of events between a node and a partner that holds its own keys and says
 * what it likes: whole messages by their descriptors, records that it seals after their making,
 * bare bytes in the session, raw frames; and what time, users and deaths do meanwhile. Whatever
 * comes: the node lives, and all that its store holds stands under a good signature. */
enum { HONEST, PARTNER, NODES };
enum { ACTS_MAX = 24, DEPTH_MAX = 4, ARENA = 16 * 1024 * 1024, IDS_MAX = 16 };

enum act {
    ACT_WAIT,
    ACT_MESSAGE, /* as the partner's answer, or on its own session */
    ACT_RECORD,
    ACT_PLAIN,
    ACT_FRAME,
    ACT_NOMINATE,
    ACT_ANSWER,
    ACT_RESTART,
    ACT_COUNT
};

struct tape {
    const uint8_t *data;
    size_t size;
};

struct course {
    struct world *world;
    struct arena *arena;
    struct tape tape;
    struct digest ids[IDS_MAX]; /* of records that are held */
    size_t id_count;
    struct header_dossier dossier; /* one that is held */
    struct bytes signed_[4];       /* seals and receipts that are held */
    size_t signed_count;
};

static uint8_t take(struct course *course)
{
    if (!course->tape.size)
        return 0;
    course->tape.size--;
    return *course->tape.data++;
}

static struct bytes take_bytes(struct course *course, size_t size)
{
    struct bytes taken = {course->tape.data, size < course->tape.size ? size : course->tape.size};
    course->tape.data += taken.size;
    course->tape.size -= taken.size;
    return taken;
}

static uint64_t take_number(struct course *course)
{
    uint8_t kind = take(course);
    if (kind < 0xf0)
        return kind;
    uint8_t wide[8] = {0};
    struct bytes bytes = take_bytes(course, 8);
    memcpy(wide, bytes.data, bytes.size);
    return bytes_read_u64le(wide);
}

/* ---- what is there to speak of ---- */

static void store_look(struct course *course, size_t node)
{
    struct store *store = world_store(course->world, node);
    struct store_record *records;
    struct store_signed *signed_;
    size_t count;
    if (store->record_scan(store, 0, IDS_MAX, course->arena, &records, &count))
        return;
    for (size_t i = 0; i < count && course->id_count < IDS_MAX; i++) {
        course->ids[course->id_count++] = records[i].id;
        course->dossier = records[i].place.dossier;
    }
    if (!store->seal_get(store, 1, course->arena, &signed_) && signed_)
        course->signed_[course->signed_count++] = signed_->wire;
    if (!store->receipt_get(store, 1, course->arena, &signed_) && signed_)
        course->signed_[course->signed_count++] = signed_->wire;
}

static void look(struct course *course)
{
    course->id_count = course->signed_count = 0;
    store_look(course, HONEST);
    store_look(course, PARTNER);
}

/* ---- messages by their descriptors ---- */

static struct bytes some_bytes(struct course *course)
{
    static const uint8_t zero[DIGEST_SIZE];
    uint8_t which = take(course);
    if (which < 128 && course->id_count)
        return digest_bytes(&course->ids[which % course->id_count]);
    if (which < 160)
        return (struct bytes) {zero, sizeof zero};
    return take_bytes(course, which < 200 ? DIGEST_SIZE : which - 190U);
}

static void fill(struct course *course, ProtobufCMessage *message, size_t depth);

/* A refusal of the walker leaves the field out. */
static void field_fill(struct course *course, ProtobufCMessage *message,
                       const ProtobufCFieldDescriptor *field, size_t depth)
{
    static const char *const names[] = {"helmo.be", "uhasselt.be", "sim.peregrin", "k1", "other"};
    ProtobufCMessage *added;
    struct bytes text;
    enum verdict verdict = VERDICT_FINE;
    switch (field->type) {
    case PROTOBUF_C_TYPE_MESSAGE:
        if (depth < DEPTH_MAX && !walk_add_message(message, field, course->arena, &added))
            fill(course, added, depth + 1);
        break;
    case PROTOBUF_C_TYPE_STRING:
        text = bytes_text(names[take(course) % 5]);
        verdict = walk_set_bytes(message, field, text, course->arena);
        break;
    case PROTOBUF_C_TYPE_BYTES:
        verdict = walk_set_bytes(message, field, some_bytes(course), course->arena);
        break;
    default: verdict = walk_set_number(message, field, take_number(course), course->arena); break;
    }
    (void)verdict;
}

static bool signed_fill(struct course *course, ProtobufCMessage *message)
{
    Peregrin__Signed *held;
    if (message->descriptor != &peregrin__signed__descriptor || !course->signed_count)
        return false;
    struct bytes wire = course->signed_[take(course) % course->signed_count];
    if (statement_read_signed(wire, course->arena, &held))
        return false;
    *(Peregrin__Signed *)message = *held;
    return true;
}

static void fill(struct course *course, ProtobufCMessage *message, size_t depth)
{
    if (signed_fill(course, message))
        return;
    for (unsigned i = 0; i < message->descriptor->n_fields; i++) {
        const ProtobufCFieldDescriptor *field = &message->descriptor->fields[i];
        uint8_t wish = take(course);
        size_t times = field->label == PROTOBUF_C_LABEL_REPEATED ? wish % 4 : wish % 4 > 0;
        for (size_t j = 0; j < times; j++)
            field_fill(course, message, field, depth);
    }
}

static void act_message(struct course *course)
{
    const ProtobufCMessageDescriptor *type = &peregrin__message__descriptor;
    ProtobufCMessage *message = walk_new(type, course->arena);
    ProtobufCMessage *member;
    uint8_t which = take(course);
    const ProtobufCFieldDescriptor *field = &type->fields[which % type->n_fields];
    if (!message || walk_add_message(message, field, course->arena, &member))
        return;
    look(course);
    fill(course, member, 1);
    impostor_says(course->world, (struct impostor_line) {PARTNER, HONEST, (which & 0x80) != 0},
                  codec_pack(message, course->arena));
}

/* ---- records, sealed after their making ---- */

/* In what a record and its seal are wrong: one thing at a time, so that nothing else refuses it. */
enum wrong {
    WRONG_ISSUER,
    WRONG_NETWORK,
    WRONG_COMMITMENT,
    WRONG_SEAL_AUDIENCE,
    WRONG_SEAL_ISSUER,
    WRONG_ROOT,
    WRONG_SIGNATURE,
    WRONG_CONTEXT,
    WRONG_NOTHING
};

/* Read off the act itself, so that one changed bit of the tape bends what was in order. */
static enum wrong wrong_of(uint8_t act)
{
    unsigned wish = act / ACT_COUNT;
    return wish >= 24 ? (enum wrong)(wish - 24) : WRONG_NOTHING;
}

static struct bytes seal_make(struct course *course, const struct digest *id, enum wrong wrong)
{
    const struct world *world = course->world;
    const struct catalogue *catalogue = world_catalogue(world);
    const struct catalogue_key *key = catalogue_institution(catalogue, "uhasselt.be")->keys;
    struct suite suite = world_suite(world, PARTNER);
    struct digest root;
    uint8_t signature[SEAL_SIGNATURE_SIZE];
    Peregrin__SealStatement seal = PEREGRIN__SEAL_STATEMENT__INIT;
    tree_root(id, 1, &root);
    root.bytes[0] ^= wrong == WRONG_ROOT;
    seal.network = (char *)catalogue->network;
    seal.issuer = wrong == WRONG_SEAL_ISSUER ? "itg.be" : "uhasselt.be";
    seal.audience = wrong == WRONG_SEAL_AUDIENCE ? "itg.be" : "helmo.be";
    seal.key_id = (char *)key->id;
    seal.has_key_digest = seal.has_count = seal.has_root = seal.has_time = true;
    seal.has_catalogue_version = true;
    seal.key_digest = (ProtobufCBinaryData) {DIGEST_SIZE, (uint8_t *)key->digest.bytes};
    seal.count = 1;
    seal.root = (ProtobufCBinaryData) {DIGEST_SIZE, root.bytes};
    seal.time = instant_seconds(world_now(world));
    struct bytes wire = codec_pack(&seal.base, course->arena);
    enum seal_context context = wrong == WRONG_CONTEXT ? SEAL_CONTEXT_RECEIPT : SEAL_CONTEXT_SEAL;
    bool failed = suite.sign(suite.self, &key->digest, context, wire, signature);
    assert(!failed);
    signature[0] ^= wrong == WRONG_SIGNATURE;
    return statement_pack_signed(wire, &key->digest, signature, course->arena);
}

/* The header as the tape says it, and then in order where it would be refused at the door. */
static Peregrin__Header *header_make(struct course *course, struct bytes body, const uint8_t *salt,
                                     enum wrong wrong)
{
    struct digest *commitment = arena_take(course->arena, sizeof *commitment);
    Peregrin__Header *header =
        (Peregrin__Header *)walk_new(&peregrin__header__descriptor, course->arena);
    assert(header && commitment);
    fill(course, &header->base, 1);
    header_commit(salt, body, commitment);
    commitment->bytes[0] ^= wrong == WRONG_COMMITMENT;
    header->network =
        wrong == WRONG_NETWORK ? "other" : (char *)world_catalogue(course->world)->network;
    header->issuer = wrong == WRONG_ISSUER ? "itg.be" : "uhasselt.be";
    header->audience = "helmo.be";
    header->has_dossier = header->has_lane = header->has_index = header->has_kind = true;
    header->has_schema = header->has_issued_at = header->has_commitment = true;
    header->dossier = (ProtobufCBinaryData) {HEADER_DOSSIER_SIZE, course->dossier.bytes};
    header->lane %= 2;
    header->index %= 4;
    header->kind = header->kind % 32 < 24 ? 16 + header->kind % 5 : 1;
    header->schema = header->kind > 1;
    header->issued_at = instant_minutes(world_now(course->world));
    header->commitment = (ProtobufCBinaryData) {DIGEST_SIZE, commitment->bytes};
    if (!header->claim)
        header->claim = (Peregrin__Claim *)walk_new(&peregrin__claim__descriptor, course->arena);
    return header;
}

static struct bytes body_make(struct course *course)
{
    static const ProtobufCMessageDescriptor *const bodies[] = {
        &peregrin__nomination__descriptor,   &peregrin__decision__descriptor,
        &peregrin__withdrawal__descriptor,   &peregrin__refusal__descriptor,
        &peregrin__stay_day__descriptor,     &peregrin__extension__descriptor,
        &peregrin__revoke__descriptor,       &peregrin__recognition__descriptor,
        &peregrin__credit_record__descriptor};
    struct play_dossier student = {.name = "F", .emails = take(course)};
    uint8_t which = take(course);
    if (which < 64)
        return people_nomination(&student, course->arena);
    ProtobufCMessage *body =
        walk_new(bodies[which % (sizeof bodies / sizeof *bodies)], course->arena);
    assert(body);
    fill(course, body, 1);
    return codec_pack(body, course->arena);
}

static void act_record(struct course *course, enum wrong wrong)
{
    static const uint8_t salt[DIGEST_SALT_SIZE] = "salt";
    Peregrin__Deliver deliver = PEREGRIN__DELIVER__INIT;
    Peregrin__Carried carried = PEREGRIN__CARRIED__INIT, *list[] = {&carried};
    Peregrin__Message message = PEREGRIN__MESSAGE__INIT;
    struct digest id;
    look(course);
    struct bytes body = body_make(course);
    struct bytes header = header_pack(header_make(course, body, salt, wrong), course->arena);
    if (!header.data || !body.data)
        return;
    digest_of(DIGEST_RECORD, header, &id);
    if (statement_read_signed(seal_make(course, &id, wrong), course->arena, &deliver.seal))
        return;
    carried.has_header = carried.has_salt = carried.has_body = true;
    carried.header = (ProtobufCBinaryData) {header.size, (uint8_t *)header.data};
    carried.salt = (ProtobufCBinaryData) {sizeof salt, (uint8_t *)salt};
    carried.body = (ProtobufCBinaryData) {body.size, (uint8_t *)body.data};
    deliver.issuer = "uhasselt.be";
    deliver.audience = "helmo.be";
    deliver.has_position = true;
    deliver.position = impostor_position(course->world, PARTNER, HONEST);
    deliver.n_records = 1;
    deliver.records = list;
    message.what_case = PEREGRIN__MESSAGE__WHAT_DELIVER;
    message.deliver = &deliver;
    impostor_says(course->world, (struct impostor_line) {PARTNER, HONEST, true},
                  codec_pack(&message.base, course->arena));
}

/* ---- users, time and deaths ---- */

static void submit(struct course *course, size_t node, uint32_t kind)
{
    struct play_dossier student = {.name = "S", .emails = take(course)};
    Peregrin__Decision decision = PEREGRIN__DECISION__INIT;
    bool opens = kind == PEREGRIN__KIND__KIND_NOMINATION;
    decision.has_outcome = true;
    decision.outcome = PEREGRIN__OUTCOME__OUTCOME_ACCEPT;
    look(course);
    struct event_submission submission = {
        .own = world_institution(course->world, node),
        .partner = world_institution(course->world, 1 - node),
        .kind = kind,
        .opens = opens,
        .opened_by_partner = !opens,
        .dossier = course->dossier,
        .body = opens ? people_nomination(&student, course->arena)
                      : codec_pack(&decision.base, course->arena),
    };
    world_submit(course->world, node, &submission);
}

static void act(struct course *course)
{
    uint8_t which = take(course);
    struct bytes some;
    switch ((enum act)(which % ACT_COUNT)) {
    case ACT_WAIT: world_run(course->world, (int64_t)1000 << take(course) % 16); break;
    case ACT_MESSAGE: act_message(course); break;
    case ACT_RECORD: act_record(course, wrong_of(which)); break;
    case ACT_PLAIN:
        some = take_bytes(course, take(course));
        impostor_says(course->world, (struct impostor_line) {PARTNER, HONEST, which & 0x80}, some);
        break;
    case ACT_FRAME: {
        some = arena_copy(course->arena, take_bytes(course, take(course)));
        struct world_passing passing = {.from = PARTNER,
                                        .to = HONEST,
                                        .dialled = which & 0x80,
                                        .what = "frame",
                                        .wire = (uint8_t *)some.data,
                                        .size = some.size};
        world_inject(course->world, &passing);
        break;
    }
    case ACT_NOMINATE: submit(course, which >> 7, PEREGRIN__KIND__KIND_NOMINATION); break;
    case ACT_ANSWER: submit(course, which >> 7, PEREGRIN__KIND__KIND_DECISION); break;
    case ACT_RESTART:
        world_stop(course->world, which >> 7);
        world_start(course->world, which >> 7);
        break;
    case ACT_COUNT: break;
    }
    world_run(course->world, 20000);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    /* Whether one of the two cannot be dialled, and takes what there is for it on its own session,
     * is read off the length: it leaves the tape as it is. */
    struct world_member members[NODES] = {
        [HONEST] = {.institution = "helmo.be", .calls_out = size % 4 == 1},
        [PARTNER] = {.institution = "uhasselt.be", .calls_out = size % 4 == 2},
    };
    struct course course = {
        .world = world_open_members(1, members, NODES),
        .arena = arena_open(ARENA),
        .tape = {data, size},
    };
    assert(course.world && course.arena);
    world_settle(course.world, INSTANT_SECOND);
    submit(&course, HONEST, PEREGRIN__KIND__KIND_NOMINATION);
    world_settle(course.world, INSTANT_SECOND);
    for (size_t i = 0; i < ACTS_MAX && course.tape.size; i++)
        act(&course);
    arena_reset(course.arena);
    const char *wrong = checks_store(course.world, HONEST, course.arena);
    if (wrong) {
        fputs(wrong, stderr);
        abort();
    }
    arena_close(course.arena);
    world_close(course.world);
    return 0;
}
