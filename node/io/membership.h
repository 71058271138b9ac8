/* The federation's two files on disk, read and believed, and whether this node fits into them. */
#pragma once

#include "io/config.h"
#include "io/keeper.h"
#include "store/store.h"
#include "trust/catalogue.h"

struct membership {
    struct arena *arena;
    struct catalogue_files files; /* the bytes, for evidence */
    struct catalogue *catalogue;
};

/* Reads root and catalogue under the configuration's anchor. FAULT_CONFIG with the reason when they
 * are not to be believed, or older than `version_floor`. */
enum fault membership_open(const struct config *config, uint64_t version_floor,
                           struct membership **out, struct reason *reason);
void membership_close(struct membership *membership);

/* The configuration and the catalogue agree on what this node is: its id and its institutions.
 * FAULT_CONFIG with the reason. */
enum fault membership_place(const struct membership *membership, const struct config *config,
                            struct reason *reason);
/* And there is a key for each that is held here: FAULT_KEY. */
enum fault membership_check(const struct membership *membership, const struct config *config,
                            const struct keeper *keeper, struct instant now, struct reason *reason);

/* The value in the store that keeps the newest catalogue version ever believed, and how it is read:
 * 0 where there is none. */
extern const char membership_floor_name[];
uint64_t membership_floor(struct bytes value);
/* Both, with that version as the floor; it is kept there from now on. In no transaction. */
enum fault membership_load(const struct config *config, const struct keeper *keeper,
                           struct store *store, struct membership **out, struct reason *reason);

/* What a person must do about the catalogue's end; NULL: nothing yet. */
const char *membership_expiry(const struct membership *membership, struct instant now);

/* This node's transport secret of now; membership_check has seen that there is one. */
const uint8_t *membership_transport(const struct membership *membership,
                                    const struct config *config, const struct keeper *keeper,
                                    struct instant now);

/* Where a node listens; NULL: nowhere, or no such node. */
const char *membership_endpoint(const struct membership *membership, const char *node);
