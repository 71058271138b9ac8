/* The sentences that the core says: part of the outcome, printed by the shell, compared by the
 * stories. Never personal data: institutions, dossiers, codes and counts only. */
#pragma once

#include "base/arena.h"

enum trace_level {
    TRACE_DETAIL, /* for the integrator */
    TRACE_NOTE,   /* the ordinary course */
    TRACE_ALARM,  /* a person must act */
};

struct trace_sentence {
    enum trace_level level;
    const char *text;
    struct trace_sentence *next;
};

/* Zero-initialised it is empty. The sentences live in the arena of the step. */
struct trace {
    struct arena *arena;
    struct trace_sentence *first, *last;
};

/* A sentence that no longer fits the arena is dropped: a trace never fails a step. */
void trace_say(struct trace *trace, enum trace_level level, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
