#include "api/api_entry.h"

#include "admin/role.h"
#include "admin/user.h"

#include <string.h>

json_t *api_entry_role_list(unsigned roles)
{
    json_t *list = json_array();
    const struct role_row *row;
    for (size_t i = 0; (row = role_at(i)); i++)
        if (roles & row->role)
            json_array_append_new(list, json_string(row->name));
    return list;
}

json_t *api_entry_list(char *const *units, size_t count)
{
    json_t *list = json_array();
    for (size_t i = 0; i < count; i++)
        json_array_append_new(list, json_string(units[i]));
    return list;
}

/* Nobody gives what he has not himself. */
bool api_entry_roles_read(const struct api_call *call, struct api_reply *reply, json_t *list,
                          unsigned *out)
{
    *out = 0;
    for (size_t i = 0; i < json_array_size(list); i++) {
        const char *name = json_string_value(json_array_get(list, i));
        const struct role_row *row = name ? role_find(name) : NULL;
        if (!row)
            return api_call_usage(reply, "there is no such role",
                                  "give viewer, coordinator, officer, administrator or auditor",
                                  "roles");
        *out |= row->role;
    }
    if (*out & ~call->who.roles)
        return api_call_explain(
            reply, VERDICT_NOT_PERMITTED, "nobody gives a role that he has not himself",
            "ask who has it, or run the command on the node's machine", "roles");
    return *out || api_call_usage(reply, "there is no role", "give at least one", "roles");
}

/* Own institutions of this node, as views of the request. */
/* `helmo.be`, or `helmo.be/engineering` where it has such a unit: also one that has ended, whose
 * dossiers somebody may still have to read. */
static enum fault entry_known(const struct api_call *call, const char *entry, bool *known)
{
    char own[STORE_NAME_MAX + 1];
    const char *code;
    Peregrin__Units *units;
    *known = false;
    if (!entry || !scope_entry_read(entry, own, &code))
        return FAULT_NONE;
    const struct catalogue_institution *institution =
        catalogue_institution(call->api->catalogue, own);
    if (!institution || !api_call_is_own(call->api, institution))
        return FAULT_NONE;
    *known = !code && strcmp(own, institution->schac) == 0;
    if (!code)
        return FAULT_NONE;
    TRY(unit_list(call->api->store, own, call->arena, &units));
    *known = unit_find(units, code);
    return FAULT_NONE;
}

enum fault api_entry_units_read(const struct api_call *call, struct api_reply *reply, json_t *list,
                                char ***out, size_t *count)
{
    bool known = true;
    *count = json_array_size(list);
    *out = arena_take_array(call->arena, *count + 1, sizeof **out);
    if (!*out || *count > USER_UNITS_MAX) {
        api_call_refuse(reply, VERDICT_TOO_LARGE, "units");
        return FAULT_NONE;
    }
    for (size_t i = 0; i < *count && known; i++) {
        const char *name = json_string_value(json_array_get(list, i));
        TRY(entry_known(call, name, &known));
        if (known)
            (*out)[i] = arena_text(call->arena, bytes_text(name));
        if (known && !(*out)[i])
            return FAULT_MEMORY;
    }
    if (!known)
        api_call_usage(reply, "this is no institution of this node, or no unit of one",
                       "give SCHAC domains that `peregrin status` shows, or units that `peregrin "
                       "unit list` shows as helmo.be/engineering",
                       "units");
    return FAULT_NONE;
}
