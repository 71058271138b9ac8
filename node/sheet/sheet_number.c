#include "sheet/sheet_number.h"

#include "base/instant.h"

#include <assert.h>
#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Spreadsheets count a 29th of February 1900: before it their days are one more than ours. */
enum {
    EPOCH = 25569, /* 1970-01-01 */
    LEAP_THAT_WAS_NOT = 60,
    LAST = 2958465, /* 9999-12-31 */
    SINCE_1904 = 1462,
    DAY_SECONDS = 86400,
    NUMBER_SIZE_MAX = 40,
    DIGITS_EXACT = 15, /* of a double */
};

/* ---- formats -----------------------------------------------------------------------------------
 */

/* The letters of the code that are neither quoted, nor escaped, nor in brackets; its first section.
 */
static size_t bare_letters(const char *code, char *out, size_t size)
{
    size_t used = 0;
    bool quoted = false, bracketed = false;
    for (; *code && used + 1 < size && (quoted || *code != ';'); code++) {
        if (quoted || *code == '"')
            quoted = quoted != (*code == '"');
        else if (bracketed || *code == '[')
            bracketed = *code != ']';
        else if ((*code == '\\' || *code == '_' || *code == '*') && code[1])
            code++;
        else
            out[used++] = (char)tolower((unsigned char)*code);
    }
    out[used] = '\0';
    return used;
}

struct sheet_number_style sheet_number_style(const char *code)
{
    enum { CODE_MAX = 128, DIGITS_MAX = 12 };
    char bare[CODE_MAX];
    size_t length = bare_letters(code, bare, sizeof bare);
    bool general = strstr(bare, "general"), clock = strpbrk(bare, "hs");
    if (!general && (strpbrk(bare, "yd") || (strchr(bare, 'm') && !clock)))
        return (struct sheet_number_style) {SHEET_NUMBER_DATE, 0};
    if (!general && clock)
        return (struct sheet_number_style) {SHEET_NUMBER_TIME, 0};
    if (length > 1 && length <= DIGITS_MAX && strspn(bare, "0") == length)
        return (struct sheet_number_style) {SHEET_NUMBER_PADDED, (uint8_t)length};
    return (struct sheet_number_style) {SHEET_NUMBER_PLAIN, 0};
}

/* ECMA-376 part 1, 18.8.30: 14 to 17 and 22 are dates everywhere, 27 to 36 and 50 to 58 in East
 * Asia, 18 to 21 and 45 to 47 times. */
struct sheet_number_style sheet_number_known(size_t format)
{
    bool date = (format >= 14 && format <= 17) || format == 22 || (format >= 27 && format <= 31) ||
                format == 36 || (format >= 50 && format <= 58);
    bool clock = (format >= 18 && format <= 21) || (format >= 32 && format <= 35) ||
                 (format >= 45 && format <= 47);
    return (struct sheet_number_style) {date    ? SHEET_NUMBER_DATE
                                        : clock ? SHEET_NUMBER_TIME
                                                : SHEET_NUMBER_PLAIN,
                                        0};
}

/* ---- days --------------------------------------------------------------------------------------
 */

bool sheet_number_date(uint32_t serial, char out[static SHEET_NUMBER_DATE_SIZE])
{
    char text[INSTANT_TEXT_SIZE];
    if (serial < 1 || serial == LEAP_THAT_WAS_NOT || serial > LAST)
        return false;
    int64_t days = (int64_t)serial - EPOCH + (serial < LEAP_THAT_WAS_NOT);
    instant_text((struct instant) {days * DAY_SECONDS * INSTANT_SECOND}, text);
    memcpy(out, text, SHEET_NUMBER_DATE_SIZE - 1);
    out[SHEET_NUMBER_DATE_SIZE - 1] = '\0';
    return true;
}

uint32_t sheet_number_serial(struct bytes date)
{
    int64_t days;
    if (!instant_date(date, &days))
        return 0;
    int64_t serial = days + EPOCH;
    serial -= serial <= LEAP_THAT_WAS_NOT;
    return serial >= 1 && serial <= LAST ? (uint32_t)serial : 0;
}

static bool day_text(double value, bool since_1904, char out[static SHEET_NUMBER_DATE_SIZE])
{
    double day = floor(value) + (since_1904 ? SINCE_1904 : 0);
    return day >= 1 && day <= LAST && sheet_number_date((uint32_t)day, out);
}

/* ---- numbers -----------------------------------------------------------------------------------
 */

static bool digits_only(const char *text)
{
    size_t digits = strspn(text, "0123456789");
    return digits > 0 && digits <= DIGITS_EXACT && !text[digits];
}

/* As few digits as say the same number to people: 5.5, not 5.4999999999999996. */
static void plain_text(double value, const char *stored, struct sheet_number_style style, char *out,
                       size_t size)
{
    const double exact = 1e15;
    bool whole = fabs(value) < exact && value == floor(value);
    if (digits_only(stored) && style.look != SHEET_NUMBER_PADDED)
        snprintf(out, size, "%s", stored);
    else if (whole && style.look == SHEET_NUMBER_PADDED && value >= 0)
        snprintf(out, size, "%0*lld", style.digits, (long long)value);
    else if (whole)
        snprintf(out, size, "%lld", (long long)value);
    else
        snprintf(out, size, "%.*g", DIGITS_EXACT, value);
}

struct bytes sheet_number_text(struct bytes stored, struct sheet_number_style style,
                               bool since_1904, struct arena *arena, uint8_t *kind)
{
    char text[NUMBER_SIZE_MAX + 1], out[NUMBER_SIZE_MAX + 1], *end;
    *kind = SHEET_TEXT;
    if (stored.size == 0 || stored.size > NUMBER_SIZE_MAX)
        return arena_copy(arena, stored);
    memcpy(text, stored.data, stored.size);
    text[stored.size] = '\0';
    double value = strtod(text, &end);
    if (*end || strlen(text) != stored.size || !isfinite(value))
        return arena_copy(arena, stored);
    *kind = SHEET_NUMBER;
    if (style.look == SHEET_NUMBER_DATE && day_text(value, since_1904, out)) {
        *kind = SHEET_DATE;
    } else if (style.look == SHEET_NUMBER_TIME && value >= 0 && value < 1) {
        long seconds = lround(value * DAY_SECONDS);
        snprintf(out, sizeof out, "%02ld:%02ld", seconds / 3600, seconds / 60 % 60);
        *kind = SHEET_TEXT;
    } else {
        plain_text(value, text, style, out, sizeof out);
    }
    return arena_copy(arena, bytes_text(out));
}
