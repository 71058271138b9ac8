#include "api/api_call.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

bool api_call_refused(const struct api_reply *reply)
{
    return reply->problem.code != NULL;
}

bool api_call_refuse(struct api_reply *reply, enum verdict verdict, const char *field)
{
    reply->problem = problem_of_verdict(verdict, field);
    return false;
}

bool api_call_usage(struct api_reply *reply, const char *message, const char *hint,
                    const char *field)
{
    reply->problem = problem_of_usage(message, hint, field);
    return false;
}

bool api_call_explain(struct api_reply *reply, enum verdict verdict, const char *message,
                      const char *hint, const char *field)
{
    reply->problem = problem_of_verdict(verdict, field);
    reply->problem.message = message;
    reply->problem.hint = hint;
    return false;
}

/* ---- what came in ---------------------------------------------------------------------------- */

static const char *path_join(const struct api_call *call, const char *path, const char *name)
{
    return *path ? arena_format(call->arena, "%s.%s", path, name) : name;
}

static bool names_known(const struct api_call *call, struct api_reply *reply, json_t *object,
                        const char *path, const struct api_call_field *fields, size_t count)
{
    const char *name;
    json_t *value;
    json_object_foreach(object, name, value)
    {
        size_t row = 0;
        while (row < count && strcmp(fields[row].name, name) != 0)
            row++;
        if (row < count)
            continue;
        /* The name came from outside: it is said again only where it looks like a name of ours. */
        size_t length = strspn(name, "abcdefghijklmnopqrstuvwxyz_");
        bool ours = length > 0 && length <= STORE_NAME_MAX && !name[length];
        const char *copy = ours ? arena_text(call->arena, bytes_text(name)) : NULL;
        const char *field = copy ? path_join(call, path, copy) : *path ? path : NULL;
        return api_call_usage(reply, "the request has a field that is not known here",
                              "see the routes and their fields at /api/v1/", field);
    }
    return true;
}

static bool type_fits(const json_t *value, enum api_call_type type)
{
    switch (type) {
    case API_CALL_TEXT: return json_is_string(value);
    case API_CALL_BOOLEAN: return json_is_boolean(value);
    case API_CALL_NUMBER: return json_is_integer(value);
    case API_CALL_LIST: return json_is_array(value);
    case API_CALL_OBJECT: return json_is_object(value);
    }
    return false;
}

bool api_call_fields(const struct api_call *call, struct api_reply *reply, json_t *object,
                     const char *path, const struct api_call_field *fields, size_t count,
                     json_t *values[])
{
    static const char *const wanted[] = {
        [API_CALL_TEXT] = "give text here",
        [API_CALL_BOOLEAN] = "give true or false here",
        [API_CALL_NUMBER] = "give a whole number here",
        [API_CALL_LIST] = "give a list here",
        [API_CALL_OBJECT] = "give an object here",
    };
    if (!json_is_object(object))
        return api_call_usage(reply, "the request is not a JSON object", wanted[API_CALL_OBJECT],
                              *path ? path : NULL);
    if (!names_known(call, reply, object, path, fields, count))
        return false;
    for (size_t i = 0; i < count; i++) {
        json_t *value = json_object_get(object, fields[i].name);
        values[i] = json_is_null(value) ? NULL : value;
        if (!values[i] && fields[i].needed)
            return api_call_usage(reply, "the request lacks a field", wanted[fields[i].type],
                                  path_join(call, path, fields[i].name));
        if (values[i] && !type_fits(values[i], fields[i].type))
            return api_call_usage(reply, "a field is of another type", wanted[fields[i].type],
                                  path_join(call, path, fields[i].name));
    }
    return true;
}

const char *api_call_query(const struct api_call *call, const char *name)
{
    for (size_t i = 0; i < call->request->query_count; i++)
        if (strcmp(call->request->query[i].name, name) == 0)
            return call->request->query[i].value;
    return NULL;
}

bool api_call_query_number(const struct api_call *call, struct api_reply *reply, const char *name,
                           size_t otherwise, size_t max, size_t *out)
{
    const char *text = api_call_query(call, name);
    *out = otherwise;
    if (!text)
        return true;
    size_t digits = strspn(text, "0123456789");
    unsigned long long number =
        digits && digits < 10 && !text[digits] ? strtoull(text, NULL, 10) : 0;
    if (number == 0 || number > max)
        return api_call_usage(reply, "a number in the query is out of its range",
                              arena_format(call->arena, "give 1 to %zu", max), name);
    *out = (size_t)number;
    return true;
}

/* ---- what goes out --------------------------------------------------------------------------- */

enum fault api_call_put(struct api_reply *reply, const char *name, json_t *value)
{
    return json_object_set_new(reply->json, name, value) == 0 ? FAULT_NONE : FAULT_MEMORY;
}

enum fault api_call_append(json_t *list, json_t *value)
{
    return json_array_append_new(list, value) == 0 ? FAULT_NONE : FAULT_MEMORY;
}

enum fault api_call_list(struct api_reply *reply, const char *name, json_t **list)
{
    *list = json_array();
    return api_call_put(reply, name, *list);
}

json_t *api_call_time(struct instant at)
{
    char text[INSTANT_TEXT_SIZE];
    if (at.us == 0)
        return json_null();
    instant_text(at, text);
    return json_string(text);
}

json_t *api_call_seconds(uint64_t seconds)
{
    const uint64_t year_9999 = 253402300799;
    if (seconds > year_9999)
        return json_null();
    return api_call_time((struct instant) {(int64_t)seconds * INSTANT_SECOND});
}

json_t *api_call_text(const char *text)
{
    return text ? json_string(text) : json_null();
}

const char *api_call_dossier_text(const struct api_call *call, const struct header_dossier *dossier)
{
    char *text = arena_take(call->arena, HEADER_DOSSIER_TEXT);
    if (text)
        header_dossier_text(dossier, text);
    return text;
}

/* ---- who ------------------------------------------------------------------------------------- */

bool api_call_sees(const struct api_call *call, const char *own)
{
    return call->who.way != API_WHO_NOBODY && scope_sees(&call->who.scope, own);
}

bool api_call_sees_unit(const struct api_call *call, const char *own, const char *unit)
{
    return call->who.way != API_WHO_NOBODY && scope_holds(&call->who.scope, own, unit);
}

bool api_call_whole(const struct api_call *call, struct api_reply *reply, const char *own)
{
    return (call->who.way != API_WHO_NOBODY && scope_is_whole(&call->who.scope, own)) ||
           api_call_explain(reply, VERDICT_NOT_PERMITTED,
                            "this binds the institution, and your user acts for a unit of it",
                            "ask who acts for the institution as a whole", NULL);
}

enum fault api_call_sees_row(const struct api_call *call, const char *own,
                             const struct store_dossier *row, bool *sees)
{
    struct arena_mark mark = arena_mark(call->arena);
    *sees = false;
    if (call->who.way == API_WHO_NOBODY)
        return FAULT_NONE;
    TRY(scope_holds_dossier(&call->who.scope, call->api->store, own, row, call->arena, sees));
    arena_rewind(call->arena, mark);
    return FAULT_NONE;
}

enum fault api_call_sees_place(const struct api_call *call, const char *own,
                               const struct store_place *place, bool *sees)
{
    struct store_dossier row;
    bool found;
    *sees = api_call_sees(call, own);
    if (!*sees || scope_is_whole(&call->who.scope, own))
        return FAULT_NONE;
    TRY(call->api->store->dossier_get(call->api->store, place, &found, &row));
    return found ? api_call_sees_row(call, own, &row, sees) : FAULT_NONE;
}

enum fault api_call_pair_list(const struct api_call *call, struct store_pair **pairs, size_t *count)
{
    struct store *store = call->api->store;
    struct store_pair *all;
    size_t total, kept = 0;
    TRY(store->pair_list(store, call->arena, &all, &total));
    for (size_t i = 0; i < total; i++)
        if (api_call_sees(call, all[i].own))
            all[kept++] = all[i];
    *pairs = all;
    *count = kept;
    return FAULT_NONE;
}

bool api_call_partner(const struct api_call *call, size_t *index, struct engine_partner *out)
{
    const struct api_port *port = &call->api->port;
    while (port->partner(port->self, *index, out)) {
        ++*index;
        if (api_call_sees(call, out->own))
            return true;
    }
    return false;
}

bool api_call_is_own(const struct api *api, const struct catalogue_institution *institution)
{
    return strcmp(api->catalogue->nodes[institution->node].id, api->node) == 0;
}

bool api_call_own(const struct api_call *call, struct api_reply *reply, const char *name,
                  const char **own)
{
    const struct catalogue *catalogue = call->api->catalogue;
    const struct catalogue_institution *found = NULL;
    size_t count = 0;
    bool hidden = false;
    for (size_t i = 0; i < catalogue->institution_count; i++) {
        const struct catalogue_institution *institution = &catalogue->institutions[i];
        if (!api_call_is_own(call->api, institution))
            continue;
        if (!api_call_sees(call, institution->schac)) {
            hidden = hidden || (name && strcmp(institution->schac, name) == 0);
            continue;
        }
        if (name && strcmp(institution->schac, name) != 0)
            continue;
        found = institution;
        count++;
    }
    if (hidden)
        return api_call_explain(reply, VERDICT_NOT_PERMITTED,
                                "your user does not speak for this institution",
                                "ask an administrator to add it to your units", "own");
    if (count == 0)
        return api_call_refuse(reply, VERDICT_NOT_ADDRESSED, "own");
    if (count > 1)
        return api_call_usage(reply, "this node serves several institutions",
                              "name the one that speaks in `own`", "own");
    *own = found->schac;
    return true;
}

static int pair_order(const void *left, const void *right)
{
    const struct store_pair *one = left, *other = right;
    return (one->pair > other->pair) - (one->pair < other->pair);
}

enum fault api_call_pairs(const struct api_call *call, struct api_reply *reply,
                          struct store_pair **pairs, size_t *count)
{
    const char *partner = api_call_query(call, "partner");
    struct store_pair *all;
    size_t kept = 0, total;
    TRY(api_call_pair_list(call, &all, &total));
    for (size_t i = 0; i < total; i++)
        if (!partner || strcmp(all[i].partner, partner) == 0)
            all[kept++] = all[i];
    if (partner && kept == 0 && !catalogue_party(call->api->catalogue, partner))
        api_call_refuse(reply, VERDICT_UNKNOWN, "partner");
    if (kept)
        qsort(all, kept, sizeof *all, pair_order);
    *pairs = all;
    *count = kept;
    return FAULT_NONE;
}
