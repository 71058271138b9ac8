/* Time zones from the machine's own files (RFC 8536): how far a zone is from UTC at some moment, so
 * that it is known which day it is there. */
#pragma once

#include "base/bytes.h"

#include <stdint.h>

enum { ZONE_FILE_MAX = 64 * 1024 };

/* Seconds east of UTC, from the bytes of a zone's file; false: it is none, or it is damaged. After
 * the last change that a file tells of, what held then holds on. */
bool zone_offset(struct bytes file, int64_t seconds, int32_t *offset);

/* This machine knows a zone of this name; and whether it knows any at all. */
bool zone_known(const char *name);
bool zone_any(void);

/* The day in a zone, as days since 1970; where this machine does not know it, that of UTC and
 * false. The name has its form. */
bool zone_today(const char *name, int64_t seconds, int64_t *day);
