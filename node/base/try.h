/* The one function-like macro: hands on anything but zero, of either result type. Safe in the core
 * because there is nothing to clean: the arena goes as a whole. */
#pragma once

#define TRY(call)                             \
    do {                                      \
        __typeof__(call) try_result = (call); \
        if (try_result)                       \
            return try_result;                \
    } while (0)
