/* links: base seal record grade trust wire rules channel stream eligibility store engine report
 * sheet elmo admin press plot figures api sim
 */
#include "admin/pass.h"
#include "admin/user.h"
#include "api/api.h"
#include "sim/world.h"

#include <assert.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

/* What a stranger writes into the headers by which we know people: Authorization, Cookie,
 * X-CSRF-Token, Origin, Sec-Fetch-Site, Host, one on each line. Whoever gets in without one of the
 * two secrets that are right has found a hole. */

enum { BUDGET = 4 * 1024 * 1024, HEADERS = 6, LINE_ROOM = 4096 };

static struct world *world;
static bool begun;

static enum fault begin(void *)
{
    struct store *store = world_store(world, 0);
    enum fault fault = begun ? FAULT_NONE : store->begin(store);
    begun = !fault;
    return fault;
}

static void reload(void *)
{
}

static bool partner(void *, size_t, struct engine_partner *)
{
    return false;
}

static bool counter(void *, size_t, struct engine_counter *)
{
    return false;
}

static void world_make(void)
{
    static const char *const names[] = {"helmo.be", "itg.be"};
    struct arena *arena = arena_open(BUDGET);
    Peregrin__User user = PEREGRIN__USER__INIT;
    Peregrin__Token token = PEREGRIN__TOKEN__INIT;
    Peregrin__Session session = PEREGRIN__SESSION__INIT;
    struct secret secret = {.kind = SECRET_TOKEN, .bytes = {1, 2, 3}};
    struct digest digest;
    world = world_open(1, names, 2);
    struct store *store = world_store(world, 0);
    user.name = token.user = session.user = token.name = (char *)"marta";
    user.has_roles = token.has_roles = token.has_expires_at = session.has_expires_at = true;
    user.roles = token.roles = 31;
    token.expires_at = session.expires_at = UINT32_MAX;
    enum fault fault = store->begin(store);
    fault = fault ? fault : user_put(store, &user, arena);
    secret_digest(&secret, &digest);
    fault = fault ? fault : pass_token_put(store, &digest, &token, arena);
    secret.kind = SECRET_SESSION;
    secret_digest(&secret, &digest);
    fault = fault ? fault : pass_session_put(store, &digest, &session, arena);
    fault = fault ? fault : store->commit(store);
    assert(!fault);
    arena_close(arena);
}

/* Whether the input has one of the secrets that are right. */
static bool knows(const char *text)
{
    struct secret secret = {.bytes = {1, 2, 3}};
    char right[SECRET_TEXT_LENGTH + 1];
    bool found = false;
    for (int kind = SECRET_TOKEN; kind < SECRET_KIND_COUNT; kind++) {
        secret.kind = (enum secret_kind)kind;
        secret_write(&secret, right);
        found = found || strstr(text, right);
    }
    return found;
}

static void headers_take(char *text, struct api_caller *caller)
{
    const char **headers[HEADERS] = {&caller->authorization, &caller->cookie,
                                     &caller->csrf_token,    &caller->origin,
                                     &caller->fetch_site,    &caller->host};
    for (size_t i = 0; i < HEADERS && text; i++) {
        char *end = strchr(text, '\n');
        if (end)
            *end++ = '\0';
        if (*text)
            *headers[i] = text;
        text = end;
    }
}

/* The session's twin in hexadecimal, by which a page of ours shows that it was the one that asked.
 */
static bool is_twin(const char *text)
{
    const struct secret secret = {.kind = SECRET_SESSION, .bytes = {1, 2, 3}};
    struct digest twin;
    char right[2 * DIGEST_SIZE + 1];
    secret_twin(&secret, &twin);
    sodium_bin2hex(right, sizeof right, twin.bytes, DIGEST_SIZE);
    return text && strcasecmp(text, right) == 0;
}

static bool is_same_site(const char *said)
{
    return !said || strcmp(said, "same-origin") == 0 || strcmp(said, "none") == 0;
}

static int ask(const char *method, const struct api_caller *caller)
{
    struct arena *arena = arena_open(BUDGET);
    struct api_response response;
    struct api api = {
        .store = world_store(world, 0),
        .catalogue = world_catalogue(world),
        .node = "node.helmo.be",
        .version = "fuzz",
        .port = {.begin = begin, .reload = reload, .partner = partner, .counter = counter}};
    struct api_request request = {
        .method = method, .path = "/api/v1/session", .now = world_now(world), .caller = *caller};
    enum fault fault = api_serve(&api, &request, arena, &response);
    assert(!fault);
    assert(response.status == 204 || response.body.size > 0);
    /* A token that was used writes the day: that is undone, so that each input finds the same. */
    if (begun)
        api.store->rollback(api.store);
    begun = false;
    arena_close(arena);
    return response.status;
}

/* The cookie alone changes nothing: a browser sends it whoever made it ask. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char text[LINE_ROOM] = "";
    if (!world)
        world_make();
    if (size >= sizeof text)
        return 0;
    memcpy(text, data, size);
    bool right = knows(text);
    struct api_caller caller = {.address = "192.0.2.1", .secure = size & 1};
    headers_take(text, &caller);
    int status = ask("GET", &caller);
    assert(status == 401 || (right && status == 200));
    status = ask("DELETE", &caller);
    bool ours = is_twin(caller.csrf_token) && is_same_site(caller.fetch_site);
    assert(status >= 400 || (right && (ours || caller.authorization)));
    return 0;
}
