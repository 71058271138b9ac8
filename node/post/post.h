/* Tells webhooks what happens: what comes next for each (admin/hook.h), carried (io/courier.h), and
 * what came of it committed before the next one goes. One message at a time for each webhook. */
#pragma once

#include "io/log.h"
#include "io/reason.h"
#include "store/store.h"

struct post;

enum fault post_open(struct log *log, struct post **out, struct reason *reason);
void post_close(struct post *post); /* NULL: fine */

int post_descriptor(const struct post *post);
/* Between two groups, no transaction is open. Gives how many milliseconds may pass until it wants
 * to be called again without its descriptor; -1: any. */
int64_t post_turn(struct post *post, struct store *store);
