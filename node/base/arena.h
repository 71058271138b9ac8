/* Memory that lives until the event is done and then goes as a whole.
 *
 * An arena has a budget: asking for more than is left gives NULL, and the caller says
 * VERDICT_TOO_LARGE. That is the bound on what one inbound frame can cost in memory. */
#pragma once

#include "base/bytes.h"

struct arena;

/* budget in bytes, as handed out. NULL when the machine has no memory. */
struct arena *arena_open(size_t budget);
void arena_close(struct arena *arena);

/* Forgets everything taken; keeps one block for the next event. */
void arena_reset(struct arena *arena);

/* Forgets everything taken since the mark: for work that repeats within one event. */
struct arena_mark {
    void *block;
    size_t block_used, used;
};
struct arena_mark arena_mark(const struct arena *arena);
void arena_rewind(struct arena *arena, struct arena_mark mark);

/* Zeroed, aligned for any type. NULL when the budget is spent. */
void *arena_take(struct arena *arena, size_t size);

/* The same for what is written whole at once: what stands there is anything. */
void *arena_room(struct arena *arena, size_t size);

/* Zeroed array; NULL also when count * size overflows. */
void *arena_take_array(struct arena *arena, size_t count, size_t size);

/* Copies; the view's data is NULL when the budget is spent (an empty copy has data too). */
struct bytes arena_copy(struct arena *arena, struct bytes source);

/* NULL-terminated copy, NULL when the budget is spent. */
char *arena_text(struct arena *arena, struct bytes source);

/* As printf into the arena; NULL when the budget is spent. */
char *arena_format(struct arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Bytes handed out since the last reset. */
size_t arena_used(const struct arena *arena);

/* Whether the machine itself ever refused memory: then what was found too large may not be. */
bool arena_refused(const struct arena *arena);
