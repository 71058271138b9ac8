/* What machines and administrators ask a running node at any time, even while it can keep nothing:
 *
 *   GET /healthz         200 while the process answers
 *   GET /readyz          200, or 503 with the reasons: each with code and remedy
 *   GET /metrics         Prometheus' text format
 *   GET /api/v1/checks   what a doctor can only learn from the node itself */
#pragma once

#include "io/shell.h"

struct keeper;
struct rulebook;
struct watch;

struct watch_settings {
    const struct config *config;
    const struct keeper *keeper;
    const char *version;
    const struct rulebook *rulebook; /* NULL: no rules are asked */
};

/* NULL when the machine has no memory. */
struct watch *watch_open(const struct watch_settings *settings);
void watch_close(struct watch *watch);
/* The shell that is watched; before the first request. */
void watch_over(struct watch *watch, const struct shell *shell);

/* As the shell's `look`: health and readiness for everybody, the others for the node's own user and
 * root. Who else asks must have a name: the API's routes of the same paths see to that. */
bool watch_look(struct watch *watch, const struct http_request *request,
                struct http_response *response);
/* What /metrics and /api/v1/checks answer, for whoever the API lets ask; `self` is the watch. Data
 * NULL: no memory, or another path. */
struct bytes watch_text(void *self, const char *path, struct arena *arena);
/* One request that the API answered; see requests_add. */
void watch_count(struct watch *watch, const char *route, int status);
