/* The responder's side of reconciling: says what it holds, and gives lost records back. */
#pragma once

#include "engine/peer.h"
#include "stream/span.h"

enum fault restore_summary(struct step *step, struct pair *pair, const Peregrin__Summary *summary,
                           enum verdict *verdict);
enum fault restore_range(struct step *step, struct pair *pair, const Peregrin__Range *range,
                         enum verdict *verdict);

/* A recovery statement by our own institution, bound to a session, packed as Signed. The field is
 * left empty when it cannot be signed. */
enum fault restore_recovery(struct step *step, struct pair *pair, const struct session *session,
                            struct bytes *signed_wire);
/* A recovery statement of the partner: holds for this session, and within the rate limit. */
enum verdict restore_recovery_read(struct step *step, struct pair *pair,
                                   const Peregrin__Signed *signed_, const struct session *session);

/* A span as it travels, with the speaker's summary; and back. */
enum fault restore_span_fill(const struct span *span, struct arena *arena, Peregrin__Span *out);
enum verdict restore_span_read(const Peregrin__Span *said, struct span *out);
