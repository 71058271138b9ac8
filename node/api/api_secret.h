/* Passwords and dice for the routes that need them. */
#pragma once

#include "admin/user.h"
#include "api/api_call.h"

void api_secret_dice(const struct api_call *call, uint8_t *out, size_t size);

/* A hash that a route waits for; a route with two of them numbers them. False: it comes later, or
 * not at all: both are said in the reply. */
struct api_secret_work {
    unsigned step;
    const char *text;
    struct password_salt *salt; /* of work that was begun before: the one that it was begun with */
};
bool api_secret_derive(const struct api_call *call, struct api_reply *reply,
                       const struct api_secret_work *work, struct password_hash *out);

/* Wipes a text of the request, once it is used; NULL: fine. */
void api_secret_forget(json_t *text);

/* False, with the reason, for one that is guessed at once. */
bool api_secret_password_fits(const struct api_call *call, struct api_reply *reply,
                              const char *text, const char *name);

/* Hashes it, keeps it with the user, and ends the user's sessions. The route is slow: it may be
 * refused or come later. */
enum fault api_secret_set_password(const struct api_call *call, struct api_reply *reply,
                                   Peregrin__User *user, const char *text);
