#include "sheet/sheet_strings.h"

#include "sheet/sheet_cell.h"

#include <string.h>
#include <utf8proc.h>

enum { STRINGS_MAX = 400000, STRINGS_FIRST = 256, ESCAPE = 7 /* _xHHHH_ */ };

struct reading {
    struct sheet_xml_reader *reader;
    struct arena *arena;
    struct bytes *texts;
    size_t count, room;
    struct sheet_strings_run run;
    bool text, spoken; /* within <t>, within <rPh> */
    bool spent, over;
};

void sheet_strings_add(struct sheet_strings_run *run, const char *text, size_t size)
{
    size_t left = SHEET_CELL_MAX - run->size;
    run->over = run->over || size > left;
    if (run->over)
        return;
    memcpy(run->text + run->size, text, size);
    run->size += size;
}

static int hex_value(char c)
{
    const char *digits = "0123456789abcdef", *at = c ? strchr(digits, c | 0x20) : NULL;
    if (c >= '0' && c <= '9')
        return c - '0';
    return at ? (int)(at - digits) : -1;
}

/* The character of `_xHHHH_`; -1: there is none here. */
static int escape_at(const char *text, size_t left)
{
    int point = 0;
    if (left < ESCAPE || text[0] != '_' || text[1] != 'x' || text[ESCAPE - 1] != '_')
        return -1;
    for (size_t i = 2; i < ESCAPE - 1; i++) {
        int digit = hex_value(text[i]);
        if (digit < 0)
            return -1;
        point = point * 16 + digit;
    }
    return point;
}

static void unescape(struct sheet_strings_run *run)
{
    size_t out = 0;
    for (size_t at = 0; at < run->size;) {
        int point = escape_at(run->text + at, run->size - at);
        bool half = point >= 0xD800 && point < 0xE000;
        if (point < 1 || half) {
            run->text[out++] = run->text[at++];
            continue;
        }
        out += (size_t)utf8proc_encode_char(point, (uint8_t *)run->text + out);
        at += ESCAPE;
    }
    run->size = out;
}

struct bytes sheet_strings_close(struct sheet_strings_run *run, struct arena *arena)
{
    struct bytes clean = {0};
    if (memchr(run->text, '_', run->size))
        unescape(run);
    if (!sheet_cell_clean((struct bytes) {(const uint8_t *)run->text, run->size}, arena, &clean))
        return (struct bytes) {0};
    return clean;
}

static bool room_make(struct reading *reading)
{
    if (reading->count < reading->room)
        return true;
    size_t room = reading->room ? 2 * reading->room : STRINGS_FIRST;
    struct bytes *texts = arena_take_array(reading->arena, room, sizeof *texts);
    if (!texts)
        return false;
    if (reading->count)
        memcpy(texts, reading->texts, reading->count * sizeof *texts);
    reading->texts = texts;
    reading->room = room;
    return true;
}

static void begin(void *self, const char *name, const char *const *)
{
    struct reading *reading = self;
    if (strcmp(name, "si") == 0)
        reading->run.size = 0;
    reading->text = strcmp(name, "t") == 0;
    reading->spoken = reading->spoken || strcmp(name, "rPh") == 0;
}

static void text_end(struct reading *reading)
{
    struct bytes text = {0};
    bool room = room_make(reading);
    if (room)
        text = sheet_strings_close(&reading->run, reading->arena);
    reading->spent = !room || !text.data;
    reading->over = reading->run.over || reading->count == STRINGS_MAX;
    reading->reader->stop = reading->spent || reading->over;
    if (!reading->reader->stop)
        reading->texts[reading->count++] = text;
}

static void finish(void *self, const char *name)
{
    struct reading *reading = self;
    reading->text = false;
    if (strcmp(name, "rPh") == 0)
        reading->spoken = false;
    if (strcmp(name, "si") == 0)
        text_end(reading);
}

static void characters(void *self, const char *text, size_t size)
{
    struct reading *reading = self;
    if (reading->text && !reading->spoken)
        sheet_strings_add(&reading->run, text, size);
}

enum fault sheet_strings_read(struct sheet_zip *zip, const char *part, struct arena *arena,
                              struct sheet_strings *out, struct sheet_refusal *refusal)
{
    static const struct sheet_refusal large = {
        "too_large", "cells of at most 16 KiB, and not more texts than a list has",
        "copy the list alone into a new workbook"};
    struct reading *reading = arena_take(arena, sizeof *reading);
    struct sheet_xml_reader reader = {reading, begin, finish, characters, false};
    if (!reading)
        return FAULT_MEMORY;
    reading->reader = &reader;
    reading->arena = arena;
    TRY(sheet_xml_read(zip, part, &reader, refusal));
    if (reading->spent)
        return FAULT_MEMORY;
    if (reading->over && !refusal->expected)
        *refusal = large;
    *out = (struct sheet_strings) {reading->texts, reading->count};
    return FAULT_NONE;
}
