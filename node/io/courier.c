#include "io/courier.h"

#include "io/clock.h"

#include <assert.h>
#include <curl/curl.h>
#include <errno.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <unistd.h>

enum {
    CONNECT_MS = 5000,
    ANSWER_MAX = 64 * 1024, /* more is not listened to: the connection is cut */
    EVENTS_MAX = 32,
};

struct parcel {
    CURL *easy; /* NULL: free */
    struct curl_slist *headers;
    uint8_t *body;
    uint64_t number;
    size_t heard;
    bool back;
    CURLcode result;
};

struct courier {
    CURLM *multi;
    int epoll;
    int64_t due_ms; /* steady; -1: no timer */
    struct parcel parcels[COURIER_AT_ONCE];
};

/* ---- libcurl and the loop -------------------------------------------------------------------- */

static int on_socket(CURL *, curl_socket_t descriptor, int what, void *self, void *)
{
    struct courier *courier = self;
    struct epoll_event event = {.data.fd = descriptor};
    if (what == CURL_POLL_REMOVE) {
        epoll_ctl(courier->epoll, EPOLL_CTL_DEL, descriptor, NULL);
        return 0;
    }
    event.events = (what & CURL_POLL_IN ? EPOLLIN : 0u) | (what & CURL_POLL_OUT ? EPOLLOUT : 0u);
    if (epoll_ctl(courier->epoll, EPOLL_CTL_MOD, descriptor, &event) != 0 && errno == ENOENT)
        epoll_ctl(courier->epoll, EPOLL_CTL_ADD, descriptor, &event);
    return 0;
}

static int on_timer(CURLM *, long timeout_ms, void *self)
{
    struct courier *courier = self;
    courier->due_ms = timeout_ms < 0 ? -1 : clock_steady_ms() + timeout_ms;
    return 0;
}

static size_t on_answer(char *, size_t one, size_t count, void *self)
{
    struct parcel *parcel = self;
    parcel->heard += one * count;
    return parcel->heard > ANSWER_MAX ? 0 : one * count;
}

enum fault courier_open(struct courier **out, struct reason *reason)
{
    struct courier *courier = calloc(1, sizeof *courier);
    if (!courier)
        return reason_give(reason, FAULT_MEMORY, "no memory for webhooks");
    courier->due_ms = -1;
    courier->epoll = epoll_create1(EPOLL_CLOEXEC);
    courier->multi = curl_multi_init();
    if (courier->epoll < 0 || !courier->multi ||
        curl_multi_setopt(courier->multi, CURLMOPT_SOCKETFUNCTION, on_socket) != CURLM_OK ||
        curl_multi_setopt(courier->multi, CURLMOPT_SOCKETDATA, courier) != CURLM_OK ||
        curl_multi_setopt(courier->multi, CURLMOPT_TIMERFUNCTION, on_timer) != CURLM_OK ||
        curl_multi_setopt(courier->multi, CURLMOPT_TIMERDATA, courier) != CURLM_OK) {
        courier_close(courier);
        return reason_give(reason, FAULT_NETWORK, "the sender of webhooks: %s", strerror(errno));
    }
    *out = courier;
    return FAULT_NONE;
}

static void parcel_clear(struct courier *courier, struct parcel *parcel)
{
    if (parcel->easy) {
        curl_multi_remove_handle(courier->multi, parcel->easy);
        curl_easy_cleanup(parcel->easy);
    }
    curl_slist_free_all(parcel->headers);
    free(parcel->body);
    *parcel = (struct parcel) {0};
}

void courier_close(struct courier *courier)
{
    if (!courier)
        return;
    for (size_t i = 0; i < COURIER_AT_ONCE; i++)
        parcel_clear(courier, &courier->parcels[i]);
    curl_multi_cleanup(courier->multi);
    if (courier->epoll >= 0)
        close(courier->epoll);
    free(courier);
}

int courier_descriptor(const struct courier *courier)
{
    return courier->epoll;
}

int64_t courier_timeout_ms(const struct courier *courier)
{
    int64_t now = clock_steady_ms();
    if (courier->due_ms < 0)
        return -1;
    return courier->due_ms > now ? courier->due_ms - now : 0;
}

/* ---- sending --------------------------------------------------------------------------------- */

static bool set(CURL *easy, struct parcel *parcel, const struct courier_order *order)
{
    const char *protocols = strncmp(order->url, "https:", 6) == 0 ? "https" : "http";
    return curl_easy_setopt(easy, CURLOPT_URL, order->url) == CURLE_OK &&
           curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, protocols) == CURLE_OK &&
           curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L) == CURLE_OK &&
           curl_easy_setopt(easy, CURLOPT_NOPROXY, "*") == CURLE_OK &&
           curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L) == CURLE_OK &&
           curl_easy_setopt(easy, CURLOPT_TIMEOUT, (long)COURIER_SECONDS) == CURLE_OK &&
           curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, (long)CONNECT_MS) == CURLE_OK &&
           curl_easy_setopt(easy, CURLOPT_HTTPHEADER, parcel->headers) == CURLE_OK &&
           curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)order->body.size) ==
               CURLE_OK &&
           curl_easy_setopt(easy, CURLOPT_POSTFIELDS, parcel->body) == CURLE_OK &&
           curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, on_answer) == CURLE_OK &&
           curl_easy_setopt(easy, CURLOPT_WRITEDATA, parcel) == CURLE_OK &&
           curl_easy_setopt(easy, CURLOPT_PRIVATE, parcel) == CURLE_OK;
}

static bool pack(struct parcel *parcel, const struct courier_order *order)
{
    parcel->body = malloc(order->body.size + 1);
    parcel->headers = curl_slist_append(NULL, "Expect:");
    if (!parcel->body || !parcel->headers)
        return false;
    memcpy(parcel->body, order->body.data, order->body.size);
    for (size_t i = 0; i < order->header_count; i++) {
        struct curl_slist *longer = curl_slist_append(parcel->headers, order->headers[i]);
        if (!longer)
            return false;
        parcel->headers = longer;
    }
    return true;
}

bool courier_send(struct courier *courier, const struct courier_order *order)
{
    size_t i = 0;
    assert(order->header_count <= COURIER_HEADERS && !courier_busy(courier, order->number));
    while (i < COURIER_AT_ONCE && courier->parcels[i].easy)
        i++;
    if (i == COURIER_AT_ONCE)
        return false;
    struct parcel *parcel = &courier->parcels[i];
    parcel->number = order->number;
    CURL *easy = curl_easy_init();
    if (easy && pack(parcel, order) && set(easy, parcel, order) &&
        curl_multi_add_handle(courier->multi, easy) == CURLM_OK) {
        parcel->easy = easy;
        return true;
    }
    curl_easy_cleanup(easy);
    parcel_clear(courier, parcel);
    return false;
}

bool courier_busy(const struct courier *courier, uint64_t number)
{
    for (size_t i = 0; i < COURIER_AT_ONCE; i++)
        if (courier->parcels[i].easy && courier->parcels[i].number == number)
            return true;
    return false;
}

/* ---- what comes back ------------------------------------------------------------------------- */

void courier_run(struct courier *courier)
{
    struct epoll_event events[EVENTS_MAX];
    int running, left;
    int count = epoll_wait(courier->epoll, events, EVENTS_MAX, 0);
    for (int i = 0; i < count; i++) {
        int flags = (events[i].events & EPOLLIN ? CURL_CSELECT_IN : 0) |
                    (events[i].events & EPOLLOUT ? CURL_CSELECT_OUT : 0) |
                    (events[i].events & (EPOLLERR | EPOLLHUP) ? CURL_CSELECT_ERR : 0);
        curl_multi_socket_action(courier->multi, events[i].data.fd, flags, &running);
    }
    if (courier->due_ms >= 0 && clock_steady_ms() >= courier->due_ms) {
        courier->due_ms = -1; /* libcurl sets the next one in this call */
        curl_multi_socket_action(courier->multi, CURL_SOCKET_TIMEOUT, 0, &running);
    }
    for (CURLMsg *said; (said = curl_multi_info_read(courier->multi, &left));) {
        struct parcel *parcel = NULL;
        curl_easy_getinfo(said->easy_handle, CURLINFO_PRIVATE, &parcel);
        assert(said->msg == CURLMSG_DONE && parcel);
        parcel->back = true;
        parcel->result = said->data.result;
    }
}

bool courier_take(struct courier *courier, struct courier_answer *out)
{
    size_t i = 0;
    while (i < COURIER_AT_ONCE && !courier->parcels[i].back)
        i++;
    if (i == COURIER_AT_ONCE)
        return false;
    struct parcel *parcel = &courier->parcels[i];
    long status = 0;
    curl_easy_getinfo(parcel->easy, CURLINFO_RESPONSE_CODE, &status);
    /* Whoever said that it took the message has it, however long it goes on talking. */
    bool cut = parcel->result == CURLE_WRITE_ERROR && parcel->heard > ANSWER_MAX;
    bool whole = parcel->result == CURLE_OK || cut;
    *out = (struct courier_answer) {.number = parcel->number,
                                    .status = whole && status > 0 ? (unsigned)status : 0,
                                    .why = whole ? NULL : curl_easy_strerror(parcel->result)};
    parcel_clear(courier, parcel);
    return true;
}

/* ---- the signature --------------------------------------------------------------------------- */

void courier_sign(const char *secret, uint64_t seconds, struct bytes body,
                  char out[static COURIER_SIGNATURE_SIZE])
{
    crypto_auth_hmacsha256_state state;
    uint8_t tag[crypto_auth_hmacsha256_BYTES];
    char hex[2 * sizeof tag + 1], time[24];
    snprintf(time, sizeof time, "%llu", (unsigned long long)seconds);
    crypto_auth_hmacsha256_init(&state, (const uint8_t *)secret, strlen(secret));
    crypto_auth_hmacsha256_update(&state, (const uint8_t *)time, strlen(time));
    crypto_auth_hmacsha256_update(&state, (const uint8_t *)".", 1);
    crypto_auth_hmacsha256_update(&state, body.data, body.size);
    crypto_auth_hmacsha256_final(&state, tag);
    sodium_bin2hex(hex, sizeof hex, tag, sizeof tag);
    snprintf(out, COURIER_SIGNATURE_SIZE, "t=%s,v1=%s", time, hex);
}
