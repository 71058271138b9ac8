#include "api/api.h"

#include "api/api_replay.h"
#include "api/api_routes.h"
#include "report/json_text.h"

#include <assert.h>
#include <string.h>
#include <strings.h>

static api_call_route show_index;

/* One row for each route. `query` names the parameters that it takes. A route that writes gets the
 * group's transaction; one that replays answers an idempotency key by what it said before. The
 * routes that submit a single record leave the key to the engine, which keeps it beside the record.
 */
static const struct route {
    struct api_row row;
    api_call_route *serve;
    const char *query;
    bool writes, replays;
} routes[] = {
    {{"GET", "/api/v1/", "what this API has"}, .serve = show_index},
    {{"GET", "/api/v1/status", "the node on one screen"}, .serve = api_status_show},
    {{"GET", "/api/v1/partners", "how it stands with each partner"}, .serve = api_partner_list},
    {{"POST", "/api/v1/partners/{schac}/ping", "ask a partner's node for a sign of life"},
     .serve = api_partner_ping,
     .writes = true},
    {{"POST", "/api/v1/imports", "check a list of nominations, and keep it as drafts"},
     .serve = api_import_run,
     .writes = true,
     .replays = true},
    {{"GET", "/api/v1/drafts", "nominations that were imported and not sent"},
     .serve = api_draft_list,
     .query = "after limit"},
    {{"DELETE", "/api/v1/drafts/{number}", "forget a draft"},
     .serve = api_draft_remove,
     .writes = true,
     .replays = true},
    {{"POST", "/api/v1/nominations/send", "sign and send drafts, chosen ones or all"},
     .serve = api_draft_send,
     .writes = true,
     .replays = true},
    {{"POST", "/api/v1/nominations", "nominate one student"},
     .serve = api_submit_nomination,
     .writes = true},
    {{"POST", "/api/v1/nominations/batch", "nominate up to 200 students of one partner"},
     .serve = api_submit_batch,
     .writes = true},
    {{"GET", "/api/v1/nominations", "nominations in both directions"},
     .serve = api_nomination_list,
     .query = "direction state partner after limit"},
    {{"GET", "/api/v1/nominations/{dossier}", "one dossier with all its records"},
     .serve = api_nomination_show,
     .query = "opener"},
    {{"POST", "/api/v1/nominations/{dossier}/decision", "accept or refuse, as the host"},
     .serve = api_submit_decision,
     .query = "opener",
     .writes = true},
    {{"POST", "/api/v1/nominations/{dossier}/withdrawal", "take a nomination back, as the home"},
     .serve = api_submit_withdrawal,
     .query = "opener",
     .writes = true},
    {{"POST", "/api/v1/nominations/{dossier}/amendment", "correct or change it, as the home"},
     .serve = api_submit_amendment,
     .query = "opener",
     .writes = true},
    {{"POST", "/api/v1/nominations/{dossier}/transcript", "issue the transcript, as the host"},
     .serve = api_submit_transcript,
     .query = "opener",
     .writes = true},
    {{"GET", "/api/v1/transcripts", "transcripts in both directions"},
     .serve = api_transcript_list,
     .query = "direction partner after limit"},
    {{"GET", "/api/v1/records/{dossier}/{lane}.{index}", "one record with its seal and receipt"},
     .serve = api_record_show,
     .query = "opener id"},
    {{"GET", "/api/v1/records/{dossier}/{lane}.{index}/evidence", "a file that proves the record"},
     .serve = api_record_evidence,
     .query = "opener id armour"},
    {{"GET", "/api/v1/outbox", "what partners have not yet taken"},
     .serve = api_outbox_list,
     .query = "partner after limit"},
    {{"GET", "/api/v1/audit", "read every record again and check it"},
     .serve = api_audit_run,
     .query = "after max"},
};

enum { ROUTE_COUNT = sizeof routes / sizeof *routes };

const struct api_row *api_row(size_t row)
{
    return row < ROUTE_COUNT ? &routes[row].row : NULL;
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
static const struct route *route_find(struct api_call *call, const char **allow)
{
    const struct route *best = NULL;
    int most_plain = 0;
    for (size_t i = 0; i < ROUTE_COUNT; i++) {
        const char *parameters[API_CALL_PARAMETERS] = {NULL};
        const struct api_row *row = &routes[i].row;
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
            best = &routes[i];
            memcpy(call->parameters, parameters, sizeof parameters);
        }
    }
    return best;
}

/* ---- is it a request at all --------------------------------------------------------------------
 */

static bool word_in(const char *words, const char *word)
{
    size_t length = strlen(word);
    for (const char *at = words; at && *at; at += strspn(at, " ")) {
        size_t size = strcspn(at, " ");
        if (length > 0 && size == length && strncmp(at, word, size) == 0)
            return true;
        at += size;
    }
    return false;
}

static bool query_fits(const struct api_call *call, const struct route *route,
                       struct api_reply *reply)
{
    const struct api_request *request = call->request;
    for (size_t i = 0; i < request->query_count; i++) {
        const char *name = request->query[i].name;
        if (!word_in(route->query, name))
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
    const char *message = place.line ? arena_format(call->arena, "no JSON at line %d, column %d",
                                                    place.line, place.column)
                                     : "the body is not a JSON object within the limits";
    return api_call_explain(reply, verdict, message, "see the routes at /api/v1/", NULL);
}

static bool request_fits(struct api_call *call, const struct route *route, struct api_reply *reply)
{
    return query_fits(call, route, reply) && key_fits(call, reply) &&
           (strcmp(route->row.method, "POST") != 0 || body_read(call, reply));
}

/* ---- serving -----------------------------------------------------------------------------------
 */

static enum fault serve(struct api_call *call, const struct route *route, struct api_reply *reply)
{
    if (!request_fits(call, route, reply))
        return FAULT_NONE;
    if (route->writes)
        TRY(call->api->port.begin(call->api->port.self));
    if (route->replays && call->request->idempotency_key)
        return api_replay_serve(call, route->serve, reply);
    return route->serve(call, reply);
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

enum fault api_serve(const struct api *api, const struct api_request *request, struct arena *arena,
                     struct api_response *response)
{
    assert(api->store && api->catalogue && request->method && request->path);
    struct api_call call = {.api = api, .request = request, .arena = arena};
    struct api_reply reply = {.status = 200, .json = json_pack("{s:i}", "schema", 1)};
    const char *allow = NULL;
    enum fault fault = reply.json ? FAULT_NONE : FAULT_MEMORY;
    *response = (struct api_response) {0};
    const struct route *route = route_find(&call, &allow);
    if (!route)
        refuse_path(allow, &reply);
    else if (!fault)
        fault = serve(&call, route, &reply);
    if (!fault)
        fault = answer(&call, &reply, response);
    /* Memory that ends in the middle of reading is the request's matter, not the node's. */
    if (fault == FAULT_MEMORY && !(route && route->writes)) {
        api_call_explain(&reply, VERDICT_TOO_LARGE, "the answer is larger than the limit",
                         "ask for fewer at a time with ?limit=", NULL);
        fault = answer(&call, &reply, response);
    }
    /* So is a row that cannot be read: others can, and an audit tells which. */
    if (fault == FAULT_CORRUPT && !route->writes) {
        reply.problem = problem_of_fault(fault);
        fault = answer(&call, &reply, response);
    }
    response->allow = route ? NULL : allow;
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
    TRY(api_call_list(reply, "routes", &list));
    for (size_t i = 0; i < ROUTE_COUNT; i++)
        TRY(api_call_append(list, json_pack("{s:s, s:s, s:s, s:s*, s:b}", "method",
                                            routes[i].row.method, "path", routes[i].row.pattern,
                                            "summary", routes[i].row.summary, "query",
                                            routes[i].query, "writes", routes[i].writes)));
    return FAULT_NONE;
}
