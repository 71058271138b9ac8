/* What the engine is busy with, in a file of one page beside the database: whatever ends this
 * process, the next one finds there what was at hand. Written through memory, so that it costs no
 * system call; a machine that loses power loses it, and then nobody was killed by a record. */
#pragma once

#include "engine/engine.h"
#include "io/log.h"

struct trail;

/* At DATABASE.at-hand; one process only for each database, and one trail in a process. `version` of
 * this program: another one tries again what ended its forerunner; NULL: unknown. What cannot be
 * had is said, and the node goes on without: NULL. */
struct trail *trail_open(const char *database, const char *version, struct log *log);
void trail_close(struct trail *trail);

/* NULL for NULL. */
struct crumb *trail_crumb(struct trail *trail);
/* Says what an engine that was just opened has found there. */
void trail_tell(const struct engine *engine, struct log *log);
