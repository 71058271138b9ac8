/* The node's configuration file, as the table in setting.c has it. libConfuse reads the syntax;
 * every problem is told with file and line. */
#pragma once

#include "base/trace.h"
#include "io/reason.h"
#include "seal/digest.h"

enum {
    CONFIG_FILE_MAX = 64 * 1024,
    CONFIG_LIST_MAX = 256,
    CONFIG_PROBLEMS_MAX = 16,
    CONFIG_SETTINGS_MAX = 64,
};

struct config_list {
    const char *const *values;
    size_t count;
};

/* Texts live in the arena; relative paths are already put beside the file. */
struct config {
    struct arena *arena;
    const char *file;
    int lines[CONFIG_SETTINGS_MAX]; /* of each setting, as the table has them; 0: its default */
    const char *node, *network;
    struct config_list institutions;
    const char *listen, *database, *catalogue, *root, *anchor;
    struct config_list keys;
    const char *socket, *socket_group, *log_level;
    const char *api_listen, *api_certificate, *api_private_key, *api_behind_proxy;
    const char *api_proxy_account, *session_hours, *rules, *over_quota;
    struct digest anchor_digest;  /* of `anchor` */
    enum trace_level least_level; /* of `log_level` */
};

/* Each a whole line: `peregrind.conf:7: listen: ...`. What does not fit is left out. */
struct config_problems {
    size_t count;
    char lines[CONFIG_PROBLEMS_MAX][REASON_SIZE];
};

/* FAULT_CONFIG with at least one problem; FAULT_FILE when it cannot be read, likewise told. */
enum fault config_read(const char *file, struct config **out, struct config_problems *problems);
/* The same from text; `file` gives its name and the place of relative paths. */
enum fault config_parse(struct bytes text, const char *file, struct config **out,
                        struct config_problems *problems);
/* Not `none`: of settings that may be left out. */
bool config_given(const char *value);
void config_close(struct config *config);
