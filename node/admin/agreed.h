/* Agreements by the reference that an office knows them by: what nominations name so is told by the
 * dossier's 26 letters, under which its places are counted. */
#pragma once

#include "base/arena.h"
#include "mobility.pb-c.h"
#include "store/store.h"

/* What was found before, for lists that name the same again and again; zero at first. Lives in the
 * arena of the calls. */
struct agreed_memo {
    struct agreed_known *known;
};

/* The one agreement in force of the two that has the reference which the nomination names, where it
 * names a condition of it too: then the nomination names its dossier. *changed false: there is
 * none, or more than one; it stays as it is. */
enum fault agreed_name(struct store *store, const char *own, const char *partner,
                       Peregrin__Nomination *nomination, struct agreed_memo *memo,
                       struct arena *arena, bool *changed);
