/* What is to be set: one document as blocks, read from the JSON that came in. The reader is the
 * door of this program: what it lets in has sizes that are known, and texts that can be shown. */
#pragma once

#include "base/arena.h"
#include "base/verdict.h"

enum {
    PAPER_SHEET_BLOCKS_MAX = 400,
    PAPER_SHEET_COLUMNS_MAX = 12,
    PAPER_SHEET_ROWS_MAX = 5000,
    PAPER_SHEET_TEXT_MAX = 8000, /* bytes of one text */
    PAPER_SHEET_MARK_MAX = 400,  /* of what stands in the QR code */
    PAPER_SHEET_FILE_MAX = 5 * 1024 * 1024,
};

enum paper_sheet_kind {
    PAPER_SHEET_HEADING,
    PAPER_SHEET_TEXT,
    PAPER_SHEET_NOTE,  /* small */
    PAPER_SHEET_FACTS, /* rows of label, label in the second language, value */
    PAPER_SHEET_TABLE,
};

struct paper_sheet_column {
    const char *text, *second; /* second: in the second language, or empty */
    unsigned share;            /* of the width, among the shares of all */
    bool right;                /* numbers */
};

struct paper_sheet_block {
    enum paper_sheet_kind kind;
    const char *text, *second; /* of a heading or a text */
    struct paper_sheet_column columns[PAPER_SHEET_COLUMNS_MAX];
    size_t column_count;
    const char **cells; /* column_count for each row */
    size_t row_count;
    bool total; /* the last row stands out */
};

struct paper_sheet {
    const char *title, *second; /* second: in the second language */
    const char *language;       /* BCP 47, of the document */
    const char *author;         /* the institution, in the head of the first page */
    const char *subject;
    const char *made_at; /* ISO 8601, or empty */
    const char *foot;    /* on each page */
    const char *page;    /* `Page {} / {}`: each brace becomes a number */
    const char *mark;    /* in the QR code; empty: none */
    const char *beside;  /* what the QR code is, in words */
    struct paper_sheet_block *blocks;
    size_t block_count;
    const char *file_name, *file_about; /* the attachment */
    struct bytes file;                  /* empty: none */
};

/* Lives in the arena. VERDICT_MALFORMED: no JSON; VERDICT_INVALID: not of this form;
 * VERDICT_TOO_LARGE: over a limit. */
enum verdict paper_sheet_read(struct bytes text, struct arena *arena, struct paper_sheet *out);
