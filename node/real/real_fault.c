#include "real/real_fault.h"

#include <assert.h>
#include <string.h>

struct row {
    const char *name, *meaning;
};

static const struct row rows[] = {
    [REAL_FAULT_DELAY] = {"delay", "frames that arrive late"},
    [REAL_FAULT_DROP] = {"drop", "frames that never arrive"},
    [REAL_FAULT_DUPLICATE] = {"duplicate", "frames that arrive twice"},
    [REAL_FAULT_SWAP] = {"swap", "frames held until the next one has passed"},
    [REAL_FAULT_CORRUPT] = {"corrupt", "frames with one byte changed"},
    [REAL_FAULT_CUT] = {"cut", "connections cut in the middle of a frame"},
    [REAL_FAULT_HOLE] = {"hole", "connections that swallow everything in one direction"},
    [REAL_FAULT_REPLAY] = {"replay", "frames of before, of any connection, sent again"},
    [REAL_FAULT_REFUSE] = {"refuse", "nodes that cannot be connected to for a time"},
    [REAL_FAULT_KILL] = {"kill", "kill -9 at any moment"},
    [REAL_FAULT_POINT] = {"point", "kill -9 at a named point: before it writes, syncs, sends"},
    [REAL_FAULT_FREEZE] = {"freeze", "SIGSTOP, and SIGCONT after a while"},
    [REAL_FAULT_FULL] = {"full", "a disk without room"},
    [REAL_FAULT_CLOCK] = {"clock", "a clock that is wrong by up to a day"},
    [REAL_FAULT_RESTORE] = {"restore", "a data directory replaced by an old copy of it"},
    [REAL_FAULT_BOTH] = {"both", "the same of two nodes at once: what they forget is told apart"},
    [REAL_FAULT_UNSENT] = {"unsent",
                           "the same before what was acknowledged could leave; told apart"},
    [REAL_FAULT_PACKETS] = {"packets", "packets lost below TCP, in so many rounds"},
};

static_assert(sizeof rows / sizeof *rows == REAL_FAULT_COUNT, "one row for each");

const char *real_fault_name(enum real_fault fault)
{
    assert(fault < REAL_FAULT_COUNT);
    return rows[fault].name;
}

const char *real_fault_meaning(enum real_fault fault)
{
    assert(fault < REAL_FAULT_COUNT);
    return rows[fault].meaning;
}

/* One word of the list: its bits; 0 with a `none` or a word that nobody knows. */
static uint32_t bits_of(const char *word, size_t size)
{
    if (size == 3 && memcmp(word, "all", 3) == 0)
        return REAL_FAULT_ALL;
    for (size_t i = 0; i < REAL_FAULT_COUNT; i++)
        if (strlen(rows[i].name) == size && memcmp(rows[i].name, word, size) == 0)
            return 1U << i;
    return 0;
}

bool real_fault_read(const char *list, uint32_t *set, const char **wrong, size_t *wrong_size)
{
    uint32_t found = *list == '-' ? REAL_FAULT_ALL : 0;
    for (const char *word = list;; word++) {
        size_t size = strcspn(word, ",");
        bool without = *word == '-';
        bool none = size == 4 && memcmp(word, "none", 4) == 0;
        uint32_t bits = bits_of(word + without, size - without);
        if (!bits && !none) {
            *wrong = word;
            *wrong_size = size;
            return false;
        }
        found = without ? found & ~bits : found | bits;
        word += size;
        if (!*word)
            break;
    }
    *set = found;
    return true;
}
