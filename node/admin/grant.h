/* Grants: applications in the order of arrival, what is allotted to them, and who waits.
 *
 * An application's number is given when it arrives and never again: first come, first served. What
 * waits stands in a queue in the order that its call says. */
#pragma once

#include "admin/call.h"
#include "admin/envelope.h"

enum grant_state {
    GRANT_WAITING = 1,
    GRANT_ALLOTTED,
    GRANT_RELEASED,  /* all of it was given back */
    GRANT_WITHDRAWN, /* before anything was allotted */
    GRANT_STATES,
};
const char *grant_state_code(uint32_t state);
const char *grant_state_sentence(uint32_t state);
/* 0: there is none of this name. */
uint32_t grant_state_find(const char *code);

/* Who does it, when and why. */
struct grant_act {
    const char *by, *reason; /* reason NULL: none is needed */
    uint64_t at;
};

extern const struct numbered grant_numbered; /* of Peregrin__Grant */
/* Sets the number, and puts it at its place in the queue. */
enum fault grant_apply(struct store *store, const Peregrin__Call *call, Peregrin__Grant *grant,
                       struct arena *arena);
/* A waiting one says something else: at its new place in the queue, under its old number. */
enum fault grant_change(struct store *store, const Peregrin__Call *call,
                        const Peregrin__Grant *before, Peregrin__Grant *after, struct arena *arena);
/* NULL: there is none. */
enum fault grant_get(struct store *store, uint32_t number, struct arena *arena,
                     Peregrin__Grant **out);
/* Of the call's queue, the first ones first. */
enum fault grant_queue(struct store *store, uint32_t call, size_t max, struct arena *arena,
                       Peregrin__Grant ***out, size_t *count);

/* As many of the queue as the balance reaches, without a gap; *rest is what is left then. The one
 * behind the last is the one that does not fit, or the queue has ended there. */
enum fault grant_plan(struct store *store, const Peregrin__Call *call,
                      const Peregrin__Envelope *envelope, size_t max, struct arena *arena,
                      Peregrin__Grant ***out, size_t *count, uint64_t *rest);

/* Of a waiting one; *fits false: the envelope has not so much, and nothing was done. */
enum fault grant_allot(struct store *store, const Peregrin__Call *call, Peregrin__Grant *grant,
                       Peregrin__Envelope *envelope, uint64_t cents, const struct grant_act *act,
                       struct arena *arena, bool *fits);
/* cents of what it has, back into the envelope that it came from (*envelope). */
enum fault grant_release(struct store *store, Peregrin__Grant *grant, uint64_t cents,
                         const struct grant_act *act, struct arena *arena,
                         Peregrin__Envelope **envelope);
/* One that gave all of it back, or its place up, waits again where its number puts it. */
enum fault grant_return(struct store *store, const Peregrin__Call *call, Peregrin__Grant *grant,
                        const struct grant_act *act, struct arena *arena);
/* A waiting one gives up its place. */
enum fault grant_withdraw(struct store *store, const Peregrin__Call *call, Peregrin__Grant *grant,
                          const struct grant_act *act, struct arena *arena);
