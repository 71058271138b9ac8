/* The end of a group: what was said in it is sealed, receipted and sent. */
#pragma once

#include "engine/peer.h"

/* EVENT_SETTLED: seals, receipts, acks, Delivers; sets outcome.wake. */
enum fault settle_group(struct step *step);
