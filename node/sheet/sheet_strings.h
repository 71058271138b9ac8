/* The texts that a workbook's cells share by number. */
#pragma once

#include "sheet/sheet_xml.h"

struct sheet_strings {
    const struct bytes *texts; /* cleaned */
    size_t count;
};

enum fault sheet_strings_read(struct sheet_zip *zip, const char *part, struct arena *arena,
                              struct sheet_strings *out, struct sheet_refusal *refusal);

/* A text while it is put together: runs of different looks are one text, and how East Asian words
 * are pronounced is none of it. Also for texts that stand in their cell. */
struct sheet_strings_run {
    char text[SHEET_CELL_MAX + 1];
    size_t size;
    bool over; /* it was longer than a cell may be */
};
void sheet_strings_add(struct sheet_strings_run *run, const char *text, size_t size);
/* Cleaned; `_x000D_` is the character of that number. Data is NULL when the arena is spent. */
struct bytes sheet_strings_close(struct sheet_strings_run *run, struct arena *arena);
