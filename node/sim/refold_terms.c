#include "sim/refold_terms.h"

enum { TERMS = 32, APPROVAL, DECLINATION, TAKE_BACK, TERMINATION, CONTACTS };

static const struct digest none;

static bool known(const struct digest *digest)
{
    return !digest_equal(digest, &none);
}

/* Of something, and of that. */
static bool names(const struct said *said, const struct digest *what)
{
    return known(what) && digest_equal(&said->target, what);
}

bool refold_terms_opens(const struct said *said)
{
    return said->kind == TERMS && said->schema == 1 && !said->critical;
}

static void close_all(struct dossier *says)
{
    says->offers[0] = says->offers[1] = none;
}

static void answer(struct refold_terms *tale, const struct said *said, struct dossier *says)
{
    struct digest *own = &says->offers[said->lane], *other = &says->offers[1 - said->lane];
    if (said->kind == APPROVAL && names(said, other)) {
        says->in_force = said->target;
        close_all(says);
    } else if (said->kind == DECLINATION && names(said, other)) {
        *other = none;
        tale->dropped = false;
    } else if (said->kind == TAKE_BACK && names(said, own)) {
        *own = none;
        tale->dropped = true;
    } else if (said->kind == TERMINATION && names(said, &says->in_force)) {
        says->termination = said->id;
        tale->ended = true;
        close_all(says);
    }
}

void refold_terms_hear(struct refold_terms *tale, const struct said *said, struct dossier *says)
{
    if (!tale->opened) {
        bool opens = said->lane == 0 && said->index == 0 && refold_terms_opens(said);
        tale->is_void |= opens && said->is_void;
        tale->opened = opens && !said->is_void;
        if (!tale->opened)
            return;
    }
    if (said->is_void || tale->is_void)
        return;
    if (said->kind == CONTACTS)
        says->contacts[said->lane] = said->id;
    else if (said->kind == TERMS && !tale->ended) {
        says->offers[said->lane] = tale->newest = said->id;
        tale->spoke = said->lane;
    } else if (!tale->ended) {
        answer(tale, said, says);
    }
}

void refold_terms_end(const struct refold_terms *tale, struct dossier *says)
{
    bool force = known(&says->in_force);
    bool both = known(&says->offers[0]) && known(&says->offers[1]);
    uint64_t lane = both ? tale->spoke : known(&says->offers[1]);
    says->revision = force ? says->in_force : tale->newest;
    if (tale->is_void)
        says->state = DOSSIER_VOID_TERMS;
    else if (!tale->opened)
        says->state = DOSSIER_EMPTY;
    else if (tale->ended)
        says->state = DOSSIER_ENDED;
    else if (known(&says->offers[lane]) && force)
        says->state = lane ? DOSSIER_CHANGE_COUNTERED : DOSSIER_CHANGE_OFFERED;
    else if (known(&says->offers[lane]))
        says->state = lane ? DOSSIER_COUNTERED : DOSSIER_OFFERED;
    else if (force)
        says->state = DOSSIER_IN_FORCE;
    else
        says->state = tale->dropped ? DOSSIER_TAKEN_BACK : DOSSIER_DECLINED;
}
