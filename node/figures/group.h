/* Groups of partners, as an institution names them for its reports: a network that it belongs to,
 * a region beyond the border, partners in the South. A partner may be in several; kept on this
 * node, and never told to anybody. */
#pragma once

#include "base/arena.h"
#include "local.pb-c.h"
#include "store/store.h"

enum {
    GROUP_CODE_MAX = 16,
    GROUP_NAME_MAX = 64, /* bytes */
    GROUP_MAX = 32,
    GROUP_PARTNERS_MAX = 800, /* in all groups of an institution together */
};

/* `euroregion`: 1 to 16 small letters, digits and `-`. */
bool group_code_fits(const char *code);
/* One line of text. */
bool group_name_fits(const char *name);
/* Those of an own institution, never NULL. */
enum fault group_list(struct store *store, const char *own, struct arena *arena,
                      Peregrin__PartnerGroups **out);
enum fault group_keep(struct store *store, const char *own, const Peregrin__PartnerGroups *groups,
                      struct arena *arena);

/* NULL: there is none of this code. */
Peregrin__PartnerGroup *group_find(const Peregrin__PartnerGroups *groups, const char *code);
bool group_has(const Peregrin__PartnerGroup *group, const char *partner);
/* What reports call it. */
const char *group_title(const Peregrin__PartnerGroup *group);
/* Whether this many more would be too many. */
bool group_is_full(const Peregrin__PartnerGroups *groups, size_t more);

/* Changes of the list in the arena; false: the arena is spent. An added group is in its place by
 * code; partners that are there already, or are not there, change nothing. */
bool group_add(Peregrin__PartnerGroups *groups, const char *code, struct arena *arena,
               Peregrin__PartnerGroup **out);
bool group_take(Peregrin__PartnerGroup *group, const char *partner, struct arena *arena);
void group_drop(Peregrin__PartnerGroup *group, const char *partner);
void group_remove(Peregrin__PartnerGroups *groups, const char *code);
