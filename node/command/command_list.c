#include "command/command_list.h"

#include "command/command_say.h"
#include "report/relative.h"
#include "report/text.h"

#include <string.h>
#include <time.h>

enum {
    NAME_MAX_SIZE = 64,
    INDENT = 2,
    FEW = 3, /* values of a thing that stands in a line */
    PROSE_LEAST = 20,
};

/* Only words of states have colours: green where all is well, yellow where something is awaited,
 * red where somebody must act. */
static const struct {
    const char *word, *color;
} colors[] = {
    {"accepted", "\033[32m"},   {"delivered", "\033[32m"},  {"connected", "\033[32m"},
    {"received", "\033[32m"},   {"recognised", "\033[32m"}, {"enabled", "\033[32m"},
    {"pending", "\033[33m"},    {"reopened", "\033[33m"},   {"waitlisted", "\033[33m"},
    {"queued", "\033[33m"},     {"ready", "\033[33m"},      {"connecting", "\033[33m"},
    {"arrived", "\033[32m"},    {"extending", "\033[33m"},  {"departed", "\033[33m"},
    {"transcript", "\033[33m"}, {"suspended", "\033[33m"},  {"refused", "\033[31m"},
    {"stuck", "\033[31m"},      {"away", "\033[31m"},       {"revoked", "\033[31m"},
    {"expired", "\033[31m"},    {"dead", "\033[31m"},       {"withdrawn", "\033[2m"},
};

static const char *color_of(struct bytes cell)
{
    for (size_t i = 0; i < sizeof colors / sizeof *colors; i++)
        if (bytes_equal(cell, bytes_text(colors[i].word)))
            return colors[i].color;
    return NULL;
}

static bool out_in_color(const struct command_work *work)
{
    return work->port->out_is_tty && !work->port->no_color && !work->common.no_color &&
           !work->common.plain;
}

/* 0: any. */
static size_t terminal_width(const struct command_work *work)
{
    return !work->common.plain ? work->port->columns : 0;
}

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

static const char *ago(struct command_work *work, const char *iso, bool due)
{
    struct tm parts = {0};
    const char *end = strptime(iso, "%Y-%m-%dT%H:%M:%S", &parts);
    if (!end || work->common.plain)
        return iso;
    struct instant at = {(int64_t)timegm(&parts) * INSTANT_SECOND};
    struct instant now = work->port->now(work->port->self);
    const char *text = due && instant_before(at, now) ? "now" : relative_text(at, now, work->arena);
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
    if (style == COMMAND_WAY && !work->common.plain)
        text = strcmp(text, "incoming") == 0 ? "in" : strcmp(text, "outgoing") == 0 ? "out" : text;
    bool time = style == COMMAND_TIME || style == COMMAND_DUE;
    return calm(work, time ? ago(work, text, style == COMMAND_DUE) : text);
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
    table.paint = color_of;
    for (size_t i = 0; out_in_color(work) && i < listing->column_count; i++)
        table.painted |= (unsigned)(listing->columns[i].style == COMMAND_STATE) << i;
    for (size_t row = 0; row < json_array_size(list); row++) {
        const char *cells[TABLE_COLUMNS_MAX];
        for (size_t i = 0; i < listing->column_count; i++)
            cells[i] = command_list_text(work, json_array_get(list, row), listing->columns[i].name,
                                         listing->columns[i].style);
        table_add(&table, cells);
    }
    struct bytes text =
        work->common.plain ? table_plain(&table) : table_text(&table, terminal_width(work));
    if (!text.data)
        return command_say_verdict(work, VERDICT_TOO_LARGE, "the table");
    fwrite(text.data, 1, text.size, work->port->out);
    return COMMAND_DONE;
}

struct command_listing command_list_last(struct command_listing listing, const json_t *list)
{
    const char *name = listing.columns[listing.column_count - 1].name;
    const json_t *first = json_object_get(json_array_get(list, 0), name);
    for (size_t i = 1; i < json_array_size(list); i++)
        if (!json_equal(first, json_object_get(json_array_get(list, i), name)))
            return listing;
    listing.column_count--;
    return listing;
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

/* Names of fields stand in a column of this width. */
struct branch {
    int indent, width;
};

/* Sentences are broken between words, beside their name; a digest that is too long for that stands
 * below it. */
static void say_field(struct command_work *work, struct branch branch,
                      const struct command_column *field, const char *text)
{
    size_t column = (size_t)(branch.indent + branch.width) + 2, width = terminal_width(work);
    bool fits = width < column + PROSE_LEAST;
    struct bytes lines = text_wrap(bytes_text(text), fits ? 0 : width, column, work->arena);
    const char *color =
        field->style == COMMAND_STATE && out_in_color(work) ? color_of(bytes_text(text)) : NULL;
    if (width && !strchr(text, ' ') && column + text_width(bytes_text(text)) > width) {
        command_say_line(work, "%*s%s", branch.indent, "", field->title);
        command_say_line(work, "%*s%s", branch.indent + INDENT, "", text);
        return;
    }
    int left = branch.width - (int)text_width(bytes_text(field->title));
    command_say_some(work, NULL, "%*s%s%*s  ", branch.indent, "", field->title, left > 0 ? left : 0,
                     "");
    command_say_some(work, color, "%.*s", lines.data ? (int)lines.size : 0,
                     (const char *)lines.data);
    command_say_line(work, "%s", "");
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
            say_field(work, (struct branch) {0, (int)width}, &fields[i], text);
    }
}

static bool has_scalars_only(const json_t *object)
{
    const char *name;
    json_t *value;
    json_object_foreach((json_t *)(uintptr_t)object, name, value)
    {
        if (json_is_object(value) || json_is_array(value))
            return false;
    }
    return true;
}

/* A record's times count from 1970: seconds, or whole minutes. NULL: it is none. */
static const char *time_text(struct command_work *work, const char *name, const json_t *value)
{
    static const struct {
        const char *name;
        int64_t seconds;
    } units[] = {{"issued_at", 60}, {"time", 1}};
    json_int_t count = json_integer_value(value);
    char text[INSTANT_TEXT_SIZE];
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (json_is_integer(value) && strcmp(name, units[i].name) == 0 && count >= 0 &&
            count <= INT64_MAX / (int64_t)INSTANT_SECOND / units[i].seconds) {
            instant_text((struct instant) {count * units[i].seconds * (int64_t)INSTANT_SECOND},
                         text);
            return command_work_text(work, "%s", text);
        }
    return NULL;
}

/* A value by itself, as it stands in a line. */
static const char *value_text(struct command_work *work, const char *name, const json_t *value)
{
    static const char *const genders[] = {"not known", "male", "female"}; /* ISO/IEC 5218 */
    json_int_t code = json_integer_value(value);
    if (name && strcmp(name, "gender") == 0 && code >= 0 && code < 3)
        return genders[code];
    const char *time = name ? time_text(work, name, value) : NULL;
    if (time)
        return time;
    json_t *one = command_work_keep(work, json_pack("{s:O}", "value", value));
    return command_list_text(work, one, "value", COMMAND_TEXT);
}

/* `en B2, fr B1`: a list of small things in one line; NULL where they are not small. */
static const char *list_text(struct command_work *work, const json_t *list)
{
    const char *text = "";
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *one = json_array_get(list, i);
        const char *name, *gap = i ? ", " : "";
        json_t *value;
        if (json_is_array(one) || json_object_size(one) > FEW || !has_scalars_only(one))
            return NULL;
        if (!json_is_object(one))
            text = command_work_text(work, "%s%s%s", text, gap, value_text(work, NULL, one));
        json_object_foreach((json_t *)(uintptr_t)one, name, value)
        {
            text = command_work_text(work, "%s%s%s", text, gap, value_text(work, name, value));
            gap = " ";
        }
    }
    return text;
}

/* `family_name` as people write it. */
static const char *spoken(struct command_work *work, const char *name)
{
    static const char *const written[][2] = {
        {"esi", "ESI"}, {"eqf", "EQF level"}, {"isced_f", "ISCED-F"}, {"email", "e-mail"}};
    for (size_t i = 0; i < sizeof written / sizeof *written; i++)
        if (strcmp(name, written[i][0]) == 0)
            return written[i][1];
    char *text = arena_text(work->arena, bytes_text(name));
    for (char *letter = text; letter && *letter; letter++)
        if (*letter == '_')
            *letter = ' ';
    return text ? text : name;
}

static void say_branch(struct command_work *work, const char *name, const json_t *value,
                       struct branch branch)
{
    const char *list = json_is_array(value) ? list_text(work, value) : NULL;
    if (json_is_object(value)) {
        command_say_line(work, "%*s%s", branch.indent, "", spoken(work, name));
        command_list_tree(work, value, branch.indent + INDENT);
        return;
    }
    if (json_is_array(value) && !list) {
        for (size_t i = 0; i < json_array_size(value); i++)
            say_branch(work, name, json_array_get(value, i), branch);
        return;
    }
    const char *text = list ? list : value_text(work, name, value);
    if (text[0])
        say_field(work, branch, &(struct command_column) {.title = spoken(work, name)}, text);
}

/* Names of objects within take no room: their fields stand below them. */
static int names_width(struct command_work *work, const json_t *object)
{
    const char *name;
    json_t *value;
    int width = 0;
    json_object_foreach((json_t *)(uintptr_t)object, name, value)
    {
        int own = (int)strlen(spoken(work, name));
        if (!json_is_object(value) && own > width)
            width = own;
    }
    return width;
}

void command_list_tree(struct command_work *work, const json_t *object, int indent)
{
    const char *name;
    json_t *value;
    struct branch branch = {indent, names_width(work, object)};
    json_object_foreach((json_t *)(uintptr_t)object, name, value)
    {
        say_branch(work, name, value, branch);
    }
}
