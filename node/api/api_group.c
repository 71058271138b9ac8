#include "api/api_routes.h"
#include "figures/group.h"

#include <string.h>

/* ---- as JSON ---- */

static json_t *group_json(const char *own, const Peregrin__PartnerGroup *group)
{
    json_t *partners = json_array();
    for (size_t i = 0; partners && i < group->n_partners; i++)
        json_array_append_new(partners, json_string(group->partners[i]));
    return json_pack("{s:s, s:s, s:s, s:o}", "code", group->code, "own", own, "name",
                     group_title(group), "partners", partners);
}

static enum fault own_add(const struct api_call *call, const char *own, json_t *list)
{
    Peregrin__PartnerGroups *groups;
    TRY(group_list(call->api->store, own, call->arena, &groups));
    for (size_t i = 0; i < groups->n_groups; i++)
        TRY(api_call_append(list, group_json(own, groups->groups[i])));
    return FAULT_NONE;
}

static enum fault list_groups(const struct api_call *call, struct api_reply *reply)
{
    const struct catalogue *catalogue = call->api->catalogue;
    json_t *list;
    TRY(api_call_list(reply, "groups", &list));
    for (size_t i = 0; i < catalogue->institution_count; i++) {
        const struct catalogue_institution *institution = &catalogue->institutions[i];
        if (api_call_is_own(call->api, institution) && api_call_sees(call, institution->schac))
            TRY(own_add(call, institution->schac, list));
    }
    return FAULT_NONE;
}

/* ---- changes ---- */

enum { OWN, CODE, NAME, ADD, DROP, DRY, FIELDS };

static const struct api_call_field fields[FIELDS] = {
    [OWN] = {"own", API_CALL_TEXT, false},   [CODE] = {"code", API_CALL_TEXT, true},
    [NAME] = {"name", API_CALL_TEXT, false}, [ADD] = {"add", API_CALL_LIST, false},
    [DROP] = {"drop", API_CALL_LIST, false}, [DRY] = {"dry_run", API_CALL_BOOLEAN, false},
};

/* What has left the catalogue can still be dropped, and comes into no group. */
static bool partners_fit(const struct api_call *call, struct api_reply *reply, const json_t *list,
                         const char *own)
{
    for (size_t i = 0; i < json_array_size(list); i++) {
        const char *schac = json_string_value(json_array_get(list, i));
        if (!schac || strcmp(schac, own) == 0 || !catalogue_party(call->api->catalogue, schac))
            return api_call_explain(reply, VERDICT_UNKNOWN, "this is no partner",
                                    "see `peregrin partner list`", "add");
    }
    return true;
}

static bool said_fits(const struct api_call *call, struct api_reply *reply, json_t *const said[],
                      const char *own)
{
    const char *code = json_string_value(said[CODE]), *name = json_string_value(said[NAME]);
    if (!group_code_fits(code))
        return api_call_usage(reply, "this cannot be a group's code",
                              "1 to 16 small letters, digits and -: euroregion", "code");
    if (name && !group_name_fits(name))
        return api_call_usage(reply, "this cannot be a group's name",
                              "give at most 64 bytes on one line", "name");
    return partners_fit(call, reply, said[ADD], own);
}

static bool group_unknown(struct api_reply *reply)
{
    return api_call_explain(reply, VERDICT_NOT_FOUND, "there is no group of this code",
                            "see `peregrin group list`", "code");
}

/* Reports show names: two groups of one name would look like one. */
static bool name_is_free(struct api_reply *reply, const Peregrin__PartnerGroups *groups,
                         const char *code, const char *name)
{
    for (size_t i = 0; i < groups->n_groups; i++)
        if (strcmp(groups->groups[i]->code, code) != 0 &&
            strcmp(group_title(groups->groups[i]), name) == 0)
            return api_call_explain(reply, VERDICT_DUPLICATE, "another group has this name",
                                    "see `peregrin group list`", "name");
    return true;
}

static bool room_for(struct api_reply *reply, const Peregrin__PartnerGroups *groups,
                     const Peregrin__PartnerGroup *group, size_t more)
{
    if (!group && groups->n_groups >= GROUP_MAX)
        return api_call_explain(reply, VERDICT_TOO_LARGE, "there are 32 groups already",
                                "remove one first: `peregrin group remove`", "code");
    return !group_is_full(groups, more) ||
           api_call_explain(reply, VERDICT_TOO_LARGE,
                            "the groups of an institution have at most 800 partners together",
                            "take some out first: `peregrin group drop`", "add");
}

static bool change(const struct api_call *call, json_t *const said[],
                   Peregrin__PartnerGroups *groups, Peregrin__PartnerGroup **group)
{
    const char *code = json_string_value(said[CODE]);
    if (!*group && !group_add(groups, code, call->arena, group))
        return false;
    if (said[NAME])
        (*group)->name = (char *)(uintptr_t)json_string_value(said[NAME]);
    for (size_t i = 0; i < json_array_size(said[ADD]); i++)
        if (!group_take(*group, json_string_value(json_array_get(said[ADD], i)), call->arena))
            return false;
    for (size_t i = 0; i < json_array_size(said[DROP]); i++)
        if (json_is_string(json_array_get(said[DROP], i)))
            group_drop(*group, json_string_value(json_array_get(said[DROP], i)));
    return true;
}

/* What was said changes, all else stays. */
static enum fault set_group(const struct api_call *call, struct api_reply *reply)
{
    struct store *store = call->api->store;
    json_t *said[FIELDS];
    const char *own;
    Peregrin__PartnerGroups *groups;
    if (!api_call_fields(call, reply, call->body, "", fields, FIELDS, said) ||
        !api_call_own(call, reply, json_string_value(said[OWN]), &own) ||
        !api_call_whole(call, reply, own) || !said_fits(call, reply, said, own))
        return FAULT_NONE;
    TRY(group_list(store, own, call->arena, &groups));
    const char *code = json_string_value(said[CODE]), *name = json_string_value(said[NAME]);
    Peregrin__PartnerGroup *group = group_find(groups, code);
    if (!group && said[DROP] && !said[ADD]) {
        group_unknown(reply); /* nothing can be taken out of what is not there */
        return FAULT_NONE;
    }
    const char *title = name ? name : group ? group_title(group) : code;
    if (!name_is_free(reply, groups, code, title) ||
        !room_for(reply, groups, group, json_array_size(said[ADD])))
        return FAULT_NONE;
    if (!change(call, said, groups, &group))
        return FAULT_MEMORY;
    if (!json_is_true(said[DRY]))
        TRY(group_keep(store, own, groups, call->arena));
    return api_call_put(reply, "group", group_json(own, group));
}

static enum fault remove_group(const struct api_call *call, struct api_reply *reply)
{
    struct store *store = call->api->store;
    const char *code = call->parameters[0], *own;
    Peregrin__PartnerGroups *groups;
    if (!api_call_own(call, reply, api_call_query(call, "own"), &own) ||
        !api_call_whole(call, reply, own))
        return FAULT_NONE;
    TRY(group_list(store, own, call->arena, &groups));
    if (!group_find(groups, code)) {
        group_unknown(reply);
        return FAULT_NONE;
    }
    group_remove(groups, code);
    TRY(group_keep(store, own, groups, call->arena));
    return api_call_put(reply, "removed", json_string(code));
}

const struct api_route api_group_routes[] = {
    {
        .row = {"GET", "/api/v1/groups", "groups of partners, as reports count them"},
        .needs = ROLE_NEED_READ,
        .serve = list_groups,
    },
    {
        .row = {"POST", "/api/v1/groups", "make a group of partners, or change one"},
        .needs = ROLE_NEED_PREPARE,
        .serve = set_group,
        .writes = true,
        .replays = true,
    },
    {
        .row = {"DELETE", "/api/v1/groups/{code}", "remove a group; its partners stay"},
        .needs = ROLE_NEED_PREPARE,
        .serve = remove_group,
        .query = "own",
        .writes = true,
        .replays = true,
    },
    {},
};
