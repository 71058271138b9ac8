#include "figures/group.h"

#include "admin/keep.h"
#include "record/scan.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

bool group_code_fits(const char *code)
{
    size_t length = strlen(code);
    return length > 0 && length <= GROUP_CODE_MAX &&
           strspn(code, "abcdefghijklmnopqrstuvwxyz0123456789-") == length;
}

bool group_name_fits(const char *name)
{
    size_t length = strlen(name);
    return length > 0 && length <= GROUP_NAME_MAX && scan_text(bytes_text(name)) &&
           !strpbrk(name, "\n\t");
}

/* ---- as the store keeps them ---- */

static void name_of(const char *own, char out[static STORE_NAME_MAX + 1])
{
    snprintf(out, STORE_NAME_MAX + 1, "groups/%s", own);
}

enum fault group_list(struct store *store, const char *own, struct arena *arena,
                      Peregrin__PartnerGroups **out)
{
    char name[STORE_NAME_MAX + 1];
    ProtobufCMessage *found;
    name_of(own, name);
    TRY(keep_get(store, name, &peregrin__partner_groups__descriptor, arena, &found));
    *out = (Peregrin__PartnerGroups *)found;
    if (*out)
        return FAULT_NONE;
    *out = arena_take(arena, sizeof **out);
    if (*out)
        **out = (Peregrin__PartnerGroups)PEREGRIN__PARTNER_GROUPS__INIT;
    return *out ? FAULT_NONE : FAULT_MEMORY;
}

enum fault group_keep(struct store *store, const char *own, const Peregrin__PartnerGroups *groups,
                      struct arena *arena)
{
    char name[STORE_NAME_MAX + 1];
    assert(groups->n_groups <= GROUP_MAX && !group_is_full(groups, 0));
    name_of(own, name);
    return keep_put(store, name, &groups->base, arena);
}

/* ---- one of them ---- */

Peregrin__PartnerGroup *group_find(const Peregrin__PartnerGroups *groups, const char *code)
{
    for (size_t i = 0; i < groups->n_groups; i++)
        if (strcmp(groups->groups[i]->code, code) == 0)
            return groups->groups[i];
    return NULL;
}

bool group_has(const Peregrin__PartnerGroup *group, const char *partner)
{
    for (size_t i = 0; i < group->n_partners; i++)
        if (strcmp(group->partners[i], partner) == 0)
            return true;
    return false;
}

const char *group_title(const Peregrin__PartnerGroup *group)
{
    return group->name && *group->name ? group->name : group->code;
}

bool group_is_full(const Peregrin__PartnerGroups *groups, size_t more)
{
    size_t all = more;
    for (size_t i = 0; i < groups->n_groups; i++)
        all += groups->groups[i]->n_partners;
    return all > GROUP_PARTNERS_MAX;
}

/* ---- changes ---- */

bool group_add(Peregrin__PartnerGroups *groups, const char *code, struct arena *arena,
               Peregrin__PartnerGroup **out)
{
    Peregrin__PartnerGroup **all = arena_take_array(arena, groups->n_groups + 1, sizeof *all);
    Peregrin__PartnerGroup *group = arena_take(arena, sizeof *group);
    size_t at = 0;
    if (!all || !group)
        return false;
    *group = (Peregrin__PartnerGroup)PEREGRIN__PARTNER_GROUP__INIT;
    group->code = (char *)(uintptr_t)code;
    while (at < groups->n_groups && strcmp(groups->groups[at]->code, code) < 0)
        at++;
    for (size_t i = 0; i <= groups->n_groups; i++)
        all[i] = i == at ? group : groups->groups[i - (i > at)];
    groups->groups = all;
    groups->n_groups++;
    *out = group;
    return true;
}

bool group_take(Peregrin__PartnerGroup *group, const char *partner, struct arena *arena)
{
    if (group_has(group, partner))
        return true;
    char **all = arena_take_array(arena, group->n_partners + 1, sizeof *all);
    size_t at = 0;
    if (!all)
        return false;
    while (at < group->n_partners && strcmp(group->partners[at], partner) < 0)
        at++;
    for (size_t i = 0; i <= group->n_partners; i++)
        all[i] = i == at ? (char *)(uintptr_t)partner : group->partners[i - (i > at)];
    group->partners = all;
    group->n_partners++;
    return true;
}

void group_drop(Peregrin__PartnerGroup *group, const char *partner)
{
    size_t kept = 0;
    for (size_t i = 0; i < group->n_partners; i++)
        if (strcmp(group->partners[i], partner) != 0)
            group->partners[kept++] = group->partners[i];
    group->n_partners = kept;
}

void group_remove(Peregrin__PartnerGroups *groups, const char *code)
{
    size_t kept = 0;
    for (size_t i = 0; i < groups->n_groups; i++)
        if (strcmp(groups->groups[i]->code, code) != 0)
            groups->groups[kept++] = groups->groups[i];
    groups->n_groups = kept;
}
