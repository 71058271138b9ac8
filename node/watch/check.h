/* One thing that an administrator can be told of a node: how it stands, and what to do about it.
 * The table in check.c has a row for each; doctor, readiness and the runbook read from it. */
#pragma once

#include "base/arena.h"

#include <jansson.h>

enum check_id {
    CHECK_CONFIG,
    CHECK_KEY_FILE,
    CHECK_KEY_ENTRY,
    CHECK_KEY_END,
    CHECK_CATALOGUE,
    CHECK_CATALOGUE_END,
    CHECK_CATALOGUE_FLOOR,
    CHECK_ENTRY,
    CHECK_DATABASE,
    CHECK_DATABASE_MODE,
    CHECK_DATABASE_DISK,
    CHECK_DATABASE_WHOLE,
    CHECK_SPACE,
    CHECK_BACKUP,
    CHECK_CLOCK_SYNC,
    CHECK_CLOCK_TRUTH,
    CHECK_CLOCK_JUMP,
    CHECK_NODE,
    CHECK_SOCKET,
    CHECK_LISTENER,
    CHECK_MEMORY_LOCK,
    CHECK_DESCRIPTORS,
    CHECK_CALLERS,
    CHECK_KEEPING,
    CHECK_CATALOGUE_USE,
    CHECK_RULES,
    CHECK_STUCK,
    CHECK_ASIDE,
    CHECK_GUARD,
    CHECK_WEBHOOK,
    CHECK_BY_HAND,
    CHECK_PARTNER_KEY,
    CHECK_PARTNER_ADDRESS,
    CHECK_PARTNER_CONNECT,
    CHECK_PARTNER_GREETING,
    CHECK_PARTNER_SESSION,
    CHECK_PARTNER_CATALOGUE,
    CHECK_PARTNER_DELAY,
    CHECK_COUNT
};

enum check_state {
    CHECK_FINE,
    CHECK_NOTED,   /* worth knowing; nothing is wrong yet */
    CHECK_FAILED,  /* a person must act */
    CHECK_SKIPPED, /* cannot be looked at now, and why */
};

struct check_row {
    const char *group, *code, *title;
    const char *remedy; /* what to do when it fails */
    bool unready;       /* while it fails the node does not do what it is for */
};

const struct check_row *check_row(enum check_id id);
/* `fine`, `noted`, `failed`, `skipped`. */
const char *check_state_name(enum check_state state);

struct check {
    enum check_id id;
    enum check_state state;
    const char *subject; /* a file, a partner; NULL: the node itself */
    const char *what;    /* how it stands */
    struct check *next;
};

/* Zero-initialised but for its arena it is empty. */
struct check_list {
    struct arena *arena;
    struct check *first, *last;
    size_t count, failed;
    bool spent; /* the arena was: the list is not whole */
};

/* Both texts are copied, fit for a terminal. Never personal data. */
void check_add(struct check_list *list, enum check_id id, enum check_state state,
               const char *subject, const char *format, ...) __attribute__((format(printf, 5, 6)));

/* What `tail` holds comes after what `list` holds, of the same arena. */
void check_join(struct check_list *list, struct check_list *tail);

/* The array of {"group","code","title","subject","state","what","remedy"}; the remedy where one is
 * needed. Only failed checks that keep a node from its work with `unready`. NULL: no memory. */
json_t *check_json(const struct check_list *list, bool unready);
/* `{"schema":1,"checks":[...]}`, all of them; data NULL: no memory. */
struct bytes check_text(const struct check_list *list, struct arena *arena);
