/* Carries small messages to other people's HTTP servers, several at once, without waiting for any:
 * libcurl's multi interface on a descriptor of its own.
 *
 * TLS is verified, redirects are not followed, proxies are not used, an answer's body is thrown
 * away. What a message says and whether it is sent again is the caller's. */
#pragma once

#include "base/bytes.h"
#include "io/reason.h"

struct courier;

enum { COURIER_AT_ONCE = 16, COURIER_HEADERS = 8, COURIER_SECONDS = 10 };

struct courier_order {
    uint64_t number; /* the caller's; none is under way with the same one */
    const char *url;
    const char *const *headers; /* `Name: value` */
    size_t header_count;
    struct bytes body;
};

struct courier_answer {
    uint64_t number;
    unsigned status; /* 0: none came */
    const char *why; /* then, static */
};

enum fault courier_open(struct courier **out, struct reason *reason);
/* What is under way is broken off. */
void courier_close(struct courier *courier);

/* Readable while courier_run has something to do. */
int courier_descriptor(const struct courier *courier);
/* How long the loop may sleep for our sake; -1: without end. */
int64_t courier_timeout_ms(const struct courier *courier);

/* Everything is copied. False: no memory, or too many are under way. */
bool courier_send(struct courier *courier, const struct courier_order *order);
bool courier_busy(const struct courier *courier, uint64_t number);

/* Moves bytes. */
void courier_run(struct courier *courier);
/* One that came back; false: none more. */
bool courier_take(struct courier *courier, struct courier_answer *out);

/* `t=SECONDS,v1=HEX`: HMAC-SHA-256 over SECONDS, a dot, and the body; the key is the secret's text.
 */
enum { COURIER_SIGNATURE_SIZE = 2 + 24 + 4 + 64 + 1 };
void courier_sign(const char *secret, uint64_t seconds, struct bytes body,
                  char out[static COURIER_SIGNATURE_SIZE]);
