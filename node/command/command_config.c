#include "command/command_say.h"
#include "command/command_verbs.h"

enum command_exit command_config_check(struct command_work *work)
{
    const char *path = work->argument_count ? work->arguments[0] : work->common.config;
    struct command_config config = {0};
    if (!path)
        return command_say_usage(work, "peregrin config check FILE", "which file?");
    if (!work->port->config_check(work->port->self, path, work->arena, &config))
        return command_say_verdict(work, VERDICT_TOO_LARGE, path);
    if (config.problem)
        return command_say_wrong(work,
                                 &(struct command_wrong) {COMMAND_CONFIG, "config", config.problem,
                                                          config.remedy, NULL, NULL});
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

enum command_exit command_config_sample(struct command_work *work)
{
    return say_text(work, "sample",
                    work->port->config_sample(work->port->self, NULL, 0, work->arena));
}

enum command_exit command_config_explain(struct command_work *work)
{
    const char *name = work->argument_count ? work->arguments[0] : NULL;
    const char *text = work->port->config_explain(work->port->self, name, work->arena);
    if (!text && name)
        return command_say_wrong(
            work, &(struct command_wrong) {COMMAND_NOT_FOUND, "no_setting",
                                           command_work_text(work, "there is no setting %s", name),
                                           "`peregrin config explain` lists them all", NULL, NULL});
    return say_text(work, "text", text);
}
