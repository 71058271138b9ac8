/* Roles and units of users and tokens, as requests and answers have them. */
#pragma once

#include "api/api_call.h"

json_t *api_entry_role_list(unsigned roles);
json_t *api_entry_list(char *const *units, size_t count);

/* Bits of the roles; nobody gives what he has not himself. */
bool api_entry_roles_read(const struct api_call *call, struct api_reply *reply, json_t *list,
                          unsigned *out);
/* In the arena: `helmo.be`, or `helmo.be/engineering`. */
enum fault api_entry_units_read(const struct api_call *call, struct api_reply *reply, json_t *list,
                                char ***out, size_t *count);
