/* Frames in and out over nanomsg: one raw REP listener, and one raw REQ socket for each partner
 * node that has work, opened on demand.
 *
 * Nothing here is reliable: a frame that was sent may be lost without a word, and the engine's
 * retries are the remedy. Raw sockets, tcp and ipc, and literal addresses only, because the other
 * modes can be made to abort from outside. Must not be used across fork(). */
#pragma once

#include "engine/event.h"
#include "io/reason.h"

struct transport;

enum {
    TRANSPORT_FRAME_MAX = 66 * 1024,
    TRANSPORT_DIALS_MAX = 400,
};

/* NULL when nanomsg may be given this address; otherwise what is wrong with it. */
const char *transport_address(const char *address);
/* False of `none`: a node that nobody can dial needs no listener, and calls out. */
bool transport_listens(const char *listen);
/* NULL when a node may be told to listen so: an address, or `none`. */
const char *transport_listen_wrong(const char *listen);

/* Binds `listen`, unless it is `none`; for the first time, so that a lack of descriptors shows
 * here.
 */
enum fault transport_open(const char *listen, struct transport **out, struct reason *reason);
void transport_close(struct transport *transport);

/* Readable while transport_receive has something to do. */
int transport_descriptor(const struct transport *transport);

/* Hands frames to `take` until it says false or none is left, a few of each connection's socket in
 * turn. The views die with the call; `take` must not send. */
void transport_receive(struct transport *transport,
                       bool (*take)(void *self, const struct event_frame *frame), void *self);

/* Dials `endpoint` when way->node is set and not dialled yet (or was, at another endpoint), else
 * answers along the route. On a dialled connection frames wait in order for room, up to a bound; an
 * answer that cannot leave now is dropped. */
void transport_send(struct transport *transport, const struct event_way *way, const char *endpoint,
                    struct bytes wire);

/* Connections at the listener, greeted or not, by nanomsg's own books: of hostile ones a few of a
 * thousand stay in them when they have gone. */
size_t transport_callers(const struct transport *transport);
/* nanomsg keeps a connection that greets and then says nothing for ever, and where no descriptor is
 * left it asks for one without a pause. So callers are counted, and when they are too many all of
 * them are cut: a partner comes back at once, and what was on its way is sent again. False: now
 * nobody listens, and another call tries once more. */
bool transport_hang_up(struct transport *transport);

struct transport_counts {
    uint64_t received, sent, dropped, refused; /* refused: no usable endpoint or route */
    size_t dials;
    size_t callers;    /* connections at the listener, greeted or not */
    uint64_t hang_ups; /* how often all callers were cut */
};
struct transport_counts transport_counts(const struct transport *transport);
