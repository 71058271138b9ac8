#include "watch/config_view.h"

#include "io/config.h"
#include "io/setting.h"
#include "report/json_text.h"

#include <string.h>

static json_t *value_json(const struct config *config, const struct setting *setting)
{
    struct config_list list;
    const char *text;
    const uint8_t *place = (const uint8_t *)config + setting->offset;
    if (!setting_is_list(setting)) {
        memcpy(&text, place, sizeof text);
        return json_string(text);
    }
    memcpy(&list, place, sizeof list);
    json_t *array = json_array();
    for (size_t i = 0; i < list.count; i++)
        json_array_append_new(array, json_string(list.values[i]));
    return array;
}

static json_t *setting_json(const struct config *config, size_t index, struct arena *arena)
{
    const struct setting *setting = setting_at(index);
    int line = config->lines[index];
    const char *origin = line ? arena_format(arena, "%s:%d", config->file, line) : "default";
    return json_pack("{s:s, s:o, s:s, s:s}", "name", setting->name, "value",
                     value_json(config, setting), "origin", origin ? origin : "", "unit",
                     setting->unit);
}

static json_t *settings_json(const struct config *config, struct arena *arena)
{
    json_t *array = json_array();
    for (size_t i = 0; i < SETTING_COUNT; i++)
        json_array_append_new(array, setting_json(config, i, arena));
    return json_pack("{s:i, s:s, s:o}", "schema", 1, "file", config->file, "settings", array);
}

const char *config_view_remedy(enum fault fault)
{
    return fault == FAULT_CONFIG
               ? "mend the lines named; `peregrin config explain` says what each setting wants"
               : "name a file that is there and that this user may read; `peregrin init` makes one";
}

static json_t *problems_json(const struct config_problems *problems, enum fault fault)
{
    json_t *array = json_array();
    for (size_t i = 0; i < problems->count; i++)
        json_array_append_new(array, json_string(problems->lines[i]));
    return json_pack("{s:i, s:o, s:s}", "schema", 1, "problems", array, "remedy",
                     config_view_remedy(fault));
}

struct bytes config_view(const char *file, struct arena *arena)
{
    struct config_problems problems = {0};
    struct config *config = NULL;
    enum fault fault = config_read(file, &config, &problems);
    json_t *object = fault ? problems_json(&problems, fault) : settings_json(config, arena);
    struct bytes text = json_text_write(object, arena);
    json_decref(object);
    config_close(config);
    return text;
}
