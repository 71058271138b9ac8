#include "sheet/sheet_book.h"

#include "sheet/sheet_xml.h"

#include <assert.h>
#include <string.h>

enum { LINKS_MAX = SHEET_TABS_MAX + 32, STYLES_MAX = 4096, FORMATS_MAX = 1024 };

/* A relationship: which part stands behind an id. */
struct link {
    const char *id, *type, *target;
};

struct format {
    size_t number;
    struct sheet_number_style style;
};

struct opening {
    struct sheet_book *book;
    struct sheet_parts *parts;
    struct sheet_zip *zip;
    struct arena *arena;
    const char *folder; /* that targets are relative to */
    struct link links[LINKS_MAX];
    size_t link_count;
    struct format formats[FORMATS_MAX];
    size_t format_count;
    struct sheet_number_style *styles;
    bool cell_styles; /* within <cellXfs> */
    bool spent;
};

static const struct sheet_refusal odd = {
    "malformed", "a workbook as spreadsheet programs write it",
    "open the file in a spreadsheet program, save it again as .xlsx and import that"};

static const char *keep(struct opening *opening, const char *text)
{
    const char *copy = text ? arena_text(opening->arena, bytes_text(text)) : NULL;
    opening->spent = opening->spent || (text && !copy);
    return copy;
}

/* ---- links -------------------------------------------------------------------------------------
 */

/* Parts are looked up in the archive alone; still, what climbs is no workbook's. */
static const char *target_path(struct opening *opening, const char *target)
{
    if (!target || strstr(target, ".."))
        return NULL;
    if (target[0] == '/')
        return keep(opening, target + 1);
    const char *path = arena_format(opening->arena, "%s%s", opening->folder, target);
    opening->spent = opening->spent || !path;
    return path;
}

static void link_begin(void *self, const char *name, const char *const *attributes)
{
    struct opening *opening = self;
    const char *id = sheet_xml_attribute(attributes, "Id");
    const char *type = sheet_xml_attribute(attributes, "Type");
    const char *short_type = type ? strrchr(type, '/') : NULL;
    if (strcmp(name, "Relationship") != 0 || !id || !short_type || opening->spent)
        return;
    const char *target = target_path(opening, sheet_xml_attribute(attributes, "Target"));
    if (!target || opening->link_count == LINKS_MAX)
        return;
    opening->links[opening->link_count++] =
        (struct link) {keep(opening, id), keep(opening, short_type + 1), target};
}

/* Reads the links of one part. */
static enum fault links_read(struct opening *opening, const char *part, const char *folder)
{
    struct sheet_xml_reader reader = {.self = opening, .start = link_begin};
    opening->folder = folder;
    opening->link_count = 0;
    TRY(sheet_xml_read(opening->zip, part, &reader, &opening->book->refusal));
    return opening->spent ? FAULT_MEMORY : FAULT_NONE;
}

static const char *link_of_type(const struct opening *opening, const char *type)
{
    for (size_t i = 0; i < opening->link_count; i++)
        if (strcmp(opening->links[i].type, type) == 0)
            return opening->links[i].target;
    return NULL;
}

/* ---- the workbook ------------------------------------------------------------------------------
 */

static const char *worksheet_of(const struct opening *opening, const char *id)
{
    for (size_t i = 0; id && i < opening->link_count; i++)
        if (strcmp(opening->links[i].id, id) == 0)
            return strcmp(opening->links[i].type, "worksheet") == 0 ? opening->links[i].target
                                                                    : NULL;
    return NULL;
}

static void workbook_begin(void *self, const char *name, const char *const *attributes)
{
    struct opening *opening = self;
    struct sheet_book *book = opening->book;
    if (strcmp(name, "workbookPr") == 0)
        opening->parts->since_1904 = sheet_xml_truth(sheet_xml_attribute(attributes, "date1904"));
    if (strcmp(name, "sheet") != 0 || book->tab_count == SHEET_TABS_MAX)
        return;
    const char *part = worksheet_of(opening, sheet_xml_attribute(attributes, "id"));
    const char *title = sheet_xml_attribute(attributes, "name");
    const char *state = sheet_xml_attribute(attributes, "state");
    if (part && title)
        book->tabs[book->tab_count++] =
            (struct sheet_tab) {keep(opening, title), part, state && strcmp(state, "visible") != 0};
}

/* ---- styles ------------------------------------------------------------------------------------
 */

static struct sheet_number_style style_of(const struct opening *opening, size_t format)
{
    for (size_t i = 0; i < opening->format_count; i++)
        if (opening->formats[i].number == format)
            return opening->formats[i].style;
    return sheet_number_known(format);
}

static void style_begin(void *self, const char *name, const char *const *attributes)
{
    struct opening *opening = self;
    struct sheet_parts *parts = opening->parts;
    size_t number = 0;
    const char *code = sheet_xml_attribute(attributes, "formatCode");
    bool numbered = sheet_xml_number(sheet_xml_attribute(attributes, "numFmtId"), &number);
    if (strcmp(name, "cellXfs") == 0)
        opening->cell_styles = true;
    else if (strcmp(name, "numFmt") == 0 && numbered && code && opening->format_count < FORMATS_MAX)
        opening->formats[opening->format_count++] =
            (struct format) {number, sheet_number_style(code)};
    else if (strcmp(name, "xf") == 0 && opening->cell_styles && parts->style_count < STYLES_MAX)
        opening->styles[parts->style_count++] = style_of(opening, number);
}

static void style_end(void *self, const char *name)
{
    struct opening *opening = self;
    if (strcmp(name, "cellXfs") == 0)
        opening->cell_styles = false;
}

static enum fault styles_read(struct opening *opening)
{
    struct sheet_xml_reader reader = {.self = opening, .start = style_begin, .end = style_end};
    const char *part = link_of_type(opening, "styles");
    opening->styles = arena_take_array(opening->arena, STYLES_MAX, sizeof *opening->styles);
    if (!opening->styles)
        return FAULT_MEMORY;
    opening->parts->styles = opening->styles;
    if (!part || !sheet_zip_has(opening->zip, part))
        return FAULT_NONE;
    return sheet_xml_read(opening->zip, part, &reader, &opening->book->refusal);
}

static enum fault strings_read(struct opening *opening)
{
    const char *part = link_of_type(opening, "sharedStrings");
    if (!part || !sheet_zip_has(opening->zip, part))
        return FAULT_NONE;
    return sheet_strings_read(opening->zip, part, opening->arena, &opening->parts->strings,
                              &opening->book->refusal);
}

/* ---- the whole ---------------------------------------------------------------------------------
 */

/* Other files that are ZIP archives, by a part that only they have. */
static bool other_refuse(struct opening *opening)
{
    static const struct {
        const char *part;
        struct sheet_refusal refusal;
    } others[] = {
        {"content.xml",
         {"not_understood", "a workbook saved as .xlsx; this is an OpenDocument file (.ods)",
          "in LibreOffice: File, Save As, `Excel 2007-365 (.xlsx)`, and import that"}},
        {"xl/workbook.bin",
         {"not_understood", "a workbook saved as .xlsx; this is a binary one (.xlsb)",
          "in Excel: Save As, `Excel Workbook (.xlsx)`, and import that"}},
        {"Index/Document.iwa",
         {"not_understood", "a workbook saved as .xlsx; this is an Apple Numbers file",
          "in Numbers: File, Export To, Excel, and import that"}},
        {"word/document.xml",
         {"not_understood", "a spreadsheet; this is a text document (.docx)",
          "copy the table into a spreadsheet, save it as .xlsx and import that"}},
    };
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (sheet_zip_has(opening->zip, others[i].part)) {
            opening->book->refusal = others[i].refusal;
            return true;
        }
    return false;
}

/* `xl/` of `xl/workbook.xml`, and where its links stand: `xl/_rels/workbook.xml.rels`. */
static enum fault workbook_links(struct opening *opening, const char *workbook)
{
    const char *slash = strrchr(workbook, '/');
    size_t length = slash ? (size_t)(slash - workbook) + 1 : 0;
    const char *folder =
        arena_text(opening->arena, (struct bytes) {(const uint8_t *)workbook, length});
    const char *part =
        folder ? arena_format(opening->arena, "%s_rels/%s.rels", folder, workbook + length) : NULL;
    return part ? links_read(opening, part, folder) : FAULT_MEMORY;
}

static enum fault parts_read(struct opening *opening)
{
    struct sheet_book *book = opening->book;
    struct sheet_xml_reader reader = {.self = opening, .start = workbook_begin};
    TRY(links_read(opening, "_rels/.rels", ""));
    const char *workbook = link_of_type(opening, "officeDocument");
    if (!workbook && !book->refusal.expected)
        book->refusal = odd;
    if (!book->refusal.expected)
        TRY(workbook_links(opening, workbook));
    if (!book->refusal.expected)
        TRY(sheet_xml_read(opening->zip, workbook, &reader, &book->refusal));
    if (!book->refusal.expected)
        TRY(styles_read(opening));
    if (!book->refusal.expected)
        TRY(strings_read(opening));
    if (!book->refusal.expected && book->tab_count == 0)
        book->refusal = odd;
    return opening->spent ? FAULT_MEMORY : FAULT_NONE;
}

enum fault sheet_book_open(struct sheet_book *book, struct arena *arena)
{
    struct opening *opening = arena_take(arena, sizeof *opening);
    struct sheet_parts *parts = arena_take(arena, sizeof *parts);
    book->tabs = arena_take_array(arena, SHEET_TABS_MAX, sizeof *book->tabs);
    if (!opening || !parts || !book->tabs)
        return FAULT_MEMORY;
    opening->book = book;
    opening->parts = parts;
    opening->arena = arena;
    book->parts = parts;
    TRY(sheet_zip_open(book->content, &opening->zip, &book->refusal));
    if (!opening->zip)
        return FAULT_NONE;
    enum fault fault = other_refuse(opening) ? FAULT_NONE : parts_read(opening);
    sheet_zip_close(opening->zip);
    return fault;
}
