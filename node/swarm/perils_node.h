/* What befalls nodes and their operators in a drawn world, and who they are. */
#pragma once

#include "swarm/perils.h"

void perils_node_lodging(const struct peril *peril);
void perils_node_calling_out(const struct peril *peril);
void perils_node_deaths(const struct peril *peril);
void perils_node_disks(const struct peril *peril);
void perils_node_power(const struct peril *peril);
void perils_node_stops(const struct peril *peril);
void perils_node_commits(const struct peril *peril);
void perils_node_restores(const struct peril *peril);
void perils_node_clocks(const struct peril *peril);
void perils_node_pings(const struct peril *peril);
void perils_node_hands(const struct peril *peril);
