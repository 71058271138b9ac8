/* Files with evidence, cut into pieces as they are read: one evidence, armoured ones one behind the
 * other, bundles; and folders of such files. Never more of a file in memory than its largest piece.
 */
#pragma once

#include "verify/verify_pool.h"

struct verify_source_settings {
    struct verify_pool *pool;
    void *self;
    /* How many bytes were read by now; false: that is enough. */
    bool (*read)(void *self, uint64_t bytes);
};

struct verify_source;

/* NULL when there is no memory. */
struct verify_source *verify_source_open(const struct verify_source_settings *settings);
/* After the pool has finished: the files' names live in it. */
void verify_source_close(struct verify_source *source);

/* The bytes of a file or of a folder's files; 0 for what is no file. */
uint64_t verify_source_size(const char *path);

/* Reads a file (`-`: standard input) or all files of a folder, by name; hidden ones and folders in
 * it are passed over. FAULT_FILE: *path_failed and errno say which and why. FAULT_NONE also when it
 * was enough. */
enum fault verify_source_read(struct verify_source *source, const char *path,
                              const char **path_failed);

/* The evidence that was read last, where it was a file's only one by itself and stands in no
 * bundle; lives until the next file is read. data NULL otherwise. */
struct bytes verify_source_only(const struct verify_source *source);
