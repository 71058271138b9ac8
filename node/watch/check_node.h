/* What only the running node knows of itself: does it keep what it is given, with which partners,
 * and with what the system gave it. */
#pragma once

#include "io/shell.h"
#include "watch/check.h"

struct keeper;
struct rulebook;

struct check_node {
    const struct shell *shell;
    const struct config *config;
    const struct keeper *keeper;
    const struct rulebook *rulebook; /* NULL: no rules are asked */
    struct instant now;
    int64_t clock_moved_us; /* how much further the clock went than time did, since the start */
};

/* How it goes with the webhooks; all zero where that cannot be read now. */
struct check_node_webhooks {
    size_t count, failing, dead;
};
struct check_node_webhooks check_node_webhooks(const struct check_node *what);

/* When the last backup was packed, in seconds; false: never, or it cannot be read now. */
bool check_node_backup(const struct check_node *what, struct arena *arena, uint64_t *at);

/* Cheap enough to be asked every second: reads no file's content. */
void check_node_run(const struct check_node *what, struct check_list *list);
/* And what takes a little longer: is the catalogue on the disk the one in use? */
void check_node_more(const struct check_node *what, struct check_list *list);
