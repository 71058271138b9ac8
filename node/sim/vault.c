#include "sim/vault.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

struct vault_backup {
    char *name;
    struct housing copy;
    struct vault_backup *next;
};

static struct vault_backup *backup_find(const struct vault *vault, const char *name)
{
    struct vault_backup *backup = vault->first;
    while (backup && strcmp(backup->name, name) != 0)
        backup = backup->next;
    return backup;
}

void vault_put(struct vault *vault, const char *name, struct housing copy)
{
    struct vault_backup *backup = backup_find(vault, name);
    assert(copy.store);
    if (!backup) {
        backup = calloc(1, sizeof *backup);
        assert(backup); /* a world without memory proves nothing */
        backup->name = strdup(name);
        assert(backup->name);
        backup->next = vault->first;
        vault->first = backup;
    } else
        housing_close(&backup->copy);
    backup->copy = copy;
}

const struct housing *vault_find(const struct vault *vault, const char *name)
{
    const struct vault_backup *backup = backup_find(vault, name);
    return backup ? &backup->copy : NULL;
}

void vault_close(struct vault *vault)
{
    while (vault->first) {
        struct vault_backup *backup = vault->first;
        vault->first = backup->next;
        housing_close(&backup->copy);
        free(backup->name);
        free(backup);
    }
}
