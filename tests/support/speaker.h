/* A partner's node without its engine: it has the keys, speaks the protocol over plain TCP as
 * nanomsg frames it, in both roles, and keeps no rule but those that its user keeps. What the other
 * node says is counted; what it asks is answered as a partner that holds everything would, unless
 * told not to.
 */
#pragma once

#include "channel/gate.h"
#include "channel/session.h"
#include "message.pb-c.h"
#include "seal/key.h"
#include "support/wireline.h"
#include "trust/catalogue.h"

/* Our session to the other node, and its to us. */
enum speaker_role { SPEAKER_DIALS, SPEAKER_ANSWERS, SPEAKER_ROLES };

enum { SPEAKER_KINDS = PEREGRIN__MESSAGE__WHAT_PONG + 1, SPEAKER_LINES = 8, SPEAKER_KEPT = 4096 };

struct speaker_frames {
    struct bytes list[SPEAKER_KEPT]; /* on the heap */
    size_t count;
};

struct speaker {
    const struct catalogue *catalogue;
    const struct catalogue_institution *own, *other;
    const struct catalogue_node *node, *other_node;
    const struct catalogue_key *own_key;
    uint8_t transport_secret[32], transport_public[32], secret[SEAL_SECRET_SIZE];
    struct gate gate;
    uint64_t minute;     /* in which all its records are made */
    struct arena *arena; /* of one message */
    int listener;
    struct wireline lines[SPEAKER_LINES]; /* the first is the one that we dialled */
    struct wireline *called;              /* the one on which the other's session is */

    struct noise noise; /* of our opening */
    struct bytes opening;
    uint64_t counter; /* of our newest opening */
    struct session session[SPEAKER_ROLES];
    bool live[SPEAKER_ROLES];

    bool keeps_receipts, keeps_acks, gives_no_credit; /* what is withheld */
    bool deaf;                                        /* nothing is read any more */
    uint64_t taken;                                   /* Delivers of the other's stream */
    struct digest taken_ids[512];                     /* of the newest of them */
    size_t taken_count;

    struct speaker_frames sent, before; /* of our session, and of the one before it */
    uint64_t heard[SPEAKER_ROLES][SPEAKER_KINDS];
    uint64_t pings, pong; /* said, and the newest that was answered */
    uint64_t heard_bytes, answers, stales, records, position;
    uint64_t codes[32]; /* of Notices */
    uint64_t receipted; /* ids under receipts of ours */
    uint64_t credit;    /* records */
    uint64_t credit_bytes;
};

/* From a node's folder as `peregrin init` makes it. False, with a sentence on stderr. */
bool speaker_open(struct speaker *speaker, const char *folder, const char *own, const char *other);
/* Listens where the catalogue says that this node is. */
bool speaker_listen(struct speaker *speaker);

/* Serves all connections until `enough` says so; false when patience ended before. */
typedef bool speaker_enough(const struct speaker *speaker, uint64_t wanted);
bool speaker_until(struct speaker *speaker, speaker_enough *enough, uint64_t wanted);
/* Serves what is there for so many milliseconds, or until `descriptor` (-1: none) can be read. */
void speaker_serve(struct speaker *speaker, int wait_ms, int descriptor);

/* A new TCP connection to the other node in the place of the one before. */
bool speaker_connect(struct speaker *speaker);
/* An opening, and the wait for its answer. */
bool speaker_dial(struct speaker *speaker);
/* Only an opening, with these versions: the session that lives goes on. */
void speaker_knock(struct speaker *speaker, const uint8_t *versions, size_t count);

/* A frame as it is, on the connection that we dialled. */
void speaker_throw(struct speaker *speaker, struct bytes frame);
/* Sealed in the session; what it is made of is not looked at. */
void speaker_say_bytes(struct speaker *speaker, enum speaker_role role, struct bytes plain);
void speaker_say(struct speaker *speaker, enum speaker_role role, const Peregrin__Message *message);
void speaker_hello(struct speaker *speaker, enum speaker_role role, uint32_t version);
void speaker_ping(struct speaker *speaker);
/* Pings until a Pong comes: then all that was said before it was heard. */
bool speaker_settle(struct speaker *speaker);

/* A Signed with one signature over the statement by the own institution. */
Peregrin__Signed *speaker_sign(const struct speaker *speaker, enum seal_context context,
                               const ProtobufCMessage *statement, struct arena *arena);
struct instant speaker_now(void);
ProtobufCBinaryData speaker_binary(const void *data, size_t size);
