#include "io/fetch.h"

#include <assert.h>
#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct heap {
    uint8_t *data;
    size_t size, room;
    bool too_large;
};

static size_t on_body(char *data, size_t one, size_t count, void *self)
{
    struct heap *heap = self;
    size_t size = one * count;
    if (heap->size + size > FETCH_BODY_MAX) {
        heap->too_large = true;
        return 0;
    }
    if (heap->size + size + 1 > heap->room) {
        size_t room = 2 * (heap->size + size) + 4096;
        uint8_t *grown = realloc(heap->data, room);
        if (!grown)
            return 0;
        heap->data = grown;
        heap->room = room;
    }
    memcpy(heap->data + heap->size, data, size);
    heap->size += size;
    heap->data[heap->size] = '\0';
    return size;
}

static struct curl_slist *make_headers(const struct fetch_request *request)
{
    assert(request->header_count <= FETCH_HEADERS_MAX);
    /* Without this curl waits a second for leave to send a large body. */
    struct curl_slist *list = curl_slist_append(NULL, "Expect:");
    for (size_t i = 0; list && i < request->header_count; i++) {
        struct curl_slist *longer = curl_slist_append(list, request->headers[i]);
        if (!longer) {
            curl_slist_free_all(list);
            return NULL;
        }
        list = longer;
    }
    return list;
}

static bool prepare(CURL *curl, const struct fetch_request *request, struct curl_slist *headers,
                    struct heap *heap)
{
    char url[4096];
    const char *base = request->url ? request->url : "http://node";
    if (snprintf(url, sizeof url, "%s%s", base, request->target) >= (int)sizeof url)
        return false;
    bool good =
        curl_easy_setopt(curl, CURLOPT_URL, url) == CURLE_OK &&
        curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, request->method) == CURLE_OK &&
        curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https") == CURLE_OK &&
        curl_easy_setopt(curl, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2) == CURLE_OK &&
        curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L) == CURLE_OK &&
        curl_easy_setopt(curl, CURLOPT_NOPROXY, "*") == CURLE_OK &&
        curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, (long)request->timeout_ms) == CURLE_OK &&
        curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers) == CURLE_OK &&
        curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, on_body) == CURLE_OK &&
        curl_easy_setopt(curl, CURLOPT_WRITEDATA, heap) == CURLE_OK;
    if (good && request->socket)
        good = curl_easy_setopt(curl, CURLOPT_UNIX_SOCKET_PATH, request->socket) == CURLE_OK;
    if (good && request->authority)
        good = curl_easy_setopt(curl, CURLOPT_CAINFO, request->authority) == CURLE_OK;
    if (good && request->body.data)
        good = curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE,
                                (curl_off_t)request->body.size) == CURLE_OK &&
               curl_easy_setopt(curl, CURLOPT_POSTFIELDS, request->body.data) == CURLE_OK;
    return good;
}

/* What curl says, as the administrator needs to hear it. */
static enum fault explain(CURLcode code, const struct fetch_request *request,
                          const struct heap *heap, struct reason *reason)
{
    const char *place = request->url ? request->url : request->socket;
    if (code == CURLE_PEER_FAILED_VERIFICATION || code == CURLE_SSL_CACERT_BADFILE)
        return reason_give(reason, FAULT_KEY,
                           "%s cannot be believed: nobody vouches for its certificate", place);
    if (code == CURLE_COULDNT_CONNECT && !request->url)
        return reason_give(reason, FAULT_NETWORK,
                           "no node answers at %s: start it with `peregrind -c FILE`, or name its "
                           "socket with --socket",
                           request->socket);
    if (code == CURLE_OPERATION_TIMEDOUT)
        return reason_give(reason, FAULT_NETWORK, "the node at %s does not answer in time", place);
    if (heap->too_large)
        return reason_give(reason, FAULT_NETWORK, "the answer is larger than %d MiB",
                           FETCH_BODY_MAX / 1024 / 1024);
    if (code == CURLE_OUT_OF_MEMORY)
        return reason_give(reason, FAULT_MEMORY, "no memory for the request");
    return reason_give(reason, FAULT_NETWORK, "the node at %s broke off: %s", place,
                       curl_easy_strerror(code));
}

static enum fault call(CURL *curl, const struct fetch_request *request, struct curl_slist *headers,
                       struct fetch_reply *reply, struct reason *reason)
{
    struct heap heap = {0};
    const char *type = NULL;
    long status = 0;
    if (!prepare(curl, request, headers, &heap))
        return reason_give(reason, FAULT_NETWORK, "the request cannot be made for %s",
                           request->url ? request->url : request->socket);
    CURLcode code = curl_easy_perform(curl);
    if (code != CURLE_OK) {
        enum fault fault = explain(code, request, &heap, reason);
        free(heap.data);
        return fault;
    }
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
    curl_easy_getinfo(curl, CURLINFO_CONTENT_TYPE, &type);
    *reply = (struct fetch_reply) {.status = (int)status, .body = {heap.data, heap.size}};
    snprintf(reply->content_type, sizeof reply->content_type, "%s", type ? type : "");
    return FAULT_NONE;
}

enum fault fetch_call(const struct fetch_request *request, struct fetch_reply *reply,
                      struct reason *reason)
{
    CURL *curl = curl_easy_init();
    struct curl_slist *headers = curl ? make_headers(request) : NULL;
    enum fault fault = headers ? call(curl, request, headers, reply, reason)
                               : reason_give(reason, FAULT_MEMORY, "no memory for the request");
    curl_slist_free_all(headers);
    curl_easy_cleanup(curl);
    return fault;
}

void fetch_free(struct fetch_reply *reply)
{
    free((void *)reply->body.data);
    *reply = (struct fetch_reply) {0};
}
