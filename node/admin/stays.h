/* Who was away when: the stays of each person in all dossiers of this node, to be added up.
 *
 * In memory, by what their nominations say: an identifier, or name and date of birth. Read once
 * from the store, then along with the feed, so that asking costs no more however many there are. A
 * person is kept as a digest: no name stands in it. */
#pragma once

#include "admin/look.h"
#include "eligibility/eligibility.h"
#include "store/store.h"

enum { STAYS_MAX = 1000000, STAYS_OF_ONE_MAX = 64 };

/* A digest of who it is; not known where there is neither identifier nor date of birth. */
struct stays_person {
    struct digest key;
    bool known;
};
enum fault stays_person(const Peregrin__Nomination *nomination, struct arena *arena,
                        struct stays_person *person);

/* What a nomination adds to the other stays of its person. False: nothing that is added up. */
bool stays_stay(const Peregrin__Nomination *nomination, struct eligibility_stay *stay);

struct stays;
struct stays *stays_open(void); /* NULL: no memory */
void stays_close(struct stays *stays);

/* Before it is asked: reads what has changed since, also in a transaction that is open. What the
 * look forbids is no stay. */
enum fault stays_refresh(struct stays *stays, struct store *store, const struct look *look,
                         struct arena *arena);
/* A dossier that was opened since, by this record: known without being read. */
enum fault stays_said(struct stays *stays, const struct store_place *place, int64_t serial,
                      const Peregrin__Nomination *nomination, const struct stays_person *person);

/* Of the nominee, but for the dossier `without` (NULL: none): those that are not over without
 * having been, and have dates. At most STAYS_OF_ONE_MAX. *known is false where nobody can say: the
 * nominee has neither identifier nor date of birth, or there are more than STAYS_MAX. */
enum fault stays_find(const struct stays *stays, const struct stays_person *person,
                      const struct header_dossier *without, struct arena *arena,
                      struct eligibility_stay **out, size_t *count, bool *known);
