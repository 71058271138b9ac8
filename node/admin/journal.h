/* Who changed what: entries that are only ever added, each with the digest of the one before. What
 * a record says is never in it. */
#pragma once

#include "base/arena.h"
#include "local.pb-c.h"
#include "store/store.h"

enum { JOURNAL_PAGE_MAX = 1000 };

/* In the open transaction; sets entry->before. */
enum fault journal_add(struct store *store, Peregrin__Entry *entry, struct arena *arena);

struct journal_row {
    uint64_t number; /* from 1 on */
    const Peregrin__Entry *entry;
    bool holds; /* names the entry before as it stands here */
};
/* Those above `after`, at most max. */
enum fault journal_list(struct store *store, uint64_t after, size_t max, struct arena *arena,
                        struct journal_row **out, size_t *count);
/* Number of the newest; 0: none. */
enum fault journal_newest(struct store *store, struct arena *arena, uint64_t *number);
