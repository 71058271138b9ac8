#include "base/trace.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { SENTENCE_SIZE = 512 };

void trace_say(struct trace *trace, enum trace_level level, const char *format, ...)
{
    assert(trace->arena);
    char text[SENTENCE_SIZE];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);

    struct trace_sentence *sentence = arena_take(trace->arena, sizeof *sentence);
    char *copy = sentence ? arena_text(trace->arena, bytes_text(text)) : NULL;
    if (!copy)
        return;
    *sentence = (struct trace_sentence) {.level = level, .text = copy};
    if (trace->last)
        trace->last->next = sentence;
    else
        trace->first = sentence;
    trace->last = sentence;
}
