/* The file of a list: opened, its header found and checked, its rows chosen. What its columns mean
 * is the matter of who imports it. */
#pragma once

#include "admin/import.h"
#include "sheet/sheet_title.h"

enum { IMPORT_FIXES_MAX = 2000 };

/* Which columns a list may have. */
struct import_file_columns {
    const struct sheet_title *titles;
    size_t title_count;
    size_t count; /* the first so many of the titles are read, each once */
    bool (*needed)(const void *self, size_t column);
    const void *self;
    const char *beginning; /* how to begin where there is no header */
};

struct import_file {
    const struct import *import;
    struct arena *arena;
    struct import_result *result;
    struct import_problem *problems;
    struct import_fix *fixes;
    struct sheet_header header;
    const struct sheet_row **chosen; /* result->rows of them */
};

/* self is a struct import_file. */
void import_file_problem(void *self, const struct import_problem *problem);
void import_file_fix(void *self, const struct import_fix *fix);

/* *readable false: no row can be read at all, and the result says why. `settle` may change what a
 * header's columns mean before they are checked; NULL: nothing does. */
enum fault import_file_read(struct import_file *file, const struct import_file_columns *columns,
                            void (*settle)(struct sheet_header *header), bool *readable);
/* The columns that `ignores` are told as such. */
enum fault import_file_ignored(struct import_file *file,
                               bool (*ignores)(const void *self, size_t place), const void *self);
