#include "command/command_list.h"
#include "command/command_node.h"
#include "command/command_say.h"
#include "operate/operate_verbs.h"

#include <string.h>

static const struct command_column outbox_fields[] = {
    {"Dossier", "dossier", COMMAND_TEXT, TABLE_WHOLE},
    {"Record", "kind", COMMAND_TEXT, TABLE_WHOLE},
    {"Partner", "partner", COMMAND_TEXT, TABLE_WHOLE},
    {"State", "state", COMMAND_STATE, TABLE_WHOLE},
    {"Since", "since", COMMAND_TIME, TABLE_WHOLE},
    {"That is", "sentence", COMMAND_TEXT, TABLE_WHOLE},
    {"To do", "remedy", COMMAND_TEXT, TABLE_WHOLE},
};

enum command_exit operate_outbox_show(struct command_work *work)
{
    json_t *all, *found = command_work_keep(work, json_array());
    enum command_exit wrong = command_node_list(work, "/api/v1/outbox", "outbox", &all);
    for (size_t i = 0; !wrong && i < json_array_size(all); i++) {
        const json_t *one = json_array_get(all, i);
        if (strcmp(command_list_text(work, one, "dossier", COMMAND_TEXT), work->arguments[0]) != 0)
            continue;
        if (json_array_size(found))
            command_say_line(work, "%s", "");
        json_array_append(found, (json_t *)(uintptr_t)one);
        command_list_fields(work, one, outbox_fields, sizeof outbox_fields / sizeof *outbox_fields);
    }
    if (wrong)
        return wrong;
    if (!json_array_size(found))
        command_say_note(work, "Nothing of %s waits: all that was said there was delivered.",
                         work->arguments[0]);
    command_say_json(work, json_pack("{s:i, s:O}", "schema", 1, "outbox", found));
    return COMMAND_DONE;
}
