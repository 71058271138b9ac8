/* The admin CLI: one table from which parser, help, manual page and completion follow.
 *
 * Commands reach the world through a port that main/peregrin.c fills: here are no sockets, files,
 * clock or dice. Results go to `out`, everything else to `err`. */
#pragma once

#include "base/arena.h"
#include "base/fault.h"
#include "base/instant.h"

#include <stdio.h>

/* Exit statuses, stable for scripts. */
enum command_exit {
    COMMAND_DONE = 0,
    COMMAND_UNEXPECTED = 1,
    COMMAND_USAGE = 2,
    COMMAND_CONFIG = 3,
    COMMAND_NO_NODE = 4,
    COMMAND_NOT_PERMITTED = 5,
    COMMAND_NOT_FOUND = 6,
    COMMAND_REFUSED = 7, /* by state or rule */
    COMMAND_PARTLY = 8,
    COMMAND_TRUST = 9, /* a signature or what it stands on */
    COMMAND_NO_PARTNER = 10,
    COMMAND_PROBLEMS = 11, /* a check found some */
    COMMAND_INTERRUPTED = 130,
};

/* One call of a node's API, and what it said. */
struct command_request {
    const char *socket;                  /* path of the node's Unix socket; NULL: by url */
    const char *url, *token, *authority; /* otherwise: where, by which token, and who vouches for it
                                            (a PEM file; NULL: the system's) */
    const char *method;
    const char *path;            /* with its query, percent-encoded */
    const char *idempotency_key; /* NULL: none */
    struct bytes body;           /* JSON; size 0: none */
};
struct command_reply {
    unsigned status;   /* of HTTP */
    struct bytes body; /* in the arena */
};

struct command_file {
    struct bytes content;
    unsigned mode; /* permission bits */
};

enum command_piece { COMMAND_PIECE_FIRST, COMMAND_PIECE_NEXT, COMMAND_PIECE_LAST };

/* A setting for the configuration file. Several of one name make a list; paths are meant from the
 * file's own place. */
struct command_setting {
    const char *name, *value;
};

/* What a setting is, for the manual. */
struct command_setting_text {
    const char *name, *unit, *fallback, *effect, *sample; /* fallback NULL: it must be given */
};

/* What a configuration file says, as far as the CLI asks. */
struct command_config {
    const char *problem; /* NULL: none; otherwise `FILE:LINE: sentence` */
    const char *remedy;
    const char *socket;
    const char *database;
    const char *rules; /* why the file of `rules` cannot be used; NULL: it can, or there is none */
};

/* What a doctor is to look at; NULL: not said. */
struct command_doctor {
    const char *config, *socket, *partner;
    const char *known; /* a socket for when the configuration cannot be read */
    bool deep;
};

/* How far one came towards an address: `failed` is `address`, `connect` or `greeting`, or NULL. */
struct command_reach {
    const char *failed, *why;
    int64_t connect_us, greeting_us;
};

/* The functions that give an int give 0 or an errno. */
struct command_backup_port;
struct verify_order;
struct verify_report;

struct command_port {
    void *self;
    /* FAULT_NETWORK: no node answers there. FAULT_KEY: nobody vouches for its certificate. */
    enum fault (*call)(void *self, const struct command_request *request, struct arena *arena,
                       struct command_reply *reply);
    /* EFBIG above size_max. The path `-` is standard input. */
    int (*read_file)(void *self, const char *path, size_t size_max, struct arena *arena,
                     struct command_file *out);
    /* Whole or not at all, durable. EEXIST unless `replace`. */
    int (*write_file)(void *self, const char *path, const struct command_file *file, bool replace);
    /* The same in pieces: they gather beside it, and the last one gives them the name. */
    int (*grow_file)(void *self, const char *path, const struct command_file *piece,
                     enum command_piece which, bool replace);
    /* With its parents; EEXIST is no error. */
    int (*make_directory)(void *self, const char *path, unsigned mode);
    struct instant (*now)(void *self);
    void (*random)(void *self, uint8_t *out, size_t size);
    void (*wait)(void *self, unsigned ms);
    /* A line from the terminal, without echo when `secret`; false: there is none. */
    bool (*ask)(void *self, const char *prompt, bool secret, char *out, size_t size);
    /* Whether somebody wants it to end (Ctrl-C); NULL: nobody ever does. */
    bool (*stopped)(void *self);

    /* The node's settings belong to io: a commented file with these values in it; what a file says
     * (false: the arena is spent); a paragraph about one setting, all of them for NULL, or NULL
     * when there is no such setting. */
    const char *(*config_sample)(void *self, const struct command_setting *settings, size_t count,
                                 struct arena *arena);
    bool (*config_check)(void *self, const char *path, struct arena *arena,
                         struct command_config *out);
    const char *(*config_explain)(void *self, const char *name, struct arena *arena);
    /* A setting's name that comes near, or NULL; the values in use as watch/config_view.h has them.
     */
    const char *(*config_near)(void *self, const char *name);
    struct bytes (*config_view)(void *self, const char *path, struct arena *arena);
    /* `{"schema":1,"checks":[...]}` as watch/check.h has them; data NULL: no memory. */
    struct bytes (*doctor)(void *self, const struct command_doctor *what, struct arena *arena);
    void (*reach)(void *self, const char *endpoint, unsigned timeout_ms, struct arena *arena,
                  struct command_reach *out);
    /* The settings by their order; false past the end. */
    bool (*config_setting)(void *self, size_t index, struct command_setting_text *out);

    const struct command_backup_port *backup; /* see command_backup.h */
    /* See verify/verify.h, which it is. */
    enum fault (*verify)(const struct verify_order *, struct arena *, struct verify_report *);

    FILE *out, *err;
    bool asks; /* a person sits at standard input */
    bool out_is_tty, err_is_tty;
    bool no_color;      /* NO_COLOR or a dumb terminal */
    unsigned columns;   /* of the terminal; 0: unknown */
    const char *socket; /* PEREGRIN_SOCKET or NULL */
    const char *config; /* of the node on this machine, where there is one; else NULL */
    const char *version;
};
