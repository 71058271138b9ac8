/* Records that were at hand when the node died. One that ends it twice is set aside: it is never
 * read or judged again, the partner hears `internal`, and everything else goes on.
 *
 * An end that has another cause (SIGKILL, a machine without memory) weighs an eighth of a crash: a
 * node that somebody kills over and over falls upon the same message by chance, as it is what it
 * has to do. What is judged in the meantime without harm is suspected no more,
 * and another version of the program begins anew: it may know better. What was refused stays
 * refused. */
#pragma once

#include "engine/peer.h"

enum { SUSPECT_MAX = 256 };

struct suspect {
    struct digest id;
    enum crumb_stage stage; /* the earliest at which it was fatal */
    uint32_t weight;
    uint64_t at; /* seconds: the last time */
    bool fresh;  /* counted when this engine was opened */
    char from[CRUMB_FROM_SIZE];
};

/* In an open transaction: what the store knows, and what the crumb says of the last process. The
 * caller commits, and then calls suspect_none. */
enum fault suspect_read(struct engine *engine);

/* From now on this is at hand. */
void suspect_at_hand(const struct engine *engine, enum crumb_stage stage, const struct digest *id);
/* Who sent what is at hand next; cut where it is too long. */
void suspect_from(const struct engine *engine, const char *from);
/* The same of a message before anybody has looked into it. Its print: size and beginning, where a
 * Deliver has its seal. */
void suspect_message(struct engine *engine, const char *node, struct bytes plain,
                     struct digest *print);
void suspect_none(const struct engine *engine);

/* Since when it is fatal, when it is set aside; otherwise CRUMB_NONE. */
enum crumb_stage suspect_barred(const struct engine *engine, const struct digest *id);
/* It can neither be kept nor folded: all that can be said of it is a notice. */
bool suspect_unkept(enum crumb_stage barred);
/* It was read, or judged, and nothing happened. */
enum fault suspect_cleared(struct engine *engine, const struct digest *id);
/* It is set aside; where it was fatal, in words. */
bool suspect_aside(const struct suspect *suspect);
const char *suspect_stage(const struct suspect *suspect);
