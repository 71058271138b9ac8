/* links: base seal record trust wire rules channel stream eligibility store engine report sheet admin */
#include "admin/import.h"
#include "record/kind.h"
#include "rules/rules.h"
#include "store/store_memory.h"

#include <assert.h>
#include <stdlib.h>

enum { BUDGET = 64 * 1024 * 1024, DRAFTS_MAX = 10000, SIZE_MAX_READ = 64 * 1024 };

static Peregrin__Alias alias = PEREGRIN__ALIAS__INIT;
static Peregrin__Alias *aliases[] = {&alias};
static Peregrin__Institution entries[] = {PEREGRIN__INSTITUTION__INIT, PEREGRIN__INSTITUTION__INIT};
static struct catalogue_institution institutions[] = {
    {.schac = "helmo.be", .entry = &entries[0]},
    {.schac = "tum.de", .entry = &entries[1]},
};
static struct catalogue catalogue = {
    .network = "fuzz", .institutions = institutions, .institution_count = 2};

static struct import_result run(struct store *store, struct bytes content, bool confirm,
                                struct arena *arena)
{
    struct import import = {.store = store,
                            .catalogue = &catalogue,
                            .own = "helmo.be",
                            .content = content,
                            .confirm = confirm,
                            .skip_bad = true,
                            .now = {INSTANT_SECOND}};
    struct import_result result = {0};
    enum fault fault = store->begin(store);
    assert(!fault);
    fault = import_run(&import, arena, &result);
    assert(fault == FAULT_NONE || fault == FAULT_MEMORY);
    assert(fault || result.ready + result.bad == result.rows);
    fault = store->commit(store);
    assert(!fault);
    return result;
}

/* What is kept may be sent: it reads back, and no rule of form is against it. */
static void drafts_check(struct store *store, size_t wanted, struct arena *arena)
{
    const struct kind *kind = kind_find(PEREGRIN__KIND__KIND_NOMINATION, 1);
    struct store_draft *drafts;
    size_t count;
    enum fault fault = store->draft_list(store, false, 0, DRAFTS_MAX, arena, &drafts, &count);
    assert(!fault && count == wanted);
    for (size_t i = 0; i < count; i++) {
        ProtobufCMessage *body;
        enum verdict verdict = kind_body_read(kind, drafts[i].body, arena, &body);
        assert(verdict == VERDICT_FINE);
        assert(rules_form(kind, body, NULL, NULL) == 0);
    }
}

/* A preview keeps nothing; the same file again changes nothing. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size > SIZE_MAX_READ)
        return 0;
    struct arena *arena = arena_open(BUDGET);
    struct store *store = store_memory_open();
    struct bytes content = {data, size};
    alias.value = "D  MUNCHEN02";
    entries[1].aliases = aliases;
    entries[1].n_aliases = 1;
    struct import_result seen = run(store, content, false, arena);
    drafts_check(store, 0, arena);
    struct import_result kept = run(store, content, true, arena);
    assert(kept.ready == seen.ready && kept.stored == seen.ready);
    drafts_check(store, kept.stored, arena);
    struct import_result again = run(store, content, true, arena);
    assert(again.unchanged == kept.stored && again.stored == 0);
    store->close(store);
    arena_close(arena);
    return 0;
}
