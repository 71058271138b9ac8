/* A record as an adversary makes it with its keys, and the seal over such records. */
#pragma once

#include "record/dossier.h"
#include "sim/play.h"

/* A record in the making. */
struct craft {
    struct play *play;
    size_t node, partner;
    struct play_dossier *dossier;
    struct store_place place;
    struct dossier seen; /* the dossier as it stands here */
    bool opens;
    uint32_t kind, schema, index;
    struct digest previous;
    const char *year; /* of the claim; NULL: none */
    struct bytes body;
    uint8_t salt[DIGEST_SALT_SIZE];
    bool swapped; /* its body is another one than its header commits to */
    enum craft_hand {
        CRAFT_TRUE,
        CRAFT_FORGED,    /* its signature does not hold */
        CRAFT_STRIPPED,  /* it has none */
        CRAFT_MISPLACED, /* it is a good one, of another record */
        CRAFT_ABROAD,    /* for another audience */
        CRAFT_TWISTED    /* signed as if it were a receipt */
    } seal;
};

/* As it would be stored; in the play's arena. */
struct store_record craft_record(const struct craft *craft);
/* A seal over these ids, good or not as the craft says; data NULL: it cannot be signed. */
struct bytes craft_seal(const struct craft *craft, const struct digest *ids, size_t count);
