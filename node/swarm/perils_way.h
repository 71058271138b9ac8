/* What befalls frames in a drawn world. */
#pragma once

#include "swarm/perils.h"

void perils_way_network(const struct peril *peril);
void perils_way_cuts(const struct peril *peril);
void perils_way_islands(const struct peril *peril);
void perils_way_drops(const struct peril *peril);
void perils_way_corruption(const struct peril *peril);
void perils_way_replays(const struct peril *peril);
void perils_way_partitions(const struct peril *peril);
void perils_way_slowness(const struct peril *peril);
void perils_way_impostors(const struct peril *peril);
