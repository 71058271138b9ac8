/* Agreements between the institutions of a story, as people propose and answer them. */
#pragma once

#include "base/arena.h"

/* Packed bodies; data NULL when the arena is spent. One condition, c1, under which `sending` may
 * send so many students in each of three years; in place of another agreement, or NULL. */
struct bytes pact_terms(const char *sending, uint32_t places, const char *replaces,
                        struct arena *arena);
struct bytes pact_approval(struct arena *arena);
/* For want of places. */
struct bytes pact_declination(struct arena *arena);
struct bytes pact_termination(const char *last_year, struct arena *arena);
/* An office to write to. */
struct bytes pact_contacts(struct arena *arena);
