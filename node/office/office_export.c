#include "command/command_node.h"
#include "command/command_say.h"
#include "command/command_sheet.h"
#include "office/office_verbs.h"

#include <string.h>

static bool ends_with(const char *text, const char *end)
{
    size_t length = strlen(text), size = strlen(end);
    return length >= size && strcmp(text + length - size, end) == 0;
}

enum command_exit office_export_nominations(struct command_work *work)
{
    static const char *const names[] = {"partner", "year", "own", "lang", NULL};
    const char *path = command_work_flag(work, "out");
    const char *format = path && ends_with(path, ".xlsx") ? "xlsx" : "csv";
    const char *query = command_work_text(work, "/api/v1/exports/nominations?format=%s", format);
    struct bytes content;
    enum command_exit wrong =
        command_node_bytes(work, command_node_query(work, query, names), &content);
    if (wrong)
        return wrong;
    if (!path) {
        fwrite(content.data, 1, content.size, work->port->out);
        return COMMAND_DONE;
    }
    if (work->common.dry_run) {
        command_say_would(work, NULL, "Would write %s", path);
        return COMMAND_DONE;
    }
    wrong = command_sheet_save(work, path, content);
    if (wrong)
        return wrong;
    command_say_line(work, "Wrote %s", path);
    command_say_json(work, json_pack("{s:i, s:s}", "schema", 1, "file", path));
    command_say_next(work, "edit it, then peregrin nomination import %s", path);
    return COMMAND_DONE;
}
