#include "command/command_say.h"

#include "report/text.h"

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

/* ANSI colours, only where a terminal wants them. */
enum { ASIDE_MAX = 4096 };

static const char red[] = "\033[31m", plain[] = "\033[0m";

static bool err_in_color(const struct command_work *work)
{
    return work->port->err_is_tty && !work->port->no_color && !work->common.no_color;
}

/* What was said as result stands before what is said aside, also when both go to one place. */
static FILE *aside(const struct command_work *work)
{
    fflush(work->port->out);
    return work->port->err;
}

/* Strangers wrote some of it, and a terminal obeys what it is given: all goes out calmed, but for
 * line ends and tabs, which are ours. */
static void put_calm(struct command_work *work, FILE *file, const char *text)
{
    while (*text) {
        size_t size = strcspn(text, "\n\t");
        struct arena_mark mark = arena_mark(work->arena);
        struct bytes calm = text_calm((struct bytes) {(const uint8_t *)text, size}, work->arena);
        fwrite(calm.data ? calm.data : (const uint8_t *)"", 1, calm.size, file);
        arena_rewind(work->arena, mark);
        text += size;
        if (*text)
            fputc(*text++, file);
    }
}

static const char *view_text(struct command_work *work, struct bytes view)
{
    return view.data ? command_work_text(work, "%.*s", (int)view.size, (const char *)view.data)
                     : "";
}

/* Broken between words where a terminal shows it. */
static void say_aside(struct command_work *work, const char *title, const char *format,
                      va_list list)
{
    char text[ASIDE_MAX];
    size_t width = work->port->err_is_tty ? work->port->columns : 0;
    vsnprintf(text, sizeof text, format, list);
    struct bytes lines = text_wrap(bytes_text(text), width, strlen(title), work->arena);
    fputs(title, aside(work));
    put_calm(work, work->port->err, view_text(work, lines));
    fputc('\n', work->port->err);
}

static void say_list(struct command_work *work, const char *format, va_list list)
{
    char *text = NULL;
    if (vasprintf(&text, format, list) < 0)
        return;
    put_calm(work, work->port->out, text);
    free(text);
}

void command_say_line(struct command_work *work, const char *format, ...)
{
    if (work->common.json)
        return;
    va_list list;
    va_start(list, format);
    say_list(work, format, list);
    va_end(list);
    fputc('\n', work->port->out);
}

void command_say_some(struct command_work *work, const char *color, const char *format, ...)
{
    if (work->common.json)
        return;
    va_list list;
    va_start(list, format);
    fputs(color ? color : "", work->port->out);
    say_list(work, format, list);
    fputs(color ? plain : "", work->port->out);
    va_end(list);
}

/* Jansson escapes what stands below the space; a terminal obeys DEL and U+0080 to U+009F too. */
static size_t put_escaped(FILE *file, const char *text)
{
    bool two = (unsigned char)text[0] == 0xC2 && (unsigned char)text[1] < 0xA0;
    fprintf(file, "\\u%04x", (unsigned)(unsigned char)text[two ? 1 : 0]);
    return two ? 2 : 1;
}

static void put_json(FILE *file, const json_t *value, size_t flags)
{
    char *dumped = json_dumps(value, flags);
    for (const char *text = dumped; text && *text;) {
        size_t plain_size = strcspn(text, "\x7F\xC2");
        fwrite(text, 1, plain_size, file);
        text += plain_size;
        if (*text == '\x7F' || (*text && (unsigned char)text[1] < 0xA0))
            text += put_escaped(file, text);
        else if (*text)
            fputc(*text++, file);
    }
    fputc('\n', file);
    free(dumped);
}

void command_say_json(struct command_work *work, json_t *result)
{
    if (work->common.json && result)
        put_json(work->port->out, result, JSON_INDENT(2));
    json_decref(result);
}

void command_say_json_line(struct command_work *work, const json_t *value)
{
    put_json(work->port->out, value, JSON_COMPACT);
}

void command_say_note(struct command_work *work, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    if (!work->common.quiet && !work->common.json)
        say_aside(work, "", format, list);
    va_end(list);
}

void command_say_refused(struct command_work *work, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    if (!work->common.json)
        say_aside(work, "", format, list);
    va_end(list);
}

void command_say_detail(struct command_work *work, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    if (work->common.verbose)
        say_aside(work, "", format, list);
    va_end(list);
}

void command_say_next(struct command_work *work, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    if (!work->common.quiet && !work->common.json)
        say_aside(work, "Next:  ", format, list);
    va_end(list);
}

const char *command_say_count(struct command_work *work, size_t count, const char *one,
                              const char *many)
{
    return command_work_text(work, "%zu %s", count, count == 1 ? one : many);
}

/* What a person typed need be no UTF-8, and JSON takes nothing else. */
static const char *calm(struct command_work *work, const char *text)
{
    return text ? view_text(work, text_calm(bytes_text(text), work->arena)) : NULL;
}

void command_say_would(struct command_work *work, const json_t *reply, const char *format, ...)
{
    char *would = NULL;
    va_list list;
    va_start(list, format);
    int length = vasprintf(&would, format, list);
    va_end(list);
    if (length < 0)
        return;
    command_say_line(work, "%s", would);
    json_t *result =
        json_pack("{s:i, s:b, s:s?}", "schema", 1, "dry_run", 1, "would", calm(work, would));
    if (reply)
        json_object_update_missing(result, (json_t *)(uintptr_t)reply);
    command_say_json(work, result);
    free(would);
}

static void say_wrong_as_json(struct command_work *work, const struct command_wrong *wrong)
{
    json_t *error = json_pack("{s:{s:s, s:i, s:s, s:s?, s:s?, s:s?}}", "error", "code", wrong->code,
                              "exit", (int)wrong->status, "message", calm(work, wrong->what),
                              "hint", calm(work, wrong->remedy), "field", calm(work, wrong->field),
                              "correlation_id", calm(work, wrong->correlation));
    if (error)
        put_json(aside(work), error, JSON_INDENT(2));
    json_decref(error);
}

/* A part of an error, broken between words where a terminal shows it. */
static void say_part(struct command_work *work, const char *title, const char *text,
                     const char *after_title)
{
    size_t width = work->port->err_is_tty ? work->port->columns : 0;
    if (!text || !text[0])
        return;
    struct bytes lines = text_wrap(bytes_text(text), width, strlen(title) + 1, work->arena);
    fprintf(work->port->err, "%s%s ", title, after_title);
    put_calm(work, work->port->err, view_text(work, lines));
    fputc('\n', work->port->err);
}

enum command_exit command_say_wrong(struct command_work *work, const struct command_wrong *wrong)
{
    if (work->common.json) {
        say_wrong_as_json(work, wrong);
        return wrong->status;
    }
    bool color = err_in_color(work);
    fputs(color ? red : "", aside(work));
    say_part(work, "peregrin:", wrong->what, color ? plain : "");
    say_part(work, "  Field: ", wrong->field, "");
    say_part(work, "  Remedy:", wrong->remedy, "");
    if (work->common.verbose)
        say_part(work, "  In the node's log:", wrong->correlation, "");
    return wrong->status;
}

enum command_exit command_say_verdict(struct command_work *work, enum verdict verdict,
                                      const char *what)
{
    const struct verdict_text *text = verdict_text(verdict);
    const char *sentence = command_work_text(work, "%s: %s", what, text->sentence);
    return command_say_wrong(work, &(struct command_wrong) {(enum command_exit)text->exit_status,
                                                            text->code, sentence, text->remedy,
                                                            NULL, NULL});
}

static const char *file_remedy(int problem)
{
    switch (problem) {
    case ENOENT: return "look at the name; `ls -l` shows what is there";
    case EACCES:
    case EPERM: return "use the account that owns it, or change who may";
    case EEXIST: return "it was left as it is; move it away or give another name";
    case EFBIG: return "it is larger than any file of its kind";
    case ENOSPC: return "free space on that disk, then do the same again";
    case EISDIR: return "give a file, not a directory";
    default: return "see that the file can be used, then do the same again";
    }
}

enum command_exit command_say_file(struct command_work *work, const char *path, int problem)
{
    const char *what = command_work_text(work, "%s: %s", path, strerror(problem));
    enum command_exit status = problem == ENOENT                       ? COMMAND_NOT_FOUND
                               : problem == EACCES || problem == EPERM ? COMMAND_NOT_PERMITTED
                               : problem == EEXIST                     ? COMMAND_REFUSED
                                                                       : COMMAND_UNEXPECTED;
    return command_say_wrong(
        work, &(struct command_wrong) {status, "file", what, file_remedy(problem), NULL, NULL});
}

enum command_exit command_say_usage(struct command_work *work, const char *remedy,
                                    const char *format, ...)
{
    char what[1024];
    va_list list;
    va_start(list, format);
    vsnprintf(what, sizeof what, format, list);
    va_end(list);
    return command_say_wrong(
        work, &(struct command_wrong) {COMMAND_USAGE, "usage", what, remedy, NULL, NULL});
}

bool command_say_may_ask(const struct command_work *work)
{
    return work->port->asks && !work->common.no_input && !work->common.json && !work->common.yes;
}

enum command_exit command_say_confirm(struct command_work *work, const char *question)
{
    if (work->common.yes)
        return COMMAND_DONE;
    char answer[16] = "";
    const char *prompt = command_work_text(work, "%s [y/N] ", question);
    bool asked = work->port->asks && !work->common.no_input && !work->common.json;
    if (asked && work->port->ask(work->port->self, prompt, false, answer, sizeof answer)) {
        if (answer[0] == 'y' || answer[0] == 'Y')
            return COMMAND_DONE;
        command_say_note(work, "Nothing was done.");
        return COMMAND_INTERRUPTED;
    }
    if (command_say_stopped(work)) {
        command_say_note(work, "\nInterrupted: nothing was done.");
        return COMMAND_INTERRUPTED;
    }
    return command_say_usage(work, "add --yes when you are sure", "nobody is here to be asked: %s",
                             question);
}

bool command_say_stopped(const struct command_work *work)
{
    return work->port->stopped && work->port->stopped(work->port->self);
}

static void show_bar(struct command_work *work, const struct command_progress *progress,
                     size_t done, size_t total)
{
    enum { WIDTH = 24 };
    char bar[WIDTH + 1];
    size_t full = total ? done * WIDTH / total : WIDTH;
    memset(bar, '.', WIDTH);
    memset(bar, '#', full < WIDTH ? full : WIDTH);
    bar[WIDTH] = '\0';
    fprintf(work->port->err, "\r%s [%s] %zu of %zu%s", progress->what, bar, done, total,
            done >= total ? "\n" : "");
    fflush(work->port->err);
}

void command_say_progress(struct command_work *work, struct command_progress *progress, size_t done,
                          size_t total)
{
    if (work->common.quiet || work->common.json)
        return;
    struct instant now = work->port->now(work->port->self);
    if (!progress->started) {
        progress->started = true;
        progress->begun = now;
    }
    progress->shown = progress->shown || now.us - progress->begun.us > INSTANT_SECOND / 2;
    if (!progress->shown)
        return;
    unsigned tenths = total ? (unsigned)(done * 10 / total) : 10;
    if (work->port->err_is_tty)
        show_bar(work, progress, done, total);
    else if (tenths > progress->tenths)
        fprintf(work->port->err, "%s: %u %% (%zu of %zu)\n", progress->what, tenths * 10, done,
                total);
    progress->tenths = tenths;
}

enum command_exit command_say_number(struct command_work *work, const char *name, unsigned low,
                                     unsigned high, unsigned otherwise, unsigned *out)
{
    const char *text = command_work_flag(work, name);
    if (!text) {
        *out = otherwise;
        return COMMAND_DONE;
    }
    char *end;
    unsigned long value = strtoul(text, &end, 10);
    if (text[0] < '0' || text[0] > '9' || *end || value < low || value > high)
        return command_say_usage(
            work, command_work_text(work, "give a whole number from %u to %u", low, high),
            "--%s: `%s` is not in its range", name, text);
    *out = (unsigned)value;
    return COMMAND_DONE;
}
