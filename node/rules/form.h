/* Rules of form: what a single text must look like. Each names the source of its rule. */
#pragma once

#include "base/bytes.h"
#include "base/instant.h"

bool form_email(struct bytes text);          /* one @, a dot behind it, RFC 5321 lengths, ASCII or UTF-8 local part */
bool form_esi(struct bytes text);            /* urn:schac:personalUniqueCode:int:esi:... (both forms) */
bool form_year(struct bytes text);           /* `2026/2027`, the second one more than the first */
bool form_isced_f(struct bytes text);        /* four digits, of a detailed field that exists (table) */
bool form_country(struct bytes text);        /* ISO 3166-1 alpha-2, upper case */
bool form_language(struct bytes text);       /* ISO 639-1, lower case */
bool form_cefr(struct bytes text);           /* A1 to C2 */
bool form_text(struct bytes text, size_t characters_min, size_t characters_max); /* UTF-8, counted in code points, no blank ends */
