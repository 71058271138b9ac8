/* links: base seal record grade trust rules report sheet eligibility elmo admin command office operate cli */
/* An enrolment card from anybody who wants to join: it is refused with a sentence, or it is written
 * again as the same card, and none of its names may hide in a terminal. Fingerprints are made right
 * after a change, so that what stands behind them is reached. */
#include "cli/cli_table.h"
#include "fuzz/json_mutator.h"
#include "operate/operate_card.h"
#include "record/header.h"
#include "trust/endpoint.h"

#include <assert.h>
#include <errno.h>

enum { BUDGET = 16 * 1024 * 1024 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t size_max, unsigned seed);

struct desk {
    struct command_port port;
    struct command_work work;
    struct bytes file;
    char *said;
    size_t said_size;
};

static int read_file(void *self, const char *, size_t size_max, struct arena *arena,
                     struct command_file *out)
{
    struct desk *desk = self;
    if (desk->file.size > size_max)
        return EFBIG;
    *out = (struct command_file) {arena_copy(arena, desk->file), 0600};
    return out->content.data ? 0 : ENOMEM;
}

/* ---- changing ----------------------------------------------------------------------------------
 */

/* Each object with a public key gets the fingerprint of that key. */
static void fingerprints_mend(struct command_work *work, json_t *value, unsigned depth)
{
    const char *name;
    size_t index;
    json_t *member;
    uint8_t key[SEAL_PUBLIC_SIZE];
    const char *hex = json_string_value(json_object_get(value, "public_key"));
    if (command_work_unhex(hex, key, sizeof key)) {
        struct digest digest;
        digest_of(DIGEST_KEY, (struct bytes) {key, sizeof key}, &digest);
        json_object_set_new(value, "fingerprint",
                            json_string(command_work_hex(work, digest.bytes, DIGEST_SIZE)));
    }
    json_object_foreach(value, name, member) if (depth > 0)
        fingerprints_mend(work, member, depth - 1);
    json_array_foreach(value, index, member) if (depth > 0)
        fingerprints_mend(work, member, depth - 1);
}

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t size_max, unsigned seed)
{
    size = json_mutator_change(data, size, size_max, seed);
    json_t *card = seed & 32 ? json_loadb((const char *)data, size, 0, NULL) : NULL;
    if (!card)
        return size;
    struct command_work work = {.arena = arena_open(BUDGET)};
    fingerprints_mend(&work, card, 8);
    size_t length = json_dumpb(card, NULL, 0, JSON_COMPACT);
    if (length > 0 && length <= size_max)
        size = json_dumpb(card, (char *)data, length, JSON_COMPACT);
    json_decref(card);
    arena_close(work.arena);
    return size;
}

/* ---- judging -----------------------------------------------------------------------------------
 */

static void key_check(const struct operate_card_key *key)
{
    struct digest digest;
    digest_of(DIGEST_KEY, (struct bytes) {key->public_key, sizeof key->public_key}, &digest);
    assert(digest_equal(&digest, &key->fingerprint));
    assert(key->id && *key->id && strlen(key->id) <= 32);
}

/* Shown to whoever decides about it: in one line, and as it is. */
static void line_check(const char *text)
{
    assert(text && *text);
    for (const char *at = text; *at; at++)
        assert((unsigned char)*at >= ' ' && *at != 0x7F);
}

static void card_check(const struct operate_card *card)
{
    line_check(card->network);
    line_check(card->node);
    assert(!card->endpoint || endpoint_valid(bytes_text(card->endpoint)));
    assert(card->endorsement.size > 0);
    key_check(&card->transport);
    assert(card->institution_count >= 1 && card->institution_count <= OPERATE_CARD_INSTITUTIONS);
    for (size_t i = 0; i < card->institution_count; i++) {
        const struct operate_card_institution *one = &card->institutions[i];
        assert(header_schac_valid(bytes_text(one->schac)));
        line_check(one->name);
        line_check(one->country);
        key_check(&one->key);
        for (size_t j = 0; j < one->alias_count; j++)
            assert(operate_card_alias_valid(&one->aliases[j]));
    }
}

/* What is compared by telephone is what the card itself says. */
static void said_check(struct command_work *work, const json_t *key,
                       const struct operate_card_key *read)
{
    const char *said = json_string_value(json_object_get(key, "fingerprint"));
    assert(said &&
           strcasecmp(said, command_work_hex(work, read->fingerprint.bytes, DIGEST_SIZE)) == 0);
}

static void fingerprints_check(struct command_work *work, struct bytes file,
                               const struct operate_card *card)
{
    const json_t *json =
        command_work_keep(work, json_loadb((const char *)file.data, file.size, 0, NULL));
    const json_t *all = json_object_get(json, "institutions");
    said_check(work, json_object_get(json_object_get(json, "node"), "transport_key"),
               &card->transport);
    for (size_t i = 0; i < card->institution_count; i++)
        said_check(work, json_object_get(json_array_get(all, i), "signing_key"),
                   &card->institutions[i].key);
}

static enum command_exit card_read(struct desk *desk)
{
    struct operate_card card = {0}, again = {0};
    struct command_work *work = &desk->work;
    enum command_exit status = operate_card_read(work, "card", &card, NULL);
    if (status)
        return status;
    card_check(&card);
    fingerprints_check(work, desk->file, &card);
    json_t *written = command_work_keep(work, operate_card_json(work, &card));
    assert(written);
    char *text = json_dumps(written, JSON_COMPACT);
    desk->file = bytes_text(text);
    status = operate_card_read(work, "card", &again, NULL);
    assert(!status &&
           json_equal(written, command_work_keep(work, operate_card_json(work, &again))));
    free(text);
    return COMMAND_DONE;
}

/* What was refused was said. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct desk desk = {.file = {data, size}};
    desk.port = (struct command_port) {.self = &desk, .read_file = read_file, .out = stdout};
    desk.port.err = open_memstream(&desk.said, &desk.said_size);
    desk.work = (struct command_work) {.port = &desk.port,
                                       .row = cli_table_find("catalogue", "add"),
                                       .arena = arena_open(BUDGET),
                                       .kept = json_array()};
    assert(desk.port.err && desk.work.arena);
    enum command_exit status = card_read(&desk);
    fclose(desk.port.err);
    assert(!status || desk.said_size > 0);
    free(desk.said);
    json_decref(desk.work.kept);
    arena_close(desk.work.arena);
    return 0;
}
