/* Who is on the membership list, and when: lists come out about every seven weeks, and whatever
 * changes, changes with one of them. */
#pragma once

#include "flow/flow_year.h"

struct flow_member {
    int64_t from_us, until_us;    /* a member in between */
    int64_t renamed_us, coded_us; /* FLOW_MEMBER_NEVER: not this year */
};

#define FLOW_MEMBER_NEVER INT64_MAX

/* One for each institution. Who joins or leaves is one of the smaller half, by students. */
enum fault flow_member_draw(const struct flow_network *network, uint64_t seed,
                            const struct flow_settings *settings, int64_t days, struct arena *arena,
                            struct flow_member **out);
bool flow_member_is(const struct flow_member *member, int64_t at_us);
