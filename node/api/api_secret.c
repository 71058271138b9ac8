#include "api/api_secret.h"

#include "admin/pass.h"

#include <assert.h>
#include <string.h>

enum { LATER_MS = 5000, DICE_SIZE = 32 };

void api_secret_dice(const struct api_call *call, uint8_t *out, size_t size)
{
    uint8_t dice[DICE_SIZE];
    assert(size <= sizeof dice);
    call->api->guard.dice(call->api->guard.self, dice);
    memcpy(out, dice, size);
    explicit_bzero(dice, sizeof dice);
}

void api_secret_forget(json_t *text)
{
    if (text)
        explicit_bzero((void *)(uintptr_t)json_string_value(text), json_string_length(text));
}

bool api_secret_derive(const struct api_call *call, struct api_reply *reply,
                       const struct api_secret_work *work, struct password_hash *out)
{
    const struct api_guard *guard = &call->api->guard;
    const uint64_t number = call->request->number << 1 | work->step;
    struct bytes text = bytes_text(work->text);
    if (text.size > PASSWORD_TEXT_MAX)
        text.size = PASSWORD_TEXT_MAX; /* no password is so long: it will not fit */
    switch (guard->derive(guard->self, number, text, work->salt, out)) {
    case API_SLOW_DONE: return true;
    case API_SLOW_LATER:
        reply->later_ms = LATER_MS;
        reply->mark = 1;
        return false;
    case API_SLOW_BUSY:
        api_call_explain(reply, VERDICT_UNAVAILABLE, "too many passwords are being checked",
                         "try again in a moment", NULL);
        reply->retry_s = 1;
        return false;
    case API_SLOW_FAILED: break;
    }
    return api_call_explain(reply, VERDICT_UNAVAILABLE, "the password cannot be checked just now",
                            "the machine needs 64 MiB of memory for it; try again", NULL);
}

bool api_secret_password_fits(const struct api_call *call, struct api_reply *reply,
                              const char *text, const char *name)
{
    (void)call;
    const char *wrong = user_password_wrong(text, name);
    return !wrong || api_call_explain(reply, VERDICT_INVALID, "the password cannot be used", wrong,
                                      "password");
}

enum fault api_secret_set_password(const struct api_call *call, struct api_reply *reply,
                                   Peregrin__User *user, const char *text)
{
    struct password_salt salt = {.passes = PASSWORD_PASSES, .memory_kib = PASSWORD_MEMORY_KIB};
    struct password_hash hash;
    struct api_secret_work work = {1, text, &salt};
    struct store *store = call->api->store;
    api_secret_dice(call, salt.bytes, sizeof salt.bytes);
    if (!api_secret_derive(call, reply, &work, &hash))
        return FAULT_NONE;
    TRY(call->api->port.begin(call->api->port.self));
    user->has_salt = user->has_hash = user->has_passes = user->has_memory_kib = true;
    user->salt = (ProtobufCBinaryData) {sizeof salt.bytes, salt.bytes};
    user->hash = (ProtobufCBinaryData) {sizeof hash.bytes, hash.bytes};
    user->passes = salt.passes;
    user->memory_kib = salt.memory_kib;
    user->has_password_at = true;
    user->password_at = instant_seconds(call->request->now);
    TRY(user_put(store, user, call->arena));
    TRY(pass_remove_all(store, user->name, PASS_SESSIONS, call->arena));
    reply->user = call->who.name;
    return api_call_put(reply, "user", json_string(user->name));
}
