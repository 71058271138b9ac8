/* Whole files: read up to a limit, written so that a crash leaves the old one or the new one. */
#pragma once

#include "base/bytes.h"
#include "io/reason.h"

#include <sys/types.h>

/* A regular file of at most `max` bytes. A zero byte follows what was read. The caller frees
 * out->data with file_free. */
enum fault file_read(const char *path, size_t max, struct bytes *out, struct reason *reason);
void file_free(struct bytes *content);

/* A secret, into memory that the caller wipes: refused unless it belongs to this user (or root) and
 * nobody else may read it. At most `max` bytes. */
enum fault file_read_secret(const char *path, uint8_t *out, size_t max, size_t *size,
                            struct reason *reason);
/* The same from a descriptor that was handed over (a pipe too); not closed. */
enum fault file_read_descriptor(int descriptor, uint8_t *out, size_t max, size_t *size,
                                struct reason *reason);

/* A new file beside it, flushed, then renamed over `path`; the folder is flushed too. */
enum fault file_write(const char *path, struct bytes content, mode_t mode, struct reason *reason);
