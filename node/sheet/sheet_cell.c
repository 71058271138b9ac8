#include "sheet/sheet_cell.h"

#include "report/text.h"

#include <string.h>

/* What is written otherwise though it looks the same: blanks that do not break, marks of no width,
 * line ends. */
static const struct {
    const char *text, *plain;
} spellings[] = {
    {"\r\n", "\n"},        {"\r", "\n"},          {"\xC2\xA0", " "},
    {"\xE2\x80\xAF", " "}, {"\xE2\x80\x87", " "}, {"\xE2\x80\x8B", ""},
    {"\xEF\xBB\xBF", ""},  {"\xE2\x80\x8E", ""},  {"\xE2\x80\x8F", ""},
};

enum { SPELLINGS = sizeof spellings / sizeof *spellings };

static size_t spelling_at(struct bytes text, size_t at)
{
    for (size_t i = 0; i < SPELLINGS; i++) {
        size_t size = strlen(spellings[i].text);
        if (text.size - at >= size && memcmp(text.data + at, spellings[i].text, size) == 0)
            return i;
    }
    return SPELLINGS;
}

static bool is_plain(struct bytes text)
{
    for (size_t i = 0; i < text.size; i++)
        if (text.data[i] == '\r' || text.data[i] == 0xC2 || text.data[i] == 0xE2 ||
            text.data[i] == 0xEF)
            return false;
    return true;
}

static bool respell(struct bytes text, struct arena *arena, struct bytes *out)
{
    *out = text;
    if (is_plain(text))
        return true;
    uint8_t *copy = arena_take(arena, text.size + 1);
    size_t size = 0;
    for (size_t at = 0; copy && at < text.size;) {
        size_t spelling = spelling_at(text, at);
        if (spelling == SPELLINGS) {
            copy[size++] = text.data[at++];
            continue;
        }
        size_t plain = strlen(spellings[spelling].plain);
        memcpy(copy + size, spellings[spelling].plain, plain);
        size += plain;
        at += strlen(spellings[spelling].text);
    }
    *out = (struct bytes) {copy, size};
    return copy;
}

bool sheet_cell_active(struct bytes text)
{
    return text.size > 0 && text.data[0] && strchr("=+-@\t\r", text.data[0]);
}

static struct bytes without_formula(struct bytes cell)
{
    bool formula =
        cell.size >= 3 && memcmp(cell.data, "=\"", 2) == 0 && cell.data[cell.size - 1] == '"';
    return formula ? (struct bytes) {cell.data + 2, cell.size - 3} : cell;
}

/* Until none is left: what stands behind a blank would else be taken back by the next reader. */
static struct bytes without_apostrophe(struct bytes cell)
{
    while (cell.size && cell.data[0] == '\'') {
        struct bytes rest = {cell.data + 1, cell.size - 1};
        if (!sheet_cell_active(rest))
            break;
        cell = text_trim(rest);
    }
    return cell;
}

bool sheet_cell_clean(struct bytes raw, struct arena *arena, struct bytes *out)
{
    struct bytes plain;
    if (!respell(raw, arena, &plain))
        return false;
    plain = text_trim(without_formula(text_trim(plain)));
    return text_nfc(without_apostrophe(plain), arena, out);
}
