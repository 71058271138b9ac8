#include "io/http_config.h"

#include "io/clock.h"
#include "io/file.h"

#include <grp.h>
#include <stdlib.h>
#include <string.h>

enum { PEM_MAX = 256 * 1024 };

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

enum fault http_config_check(const struct config *config, struct reason *reason)
{
    struct bytes certificate = {0};
    if (config_given(config->socket_group) && !getgrnam(config->socket_group))
        return reason_give(reason, FAULT_CONFIG, "socket_group: there is no group %s",
                           config->socket_group);
    if (!config_given(config->api_certificate))
        return FAULT_NONE;
    TRY(file_read(config->api_certificate, PEM_MAX, &certificate, reason));
    file_free(&certificate);
    uint8_t *key = malloc(PEM_MAX);
    size_t size = 0;
    if (!key)
        return reason_give(reason, FAULT_MEMORY, "no memory for api_private_key");
    enum fault fault = file_read_secret(config->api_private_key, key, PEM_MAX, &size, reason);
    explicit_bzero(key, PEM_MAX);
    free(key);
    return fault;
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
