/* What can be done to a network of real nodes: one row for each class of fault. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum real_fault {
    /* what the relay does to a frame, or to a connection */
    REAL_FAULT_DELAY,
    REAL_FAULT_DROP,
    REAL_FAULT_DUPLICATE,
    REAL_FAULT_SWAP,
    REAL_FAULT_CORRUPT,
    REAL_FAULT_CUT,
    REAL_FAULT_HOLE,
    REAL_FAULT_REPLAY,
    REAL_FAULT_REFUSE,
    REAL_FAULT_RELAY_COUNT,
    /* what happens to a process, its disk, its clock, its directory, its packets */
    REAL_FAULT_KILL = REAL_FAULT_RELAY_COUNT,
    REAL_FAULT_POINT,
    REAL_FAULT_FREEZE,
    REAL_FAULT_FULL,
    REAL_FAULT_CLOCK,
    REAL_FAULT_RESTORE,
    REAL_FAULT_BOTH,
    REAL_FAULT_UNSENT,
    REAL_FAULT_PACKETS,
    REAL_FAULT_COUNT
};

const char *real_fault_name(enum real_fault fault);
const char *real_fault_meaning(enum real_fault fault);

/* A set, one bit for each. */
enum { REAL_FAULT_ALL = (1 << REAL_FAULT_COUNT) - 1 };
static inline bool real_fault_in(uint32_t set, enum real_fault fault)
{
    return set >> fault & 1;
}
/* `kill,drop`, `all`, `none`, or what is left out of all: `-clock,-full`. Otherwise false, and
 * *wrong is the name that no fault has. */
bool real_fault_read(const char *list, uint32_t *set, const char **wrong, size_t *wrong_size);
