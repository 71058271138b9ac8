/* Rules of form: what a single text must look like. Each names the source of its rule.
 *
 * A text has one spelling: what compares equal elsewhere whatever its case is kept here in the
 * spelling of its specification, because records are compared byte by byte. Importing makes it so.
 */
#pragma once

#include "base/bytes.h"

enum {
    FORM_ESI_MAX = 255, /* characters, European Student Identifier 1.0 */
    FORM_ZONE_MAX = 64,
    FORM_EMAIL_MAX = 254, /* a path of RFC 5321, 4.5.3.1.3, without its brackets */
};

/* RFC 5321 in its conservative part: one @, a dot-atom of ASCII or UTF-8 (RFC 6531) of at most 64
 * bytes before it, a host name of at least two labels behind it. No quotes, comments or literals.
 */
bool form_email(struct bytes text);

/* European Student Identifier 1.0: `urn:schac:personalUniqueCode:int:esi:`, then a country or one
 * of its subdivisions, or the SCHAC home organisation, then a colon and a code of the characters
 * that RFC 2141 allows. Prefix and scope in the spelling of the specification, the code as issued.
 */
bool form_esi(struct bytes text);

/* Academic year `2026/2027`: the second one more than the first, between 2000 and 2100. */
bool form_year(struct bytes text);

/* Four digits of a detailed field of ISCED-F 2013, those of `not further defined` too. */
bool form_isced_f(struct bytes text);
/* A broad, narrow or detailed field: the first two, three or all four digits of one. */
bool form_isced_f_any(struct bytes text);

/* Month and day, `05-15`: a day of any year, 29 February too. */
bool form_month_day(struct bytes text);

/* Name of a time zone in its shape: `Europe/Brussels`, `UTC`, `America/Argentina/Ushuaia`. */
bool form_zone(struct bytes text);

/* ISO 3166-1 alpha-2, officially assigned, upper case. */
bool form_country(struct bytes text);

/* ISO 4217, capitals. */
bool form_currency(struct bytes text);

/* ISO 639-1, lower case. */
bool form_language(struct bytes text);

/* BCP 47 in its shape: a language of two or three letters, then subtags: `uk-Latn`. */
bool form_language_tag(struct bytes text);

/* Common European Framework of Reference for Languages, A1 to C2. */
bool form_cefr(struct bytes text);

/* Erasmus institution code: country part padded to three characters, place, number: `B  LIEGE37`.
 */
bool form_erasmus(struct bytes text);

/* UTF-8 without control characters but newline and tab, counted in code points, no blank ends. */
bool form_text(struct bytes text, size_t characters_min, size_t characters_max);

/* The same on a single line: no newline, no tab, no marks that turn the direction of writing. */
bool form_line(struct bytes text, size_t characters_min, size_t characters_max);
