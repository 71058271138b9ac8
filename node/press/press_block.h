/* Blocks of a paper as JSON, one after the other: what peregrin-paper understands. Whatever could
 * not be made leaves the list NULL, and everything that follows does nothing. */
#pragma once

#include "press/press_text.h"

#include "base/arena.h"

#include <jansson.h>

struct press_block {
    json_t *list; /* NULL: memory was spent */
    const char *language;
    struct arena *arena;
};

struct press_block press_block_open(const char *language, struct arena *arena);

/* A text in the institution's language; and the same in English, empty where that is the language.
 */
const char *press_block_text(const struct press_block *block, enum press_text text);
const char *press_block_second(const struct press_block *block, enum press_text text);

void press_block_heading(struct press_block *block, enum press_text text);
/* kind: `text` or `note`. */
void press_block_words(struct press_block *block, const char *kind, enum press_text text);
/* What is not ours to translate. */
void press_block_plain(struct press_block *block, const char *text);

/* A list of facts: rows are added to the one that was begun last; an empty value adds none. */
void press_block_facts(struct press_block *block);
void press_block_fact(struct press_block *block, enum press_text label, const char *value);

/* A table: its columns, then rows with as many cells; NULL cells are empty. */
struct press_column {
    enum press_text title;
    unsigned share;
    bool right;
};
void press_block_table(struct press_block *block, const struct press_column *columns, size_t count);
void press_block_row(struct press_block *block, const char *const *cells, size_t count);
/* The last row of it stands out. */
void press_block_total(struct press_block *block);

/* The whole description as the text that the process reads. Takes the blocks; data is NULL when
 * memory is spent. */
struct press_document {
    enum press_text title, beside; /* beside: what stands under the square code */
    const char *author, *subject, *mark;
    uint64_t said_at; /* seconds */
    json_t *blocks;
    const char *file_name; /* of what is attached */
    struct bytes file;
};
struct bytes press_block_document(const struct press_block *words,
                                  const struct press_document *document);
