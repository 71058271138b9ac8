#include "report/ical.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

enum { ROOM_FIRST = 4096, DATE_SIZE = 11, STAMP_SIZE = 20 };

static bool room_make(struct ical *ical, size_t more)
{
    if (ical->spent || ical->size + more <= ical->room)
        return !ical->spent;
    size_t room = ical->room ? ical->room : ROOM_FIRST;
    while (room < ical->size + more)
        room *= 2;
    char *text = arena_take(ical->arena, room);
    ical->spent = !text;
    if (!text)
        return false;
    if (ical->size)
        memcpy(text, ical->text, ical->size);
    ical->text = text;
    ical->room = room;
    return true;
}

static void put(struct ical *ical, const char *text, size_t size)
{
    if (!room_make(ical, size))
        return;
    memcpy(ical->text + ical->size, text, size);
    ical->size += size;
}

/* 3.1: a longer line goes on behind a blank in the next one. No character is cut in two, which
 * readers of single lines could not show. */
static void put_folded(struct ical *ical, const char *line)
{
    size_t left = strlen(line), room = ICAL_LINE_MAX;
    while (left > room) {
        size_t cut = room;
        while (cut > 1 && ((unsigned char)line[cut] & 0xc0) == 0x80)
            cut--;
        put(ical, line, cut);
        put(ical, "\r\n ", 3);
        line += cut;
        left -= cut;
        room = ICAL_LINE_MAX - 1;
    }
    put(ical, line, left);
    put(ical, "\r\n", 2);
}

static void put_plain(struct ical *ical, const char *name, const char *value)
{
    const char *line = arena_format(ical->arena, "%s:%s", name, value);
    ical->spent = ical->spent || !line;
    if (line)
        put_folded(ical, line);
}

/* 3.3.11: what has a meaning in a text is written behind a backslash. */
static void put_text(struct ical *ical, const char *name, const char *value)
{
    char *escaped = arena_take(ical->arena, 2 * strlen(value) + 1);
    size_t size = 0;
    ical->spent = ical->spent || !escaped;
    if (!escaped)
        return;
    for (; *value; value++) {
        if (strchr("\\;,\n", *value))
            escaped[size++] = '\\';
        if (*value != '\r')
            escaped[size++] = *value == '\n' ? 'n' : *value;
    }
    escaped[size] = '\0';
    put_plain(ical, name, escaped);
}

/* Digits alone, and what stands between the date and the time. */
static void put_stamp(struct ical *ical, struct instant at)
{
    char text[INSTANT_TEXT_SIZE], stamp[STAMP_SIZE];
    size_t size = 0;
    instant_text(at, text);
    for (const char *from = text; *from && size + 1 < sizeof stamp; from++)
        if (*from != '-' && *from != ':')
            stamp[size++] = *from;
    stamp[size] = '\0';
    put_plain(ical, "DTSTAMP", stamp);
}

void ical_open(struct ical *ical, struct arena *arena, const char *name)
{
    *ical = (struct ical) {.arena = arena};
    put_plain(ical, "BEGIN", "VCALENDAR");
    put_plain(ical, "VERSION", "2.0");
    put_plain(ical, "PRODID", "-//Peregrin//EN");
    put_text(ical, "X-WR-CALNAME", name);
}

void ical_event(struct ical *ical, const struct ical_event *event)
{
    int64_t days;
    char date[DATE_SIZE];
    if (!instant_date(bytes_text(event->date), &days))
        return;
    snprintf(date, sizeof date, "%.4s%.2s%.2s", event->date, event->date + 5, event->date + 8);
    put_plain(ical, "BEGIN", "VEVENT");
    put_text(ical, "UID", event->uid);
    put_stamp(ical, event->changed_at);
    put_plain(ical, "DTSTART;VALUE=DATE", date);
    put_text(ical, "SUMMARY", event->summary);
    if (event->description)
        put_text(ical, "DESCRIPTION", event->description);
    put_plain(ical, "TRANSP", "TRANSPARENT");
    if (event->alarm_days) {
        const char *before = arena_format(ical->arena, "-P%uD", event->alarm_days);
        put_plain(ical, "BEGIN", "VALARM");
        put_plain(ical, "ACTION", "DISPLAY");
        put_text(ical, "DESCRIPTION", event->summary);
        put_plain(ical, "TRIGGER", before ? before : "-P1D");
        put_plain(ical, "END", "VALARM");
    }
    put_plain(ical, "END", "VEVENT");
}

struct bytes ical_close(struct ical *ical)
{
    assert(ical->arena);
    put_plain(ical, "END", "VCALENDAR");
    return ical->spent ? (struct bytes) {0}
                       : (struct bytes) {(const uint8_t *)ical->text, ical->size};
}
