#include "sheet/sheet.h"

#include "sheet/sheet_csv.h"
#include "sheet/sheet_encoding.h"
#include "sheet/sheet_grid.h"

#include <assert.h>
#include <string.h>
#include <strings.h>

/* ---- what it is --------------------------------------------------------------------------------
 */

static bool starts(struct bytes content, const char *mark)
{
    return content.size >= strlen(mark) && memcmp(content.data, mark, strlen(mark)) == 0;
}

/* Whatever its letters' case, behind the mark of UTF-8 and blanks. */
static bool begins_with(struct bytes content, const char *mark)
{
    size_t at = starts(content, "\xEF\xBB\xBF") ? 3 : 0, size = strlen(mark);
    while (at < content.size && strchr(" \t\r\n", content.data[at]) && content.data[at])
        at++;
    return content.size - at >= size &&
           strncasecmp((const char *)content.data + at, mark, size) == 0;
}

/* An encrypted workbook is packed into the same container as the old format, under this name. */
static bool is_encrypted(struct bytes content)
{
    static const char name[] = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e";
    return memmem(content.data, content.size, name, sizeof name - 1);
}

static bool is_ole(struct bytes content)
{
    return starts(content, "\xD0\xCF\x11\xE0");
}

static bool is_protected(struct bytes content)
{
    return is_ole(content) && is_encrypted(content);
}

static bool is_pdf(struct bytes content)
{
    return starts(content, "%PDF");
}

static bool is_rtf(struct bytes content)
{
    return starts(content, "{\\rtf");
}

static bool is_html(struct bytes content)
{
    return begins_with(content, "<html") || begins_with(content, "<!doctype html") ||
           begins_with(content, "<table") || begins_with(content, "<meta") ||
           begins_with(content, "<head") || begins_with(content, "<style");
}

static bool is_xml(struct bytes content)
{
    return begins_with(content, "<?xml") || begins_with(content, "<workbook");
}

static bool is_pressed(struct bytes content)
{
    return starts(content, "\x1F\x8B") || starts(content, "Rar!") || starts(content, "7z\xBC\xAF");
}

/* The first that fits. */
static const struct {
    bool (*is)(struct bytes content);
    struct sheet_refusal refusal;
} others[] = {
    {is_protected,
     {"not_understood", "a workbook without a password",
      "remove the password (File, Info, Protect Workbook), save it as .xlsx and import that"}},
    {is_ole,
     {"not_understood", "a workbook saved as .xlsx; this is one of before 2007 (.xls)",
      "open it, save it as `Excel Workbook (.xlsx)` or `CSV UTF-8`, and import that"}},
    {is_pdf,
     {"not_understood", "a spreadsheet; this is a PDF",
      "ask for the spreadsheet that it was made from, as .xlsx or CSV"}},
    {is_rtf,
     {"not_understood", "a spreadsheet; this is a text document (RTF)",
      "copy the table into a spreadsheet, save it as .xlsx and import that"}},
    {is_html,
     {"not_understood", "a spreadsheet; this is a web page, whatever its name ends in",
      "open it in a spreadsheet program, save it as .xlsx or `CSV UTF-8` and import that"}},
    {is_xml,
     {"not_understood", "a workbook saved as .xlsx; this is an XML file",
      "open it in a spreadsheet program, save it as .xlsx or `CSV UTF-8` and import that"}},
    {is_pressed,
     {"not_understood", "a spreadsheet; this is an archive",
      "unpack it and import the file in it"}},
};

/* ---- opening and reading -----------------------------------------------------------------------
 */

static enum fault text_open(struct sheet_book *book, const char *encoding, struct arena *arena)
{
    static const struct sheet_refusal no_text = {
        "not_understood", "a text in UTF-8; this file holds zero bytes, which no text has",
        "open it in a spreadsheet program, save it as `CSV UTF-8` or .xlsx and import that"};
    struct sheet_encoding read;
    book->tabs = arena_take(arena, sizeof *book->tabs);
    if (!book->tabs)
        return FAULT_MEMORY;
    TRY(sheet_encoding_read(book->content, encoding, arena, &read));
    book->form = SHEET_CSV;
    if (read.text.size && memchr(read.text.data, 0, read.text.size)) {
        book->refusal = no_text;
        return FAULT_NONE;
    }
    book->tab_count = 1;
    book->text = read.text;
    book->encoding = read.name;
    book->otherwise = read.otherwise;
    book->separator = sheet_csv_separator(read.text);
    return FAULT_NONE;
}

enum fault sheet_open(struct bytes content, const char *encoding, struct arena *arena,
                      struct sheet_book *out)
{
    *out = (struct sheet_book) {.content = content};
    if (content.size > SHEET_SIZE_MAX) {
        out->refusal = (struct sheet_refusal) {
            "too_large", "a file of at most 8 MiB",
            "delete pictures and sheets that are not needed, or split the list"};
        return FAULT_NONE;
    }
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (others[i].is(content)) {
            out->refusal = others[i].refusal;
            return FAULT_NONE;
        }
    if (!starts(content, "PK\x03\x04"))
        return text_open(out, encoding, arena);
    out->form = SHEET_XLSX;
    return sheet_book_open(out, arena);
}

enum fault sheet_read(struct sheet_book *book, size_t tab, size_t rows_max, struct arena *arena,
                      struct sheet *out)
{
    assert(!book->refusal.expected && tab < book->tab_count);
    return book->form == SHEET_CSV ? sheet_csv_read(book, rows_max, arena, out)
                                   : sheet_grid_read(book, tab, rows_max, arena, out);
}

const struct sheet_row *sheet_row(const struct sheet *sheet, size_t number)
{
    const struct sheet_row *row = sheet->first;
    while (row && row->number != number)
        row = row->next;
    return row;
}

struct bytes sheet_cell(const struct sheet_row *row, size_t column)
{
    return row && column < row->cell_count ? row->cells[column]
                                           : (struct bytes) {(const uint8_t *)"", 0};
}
