/* Room on the disk of the database. */
#pragma once

#include "watch/check.h"

enum {
    CHECK_SPACE_LEAST = 16 * 1024 * 1024, /* bytes: less, and the next commits will fail */
    CHECK_SPACE_SOON = 512 * 1024 * 1024,
};

/* Bytes that this user may still fill, of the disk where `path` lies; false: it cannot be told. */
bool check_space_left(const char *path, uint64_t *out);

void check_space(const char *path, struct check_list *list);
