/* The audience's side of reconciling: says what it holds, and gives lost records back. */
#pragma once

#include "engine/peer.h"
#include "stream/span.h"

enum fault restore_summary(struct step *step, struct pair *pair, const Peregrin__Summary *summary,
                           enum verdict *verdict);
enum fault restore_range(struct step *step, struct pair *pair, const Peregrin__Range *range,
                         enum verdict *verdict);

/* What the partner's stream had taken, or was allowed, counts no more. */
void restore_reset(struct pair *pair);

/* A recovery statement by our own institution, bound to the session that carries the stream, packed
 * as Signed. Left empty when it cannot be signed, or there is no such session. */
enum fault restore_recovery(struct step *step, struct pair *pair, enum peer_stream stream,
                            struct bytes *signed_wire);
/* A recovery statement of the partner: holds for that session, and within the rate limit. */
enum verdict restore_recovery_read(struct step *step, struct pair *pair, enum peer_stream stream,
                                   const Peregrin__Signed *signed_);

/* A span as it travels, with the speaker's summary; and back. */
enum fault restore_span_fill(const struct span *span, struct arena *arena, Peregrin__Span *out);
enum verdict restore_span_read(const Peregrin__Span *said, struct span *out);
