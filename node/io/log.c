#include "io/log.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    TEXT_SIZE = 768,
    LINE_SIZE = 4096,
    NODE_SIZE = 128,
    BURST = 400, /* lines */
    LINES_A_SECOND = 50,
};

static const char *const level_names[] = {
    [TRACE_DETAIL] = "detail",
    [TRACE_NOTE] = "note",
    [TRACE_ALARM] = "alarm",
};

/* Alarms have a bucket of their own: notes cannot crowd them out. */
struct bucket {
    int64_t lines;
    int64_t refilled_us;
    uint64_t left_out;
};

struct log {
    int descriptor;
    enum trace_level least;
    char node[NODE_SIZE];
    struct bucket notes, alarms;
};

struct log *log_open(int descriptor, const char *node, enum trace_level least)
{
    struct log *log = calloc(1, sizeof *log);
    if (!log)
        return NULL;
    log->descriptor = descriptor;
    log->least = least;
    log->notes.lines = log->alarms.lines = BURST;
    log_quote(bytes_text(node), log->node, sizeof log->node);
    return log;
}

void log_close(struct log *log)
{
    free(log);
}

const char *log_level_name(enum trace_level level)
{
    assert(level <= TRACE_ALARM);
    return level_names[level];
}

bool log_level(const char *name, enum trace_level *level)
{
    for (size_t i = 0; i < sizeof level_names / sizeof *level_names; i++) {
        if (strcmp(level_names[i], name) == 0) {
            *level = (enum trace_level)i;
            return true;
        }
    }
    return false;
}

/* A clock that went back neither fills nor blocks the bucket. */
static bool bucket_take(struct bucket *bucket, struct instant at)
{
    int64_t passed = at.us - bucket->refilled_us;
    int64_t earned = passed / (INSTANT_SECOND / LINES_A_SECOND);
    if (passed < 0)
        bucket->refilled_us = at.us;
    if (earned > 0) {
        bucket->refilled_us = at.us;
        bucket->lines = earned > BURST - bucket->lines ? BURST : bucket->lines + earned;
    }
    if (bucket->lines == 0) {
        bucket->left_out++;
        return false;
    }
    bucket->lines--;
    return true;
}

/* Length of the UTF-8 character at the front; 0 when there is none. */
static size_t character_length(struct bytes text)
{
    uint8_t first = text.data[0];
    size_t length = first < 0x80 ? 1 : first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    if (length == 0 || first > 0xf4 || length > text.size)
        return 0;
    for (size_t i = 1; i < length; i++)
        if ((text.data[i] & 0xc0) != 0x80)
            return 0;
    /* Overlong forms, surrogates, and what lies above U+10FFFF. */
    uint8_t second = length > 1 ? text.data[1] : 0;
    bool bad = (first == 0xe0 && second < 0xa0) || (first == 0xed && second > 0x9f) ||
               (first == 0xf0 && second < 0x90) || (first == 0xf4 && second > 0x8f);
    return bad ? 0 : length;
}

size_t log_quote(struct bytes text, char *out, size_t size)
{
    assert(size > 0);
    size_t used = 0;
    while (text.size > 0) {
        char piece[8];
        size_t length = character_length(text), taken = length ? length : 1;
        if (length == 0)
            snprintf(piece, sizeof piece, "\\ufffd");
        else if (length == 1 && (text.data[0] == '"' || text.data[0] == '\\'))
            snprintf(piece, sizeof piece, "\\%c", text.data[0]);
        else if (length == 1 && (text.data[0] < 0x20 || text.data[0] == 0x7f))
            snprintf(piece, sizeof piece, "\\u%04x", text.data[0]);
        else
            snprintf(piece, sizeof piece, "%.*s", (int)length, (const char *)text.data);
        size_t room = strlen(piece);
        if (used + room + 1 > size)
            break;
        memcpy(out + used, piece, room);
        used += room;
        text = (struct bytes) {text.data + taken, text.size - taken};
    }
    out[used] = '\0';
    return used;
}

/* One write for each line, so that lines of several processes do not mix. Where the log cannot be
 * written there is nobody to tell. */
static void write_line(const struct log *log, struct instant at, enum trace_level level,
                       const char *text)
{
    char when[INSTANT_TEXT_SIZE], quoted[LINE_SIZE - 512], line[LINE_SIZE];
    instant_text(at, when);
    log_quote(bytes_text(text), quoted, sizeof quoted);
    int length = snprintf(line, sizeof line,
                          "{\"at\":\"%s\",\"level\":\"%s\",\"text\":\"%s\",\"node\":\"%s\"}\n",
                          when, level_names[level], quoted, log->node);
    assert(length > 0 && length < LINE_SIZE);
    ssize_t written = write(log->descriptor, line, (size_t)length);
    (void)written;
}

static void say(struct log *log, struct instant at, enum trace_level level, const char *text)
{
    struct bucket *bucket = level == TRACE_ALARM ? &log->alarms : &log->notes;
    if (level < log->least || !bucket_take(bucket, at))
        return;
    if (bucket->left_out > 0) {
        char count[64];
        snprintf(count, sizeof count, "%llu sentences were left out here",
                 (unsigned long long)bucket->left_out);
        write_line(log, at, level, count);
        bucket->left_out = 0;
    }
    write_line(log, at, level, text);
}

void log_say(struct log *log, struct instant at, enum trace_level level, const char *format, ...)
{
    char text[TEXT_SIZE];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    say(log, at, level, text);
}

void log_trace(struct log *log, struct instant at, const struct trace *trace)
{
    for (const struct trace_sentence *each = trace->first; each; each = each->next)
        say(log, at, each->level, each->text);
}
