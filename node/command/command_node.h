/* Calls of the node's API, and the errors that come back. */
#pragma once

#include "command/command_work.h"

struct command_call {
    const char *method;
    const char *path; /* with its query, percent-encoded */
    json_t *body;     /* the reference is taken; NULL: none */
    const char *key;  /* idempotency key; NULL: none */
};

/* On success *reply is a JSON object that lives until the command has ended; otherwise the error
 * was said, and its exit status comes back. */
enum command_exit command_node_call(struct command_work *work, const struct command_call *call,
                                    json_t **reply);
/* The same without saying the error: *wrong is what the node said of it (an object with code,
 * message, hint), for work on many things. Faults of the way to the node are said at once, and
 * leave *wrong NULL. */
enum command_exit command_node_try(struct command_work *work, const struct command_call *call,
                                   json_t **reply, json_t **wrong);
/* POST of what the command does, the body taken; under --dry-run the node is asked whether it would
 * take it. For routes that know `dry_run`. */
enum command_exit command_node_act(struct command_work *work, const char *path, json_t *body,
                                   json_t **reply);
enum command_exit command_node_get(struct command_work *work, const char *path, json_t **reply);
/* The same, but *reply is NULL where no node answers: also when none was named by a socket but a
 * configuration is there. */
enum command_exit command_node_probe(struct command_work *work, const char *path, json_t **reply);
/* What is no JSON. */
enum command_exit command_node_bytes(struct command_work *work, const char *path,
                                     struct bytes *body);

/* All pages of a listing, as far as --limit allows: an array under `name`. */
enum command_exit command_node_list(struct command_work *work, const char *path, const char *name,
                                    json_t **list);

/* A text as a part of a path or query. */
const char *command_node_escape(struct command_work *work, const char *text);
/* The path with those of these flags that were given as its query; names end with NULL. */
const char *command_node_query(struct command_work *work, const char *path,
                               const char *const names[]);
/* A fresh idempotency key, for one attempt of a person. */
const char *command_node_key(struct command_work *work);
