#include "command/command_work.h"

#include "command/command_flag.h"

#include <assert.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

const char *command_work_flag_nth(const struct command_work *work, const char *name, size_t nth)
{
    assert(command_flag_find(work->row, name, strlen(name)));
    for (size_t i = 0; i < work->given_count; i++)
        if (strcmp(work->given[i].name, name) == 0 && nth-- == 0)
            return work->given[i].value;
    return NULL;
}

const char *command_work_flag(const struct command_work *work, const char *name)
{
    return command_work_flag_nth(work, name, 0);
}

const char *command_work_flag_shared(const struct command_work *work, const char *name)
{
    bool known = command_flag_find(work->row, name, strlen(name));
    return known ? command_work_flag(work, name) : NULL;
}

json_t *command_work_keep(struct command_work *work, json_t *value)
{
    if (value)
        json_array_append_new(work->kept, value);
    return value;
}

const char *command_work_text(struct command_work *work, const char *format, ...)
{
    va_list list, again;
    va_start(list, format);
    va_copy(again, list);
    int length = vsnprintf(NULL, 0, format, list);
    char *text = length < 0 ? NULL : arena_take(work->arena, (size_t)length + 1);
    if (text)
        vsnprintf(text, (size_t)length + 1, format, again);
    va_end(again);
    va_end(list);
    return text ? text : "(no memory left for this text)";
}

const char *command_work_hex(struct command_work *work, const uint8_t *data, size_t size)
{
    static const char digits[] = "0123456789abcdef";
    char *text = arena_take(work->arena, size * 2 + 1);
    if (!text)
        return "(no memory left for this text)";
    for (size_t i = 0; i < size; i++) {
        text[2 * i] = digits[data[i] >> 4];
        text[2 * i + 1] = digits[data[i] & 15];
    }
    return text;
}

static int hex_digit(char letter)
{
    if (letter >= '0' && letter <= '9')
        return letter - '0';
    if (letter >= 'a' && letter <= 'f')
        return letter - 'a' + 10;
    if (letter >= 'A' && letter <= 'F')
        return letter - 'A' + 10;
    return -1;
}

bool command_work_unhex(const char *text, uint8_t *out, size_t size)
{
    if (!text || strlen(text) != size * 2)
        return false;
    for (size_t i = 0; i < size; i++) {
        int high = hex_digit(text[2 * i]), low = hex_digit(text[2 * i + 1]);
        if (high < 0 || low < 0)
            return false;
        out[i] = (uint8_t)(high << 4 | low);
    }
    return true;
}

json_int_t command_work_sum(json_int_t left, json_int_t right)
{
    json_int_t sum;
    return __builtin_add_overflow(left, right, &sum) ? INT64_MAX : sum;
}
