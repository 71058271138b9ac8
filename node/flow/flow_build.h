/* A network put together from what a file says: institutions and links as they come, by the names
 * that the file has for them. */
#pragma once

#include "flow/flow.h"
#include "flow/flow_file.h"

struct flow_build;

/* NULL when the arena is spent. */
struct flow_build *flow_build_open(struct arena *arena, struct flow_refusal *refusal);

/* What a file says of an institution: `id` is its name there; empty where nothing is said. */
struct flow_build_institution {
    struct bytes id, schac, country, name;
    uint64_t line;
};
struct flow_build_link {
    struct bytes from, to;
    struct bytes students; /* empty: one */
    uint64_t line;
};

/* False: what was said cannot be, and the refusal says why; or the arena is spent, and it does not.
 */
bool flow_build_institution(struct flow_build *build,
                            const struct flow_build_institution *institution);
/* Institutions that were not named are refused once `closed`, and else come with their links. */
void flow_build_close(struct flow_build *build);
bool flow_build_link(struct flow_build *build, const struct flow_build_link *link);
/* Said by whoever could not even ask: the arena is spent. Gives false back, as finishing will. */
bool flow_build_spent(struct flow_build *build);
/* False also after any refusal. All names become SCHACs: one that has the form of a SCHAC stays as
 * it is, from others its letters and digits are taken, and `.example`. */
bool flow_build_finish(struct flow_build *build, struct flow_network *out);

/* `B  LIEGE37` in BE becomes `liege37.be`. NULL when the arena is spent. */
const char *flow_build_schac(struct bytes erasmus_code, const char *country, struct arena *arena);
