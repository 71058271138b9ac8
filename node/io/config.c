#include "io/config.h"

#include "io/file.h"
#include "io/http_listen.h"
#include "io/log.h"
#include "io/setting.h"

#include <assert.h>
#include <confuse.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

enum { ARENA_SIZE = 1024 * 1024 };

/* --- reading
 * ------------------------------------------------------------------------------------------ */

/* What the callbacks of libConfuse need. */
struct reader {
    struct config *config;
    struct config_problems *problems;
    struct progress {
        unsigned values; /* checked so far */
        bool done, twice;
    } progress[SETTING_COUNT];
};

static void problem(struct reader *reader, int line, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static void problem(struct reader *reader, int line, const char *format, ...)
{
    struct config_problems *problems = reader->problems;
    if (problems->count == CONFIG_PROBLEMS_MAX)
        return;
    char *out = problems->lines[problems->count++], place[16] = "";
    if (line > 0)
        snprintf(place, sizeof place, ":%d", line);
    int used = snprintf(out, REASON_SIZE, "%.200s%s: ", reader->config->file, place);
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(out + used, REASON_SIZE - (size_t)used, format, arguments);
    va_end(arguments);
}

/* libConfuse gives its callbacks nothing of ours. */
static _Thread_local struct reader *current;

static void on_error(cfg_t *cfg, const char *format, va_list arguments)
{
    char text[256], unknown[128];
    int line = cfg ? cfg->line : 0;
    vsnprintf(text, sizeof text, format, arguments);
    if (sscanf(text, "no such option '%127[^']'", unknown) != 1) {
        problem(current, line, "%s", text);
        return;
    }
    const char *nearest = setting_nearest(unknown);
    if (nearest)
        problem(current, line, "unknown setting `%s`: did you mean `%s`?", unknown, nearest);
    else
        problem(current, line, "unknown setting `%s`; see `peregrin config explain`", unknown);
}

/* A list comes once for each value and once more at its end, a text once. */
static int on_value(cfg_t *cfg, cfg_opt_t *option)
{
    const struct setting *setting = setting_find(option->name);
    unsigned count = cfg_opt_size(option);
    assert(setting);
    struct progress *progress = &current->progress[setting_index(setting)];
    if (progress->done && !progress->twice) {
        progress->twice = true;
        problem(current, cfg->line, "%s: is given twice", option->name);
    }
    current->config->lines[setting_index(setting)] = cfg->line;
    progress->done = progress->done || !setting_is_list(setting) || count == progress->values;
    if (count == 0 || (progress->done && setting_is_list(setting)))
        return 0;
    progress->values = count;
    if (count == CONFIG_LIST_MAX + 1)
        problem(current, cfg->line, "%s: more than %d values", option->name, CONFIG_LIST_MAX);
    const char *value = cfg_opt_getnstr(option, count - 1);
    const char *wrong = setting->wrong(value);
    if (wrong)
        problem(current, cfg->line, "%s: `%.80s` %s", option->name, value, wrong);
    return 0;
}

/* A string's or a comment's end, or the text's. */
static char *skip_quoted(char *at)
{
    char quote = *at++;
    while (*at && *at != quote)
        at += *at == '\\' && at[1] ? 2 : 1;
    return *at ? at + 1 : at;
}

static char *blank_until(char *at, const char *end)
{
    if (!end)
        end = at + strlen(at);
    for (; at < end; at++)
        if (*at != '\n')
            *at = ' ';
    return at;
}

static int line_of(const char *text, const char *at)
{
    int line = 1;
    for (; text < at; text++)
        line += *text == '\n';
    return line;
}

/* libConfuse 3.3 counts the lines of comments wrongly, so it gets to see none. `//` is a comment
 * only where a word could begin. The line of a comment that is not closed; 0: all are. */
static int blank_comments(char *text)
{
    for (char *at = text; *at;) {
        bool begins = at == text || strchr(" \t\n={}(),;+", at[-1]);
        if (*at == '"' || *at == '\'') {
            at = skip_quoted(at);
        } else if (*at == '#' || (begins && at[0] == '/' && at[1] == '/')) {
            at = blank_until(at, strchr(at, '\n'));
        } else if (begins && at[0] == '/' && at[1] == '*') {
            const char *end = strstr(at + 2, "*/");
            if (!end)
                return line_of(text, at);
            at = blank_until(at, end + 2);
        } else {
            at++;
        }
    }
    return 0;
}

/* --- from values to settings
 * ------------------------------------------------------------------------ */

bool config_given(const char *value)
{
    return strcmp(value, "none") != 0;
}

/* A relative path is one beside the configuration file. */
static const char *place_path(const struct config *config, const char *path)
{
    const char *slash = strrchr(config->file, '/');
    if (path[0] == '/' || !slash || !config_given(path))
        return arena_text(config->arena, bytes_text(path));
    return arena_format(config->arena, "%.*s/%s", (int)(slash - config->file), config->file, path);
}

static const char *place_value(const struct config *config, const struct setting *setting,
                               const char *value)
{
    return setting_is_path(setting) ? place_path(config, value)
                                    : arena_text(config->arena, bytes_text(value));
}

static bool take_list(struct reader *reader, const struct setting *setting, cfg_t *cfg)
{
    struct config *config = reader->config;
    unsigned count = cfg_size(cfg, setting->name);
    const char **values = arena_take_array(config->arena, count + 1, sizeof *values);
    for (unsigned i = 0; values && i < count; i++) {
        values[i] = place_value(config, setting, cfg_getnstr(cfg, setting->name, i));
        if (!values[i])
            return false;
    }
    struct config_list list = {values, count};
    memcpy((uint8_t *)config + setting->offset, &list, sizeof list);
    return values;
}

static bool take_text(struct reader *reader, const struct setting *setting, cfg_t *cfg)
{
    const char *given = cfg_size(cfg, setting->name) ? cfg_getstr(cfg, setting->name) : NULL;
    const char *value = place_value(reader->config, setting, given ? given : setting->fallback);
    memcpy((uint8_t *)reader->config + setting->offset, &value, sizeof value);
    return value;
}

static void take_setting(struct reader *reader, const struct setting *setting, cfg_t *cfg)
{
    if (cfg_size(cfg, setting->name) == 0 && !setting->fallback)
        problem(reader, 0, "`%s` is missing: %s", setting->name, setting->effect);
    else if (!(setting_is_list(setting) ? take_list : take_text)(reader, setting, cfg))
        problem(reader, 0, "`%s` is too long", setting->name);
}

/* Whoever asks over a network must know that it is this node, and nobody else may read along. */
static void check_api(struct reader *reader)
{
    const struct config *config = reader->config;
    bool certificate = config_given(config->api_certificate);
    bool proxied = strcmp(config->api_behind_proxy, "yes") == 0;
    if (certificate != config_given(config->api_private_key))
        problem(reader, 0, "api_certificate and api_private_key go together: give both or none");
    if (config_given(config->api_listen) && !certificate && !proxied &&
        !http_listen_is_loopback(config->api_listen))
        problem(reader, 0,
                "api_listen: %s needs TLS: give api_certificate and api_private_key, or say "
                "api_behind_proxy = yes where a proxy has it",
                config->api_listen);
}

/* What two settings say together, and the values that have a form of their own. */
static void take_whole(struct reader *reader)
{
    struct config *config = reader->config;
    int failed = sodium_hex2bin(config->anchor_digest.bytes, DIGEST_SIZE, config->anchor,
                                strlen(config->anchor), NULL, NULL, NULL);
    assert(!failed);
    bool known = log_level(config->log_level, &config->least_level);
    assert(known);
    const char *wrong = setting_find("socket")->wrong(config->socket);
    if (wrong)
        problem(reader, 0, "socket: `%.200s` %s", config->socket, wrong);
    check_api(reader);
    for (size_t i = 0; i < config->institutions.count; i++)
        for (size_t j = 0; j < i; j++)
            if (strcmp(config->institutions.values[i], config->institutions.values[j]) == 0)
                problem(reader, 0, "institutions: `%s` stands twice",
                        config->institutions.values[i]);
}

static_assert((int)SETTING_COUNT <= (int)CONFIG_SETTINGS_MAX, "a line for each");

static cfg_t *make_parser(cfg_opt_t options[static SETTING_COUNT + 1])
{
    for (size_t i = 0; i < SETTING_COUNT; i++)
        options[i] = (cfg_opt_t) {
            .name = setting_at(i)->name,
            .type = CFGT_STR,
            .flags = CFGF_NODEFAULT | (setting_is_list(setting_at(i)) ? CFGF_LIST : CFGF_NONE)};
    options[SETTING_COUNT] = (cfg_opt_t)CFG_END();
    cfg_t *cfg = cfg_init(options, CFGF_NONE);
    if (!cfg)
        return NULL;
    cfg_set_error_function(cfg, on_error);
    for (size_t i = 0; i < SETTING_COUNT; i++)
        cfg_set_validate_func(cfg, setting_at(i)->name, on_value);
    return cfg;
}

static void parse(struct reader *reader, char *text)
{
    cfg_opt_t options[SETTING_COUNT + 1];
    cfg_t *cfg = make_parser(options);
    if (!cfg) {
        problem(reader, 0, "no memory to read it");
        return;
    }
    int open_comment = blank_comments(text);
    if (open_comment)
        problem(reader, open_comment, "a comment is not closed");
    current = reader;
    int result = *text ? cfg_parse_buf(cfg, text) : CFG_SUCCESS;
    current = NULL;
    if (result != CFG_SUCCESS && reader->problems->count == 0)
        problem(reader, 0, "cannot be understood");
    for (size_t i = 0; i < SETTING_COUNT && result == CFG_SUCCESS; i++)
        take_setting(reader, setting_at(i), cfg);
    cfg_free(cfg);
    if (reader->problems->count == 0)
        take_whole(reader);
}

static struct config *make_config(const char *file)
{
    struct arena *arena = arena_open(ARENA_SIZE);
    struct config *config = arena ? arena_take(arena, sizeof *config) : NULL;
    const char *name = config ? arena_text(arena, bytes_text(file)) : NULL;
    if (name) {
        config->arena = arena;
        config->file = name;
        return config;
    }
    arena_close(arena);
    return NULL;
}

enum fault config_parse(struct bytes text, const char *file, struct config **out,
                        struct config_problems *problems)
{
    struct config *config = make_config(file);
    if (!config)
        return FAULT_MEMORY;
    struct reader reader = {.config = config, .problems = problems};
    *problems = (struct config_problems) {0};
    char *copy = arena_text(config->arena, text);
    if (!copy || text.size > CONFIG_FILE_MAX)
        problem(&reader, 0, "is larger than %d bytes", CONFIG_FILE_MAX);
    else if (memchr(text.data, '\0', text.size))
        problem(&reader, 0, "is not a text: it holds a zero byte");
    else
        parse(&reader, copy);
    if (problems->count > 0) {
        config_close(config);
        return FAULT_CONFIG;
    }
    *out = config;
    return FAULT_NONE;
}

enum fault config_read(const char *file, struct config **out, struct config_problems *problems)
{
    struct bytes text = {0};
    struct reason reason;
    enum fault fault = file_read(file, CONFIG_FILE_MAX, &text, &reason);
    if (fault) {
        problems->count = 1;
        memcpy(problems->lines[0], reason.text, sizeof reason.text);
        return fault;
    }
    fault = config_parse(text, file, out, problems);
    file_free(&text);
    return fault;
}

void config_close(struct config *config)
{
    if (config)
        arena_close(config->arena);
}
