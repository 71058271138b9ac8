#include "command/command_list.h"

#include "command/command_say.h"
#include "report/relative.h"
#include "report/text.h"

#include <string.h>
#include <time.h>

enum { NAME_MAX_SIZE = 64, INDENT = 2 };

static const json_t *field_of(const json_t *object, const char *name)
{
    char part[NAME_MAX_SIZE];
    const char *dot;
    while ((dot = strchr(name, '.'))) {
        size_t size = (size_t)(dot - name);
        if (size >= sizeof part)
            return NULL;
        memcpy(part, name, size);
        part[size] = '\0';
        object = json_object_get(object, part);
        name = dot + 1;
    }
    return json_object_get(object, name);
}

static const char *ago(struct command_work *work, const char *iso)
{
    struct tm parts = {0};
    const char *end = strptime(iso, "%Y-%m-%dT%H:%M:%S", &parts);
    if (!end || work->common.plain)
        return iso;
    struct instant at = {(int64_t)timegm(&parts) * INSTANT_SECOND};
    const char *text = relative_text(at, work->port->now(work->port->self), work->arena);
    return text ? text : iso;
}

/* What a terminal may be given; a partner wrote some of these texts. */
static const char *calm(struct command_work *work, const char *text)
{
    struct bytes view = text_calm(bytes_text(text), work->arena);
    return view.data ? command_work_text(work, "%.*s", (int)view.size, (const char *)view.data)
                     : "";
}

const char *command_list_text(struct command_work *work, const json_t *object, const char *name,
                              enum command_style style)
{
    const json_t *value = field_of(object, name);
    if (style == COMMAND_YES)
        return json_is_true(value) ? "yes" : "";
    if (json_is_integer(value))
        return command_work_text(work, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
    if (json_is_boolean(value))
        return json_is_true(value) ? "yes" : "no";
    const char *text = json_string_value(value);
    if (!text)
        return style == COMMAND_TIME && !work->common.plain ? "-" : "";
    return calm(work, style == COMMAND_TIME ? ago(work, text) : text);
}

enum command_exit command_list_table(struct command_work *work,
                                     const struct command_listing *listing, const json_t *list)
{
    struct table_column columns[TABLE_COLUMNS_MAX];
    struct table table;
    for (size_t i = 0; i < listing->column_count; i++)
        columns[i] = (struct table_column) {listing->columns[i].title,
                                            listing->columns[i].style == COMMAND_COUNT,
                                            listing->columns[i].shrinks};
    table_start(&table, work->arena, columns, listing->column_count);
    for (size_t row = 0; row < json_array_size(list); row++) {
        const char *cells[TABLE_COLUMNS_MAX];
        for (size_t i = 0; i < listing->column_count; i++)
            cells[i] = command_list_text(work, json_array_get(list, row), listing->columns[i].name,
                                         listing->columns[i].style);
        table_add(&table, cells);
    }
    struct bytes text = work->common.plain
                            ? table_plain(&table)
                            : table_text(&table, work->port->out_is_tty ? work->port->columns : 0);
    if (!text.data)
        return command_say_verdict(work, VERDICT_TOO_LARGE, "the table");
    fwrite(text.data, 1, text.size, work->port->out);
    return COMMAND_DONE;
}

enum command_exit command_list_show(struct command_work *work,
                                    const struct command_listing *listing, const json_t *list)
{
    if (work->common.json) {
        command_say_json(work, json_pack("{s:i, s:O}", "schema", 1, listing->name, list));
        return COMMAND_DONE;
    }
    if (json_array_size(list) == 0) {
        command_say_note(work, "%s", listing->empty);
        return COMMAND_DONE;
    }
    return command_list_table(work, listing, list);
}

void command_list_fields(struct command_work *work, const json_t *object,
                         const struct command_column *fields, size_t count)
{
    size_t width = 0;
    for (size_t i = 0; i < count; i++)
        if (strlen(fields[i].title) > width)
            width = strlen(fields[i].title);
    for (size_t i = 0; i < count; i++) {
        const char *text = command_list_text(work, object, fields[i].name, fields[i].style);
        if (text[0])
            command_say_line(work, "%-*s  %s", (int)width, fields[i].title, text);
    }
}

/* A field of a tree: its names stand in a column of this width. */
struct branch {
    int indent, width;
};

static void say_branch(struct command_work *work, const char *name, const json_t *value,
                       struct branch branch)
{
    int indent = branch.indent;
    if (json_is_object(value)) {
        command_say_line(work, "%*s%s", indent, "", name);
        command_list_tree(work, value, indent + INDENT);
        return;
    }
    if (json_is_array(value)) {
        for (size_t i = 0; i < json_array_size(value); i++)
            say_branch(work, name, json_array_get(value, i), branch);
        return;
    }
    json_t *one = json_pack("{s:O}", "value", value);
    const char *text = command_list_text(work, one, "value", COMMAND_TEXT);
    if (text[0])
        command_say_line(work, "%*s%-*s  %s", indent, "", branch.width, name, text);
    json_decref(one);
}

void command_list_tree(struct command_work *work, const json_t *object, int indent)
{
    const char *name;
    json_t *value;
    struct branch branch = {indent, 0};
    json_object_foreach((json_t *)(uintptr_t)object, name,
                        value) if (!json_is_object(value) && !json_is_array(value) &&
                                   (int)strlen(name) > branch.width) branch.width =
        (int)strlen(name);
    json_object_foreach((json_t *)(uintptr_t)object, name, value)
        say_branch(work, name, value, branch);
}
