/* The values that a node uses, each with its origin: file and line, or the default. */
#pragma once

#include "base/arena.h"
#include "base/fault.h"

/* `{"schema":1,"file":...,"settings":[{"name","value","origin","unit"}]}`, a list's value an array;
 * paths as they are opened. A file that cannot be used: `{"schema":1,"problems":[...],
 * "remedy":...}`, each problem with file and line. Data is NULL when memory is spent. There are no
 * secrets among the settings, only the paths of files that hold some. */
struct bytes config_view(const char *file, struct arena *arena);
/* What to do about a configuration that could not be read, or not be used. */
const char *config_view_remedy(enum fault fault);
