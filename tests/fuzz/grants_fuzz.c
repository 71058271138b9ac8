/* links: base seal record trust wire rules channel stream eligibility store engine report sheet admin */
/* A preview keeps nothing; what is kept is numbered without a gap and stands in the queue of its
 * call; the same list again changes nothing. */
#include "admin/import_grant.h"
#include "mobility.pb-c.h"
#include "store/store_memory.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { BUDGET = 64 * 1024 * 1024, GRANTS_MAX = 10000, SIZE_MAX_READ = 64 * 1024 };

static struct catalogue_institution institutions[] = {{.schac = "helmo.be", .country = "BE"}};
static struct catalogue catalogue = {
    .network = "fuzz", .institutions = institutions, .institution_count = 1};

static struct import_grant_result run(struct store *store, const Peregrin__Call *call,
                                      struct bytes content, bool confirm, struct arena *arena)
{
    struct import import = {.store = store,
                            .catalogue = &catalogue,
                            .own = "helmo.be",
                            .content = content,
                            .confirm = confirm,
                            .skip_bad = true,
                            .now = {INSTANT_SECOND}};
    struct import_grant_result result = {0};
    enum fault fault = store->begin(store);
    assert(!fault);
    fault = import_grant_run(&import, call, "anna", arena, &result);
    assert(fault == FAULT_NONE || fault == FAULT_MEMORY);
    assert(fault || result.list.ready + result.list.bad == result.list.rows);
    for (size_t i = 0; i < result.list.problem_count; i++)
        assert(result.list.problems[i].expected && result.list.problems[i].remedy);
    fault = store->commit(store);
    assert(!fault);
    return result;
}

static void grants_check(struct store *store, size_t wanted, struct arena *arena)
{
    struct numbered_page page;
    Peregrin__Grant **queue;
    size_t waiting;
    enum fault fault = numbered_list(store, &grant_numbered, 0, GRANTS_MAX, arena, &page);
    assert(!fault && page.count == wanted);
    fault = grant_queue(store, 1, GRANTS_MAX, arena, &queue, &waiting);
    assert(!fault && waiting == wanted);
    for (size_t i = 0; i < page.count; i++) {
        const Peregrin__Grant *grant = (const Peregrin__Grant *)page.messages[i];
        uint64_t points = 0;
        assert(grant->number == i + 1 && grant->state == GRANT_WAITING && grant->family_name);
        assert(grant->asked > 0 && grant->asked <= ENVELOPE_CENTS_MAX && grant->group <= 2);
        for (size_t j = 0; j < grant->n_scores; j++)
            points += grant->scores[j];
        assert(!grant->n_scores || (grant->n_scores == 2 && points == grant->points));
        assert(!grant->country || strlen(grant->country) == 2);
        assert(!grant->start || !grant->end || strcmp(grant->start, grant->end) <= 0);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *criteria[] = {"Marks", "Motivation"}, *groups[] = {"fewer opportunities", "distance"};
    Peregrin__Call call = PEREGRIN__CALL__INIT;
    if (size > SIZE_MAX_READ)
        return 0;
    struct arena *arena = arena_open(BUDGET);
    struct store *store = store_memory_open();
    struct bytes content = {data, size};
    call.own = "helmo.be";
    call.title = "Spring";
    call.criteria = criteria;
    call.groups = groups;
    call.n_criteria = call.n_groups = 2;
    enum fault fault = store->begin(store);
    fault = fault ? fault : call_open(store, &call, arena);
    fault = fault ? fault : store->commit(store);
    assert(!fault);
    struct import_grant_result seen = run(store, &call, content, false, arena);
    grants_check(store, 0, arena);
    struct import_grant_result kept = run(store, &call, content, true, arena);
    assert(kept.list.ready == seen.list.ready && kept.list.stored == seen.list.ready);
    grants_check(store, kept.list.stored, arena);
    struct import_grant_result again = run(store, &call, content, true, arena);
    assert(again.list.unchanged == kept.list.stored && again.list.stored == 0);
    grants_check(store, kept.list.stored, arena);
    store->close(store);
    arena_close(arena);
    return 0;
}
