#include "study/agenda.h"

#include <assert.h>

bool agenda_open(struct agenda *agenda, const struct flow_network *network,
                 const struct flow_year *year, struct arena *arena)
{
    size_t number = 0;
    *agenda = (struct agenda) {
        .year = year,
        .count = flow_students(network),
        .nodes = network->count,
    };
    agenda->mobilities = arena_take_array(arena, agenda->count + 1, sizeof *agenda->mobilities);
    agenda->behind = arena_take_array(arena, year->count + 1, sizeof *agenda->behind);
    agenda->waiting = arena_take_array(arena, network->count, sizeof *agenda->waiting);
    if (!agenda->mobilities || !agenda->behind || !agenda->waiting)
        return false;
    for (size_t i = 0; i < network->link_count; i++)
        for (uint32_t s = 0; s < network->links[i].students; s++, number++)
            agenda->mobilities[number].names = (struct clerk_mobility) {
                .number = (uint32_t)number,
                .home = network->links[i].from,
                .host = network->links[i].to,
            };
    for (size_t i = 0; i < year->count; i++)
        if (clerk_kind(year->deeds[i].kind) && year->deeds[i].number >= agenda->count)
            return false;
    return true;
}

struct agenda_mobility *agenda_of(struct agenda *agenda, uint32_t number)
{
    assert(number < agenda->count);
    return &agenda->mobilities[number];
}

enum agenda_side agenda_side(enum flow_kind kind)
{
    return kind == FLOW_NOMINATE || kind == FLOW_RECOGNISE ? AGENDA_HOME : AGENDA_HOST;
}

void agenda_add(struct agenda *agenda, size_t deed)
{
    struct agenda_mobility *mobility = agenda_of(agenda, agenda->year->deeds[deed].number);
    agenda->waits++;
    if (mobility->last)
        agenda->behind[mobility->last - 1] = (uint32_t)deed + 1;
    else
        mobility->first = (uint32_t)deed + 1;
    mobility->last = (uint32_t)deed + 1;
}

const struct flow_deed *agenda_next(const struct agenda *agenda,
                                    const struct agenda_mobility *mobility)
{
    return mobility->first ? &agenda->year->deeds[mobility->first - 1] : NULL;
}

void agenda_done(struct agenda *agenda, struct agenda_mobility *mobility)
{
    assert(mobility->first && agenda->waits);
    agenda->waits--;
    mobility->first = agenda->behind[mobility->first - 1];
    if (!mobility->first)
        mobility->last = 0;
}

static void list(struct agenda *agenda, struct agenda_mobility *mobility, uint32_t *first)
{
    if (mobility->listed)
        return;
    mobility->listed = true;
    mobility->beside = *first;
    *first = (uint32_t)(mobility - agenda->mobilities) + 1;
}

void agenda_wait_node(struct agenda *agenda, struct agenda_mobility *mobility, uint32_t node)
{
    assert(node < agenda->nodes);
    list(agenda, mobility, &agenda->waiting[node]);
}

void agenda_wake(struct agenda *agenda, struct agenda_mobility *mobility)
{
    if (mobility->first)
        list(agenda, mobility, &agenda->ready);
}

struct agenda_mobility *agenda_take_ready(struct agenda *agenda)
{
    if (!agenda->ready)
        return NULL;
    struct agenda_mobility *mobility = &agenda->mobilities[agenda->ready - 1];
    agenda->ready = mobility->beside;
    mobility->listed = false;
    return mobility;
}

void agenda_wake_node(struct agenda *agenda, uint32_t node)
{
    uint32_t next = agenda->waiting[node];
    agenda->waiting[node] = 0;
    while (next) {
        struct agenda_mobility *mobility = &agenda->mobilities[next - 1];
        next = mobility->beside;
        mobility->listed = false;
        agenda_wake(agenda, mobility);
    }
}
