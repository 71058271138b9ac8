#include "sim/impostor.h"

#include "engine/peer.h"

#include <stdio.h>
#include <string.h>

enum { ARENA = 128 * 1024 };

static struct peer *peer_of(const struct world *world, size_t node, size_t other)
{
    char id[HEADER_NAME_MAX + 8];
    struct engine *engine = world_engine(world, node);
    snprintf(id, sizeof id, "node.%s", world_institution(world, other));
    return engine ? peer_by_node(engine, id) : NULL;
}

static struct session *session_of(struct peer *peer, bool dialled)
{
    if (dialled)
        return peer->dial.phase == DIAL_LIVE ? &peer->dial.session : NULL;
    return peer->answer.live ? &peer->answer.live_session : NULL;
}

bool impostor_says(struct world *world, struct impostor_line line, struct bytes plain)
{
    struct peer *peer = peer_of(world, line.from, line.to);
    struct session *session = peer ? session_of(peer, line.dialled) : NULL;
    struct arena *arena = session ? arena_open(ARENA) : NULL;
    if (!arena)
        return false;
    struct bytes wire = session_seal(session, world_now(world), plain, arena);
    struct world_passing passing = {
        .from = line.from,
        .to = line.to,
        .dialled = line.dialled,
        .what = "impostor",
        .wire = (uint8_t *)wire.data,
        .size = wire.size,
    };
    if (wire.data)
        world_inject(world, &passing);
    arena_close(arena);
    return wire.data;
}

uint64_t impostor_position(const struct world *world, size_t from, size_t to)
{
    const struct peer *peer = peer_of(world, to, from);
    return peer && peer->pair_count ? peer->pairs[0]->intake.next : 0;
}
