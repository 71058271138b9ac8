#include "flow/flow.h"

#include <assert.h>
#include <string.h>

static const char *const kinds[FLOW_KINDS] = {
    [FLOW_NOMINATE] = "nominate",     [FLOW_ACCEPT] = "accept",   [FLOW_REFUSE] = "refuse",
    [FLOW_TRANSCRIPT] = "transcript", [FLOW_CORRECT] = "correct", [FLOW_RECOGNISE] = "recognise",
    [FLOW_SLEEP] = "sleep",           [FLOW_WAKE] = "wake",       [FLOW_JOIN] = "join",
    [FLOW_LEAVE] = "leave",           [FLOW_RENAME] = "rename",   [FLOW_CODE] = "code",
};

static const char *const rests[FLOW_RESTS] = {
    [FLOW_NIGHT] = "night",
    [FLOW_PATCH] = "patch",
    [FLOW_SUMMER] = "summer",
};

const char *flow_kind_word(enum flow_kind kind)
{
    assert(kind < FLOW_KINDS);
    return kinds[kind];
}

const char *flow_rest_word(enum flow_rest rest)
{
    assert(rest < FLOW_RESTS);
    return rests[rest];
}

uint64_t flow_students(const struct flow_network *network)
{
    uint64_t students = 0;
    for (size_t i = 0; i < network->link_count; i++)
        students += network->links[i].students;
    return students;
}

size_t flow_find(const struct flow_network *network, const char *schac)
{
    size_t i = 0;
    while (i < network->count && strcmp(network->institutions[i].schac, schac) != 0)
        i++;
    return i;
}
