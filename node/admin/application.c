#include "admin/application.h"

#include "admin/call.h"
#include "admin/grant.h"
#include "admin/import_grant_row.h"
#include "admin/import_row.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NAME_SIZE = STORE_NAME_MAX + 1, NUMBER_DIGITS = 10, PAGE = 256 };

/* All that have the same key stand together, in the order of arrival. */
static void key_of_dossier(const struct header_dossier *dossier, char out[static NAME_SIZE])
{
    char text[HEADER_DOSSIER_TEXT];
    header_dossier_text(dossier, text);
    snprintf(out, NAME_SIZE, "applied/%s/", text);
}

/* As lists tell rows apart: capitals, accents and signs make nobody another. False: a name is
 * missing. */
static enum fault key_of_name(const char *own, const char *family, const char *given,
                              struct arena *arena, char out[static NAME_SIZE], bool *known)
{
    Peregrin__Person person = PEREGRIN__PERSON__INIT;
    Peregrin__Nomination who = PEREGRIN__NOMINATION__INIT;
    struct digest key;
    *known = family && given;
    if (!*known)
        return FAULT_NONE;
    person.family_name = (char *)(uintptr_t)family;
    person.given_names = (char *)(uintptr_t)given;
    who.person = &person;
    if (!import_row_key(own, &who, arena, &key))
        return FAULT_MEMORY;
    size_t size = (size_t)snprintf(out, NAME_SIZE, "applied/");
    for (size_t i = 0; i < DIGEST_SIZE / 2; i++)
        size += (size_t)snprintf(out + size, NAME_SIZE - size, "%02x", key.bytes[i]);
    snprintf(out + size, NAME_SIZE - size, "/");
    return FAULT_NONE;
}

static enum fault put(struct store *store, const char *key, uint32_t number)
{
    char name[NAME_SIZE + NUMBER_DIGITS];
    snprintf(name, sizeof name, "%s%010u", key, number);
    return store->value_put(store, name, bytes_text("a"));
}

enum fault application_keep(struct store *store, const Peregrin__Grant *grant, struct arena *arena)
{
    struct header_dossier dossier;
    char key[NAME_SIZE];
    bool named;
    if (grant->dossier && header_dossier_from_text(bytes_text(grant->dossier), &dossier)) {
        key_of_dossier(&dossier, key);
        TRY(put(store, key, grant->number));
    }
    TRY(key_of_name(grant->own, grant->family_name, grant->given_names, arena, key, &named));
    return named ? put(store, key, grant->number) : FAULT_NONE;
}

/* ---- the same again ----------------------------------------------------------------------------
 */

static enum fault is_same(const Peregrin__Grant *grant, const char *key,
                          const Peregrin__Grant *other, struct arena *arena, bool *same)
{
    *same = false;
    if (other->call != grant->call || other->state == GRANT_WITHDRAWN)
        return FAULT_NONE;
    const char *its = import_grant_row_key(other, arena);
    if (!its)
        return FAULT_MEMORY;
    *same = strcmp(its, key) == 0 ||
            (grant->dossier && other->dossier && strcmp(grant->dossier, other->dossier) == 0);
    return FAULT_NONE;
}

enum fault application_twice(struct store *store, const Peregrin__Grant *grant, struct arena *arena,
                             Peregrin__Grant **out)
{
    const char *key = import_grant_row_key(grant, arena);
    struct numbered_page page = {0};
    bool same = false;
    *out = NULL;
    if (!key)
        return FAULT_MEMORY;
    do {
        struct arena_mark mark = arena_mark(arena);
        TRY(numbered_list(store, &grant_numbered, page.next, PAGE, arena, &page));
        for (size_t i = 0; i < page.count && !same; i++) {
            *out = (Peregrin__Grant *)page.messages[i];
            TRY(is_same(grant, key, *out, arena, &same));
        }
        if (!same)
            arena_rewind(arena, mark);
    } while (page.next && !same);
    *out = same ? *out : NULL;
    return FAULT_NONE;
}

/* ---- after an upgrade --------------------------------------------------------------------------
 */

enum { FOLLOW_ARENA = 4 * 1024 * 1024 };

static enum fault keep_all(struct store *store, struct arena *arena)
{
    struct numbered_page page = {0};
    do {
        arena_reset(arena);
        TRY(numbered_list(store, &grant_numbered, page.next, PAGE, arena, &page));
        for (size_t i = 0; i < page.count; i++)
            TRY(application_keep(store, (const Peregrin__Grant *)page.messages[i], arena));
    } while (page.next);
    return FAULT_NONE;
}

enum fault application_follow(struct store *store)
{
    struct arena *arena = arena_open(FOLLOW_ARENA);
    bool any;
    enum fault fault = arena ? application_any(store, arena, &any) : FAULT_MEMORY;
    if (!fault && !any) {
        fault = store->begin(store);
        if (!fault && (fault = keep_all(store, arena)) != FAULT_NONE)
            store->rollback(store);
        else if (!fault)
            fault = store->commit(store);
    }
    arena_close(arena);
    return fault;
}

/* ---- finding -----------------------------------------------------------------------------------
 */

/* For a stay of this kind, in this country where both say one. */
static bool fits(const Peregrin__Grant *grant, const struct application_case *subject)
{
    return strcmp(grant->own, subject->own) == 0 && grant->state != GRANT_WITHDRAWN &&
           grant->mobility == subject->nomination->mobility &&
           (!grant->country || !subject->host_country ||
            strcmp(grant->country, subject->host_country) == 0);
}

static bool same_start(const Peregrin__Grant *grant, const Peregrin__Nomination *nomination)
{
    return grant->start && nomination->start && strcmp(grant->start, nomination->start) == 0;
}

/* One alone, or the one that begins on the same day. */
static const Peregrin__Grant *choose(Peregrin__Grant *const *grants, size_t count,
                                     const Peregrin__Nomination *nomination)
{
    const Peregrin__Grant *found = NULL;
    size_t alike = 0;
    if (count == 1)
        return grants[0];
    for (size_t i = 0; i < count; i++)
        if (same_start(grants[i], nomination)) {
            found = grants[i];
            alike++;
        }
    return alike == 1 ? found : NULL;
}

static enum fault find(struct store *store, const char *key, const struct application_case *subject,
                       struct arena *arena, const Peregrin__Grant **out)
{
    Peregrin__Grant *grants[APPLICATION_OF_ONE_MAX];
    struct store_value *values;
    size_t count, fitting = 0;
    TRY(store->value_list(store, key, NULL, APPLICATION_OF_ONE_MAX, arena, &values, &count));
    for (size_t i = 0; i < count; i++) {
        Peregrin__Grant *grant;
        uint32_t number = (uint32_t)strtoul(values[i].name + strlen(key), NULL, 10);
        TRY(grant_get(store, number, arena, &grant));
        if (!grant)
            return FAULT_CORRUPT;
        if (fits(grant, subject))
            grants[fitting++] = grant;
    }
    *out = choose(grants, fitting, subject->nomination);
    return FAULT_NONE;
}

enum fault application_any(struct store *store, struct arena *arena, bool *any)
{
    struct store_value *values;
    size_t count;
    TRY(store->value_list(store, "applied/", NULL, 1, arena, &values, &count));
    *any = count;
    return FAULT_NONE;
}

enum fault application_find(struct store *store, const struct application_case *subject,
                            struct arena *arena, Peregrin__Grant **grant, Peregrin__Call **call)
{
    const Peregrin__Person *person = subject->nomination->person;
    const Peregrin__Grant *found = NULL;
    char key[NAME_SIZE];
    bool named = false;
    *grant = NULL;
    *call = NULL;
    if (subject->dossier) {
        key_of_dossier(subject->dossier, key);
        TRY(find(store, key, subject, arena, &found));
    }
    if (!found && person)
        TRY(key_of_name(subject->own, person->family_name, person->given_names, arena, key,
                        &named));
    if (named)
        TRY(find(store, key, subject, arena, &found));
    if (!found)
        return FAULT_NONE;
    TRY(call_get(store, found->call, arena, call));
    *grant = (Peregrin__Grant *)(uintptr_t)found;
    return *call ? FAULT_NONE : FAULT_CORRUPT;
}
