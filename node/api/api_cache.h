/* Rows of lists as text, kept while their dossiers stay as they are: a list of thousands is read
 * far more often than it changes.
 *
 * What happens to a dossier is told by the feed in the transaction of what happens; the cache reads
 * along and drops what was told of. A row is found only for the very store row that it was made
 * from. Bounded: a row that finds no place takes that of another. */
#pragma once

#include "api/api_call.h"

struct api_cache;

enum { API_CACHE_BYTES = 64 * 1024 * 1024 };

struct api_cache *api_cache_open(void); /* NULL: no memory */
void api_cache_close(struct api_cache *cache);

/* Before a request reads: drops what was told of since. */
enum fault api_cache_refresh(struct api_cache *cache, struct store *store, struct arena *arena);
/* data NULL: it is not here. A view until the next put. */
struct bytes api_cache_find(const struct api_cache *cache, const struct store_dossier *row);
/* Copies; does nothing where it may not: what a transaction that is still open shows may never have
 * been. */
void api_cache_put(struct api_cache *cache, const struct store_dossier *row, struct bytes text);
