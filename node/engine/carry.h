/* Records as they travel: stored rows into Carried, and Carried checked to the ground. The checks
 * touch nothing: they can only judge. */
#pragma once

#include "engine/peer.h"
#include "record/kind.h"
#include "record/statement.h"
#include "seal/tree.h"

enum {
    CARRY_RECORD_ROOM = 32, /* tags and lengths around one record */
    CARRY_PATH_ROOM = TREE_PATH_MAX * 34 + 8,
    CARRY_PROOF_ROOM = 1024,  /* a receipt shown with a record */
    CARRY_FRAME_ROOM = 60000, /* records in one message; seal and names stand beside them */
};

/* Bytes that a record takes in a whole batch. */
size_t carry_size(struct bytes header, struct bytes body);
/* What a record counts against credit: its header and body bytes, on both sides alike. */
size_t carry_weight(const Peregrin__Carried *carried);

/* What goes into one Deliver or Return, in scratch. */
struct carry_load {
    Peregrin__Signed *seal;
    Peregrin__Carried **records;
    size_t count;  /* how many of the asked ones fitted */
    size_t looked; /* how many of the asked ones were looked at: the rest did not fit */
    size_t bytes;  /* on the wire, about */
    size_t weight; /* against credit */
    int64_t serials[STATEMENT_SEAL_LEAVES];
    struct digest ids[STATEMENT_SEAL_LEAVES];
};

/* From serials that share one seal; stops when the frame is full. */
enum carry_receipted {
    CARRY_PLAIN, /* receipts do not matter: records of the partner that go back to it */
    CARRY_LEAVE, /* own records that the partner had receipted stay here */
    CARRY_PROVE, /* they go, each with the partner's own receipt as a proof */
};
struct carry_order {
    const int64_t *serials;
    size_t count;
    enum carry_receipted receipted;
    const struct flight *leave_out; /* what is in this flight; NULL: nothing is left out */
};
enum fault carry_load(struct step *step, const struct carry_order *order, struct carry_load *out);

/* One record of a batch that holds. */
struct carry_record {
    struct header header;
    const struct kind *kind; /* NULL: not understood */
    ProtobufCMessage *body;  /* NULL: withheld or not understood */
    struct bytes salt, body_wire;
    uint32_t seal_index;
    struct bytes seal_path;
    bool aside;     /* it ended this node before: its body is not looked at */
    bool receipted; /* our own receipt for it was shown and holds */
};
struct carry_batch {
    enum verdict key_state; /* of the seal's key at the seal's time: the caller's to weigh */
    struct bytes seal_wire; /* packed Signed */
    struct bytes leaves;    /* of a whole batch; empty otherwise */
    struct carry_record *records;
    size_t count;
};

/* Who speaks to whom, and what was sent. */
struct carry_sent {
    const struct catalogue_institution *issuer, *audience;
    const Peregrin__Signed *seal;
    Peregrin__Carried *const *records;
    size_t count;
    bool bodies_needed; /* a record without a body is malformed */
};
/* Ladder: 1 seal's signature and key; 2 statement names network, issuer, audience and key; 3
 * headers; 4 headers name the same; 5 tree; 6 commitments; 7 bodies of known kinds parse.
 * *at_fault: id of the record that does not hold, zero when it is the seal. */
enum verdict carry_check(struct step *step, const struct carry_sent *sent, struct carry_batch *out,
                         struct digest *at_fault);

/* The row that a checked record becomes, its seal's number still to be set; the views are the
 * record's. ours: we are its author, and it came back. */
struct store_record carry_stored(const struct pair *pair, const struct carry_record *in, bool ours);
