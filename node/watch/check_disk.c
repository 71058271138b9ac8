#include "watch/check_disk.h"

#include "io/storehouse.h"
#include "store/schema.h"
#include "store/store_look.h"
#include "watch/check_keys.h"
#include "watch/check_space.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/timex.h>
#include <sys/vfs.h>

enum { SOON_SECONDS = 3 * 86400 };

struct desk {
    const struct check_disk *what;
    struct config *config;
    struct membership *membership;
    struct store_look look;
    enum fault look_fault;
    struct check_list *list;
};

/* ---- configuration ------------------------------------------------------------------------- */

static bool read_config(struct desk *desk)
{
    const char *file = desk->what->file;
    struct config_problems problems = {0};
    enum fault fault = config_read(file, &desk->config, &problems);
    for (size_t i = 0; fault && i < problems.count; i++)
        check_add(desk->list, CHECK_CONFIG, CHECK_FAILED, NULL, "%s", problems.lines[i]);
    if (fault && problems.count == 0)
        check_add(desk->list, CHECK_CONFIG, CHECK_FAILED, file, "%s", fault_text(fault)->sentence);
    if (!fault)
        check_add(desk->list, CHECK_CONFIG, CHECK_FINE, file, "node %s, federation %s",
                  desk->config->node, desk->config->network);
    return !fault;
}

/* What only a configuration could lead to: nobody shall take it for looked at. */
static void skip_named(struct check_list *list)
{
    static const enum check_id named[] = {CHECK_KEY_FILE, CHECK_CATALOGUE,     CHECK_ENTRY,
                                          CHECK_DATABASE, CHECK_DATABASE_MODE, CHECK_DATABASE_DISK};
    for (size_t i = 0; i < sizeof named / sizeof *named; i++)
        check_add(list, named[i], CHECK_SKIPPED, NULL, "the configuration cannot be used");
}

/* ---- trust --------------------------------------------------------------------------------- */

static void check_end(const struct desk *desk)
{
    const struct catalogue *catalogue = desk->membership->catalogue;
    struct instant now = desk->what->now;
    struct instant soon = instant_after(now, SOON_SECONDS * (int64_t)INSTANT_SECOND);
    char until[INSTANT_TEXT_SIZE];
    instant_text((struct instant) {(int64_t)catalogue->expires * INSTANT_SECOND}, until);
    bool expired = catalogue_expired(catalogue, now);
    enum check_state state = expired                              ? CHECK_FAILED
                             : catalogue_expired(catalogue, soon) ? CHECK_NOTED
                                                                  : CHECK_FINE;
    check_add(desk->list, CHECK_CATALOGUE_END, state, desk->config->catalogue, "%s %s",
              expired ? "expired" : "until", until);
}

/* Whether an older catalogue was put back: the database knows the newest one ever believed. */
static void check_floor(const struct desk *desk)
{
    uint64_t version = desk->membership->catalogue->version;
    const char *path = desk->config->catalogue;
    if (desk->look_fault || !desk->look.present) {
        check_add(desk->list, CHECK_CATALOGUE_FLOOR, CHECK_SKIPPED, path, "%s",
                  desk->look_fault == FAULT_TAKEN
                      ? "the running node has the database open, and looks itself"
                      : "no database says what was believed before");
        return;
    }
    uint64_t floor = membership_floor(desk->look.value);
    check_add(desk->list, CHECK_CATALOGUE_FLOOR, version < floor ? CHECK_FAILED : CHECK_FINE, path,
              version < floor ? "version %llu, and version %llu was already in use"
                              : "version %llu; the newest believed before: %llu",
              (unsigned long long)version, (unsigned long long)floor);
}

static void check_place(const struct desk *desk)
{
    struct reason reason;
    bool fits = membership_place(desk->membership, desk->config, &reason) == FAULT_NONE;
    check_add(desk->list, CHECK_ENTRY, fits ? CHECK_FINE : CHECK_FAILED, desk->config->node, "%s",
              fits ? "as the configuration has it" : reason.text);
}

static void check_trust(struct desk *desk)
{
    struct reason reason;
    const char *path = desk->config->catalogue;
    if (membership_open(desk->config, 0, &desk->membership, &reason)) {
        desk->membership = NULL;
        check_add(desk->list, CHECK_CATALOGUE, CHECK_FAILED, path, "%s", reason.text);
        return;
    }
    const struct catalogue *catalogue = desk->membership->catalogue;
    check_add(desk->list, CHECK_CATALOGUE, CHECK_FINE, path,
              "version %llu: %zu institutions on %zu nodes", (unsigned long long)catalogue->version,
              catalogue->institution_count, catalogue->node_count);
    check_end(desk);
    check_floor(desk);
    check_place(desk);
}

/* ---- database ------------------------------------------------------------------------------ */

/* Of one path; an absent one is no matter here. */
static void check_mode(const struct desk *desk, const char *path)
{
    struct stat status;
    if (stat(path, &status) == 0)
        check_add(desk->list, CHECK_DATABASE_MODE,
                  status.st_mode & (S_IRWXG | S_IRWXO) ? CHECK_FAILED : CHECK_FINE, path,
                  "mode %04o", (unsigned)status.st_mode & 07777u);
}

static void check_file_system(const struct desk *desk)
{
    /* The numbers of statfs(2); what is not here is taken for local. */
    static const struct {
        long number;
        const char *name;
    } distant[] = {{0x6969, "NFS"},     {(long)0xff534d42, "CIFS"}, {(long)0xfe534d42, "SMB2"},
                   {0x517b, "SMB"},     {0x01021997, "9P"},         {0x00c36400, "Ceph"},
                   {0x5346414f, "AFS"}, {0x65735546, "FUSE"}};
    struct statfs system;
    const char *name = NULL;
    if (statfs(desk->config->database, &system) != 0)
        return;
    for (size_t i = 0; i < sizeof distant / sizeof *distant; i++)
        if ((long)system.f_type == distant[i].number)
            name = distant[i].name;
    check_add(desk->list, CHECK_DATABASE_DISK, name ? CHECK_FAILED : CHECK_FINE,
              desk->config->database, name ? "is on %s" : "a local file system%s",
              name ? name : "");
}

static void check_opened(const struct desk *desk)
{
    const char *path = desk->config->database;
    enum fault fault = desk->look_fault;
    struct storehouse_obstacle obstacle = storehouse_obstacle(path);
    if (fault == FAULT_TAKEN)
        check_add(desk->list, CHECK_DATABASE, CHECK_FINE, path, "open in the running node");
    else if (obstacle.sentence && (!fault || fault == FAULT_STORAGE))
        check_add(desk->list, CHECK_DATABASE, CHECK_FAILED, path, "%s; %s", obstacle.sentence,
                  obstacle.remedy);
    else if (fault)
        check_add(desk->list, CHECK_DATABASE, CHECK_FAILED, path, "%s (schema %d); %s",
                  fault_text(fault)->sentence, desk->look.version, fault_text(fault)->remedy);
    else if (!desk->look.present)
        check_add(desk->list, CHECK_DATABASE, CHECK_NOTED, path, "is made at the first start");
    else
        check_add(desk->list, CHECK_DATABASE,
                  desk->look.version < schema_version() ? CHECK_NOTED : CHECK_FINE, path,
                  desk->look.version < schema_version()
                      ? "schema %d; the next start brings it to %d"
                      : "opens, schema %d of %d",
                  desk->look.version, schema_version());
}

static void check_whole(const struct desk *desk)
{
    const char *path = desk->config->database;
    if (!desk->what->deep || !desk->look.present)
        return;
    if (desk->look_fault == FAULT_CORRUPT)
        check_add(desk->list, CHECK_DATABASE_WHOLE, CHECK_FAILED, path, "it cannot even be read");
    else if (desk->look_fault)
        check_add(desk->list, CHECK_DATABASE_WHOLE, CHECK_SKIPPED, path, "%s",
                  desk->look_fault == FAULT_TAKEN
                      ? "the running node has it open: `peregrin audit verify` reads all of it"
                      : "it cannot be opened");
    else
        check_add(desk->list, CHECK_DATABASE_WHOLE, desk->look.whole ? CHECK_FINE : CHECK_FAILED,
                  path,
                  desk->look.whole ? "every page and index holds" : "pages or indexes are damaged");
}

static void check_database(const struct desk *desk)
{
    char log[4096];
    check_opened(desk);
    check_mode(desk, desk->config->database);
    snprintf(log, sizeof log, "%s-wal", desk->config->database);
    check_mode(desk, log);
    check_file_system(desk);
    check_whole(desk);
    check_space(desk->config->database, desk->list);
}

/* ---- clock --------------------------------------------------------------------------------- */

static void check_sync(struct check_list *list)
{
    struct timex clock = {0};
    int state = adjtimex(&clock);
    if (state < 0)
        check_add(list, CHECK_CLOCK_SYNC, CHECK_SKIPPED, NULL, "the system does not say: %s",
                  strerror(errno));
    else if (state == TIME_ERROR || (clock.status & STA_UNSYNC))
        check_add(list, CHECK_CLOCK_SYNC, CHECK_NOTED, NULL,
                  "the system says that nothing sets its clock");
    else
        check_add(list, CHECK_CLOCK_SYNC, CHECK_FINE, NULL, "within %ld ms at most",
                  clock.maxerror / 1000);
}

/* The catalogue was signed by others: who finds it dated in the future has a clock that is behind.
 */
static void check_truth(const struct desk *desk)
{
    if (!desk->membership)
        return;
    const struct catalogue *catalogue = desk->membership->catalogue;
    char made[INSTANT_TEXT_SIZE];
    instant_text((struct instant) {(int64_t)catalogue->created * INSTANT_SECOND}, made);
    bool behind = desk->what->now.us / INSTANT_SECOND + 60 < (int64_t)catalogue->created;
    check_add(desk->list, CHECK_CLOCK_TRUTH, behind ? CHECK_FAILED : CHECK_FINE, NULL,
              behind ? "the catalogue was made at %s, which has not come yet"
                     : "later than the catalogue, made at %s",
              made);
}

bool check_disk_run(const struct check_disk *what, struct check_list *list, struct config **config,
                    struct membership **membership)
{
    struct desk desk = {.what = what, .list = list};
    struct check_list trust = {.arena = list->arena};
    if (!read_config(&desk)) {
        skip_named(list);
        check_sync(list);
        return false;
    }
    desk.look_fault = store_look(desk.config->database, membership_floor_name, what->deep,
                                 list->arena, &desk.look);
    desk.list = &trust;
    check_trust(&desk);
    desk.list = list;
    const struct catalogue *catalogue = desk.membership ? desk.membership->catalogue : NULL;
    check_keys_run(&(struct check_keys) {desk.config, catalogue, what->now}, list);
    check_join(list, &trust);
    check_database(&desk);
    check_sync(list);
    check_truth(&desk);
    *config = desk.config;
    *membership = desk.membership;
    return true;
}
