#include "press/press_block.h"

#include "base/instant.h"
#include "report/json_text.h"
#include "seal/base64.h"

#include <string.h>

struct press_block press_block_open(const char *language, struct arena *arena)
{
    return (struct press_block) {json_array(), language, arena};
}

static void give_up(struct press_block *block)
{
    json_decref(block->list);
    block->list = NULL;
}

static void add(struct press_block *block, json_t *one)
{
    if (block->list && (!one || json_array_append(block->list, one)))
        give_up(block);
    json_decref(one);
}

const char *press_block_text(const struct press_block *block, enum press_text text)
{
    return press_text(text, block->language);
}

const char *press_block_second(const struct press_block *block, enum press_text text)
{
    const char *english = press_text_language(0);
    const char *own = press_text(text, block->language), *other = press_text(text, english);
    return strcmp(own, other) == 0 ? "" : other;
}

void press_block_words(struct press_block *block, const char *kind, enum press_text text)
{
    add(block, json_pack("{s:s, s:s, s:s}", "block", kind, "text", press_block_text(block, text),
                         "second", press_block_second(block, text)));
}

void press_block_heading(struct press_block *block, enum press_text text)
{
    press_block_words(block, "heading", text);
}

void press_block_plain(struct press_block *block, const char *text)
{
    if (text && text[0])
        add(block, json_pack("{s:s, s:s}", "block", "text", "text", text));
}

/* ---- rows --------------------------------------------------------------------------------------
 */

static json_t *last_block(const struct press_block *block)
{
    size_t count = json_array_size(block->list);
    return count ? json_array_get(block->list, count - 1) : NULL;
}

static void add_row(struct press_block *block, json_t *row)
{
    json_t *rows = json_object_get(last_block(block), "rows");
    if (block->list && (!row || !rows || json_array_append(rows, row)))
        give_up(block);
    json_decref(row);
}

void press_block_facts(struct press_block *block)
{
    add(block, json_pack("{s:s, s:[]}", "block", "facts", "rows"));
}

void press_block_fact(struct press_block *block, enum press_text label, const char *value)
{
    if (value && value[0])
        add_row(block, json_pack("[s, s, s]", press_block_text(block, label),
                                 press_block_second(block, label), value));
}

void press_block_table(struct press_block *block, const struct press_column *columns, size_t count)
{
    json_t *list = json_array();
    for (size_t i = 0; list && i < count; i++)
        if (json_array_append_new(list,
                                  json_pack("{s:s, s:s, s:i, s:b}", "text",
                                            press_block_text(block, columns[i].title), "second",
                                            press_block_second(block, columns[i].title), "share",
                                            (int)columns[i].share, "right", columns[i].right))) {
            json_decref(list);
            list = NULL;
        }
    add(block, json_pack("{s:s, s:o, s:[]}", "block", "table", "columns", list, "rows"));
}

void press_block_row(struct press_block *block, const char *const *cells, size_t count)
{
    json_t *row = json_array();
    for (size_t i = 0; row && i < count; i++)
        if (json_array_append_new(row, json_string(cells[i] ? cells[i] : ""))) {
            json_decref(row);
            row = NULL;
        }
    add_row(block, row);
}

void press_block_total(struct press_block *block)
{
    if (block->list && json_object_set_new(last_block(block), "total", json_true()))
        give_up(block);
}

/* ---- the description ---------------------------------------------------------------------------
 */

static json_t *file_json(const struct press_block *words, const struct press_document *document)
{
    size_t length = base64_length(document->file.size);
    char *text = arena_room(words->arena, length + 1);
    if (!text)
        return NULL;
    base64_write(document->file, text, length + 1);
    return json_pack("{s:s, s:s, s:s}", "name", document->file_name, "about",
                     press_block_text(words, PRESS_TEXT_PROOF), "content", text);
}

struct bytes press_block_document(const struct press_block *words,
                                  const struct press_document *document)
{
    char said_at[INSTANT_TEXT_SIZE];
    instant_text((struct instant) {(int64_t)document->said_at * INSTANT_SECOND}, said_at);
    json_t *json =
        json_pack("{s:i, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:o, s:o}", "schema", 1,
                  "title", press_block_text(words, document->title), "second",
                  press_block_second(words, document->title), "language", words->language, "author",
                  document->author, "subject", document->subject, "made_at", said_at, "foot",
                  document->subject, "page", press_block_text(words, PRESS_TEXT_PAGE), "mark",
                  document->mark, "beside", press_block_text(words, document->beside), "blocks",
                  document->blocks, "file", file_json(words, document));
    struct bytes text = json_text_write(json, words->arena);
    json_decref(json);
    return text;
}
