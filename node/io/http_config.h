/* The API's server as the configuration wants it. */
#pragma once

#include "io/config.h"
#include "io/http.h"
#include "io/log.h"

enum fault http_config_open(const struct config *config, struct http **out, struct reason *reason);
/* What can be known without listening: that the files are there, and the key is private. */
enum fault http_config_check(const struct config *config, struct reason *reason);
/* SIGHUP: certificates may be new. What cannot be used changes nothing, and is said. */
void http_config_reload(const struct config *config, struct http *http, struct log *log);
