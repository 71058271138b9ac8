#include "io/reason.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>

enum fault reason_give(struct reason *reason, enum fault fault, const char *format, ...)
{
    assert(fault != FAULT_NONE);
    if (!reason)
        return fault;
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(reason->text, sizeof reason->text, format, arguments);
    va_end(arguments);
    return fault;
}
