/* Backups of one node's store, by their names. */
#pragma once

#include "sim/housing.h"

struct vault_backup;

struct vault {
    struct vault_backup *first; /* the newest */
};

/* Takes over the copy; one of the same name goes. */
void vault_put(struct vault *vault, const char *name, struct housing copy);
/* NULL: there is none of this name. */
const struct housing *vault_find(const struct vault *vault, const char *name);
void vault_close(struct vault *vault);
