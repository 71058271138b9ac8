/* The system's journal, where the standard error leads there: a sentence with its fields, so that
 * `journalctl PEREGRIN_PARTNER=uhasselt.be` and `-p err` find it. */
#pragma once

#include "base/trace.h"

#include <stdbool.h>

/* What is said of a sentence beside its text; NULL: not known. Never personal data. */
struct journald_fields {
    enum trace_level level;
    const char *level_name, *node, *partner, *code;
};

/* As systemd says it in JOURNAL_STREAM: device and inode of the stream that it made. */
bool journald_leads(int descriptor);

/* The priority of syslog(3) that stands for the level. */
int journald_priority(enum trace_level level);

/* MESSAGE, PRIORITY, SYSLOG_IDENTIFIER and the PEREGRIN_ fields that are known. False: the journal
 * did not take it. */
bool journald_send(const char *text, const struct journald_fields *fields);
