/* The node's JSON API as a function: a request in, a response out, over the store and what the node
 * around it can tell and do.
 *
 * No socket here: main joins api_serve to io's server. A request that only reads may be served at
 * any time. One that writes asks `begin` for the shell's group; its response may leave only after
 * the group's commit. A fault means rollback, and api_fault makes the answer. */
#pragma once

#include "engine/engine.h"
#include "seal/password.h"

enum {
    API_BODY_MAX = 8 * 1024 * 1024,
    API_PATH_MAX = 512,
    API_KEY_MAX = 128, /* idempotency key */
    API_QUERY_MAX = 16,
    API_ARENA = 96 * 1024 * 1024, /* budget that the largest import needs; taken only when used */
};

/* The copy of the database that a backup is made from. */
enum api_copy_state { API_COPY_NONE, API_COPY_RUNNING, API_COPY_WHOLE, API_COPY_FAILED };
enum api_copy_wish { API_COPY_LOOK, API_COPY_BEGIN, API_COPY_END };
struct api_copy {
    enum api_copy_state state;
    uint64_t number;
    const char *file, *configuration; /* absolute paths */
    uint64_t done, total;             /* pages */
    enum fault fault;                 /* why it failed */
};

/* What the API asks of the node. The engine itself is not named: it is opened anew after a fault.
 */
struct api_port {
    void *self;
    /* On return the group's transaction is open. */
    enum fault (*begin)(void *self);
    /* One EVENT_SUBMITTED in the open group; a refusal is no fault, see answer->verdict. */
    enum fault (*submit)(void *self, const struct event_submission *, struct event_answer *);
    /* One EVENT_ORDERED, likewise. */
    enum fault (*order)(void *self, const struct event_order *, struct event_answer *);
    enum fault (*ping)(void *self, const char *node);
    /* After the group: partners by hand are read again. */
    void (*reload)(void *self);
    /* As engine_partner and engine_counter. */
    bool (*partner)(void *self, size_t index, struct engine_partner *);
    bool (*counter)(void *self, size_t index, struct engine_counter *);
    /* How it stands afterwards. False: it was not begun, for one is running. */
    bool (*copy)(void *self, enum api_copy_wish wish, struct api_copy *);
};

struct api_limit;
struct eligible;

/* What users and their secrets need. */
enum api_slow { API_SLOW_LATER, API_SLOW_DONE, API_SLOW_BUSY, API_SLOW_FAILED };
struct api_guard {
    void *self;
    void (*dice)(void *self, uint8_t out[static 32]);
    /* A password's hash costs too much to wait for: begun under a number, it is asked for again
     * when the request comes again. DONE sets the salt too, to the one that it was begun with. */
    enum api_slow (*derive)(void *self, uint64_t number, struct bytes text, struct password_salt *,
                            struct password_hash *);
    struct api_limit *limit; /* NULL: none */
    uint64_t session_seconds;
};

/* What the node tells of itself, made around the API: the text at this path, in the arena; data
 * NULL: no memory. */
struct api_watch {
    void *self;
    struct bytes (*text)(void *self, const char *path, struct arena *); /* NULL: there is none */
};

struct api_cache;
struct press;

struct api {
    struct store *store;
    const struct catalogue *catalogue;
    struct catalogue_files files;    /* the bytes that the catalogue was read from, for evidence */
    const struct eligible *eligible; /* rules of eligibility; NULL: they are not asked */
    const char *node;                /* own id in the catalogue; its institutions are ours */
    const char *version;             /* of the program */
    struct instant started;
    bool over_quota;         /* more may be accepted than there are places, with a reason */
    struct api_cache *cache; /* of rows of lists; NULL: none */
    struct press *press;     /* sets papers; NULL: none does */
    struct api_port port;
    struct api_guard guard;
    struct api_watch watch;
};

/* Who asks, as the connection and the headers say it. All zero is a stranger. */
struct api_caller {
    bool owner;          /* the node's own user, or root, at the Unix socket */
    const char *account; /* of this machine, at the Unix socket; else NULL */
    const char *address; /* over TCP; else NULL */
    bool proxy;  /* the proxy that we believe when it says in remote_user who has logged in there */
    bool secure; /* what we answer is encrypted on its way to the browser */
    /* Headers; NULL: absent. */
    const char *authorization, *cookie, *csrf_token, *origin, *fetch_site, *host, *remote_user;
};

/* A parameter of the query, percent-decoded by the server. */
struct api_pair {
    const char *name, *value;
};

struct api_request {
    const char *method; /* GET, POST, DELETE */
    const char *path;   /* percent-decoded, without the query */
    struct api_pair query[API_QUERY_MAX];
    size_t query_count;
    const char *idempotency_key; /* NULL: none */
    const char *content_type;    /* NULL: none */
    struct bytes body;
    struct instant now;
    const char *correlation_id; /* repeated in errors; NULL: none */
    uint64_t number;            /* the same when a request that was to wait comes again */
    struct api_caller caller;
    const char *accept;        /* NULL: anything */
    const char *last_event_id; /* of a stream that is taken up again; NULL: none */
    /* Of a request that is served again: what its last answer gave, and for how long it has waited
     * since it came or since its last piece left. */
    int64_t mark, waited_ms;
    size_t waiting, streams; /* of the other requests: those without an answer yet, and those whose
                                answers go on */
};

/* Texts and body live in the arena or for ever. */
struct api_response {
    int status;
    const char *content_type;
    const char *allow;  /* with 405: the methods that the path has; else NULL */
    const char *cookie; /* Set-Cookie, or NULL */
    uint32_t retry_s;   /* above 0: Retry-After */
    bool ask_name;      /* with 401: WWW-Authenticate */
    const char *route;  /* the pattern that it was, static; NULL: none of ours */
    struct bytes body;
    /* Above 0: there is no answer yet. Serve the request again, with the mark, when the feed got an
     * event, or after so long; the rest is without meaning. */
    int64_t later_ms;
    /* Above 0 with a body: this is a piece of an answer that goes on. Serve the request again for
     * the next one. */
    int64_t mark;
};

/* Sets the whole response unless it returns a fault. */
enum fault api_serve(const struct api *api, const struct api_request *request, struct arena *arena,
                     struct api_response *response);

/* The answer to a request whose group ended in a fault. */
void api_fault(const struct api_request *request, enum fault fault, struct arena *arena,
               struct api_response *response);

/* The routes as they are served, for `GET /api/v1/`, the documentation and tests; NULL past the
 * end. */
struct api_row {
    const char *method, *pattern; /* `/api/v1/nominations/{dossier}` */
    const char *summary;
};
const struct api_row *api_row(size_t row);
