#include "admin/role.h"

#include <string.h>

static const struct role_row rows[] = {
    {"viewer", ROLE_VIEWER, "read lists, dossiers, transcripts and records", "change anything"},
    {"coordinator", ROLE_COORDINATOR,
     "do what a viewer does; import lists, keep and remove drafts; report arrivals and departures",
     "send nominations, decide, or sign anything else"},
    {"officer", ROLE_OFFICER,
     "do what a coordinator does; send nominations, decide, issue transcripts: what is signed in "
     "the institution's name",
     "manage users or the node"},
    {"administrator", ROLE_ADMINISTRATOR,
     "manage users, tokens, webhooks, backups and the exchange; see the node's state and who did "
     "what",
     "read what records say, or sign, without another role"},
    {"auditor", ROLE_AUDITOR,
     "read all that a viewer reads; check every record; see and export who did what",
     "change anything"},
};

const struct role_row *role_at(size_t index)
{
    return index < sizeof rows / sizeof *rows ? &rows[index] : NULL;
}

const struct role_row *role_find(const char *name)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (strcmp(rows[i].name, name) == 0)
            return &rows[i];
    return NULL;
}

unsigned role_whole(unsigned roles)
{
    roles &= ROLE_ALL;
    if (roles & ROLE_OFFICER)
        roles |= ROLE_COORDINATOR;
    if (roles & (ROLE_COORDINATOR | ROLE_AUDITOR))
        roles |= ROLE_VIEWER;
    return roles;
}

bool role_may(unsigned roles, unsigned need)
{
    return (roles & need & ROLE_ALL) != 0;
}
