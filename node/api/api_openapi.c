#include "api/api_routes.h"
#include "api/api_schema.h"
#include "record.pb-c.h"
#include "record/kind.h"
#include "report/json_record.h"

#include <assert.h>
#include <string.h>

/* The OpenAPI document, made from the tables of routes and shapes and from the descriptors of the
 * records: what is served is what is described. Nothing here can be refused; NULL is always memory.
 */

enum { CODES_MAX = 64, NAME_SIZE = 64 };

/* Takes both references; frees them where it fails, and then gives NULL. */
enum { TYPE_MAX = 64 };

static json_t *with(json_t *object, const char *name, json_t *value)
{
    if (json_object_set_new(object, name, value) == 0)
        return object;
    json_decref(object);
    return NULL;
}

static json_t *reference(const char *name)
{
    return json_pack("{s:s++}", "$ref", "#/components/schemas/", name, "");
}

static json_t *or_null(json_t *schema)
{
    return json_pack("{s:[o, {s:s}]}", "anyOf", schema, "type", "null");
}

/* ---- shapes ------------------------------------------------------------------------------------
 */

static json_t *plain_type(const char *type)
{
    if (strcmp(type, "text") == 0)
        return json_pack("{s:s}", "type", "string");
    if (strcmp(type, "time") == 0)
        return json_pack("{s:s, s:s}", "type", "string", "format", "date-time");
    if (strcmp(type, "int") == 0)
        return json_pack("{s:s}", "type", "integer");
    if (strcmp(type, "yes") == 0)
        return json_pack("{s:s}", "type", "boolean");
    if (strcmp(type, "word") == 0)
        return json_pack("{s:[s, s]}", "type", "string", "integer");
    if (strcmp(type, "count") == 0)
        return json_pack("{s:s, s:{s:s}}", "type", "object", "additionalProperties", "type",
                         "integer");
    return reference(type);
}

/* `[Event]`, `text?`; cut to pieces in place. */
static json_t *type_schema(char *type)
{
    size_t size = strlen(type);
    bool nullable = type[size - 1] == '?';
    if (nullable)
        type[--size] = '\0';
    json_t *schema;
    if (type[0] == '[') {
        assert(type[size - 1] == ']');
        type[size - 1] = '\0';
        schema = json_pack("{s:s, s:o}", "type", "array", "items", plain_type(type + 1));
    } else {
        schema = plain_type(type);
    }
    return nullable ? or_null(schema) : schema;
}

/* Adds the rows `NAME:TYPE` to what an object may and must have. */
static bool fields_add(const char *fields, json_t *properties, json_t *required)
{
    while (*(fields += strspn(fields, " "))) {
        char field[NAME_SIZE];
        size_t size = strcspn(fields, " ");
        assert(size < sizeof field);
        memcpy(field, fields, size);
        field[size] = '\0';
        fields += size;
        char *type = strchr(field, ':');
        assert(type);
        *type++ = '\0';
        size_t name = strlen(field);
        bool optional = field[name - 1] == '~';
        if (optional)
            field[name - 1] = '\0';
        if (json_object_set_new(properties, field, type_schema(type)) != 0 ||
            (!optional && json_array_append_new(required, json_string(field)) != 0))
            return false;
    }
    return true;
}

/* ---- records -----------------------------------------------------------------------------------
 */

/* Codes that people know go as words; a number without one stays a number. */
static json_t *number_schema(const ProtobufCMessageDescriptor *type, const char *field)
{
    char word[JSON_RECORD_WORD];
    json_t *words = json_array();
    for (uint64_t code = 0; words && code < CODES_MAX; code++)
        if (json_record_word(type, field, code, word))
            json_array_append_new(words, json_string(word));
    if (json_array_size(words) > 0)
        return json_pack("{s:[{s:o}, {s:s}]}", "anyOf", "enum", words, "type", "integer");
    json_decref(words);
    return json_pack("{s:s, s:i}", "type", "integer", "minimum", 0);
}

static json_t *field_schema(const ProtobufCMessageDescriptor *type,
                            const ProtobufCFieldDescriptor *field)
{
    json_t *schema;
    switch (field->type) {
    case PROTOBUF_C_TYPE_MESSAGE:
        schema = reference(((const ProtobufCMessageDescriptor *)field->descriptor)->short_name);
        break;
    case PROTOBUF_C_TYPE_STRING: schema = json_pack("{s:s}", "type", "string"); break;
    case PROTOBUF_C_TYPE_BYTES:
        schema = json_pack("{s:s, s:s}", "type", "string", "pattern", "^([0-9a-f]{2})*$");
        break;
    case PROTOBUF_C_TYPE_BOOL: schema = json_pack("{s:s}", "type", "boolean"); break;
    default: schema = number_schema(type, field->name);
    }
    if (field->label == PROTOBUF_C_LABEL_REPEATED)
        return json_pack("{s:s, s:o}", "type", "array", "items", schema);
    return schema;
}

static bool message_fields(const ProtobufCMessageDescriptor *type, json_t *properties)
{
    for (unsigned i = 0; type && i < type->n_fields; i++)
        if (json_object_set_new(properties, type->fields[i].name,
                                field_schema(type, &type->fields[i])) != 0)
            return false;
    return true;
}

/* fields and message may be NULL. */
static json_t *object_schema(const char *fields, const ProtobufCMessageDescriptor *message)
{
    json_t *properties = json_object(), *required = json_array();
    bool done = properties && required && message_fields(message, properties) &&
                (!fields || fields_add(fields, properties, required));
    json_t *schema = json_pack("{s:s, s:o, s:o, s:b}", "type", "object", "properties", properties,
                               "required", required, "additionalProperties", 0);
    if (done)
        return schema;
    json_decref(schema);
    return NULL;
}

/* A message and all that stand in it. */
static bool message_add(json_t *schemas, const ProtobufCMessageDescriptor *type, bool itself)
{
    if (itself && json_object_get(schemas, type->short_name))
        return true;
    if (itself && json_object_set_new(schemas, type->short_name, object_schema(NULL, type)) != 0)
        return false;
    for (unsigned i = 0; i < type->n_fields; i++)
        if (type->fields[i].type == PROTOBUF_C_TYPE_MESSAGE &&
            !message_add(schemas, type->fields[i].descriptor, true))
            return false;
    return true;
}

/* The body of any kind of record. */
static bool bodies_add(json_t *schemas)
{
    size_t count;
    const struct kind *kinds = kind_all(&count);
    json_t *names = json_object(), *any = json_array();
    bool done = names && any;
    for (size_t i = 0; done && i < count; i++) {
        const char *name = kinds[i].body->short_name;
        done =
            message_add(schemas, kinds[i].body, true) &&
            (json_object_get(names, name) || (json_object_set_new(names, name, json_true()) == 0 &&
                                              json_array_append_new(any, reference(name)) == 0));
    }
    json_decref(names);
    return json_object_set_new(schemas, "Body", json_pack("{s:o}", "anyOf", any)) == 0 && done;
}

static json_t *schemas_all(void)
{
    json_t *schemas = json_object();
    bool done =
        schemas && bodies_add(schemas) && message_add(schemas, &peregrin__header__descriptor, true);
    for (const struct api_shape *row = api_shape_all; done && row->name; row++)
        done =
            (!row->message || message_add(schemas, row->message, false)) &&
            json_object_set_new(schemas, row->name, object_schema(row->fields, row->message)) == 0;
    if (done)
        return schemas;
    json_decref(schemas);
    return NULL;
}

/* ---- who ---------------------------------------------------------------------------------------
 */

/* The names are those of api_who.c; tests/e2e/openapi.py holds them against what is set. */
static json_t *schemes_all(void)
{
    return json_pack("{s:{s:s, s:s, s:s}, s:{s:s, s:s, s:s, s:s}, s:{s:s, s:s, s:s, s:s}, "
                     "s:{s:s, s:s, s:s, s:s}}",
                     "bearer", "type", "http", "scheme", "bearer", "description",
                     "a token of `peregrin user token`", "session", "type", "apiKey", "in",
                     "cookie", "name", "__Host-peregrin", "description",
                     "set by POST /api/v1/session where TLS is used", "session_plain", "type",
                     "apiKey", "in", "cookie", "name", "peregrin", "description",
                     "set by POST /api/v1/session where TLS is not used", "csrf", "type", "apiKey",
                     "in", "header", "name", "X-CSRF-Token", "description",
                     "the session's csrf_token: a session alone changes nothing");
}

static json_t *ways_to_read(void)
{
    return json_pack("[{s:[]}, {s:[]}, {s:[]}]", "bearer", "session", "session_plain");
}

static json_t *ways_to_ask(const struct api_route *route)
{
    if (route->needs & ROLE_NEED_NOTHING)
        return json_array();
    if (strcmp(route->row.method, "GET") == 0)
        return ways_to_read();
    return json_pack("[{s:[]}, {s:[], s:[]}, {s:[], s:[]}]", "bearer", "session", "csrf",
                     "session_plain", "csrf");
}

/* ---- routes ------------------------------------------------------------------------------------
 */

static json_t *parameter(const char *name, size_t size, const char *in)
{
    bool path = strcmp(in, "path") == 0;
    return json_pack("{s:s%, s:s, s:b, s:{s:s}}", "name", name, size, "in", in, "required", path,
                     "schema", "type", "string");
}

static json_t *parameters_of(const struct api_route *route, const struct api_schema_route *shape)
{
    json_t *list = json_array();
    for (const char *at = route->row.pattern; list && (at = strchr(at, '{')); at++)
        json_array_append_new(list, parameter(at + 1, strcspn(at + 1, "}"), "path"));
    for (const char *at = route->query; list && at && *(at += strspn(at, " "));
         at += strcspn(at, " "))
        json_array_append_new(list, parameter(at, strcspn(at, " "), "query"));
    if (strcmp(route->row.method, "GET") != 0)
        json_array_append_new(list, parameter("Idempotency-Key", 15, "header"));
    if (shape->also && strcmp(shape->also, "text/event-stream") == 0)
        json_array_append_new(list, parameter("Last-Event-ID", 13, "header"));
    return list;
}

/* What the node answers by itself, even while the API cannot: see watch.h. */
static const struct api_route doors[] = {
    {
        .row = {"GET", "/healthz", "whether the process answers"},
        .needs = ROLE_NEED_NOTHING,
    },
    {
        .row = {"GET", "/readyz", "whether the node does what it is for; 503 with the reasons"},
        .needs = ROLE_NEED_NOTHING,
    },
};

static const struct api_route *nth_described(size_t index)
{
    size_t routes = 0;
    while (api_nth_route(routes))
        routes++;
    if (index < routes)
        return api_nth_route(index);
    return index - routes < sizeof doors / sizeof *doors ? &doors[index - routes] : NULL;
}

/* `get_nominations_dossier`: what a generated client calls it. */
static json_t *operation_name(const struct api_row *row)
{
    char name[2 * NAME_SIZE];
    size_t size = 0;
    const char *path = row->pattern;
    if (strncmp(path, "/api/v1", 7) == 0)
        path += 7;
    for (const char *at = row->method; *at; at++)
        name[size++] = (char)(*at | 0x20);
    for (const char *at = path; *at && size + 2 < sizeof name; at++) {
        bool letter = (*at >= 'a' && *at <= 'z') || *at == '_';
        if (letter)
            name[size++] = *at;
        else if (name[size - 1] != '_' && at[1])
            name[size++] = '_';
    }
    while (name[size - 1] == '_')
        size--;
    return json_stringn(name, size);
}

static json_t *content_of(const struct api_schema_route *shape)
{
    if (strchr(shape->answer, '/')) {
        bool json = strcmp(shape->answer, "application/json") == 0;
        return json_pack("{s:{s:{s:s}}}", shape->answer, "schema", "type",
                         json ? "object" : "string");
    }
    json_t *schema = object_schema(shape->answer, NULL);
    json_object_set_new(json_object_get(schema, "properties"), "schema",
                        json_pack("{s:i}", "const", 1));
    json_array_append_new(json_object_get(schema, "required"), json_string("schema"));
    json_t *content = json_pack("{s:{s:o}}", "application/json", "schema", schema);
    char type[TYPE_MAX];
    for (const char *at = shape->also; content && at && *at; at += strspn(at, " ")) {
        size_t size = strcspn(at, " ");
        assert(size < sizeof type);
        memcpy(type, at, size);
        type[size] = '\0';
        at += size;
        content = with(content, type, json_pack("{s:{s:s}}", "schema", "type", "string"));
    }
    return content;
}

/* `repeated` tells the one status of a submission from the other. */
static json_t *response_of(const struct api_schema_route *shape, int status)
{
    json_t *content = content_of(shape);
    json_t *json = json_object_get(content, "application/json");
    json_t *fields = json_object_get(json_object_get(json, "schema"), "properties");
    bool other = status == shape->other;
    const char *told = "done";
    if (shape->other && json_object_get(fields, "repeated")) {
        json_object_set_new(fields, "repeated", json_pack("{s:b}", "const", other));
        told = other ? "was done before, under the same Idempotency-Key" : "done";
    } else if (other) {
        told = "the node answers that it is not, and why";
    }
    return json_pack("{s:s, s:o}", "description", told, "content", content);
}

static json_t *responses_of(const struct api_call *call, const struct api_schema_route *shape)
{
    json_t *error = json_pack("{s:{s:o}}", "application/json", "schema", reference("Error"));
    json_t *all = json_pack("{s:{s:s, s:o}}", "default", "description", "why it was not done",
                            "content", error);
    for (int i = 0; all && i < (shape->other ? 2 : 1); i++) {
        int status = i ? shape->other : shape->status;
        const char *name = arena_format(call->arena, "%d", status);
        all = with(all, name ? name : "200", response_of(shape, status));
    }
    return all;
}

static json_t *operation(const struct api_call *call, const struct api_route *route,
                         const struct api_schema_route *shape)
{
    json_t *made =
        json_pack("{s:o, s:s, s:o, s:o, s:o}", "operationId", operation_name(&route->row),
                  "summary", route->row.summary, "parameters", parameters_of(route, shape),
                  "responses", responses_of(call, shape), "security", ways_to_ask(route));
    if (made && (shape->body || shape->message))
        made = with(made, "requestBody",
                    json_pack("{s:{s:{s:o}}}", "content", "application/json", "schema",
                              object_schema(shape->body, shape->message)));
    return made;
}

static json_t *paths_all(const struct api_call *call)
{
    json_t *paths = json_object();
    const struct api_route *route;
    for (size_t i = 0; paths && (route = nth_described(i)); i++) {
        const struct api_row *row = &route->row;
        const struct api_schema_route *shape = api_schema_of(row->method, row->pattern);
        char method[8] = "";
        if (!shape)
            continue; /* a test finds it */
        for (size_t j = 0; row->method[j]; j++)
            method[j] = (char)(row->method[j] | 0x20);
        json_t *item = json_object_get(paths, row->pattern);
        if (!item) {
            json_object_set_new(paths, row->pattern, json_object());
            item = json_object_get(paths, row->pattern);
        }
        if (json_object_set_new(item, method, operation(call, route, shape)) != 0) {
            json_decref(paths);
            return NULL;
        }
    }
    return paths;
}

static enum fault show_document(const struct api_call *call, struct api_reply *reply)
{
    json_t *document = json_pack(
        "{s:s, s:{s:s, s:s, s:s}, s:[{s:s, s:s}], s:o, s:o, s:{s:o, s:o}}", "openapi", "3.1.0",
        "info", "title", "Peregrin", "version", call->api->version, "description",
        "Signed records of student mobility, exchanged between universities.", "servers", "url",
        "/", "description",
        "at the Unix socket the system says who asks: neither token nor session is needed there",
        "paths", paths_all(call), "security", ways_to_read(), "components", "schemas",
        schemas_all(), "securitySchemes", schemes_all());
    if (!document)
        return FAULT_MEMORY;
    json_decref(reply->json);
    reply->json = document;
    return FAULT_NONE;
}

const struct api_route api_openapi_routes[] = {
    {
        .row = {"GET", "/api/v1/openapi.json", "this API as an OpenAPI 3.1 document"},
        .needs = ROLE_NEED_NAME,
        .serve = show_document,
    },
    {},
};
