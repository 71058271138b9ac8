/* Whose mobility an application is for, where it names the dossier. */
#pragma once

#include "admin/grant.h"
#include "admin/scope.h"
#include "report/problem.h"

struct applicant_asks {
    struct store *store;
    const struct scope *scope; /* of who enters it: a dossier that they do not see is not there */
};

/* The dossier must be here, be a mobility of the application's institution that is not over, and
 * be of the person who is named. The problem says which does not hold, and stays as it is where
 * all do; the application then names the dossier as lists do. */
enum fault applicant_holds(const struct applicant_asks *asks, Peregrin__Grant *grant,
                           struct arena *arena, struct problem *problem);
