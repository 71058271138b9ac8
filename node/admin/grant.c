#include "admin/grant.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NAME_SIZE = STORE_NAME_MAX + 1, POINTS_MAX = 999999 };

static const struct {
    const char *code, *sentence;
} states[GRANT_STATES] = {
    [GRANT_WAITING] = {"waiting", "waits for money, in the order of its call"},
    [GRANT_ALLOTTED] = {"allotted", "has its money; what is not needed is released"},
    [GRANT_RELEASED] = {"released", "gave its money back"},
    [GRANT_WITHDRAWN] = {"withdrawn", "gave up its place before it had anything"},
};

const char *grant_state_code(uint32_t state)
{
    return state && state < GRANT_STATES ? states[state].code : "unknown";
}

const char *grant_state_sentence(uint32_t state)
{
    return state && state < GRANT_STATES ? states[state].sentence : "";
}

uint32_t grant_state_find(const char *code)
{
    for (uint32_t i = GRANT_WAITING; i < GRANT_STATES; i++)
        if (strcmp(states[i].code, code) == 0)
            return i;
    return 0;
}

/* ---- kept --------------------------------------------------------------------------------------
 */

static uint32_t *last_of(Peregrin__Numbers *numbers)
{
    return &numbers->grants;
}

/* Who waits has nothing yet, and who has something knows where it came from. */
static bool is_sound(const ProtobufCMessage *message, uint32_t number)
{
    const Peregrin__Grant *grant = (const Peregrin__Grant *)message;
    return grant->number == number && grant->own && grant->call && grant->state &&
           grant->state < GRANT_STATES && grant->asked <= ENVELOPE_CENTS_MAX &&
           (grant->state == GRANT_ALLOTTED) == (grant->cents > 0) &&
           grant->cents <= ENVELOPE_CENTS_MAX && (!grant->cents || grant->envelope);
}

const struct numbered grant_numbered = {
    .prefix = "grant/",
    .type = &peregrin__grant__descriptor,
    .last = last_of,
    .sound = is_sound,
};

/* Names are in the order in which grants are allotted. */
static void queue_name(const Peregrin__Call *call, const Peregrin__Grant *grant,
                       char out[static NAME_SIZE])
{
    bool groups = call->order == CALL_BY_GROUP || call->order == CALL_BY_POINTS;
    uint32_t group = groups ? grant->group : 0;
    uint32_t points = grant->points < POINTS_MAX ? grant->points : POINTS_MAX;
    snprintf(out, NAME_SIZE, "grant-queue/%010u/%03u/%06u/%010u", call->number, group,
             call->order == CALL_BY_POINTS ? POINTS_MAX - points : 0, grant->number);
}

static enum fault put(struct store *store, const Peregrin__Grant *grant, struct arena *arena)
{
    return numbered_put(store, &grant_numbered, grant->number, &grant->base, arena);
}

enum fault grant_get(struct store *store, uint32_t number, struct arena *arena,
                     Peregrin__Grant **out)
{
    ProtobufCMessage *found;
    TRY(numbered_get(store, &grant_numbered, number, arena, &found));
    *out = (Peregrin__Grant *)found;
    return FAULT_NONE;
}

enum fault grant_queue(struct store *store, uint32_t call, size_t max, struct arena *arena,
                       Peregrin__Grant ***out, size_t *count)
{
    char queue[NAME_SIZE];
    struct store_value *values;
    snprintf(queue, sizeof queue, "grant-queue/%010u/", call);
    TRY(store->value_list(store, queue, NULL, max, arena, &values, count));
    *out = arena_take_array(arena, *count + 1, sizeof **out);
    if (!*out)
        return FAULT_MEMORY;
    for (size_t i = 0; i < *count; i++) {
        const char *number = strrchr(values[i].name, '/') + 1;
        TRY(grant_get(store, (uint32_t)strtoul(number, NULL, 10), arena, &(*out)[i]));
        if (!(*out)[i] || (*out)[i]->state != GRANT_WAITING || (*out)[i]->call != call)
            return FAULT_CORRUPT;
    }
    return FAULT_NONE;
}

/* ---- applying ----------------------------------------------------------------------------------
 */

enum fault grant_apply(struct store *store, const Peregrin__Call *call, Peregrin__Grant *grant,
                       struct arena *arena)
{
    char name[NAME_SIZE];
    assert(store->inside(store));
    TRY(numbered_next(store, &grant_numbered, arena, &grant->number));
    grant->has_number = grant->has_call = grant->has_state = grant->has_changed_at = true;
    grant->call = call->number;
    grant->state = GRANT_WAITING;
    grant->changed_at = grant->at;
    queue_name(call, grant, name);
    TRY(store->value_put(store, name, bytes_text("w")));
    return put(store, grant, arena);
}

enum fault grant_change(struct store *store, const Peregrin__Call *call,
                        const Peregrin__Grant *before, Peregrin__Grant *after, struct arena *arena)
{
    char name[NAME_SIZE];
    assert(before->state == GRANT_WAITING && after->state == GRANT_WAITING);
    assert(before->number == after->number && before->call == after->call);
    queue_name(call, before, name);
    TRY(store->value_remove(store, name));
    queue_name(call, after, name);
    TRY(store->value_put(store, name, bytes_text("w")));
    return put(store, after, arena);
}

/* ---- money -------------------------------------------------------------------------------------
 */

enum fault grant_plan(struct store *store, const Peregrin__Call *call,
                      const Peregrin__Envelope *envelope, size_t max, struct arena *arena,
                      Peregrin__Grant ***out, size_t *count, uint64_t *rest)
{
    size_t waiting;
    TRY(grant_queue(store, call->number, max, arena, out, &waiting));
    *rest = envelope_balance(envelope);
    for (*count = 0; *count < waiting && (*out)[*count]->asked <= *rest; ++*count)
        *rest -= (*out)[*count]->asked;
    if (*count == waiting)
        (*out)[waiting] = NULL;
    return FAULT_NONE;
}

static enum fault settle(struct store *store, Peregrin__Grant *grant, enum grant_state state,
                         const struct grant_act *act, struct arena *arena)
{
    grant->state = state;
    grant->has_cents = true;
    grant->changed_at = act->at;
    return put(store, grant, arena);
}

enum fault grant_allot(struct store *store, const Peregrin__Call *call, Peregrin__Grant *grant,
                       Peregrin__Envelope *envelope, uint64_t cents, const struct grant_act *act,
                       struct arena *arena, bool *fits)
{
    char name[NAME_SIZE];
    const struct envelope_movement movement = {ENVELOPE_ALLOTTED, cents,   act->at,
                                               grant->number,     act->by, act->reason};
    assert(grant->state == GRANT_WAITING);
    TRY(envelope_move(store, envelope, &movement, arena, fits));
    if (!*fits)
        return FAULT_NONE;
    queue_name(call, grant, name);
    TRY(store->value_remove(store, name));
    grant->cents = cents;
    grant->has_envelope = true;
    grant->envelope = envelope->number;
    return settle(store, grant, GRANT_ALLOTTED, act, arena);
}

enum fault grant_release(struct store *store, Peregrin__Grant *grant, uint64_t cents,
                         const struct grant_act *act, struct arena *arena,
                         Peregrin__Envelope **envelope)
{
    const struct envelope_movement movement = {ENVELOPE_RELEASED, cents,   act->at,
                                               grant->number,     act->by, act->reason};
    bool fits;
    assert(grant->state == GRANT_ALLOTTED && cents > 0 && cents <= grant->cents);
    TRY(envelope_get(store, grant->envelope, arena, envelope));
    if (!*envelope)
        return FAULT_CORRUPT;
    TRY(envelope_move(store, *envelope, &movement, arena, &fits));
    if (!fits)
        return FAULT_CORRUPT;
    grant->cents -= cents;
    return settle(store, grant, grant->cents ? GRANT_ALLOTTED : GRANT_RELEASED, act, arena);
}

enum fault grant_return(struct store *store, const Peregrin__Call *call, Peregrin__Grant *grant,
                        const struct grant_act *act, struct arena *arena)
{
    char name[NAME_SIZE];
    assert(grant->state == GRANT_RELEASED || grant->state == GRANT_WITHDRAWN);
    queue_name(call, grant, name);
    TRY(store->value_put(store, name, bytes_text("w")));
    grant->has_envelope = false;
    grant->envelope = 0;
    return settle(store, grant, GRANT_WAITING, act, arena);
}

enum fault grant_withdraw(struct store *store, const Peregrin__Call *call, Peregrin__Grant *grant,
                          const struct grant_act *act, struct arena *arena)
{
    char name[NAME_SIZE];
    assert(grant->state == GRANT_WAITING);
    queue_name(call, grant, name);
    TRY(store->value_remove(store, name));
    return settle(store, grant, GRANT_WITHDRAWN, act, arena);
}
