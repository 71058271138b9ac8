#include "command/command_list.h"
#include "command/command_node.h"
#include "command/command_say.h"
#include "office/office_verbs.h"

#include <string.h>

static const struct command_column inbox_columns[] = {
    {"DOSSIER", "dossier", COMMAND_TEXT, TABLE_TAIL},
    {"PARTNER", "partner", COMMAND_TEXT, TABLE_WHOLE},
    {"FAMILY NAME", "family_name", COMMAND_TEXT, TABLE_CUT},
    {"GIVEN NAMES", "given_names", COMMAND_TEXT, TABLE_CUT},
    {"STATE", "state", COMMAND_STATE, TABLE_WHOLE},
    {"CHANGED", "changed_at", COMMAND_TIME, TABLE_GOES_FIRST},
    {"SAYS", "sentence", COMMAND_TEXT, TABLE_BELOW},
};

/* What partners sent in these states, of all or of one partner. */
static enum command_exit gather(struct command_work *work, const char *const *states, json_t **out)
{
    static const char *const names[] = {"partner", NULL};
    *out = command_work_keep(work, json_array());
    for (size_t i = 0; states[i]; i++) {
        const char *path =
            command_work_text(work, "/api/v1/nominations?direction=incoming&state=%s", states[i]);
        json_t *some;
        enum command_exit wrong =
            command_node_list(work, command_node_query(work, path, names), "nominations", &some);
        if (wrong)
            return wrong;
        json_array_extend(*out, some);
    }
    return COMMAND_DONE;
}

static enum command_exit show(struct command_work *work, const char *const *states,
                              const char *empty)
{
    struct command_listing listing = {"inbox", inbox_columns,
                                      sizeof inbox_columns / sizeof *inbox_columns, empty};
    json_t *list;
    enum command_exit wrong = gather(work, states, &list);
    if (!wrong)
        wrong = command_list_show(work, &listing, list);
    if (!wrong && json_array_size(list))
        command_say_next(work, "peregrin nomination show DOSSIER     a part of the name is enough");
    return wrong;
}

enum command_exit office_inbox_list(struct command_work *work)
{
    static const char *const states[] = {"pending", "reopened", "extending", "waitlisted", NULL};
    return show(work, states, "Nothing waits for your answer.");
}

enum command_exit office_inbox_refused(struct command_work *work)
{
    static const char *const states[] = {"void", NULL};
    return show(work, states, "Nothing that partners sent broke a rule.");
}
