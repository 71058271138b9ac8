#include "io/http_config.h"

#include "io/clock.h"

#include <string.h>

static enum fault listen_tcp(const struct config *config, struct http *http, struct reason *reason)
{
    bool secure = config_given(config->api_certificate);
    const struct http_tcp tcp = {
        .address = config->api_listen,
        .certificate = secure ? config->api_certificate : NULL,
        .private_key = secure ? config->api_private_key : NULL,
        .proxied = strcmp(config->api_behind_proxy, "yes") == 0,
    };
    return config_given(config->api_listen) ? http_listen(http, &tcp, reason) : FAULT_NONE;
}

enum fault http_config_open(const struct config *config, struct http **out, struct reason *reason)
{
    struct http *http = NULL;
    TRY(http_open(config->socket, &http, reason));
    enum fault fault = config_given(config->socket_group)
                           ? http_share(http, config->socket_group, reason)
                           : FAULT_NONE;
    if (!fault)
        fault = listen_tcp(config, http, reason);
    if (fault)
        http_close(http);
    else
        *out = http;
    return fault;
}

void http_config_reload(const struct config *config, struct http *http, struct log *log)
{
    struct reason reason;
    if (listen_tcp(config, http, &reason))
        log_say(log, clock_now(), TRACE_ALARM, "the certificate stays as it was: %s", reason.text);
}
