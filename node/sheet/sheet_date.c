#include "sheet/sheet_date.h"

#include "base/instant.h"
#include "base/words.h"
#include "report/plain.h"
#include "sheet/sheet_number.h"

#include <assert.h>
#include <ctype.h>
#include <string.h>
#include <strings.h>

enum { PARTS = 3, DIGITS_MAX = 8, WORD_MAX = 24, MONTHS = 12, CENTURY = 100 };

/* In English, French, Dutch and German, folded, with what is usual of abbreviations. */
static const char *const months[MONTHS] = {
    "january jan janvier janv januari januar",
    "february feb fevrier fevr fev februari februar",
    "march mar mars maart mrt marz maerz",
    "april apr avril avr",
    "may mai mei",
    "june jun juin juni",
    "july jul juillet juil juli",
    "august aug aout augustus",
    "september sep sept septembre",
    "october oct octobre oktober okt",
    "november nov novembre",
    "december dec decembre dezember dez",
};

/* A date taken apart: at most three numbers, at most one month's name, the signs between. */
struct pieces {
    uint32_t numbers[PARTS];
    size_t digits[PARTS];
    size_t count;
    uint32_t month;     /* by name; 0: none */
    size_t month_place; /* how many numbers stood before it */
    char sign;          /* between the numbers; 0: none, or blanks */
};

/* ---- taking it apart ---------------------------------------------------------------------------
 */

static uint32_t month_of(struct bytes word, struct arena *arena)
{
    const char *folded = plain_word(word, arena);
    for (uint32_t i = 0; folded && i < MONTHS; i++)
        if (words_hold(months[i], folded))
            return i + 1;
    return 0;
}

/* `1er`, `3rd`, `2e`. */
static bool is_ordinal(struct bytes word)
{
    static const char *const endings[] = {"er", "st", "nd", "rd", "th", "e", "ste", "de"};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        if (word.size == strlen(endings[i]) &&
            strncasecmp((const char *)word.data, endings[i], word.size) == 0)
            return true;
    return false;
}

static size_t number_take(struct bytes text, size_t at, struct pieces *out)
{
    uint32_t number = 0;
    size_t size = 0;
    for (; at + size < text.size && isdigit(text.data[at + size]); size++)
        if (size < DIGITS_MAX)
            number = number * 10 + (uint32_t)(text.data[at + size] - '0');
    if (out->count == PARTS || size > DIGITS_MAX)
        return 0;
    out->numbers[out->count] = number;
    out->digits[out->count++] = size;
    return size;
}

static bool is_word(uint8_t c)
{
    return isalpha(c) || c >= 0x80;
}

static size_t word_take(struct bytes text, size_t at, struct arena *arena, struct pieces *out)
{
    size_t size = 0;
    while (at + size < text.size && is_word(text.data[at + size]))
        size++;
    struct bytes word = {text.data + at, size};
    bool behind_number = at > 0 && isdigit(text.data[at - 1]);
    if (behind_number && is_ordinal(word))
        return size;
    uint32_t month = size <= WORD_MAX ? month_of(word, arena) : 0;
    if (!month || out->month)
        return 0;
    out->month = month;
    out->month_place = out->count;
    return size;
}

/* One sign between numbers, the same each time; around a month's name whatever is usual. */
static bool sign_take(char c, struct pieces *out)
{
    if (c == ' ' || c == ',' || c == '\'')
        return true;
    if (!strchr("-./", c) || !c || (out->count == 0 && !out->month))
        return false;
    bool same = !out->sign || out->sign == c || out->month;
    out->sign = c;
    return same;
}

/* Behind a date programs write the time of day: T00:00:00, or a blank and 00:00. */
static struct bytes without_time(struct bytes cell)
{
    for (size_t i = 6; i + 3 < cell.size; i++) {
        const uint8_t *at = cell.data + i;
        bool sign = (at[0] == ' ' || at[0] == 'T') && isdigit(at[-1]) && isdigit(at[1]);
        size_t colon = isdigit(at[2]) ? 3 : 2;
        if (sign && i + colon < cell.size && at[colon] == ':')
            return (struct bytes) {cell.data, i};
    }
    return cell;
}

static bool take_apart(struct bytes cell, struct arena *arena, struct pieces *out)
{
    *out = (struct pieces) {0};
    for (size_t at = 0, step; at < cell.size; at += step) {
        uint8_t c = cell.data[at];
        if (isdigit(c))
            step = number_take(cell, at, out);
        else if (is_word(c))
            step = word_take(cell, at, arena, out);
        else
            step = sign_take((char)c, out);
        if (step == 0)
            return false;
    }
    return out->count > 0;
}

/* ---- what the parts are ------------------------------------------------------------------------
 */

static bool settle(struct sheet_date *out, uint32_t year, uint32_t month, uint32_t day,
                   const char *form)
{
    out->year = year;
    out->month = month;
    out->day = day;
    out->form = form;
    return true;
}

/* 3 April 2005, April 3, 2005, 2005 April 3. */
static bool named_read(const struct pieces *pieces, struct sheet_date *out)
{
    if (pieces->count != 2 || pieces->month_place > 1)
        return false;
    bool year_first = pieces->digits[0] == 4;
    size_t year = year_first ? 0 : 1;
    if (pieces->digits[1 - year] > 2 || (pieces->digits[year] != 4 && pieces->digits[year] != 2))
        return false;
    out->short_year = pieces->digits[year] == 2;
    return settle(out, pieces->numbers[year], pieces->month, pieces->numbers[1 - year],
                  "d month yyyy");
}

/* A day as spreadsheets count, of the years 1920 to 2099, or eight digits. */
static bool single_read(const struct pieces *pieces, struct sheet_date *out)
{
    enum { FIRST = 7306, LAST = 73050 };
    char text[SHEET_NUMBER_DATE_SIZE];
    uint32_t number = pieces->numbers[0];
    int64_t days;
    if (pieces->digits[0] == 8)
        return settle(out, number / 10000, number / 100 % 100, number % 100, "yyyymmdd");
    if (number < FIRST || number > LAST || !sheet_number_date(number, text) ||
        !instant_date(bytes_text(text), &days))
        return false;
    struct pieces parts = {0};
    number_take((struct bytes) {(const uint8_t *)text, 4}, 0, &parts);
    number_take((struct bytes) {(const uint8_t *)text + 5, 2}, 0, &parts);
    number_take((struct bytes) {(const uint8_t *)text + 8, 2}, 0, &parts);
    return settle(out, parts.numbers[0], parts.numbers[1], parts.numbers[2], "serial numbers");
}

/* Of 01/02/2027 nobody knows which is the month unless one of them cannot be. Dots are written
 * where the day comes first. */
static bool signed_read(const struct pieces *pieces, struct sheet_date *out)
{
    static const char *const day_first[] = {"d.m.yyyy", "d/m/yyyy", "d-m-yyyy"};
    static const char *const month_first[] = {"m.d.yyyy", "m/d/yyyy", "m-d-yyyy"};
    static const char *const open[] = {"d.m.yyyy", "d/m/yyyy or m/d/yyyy", "d-m-yyyy or m-d-yyyy"};
    static const char signs[] = "./-";
    const uint32_t *part = pieces->numbers;
    bool years = pieces->digits[2] == 4 || pieces->digits[2] == 2;
    if (!pieces->sign || !years || pieces->digits[0] > 2 || pieces->digits[1] > 2)
        return false;
    size_t sign = (size_t)(strchr(signs, pieces->sign) - signs);
    out->short_year = pieces->digits[2] == 2;
    out->first = part[0];
    out->second = part[1];
    if (pieces->sign == '.' || part[0] > MONTHS) {
        out->proves = pieces->sign == '.' ? SHEET_DATE_ASK : SHEET_DATE_DMY;
        return settle(out, part[2], part[1], part[0], day_first[sign]);
    }
    if (part[1] > MONTHS) {
        out->proves = SHEET_DATE_MDY;
        return settle(out, part[2], part[0], part[1], month_first[sign]);
    }
    out->open = part[0] != part[1];
    return settle(out, part[2], part[1], part[0], open[sign]);
}

bool sheet_date_read(struct bytes cell, struct arena *arena, struct sheet_date *out)
{
    struct pieces pieces;
    *out = (struct sheet_date) {0};
    cell = without_time(cell);
    if (!take_apart(cell, arena, &pieces))
        return false;
    if (pieces.month)
        return named_read(&pieces, out);
    if (pieces.count == 1)
        return !pieces.sign && single_read(&pieces, out);
    if (pieces.count != PARTS)
        return false;
    if (pieces.digits[0] == 4 && pieces.sign && pieces.digits[1] <= 2 && pieces.digits[2] <= 2)
        return settle(out, pieces.numbers[0], pieces.numbers[1], pieces.numbers[2],
                      pieces.sign == '-' ? "yyyy-mm-dd" : "yyyy/m/d");
    return signed_read(&pieces, out);
}

/* The newest year that is not after the last one that is meant. */
static uint32_t year_whole(uint32_t short_year, uint32_t year_last)
{
    uint32_t year = year_last - year_last % CENTURY + short_year;
    return year > year_last ? year - CENTURY : year;
}

const char *sheet_date_text(const struct sheet_date *date, enum sheet_date_order order,
                            uint32_t year_last, struct arena *arena)
{
    uint32_t day = date->day, month = date->month, year = date->year;
    int64_t days;
    assert(year_last >= CENTURY);
    if (date->open && order == SHEET_DATE_ASK)
        return NULL;
    if (date->open && order == SHEET_DATE_MDY) {
        month = date->first;
        day = date->second;
    }
    if (date->short_year)
        year = year_whole(year, year_last);
    if (year > 9999 || month > MONTHS || day > 31)
        return NULL;
    const char *text = arena_format(arena, "%04u-%02u-%02u", year, month, day);
    return text && instant_date(bytes_text(text), &days) ? text : NULL;
}
