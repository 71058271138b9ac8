#include "admin/eligible_away.h"

#include "admin/import_row.h"

#include <string.h>

/* A stay that a row of the list plans. */
struct eligible_away {
    struct eligible_away *next;
    struct digest person;
    struct eligibility_stay stay;
};

static struct eligible_away **away_of(struct eligible_memo *memo, const struct digest *person)
{
    return &memo->away[person->bytes[0] % ELIGIBLE_BUCKETS];
}

enum fault eligible_away_find(const struct eligible *eligible, const struct eligible_case *subject,
                              struct eligible_memo *memo, const struct stays_person *person,
                              struct arena *arena, struct eligibility_facts *facts)
{
    struct eligibility_stay *known = NULL, *all;
    size_t count = 0;
    TRY(stays_find(eligible->stays, person, subject->dossier, arena, &known, &count,
                   &facts->stays_known));
    all = arena_take_array(arena, count + STAYS_OF_ONE_MAX, sizeof *all);
    if (!all)
        return FAULT_MEMORY;
    if (count)
        memcpy(all, known, count * sizeof *all);
    struct eligible_away *planned =
        facts->stays_known && !memo->said ? *away_of(memo, &person->key) : NULL;
    for (size_t room = STAYS_OF_ONE_MAX; planned && room; planned = planned->next)
        if (import_row_same(&planned->person, &person->key)) {
            all[count++] = planned->stay;
            room--;
        }
    facts->stays = all;
    facts->stay_count = count;
    return FAULT_NONE;
}

enum fault eligible_away_plan(const struct eligible_case *subject,
                              const struct stays_person *person, struct arena *arena)
{
    struct eligible_memo *memo = subject->memo;
    struct eligibility_stay stay;
    if (!memo || memo->said || subject->dossier || !person->known ||
        !stays_stay(subject->nomination, &stay))
        return FAULT_NONE;
    struct eligible_away **first = away_of(memo, &person->key);
    struct eligible_away *away = arena_take(arena, sizeof *away);
    if (!away)
        return FAULT_MEMORY;
    *away = (struct eligible_away) {*first, person->key, stay};
    *first = away;
    return FAULT_NONE;
}
