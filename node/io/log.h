/* What the node says: to the system's journal where the descriptor leads there, as fields; else one
 * JSON object a line: {"at","level","text","node"}, and "partner" and "code" where a sentence has
 * them: the first name in it that is known as a partner's, and the code of the verdict or fault
 * whose sentence stands in it.
 *
 * Only sentences of the core and fixed texts of the shell come here, so no personal data can. The
 * rate is bounded: what is too much is counted and said later in one line, and so is what a pipe
 * does not take that nobody reads: a log never keeps the node waiting. */
#pragma once

#include "base/instant.h"
#include "base/trace.h"

struct log;

/* Sentences below `least` are not written. `node` is copied. The descriptor stays the caller's.
 * NULL when the machine has no memory. */
struct log *log_open(int descriptor, const char *node, enum trace_level least);
void log_close(struct log *log);
/* Who is a partner: asked of each word that may be a name. NULL: nobody is known. */
void log_know(struct log *log, bool (*is_partner)(void *self, const char *name), void *self);

void log_say(struct log *log, struct instant at, enum trace_level level, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
void log_trace(struct log *log, struct instant at, const struct trace *trace);

const char *log_level_name(enum trace_level level);
/* The level of this name; false when there is none. */
bool log_level(const char *name, enum trace_level *level);

/* The inside of a JSON string: quotes, backslashes and control characters escaped, what is not
 * UTF-8 replaced. Cut at a whole character when it does not fit; always ended. Returns the length.
 */
size_t log_quote(struct bytes text, char *out, size_t size);
