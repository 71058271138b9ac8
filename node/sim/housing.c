#include "sim/housing.h"

#include "store/store_memory.h"
#include "store/store_sqlite.h"

static const char database[] = "/node.db";
static const char *const files[] = {"/node.db", "/node.db-wal"};

enum { FILE_COUNT = sizeof files / sizeof *files };

/* A commit writes whole pages, and each of a world's logs stands in memory: a node's own measure
 * would cost twice the time and six times the room. */
static const struct store_sqlite_scale scale = {.page_size = 1024, .log_pages = 64};

static void store_close(struct housing *housing)
{
    if (housing->store)
        housing->store->close(housing->store);
    housing->store = NULL;
}

bool housing_again(struct housing *housing)
{
    struct store *opened;
    if (housing->store && !housing->dead)
        return true;
    disk_use(housing->disk);
    bool open = !store_sqlite_open_scaled(database, &scale, &opened);
    disk_use(NULL);
    if (!open)
        return false; /* whoever looks at the dead one is told that it cannot be read */
    store_close(housing);
    housing->store = opened;
    housing->dead = false;
    return true;
}

bool housing_open(struct housing *housing, bool on_disk)
{
    *housing = (struct housing) {0};
    if (!on_disk) {
        housing->store = store_memory_open();
        return housing->store;
    }
    housing->disk = disk_open();
    return housing->disk && housing_again(housing);
}

void housing_close(struct housing *housing)
{
    store_close(housing);
    disk_close(housing->disk);
    housing->disk = NULL;
}

void housing_die(struct housing *housing)
{
    if (!housing->disk)
        return;
    disk_kill(housing->disk);
    housing->dead = true;
    housing_again(housing);
}

void housing_cut(struct housing *housing, uint64_t dice)
{
    if (!housing->disk)
        return;
    disk_cut(housing->disk, dice);
    housing->dead = true;
    housing_again(housing);
}

/* Both files as they stand between two transactions: what a machine's snapshot would hold. */
static bool files_copy(struct disk *from, struct disk *to)
{
    bool copied = true;
    for (size_t i = 0; i < FILE_COUNT && copied; i++) {
        size_t size;
        const uint8_t *content = disk_content(from, files[i], &size);
        copied = !content || disk_replace(to, files[i], content, size);
    }
    return copied;
}

bool housing_copy(const struct housing *housing, struct housing *out)
{
    *out = (struct housing) {0};
    if (!housing->disk) {
        out->store = store_memory_copy(housing->store);
        return out->store;
    }
    out->disk = disk_open();
    if (out->disk && files_copy(housing->disk, out->disk) && housing_again(out))
        return true;
    housing_close(out);
    return false;
}
