/* links: base seal record trust */
#include "unit/federation.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

enum { ALL_ROOTS = 7, TWO_ROOTS = 3 };

static int open_federation(void **state)
{
    static struct federation federation;
    federation_make(&federation);
    *state = &federation;
    return 0;
}

static int close_federation(void **state)
{
    arena_close(((struct federation *)*state)->arena);
    return 0;
}

static enum verdict read_files(struct federation *federation, uint64_t floor,
                               struct catalogue **out, const char **why)
{
    *why = NULL;
    return catalogue_read(federation->files, &federation->anchor, floor, &federation->suite,
                          federation->arena, out, why);
}

/* Reads what was signed; a refusal has a sentence that contains `says`. */
static void expect(struct federation *federation, enum verdict wanted, const char *says)
{
    struct catalogue *catalogue = NULL;
    const char *why;
    enum verdict verdict = read_files(federation, 0, &catalogue, &why);
    if (verdict != wanted || (wanted && !strstr(why, says)))
        print_error("verdict %d, why %s, wanted %s\n", verdict, why ? why : "-", says);
    assert_int_equal(verdict, wanted);
    assert_int_equal(catalogue != NULL, wanted == VERDICT_FINE);
    if (wanted)
        assert_non_null(strstr(why, says));
}

static void expect_signed(struct federation *federation, enum verdict wanted, const char *says)
{
    federation_sign(federation, ALL_ROOTS, ALL_ROOTS);
    expect(federation, wanted, says);
}

static struct catalogue *good(struct federation *federation)
{
    struct catalogue *catalogue = NULL;
    const char *why;
    federation_sign(federation, TWO_ROOTS, TWO_ROOTS);
    assert_int_equal(read_files(federation, 0, &catalogue, &why), VERDICT_FINE);
    return catalogue;
}

static void a_good_catalogue_answers(void **state)
{
    struct federation *federation = *state;
    struct catalogue *catalogue = good(federation);
    assert_string_equal(catalogue->network, "demo");
    assert_int_equal(catalogue->version, 7);
    assert_int_equal(catalogue->institution_count, 3);
    assert_int_equal(catalogue->node_count, 2);
    assert_true(digest_equal(&catalogue->anchor, &federation->anchor));
    struct digest digest;
    digest_of(DIGEST_CATALOGUE, federation->files.catalogue, &digest);
    assert_true(digest_equal(&catalogue->digest, &digest));

    const struct catalogue_institution *helmo = catalogue_institution(catalogue, "helmo.be");
    assert_string_equal(helmo->name, "HELMo");
    assert_string_equal(helmo->country, "BE");
    assert_int_equal(helmo->key_count, 2);
    assert_string_equal(helmo->entry->aliases[0]->value, "B LIEGE43");
    assert_ptr_equal(&catalogue->nodes[helmo->node], catalogue_node(catalogue, "alpha"));
    assert_string_equal(catalogue_node(catalogue, "alpha")->endpoint, "tcp://192.0.2.1:7400");
    assert_null(catalogue_node(catalogue, "beta")->endpoint);
    assert_memory_equal(catalogue_node(catalogue, "beta")->keys[1].public_key,
                        federation->transport[2], 32);
}

static void a_name_that_is_not_listed_is_absent(void **state)
{
    struct catalogue *catalogue = good(*state);
    assert_null(catalogue_institution(catalogue, "helmo.b"));
    assert_null(catalogue_institution(catalogue, "helmo.be2"));
    assert_null(catalogue_institution(catalogue, ""));
    assert_null(catalogue_node(catalogue, "gamma"));
}

static void a_key_is_found_by_its_digest_at_its_owner_only(void **state)
{
    struct federation *federation = *state;
    struct catalogue *catalogue = good(federation);
    const struct catalogue_institution *helmo = catalogue_institution(catalogue, "helmo.be");
    const struct catalogue_key *key =
        catalogue_key(helmo, &federation->signers[HELMO_SECOND].digest);
    assert_string_equal(key->id, "2026-b");
    assert_memory_equal(key->public_key, federation->signers[HELMO_SECOND].public_key, 32);
    assert_null(catalogue_key(helmo, &federation->signers[PWR].digest));
}

static void too_few_signatures_are_refused(void **state)
{
    struct federation *federation = *state;
    federation_sign(federation, ALL_ROOTS, 4);
    expect(federation, VERDICT_FORGED, "signed the catalogue");
    federation_sign(federation, ALL_ROOTS, 0);
    expect(federation, VERDICT_FORGED, "signed the catalogue");
    federation_sign(federation, 2, ALL_ROOTS);
    expect(federation, VERDICT_FORGED, "signed the root");
}

static void any_two_of_three_suffice(void **state)
{
    struct federation *federation = *state;
    for (unsigned roots = 0; roots < 8; roots++) {
        federation_sign(federation, ALL_ROOTS, roots);
        bool enough = __builtin_popcount(roots) >= 2;
        expect(federation, enough ? VERDICT_FINE : VERDICT_FORGED, "signed the catalogue");
    }
}

static Peregrin__Signed *unpack(struct bytes wire)
{
    Peregrin__Signed *signed_ = peregrin__signed__unpack(NULL, wire.size, wire.data);
    assert_non_null(signed_);
    return signed_;
}

static struct bytes pack(struct federation *federation, const Peregrin__Signed *signed_)
{
    size_t size = peregrin__signed__get_packed_size(signed_);
    uint8_t *wire = arena_take(federation->arena, size);
    peregrin__signed__pack(signed_, wire);
    return (struct bytes) {wire, size};
}

static void one_key_that_signs_twice_counts_once(void **state)
{
    struct federation *federation = *state;
    federation_sign(federation, ALL_ROOTS, 1);
    Peregrin__Signed *once = unpack(federation->files.catalogue), twice = *once;
    Peregrin__Signature *both[] = {once->signatures[0], once->signatures[0]};
    twice.signatures = both;
    twice.n_signatures = 2;
    federation->files.catalogue = pack(federation, &twice);
    peregrin__signed__free_unpacked(once, NULL);
    expect(federation, VERDICT_FORGED, "signed the catalogue");
}

static void a_signature_of_a_foreign_key_does_not_count(void **state)
{
    struct federation *federation = *state;
    const uint8_t *foreign = federation->signers[STRANGER].secret_key;
    federation_sign(federation, ALL_ROOTS, 1);
    assert_int_equal(catalogue_add_signature(federation->files.catalogue, SEAL_CONTEXT_CATALOGUE,
                                             foreign, federation->arena,
                                             &federation->files.catalogue),
                     VERDICT_FINE);
    expect(federation, VERDICT_FORGED, "signed the catalogue");
    federation_sign(federation, ALL_ROOTS, TWO_ROOTS);
    assert_int_equal(catalogue_add_signature(federation->files.catalogue, SEAL_CONTEXT_CATALOGUE,
                                             foreign, federation->arena,
                                             &federation->files.catalogue),
                     VERDICT_FINE);
    expect(federation, VERDICT_FINE, "");
}

/* The foreign signature borrows the hint of a root key that has not signed. */
static void a_hint_is_not_believed(void **state)
{
    struct federation *federation = *state;
    federation_sign(federation, ALL_ROOTS, TWO_ROOTS);
    Peregrin__Signed *signed_ = unpack(federation->files.catalogue);
    memcpy(signed_->signatures[1]->key_digest.data, federation->roots[2].digest.bytes, 32);
    federation->files.catalogue = pack(federation, signed_);
    peregrin__signed__free_unpacked(signed_, NULL);
    expect(federation, VERDICT_FORGED, "signed the catalogue");
}

static void a_signature_for_a_root_is_none_for_a_catalogue(void **state)
{
    struct federation *federation = *state;
    federation_sign(federation, ALL_ROOTS, 0);
    federation->files.catalogue =
        federation_signed_by(federation, federation->files.catalogue, SEAL_CONTEXT_ROOT, ALL_ROOTS);
    expect(federation, VERDICT_FORGED, "signed the catalogue");
}

static void another_anchor_is_refused(void **state)
{
    struct federation *federation = *state;
    federation_sign(federation, ALL_ROOTS, ALL_ROOTS);
    federation->anchor.bytes[0] ^= 1;
    expect(federation, VERDICT_FORGED, "the anchor");
}

/* A whole federation of the attacker's own, under the anchor that was passed by hand. */
static void another_root_is_refused(void **state)
{
    struct federation *federation = *state;
    federation_sign(federation, ALL_ROOTS, ALL_ROOTS);
    struct digest anchor = federation->anchor;
    for (size_t i = 0; i < FEDERATION_ROOTS; i++)
        federation->roots[i] = federation_pair((uint8_t)(200 + i));
    federation_sign(federation, ALL_ROOTS, ALL_ROOTS);
    expect(federation, VERDICT_FINE, "");
    federation->anchor = anchor;
    expect(federation, VERDICT_FORGED, "the anchor");
}

static void any_changed_byte_is_refused(void **state)
{
    struct federation *federation = *state;
    federation_sign(federation, TWO_ROOTS, TWO_ROOTS);
    struct arena *arena = arena_open(4 * 1024 * 1024);
    const struct bytes wires[2] = {federation->files.root, federation->files.catalogue};
    for (size_t which = 0; which < 2; which++) {
        for (size_t i = 0; i < wires[which].size; i++) {
            struct catalogue_files files = federation->files;
            struct bytes *changed = which ? &files.catalogue : &files.root;
            *changed = arena_copy(arena, wires[which]);
            ((uint8_t *)(uintptr_t)changed->data)[i] ^= 1;
            struct catalogue *catalogue;
            const char *why;
            assert_int_not_equal(catalogue_read(files, &federation->anchor, 0, &federation->suite,
                                                arena, &catalogue, &why),
                                 VERDICT_FINE);
            arena_reset(arena);
        }
    }
    arena_close(arena);
}

static void a_root_that_is_no_rule_is_refused(void **state)
{
    struct federation *federation = *state;
    federation->root.threshold = 0;
    expect_signed(federation, VERDICT_INVALID, "threshold");
    federation->root.threshold = 4;
    expect_signed(federation, VERDICT_INVALID, "threshold");
    federation->root.threshold = 2;
    federation->root_keys[1] = federation->root_keys[0];
    expect_signed(federation, VERDICT_INVALID, "threshold");
    federation->root_keys[1] = (ProtobufCBinaryData) {31, federation->roots[1].public_key};
    expect_signed(federation, VERDICT_INVALID, "threshold");
    federation->root_keys[1].len = 32;
    federation->root.version = 2;
    expect_signed(federation, VERDICT_INVALID, "threshold");
    federation->root.version = 1;
    expect_signed(federation, VERDICT_FINE, "");
}

static void a_catalogue_of_another_network_is_refused(void **state)
{
    struct federation *federation = *state;
    federation->statement.network = "demo2";
    expect_signed(federation, VERDICT_FORGED, "another network");
    federation->statement.network = NULL;
    expect_signed(federation, VERDICT_FORGED, "another network");
}

static void an_older_version_than_the_floor_is_stale(void **state)
{
    struct federation *federation = *state;
    struct catalogue *catalogue = NULL;
    const char *why;
    federation_sign(federation, ALL_ROOTS, ALL_ROOTS);
    assert_int_equal(read_files(federation, 8, &catalogue, &why), VERDICT_STALE);
    assert_non_null(why);
    assert_null(catalogue);
    assert_int_equal(read_files(federation, 7, &catalogue, &why), VERDICT_FINE);
    assert_int_equal(read_files(federation, 6, &catalogue, &why), VERDICT_FINE);
}

static void expiry_is_told_and_does_not_refuse(void **state)
{
    struct catalogue *catalogue = good(*state);
    const struct instant end = {(int64_t)FEDERATION_EXPIRES * INSTANT_SECOND};
    assert_true(catalogue_expired(catalogue, end));
    assert_false(catalogue_expired(catalogue, instant_after(end, -1)));
}

static void institutions_out_of_order_or_twice_are_refused(void **state)
{
    struct federation *federation = *state;
    Peregrin__Institution **list = federation->institution_list, *first = list[0];
    list[0] = list[1];
    list[1] = first;
    expect_signed(federation, VERDICT_INVALID, "helmo.be: the institutions are not in order");
    list[0] = first;
    expect_signed(federation, VERDICT_INVALID, "not in order");
}

static void nodes_out_of_order_or_twice_are_refused(void **state)
{
    struct federation *federation = *state;
    federation->node_list[0] = &federation->nodes[1];
    federation->node_list[1] = &federation->nodes[0];
    expect_signed(federation, VERDICT_INVALID, "alpha: the nodes are not in order");
    federation->node_list[0] = &federation->nodes[0];
    expect_signed(federation, VERDICT_INVALID, "not in order");
}

static void set_schac(struct federation *f)
{
    f->institutions[0].schac = "Helmo.be";
}
static void set_no_schac(struct federation *f)
{
    f->institutions[0].schac = NULL;
}
static void set_empty_name(struct federation *f)
{
    f->institutions[0].name = "";
}
static void set_name_of_two_lines(struct federation *f)
{
    f->institutions[0].name = "HELMo\nrefused";
}
static void set_country(struct federation *f)
{
    f->institutions[0].country = "be";
}
static void set_long_country(struct federation *f)
{
    f->institutions[0].country = "BEL";
}
static void set_node(struct federation *f)
{
    f->institutions[0].node = "gamma";
}
static void set_no_node(struct federation *f)
{
    f->institutions[0].node = NULL;
}
static void set_scheme(struct federation *f)
{
    f->alias.scheme = "oid";
}
static void set_alias_schac(struct federation *f)
{
    f->alias.scheme = "schac";
}
static void set_alias_period(struct federation *f)
{
    f->alias.has_from = f->alias.has_until = true;
    f->alias.from = f->alias.until = 9;
}
static void set_node_id(struct federation *f)
{
    f->nodes[0].id = "al pha";
}
static void set_endpoint(struct federation *f)
{
    f->nodes[0].endpoint = "tcp://node.helmo.be:7400";
}
static void set_no_keys(struct federation *f)
{
    f->institutions[1].n_keys = 0;
}
static void set_no_node_keys(struct federation *f)
{
    f->nodes[0].n_keys = 0;
}
static void set_key_id(struct federation *f)
{
    f->pwr_key.key_id = "012345678901234567890123456789012";
}
static void set_key_id_twice(struct federation *f)
{
    f->helmo_keys[1].key_id = "2026-a";
}
static void set_key_size(struct federation *f)
{
    f->pwr_key.public_key.len = 31;
}
static void set_key_period(struct federation *f)
{
    f->pwr_key.has_until = true;
    f->pwr_key.until = FEDERATION_START;
}
static void set_no_from(struct federation *f)
{
    f->pwr_key.has_from = false;
}
static void set_key_order(struct federation *f)
{
    f->helmo_keys[0].from = FEDERATION_START + 1;
}
static void set_shared_key(struct federation *f)
{
    f->uni_key.public_key = f->pwr_key.public_key;
}
static void set_shared_transport_key(struct federation *f)
{
    f->pwr_key.public_key.data = f->transport[0];
}
static void set_first_endorsed(struct federation *f)
{
    f->pwr_key.endorsement = f->helmo_keys[1].endorsement;
}
static void set_no_version(struct federation *f)
{
    f->statement.has_version = false;
}
static void set_no_period(struct federation *f)
{
    f->statement.expires = f->statement.created;
}

static void a_field_that_breaks_its_form_is_refused(void **state)
{
    static const struct {
        void (*change)(struct federation *);
        enum verdict verdict;
        const char *says;
    } rows[] = {
        {set_schac, VERDICT_INVALID, "SCHAC"},
        {set_no_schac, VERDICT_INVALID, "SCHAC"},
        {set_empty_name, VERDICT_INVALID, "helmo.be: its name"},
        {set_name_of_two_lines, VERDICT_INVALID, "helmo.be: its name"},
        {set_country, VERDICT_INVALID, "country"},
        {set_long_country, VERDICT_INVALID, "country"},
        {set_node, VERDICT_UNKNOWN, "its node is not listed"},
        {set_no_node, VERDICT_UNKNOWN, "its node is not listed"},
        {set_scheme, VERDICT_INVALID, "alias"},
        {set_alias_schac, VERDICT_INVALID, "alias"},
        {set_alias_period, VERDICT_INVALID, "alias"},
        {set_node_id, VERDICT_INVALID, "its id"},
        {set_endpoint, VERDICT_INVALID, "endpoint"},
        {set_no_keys, VERDICT_INVALID, "pwr.edu.pl: there are not 1 to 64 keys"},
        {set_no_node_keys, VERDICT_INVALID, "alpha: there are not 1 to 64 keys"},
        {set_key_id, VERDICT_INVALID, "a key id"},
        {set_key_id_twice, VERDICT_INVALID, "a key id stands twice"},
        {set_key_size, VERDICT_INVALID, "32 bytes"},
        {set_key_period, VERDICT_INVALID, "ends before"},
        {set_no_from, VERDICT_INVALID, "ends before"},
        {set_key_order, VERDICT_INVALID, "oldest first"},
        {set_shared_key, VERDICT_INVALID, "twice"},
        {set_shared_transport_key, VERDICT_INVALID, "twice"},
        {set_first_endorsed, VERDICT_INVALID, "first key has an endorsement"},
        {set_no_version, VERDICT_INVALID, "no version"},
        {set_no_period, VERDICT_INVALID, "no version or no period"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        static struct federation changed;
        federation_make(&changed);
        rows[i].change(&changed);
        expect_signed(&changed, rows[i].verdict, rows[i].says);
        arena_close(changed.arena);
    }
}

static void a_later_key_needs_an_endorsement(void **state)
{
    struct federation *federation = *state;
    federation->helmo_keys[1].endorsement = NULL;
    expect_signed(federation, VERDICT_FORGED, "helmo.be: a key has no endorsement");
}

static void a_transport_key_needs_an_endorsement(void **state)
{
    struct federation *federation = *state;
    federation->alpha_key.endorsement = NULL;
    expect_signed(federation, VERDICT_FORGED, "alpha: a key has no endorsement");
}

static void another_institution_cannot_endorse_a_signing_key(void **state)
{
    struct federation *federation = *state;
    federation_endorse(federation, &federation->helmo_keys[1], "helmo.be", "pwr.edu.pl", PWR);
    expect_signed(federation, VERDICT_FORGED, "earlier key of its own");
}

static void a_key_cannot_endorse_itself(void **state)
{
    struct federation *federation = *state;
    federation_endorse(federation, &federation->helmo_keys[1], "helmo.be", "helmo.be",
                       HELMO_SECOND);
    expect_signed(federation, VERDICT_FORGED, "earlier key of its own");
}

static void a_key_that_is_not_enrolled_cannot_endorse(void **state)
{
    struct federation *federation = *state;
    federation_endorse(federation, &federation->helmo_keys[1], "helmo.be", "helmo.be", STRANGER);
    expect_signed(federation, VERDICT_FORGED, "not enrolled");
}

static void an_institution_of_another_node_cannot_endorse_a_transport_key(void **state)
{
    struct federation *federation = *state;
    federation_endorse(federation, &federation->alpha_key, "alpha", "pwr.edu.pl", PWR);
    expect_signed(federation, VERDICT_FORGED, "institution of another node");
}

/* Whose endorsement says something else than the entry beside it, in each of its six fields. */
static void an_endorsement_serves_one_key_only(void **state)
{
    struct federation *federation = *state;
    const struct catalogue_endorsement truth = {"demo",
                                                "alpha",
                                                "t1",
                                                "helmo.be",
                                                federation->transport[0],
                                                PEREGRIN__KEY_USE__KEY_USE_TRANSPORT};
    struct catalogue_endorsement wrong[6] = {truth, truth, truth, truth, truth, truth};
    wrong[0].network = "demo2";
    wrong[1].owner = "beta";
    wrong[2].key_id = "t2";
    wrong[3].endorser = "pwr.edu.pl";
    wrong[4].public_key = federation->transport[1];
    wrong[5].use = PEREGRIN__KEY_USE__KEY_USE_SIGN;
    const uint8_t *secret = federation->signers[HELMO_FIRST].secret_key;
    for (size_t i = 0; i < 6; i++) {
        federation->alpha_key.endorsement = catalogue_endorse(&wrong[i], secret, federation->arena);
        expect_signed(federation, VERDICT_FORGED, "alpha: an endorsement is for another key");
    }
    federation->alpha_key.endorsement = catalogue_endorse(&truth, secret, federation->arena);
    expect_signed(federation, VERDICT_FINE, "");
}

static void a_changed_endorsement_is_refused(void **state)
{
    struct federation *federation = *state;
    federation->alpha_key.endorsement->signatures[0]->signature.data[5] ^= 1;
    expect_signed(federation, VERDICT_FORGED, "an endorsement's signature fails");
}

static void an_endorsement_in_another_context_is_refused(void **state)
{
    struct federation *federation = *state;
    Peregrin__Signed *endorsement = federation->alpha_key.endorsement;
    struct bytes statement = {endorsement->statement.data, endorsement->statement.len};
    assert_true(seal_sign(SEAL_CONTEXT_SEAL, federation->signers[HELMO_SECOND].secret_key,
                          statement, endorsement->signatures[0]->signature.data));
    expect_signed(federation, VERDICT_FORGED, "an endorsement's signature fails");
}

static void an_endorsement_has_exactly_one_signature(void **state)
{
    struct federation *federation = *state;
    federation->alpha_key.endorsement->n_signatures = 0;
    expect_signed(federation, VERDICT_MALFORMED, "exactly one signature");
}

static void a_key_is_usable_from_its_beginning_until_its_end(void **)
{
    const struct catalogue_key key = {.from = 10, .until = 20, .revoked_at = UINT64_MAX};
    assert_int_equal(catalogue_key_usable(&key, 9), VERDICT_EXPIRED);
    assert_int_equal(catalogue_key_usable(&key, 10), VERDICT_FINE);
    assert_int_equal(catalogue_key_usable(&key, 19), VERDICT_FINE);
    assert_int_equal(catalogue_key_usable(&key, 20), VERDICT_EXPIRED);
}

static void a_revoked_key_is_never_usable(void **)
{
    const struct catalogue_key key = {.from = 10, .until = 20, .revoked_at = 15};
    for (uint64_t seconds = 0; seconds < 30; seconds++)
        assert_int_equal(catalogue_key_usable(&key, seconds), VERDICT_REVOKED);
}

static void the_current_key_is_the_newest_usable_one(void **)
{
    const struct catalogue_key keys[] = {
        {.id = "a", .from = 10, .until = 30, .revoked_at = UINT64_MAX},
        {.id = "b", .from = 20, .until = 40, .revoked_at = UINT64_MAX},
        {.id = "c", .from = 25, .until = UINT64_MAX, .revoked_at = 26},
    };
    static const struct {
        int64_t seconds;
        const char *id;
    } rows[] = {{9, NULL}, {10, "a"}, {20, "b"}, {25, "b"}, {39, "b"}, {40, NULL}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct instant now = {rows[i].seconds * INSTANT_SECOND};
        const struct catalogue_key *key = catalogue_key_current(keys, 3, now);
        assert_int_equal(key != NULL, rows[i].id != NULL);
        if (key)
            assert_string_equal(key->id, rows[i].id);
    }
    assert_null(catalogue_key_current(NULL, 0, (struct instant) {0}));
}

static void the_history_of_a_key_is_read(void **state)
{
    struct federation *federation = *state;
    Peregrin__KeyEntry *first = &federation->helmo_keys[0];
    first->has_until = first->has_revoked_at = true;
    first->until = FEDERATION_START + 500;
    first->revoked_at = FEDERATION_START + 100;
    struct catalogue *catalogue = good(federation);
    const struct catalogue_key *keys = catalogue_institution(catalogue, "helmo.be")->keys;
    assert_int_equal(keys[0].from, FEDERATION_START);
    assert_int_equal(keys[0].until, FEDERATION_START + 500);
    assert_int_equal(keys[0].revoked_at, FEDERATION_START + 100);
    assert_true(keys[1].until == UINT64_MAX && keys[1].revoked_at == UINT64_MAX);
}

static void a_second_signature_of_one_key_replaces_the_first(void **state)
{
    struct federation *federation = *state;
    federation_sign(federation, ALL_ROOTS, 1);
    struct bytes once = federation->files.catalogue, again;
    assert_int_equal(catalogue_add_signature(once, SEAL_CONTEXT_CATALOGUE,
                                             federation->roots[0].secret_key, federation->arena,
                                             &again),
                     VERDICT_FINE);
    assert_true(bytes_equal(once, again));
}

static void signing_keeps_the_statement_as_it_was(void **state)
{
    struct federation *federation = *state;
    federation_sign(federation, 0, 0);
    Peregrin__Signed *before = unpack(federation->files.catalogue);
    federation_sign(federation, ALL_ROOTS, ALL_ROOTS);
    Peregrin__Signed *after = unpack(federation->files.catalogue);
    assert_int_equal(after->n_signatures, 3);
    assert_int_equal(before->statement.len, after->statement.len);
    assert_memory_equal(before->statement.data, after->statement.data, after->statement.len);
    peregrin__signed__free_unpacked(before, NULL);
    peregrin__signed__free_unpacked(after, NULL);
}

static void a_statement_can_be_shown_without_being_believed(void **state)
{
    struct federation *federation = *state;
    Peregrin__CatalogueStatement *statement;
    Peregrin__RootStatement *root;
    federation_sign(federation, 0, 0);
    assert_int_equal(catalogue_peek(federation->files.catalogue, federation->arena, &statement),
                     VERDICT_FINE);
    assert_string_equal(statement->institutions[1]->schac, "pwr.edu.pl");
    assert_int_equal(catalogue_peek_root(federation->files.root, federation->arena, &root),
                     VERDICT_FINE);
    assert_int_equal(root->threshold, 2);
    assert_int_not_equal(catalogue_peek(bytes_text("peregrin"), federation->arena, &statement),
                         VERDICT_FINE);
}

static void any_budget_of_memory_gives_an_answer(void **state)
{
    struct federation *federation = *state;
    federation_sign(federation, TWO_ROOTS, TWO_ROOTS);
    bool fine = false;
    for (size_t budget = 64; !fine; budget += 211) {
        assert_true(budget < 1024 * 1024);
        struct arena *arena = arena_open(budget);
        struct catalogue *catalogue;
        const char *why = NULL;
        enum verdict verdict = catalogue_read(federation->files, &federation->anchor, 0,
                                              &federation->suite, arena, &catalogue, &why);
        fine = verdict == VERDICT_FINE;
        assert_true(fine || verdict == VERDICT_TOO_LARGE);
        assert_true(fine || why);
        arena_close(arena);
    }
}

/* Above the 8 KiB that are signed without the heap, and above what one frame could carry. */
static void a_large_catalogue_finds_each_of_its_institutions(void **state)
{
    enum { MANY = 3000 };
    struct federation *federation = *state;
    struct entry {
        Peregrin__Institution institution;
        Peregrin__KeyEntry key, *list[1];
        uint8_t public_key[SEAL_PUBLIC_SIZE];
        char schac[32];
    } *entries = calloc(MANY, sizeof *entries);
    Peregrin__Institution **list = calloc(MANY, sizeof *list);
    assert_true(entries && list);
    for (unsigned i = 0; i < MANY; i++) {
        struct entry *entry = &entries[i];
        snprintf(entry->schac, sizeof entry->schac, "u%04u.example.org", i);
        memcpy(entry->public_key, &i, sizeof i);
        entry->institution = federation_institution(entry->schac, "A university", "BE", "alpha");
        entry->key = federation_key("2026-a", entry->public_key);
        entry->list[0] = &entry->key;
        entry->institution.keys = entry->list;
        entry->institution.n_keys = 1;
        list[i] = &entry->institution;
    }
    federation->statement.institutions = list;
    federation->statement.n_institutions = MANY;
    federation->statement.n_nodes = 1;
    memcpy(entries[0].public_key, federation->signers[PWR].public_key, SEAL_PUBLIC_SIZE);
    federation_endorse(federation, &federation->alpha_key, "alpha", entries[0].schac, PWR);
    struct catalogue *catalogue = good(federation);
    assert_in_range(federation->files.catalogue.size, 256 * 1024, CATALOGUE_SIZE_MAX);
    for (unsigned i = 0; i < MANY; i++)
        assert_ptr_equal(catalogue_institution(catalogue, entries[i].schac),
                         &catalogue->institutions[i]);
    assert_null(catalogue_institution(catalogue, "u9999.example.org"));
    free(entries);
    free(list);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_good_catalogue_answers, open_federation,
                                        close_federation),
        cmocka_unit_test_setup_teardown(a_name_that_is_not_listed_is_absent, open_federation,
                                        close_federation),
        cmocka_unit_test_setup_teardown(a_key_is_found_by_its_digest_at_its_owner_only,
                                        open_federation, close_federation),
        cmocka_unit_test_setup_teardown(too_few_signatures_are_refused, open_federation,
                                        close_federation),
        cmocka_unit_test_setup_teardown(any_two_of_three_suffice, open_federation,
                                        close_federation),
        cmocka_unit_test_setup_teardown(one_key_that_signs_twice_counts_once, open_federation,
                                        close_federation),
        cmocka_unit_test_setup_teardown(a_signature_of_a_foreign_key_does_not_count,
                                        open_federation, close_federation),
        cmocka_unit_test_setup_teardown(a_hint_is_not_believed, open_federation, close_federation),
        cmocka_unit_test_setup_teardown(a_signature_for_a_root_is_none_for_a_catalogue,
                                        open_federation, close_federation),
        cmocka_unit_test_setup_teardown(another_anchor_is_refused, open_federation,
                                        close_federation),
        cmocka_unit_test_setup_teardown(another_root_is_refused, open_federation, close_federation),
        cmocka_unit_test_setup_teardown(any_changed_byte_is_refused, open_federation,
                                        close_federation),
        cmocka_unit_test_setup_teardown(a_root_that_is_no_rule_is_refused, open_federation,
                                        close_federation),
        cmocka_unit_test_setup_teardown(a_catalogue_of_another_network_is_refused, open_federation,
                                        close_federation),
        cmocka_unit_test_setup_teardown(an_older_version_than_the_floor_is_stale, open_federation,
                                        close_federation),
        cmocka_unit_test_setup_teardown(expiry_is_told_and_does_not_refuse, open_federation,
                                        close_federation),
        cmocka_unit_test_setup_teardown(institutions_out_of_order_or_twice_are_refused,
                                        open_federation, close_federation),
        cmocka_unit_test_setup_teardown(nodes_out_of_order_or_twice_are_refused, open_federation,
                                        close_federation),
        cmocka_unit_test_setup_teardown(a_field_that_breaks_its_form_is_refused, open_federation,
                                        close_federation),
        cmocka_unit_test_setup_teardown(a_later_key_needs_an_endorsement, open_federation,
                                        close_federation),
        cmocka_unit_test_setup_teardown(a_transport_key_needs_an_endorsement, open_federation,
                                        close_federation),
        cmocka_unit_test_setup_teardown(another_institution_cannot_endorse_a_signing_key,
                                        open_federation, close_federation),
        cmocka_unit_test_setup_teardown(a_key_cannot_endorse_itself, open_federation,
                                        close_federation),
        cmocka_unit_test_setup_teardown(a_key_that_is_not_enrolled_cannot_endorse, open_federation,
                                        close_federation),
        cmocka_unit_test_setup_teardown(
            an_institution_of_another_node_cannot_endorse_a_transport_key, open_federation,
            close_federation),
        cmocka_unit_test_setup_teardown(an_endorsement_serves_one_key_only, open_federation,
                                        close_federation),
        cmocka_unit_test_setup_teardown(a_changed_endorsement_is_refused, open_federation,
                                        close_federation),
        cmocka_unit_test_setup_teardown(an_endorsement_in_another_context_is_refused,
                                        open_federation, close_federation),
        cmocka_unit_test_setup_teardown(an_endorsement_has_exactly_one_signature, open_federation,
                                        close_federation),
        cmocka_unit_test_setup_teardown(a_key_is_usable_from_its_beginning_until_its_end,
                                        open_federation, close_federation),
        cmocka_unit_test_setup_teardown(a_revoked_key_is_never_usable, open_federation,
                                        close_federation),
        cmocka_unit_test_setup_teardown(the_current_key_is_the_newest_usable_one, open_federation,
                                        close_federation),
        cmocka_unit_test_setup_teardown(the_history_of_a_key_is_read, open_federation,
                                        close_federation),
        cmocka_unit_test_setup_teardown(a_second_signature_of_one_key_replaces_the_first,
                                        open_federation, close_federation),
        cmocka_unit_test_setup_teardown(signing_keeps_the_statement_as_it_was, open_federation,
                                        close_federation),
        cmocka_unit_test_setup_teardown(a_statement_can_be_shown_without_being_believed,
                                        open_federation, close_federation),
        cmocka_unit_test_setup_teardown(any_budget_of_memory_gives_an_answer, open_federation,
                                        close_federation),
        cmocka_unit_test_setup_teardown(a_large_catalogue_finds_each_of_its_institutions,
                                        open_federation, close_federation),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
