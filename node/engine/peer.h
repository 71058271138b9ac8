/* What the engine keeps in memory: one peer for each partner node, one pair for each (own
 * institution, partner). All of it can be had again from the store and the partners. Shared by the
 * files of this folder only. */
#pragma once

#include "channel/gate.h"
#include "channel/session.h"
#include "engine/attend.h"
#include "engine/crumb.h"
#include "engine/engine.h"
#include "message.pb-c.h"
#include "stream/flight.h"
#include "stream/intake.h"
#include "stream/retry.h"

enum {
    DOSSIER_TAIL_SIZE = 10,   /* of a dossier's name, behind its time */
    PEER_OWED_MAX = 1024,     /* records in one receipt */
    PEER_UNSEALED_MAX = 4096, /* records of one pair in one group */
    PEER_AGAIN_MAX = 64,      /* stored receipts repeated in one group */
    PEER_WANTED_MAX = 4096,   /* own lost records asked back in one round */
};

/* What was counted since the start; names in peer.c. */
enum peer_counter {
    PEER_FRAMES_IN,
    PEER_FRAMES_OUT,
    PEER_FRAMES_REFUSED,
    PEER_OPENINGS_REFUSED,
    PEER_OPENINGS_STALE,
    PEER_RECORDS_SUBMITTED,
    PEER_RECORDS_TAKEN,
    PEER_RECORDS_REPEATED,
    PEER_RECORDS_REFUSED,
    PEER_RECORDS_RETURNED,
    PEER_RECEIPTS_GIVEN,
    PEER_RECEIPTS_TAKEN,
    PEER_SEALS_MADE,
    PEER_SEALS_RENEWED,
    PEER_NOTICES,
    PEER_RESENDS,
    PEER_SESSIONS,
    PEER_COUNTERS
};

/* The two sessions with a node: either side may open one. */
enum peer_session { PEER_OURS, PEER_THEIRS };

/* The two streams of a pair: what we say to the partner, and what it says to us. A stream goes on
 * the session that its issuer's node dials; where the audience's node cannot be dialled, it goes
 * back on the one that the audience's node dialled. */
enum peer_stream { PEER_OUT, PEER_IN };

/* Our own session to a node: we open it, our records go out on it. */
enum dial_phase { DIAL_CLOSED, DIAL_OPENED, DIAL_LIVE };

struct peer_dial {
    enum dial_phase phase;
    bool wanted;        /* somebody asked for a session: ping, or work waits */
    struct noise noise; /* while opened */
    uint8_t label[FRAME_SESSION_SIZE];
    struct digest opening;  /* of the opening frame, for the stale answer */
    struct session session; /* while live */
    struct retry retry;
    int64_t way_us;           /* from the last opening that was answered to its answer */
    uint32_t patience;        /* openings in a row that nobody answered: the way may be long */
    struct instant changed;   /* when the phase began */
    struct instant heard;     /* last authenticated frame */
    struct instant ping_sent; /* zero: none was sent */
    struct instant asked;     /* the first of those that nobody answered yet */
    uint32_t pings_out;       /* since the last authenticated frame */
    uint32_t calm;            /* pings that were answered since there was anything to do */
    uint64_t ping_nonce;
    bool greeted;    /* the responder's Hello has come */
    int64_t idle_us; /* it is ended after so much silence; 0: when its hour is over */
};

/* The partner's session to us: it opens it, its records come in on it. When its node cannot be
 * dialled, ours go back on it. */
struct peer_answer {
    bool live, pending;
    struct session live_session, pending_session;
    uint8_t route[EVENT_ROUTE_MAX]; /* of the last authenticated frame */
    size_t route_size;
    struct instant heard;
    struct instant stale_told; /* rate limit of stale answers */
};

struct peer {
    const struct catalogue_node *node;
    const struct catalogue_key *key; /* its transport key now */
    struct gate gate;
    enum peer_session carrier[2]; /* of each stream of its pairs */
    struct peer_dial dial;
    struct peer_answer answer;
    struct pair **pairs; /* of this node's institutions and ours */
    size_t pair_count;
    uint8_t run_id[16];         /* of its process, from Hello; zero: not yet heard */
    uint64_t catalogue_version; /* that it said in Hello; 0: not yet */
    struct instant last_heard;  /* on either session */
    struct instant wrong_told;  /* when what its node should not say was last spoken of */
    int64_t round_trip_us;
};

enum pair_phase { PAIR_IDLE, PAIR_ASKED, PAIR_COMPARING, PAIR_WANTING, PAIR_RECONCILED };

struct peer_record {
    int64_t serial;
    struct digest id;
    size_t size; /* on the wire, for batches */
};

/* Of one group; small again after a burst. */
struct peer_records {
    struct peer_record *list;
    size_t count, room;
};

enum { PEER_SUSPENSION_MAX = EVENT_REASON_MAX + 64 };

struct pair {
    uint32_t number;
    const struct catalogue_institution *own, *partner;
    const struct catalogue_key *own_key; /* signs today; NULL: none usable */
    struct peer *peer;
    struct pair *mirror; /* both institutions are on this node: the partner's own pair */

    /* Our stream to the partner. */
    bool armed;    /* the write guard */
    bool unjudged; /* a record was folded while armed: judge it at the lift */
    bool full;     /* the last group could not take all that waited: the next one comes at once */
    enum pair_phase phase;
    struct instant phase_began;
    uint32_t questions;        /* ranges asked and not yet answered */
    struct summary ours;       /* what we held when the partner said what it holds */
    struct summary theirs;     /* what it said */
    struct summary lacking;    /* of ours, what it was found not to hold */
    int64_t newer;             /* serial of the first own record written since then; 0: none */
    uint64_t requeued;         /* of these, how many it had receipted */
    struct span_point *wanted; /* own lost records, to be asked back */
    size_t wanted_count;
    bool wanted_came;      /* something, in answer to the last question */
    bool recovery_granted; /* the partner signed that it lost records: bodies may go again */
    bool same;             /* it said in this session that it holds all of ours */
    struct flight *flight;
    int64_t cursor;                       /* outbox rows up to here are in flight or receipted */
    bool starved;                         /* rows wait beyond the cursor */
    bool keyless;                         /* they wait for a key that seals them anew */
    uint32_t go_backs;                    /* since the last progress */
    struct peer_records unsealed;         /* own records of this group */
    uint64_t outbox, stuck, ready;        /* rows, kept in step with the store */
    uint64_t refused;                     /* submissions that did not hold when their turn came */
    struct instant suspended;             /* by hand since; zero: not */
    char suspension[PEER_SUSPENSION_MAX]; /* that, as a sentence */

    /* The partner's stream to us. */
    bool inbound;           /* its Summary has come in the live session */
    bool inbound_unchecked; /* since the start its set never equalled ours */
    bool granted_bodies;    /* it signed a recovery in the live session */
    struct intake intake;
    bool ack_due;
    struct peer_records owed; /* held, receipt owed at the end of the group */
    int64_t *again;           /* stored receipts to repeat, at most PEER_AGAIN_MAX */
    size_t again_count;
    struct instant unknown_told;    /* when a key that we do not know was last spoken of */
    struct instant recovery_window; /* rate limit of recoveries: begin and count */
    uint32_t recoveries;
};

/* A message between institutions of this node, on its way within the group. */
struct peer_errand {
    struct pair *pair; /* who hears it */
    enum peer_stream stream;
    struct bytes plain;
    struct peer_errand *next;
};

struct engine {
    const struct catalogue *catalogue;
    const struct catalogue_node *node;
    const struct catalogue_key *node_key;
    size_t node_index;
    uint8_t transport_secret[32], transport_public[32];
    struct suite suite;
    struct store *store;
    uint8_t run_id[16];
    struct arena *scratch, *parse;
    bool lent;             /* they are the caller's */
    uint64_t named_minute; /* of the newest dossier opened here, and its tail; see submit.c */
    uint8_t named_tail[DOSSIER_TAIL_SIZE];
    uint64_t keys_minute; /* when the keys of today were chosen; see peer_refresh */
    uint64_t keys_end;    /* seconds: when the first one of them ends */
    struct instant opened;
    struct instant newest; /* of all events: a clock that was set back is noticed */
    struct peer *peers;
    size_t peer_count;
    struct peer home; /* this node: its institutions are each other's partners without a session */
    struct peer nowhere; /* partners by hand: what is said to them is sealed and kept, and goes out
                            when they have a node */
    struct peer_errand *errands, *errand_last;
    struct pair *pairs; /* ordered by (own, partner) */
    size_t pair_count;
    struct attend attend;     /* a place for each peer, the last two for home and nowhere */
    struct pair **settled;    /* of this group: those whose peers are looked at, ordered as pairs */
    struct crumb *crumb;      /* what is at hand; see suspect.h */
    struct crumb own_crumb;   /* where nobody gave one */
    struct suspect *suspects; /* with room for one more than were read */
    size_t suspect_count;
    size_t fed;                    /* events since the feed was trimmed; see feed.c */
    struct agreements *agreements; /* see agreements.h; NULL: none was asked about */
    uint64_t counters[PEER_COUNTERS];
    struct engine_tally tally;
};

/* One step: what every function below is handed. */
struct step {
    struct engine *engine;
    const struct event *event;
    struct outcome *outcome;
    struct instant now;
    uint64_t dice; /* counter for peer_dice */
};

/* Fresh bytes for this step; every call gives others. */
void peer_dice(struct step *step, const char *label, uint8_t *out, size_t size);

/* With a node that holds this transport key. */
struct noise_keys peer_keys(const struct engine *engine, const struct catalogue_key *key);

/* Something happened to it: it, and all its pairs, are looked at when the group is settled. */
void peer_touch(struct engine *engine, const struct peer *peer);
struct peer *peer_at(struct engine *engine, size_t place);

struct peer *peer_by_node(struct engine *engine, const char *node);
/* The pair of a partner's stream (issuer, audience = own), or of ours (issuer = own); NULL: none.
 */
struct pair *peer_pair(struct engine *engine, const char *own, const char *partner);

/* The session; NULL when it is not live. */
const struct session *peer_session(const struct peer *peer, enum peer_session which);
/* The session that carries the stream; NULL when it is not live. Among institutions of this node
 * there is always one, and its hash is zero. */
const struct session *peer_carrier(const struct pair *pair, enum peer_stream stream);
/* Its institutions run no node. */
bool peer_is_nowhere(const struct engine *engine, const struct peer *peer);
/* Neither node can be dialled: there is no session that could carry anything. */
bool peer_apart(const struct peer *peer);

/* Packs, encrypts and adds to the outcome. Nothing happens when the session is not live or memory
 * is spent: what is lost here is sent again by time-out. */
void peer_send(struct step *step, struct peer *peer, enum peer_session which,
               Peregrin__Message *message);
/* The same, on the session that carries the stream. Between institutions of this node the message
 * waits as an errand for the end of the group. */
void peer_send_stream(struct step *step, struct pair *pair, enum peer_stream stream,
                      Peregrin__Message *message);
/* A frame that is complete already; what: static text that names it. */
void peer_send_frame(struct step *step, struct event_way way, const char *what, struct bytes wire);

/* False when the machine has no memory. */
bool peer_records_add(struct peer_records *records, struct peer_record record);
void peer_records_clear(struct peer_records *records);

/* Any authenticated frame of this node, on either session. */
void peer_heard(struct step *step, struct peer *peer);

/* The clock was set back by so much: what waits goes on waiting as long as it still had to. */
void peer_clock_back(struct engine *engine, int64_t by_us);

void peer_count(struct step *step, enum peer_counter counter, uint64_t more);
/* One record submitted or taken, one frame or record refused: the counter, and of what kind or why.
 */
void peer_count_kind(struct step *step, enum peer_counter counter, uint32_t kind);
void peer_count_refused(struct step *step, enum peer_counter counter, enum verdict verdict);
const char *peer_counter_name(size_t counter);
/* The partner's node itself, under its key, said what no honest one says: told once in a while.
 * What a loss or a crash of ours explains is only counted. */
void peer_wrong(struct step *step, struct peer *peer, enum verdict verdict);

/* Keys come into force and end while a node runs, and clocks are set: chooses the keys of this
 * minute anew, and when one of them ends. Not while something waits to be signed. */
void peer_refresh(struct step *step);

/* Does any pair of this peer have something to say, or a guard to lift? */
bool peer_has_work(const struct peer *peer);
/* The same, and submissions that wait for a guard. */
bool peer_is_busy(const struct peer *peer);

/* A signature by the pair's own institution over a statement, packed as Signed in scratch. */
enum fault peer_sign(struct step *step, const struct pair *pair, enum seal_context context,
                     struct bytes statement, struct bytes *signed_wire);

/* One signature by an institution's key over a statement. *key is set on success. Unknown: no such
 * key in our catalogue. */
enum verdict peer_verify(struct step *step, const struct catalogue_institution *signer,
                         enum seal_context context, const Peregrin__Signed *signed_,
                         struct bytes *statement, const struct catalogue_key **key);

/* What was signed at a time with a key of this institution: a key that was revoked since, or that
 * turned out not to have been in force then, does not count any more. */
bool peer_counts(const struct catalogue_institution *signer, ProtobufCBinaryData key_digest,
                 uint64_t time);
/* Only then is it worth looking: a key of this institution has ended or was revoked. */
bool peer_keys_ended(const struct catalogue_institution *institution);
