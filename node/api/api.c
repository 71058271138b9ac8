#include "api/api.h"

#include "admin/journal.h"
#include "admin/user.h"
#include "api/api_replay.h"
#include "api/api_routes.h"
#include "api/api_rule.h"
#include "api/api_who.h"
#include "base/words.h"
#include "report/json_text.h"

#include <assert.h>
#include <string.h>
#include <strings.h>

static api_call_route show_index;

static const struct api_route own_routes[] = {
    {
        .row = {"GET", "/api/v1/", "what this API has"},
        .needs = ROLE_NEED_NAME,
        .serve = show_index,
    },
    {},
};

/* In the order of `GET /api/v1/`: a new resource is a line here, one in api_routes.h and a table at
 * the end of its file. */
static const struct api_route *const tables[] = {
    own_routes,
    api_report_routes,
    api_openapi_routes,
    api_status_routes,
    api_partner_routes,
    api_import_routes,
    api_export_routes,
    api_draft_routes,
    api_nomination_routes,
    api_submit_routes,
    api_transcript_routes,
    api_stay_routes,
    api_hand_routes,
    api_handover_routes,
    api_deadline_routes,
    api_publish_routes,
    api_notice_routes,
    api_learning_routes,
    api_agreement_routes,
    api_agreement_say_routes,
    api_pact_routes,
    api_record_routes,
    api_outbox_routes,
    api_audit_routes,
    api_session_routes,
    api_user_routes,
    api_journal_routes,
    api_backup_routes,
    api_event_routes,
    api_webhook_routes,
    api_watch_routes,
    api_grade_routes,
    api_rule_routes,
    api_paper_routes,
    api_unit_routes,
    api_round_routes,
    api_envelope_routes,
    api_grant_routes,
    api_allot_routes,
    api_grant_import_routes,
    api_group_routes,
    api_target_routes,
};

enum { TABLES = sizeof tables / sizeof *tables };

const struct api_route *api_nth_route(size_t index)
{
    for (size_t i = 0; i < TABLES; i++)
        for (const struct api_route *route = tables[i]; route->row.method; route++)
            if (index-- == 0)
                return route;
    return NULL;
}

const struct api_row *api_row(size_t row)
{
    const struct api_route *route = api_nth_route(row);
    return route ? &route->row : NULL;
}

/* ---- which route ------------------------------------------------------------------------------
 */

/* How many plain segments match, plus one; 0: the path is another one. A segment in braces takes
 * any text that is not empty. */
static int path_match(const struct api_call *call, const char *pattern, const char *path,
                      const char *parameters[API_CALL_PARAMETERS])
{
    size_t taken = 0;
    int plain = 1;
    while (*pattern && *path) {
        size_t wanted = strcspn(pattern, "/"), given = strcspn(path, "/");
        if (*pattern == '{') {
            assert(taken < API_CALL_PARAMETERS);
            if (given == 0)
                return 0;
            parameters[taken] =
                arena_text(call->arena, (struct bytes) {(const uint8_t *)path, given});
            if (!parameters[taken++])
                return 0;
        } else if (wanted != given || strncmp(pattern, path, given) != 0) {
            return 0;
        } else {
            plain++;
        }
        pattern += wanted + (pattern[wanted] == '/');
        path += given + (path[given] == '/');
    }
    return *pattern || *path ? 0 : plain;
}

/* The best match by method; `allow` collects the methods of those that match as well. */
static const struct api_route *route_find(struct api_call *call, const char **allow)
{
    const struct api_route *best = NULL;
    int most_plain = 0;
    const struct api_route *route;
    for (size_t i = 0; (route = api_nth_route(i)); i++) {
        const char *parameters[API_CALL_PARAMETERS] = {NULL};
        const struct api_row *row = &route->row;
        int plain = path_match(call, row->pattern, call->request->path, parameters);
        if (plain == 0 || plain < most_plain)
            continue;
        if (plain > most_plain) {
            *allow = NULL;
            best = NULL;
        }
        most_plain = plain;
        *allow = *allow ? arena_format(call->arena, "%s, %s", *allow, row->method) : row->method;
        if (strcmp(row->method, call->request->method) == 0) {
            best = route;
            memcpy(call->parameters, parameters, sizeof parameters);
        }
    }
    return best;
}

/* ---- is it a request at all --------------------------------------------------------------------
 */

static bool query_fits(const struct api_call *call, const struct api_route *route,
                       struct api_reply *reply)
{
    const struct api_request *request = call->request;
    for (size_t i = 0; i < request->query_count; i++) {
        const char *name = request->query[i].name;
        if (!words_hold(route->query, name))
            return api_call_usage(reply, "the query has a parameter that is not known here",
                                  route->query ? route->query : "this route takes none", NULL);
        for (size_t j = 0; j < i; j++)
            if (strcmp(request->query[j].name, name) == 0)
                return api_call_usage(reply, "a parameter of the query stands there twice",
                                      "give each once", NULL);
    }
    return true;
}

static bool key_fits(const struct api_call *call, struct api_reply *reply)
{
    const char *key = call->request->idempotency_key;
    size_t length = key ? strlen(key) : 1;
    bool printable = true;
    for (const char *at = key; at && *at; at++)
        printable = printable && *at > ' ' && *at < 0x7F;
    if (length >= 1 && length <= API_KEY_MAX && printable)
        return true;
    return api_call_usage(reply, "the Idempotency-Key cannot be used",
                          "give 1 to 128 printable ASCII characters", NULL);
}

static bool type_is_json(const char *type)
{
    static const char json[] = "application/json";
    size_t length = sizeof json - 1;
    return type && strncasecmp(type, json, length) == 0 &&
           (type[length] == '\0' || type[length] == ';' || type[length] == ' ');
}

static bool body_read(struct api_call *call, struct api_reply *reply)
{
    const struct api_request *request = call->request;
    if (request->body.size == 0) {
        call->body = json_object();
        return call->body || api_call_refuse(reply, VERDICT_TOO_LARGE, NULL);
    }
    if (!type_is_json(request->content_type)) {
        api_call_usage(reply, "the request's body is not said to be JSON",
                       "send it with Content-Type: application/json", NULL);
        reply->problem.status = 415;
        return false;
    }
    struct json_text_place place;
    enum verdict verdict = json_text_read(request->body, &call->body, &place);
    if (verdict == VERDICT_FINE)
        return true;
    if (verdict == VERDICT_TOO_LARGE)
        return api_call_explain(reply, verdict, "the request's body is larger than the limit",
                                "send less at a time", NULL);
    /* No signed message is malformed here: it is the request that was written wrongly. */
    const char *message =
        place.line ? arena_format(call->arena, "the body is no JSON at line %d, column %d",
                                  place.line, place.column)
                   : "the body is JSON, but not an object";
    return api_call_usage(reply, message,
                          "send one JSON object in UTF-8, each name once, without NUL", NULL);
}

static bool request_fits(struct api_call *call, const struct api_route *route,
                         struct api_reply *reply)
{
    return query_fits(call, route, reply) && key_fits(call, reply) &&
           (strcmp(route->row.method, "POST") != 0 || body_read(call, reply));
}

/* ---- serving -----------------------------------------------------------------------------------
 */

static enum fault serve(struct api_call *call, const struct api_route *route,
                        struct api_reply *reply)
{
    if (route->writes)
        TRY(call->api->port.begin(call->api->port.self));
    if (!request_fits(call, route, reply))
        return FAULT_NONE;
    if (route->replays && call->request->idempotency_key)
        return api_replay_serve(call, route->serve, reply);
    return route->serve(call, reply);
}

/* The dossier or the user that it is about. Only what has the form of such a name: it came from
 * outside. */
static const char *journal_about(const struct api_call *call, const struct api_route *route,
                                 const struct api_reply *reply)
{
    struct header_dossier dossier;
    bool user = strncmp(route->row.pattern, "/api/v1/users", 13) == 0;
    const char *said = json_string_value(
        json_object_get(user ? call->body : reply->json, user ? "name" : "dossier"));
    const char *name = strchr(route->row.pattern, '{') ? call->parameters[0] : said;
    if (!name || (user && user_name_wrong(name)))
        return NULL;
    return user || header_dossier_from_text(bytes_text(name), &dossier) ? name : NULL;
}

/* What was changed, and what was tried in vain, in the same transaction. */
static enum fault journal(const struct api_call *call, const struct api_route *route,
                          const struct api_reply *reply)
{
    static const char *const ways[] = {
        [API_WHO_NOBODY] = "login", [API_WHO_OWNER] = "owner", [API_WHO_ACCOUNT] = "account",
        [API_WHO_PROXY] = "proxy",  [API_WHO_TOKEN] = "token", [API_WHO_SESSION] = "session",
    };
    const char *about = journal_about(call, route, reply);
    const char *user = reply->user ? reply->user : call->who.name;
    bool refused = api_call_refused(reply);
    Peregrin__Entry entry = PEREGRIN__ENTRY__INIT;
    TRY(call->api->port.begin(call->api->port.self));
    entry.has_at = true;
    entry.at = instant_seconds(call->request->now);
    entry.user = (char *)(user ? user : "");
    entry.way = (char *)ways[call->who.way];
    entry.method = (char *)route->row.method;
    entry.route = (char *)route->row.pattern;
    entry.about = (char *)about;
    entry.code = (char *)(refused ? reply->problem.code : "done");
    entry.has_status = true;
    entry.status = (uint32_t)(refused ? reply->problem.status : reply->status);
    return journal_add(call->api->store, &entry, call->arena);
}

/* A named user who may not has tried: that is kept as well. */
static enum fault serve_named(struct api_call *call, const struct api_route *route,
                              struct api_reply *reply)
{
    bool may = api_who_may(call, route, reply);
    bool tried = !may && route && route->writes && reply->problem.status == 403;
    if (!tried && (!may || !route))
        return FAULT_NONE;
    if (may)
        TRY(serve(call, route, reply));
    bool changed = route->writes || (route->slow && reply->user);
    return (tried || changed) && !reply->later_ms ? journal(call, route, reply) : FAULT_NONE;
}

/* Said when there is no memory even to say it. */
static const char plain_failure[] =
    "{\"error\":{\"code\":\"memory\",\"exit\":1,\"message\":\"the machine has no memory left\","
    "\"hint\":\"try again\"}}";

static void answer_problem(const struct api_request *request, const struct problem *problem,
                           struct arena *arena, struct api_response *response)
{
    json_t *object = json_pack("{s:o}", "error", problem_json(problem, request->correlation_id));
    struct bytes body = json_text_write(object, arena);
    json_decref(object);
    response->status = problem->status;
    response->content_type = "application/json";
    response->body = body.data ? body : bytes_text(plain_failure);
}

static enum fault answer(const struct api_call *call, const struct api_reply *reply,
                         struct api_response *response)
{
    if (api_call_refused(reply)) {
        answer_problem(call->request, &reply->problem, call->arena, response);
        return FAULT_NONE;
    }
    response->later_ms = reply->later_ms;
    response->mark = reply->mark;
    if (reply->later_ms > 0)
        return FAULT_NONE;
    struct bytes body = reply->raw_type ? reply->raw : json_text_write(reply->json, call->arena);
    if (!body.data)
        return FAULT_MEMORY;
    response->status = reply->status;
    response->content_type = reply->raw_type ? reply->raw_type : "application/json";
    response->body = body;
    return FAULT_NONE;
}

static void refuse_path(const char *allow, struct api_reply *reply)
{
    if (!allow) {
        api_call_explain(reply, VERDICT_NOT_FOUND, "there is nothing at this path",
                         "see the routes at /api/v1/", NULL);
        return;
    }
    api_call_usage(reply, "this path has no such method", allow, NULL);
    reply->problem.status = 405;
}

/* What needs no name is served to nobody in particular: an old cookie is no obstacle to a login. */
static enum fault serve_anyone(struct api_call *call, const struct api_route *route,
                               const char *allow, struct api_reply *reply)
{
    if (!route || !(route->needs & ROLE_NEED_NOTHING))
        TRY(api_who_find(call, reply));
    if (!api_call_refused(reply))
        TRY(serve_named(call, route, reply));
    if (!route && !api_call_refused(reply))
        refuse_path(allow, reply);
    return FAULT_NONE;
}

enum fault api_serve(const struct api *api, const struct api_request *request, struct arena *arena,
                     struct api_response *response)
{
    assert(api->store && api->catalogue && request->method && request->path);
    struct api_rule_memo rules = {0};
    struct api_call call = {.api = api, .request = request, .arena = arena, .rules = &rules};
    struct api_reply reply = {.status = 200, .json = json_pack("{s:i}", "schema", 1)};
    const char *allow = NULL;
    *response = (struct api_response) {0};
    const struct api_route *route = route_find(&call, &allow);
    bool writes = route && (route->writes || route->slow);
    enum fault fault = reply.json ? serve_anyone(&call, route, allow, &reply) : FAULT_MEMORY;
    if (!fault)
        fault = answer(&call, &reply, response);
    /* Memory that ends in the middle of reading is the request's matter, not the node's. */
    if (fault == FAULT_MEMORY && !writes) {
        api_call_explain(&reply, VERDICT_TOO_LARGE, "the answer is larger than the limit",
                         "ask for fewer at a time with ?limit=", NULL);
        fault = answer(&call, &reply, response);
    }
    /* So is a row that cannot be read: others can, and an audit tells which. */
    if (fault == FAULT_CORRUPT && !writes) {
        reply.problem = problem_of_fault(fault);
        fault = answer(&call, &reply, response);
    }
    response->allow = route ? NULL : allow;
    response->route = route ? route->row.pattern : NULL;
    response->cookie = reply.cookie;
    response->retry_s = reply.retry_s;
    response->ask_name = reply.ask_name;
    json_decref(call.body);
    json_decref(reply.json);
    return fault;
}

void api_fault(const struct api_request *request, enum fault fault, struct arena *arena,
               struct api_response *response)
{
    struct problem problem = problem_of_fault(fault);
    *response = (struct api_response) {0};
    answer_problem(request, &problem, arena, response);
}

static enum fault show_index(const struct api_call *, struct api_reply *reply)
{
    json_t *list;
    TRY(api_call_put(reply, "openapi", json_string("/api/v1/openapi.json")));
    TRY(api_call_list(reply, "routes", &list));
    const struct api_route *route;
    for (size_t i = 0; (route = api_nth_route(i)); i++)
        TRY(api_call_append(list,
                            json_pack("{s:s, s:s, s:s, s:s*, s:b}", "method", route->row.method,
                                      "path", route->row.pattern, "summary", route->row.summary,
                                      "query", route->query, "writes", route->writes)));
    return FAULT_NONE;
}
