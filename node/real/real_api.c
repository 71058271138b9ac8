#include "real/real_api.h"

#include "io/fetch.h"

#include <stdio.h>
#include <stdlib.h>

json_t *real_api_call(const char *socket, const char *method, const char *target, json_t *body,
                      const char *key, int *status)
{
    char line[128];
    const char *headers[] = {"Content-Type: application/json", line};
    char *text = body ? json_dumps(body, JSON_COMPACT) : NULL;
    struct fetch_reply reply;
    json_t *answer = NULL;
    snprintf(line, sizeof line, "Idempotency-Key: %s", key ? key : "");
    struct fetch_request request = {
        .socket = socket,
        .method = method,
        .target = target,
        .headers = headers,
        .header_count = key ? 2 : body != NULL,
        .body = text ? bytes_text(text) : (struct bytes) {0},
        .timeout_ms = REAL_API_PATIENCE_MS,
    };
    *status = 0;
    if ((!body || text) && !fetch_call(&request, &reply, NULL)) {
        answer = json_loadb((const char *)reply.body.data, reply.body.size, 0, NULL);
        *status = reply.status;
        fetch_free(&reply);
    }
    free(text);
    return answer;
}

json_t *real_api_get(const char *socket, const char *target)
{
    int status;
    json_t *answer = real_api_call(socket, "GET", target, NULL, NULL, &status);
    if (status == 200)
        return answer;
    json_decref(answer);
    return NULL;
}

const char *real_api_text(const json_t *object, const char *name)
{
    const char *text = json_string_value(json_object_get(object, name));
    return text ? text : "";
}

int64_t real_api_number(const json_t *object, const char *name)
{
    return json_integer_value(json_object_get(object, name));
}
