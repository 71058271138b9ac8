/* Roles: the one table of who may do what. The API's routes name what they need; `peregrin user
 * roles` and the manual print the table. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

/* Bits: a user may have several. The numbers are kept in the store and never change. */
enum role {
    ROLE_VIEWER = 1,
    ROLE_COORDINATOR = 2,
    ROLE_OFFICER = 4,
    ROLE_ADMINISTRATOR = 8,
    ROLE_AUDITOR = 16,
    ROLE_ALL = 31,
};

/* What a route needs: one of these roles. 0 is nobody but the node's own user at its socket, so
 * that a route whose row forgets it is closed. */
enum role_need {
    ROLE_NEED_NOTHING = 32,    /* also without a name: what tells nobody anything */
    ROLE_NEED_NAME = ROLE_ALL, /* how the node is; never what a record says */
    ROLE_NEED_READ = ROLE_VIEWER | ROLE_COORDINATOR | ROLE_OFFICER | ROLE_AUDITOR,
    ROLE_NEED_PREPARE = ROLE_COORDINATOR | ROLE_OFFICER, /* drafts: nothing leaves the node */
    ROLE_NEED_REPORT = ROLE_COORDINATOR | ROLE_OFFICER,  /* what happened: arrivals, departures */
    ROLE_NEED_SIGN = ROLE_OFFICER,                       /* what binds the institution */
    ROLE_NEED_OPERATE = ROLE_ADMINISTRATOR,
    ROLE_NEED_AUDIT = ROLE_AUDITOR | ROLE_ADMINISTRATOR,
};

struct role_row {
    const char *name;
    enum role role;
    const char *may, *may_not; /* sentences for people */
};

/* NULL past the end, and for a name that is none. */
const struct role_row *role_at(size_t index);
const struct role_row *role_find(const char *name);

/* With those that are contained in others: an officer is a coordinator too, who is a viewer too. */
unsigned role_whole(unsigned roles);
/* Whether somebody with these roles may use what needs this. */
bool role_may(unsigned roles, unsigned need);
