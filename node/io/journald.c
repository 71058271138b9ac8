#include "io/journald.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <syslog.h>
#include <systemd/sd-journal.h>

enum { FIELD_SIZE = 1024, FIELDS_MAX = 7 };

static const int priorities[] = {
    [TRACE_DETAIL] = LOG_DEBUG,
    [TRACE_NOTE] = LOG_NOTICE,
    [TRACE_ALARM] = LOG_ERR,
};

bool journald_leads(int descriptor)
{
    const char *said = getenv("JOURNAL_STREAM");
    unsigned long long device, inode;
    struct stat status;
    return said && sscanf(said, "%llu:%llu", &device, &inode) == 2 &&
           fstat(descriptor, &status) == 0 && (unsigned long long)status.st_dev == device &&
           (unsigned long long)status.st_ino == inode;
}

int journald_priority(enum trace_level level)
{
    assert((unsigned)level < sizeof priorities / sizeof *priorities);
    return priorities[level];
}

struct entry {
    struct iovec fields[FIELDS_MAX];
    char texts[FIELDS_MAX][FIELD_SIZE];
    int count;
};

/* A value that is too long is cut; none is left out. */
static void add(struct entry *entry, const char *name, const char *value)
{
    assert(entry->count < FIELDS_MAX);
    if (!value || !*value)
        return;
    char *text = entry->texts[entry->count];
    snprintf(text, FIELD_SIZE, "%s=%s", name, value);
    entry->fields[entry->count++] = (struct iovec) {text, strlen(text)};
}

bool journald_send(const char *text, const struct journald_fields *fields)
{
    struct entry entry = {.count = 0};
    char priority[4];
    snprintf(priority, sizeof priority, "%d", journald_priority(fields->level));
    add(&entry, "MESSAGE", text);
    add(&entry, "PRIORITY", priority);
    add(&entry, "SYSLOG_IDENTIFIER", "peregrind");
    add(&entry, "PEREGRIN_LEVEL", fields->level_name);
    add(&entry, "PEREGRIN_NODE", fields->node);
    add(&entry, "PEREGRIN_PARTNER", fields->partner);
    add(&entry, "PEREGRIN_CODE", fields->code);
    return sd_journal_sendv(entry.fields, entry.count) == 0;
}
