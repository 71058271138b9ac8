#include "sheet/sheet_encoding.h"

#include <string.h>
#include <utf8proc.h>

/* What the two Windows code pages of Europe mean by the bytes from 0x80 on; the western one is
 * Latin-1 from 0xA0 on. */
static const uint16_t western[] = {
    0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0xFFFD, 0x017D, 0xFFFD, 0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178,
};

static const uint16_t central[] = {
    0x20AC, 0xFFFD, 0x201A, 0xFFFD, 0x201E, 0x2026, 0x2020, 0x2021, 0xFFFD, 0x2030, 0x0160, 0x2039,
    0x015A, 0x0164, 0x017D, 0x0179, 0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
    0xFFFD, 0x2122, 0x0161, 0x203A, 0x015B, 0x0165, 0x017E, 0x017A, 0x00A0, 0x02C7, 0x02D8, 0x0141,
    0x00A4, 0x0104, 0x00A6, 0x00A7, 0x00A8, 0x00A9, 0x015E, 0x00AB, 0x00AC, 0x00AD, 0x00AE, 0x017B,
    0x00B0, 0x00B1, 0x02DB, 0x0142, 0x00B4, 0x00B5, 0x00B6, 0x00B7, 0x00B8, 0x0105, 0x015F, 0x00BB,
    0x013D, 0x02DD, 0x013E, 0x017C, 0x0154, 0x00C1, 0x00C2, 0x0102, 0x00C4, 0x0139, 0x0106, 0x00C7,
    0x010C, 0x00C9, 0x0118, 0x00CB, 0x011A, 0x00CD, 0x00CE, 0x010E, 0x0110, 0x0143, 0x0147, 0x00D3,
    0x00D4, 0x0150, 0x00D6, 0x00D7, 0x0158, 0x016E, 0x00DA, 0x0170, 0x00DC, 0x00DD, 0x0162, 0x00DF,
    0x0155, 0x00E1, 0x00E2, 0x0103, 0x00E4, 0x013A, 0x0107, 0x00E7, 0x010D, 0x00E9, 0x0119, 0x00EB,
    0x011B, 0x00ED, 0x00EE, 0x010F, 0x0111, 0x0144, 0x0148, 0x00F3, 0x00F4, 0x0151, 0x00F6, 0x00F7,
    0x0159, 0x016F, 0x00FA, 0x0171, 0x00FC, 0x00FD, 0x0163, 0x02D9,
};

enum { HIGH = 0x80, LATIN_1 = 0xA0, REPLACEMENT = 0xFFFD };

/* A byte's code point in one of the encodings below. */
static utf8proc_int32_t western_point(uint8_t byte)
{
    return byte < HIGH || byte >= LATIN_1 ? byte : western[byte - HIGH];
}

static utf8proc_int32_t central_point(uint8_t byte)
{
    return byte < HIGH ? byte : central[byte - HIGH];
}

static const struct encoding {
    const char *flag, *name;
    utf8proc_int32_t (*point)(uint8_t byte);
} encodings[] = {
    {"cp1252", "Windows-1252 (western Europe)", western_point},
    {"cp1250", "Windows-1250 (central Europe)", central_point},
};

enum { ENCODINGS = sizeof encodings / sizeof *encodings };

static bool is_letter(uint8_t byte)
{
    return (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z') || byte >= 0xC0;
}

/* Polish and Slovak letters stand where the western page has signs: a sign right beside a letter is
 * no sign. */
static const struct encoding *guess(struct bytes raw)
{
    for (size_t i = 0; i < raw.size; i++)
        if (raw.data[i] >= HIGH && western_point(raw.data[i]) == REPLACEMENT)
            return &encodings[1];
    for (size_t i = 1; i + 1 < raw.size; i++)
        if (raw.data[i] && strchr("\xA3\xA5\xAF\xB3\xB9\xBF\xA1", raw.data[i]) &&
            (is_letter(raw.data[i - 1]) || is_letter(raw.data[i + 1])))
            return &encodings[1];
    return &encodings[0];
}

static struct bytes from_bytes(struct bytes raw, const struct encoding *encoding,
                               struct arena *arena)
{
    uint8_t *text = arena_take(arena, raw.size * 3 + 1);
    size_t size = 0;
    for (size_t i = 0; text && i < raw.size; i++)
        size += (size_t)utf8proc_encode_char(encoding->point(raw.data[i]), text + size);
    return (struct bytes) {text, size};
}

static unsigned unit_at(struct bytes raw, size_t at, bool big)
{
    unsigned first = raw.data[at], second = raw.data[at + 1];
    return big ? first << 8 | second : second << 8 | first;
}

static bool is_written(uint8_t byte)
{
    return byte >= ' ' || byte == '\t' || byte == '\r' || byte == '\n';
}

/* Without its mark, UTF-16 is known by its zeros: each letter of most languages has one, on the
 * same side. */
static bool is_bare_utf16(struct bytes raw, bool *big)
{
    enum { LETTERS_SHARE = 4, OTHERS_SHARE = 16 };
    size_t little_letters = 0, big_letters = 0;
    for (size_t i = 0; i + 1 < raw.size; i += 2) {
        big_letters += raw.data[i] == 0 && is_written(raw.data[i + 1]);
        little_letters += raw.data[i + 1] == 0 && is_written(raw.data[i]);
    }
    *big = big_letters > little_letters;
    size_t letters = *big ? big_letters : little_letters;
    size_t others = *big ? little_letters : big_letters;
    return letters > 0 && letters * LETTERS_SHARE >= raw.size / 2 &&
           others * OTHERS_SHARE <= letters;
}

/* Without the mark. */
static struct bytes from_utf16(struct bytes raw, bool big, struct arena *arena)
{
    uint8_t *text = arena_take(arena, raw.size * 2 + 1);
    size_t size = 0;
    for (size_t i = 0; text && i + 1 < raw.size; i += 2) {
        unsigned unit = unit_at(raw, i, big), low = 0;
        utf8proc_int32_t point = (utf8proc_int32_t)unit;
        if (unit >= 0xD800 && unit < 0xDC00 && i + 3 < raw.size)
            low = unit_at(raw, i + 2, big);
        if (low >= 0xDC00 && low < 0xE000) {
            point = (utf8proc_int32_t)(0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00));
            i += 2;
        } else if (unit >= 0xD800 && unit < 0xE000) {
            point = REPLACEMENT;
        }
        size += (size_t)utf8proc_encode_char(point, text + size);
    }
    return (struct bytes) {text, size};
}

static bool starts(struct bytes raw, const char *mark)
{
    return raw.size >= strlen(mark) && memcmp(raw.data, mark, strlen(mark)) == 0;
}

static const struct encoding *find(const char *name)
{
    for (size_t i = 0; name && i < ENCODINGS; i++)
        if (strcmp(encodings[i].flag, name) == 0)
            return &encodings[i];
    return NULL;
}

bool sheet_encoding_known(const char *name)
{
    return find(name);
}

static bool is_utf8(struct bytes raw)
{
    utf8proc_int32_t point;
    for (size_t at = 0; at < raw.size;) {
        if (raw.data[at] < HIGH) {
            at++;
            continue;
        }
        utf8proc_ssize_t size =
            utf8proc_iterate(raw.data + at, (utf8proc_ssize_t)(raw.size - at), &point);
        if (size <= 0)
            return false;
        at += (size_t)size;
    }
    return true;
}

static enum fault told(struct bytes text, const char *name, struct sheet_encoding *out)
{
    *out = (struct sheet_encoding) {.text = text, .name = name};
    return text.data ? FAULT_NONE : FAULT_MEMORY;
}

enum fault sheet_encoding_read(struct bytes raw, const char *name, struct arena *arena,
                               struct sheet_encoding *out)
{
    static const struct bytes nothing = {(const uint8_t *)"", 0};
    bool big = starts(raw, "\xFE\xFF");
    if (big || starts(raw, "\xFF\xFE"))
        return told(from_utf16((struct bytes) {raw.data + 2, raw.size - 2}, big, arena), "UTF-16",
                    out);
    if (is_bare_utf16(raw, &big))
        return told(from_utf16(raw, big, arena), "UTF-16", out);
    if (starts(raw, "\xEF\xBB\xBF"))
        raw = (struct bytes) {raw.data + 3, raw.size - 3};
    if (is_utf8(raw))
        return told(raw.size ? raw : nothing, "UTF-8", out);
    const struct encoding *chosen = find(name), *encoding = chosen ? chosen : guess(raw);
    TRY(told(from_bytes(raw, encoding, arena), encoding->name, out));
    if (!chosen)
        out->otherwise = encodings[encoding == encodings ? 1 : 0].flag;
    return FAULT_NONE;
}
