#include "command/command_money.h"

#include "admin/import_number.h"
#include "command/command_say.h"

#include <stdlib.h>
#include <string.h>

enum command_exit command_money_flag(struct command_work *work, const char *name, json_int_t *cents,
                                     bool *given)
{
    const char *text = command_work_flag(work, name);
    uint64_t read = 0;
    *given = text;
    bool fits = !text || (import_number_cents(bytes_text(text), &read) && read > 0);
    *cents = (json_int_t)read;
    if (fits)
        return COMMAND_DONE;
    return command_say_usage(work, "give a sum like 1200 or 1200.50", "--%s: `%s` is no sum", name,
                             text);
}

const char *command_money_text(struct command_work *work, json_int_t cents, const char *currency)
{
    json_int_t whole = cents / 100;
    const char *text = command_work_text(work, "%03d", (int)(whole % 1000));
    for (whole /= 1000; whole; whole /= 1000)
        text = command_work_text(work, "%03d,%s", (int)(whole % 1000), text);
    while (text[0] == '0' && text[1])
        text++;
    return command_work_text(work, "%s.%02d%s%s", text, (int)(cents % 100), *currency ? " " : "",
                             currency);
}

void command_money_dress(struct command_work *work, json_t *object, const char *currency)
{
    static const char *const sums[] = {"amount", "allotted", "released", "balance", "asked", ""};
    for (size_t i = 0; i < sizeof sums / sizeof *sums; i++) {
        const char *name = *sums[i] ? command_work_text(work, "%s_cents", sums[i]) : "cents";
        const json_t *cents = json_object_get(object, name);
        if (!json_is_integer(cents))
            continue;
        json_object_set_new(
            object, *sums[i] ? sums[i] : "sum",
            json_string(command_money_text(work, json_integer_value(cents), currency)));
        json_object_del(object, name);
    }
}

void command_money_dress_all(struct command_work *work, json_t *list, const char *currency)
{
    for (size_t i = 0; !work->common.json && i < json_array_size(list); i++) {
        json_t *one = json_array_get(list, i);
        const char *own = json_string_value(json_object_get(one, "currency"));
        command_money_dress(work, one, own ? own : currency);
    }
}

void command_money_flags(struct command_work *work, json_t *body, const char *const flags[],
                         const char *const names[])
{
    for (size_t i = 0; flags[i]; i++) {
        const char *value = command_work_flag(work, flags[i]);
        if (value)
            json_object_set_new(body, names[i], json_string(value));
    }
}

enum command_exit command_money_number(struct command_work *work, json_t *body, const char *text,
                                       const char *name)
{
    enum { DIGITS_MAX = 9 };
    if (!text)
        return COMMAND_DONE;
    size_t digits = strspn(text, "0123456789");
    if (!digits || digits > DIGITS_MAX || text[digits])
        return command_say_usage(work, "give a whole number", "%s: `%s` is none", name, text);
    json_object_set_new(body, name, json_integer(strtoll(text, NULL, 10)));
    return COMMAND_DONE;
}
