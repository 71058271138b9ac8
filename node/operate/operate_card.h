/* The enrolment card: what an institution hands to the federation's authority. JSON with public
 * things only:
 *
 *   {"peregrin_enrolment": 1, "network": "demo",
 *    "node": {"id", "endpoint", "transport_key": {"key_id", "public_key", "fingerprint",
 *             "endorsement"}},
 *    "institutions": [{"schac", "name", "country", "signing_key": {"key_id", "public_key",
 *                      "fingerprint", "endorsement"?}, "aliases": [{"scheme", "value"}]}]}
 *
 * Bytes in hexadecimal. The endorsement is a packed Signed KeyStatement over the transport key by
 * the signing key of one of the institutions: it also shows that the signing key is held. A signing
 * key has one only where it follows another, by that one. */
#pragma once

#include "command/command_work.h"
#include "seal/digest.h"
#include "seal/seal.h"

enum {
    OPERATE_CARD_VERSION = 1,
    OPERATE_CARD_INSTITUTIONS = 64,
    OPERATE_CARD_ALIASES = 8, /* of an institution */
    OPERATE_CARD_SIZE_MAX = 256 * 1024,
};

struct operate_card_key {
    const char *id;
    uint8_t public_key[SEAL_PUBLIC_SIZE];
    struct digest fingerprint;
};

/* A name by which others know the institution: `erasmus`, `pic` or an earlier `schac`. */
struct operate_card_alias {
    const char *scheme, *value;
};

struct operate_card_institution {
    const char *schac, *name, *country;
    struct operate_card_key key;
    struct bytes endorsement; /* of a key that follows another, by that one; empty: the first */
    struct operate_card_alias aliases[OPERATE_CARD_ALIASES];
    size_t alias_count;
};

/* All texts live in the arena or in what the command keeps. */
struct operate_card {
    const char *network, *node, *endpoint; /* endpoint NULL: the node calls out only */
    struct operate_card_key transport;
    struct bytes endorsement;
    struct operate_card_institution institutions[OPERATE_CARD_INSTITUTIONS];
    size_t institution_count;
};

/* A name of a known scheme and of its form. */
bool operate_card_alias_valid(const struct operate_card_alias *alias);

/* One line without anything that a terminal obeys or that turns the direction of writing: a
 * stranger wrote it, and the authority decides by what it sees. */
bool operate_card_name_valid(const char *name);
bool operate_card_country_valid(const char *country);

json_t *operate_card_json(struct command_work *work, const struct operate_card *card);

/* Reads and checks the form: names, sizes, fingerprints against keys. Says what is wrong. Whether
 * the endorsement holds is the catalogue's question. ENOENT is said, too, unless `absent` is given
 * and set. */
enum command_exit operate_card_read(struct command_work *work, const char *path,
                                    struct operate_card *card, bool *absent);
