#include "admin/zone.h"

#include <stdio.h>
#include <string.h>

enum {
    DAY = 24 * 60 * 60,
    HEADER = 44,
    COUNTS = 20, /* where they begin in a header */
    OFFSET_MAX = 26 * 60 * 60,
    TYPE_SIZE = 6,
};

static const char folder[] = "/usr/share/zoneinfo/";

static uint32_t big(const uint8_t *at)
{
    return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

static int64_t bigger(const uint8_t *at)
{
    return (int64_t)((uint64_t)big(at) << 32 | big(at + 4));
}

/* The counts of a header, in their order. */
struct counts {
    size_t utc, standard, leaps, times, types, letters;
};

static bool counts_read(struct bytes file, struct counts *out)
{
    if (file.size < HEADER || memcmp(file.data, "TZif", 4) != 0)
        return false;
    size_t *const fields[] = {&out->utc,   &out->standard, &out->leaps,
                              &out->times, &out->types,    &out->letters};
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        uint32_t count = big(file.data + COUNTS + 4 * i);
        if (count > ZONE_FILE_MAX)
            return false;
        *fields[i] = count;
    }
    return out->types > 0;
}

static size_t size_of(const struct counts *counts, size_t time)
{
    return counts->times * (time + 1) + counts->types * TYPE_SIZE + counts->letters +
           counts->leaps * (time + 4) + counts->standard + counts->utc;
}

/* The second block has times of 64 bits; a file of the first version has none. */
bool zone_offset(struct bytes file, int64_t seconds, int32_t *offset)
{
    struct counts counts;
    if (!counts_read(file, &counts) || file.data[4] < '2')
        return false;
    size_t skipped = HEADER + size_of(&counts, 4);
    if (skipped > file.size)
        return false;
    struct bytes block = {file.data + skipped, file.size - skipped};
    if (!counts_read(block, &counts) || HEADER + size_of(&counts, 8) > block.size)
        return false;
    const uint8_t *times = block.data + HEADER, *kinds = times + counts.times * 8;
    const uint8_t *types = kinds + counts.times;
    size_t type = 0;
    for (size_t i = 0; i < counts.times && bigger(times + 8 * i) <= seconds; i++)
        type = kinds[i];
    if (type >= counts.types)
        return false;
    int32_t east = (int32_t)big(types + TYPE_SIZE * type);
    *offset = east;
    return east > -OFFSET_MAX && east < OFFSET_MAX;
}

static size_t file_read(const char *name, uint8_t out[static ZONE_FILE_MAX])
{
    char path[sizeof folder + 64];
    if (strlen(name) > 64 || strstr(name, "..") || *name == '/')
        return 0;
    snprintf(path, sizeof path, "%s%s", folder, name);
    FILE *file = fopen(path, "rbe");
    if (!file)
        return 0;
    size_t size = fread(out, 1, ZONE_FILE_MAX, file);
    fclose(file);
    return size;
}

bool zone_known(const char *name)
{
    int64_t day;
    return zone_today(name, 0, &day);
}

bool zone_any(void)
{
    return zone_known("UTC");
}

bool zone_today(const char *name, int64_t seconds, int64_t *day)
{
    uint8_t content[ZONE_FILE_MAX];
    int32_t offset = 0;
    size_t size = file_read(name, content);
    bool known = size && zone_offset((struct bytes) {content, size}, seconds, &offset);
    int64_t there = seconds + (known ? offset : 0);
    *day = there / DAY - (there % DAY < 0);
    return known;
}
