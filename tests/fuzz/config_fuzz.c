/* links: base seal record trust wire rules channel stream store engine io */
/* No text may break the configuration's reader; each refusal has a reason. What is accepted can be
 * written as our own sample is, and then says the same. */
#include "io/config.h"
#include "io/setting.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { BUDGET = 1024 * 1024, VALUES_MAX = SETTING_COUNT + 2 * CONFIG_LIST_MAX };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Of a folder of its own: paths are put beside it. */
static const char file[] = "/etc/peregrin/fuzz.conf";

/* A setting's values, of which a text has one. */
static struct config_list values_of(const struct config *config, const struct setting *setting,
                                    const char **single)
{
    const uint8_t *place = (const uint8_t *)config + setting->offset;
    struct config_list list;
    if (setting_is_list(setting)) {
        memcpy(&list, place, sizeof list);
        return list;
    }
    memcpy(single, place, sizeof *single);
    return (struct config_list) {single, 1};
}

static const char *write_config(const struct config *config, struct arena *arena)
{
    static struct setting_value values[VALUES_MAX];
    const struct setting *setting;
    size_t count = 0;
    for (size_t i = 0; (setting = setting_at(i)); i++) {
        const char *single;
        struct config_list list = values_of(config, setting, &single);
        for (size_t j = 0; j < list.count; j++)
            values[count++] = (struct setting_value) {setting->name, list.values[j]};
    }
    assert(count <= VALUES_MAX);
    return setting_compose(values, count, arena);
}

/* Each value is one that the setting allows, and the other file has the same. */
static void compare(const struct config *config, const struct config *again)
{
    const struct setting *setting;
    for (size_t i = 0; (setting = setting_at(i)); i++) {
        const char *single, *other_single;
        struct config_list list = values_of(config, setting, &single);
        struct config_list other = values_of(again, setting, &other_single);
        assert(list.count == other.count && list.count <= CONFIG_LIST_MAX);
        for (size_t j = 0; j < list.count; j++) {
            assert(list.values[j] && strcmp(list.values[j], other.values[j]) == 0);
            assert(setting_is_path(setting) || !setting->wrong(list.values[j]) ||
                   strcmp(list.values[j], "none") == 0);
            assert(!setting_is_path(setting) || list.values[j][0] == '/' ||
                   !config_given(list.values[j]));
        }
    }
    assert(digest_equal(&config->anchor_digest, &again->anchor_digest));
    assert(config->least_level == again->least_level);
}

static void go_round(const struct config *config)
{
    static struct config_problems problems;
    struct arena *arena = arena_open(BUDGET);
    struct config *again = NULL;
    const char *text = arena ? write_config(config, arena) : NULL;
    if (text && strlen(text) <= CONFIG_FILE_MAX) {
        enum fault fault = config_parse(bytes_text(text), file, &again, &problems);
        assert(fault == FAULT_NONE || fault == FAULT_MEMORY);
        if (again)
            compare(config, again);
        config_close(again);
    }
    arena_close(arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct config_problems problems;
    struct config *config = NULL;
    enum fault fault = config_parse((struct bytes) {data, size}, file, &config, &problems);
    assert((fault == FAULT_NONE) == (config != NULL));
    if (config)
        go_round(config);
    assert(fault == FAULT_NONE || fault == FAULT_MEMORY || problems.count > 0);
    for (size_t i = 0; fault == FAULT_CONFIG && i < problems.count; i++)
        assert(strncmp(problems.lines[i], file, strlen(file)) == 0);
    config_close(config);
    return 0;
}
