#include "io/log.h"

#include "base/fault.h"
#include "base/verdict.h"
#include "io/journald.h"

#include <assert.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    TEXT_SIZE = 768,
    LINE_SIZE = 4096,
    NODE_SIZE = 128,
    NAME_SIZE = 64, /* of a partner or its node */
    MEMBER_SIZE = 96,
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
    char plain_node[NODE_SIZE];
    bool journal; /* the descriptor leads there */
    bool (*is_partner)(void *self, const char *name);
    void *self;
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
    log->journal = journald_leads(descriptor);
    snprintf(log->plain_node, sizeof log->plain_node, "%s", node);
    log_quote(bytes_text(node), log->node, sizeof log->node);
    return log;
}

void log_know(struct log *log, bool (*is_partner)(void *self, const char *name), void *self)
{
    log->is_partner = is_partner;
    log->self = self;
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

/* ---- what a sentence is about -------------------------------------------------------------- */

/* The first word that the catalogue knows; empty: there is none. */
static void find_partner(const struct log *log, const char *text, char out[static NAME_SIZE])
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789-.";
    while (log->is_partner && *text) {
        size_t size = strspn(text, letters);
        while (size > 0 && text[size - 1] == '.')
            size--;
        if (size > 0 && size < NAME_SIZE && memchr(text, '.', size)) {
            snprintf(out, NAME_SIZE, "%.*s", (int)size, text);
            if (log->is_partner(log->self, out))
                return;
        }
        text += size ? size : 1;
    }
    out[0] = '\0';
}

/* The code whose sentence stands in the text; NULL: there is none. */
static const char *find_code(const char *text)
{
    for (int i = FAULT_NONE + 1; i < FAULT_COUNT; i++)
        if (strstr(text, fault_text((enum fault)i)->sentence))
            return fault_text((enum fault)i)->code;
    for (int i = VERDICT_FINE + 1; i < VERDICT_COUNT; i++)
        if (strstr(text, verdict_text((enum verdict)i)->sentence))
            return verdict_text((enum verdict)i)->code;
    return NULL;
}

/* ---- writing ------------------------------------------------------------------------------- */

/* `,"name":"value"`, or nothing. The values are names and codes: nothing in them wants quoting. */
static void put_member(char out[static MEMBER_SIZE], const char *name, const char *value)
{
    out[0] = '\0';
    if (value && *value)
        snprintf(out, MEMBER_SIZE, ",\"%s\":\"%s\"", name, value);
}

/* A pipe that has room takes a line at once and whole: it is shorter than PIPE_BUF. */
static bool has_room(int descriptor)
{
    struct pollfd ready = {.fd = descriptor, .events = POLLOUT};
    return poll(&ready, 1, 0) != 0;
}

/* One write for each line, so that lines of several processes do not mix. Where the log cannot be
 * written there is nobody to tell. False: whoever reads it does not keep up. */
static bool write_json(const struct log *log, struct instant at, const char *text,
                       const struct journald_fields *fields)
{
    char when[INSTANT_TEXT_SIZE], quoted[LINE_SIZE - 1024], line[LINE_SIZE], prefix[8] = "";
    char partner[MEMBER_SIZE], code[MEMBER_SIZE];
    instant_text(at, when);
    log_quote(bytes_text(text), quoted, sizeof quoted);
    put_member(partner, "partner", fields->partner);
    put_member(code, "code", fields->code);
    if (log->journal) /* it did not take the fields: at least it shall know the priority */
        snprintf(prefix, sizeof prefix, "<%d>", journald_priority(fields->level));
    int length =
        snprintf(line, sizeof line,
                 "%s{\"at\":\"%s\",\"level\":\"%s\",\"text\":\"%s\",\"node\":\"%s\"%s%s}\n", prefix,
                 when, level_names[fields->level], quoted, log->node, partner, code);
    assert(length > 0 && length < LINE_SIZE);
    if (!has_room(log->descriptor))
        return false;
    ssize_t written = write(log->descriptor, line, (size_t)length);
    (void)written;
    return true;
}

static bool write_line(const struct log *log, struct instant at, enum trace_level level,
                       const char *text)
{
    char partner[NAME_SIZE] = "";
    find_partner(log, text, partner);
    struct journald_fields fields = {level, level_names[level], log->plain_node, partner,
                                     find_code(text)};
    return (log->journal && journald_send(text, &fields)) || write_json(log, at, text, &fields);
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
        if (!write_line(log, at, level, count)) {
            bucket->left_out++;
            return;
        }
        bucket->left_out = 0;
    }
    if (!write_line(log, at, level, text))
        bucket->left_out++;
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
