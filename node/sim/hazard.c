#include "sim/hazard.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { ROOM_MIN = 8 };

const char *hazard_name(enum hazard_kind kind)
{
    static const char *const names[HAZARD_KINDS] = {
        [HAZARD_PARTED] = "parted",
        [HAZARD_HALF_OPEN] = "half-open",
        [HAZARD_DISTANT] = "distant",
        [HAZARD_CLOGGED] = "clogged",
    };
    assert(kind < HAZARD_KINDS);
    return names[kind];
}

/* ---- whom it concerns ---- */

/* Whoever stands beside another in the ring still reaches it. */
static bool spared(const struct hazards *hazards, const struct hazard *hazard, size_t one,
                   size_t other)
{
    size_t apart = one < other ? other - one : one - other;
    return hazard->ring && (apart == 1 || apart + 1 == hazards->nodes);
}

static bool crosses(const struct hazards *hazards, const struct hazard *hazard, size_t from,
                    size_t to)
{
    if (from >= hazards->nodes || to >= hazards->nodes)
        return false; /* a second one stands outside; see twin.h */
    return hazard->from[from] && hazard->to[to] && !spared(hazards, hazard, from, to);
}

/* The frame goes this way, or back on the connection of those who dialled. */
static bool concerns(const struct hazards *hazards, const struct hazard *hazard,
                     const struct hazard_way *way)
{
    bool there = crosses(hazards, hazard, way->from, way->to);
    bool back = crosses(hazards, hazard, way->to, way->from);
    if (hazard->kind == HAZARD_HALF_OPEN)
        return way->dialled ? there : back;
    return there || (hazard->both && back);
}

/* ---- frames ---- */

/* The dialler begins anew: it has another connection to that node, and only to that one. */
static bool connection_new(struct hazard *hazard, const struct hazard_way *way)
{
    bool opens = way->dialled && strcmp(way->what, "opening") == 0;
    if (opens)
        hazard->to[way->to] = false;
    return opens;
}

struct hazard_met hazard_leaving(struct hazards *hazards, const struct hazard_way *way)
{
    struct hazard_met met = {.delay_us = -1};
    for (size_t i = 0; i < hazards->count; i++) {
        struct hazard *hazard = &hazards->list[i];
        if (!concerns(hazards, hazard, way))
            continue;
        switch (hazard->kind) {
        case HAZARD_PARTED: met.why = "cut"; break;
        case HAZARD_HALF_OPEN:
            if (!connection_new(hazard, way))
                met.why = "half-open";
            break;
        case HAZARD_DISTANT: met.delay_us = hazard->us; break;
        case HAZARD_CLOGGED:
            if (hazard->us > met.not_before)
                met.not_before = hazard->us;
            break;
        case HAZARD_KINDS: assert(false);
        }
    }
    return met;
}

const char *hazard_arriving(const struct hazards *hazards, const struct hazard_way *way)
{
    for (size_t i = 0; i < hazards->count; i++) {
        const struct hazard *hazard = &hazards->list[i];
        bool parts = hazard->kind == HAZARD_PARTED;
        if ((parts || hazard->kind == HAZARD_HALF_OPEN) && concerns(hazards, hazard, way))
            return parts ? "cut" : "half-open";
    }
    return NULL;
}

/* ---- beginning and end ---- */

bool hazard_parts(const struct hazards *hazards, size_t number, size_t from, size_t to)
{
    assert(number < hazards->count);
    return crosses(hazards, &hazards->list[number], from, to);
}

void hazard_add(struct hazards *hazards, const struct hazard *hazard, size_t nodes)
{
    assert(hazard->kind < HAZARD_KINDS && hazard->from && hazard->to);
    assert(!hazards->count || hazards->nodes == nodes);
    hazards->nodes = nodes;
    if (hazards->count == hazards->room) {
        hazards->room = hazards->room ? 2 * hazards->room : ROOM_MIN;
        hazards->list = realloc(hazards->list, hazards->room * sizeof *hazards->list);
        assert(hazards->list); /* a world without memory proves nothing */
    }
    hazards->list[hazards->count++] = *hazard;
}

void hazard_clear(struct hazards *hazards)
{
    for (size_t i = 0; i < hazards->count; i++) {
        free(hazards->list[i].from);
        free(hazards->list[i].to);
    }
    free(hazards->list);
    *hazards = (struct hazards) {0};
}
