/* Which application to a call a nomination comes of: by its dossier, else by the name.
 *
 * Kept beside the grants in the store, under the dossier's 26 letters and under a digest of the
 * name, so that it is found at once however many have applied. */
#pragma once

#include "local.pb-c.h"
#include "mobility.pb-c.h"
#include "record/header.h"
#include "store/store.h"

enum { APPLICATION_OF_ONE_MAX = 16 };

/* When it arrives. */
enum fault application_keep(struct store *store, const Peregrin__Grant *grant, struct arena *arena);
/* The same person's to the same call, which was not withdrawn: by the dossier, else by what lists
 * tell applications apart by, a reference or name and kind. NULL: there is none. */
enum fault application_twice(struct store *store, const Peregrin__Grant *grant, struct arena *arena,
                             Peregrin__Grant **out);

/* Those that a version without this has entered are kept too, all or none, in a transaction of its
 * own: when the store is opened. */
enum fault application_follow(struct store *store);

/* Whose nomination it is. */
struct application_case {
    const char *own, *host_country; /* the country NULL: not known */
    const Peregrin__Nomination *nomination;
    const struct header_dossier *dossier; /* NULL: it has none yet */
};

/* Whether anybody has applied for anything. */
enum fault application_any(struct store *store, struct arena *arena, bool *any);
/* *grant NULL: nobody of this name has applied for such a stay, or several have and nothing tells
 * them apart. Those that were withdrawn do not count. */
enum fault application_find(struct store *store, const struct application_case *subject,
                            struct arena *arena, Peregrin__Grant **grant, Peregrin__Call **call);
