#include "sim/mishap_disk.h"

#include "sim/disk.h"

#include <string.h>

/* NULL, and wrong: its store is in memory. */
static struct disk *disk_of(struct play *play, size_t node)
{
    struct disk *disk = world_disk(play->world, node);
    if (!disk)
        play_wrong(play, "%s has no disk: `stores on disk` stands before the nodes",
                   world_institution(play->world, node));
    return disk;
}

bool mishap_disk_fills(struct play *play, const struct play_line *line)
{
    struct disk *disk = disk_of(play, line->words[0].node);
    if (disk)
        disk_limit(disk, disk_used(disk));
    return disk;
}

static bool fails(struct play *play, const struct play_line *line, struct disk_failure failure)
{
    struct disk *disk = disk_of(play, line->words[0].node);
    if (disk)
        disk_fail(disk, failure);
    return disk && (failure.at || play_wrong(play, "calls are counted from 1"));
}

bool mishap_disk_breaks(struct play *play, const struct play_line *line)
{
    static const char *const calls[DISK_CALLS] = {
        [DISK_OPEN] = "open",         [DISK_READ] = "read", [DISK_WRITE] = "write",
        [DISK_TRUNCATE] = "truncate", [DISK_SYNC] = "sync", [DISK_SIZE] = "size",
    };
    size_t call = 0;
    while (call < DISK_CALLS && strcmp(calls[call], line->words[1].text) != 0)
        call++;
    if (call == DISK_CALLS)
        return play_wrong(play, "a disk has no %s that could break", line->words[1].text);
    bool once = line->count > 2;
    return fails(play, line,
                 (struct disk_failure) {.call = (enum disk_call)call,
                                        .way = DISK_BREAKS,
                                        .at = once ? line->words[2].count : 1,
                                        .lasts = !once});
}

bool mishap_disk_tears(struct play *play, const struct play_line *line)
{
    return fails(
        play, line,
        (struct disk_failure) {.call = DISK_WRITE, .way = DISK_SHORT, .at = line->words[1].count});
}

bool mishap_disk_slow(struct play *play, const struct play_line *line)
{
    int64_t us = line->words[1].time_us;
    if (us < 0)
        return play_wrong(play, "no disk is done before it began");
    world_slow(play->world, line->words[0].node, us);
    return true;
}

bool mishap_disk_power_clean(struct play *play, const struct play_line *line)
{
    world_power_cut(play->world, line->words[0].node, 0);
    return true;
}

void mishap_disk_heal(struct play *play, size_t node)
{
    struct disk *disk = world_disk(play->world, node);
    world_slow(play->world, node, 0);
    if (!disk)
        return;
    disk_fail(disk, (struct disk_failure) {0});
    disk_limit(disk, 0);
}

bool mishap_disk_mended(struct play *play, const struct play_line *line)
{
    mishap_disk_heal(play, line->words[0].node);
    return true;
}
