#include "engine/agreements.h"

#include "record/codec.h"
#include "record/kind.h"

#include <stdlib.h>
#include <string.h>

enum {
    KEPT = 16,
    MEMORY = 64 * 1024, /* of one; what needs more is read each time */
};

struct agreements {
    struct agreement {
        uint32_t pair; /* 0: nothing is kept here */
        struct header_dossier name;
        struct rules_agreement facts;
        struct arena *arena;
    } list[KEPT];
    size_t next; /* to make room */
};

static struct agreement *find(struct engine *engine, uint32_t pair,
                              const struct header_dossier *name)
{
    struct agreements *kept = engine->agreements;
    for (size_t i = 0; kept && i < KEPT; i++)
        if (kept->list[i].pair == pair && memcmp(&kept->list[i].name, name, sizeof *name) == 0)
            return &kept->list[i];
    return NULL;
}

const struct rules_agreement *agreements_find(struct engine *engine, uint32_t pair,
                                              const struct header_dossier *name)
{
    const struct agreement *found = find(engine, pair, name);
    return found ? &found->facts : NULL;
}

static const Peregrin__Terms *terms_copy(const Peregrin__Terms *terms, struct arena *scratch,
                                         struct arena *arena)
{
    const struct kind *kind = kind_find(PEREGRIN__KIND__KIND_TERMS, 1);
    struct bytes wire = codec_pack(&terms->base, scratch);
    ProtobufCMessage *copy;
    if (!wire.data || kind_body_read(kind, wire, arena, &copy) != VERDICT_FINE)
        return NULL;
    return (const Peregrin__Terms *)copy;
}

static bool copy(const struct rules_agreement *facts, struct arena *scratch, struct arena *arena,
                 struct rules_agreement *out)
{
    const Peregrin__Terms **terms = arena_take_array(arena, facts->count + 1, sizeof *terms);
    *out = *facts;
    out->terms = terms;
    for (size_t i = 0; terms && i < facts->count; i++)
        if (!(terms[i] = terms_copy(facts->terms[i], scratch, arena)))
            return false;
    if (facts->last_year)
        out->last_year = arena_text(arena, bytes_text(facts->last_year));
    return terms && !out->last_year == !facts->last_year;
}

void agreements_keep(struct engine *engine, uint32_t pair, const struct header_dossier *name,
                     const struct rules_agreement *facts)
{
    if (!engine->agreements)
        engine->agreements = calloc(1, sizeof *engine->agreements);
    if (!engine->agreements)
        return;
    struct agreement *room = &engine->agreements->list[engine->agreements->next++ % KEPT];
    room->pair = 0;
    if (!room->arena)
        room->arena = arena_open(MEMORY);
    if (!room->arena)
        return;
    arena_reset(room->arena);
    struct arena_mark mark = arena_mark(engine->scratch);
    bool kept = copy(facts, engine->scratch, room->arena, &room->facts);
    arena_rewind(engine->scratch, mark);
    room->name = *name;
    room->pair = kept ? pair : 0;
}

void agreements_forget(struct engine *engine, uint32_t pair)
{
    struct agreements *kept = engine->agreements;
    for (size_t i = 0; kept && i < KEPT; i++)
        if (kept->list[i].pair == pair)
            kept->list[i].pair = 0;
}

void agreements_close(struct engine *engine)
{
    for (size_t i = 0; engine->agreements && i < KEPT; i++)
        arena_close(engine->agreements->list[i].arena);
    free(engine->agreements);
}
