#include "command/command_list.h"
#include "command/command_say.h"
#include "operate/operate_verbs.h"
#include "report/json_text.h"

enum command_exit operate_config_check(struct command_work *work)
{
    const char *path = work->argument_count ? work->arguments[0] : work->common.config;
    struct command_config config = {0};
    if (!path)
        return command_say_usage(work, "peregrin config check FILE", "which file?");
    if (!work->port->config_check(work->port->self, path, work->arena, &config))
        return command_say_verdict(work, VERDICT_TOO_LARGE, path);
    if (config.problem || config.rules)
        return command_say_wrong(
            work, &(struct command_wrong) {
                      COMMAND_CONFIG, "config", config.problem ? config.problem : config.rules,
                      config.problem ? config.remedy
                                     : "mend the line: `peregrin config explain rules` says what "
                                       "a row is",
                      NULL, NULL});
    command_say_line(work, "%s can be used", path);
    command_say_json(work, json_pack("{s:i, s:s, s:b}", "schema", 1, "file", path, "usable", 1));
    command_say_next(work, "peregrind -c %s", path);
    return COMMAND_DONE;
}

static enum command_exit say_text(struct command_work *work, const char *name, const char *text)
{
    if (!text)
        return command_say_verdict(work, VERDICT_TOO_LARGE, "the configuration");
    if (work->common.json)
        command_say_json(work, json_pack("{s:i, s:s}", "schema", 1, name, text));
    else
        fputs(text, work->port->out);
    return COMMAND_DONE;
}

enum command_exit operate_config_sample(struct command_work *work)
{
    return say_text(work, "sample",
                    work->port->config_sample(work->port->self, NULL, 0, work->arena));
}

static enum command_exit no_setting(struct command_work *work, const char *name)
{
    const char *near = work->port->config_near(work->port->self, name);
    return command_say_wrong(
        work, &(struct command_wrong) {COMMAND_NOT_FOUND, "no_setting",
                                       command_work_text(work, "there is no setting %s", name),
                                       near ? command_work_text(work, "did you mean %s?", near)
                                            : "`peregrin config explain` lists them all",
                                       NULL, NULL});
}

enum command_exit operate_config_explain(struct command_work *work)
{
    const char *name = work->argument_count ? work->arguments[0] : NULL;
    const char *text = work->port->config_explain(work->port->self, name, work->arena);
    if (!text && name)
        return no_setting(work, name);
    return say_text(work, "text", text);
}

/* ---- what is in use ------------------------------------------------------------------------ */

static const struct command_column columns[] = {
    {"SETTING", "name", COMMAND_TEXT, TABLE_WHOLE},
    {"VALUE", "value", COMMAND_TEXT, TABLE_BELOW},
    {"ORIGIN", "origin", COMMAND_TEXT, TABLE_WHOLE},
};

static enum command_exit bad_config(struct command_work *work, const json_t *view)
{
    const json_t *problems = json_object_get(view, "problems");
    const char *text = "";
    for (size_t i = 0; i < json_array_size(problems); i++)
        text = command_work_text(work, "%s%s%s", text, i ? "\n  " : "",
                                 json_string_value(json_array_get(problems, i)));
    return command_say_wrong(
        work,
        &(struct command_wrong) {COMMAND_CONFIG, "config", text,
                                 json_string_value(json_object_get(view, "remedy")), NULL, NULL});
}

/* A list's values in one cell, and no origin where nobody asked for it. */
static json_t *rows_of(struct command_work *work, const json_t *settings)
{
    json_t *rows = command_work_keep(work, json_array());
    for (size_t i = 0; i < json_array_size(settings); i++) {
        const json_t *each = json_array_get(settings, i), *value = json_object_get(each, "value");
        const char *text = json_is_string(value) ? json_string_value(value) : "";
        for (size_t j = 0; j < json_array_size(value); j++)
            text = command_work_text(work, "%s%s%s", text, j ? ", " : "",
                                     json_string_value(json_array_get(value, j)));
        json_array_append_new(rows,
                              json_pack("{s:O, s:s, s:O}", "name", json_object_get(each, "name"),
                                        "value", text, "origin", json_object_get(each, "origin")));
    }
    return rows;
}

enum command_exit operate_config_show(struct command_work *work)
{
    const char *path = work->argument_count ? work->arguments[0] : work->common.config;
    struct json_text_place place;
    json_t *view = NULL;
    if (!path)
        return command_say_usage(work, "peregrin config show FILE, or -c FILE", "which file?");
    struct bytes text = work->port->config_view(work->port->self, path, work->arena);
    if (!text.data || json_text_read(text, &view, &place))
        return command_say_verdict(work, VERDICT_TOO_LARGE, path);
    command_work_keep(work, view);
    if (json_object_get(view, "problems"))
        return bad_config(work, view);
    if (work->common.json) {
        command_say_json(work, json_incref(view));
        return COMMAND_DONE;
    }
    struct command_listing listing = {"settings", columns,
                                      command_work_flag(work, "origin") ? 3 : 2, ""};
    return command_list_show(work, &listing, rows_of(work, json_object_get(view, "settings")));
}
