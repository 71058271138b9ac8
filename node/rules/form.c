#include "rules/form.h"

#include <assert.h>
#include <string.h>

#include "record/header.h"

/* A sorted list of codes of one width, each with a blank behind it. */
struct list {
    const char *codes;
    size_t count, width;
};

/* ISO 3166-1:2020, the officially assigned alpha-2 codes. */
static const struct list countries = {
    "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ "
    "BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM "
    "DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS "
    "GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN "
    "KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ "
    "MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM "
    "PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV "
    "SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI "
    "VN VU WF WS YE YT ZA ZM ZW ",
    249, 2};

/* ISO 639-1:2002 with its later changes. */
static const struct list languages = {
    "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv "
    "cy da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr "
    "ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw "
    "ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv "
    "ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr "
    "ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi "
    "yo za zh zu ",
    184, 2};

/* ISO 4217, as in 2026: what is paid with, without metals, funds and codes for tests. */
static const struct list currencies = {
    "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN "
    "BWP BYN BZD CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR "
    "FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD "
    "JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD "
    "MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP "
    "PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC "
    "SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VED VES VND VUV WST "
    "XAF XCD XCG XOF XPF YER ZAR ZMW ZWG ",
    156, 3};

/* ISCED Fields of Education and Training 2013 (UNESCO Institute for Statistics): the detailed
 * fields, with 0 for `not further defined`, 8 for inter-disciplinary, 9 for `not elsewhere
 * classified`. */
static const struct list fields = {
    "0000 0011 0021 0031 0099 0110 0111 0112 0113 0114 0119 0188 0200 0210 0211 0212 0213 0214 "
    "0215 0219 0220 0221 0222 0223 0228 0229 0230 0231 0232 0239 0288 0299 0300 0310 0311 0312 "
    "0313 0314 0319 0320 0321 0322 0329 0388 0399 0400 0410 0411 0412 0413 0414 0415 0416 0417 "
    "0419 0421 0488 0499 0500 0510 0511 0512 0519 0520 0521 0522 0529 0530 0531 0532 0533 0539 "
    "0540 0541 0542 0588 0599 0610 0611 0612 0613 0619 0688 0700 0710 0711 0712 0713 0714 0715 "
    "0716 0719 0720 0721 0722 0723 0724 0729 0730 0731 0732 0788 0799 0800 0810 0811 0812 0819 "
    "0821 0831 0841 0888 0899 0900 0910 0911 0912 0913 0914 0915 0916 0917 0919 0920 0921 0922 "
    "0923 0929 0988 0999 1000 1010 1011 1012 1013 1014 1015 1019 1020 1021 1022 1029 1030 1031 "
    "1032 1039 1041 1088 1099 9999 ",
    150, 4};

static const struct list levels = {"A1 A2 B1 B2 C1 C2 ", 6, 2};

static bool listed(const struct list *list, struct bytes text)
{
    size_t low = 0, high = list->count, step = list->width + 1;
    assert(strlen(list->codes) == list->count * step);
    if (text.size != list->width)
        return false;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = memcmp(list->codes + middle * step, text.data, list->width);
        if (order == 0)
            return true;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return false;
}

bool form_country(struct bytes text)
{
    return listed(&countries, text);
}

bool form_currency(struct bytes text)
{
    return listed(&currencies, text);
}

bool form_language(struct bytes text)
{
    return listed(&languages, text);
}

bool form_isced_f(struct bytes text)
{
    return listed(&fields, text);
}

bool form_isced_f_any(struct bytes text)
{
    assert(strlen(fields.codes) == fields.count * (fields.width + 1));
    for (size_t i = 0; i < fields.count && text.size >= 2 && text.size <= fields.width; i++)
        if (memcmp(fields.codes + i * (fields.width + 1), text.data, text.size) == 0)
            return true;
    return false;
}

bool form_cefr(struct bytes text)
{
    return listed(&levels, text);
}

static bool is_lower(uint8_t byte)
{
    return byte >= 'a' && byte <= 'z';
}

static bool is_upper(uint8_t byte)
{
    return byte >= 'A' && byte <= 'Z';
}

static bool is_digit(uint8_t byte)
{
    return byte >= '0' && byte <= '9';
}

static bool is_letter(uint8_t byte)
{
    return is_lower(byte) || is_upper(byte);
}

bool form_month_day(struct bytes text)
{
    static const uint8_t days[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const uint8_t *at = text.data;
    if (text.size != 5 || at[2] != '-' || !is_digit(at[0]) || !is_digit(at[1]) ||
        !is_digit(at[3]) || !is_digit(at[4]))
        return false;
    unsigned month = (at[0] - '0') * 10u + (at[1] - '0'), day = (at[3] - '0') * 10u + (at[4] - '0');
    return month >= 1 && month <= 12 && day >= 1 && day <= days[month - 1];
}

/* Parts of letters first, then letters, digits, `+`, `-` and `_`, with strokes between them: never
 * a path to anything else. */
bool form_zone(struct bytes text)
{
    bool begins = true;
    if (text.size < 1 || text.size > FORM_ZONE_MAX)
        return false;
    for (size_t i = 0; i < text.size; i++) {
        uint8_t byte = text.data[i];
        bool stroke = byte == '/' && !begins;
        bool inner = is_digit(byte) || byte == '+' || byte == '-' || byte == '_';
        if (!stroke && !is_letter(byte) && (begins || !inner))
            return false;
        begins = stroke;
    }
    return !begins;
}

static bool is_lower_or_digit(uint8_t byte)
{
    return is_lower(byte) || is_digit(byte);
}

static bool is_letter_or_digit(uint8_t byte)
{
    return is_letter(byte) || is_digit(byte);
}

static bool all(struct bytes text, bool (*test)(uint8_t byte))
{
    for (size_t i = 0; i < text.size; i++)
        if (!test(text.data[i]))
            return false;
    return true;
}

static bool has(const char *characters, uint8_t byte)
{
    return byte && strchr(characters, byte);
}

static struct bytes part(struct bytes text, size_t from, size_t to)
{
    assert(from <= to && to <= text.size);
    return (struct bytes) {text.data + from, to - from};
}

/* Where the character stands first; the size of the text when it does not. */
static size_t find(struct bytes text, uint8_t character)
{
    const uint8_t *found = text.size ? memchr(text.data, character, text.size) : NULL;
    return found ? (size_t)(found - text.data) : text.size;
}

/* Cuts what stands before the mark off the rest; the mark itself goes. */
static struct bytes cut(struct bytes *rest, uint8_t mark)
{
    size_t end = find(*rest, mark);
    struct bytes head = part(*rest, 0, end);
    *rest = part(*rest, end < rest->size ? end + 1 : end, rest->size);
    return head;
}

bool form_year(struct bytes text)
{
    if (text.size != 9 || text.data[4] != '/')
        return false;
    unsigned years[2] = {0};
    for (size_t i = 0; i < 2; i++) {
        struct bytes digits = part(text, 5 * i, 5 * i + 4);
        if (!all(digits, is_digit))
            return false;
        for (size_t j = 0; j < digits.size; j++)
            years[i] = years[i] * 10 + (digits.data[j] - '0');
    }
    return years[0] >= 2000 && years[1] <= 2100 && years[1] == years[0] + 1;
}

/* RFC 5646, 2.1, without its irregular and private tags; 35 is its own advice for buffers. */
bool form_language_tag(struct bytes text)
{
    if (text.size == 0 || text.size > 35 || text.data[text.size - 1] == '-')
        return false;
    struct bytes language = cut(&text, '-');
    if (language.size == 2 ? !form_language(language)
                           : language.size != 3 || !all(language, is_lower))
        return false;
    while (text.size) {
        struct bytes subtag = cut(&text, '-');
        if (subtag.size == 0 || subtag.size > 8 || !all(subtag, is_letter_or_digit))
            return false;
    }
    return true;
}

/* The country part of three characters. Only Ireland and Luxembourg fill it: any other three
 * letters are a code that lost its blanks, `CZPRAHA07`. */
static bool is_erasmus_country(struct bytes text)
{
    size_t letters = find(text, ' ');
    if (letters == 0 || !all(part(text, 0, letters), is_upper))
        return false;
    if (letters == 3)
        return memcmp(text.data, "IRL", 3) == 0 || memcmp(text.data, "LUX", 3) == 0;
    return memcmp(text.data + letters, "  ", 3 - letters) == 0;
}

/* `B  LIEGE37`, `CZ PRAHA07`, `LUXLUX-VIL01`, `E  BARCELO126`: the place may hold hyphens. */
bool form_erasmus(struct bytes text)
{
    if (text.size < 3 + 1 + 2 || text.size > 3 + 10 + 3 || !is_erasmus_country(part(text, 0, 3)))
        return false;
    size_t digits = 0;
    while (digits < 3 && is_digit(text.data[text.size - 1 - digits]))
        digits++;
    struct bytes place = part(text, 3, text.size - digits);
    if (digits < 2 || place.size == 0 || place.size > 10 || place.data[place.size - 1] == '-')
        return false;
    while (place.size) {
        struct bytes word = cut(&place, '-');
        if (word.size == 0 || !all(word, is_upper))
            return false;
    }
    return true;
}

/* One code point of well-formed UTF-8 (RFC 3629), or nothing: false. */
static bool code_point(struct bytes text, size_t *at, uint32_t *out)
{
    static const uint32_t smallest[] = {0, 0x80, 0x800, 0x10000};
    uint8_t lead = text.data[(*at)++];
    size_t more = lead < 0x80 ? 0 : lead >> 5 == 6 ? 1 : lead >> 4 == 14 ? 2 : 3;
    if (more == 3 && lead >> 3 != 30)
        return false;
    uint32_t point = more ? lead & (0x3fu >> more) : lead;
    if (text.size - *at < more)
        return false;
    for (size_t i = 0; i < more; i++) {
        uint8_t byte = text.data[(*at)++];
        if (byte >> 6 != 2)
            return false;
        point = point << 6 | (byte & 0x3fu);
    }
    *out = point;
    return point >= smallest[more] && point <= 0x10ffff && (point < 0xd800 || point > 0xdfff);
}

static bool is_control(uint32_t point)
{
    return point < 0x20 || (point >= 0x7f && point < 0xa0);
}

/* Separators of Unicode, and the byte order mark, which spreadsheets leave in cells. */
static bool is_blank(uint32_t point)
{
    return point == ' ' || point == '\n' || point == '\t' || point == 0xa0 || point == 0x1680 ||
           (point >= 0x2000 && point <= 0x200b) || point == 0x2028 || point == 0x2029 ||
           point == 0x202f || point == 0x205f || point == 0x3000 || point == 0xfeff;
}

/* What breaks a line, and what turns the direction of writing: with the latter a name can be shown
 * as another one. */
static bool is_line_breaking(uint32_t point)
{
    return point == '\n' || point == '\t' || (point >= 0x2028 && point <= 0x202e) ||
           (point >= 0x2066 && point <= 0x2069);
}

static bool is_forbidden(uint32_t point, bool one_line)
{
    if (point == '\n' || point == '\t')
        return one_line;
    return is_control(point) || (one_line && is_line_breaking(point));
}

static bool text_in_form(struct bytes text, size_t least, size_t most, bool one_line)
{
    size_t count = 0, at = 0;
    uint32_t point = 0;
    assert(least <= most);
    while (at < text.size) {
        if (!code_point(text, &at, &point) || is_forbidden(point, one_line) ||
            (count == 0 && is_blank(point)))
            return false;
        size_t plain = bytes_printable(text, at);
        at += plain;
        count += 1 + plain;
        point = plain ? text.data[at - 1] : point;
    }
    return count >= least && count <= most && (count == 0 || !is_blank(point));
}

bool form_text(struct bytes text, size_t characters_min, size_t characters_max)
{
    return text_in_form(text, characters_min, characters_max, false);
}

bool form_line(struct bytes text, size_t characters_min, size_t characters_max)
{
    return text_in_form(text, characters_min, characters_max, true);
}

/* RFC 5322, 3.2.3, with what RFC 6531 adds. */
static bool is_atom(uint8_t byte)
{
    return is_letter_or_digit(byte) || byte >= 0x80 || has("!#$%&'*+-/=?^_`{|}~", byte);
}

static bool is_dot_atom(struct bytes text)
{
    if (text.size == 0 || text.data[text.size - 1] == '.')
        return false;
    while (text.size) {
        struct bytes atom = cut(&text, '.');
        if (atom.size == 0 || !all(atom, is_atom))
            return false;
    }
    return true;
}

static bool is_label_character(uint8_t byte)
{
    return is_letter_or_digit(byte) || byte == '-';
}

/* RFC 1123, 2.1: labels of 1 to 63 letters, digits and inner hyphens. The last one holds a letter,
 * so that no address of the network layer passes. */
static bool is_host(struct bytes text)
{
    size_t labels = 0;
    struct bytes label = {0};
    if (text.size > 253 || text.size == 0 || text.data[text.size - 1] == '.')
        return false;
    for (; text.size; labels++) {
        label = cut(&text, '.');
        if (label.size == 0 || label.size > 63 || !all(label, is_label_character) ||
            label.data[0] == '-' || label.data[label.size - 1] == '-')
            return false;
    }
    return labels >= 2 && label.size >= 2 && is_letter(label.data[0]);
}

/* Blanks of Unicode pass as bytes of an atom; they come with what is copied from a page. */
static bool has_blank(struct bytes text)
{
    uint32_t point = 0;
    for (size_t at = 0; at < text.size;)
        if (!code_point(text, &at, &point) || is_blank(point))
            return true;
    return false;
}

bool form_email(struct bytes text)
{
    if (text.size > FORM_EMAIL_MAX || !form_line(text, 1, FORM_EMAIL_MAX) || has_blank(text))
        return false;
    struct bytes host = text, local = cut(&host, '@');
    return local.size <= 64 && is_dot_atom(local) && is_host(host);
}

/* ISO 3166-1 alpha-2, or ISO 3166-2 behind a hyphen, in lower case as the specification shows it.
 */
static bool is_territory(struct bytes scope)
{
    struct bytes subdivision = scope, country = cut(&subdivision, '-');
    if (country.size != 2 || !all(country, is_lower))
        return false;
    uint8_t upper[2] = {(uint8_t)(country.data[0] - 'a' + 'A'),
                        (uint8_t)(country.data[1] - 'a' + 'A')};
    if (!form_country((struct bytes) {upper, 2}))
        return false;
    if (scope.size == 2)
        return true;
    return subdivision.size >= 1 && subdivision.size <= 3 && all(subdivision, is_lower_or_digit);
}

static bool is_hexadecimal(uint8_t byte)
{
    return is_digit(byte) || has("abcdefABCDEF", byte);
}

/* RFC 2141, 2.2: other characters are written as % and two hexadecimal digits; %00 is none. */
static bool is_urn_code(struct bytes text)
{
    for (size_t i = 0; i < text.size; i++) {
        if (is_letter_or_digit(text.data[i]) || has("()+,-.:=@;$_!*'", text.data[i]))
            continue;
        if (text.data[i] != '%' || text.size - i < 3)
            return false;
        struct bytes hex = part(text, i + 1, i + 3);
        if (!all(hex, is_hexadecimal) || memcmp(hex.data, "00", 2) == 0)
            return false;
        i += 2;
    }
    return text.size >= 1;
}

bool form_esi(struct bytes text)
{
    static const char prefix[] = "urn:schac:personalUniqueCode:int:esi:";
    size_t length = sizeof prefix - 1;
    if (text.size > FORM_ESI_MAX || text.size < length || memcmp(text.data, prefix, length) != 0)
        return false;
    struct bytes code = part(text, length, text.size), scope = cut(&code, ':');
    return is_urn_code(code) && (is_territory(scope) || header_schac_valid(scope));
}
