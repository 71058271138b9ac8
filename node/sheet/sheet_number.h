/* Numbers as a spreadsheet shows them: the format of a cell makes a number a date, or gives it
 * zeros in front. */
#pragma once

#include "sheet/sheet.h"

enum sheet_number_look {
    SHEET_NUMBER_PLAIN,
    SHEET_NUMBER_DATE,
    SHEET_NUMBER_TIME,   /* of the day, without a date */
    SHEET_NUMBER_PADDED, /* to so many digits: 613 is shown as 0613 */
};

struct sheet_number_style {
    uint8_t look, digits;
};

/* From a number format's code (`dd/mm/yyyy`, `0000`), as the file has it. */
struct sheet_number_style sheet_number_style(const char *code);
/* Of a format that every program knows by its number. */
struct sheet_number_style sheet_number_known(size_t format);

/* The stored number as text, and what it is. since_1904: days are counted as old Apple programs
 * did. Text that is no number stays as it is. Data is NULL when the arena is spent. */
struct bytes sheet_number_text(struct bytes stored, struct sheet_number_style style,
                               bool since_1904, struct arena *arena, uint8_t *kind);

/* A day as spreadsheets count since 1900 as `YYYY-MM-DD`: 1 to 2958465; false outside, and for the
 * 29th of February 1900, which only they know. */
enum { SHEET_NUMBER_DATE_SIZE = 11 };
bool sheet_number_date(uint32_t serial, char out[static SHEET_NUMBER_DATE_SIZE]);
/* Back, of a date from 1900 on; 0: it is none. */
uint32_t sheet_number_serial(struct bytes date);
