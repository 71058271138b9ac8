/* The file of the setting `rules`, over the limits that are shipped: read when the node starts, at
 * SIGHUP, and when somebody asks whether a configuration can be used. */
#pragma once

#include "eligibility/dated.h"
#include "io/config.h"
#include "io/reason.h"

enum { RULE_FILE_ARENA = 4 * 1024 * 1024 };

/* FAULT_CONFIG with file, line and what is expected there. arena NULL: FAULT_MEMORY. */
enum fault rule_file_read(const struct config *config, struct arena *arena,
                          const struct dated **out, struct reason *reason);
