#include "admin/applicant.h"

#include "mobility.pb-c.h"
#include "report/dossier_view.h"
#include "report/plain.h"

#include <string.h>

/* ---- what may be wrong -------------------------------------------------------------------------
 */

enum wrong { FINE, NO_NAME, NOT_THERE, OVER, ANOTHER };

static const struct {
    enum verdict verdict;
    const char *message, *hint, *expected;
} wrongs[] = {
    [NO_NAME] = {VERDICT_INVALID, "this is no dossier's name",
                 "give its 26 characters, as `peregrin nomination list` has them",
                 "26 letters and digits"},
    [NOT_THERE] = {VERDICT_NOT_FOUND, "there is no such mobility of this institution",
                   "see `peregrin nomination list`, or leave `dossier` away",
                   "a mobility that is here"},
    [OVER] = {VERDICT_OUT_OF_TURN, "this mobility does not take place",
              "name the dossier of the one that does, or leave `dossier` away",
              "a mobility that waits for its answer or has its place"},
    [ANOTHER] = {VERDICT_INVALID, "this mobility is another person's",
                 "name the applicant's own dossier, or mend the name",
                 "the name of the applicant in the dossier"},
};

static void tell(enum wrong wrong, const char *got, struct problem *problem)
{
    *problem = problem_of_verdict(wrongs[wrong].verdict, "dossier");
    problem->rule = "grant.dossier";
    problem->message = wrongs[wrong].message;
    problem->hint = wrongs[wrong].hint;
    problem->expected = wrongs[wrong].expected;
    problem->got = got;
}

/* ---- the dossier -------------------------------------------------------------------------------
 */

/* One that is seen; *found false: there is none. */
static enum fault look(const struct applicant_asks *asks, const char *own,
                       const struct header_dossier *name, struct arena *arena, bool *found,
                       struct store_dossier *row)
{
    const uint64_t mobilities = dossier_family_states(KIND_MOBILITY);
    struct store *store = asks->store;
    struct store_pair *pairs;
    size_t count;
    *found = false;
    TRY(store->pair_list(store, arena, &pairs, &count));
    for (size_t i = 0; i < 2 * count && !*found; i++) {
        const struct store_place place = {pairs[i / 2].pair, i % 2 != 0, *name};
        if (strcmp(pairs[i / 2].own, own) != 0)
            continue;
        TRY(store->dossier_get(store, &place, found, row));
        *found = *found && mobilities >> row->state & 1 && row->revision;
        if (*found)
            TRY(scope_holds_dossier(asks->scope, store, own, row, arena, found));
    }
    return FAULT_NONE;
}

static bool is_over(enum dossier_state state)
{
    static const enum dossier_state over[] = {DOSSIER_REFUSED, DOSSIER_VOID, DOSSIER_WITHDRAWN,
                                              DOSSIER_REVOKED};
    for (size_t i = 0; i < sizeof over / sizeof *over; i++)
        if (over[i] == state)
            return true;
    return false;
}

/* ---- the person --------------------------------------------------------------------------------
 */

/* Whatever capitals and accents, and where one says more given names than the other. */
static enum fault names_agree(const char *one, const char *other, struct arena *arena, bool *agree)
{
    const char *left = plain_words(bytes_text(one), arena);
    const char *right = plain_words(bytes_text(other), arena);
    if (!left || !right)
        return FAULT_MEMORY;
    size_t shared = strlen(left) < strlen(right) ? strlen(left) : strlen(right);
    *agree = *agree && strncmp(left, right, shared) == 0 &&
             (left[shared] == '\0' || left[shared] == ' ') &&
             (right[shared] == '\0' || right[shared] == ' ');
    return FAULT_NONE;
}

static enum fault is_person(struct store *store, const struct store_dossier *row,
                            const Peregrin__Grant *grant, struct arena *arena, bool *same)
{
    struct store_record *record;
    ProtobufCMessage *body;
    *same = false;
    TRY(store->record_get(store, row->revision, arena, &record));
    if (!record)
        return FAULT_CORRUPT;
    TRY(dossier_view_body(record, arena, &body));
    const Peregrin__Person *person = body && body->descriptor == &peregrin__nomination__descriptor
                                         ? ((const Peregrin__Nomination *)body)->person
                                         : NULL;
    if (!person || !person->family_name || !grant->family_name)
        return FAULT_NONE;
    *same = true;
    TRY(names_agree(person->family_name, grant->family_name, arena, same));
    if (grant->given_names && person->given_names)
        TRY(names_agree(person->given_names, grant->given_names, arena, same));
    return FAULT_NONE;
}

enum fault applicant_holds(const struct applicant_asks *asks, Peregrin__Grant *grant,
                           struct arena *arena, struct problem *problem)
{
    struct header_dossier name;
    struct store_dossier row;
    bool found, same;
    if (!grant->dossier)
        return FAULT_NONE;
    if (!header_dossier_from_text(bytes_text(grant->dossier), &name)) {
        tell(NO_NAME, NULL, problem);
        return FAULT_NONE;
    }
    TRY(look(asks, grant->own, &name, arena, &found, &row));
    if (!found) {
        tell(NOT_THERE, NULL, problem);
        return FAULT_NONE;
    }
    enum dossier_state state = (enum dossier_state)row.state;
    TRY(is_person(asks->store, &row, grant, arena, &same));
    if (!same || is_over(state)) {
        tell(same ? OVER : ANOTHER, same ? dossier_state_code(state) : NULL, problem);
        return FAULT_NONE;
    }
    char *text = arena_take(arena, HEADER_DOSSIER_TEXT);
    if (!text)
        return FAULT_MEMORY;
    header_dossier_text(&name, text);
    grant->dossier = text;
    return FAULT_NONE;
}
