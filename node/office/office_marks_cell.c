#include "office/office_marks_cell.h"

#include "base/words.h"
#include "report/plain.h"

#include <string.h>

static bool read_whole(const char *text, json_int_t *out)
{
    size_t digits = strspn(text, "0123456789");
    if (!digits || digits > 6 || text[digits])
        return false;
    for (*out = 0; *text; text++)
        *out = *out * 10 + (*text - '0');
    return true;
}

/* `6`, `5.5`, `2,25`: exact, without floating point. */
static bool read_hundredths(const char *text, json_int_t *out)
{
    size_t whole = strspn(text, "0123456789");
    json_int_t value = 0;
    if (!whole || whole > 4)
        return false;
    for (size_t i = 0; i < whole; i++)
        value = value * 10 + (text[i] - '0');
    text += whole;
    bool point = *text == '.' || *text == ',';
    const char *parts = point ? text + 1 : text;
    size_t places = strspn(parts, "0123456789");
    if (parts[places] || places > 2 || (point && !places))
        return false;
    value *= 100;
    if (places >= 1)
        value += (parts[0] - '0') * 10;
    if (places == 2)
        value += parts[1] - '0';
    *out = value;
    return true;
}

static bool read_truth(struct command_work *work, const char *text, bool *out)
{
    static const struct {
        const char *words;
        bool value;
    } truths[] = {
        {"yes y true 1 passed pass oui o reussi acquis vrai ja j geslaagd p", true},
        {"no n false 0 failed fail non echoue echec faux nee neen nietgeslaagd f", false},
    };
    const char *folded = plain_word(bytes_text(text), work->arena);
    for (size_t i = 0; folded && i < sizeof truths / sizeof *truths; i++)
        if (words_hold(truths[i].words, folded)) {
            *out = truths[i].value;
            return true;
        }
    return false;
}

static json_t *read_date(struct command_work *work, enum sheet_date_order order, const char *text)
{
    enum { YEAR_LAST = 2099 };
    struct sheet_date date;
    if (!sheet_date_read(bytes_text(text), work->arena, &date))
        return NULL;
    const char *plain = sheet_date_text(&date, order, YEAR_LAST, work->arena);
    return plain ? json_string(plain) : NULL;
}

json_t *office_marks_cell_read(struct command_work *work, enum office_marks_cell_form form,
                               enum sheet_date_order order, const char *text)
{
    json_int_t number;
    bool truth;
    switch (form) {
    case OFFICE_MARKS_CELL_TEXT: return json_string(text);
    case OFFICE_MARKS_CELL_NUMBER: return read_whole(text, &number) ? json_integer(number) : NULL;
    case OFFICE_MARKS_CELL_HUNDREDTHS:
        return read_hundredths(text, &number) ? json_integer(number) : NULL;
    case OFFICE_MARKS_CELL_DATE: return read_date(work, order, text);
    case OFFICE_MARKS_CELL_TRUTH:
        return read_truth(work, text, &truth) ? json_boolean(truth) : NULL;
    }
    return NULL;
}
