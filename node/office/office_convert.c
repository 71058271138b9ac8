#include "command/command_list.h"
#include "command/command_node.h"
#include "command/command_say.h"
#include "office/office_grade.h"
#include "office/office_verbs.h"
#include "report/grade_view.h"
#include "report/text.h"

#include <string.h>

enum { WIDTH_MAX = 96, WIDTH_MIN = 40, WIDTH_OF_A_PIPE = 72, MARGIN = 2, MARK_SIZE = 4 };

/* ---- the drawing -----------------------------------------------------------------------------
 */

/* One table as a bar: the best grade at the left, each as wide as its share. */
struct bar {
    struct command_work *work;
    const json_t *side;
    size_t width;
};

static json_int_t number_at(const json_t *object, const char *name)
{
    return json_integer_value(json_object_get(object, name));
}

static const json_t *span_at(const struct bar *bar, size_t place)
{
    return json_array_get(json_object_get(bar->side, "grades"), place);
}

/* The column where a border stands. A node may say any number: it is kept within the bar. */
static size_t column_of(const struct bar *bar, json_int_t border)
{
    json_int_t total = number_at(bar->side, "total");
    if (total < 1 || total > RATIO_MAX || border < 0)
        return 0;
    return border < total ? (size_t)(border * (json_int_t)bar->width / total) : bar->width;
}

/* Labels where they fit, each behind the border at which its grade begins. */
static const char *labels_line(const struct bar *bar)
{
    const char *line = "";
    size_t count = json_array_size(json_object_get(bar->side, "grades")), at = 0;
    for (size_t i = 0; i < count; i++) {
        const json_t *span = span_at(bar, i);
        size_t begins = column_of(bar, number_at(span, "begins"));
        size_t ends = column_of(bar, number_at(span, "ends"));
        const char *label = command_list_text(bar->work, span, "grade", COMMAND_TEXT);
        size_t wide = text_width(bytes_text(label));
        if (begins < at || ends <= begins)
            continue;
        bool fits = wide + 1 <= ends - begins;
        line =
            command_work_text(bar->work, "%s%*s│%s%*s", line, (int)(begins - at), "",
                              fits ? label : "", (int)(ends - begins - 1 - (fits ? wide : 0)), "");
        at = ends;
    }
    return line;
}

/* Full for the grade itself, half for the others that overlap, light for the rest. */
static const char *shades_line(const struct bar *bar)
{
    static const char *const shades[] = {"░", "▒", "█"};
    char *line = arena_take(bar->work->arena, bar->width * MARK_SIZE + 1);
    size_t first = (size_t)number_at(bar->side, "first"),
           last = (size_t)number_at(bar->side, "last");
    size_t place = (size_t)number_at(bar->side, "place"), at = 0;
    size_t own = column_of(bar, number_at(span_at(bar, place), "begins"));
    size_t best = column_of(bar, number_at(span_at(bar, first), "begins"));
    size_t worst = column_of(bar, number_at(span_at(bar, last), "ends"));
    size_t end = column_of(bar, number_at(span_at(bar, place), "ends"));
    for (size_t column = 0; line && column < bar->width; column++) {
        bool chosen = column == own || (column >= own && column < end);
        const char *shade = shades[chosen ? 2 : column >= best && column < worst];
        memcpy(line + at, shade, strlen(shade));
        at += strlen(shade);
    }
    return line ? line : "";
}

static void bar_draw(struct command_work *work, const json_t *side, size_t width)
{
    const struct bar bar = {work, side, width};
    command_say_line(work, "%s", command_list_text(work, side, "table", COMMAND_TEXT));
    command_say_line(work, "  %s", labels_line(&bar));
    command_say_line(work, "  %s", shades_line(&bar));
}

static void draw(struct command_work *work, const json_t *told)
{
    size_t width = work->port->columns ? work->port->columns - MARGIN : WIDTH_OF_A_PIPE;
    if (work->port->columns < WIDTH_MIN && work->port->columns)
        return;
    if (width > WIDTH_MAX)
        width = WIDTH_MAX;
    bar_draw(work, json_object_get(told, "host"), width);
    bar_draw(work, json_object_get(told, "home"), width);
}

/* ---- the answer ------------------------------------------------------------------------------
 */

static enum command_exit answer_show(struct command_work *work, const json_t *told)
{
    const json_t *steps = json_object_get(told, "steps");
    size_t count = json_array_size(steps);
    const char *by = command_list_text(work, told, "by", COMMAND_TEXT);
    if (work->common.plain) {
        command_say_line(work, "%s\t%s\t%s\t%s",
                         command_list_text(work, told, "grade", COMMAND_TEXT),
                         command_list_text(work, told, "result", COMMAND_TEXT), by,
                         command_list_text(work, told, "rule", COMMAND_TEXT));
        return COMMAND_DONE;
    }
    for (size_t i = 0; i + 1 < count; i++)
        command_say_line(work, "%zu  %s", i + 1, json_string_value(json_array_get(steps, i)));
    if (strcmp(by, "distribution") == 0)
        draw(work, told);
    command_say_line(work, "%s (%s%s%s)",
                     count ? json_string_value(json_array_get(steps, count - 1)) : "", by,
                     json_is_string(json_object_get(told, "rule")) ? ", rule " : "",
                     command_list_text(work, told, "rule", COMMAND_TEXT));
    return COMMAND_DONE;
}

/* ---- without a node --------------------------------------------------------------------------
 */

enum { FILES_MAX = 8 };

struct files {
    struct sheet_grading tables[FILES_MAX];
    size_t count;
};

/* `TABLE`, or `TABLE/SCALE`. */
static enum command_exit side_find(struct command_work *work, const struct files *files,
                                   const char *name, struct grade_view_side *out)
{
    const char *slash = strchr(name, '/');
    const char *id =
        command_work_text(work, "%.*s", (int)(slash ? (size_t)(slash - name) : strlen(name)), name);
    for (size_t i = 0; i < files->count; i++) {
        const struct sheet_grading_table *table = sheet_grading_find(&files->tables[i], id);
        if (!table)
            continue;
        *out = (struct grade_view_side) {.grading = table->levels.count ? NULL : &table->grading,
                                         .levels = table->levels.count ? &table->levels : NULL,
                                         .scale = slash ? slash + 1 : NULL};
        return COMMAND_DONE;
    }
    struct finding why;
    return finding_say(&why, FINDING_TABLE_MISSING, NULL, work->arena, "`%s`", id)
               ? office_grade_wrong(work, &why)
               : COMMAND_DONE;
}

static enum command_exit from_files(struct command_work *work, const char *from, const char *to,
                                    json_t **told)
{
    struct files *files = arena_take(work->arena, sizeof *files);
    struct grade_view_ask ask = {.grade = work->arguments[0],
                                 .rule = command_work_flag(work, "rule")};
    struct finding why = {0};
    const char *path;
    enum command_exit wrong = COMMAND_DONE;
    if (!files)
        return command_say_verdict(work, VERDICT_TOO_LARGE, "the tables");
    while (!wrong && files->count < FILES_MAX &&
           (path = command_work_flag_nth(work, "file", files->count)))
        wrong = office_grade_read(work, path, &files->tables[files->count++]);
    if (!wrong)
        wrong = side_find(work, files, from, &ask.host);
    if (!wrong && to)
        wrong = side_find(work, files, to, &ask.home);
    if (wrong)
        return wrong;
    if (grade_view_convert(&ask, work->arena, told, &why))
        return office_grade_wrong(work, &why);
    command_work_keep(work, *told);
    return *told ? COMMAND_DONE : command_say_verdict(work, VERDICT_TOO_LARGE, "the answer");
}

static enum command_exit from_node(struct command_work *work, const char *from, const char *to,
                                   json_t **told)
{
    json_t *body = json_pack("{s:s, s:s, s:s*, s:s*}", "grade", work->arguments[0], "from", from,
                             "to", to, "rule", command_work_flag(work, "rule"));
    json_t *reply;
    const struct command_call call = {
        .method = "POST", .path = "/api/v1/grades/conversions", .body = body};
    enum command_exit wrong = command_node_call(work, &call, &reply);
    if (!wrong)
        *told = json_object_get(reply, "conversion");
    return wrong;
}

enum command_exit office_convert_run(struct command_work *work)
{
    const char *from = command_work_flag(work, "from"), *to = command_work_flag(work, "to");
    json_t *told = NULL;
    if (!from)
        return command_say_usage(work, "see `peregrin grade table list`",
                                 "--from wants the host's table");
    enum command_exit wrong = command_work_flag(work, "file") ? from_files(work, from, to, &told)
                                                              : from_node(work, from, to, &told);
    if (wrong)
        return wrong;
    command_say_json(work, json_pack("{s:i, s:O}", "schema", 1, "conversion", told));
    return work->common.json ? COMMAND_DONE : answer_show(work, told);
}
