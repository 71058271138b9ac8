#include "paper/paper_sheet.h"

#include "report/json_text.h"
#include "report/text.h"
#include "seal/base64.h"

#include <jansson.h>
#include <string.h>

/* A text as it may be set: UTF-8 by jansson, without what steers; absent is empty. */
static enum verdict text_read(const json_t *value, size_t most, struct arena *arena,
                              const char **out)
{
    *out = "";
    if (!value || json_is_null(value))
        return VERDICT_FINE;
    if (!json_is_string(value))
        return VERDICT_INVALID;
    if (json_string_length(value) > most)
        return VERDICT_TOO_LARGE;
    struct bytes calm = text_calm(bytes_text(json_string_value(value)), arena);
    *out = calm.data ? arena_text(arena, calm) : NULL;
    return *out ? VERDICT_FINE : VERDICT_TOO_LARGE;
}

static enum verdict member(const json_t *object, const char *name, struct arena *arena,
                           const char **out)
{
    return text_read(json_object_get(object, name), PAPER_SHEET_TEXT_MAX, arena, out);
}

/* ---- blocks ------------------------------------------------------------------------------------
 */

static enum verdict column_read(const json_t *object, struct arena *arena,
                                struct paper_sheet_column *out)
{
    enum { SHARE_MAX = 1000 };
    json_int_t share = json_integer_value(json_object_get(object, "share"));
    if (!json_is_object(object) || share < 1 || share > SHARE_MAX)
        return VERDICT_INVALID;
    out->share = (unsigned)share;
    out->right = json_is_true(json_object_get(object, "right"));
    TRY(member(object, "text", arena, &out->text));
    return member(object, "second", arena, &out->second);
}

static enum verdict columns_read(const json_t *list, struct arena *arena,
                                 struct paper_sheet_block *block)
{
    block->column_count = json_array_size(list);
    if (block->column_count == 0)
        return VERDICT_INVALID;
    if (block->column_count > PAPER_SHEET_COLUMNS_MAX)
        return VERDICT_TOO_LARGE;
    for (size_t i = 0; i < block->column_count; i++)
        TRY(column_read(json_array_get(list, i), arena, &block->columns[i]));
    return VERDICT_FINE;
}

static enum verdict rows_read(const json_t *list, struct arena *arena,
                              struct paper_sheet_block *block)
{
    block->row_count = json_array_size(list);
    if (!json_is_array(list))
        return VERDICT_INVALID;
    if (block->row_count > PAPER_SHEET_ROWS_MAX)
        return VERDICT_TOO_LARGE;
    block->cells =
        arena_take_array(arena, block->row_count * block->column_count + 1, sizeof *block->cells);
    if (!block->cells)
        return VERDICT_TOO_LARGE;
    for (size_t row = 0; row < block->row_count; row++) {
        const json_t *cells = json_array_get(list, row);
        if (json_array_size(cells) != block->column_count)
            return VERDICT_INVALID;
        for (size_t i = 0; i < block->column_count; i++)
            TRY(text_read(json_array_get(cells, i), PAPER_SHEET_TEXT_MAX, arena,
                          &block->cells[row * block->column_count + i]));
    }
    return VERDICT_FINE;
}

static enum verdict facts_read(const json_t *object, struct arena *arena,
                               struct paper_sheet_block *block)
{
    block->column_count = 3;
    return rows_read(json_object_get(object, "rows"), arena, block);
}

static enum verdict table_read(const json_t *object, struct arena *arena,
                               struct paper_sheet_block *block)
{
    block->total = json_is_true(json_object_get(object, "total"));
    TRY(columns_read(json_object_get(object, "columns"), arena, block));
    return rows_read(json_object_get(object, "rows"), arena, block);
}

static enum verdict words_read(const json_t *object, struct arena *arena,
                               struct paper_sheet_block *block)
{
    TRY(member(object, "text", arena, &block->text));
    return member(object, "second", arena, &block->second);
}

static enum verdict block_read(const json_t *object, struct arena *arena,
                               struct paper_sheet_block *block)
{
    static const struct {
        const char *word;
        enum paper_sheet_kind kind;
        enum verdict (*read)(const json_t *, struct arena *, struct paper_sheet_block *);
    } kinds[] = {
        {"heading", PAPER_SHEET_HEADING, words_read}, {"text", PAPER_SHEET_TEXT, words_read},
        {"note", PAPER_SHEET_NOTE, words_read},       {"facts", PAPER_SHEET_FACTS, facts_read},
        {"table", PAPER_SHEET_TABLE, table_read},
    };
    const char *word = json_string_value(json_object_get(object, "block"));
    for (size_t i = 0; word && i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(kinds[i].word, word) == 0) {
            block->kind = kinds[i].kind;
            return kinds[i].read(object, arena, block);
        }
    return VERDICT_INVALID;
}

static enum verdict blocks_read(const json_t *list, struct arena *arena, struct paper_sheet *out)
{
    out->block_count = json_array_size(list);
    if (!json_is_array(list))
        return VERDICT_INVALID;
    if (out->block_count > PAPER_SHEET_BLOCKS_MAX)
        return VERDICT_TOO_LARGE;
    out->blocks = arena_take_array(arena, out->block_count + 1, sizeof *out->blocks);
    if (!out->blocks)
        return VERDICT_TOO_LARGE;
    for (size_t i = 0; i < out->block_count; i++)
        TRY(block_read(json_array_get(list, i), arena, &out->blocks[i]));
    return VERDICT_FINE;
}

/* ---- the whole ---------------------------------------------------------------------------------
 */

/* A plain name: it is offered to whoever saves the attachment. */
static bool name_fits(const char *name)
{
    enum { NAME_MAX_SIZE = 120 };
    size_t length = strlen(name);
    return length > 0 && length <= NAME_MAX_SIZE && name[0] != '.' &&
           strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_") ==
               length;
}

static enum verdict file_read(const json_t *object, struct arena *arena, struct paper_sheet *out)
{
    if (!object)
        return VERDICT_FINE;
    const json_t *content = json_object_get(object, "content");
    struct bytes text = {(const uint8_t *)json_string_value(content), json_string_length(content)};
    if (!json_is_string(content))
        return VERDICT_INVALID;
    if (text.size > base64_length(PAPER_SHEET_FILE_MAX))
        return VERDICT_TOO_LARGE;
    uint8_t *room = arena_take(arena, text.size + 1);
    if (!room)
        return VERDICT_TOO_LARGE;
    TRY(member(object, "name", arena, &out->file_name));
    TRY(member(object, "about", arena, &out->file_about));
    out->file.data = room;
    return base64_read(text, room, text.size, &out->file.size) && name_fits(out->file_name)
               ? VERDICT_FINE
               : VERDICT_INVALID;
}

static bool language_fits(const char *tag)
{
    enum { TAG_MAX = 35 };
    size_t length = strlen(tag);
    return length >= 2 && length <= TAG_MAX &&
           strspn(tag, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-") == length;
}

static enum verdict sheet_read(const json_t *object, struct arena *arena, struct paper_sheet *out)
{
    const struct {
        const char *name;
        const char **text;
    } texts[] = {
        {"title", &out->title},   {"second", &out->second},   {"language", &out->language},
        {"author", &out->author}, {"subject", &out->subject}, {"made_at", &out->made_at},
        {"foot", &out->foot},     {"page", &out->page},       {"mark", &out->mark},
        {"beside", &out->beside},
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        TRY(member(object, texts[i].name, arena, texts[i].text));
    if (!out->title[0] || !language_fits(out->language))
        return VERDICT_INVALID;
    if (strlen(out->mark) > PAPER_SHEET_MARK_MAX)
        return VERDICT_TOO_LARGE;
    TRY(blocks_read(json_object_get(object, "blocks"), arena, out));
    return file_read(json_object_get(object, "file"), arena, out);
}

enum verdict paper_sheet_read(struct bytes text, struct arena *arena, struct paper_sheet *out)
{
    json_t *object;
    struct json_text_place place;
    *out = (struct paper_sheet) {.file_name = "", .file_about = ""};
    TRY(json_text_read(text, &object, &place));
    enum verdict verdict = sheet_read(object, arena, out);
    json_decref(object);
    return verdict;
}
