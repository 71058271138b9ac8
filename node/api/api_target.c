#include "api/api_routes.h"
#include "figures/figures.h"
#include "figures/target.h"

#include <string.h>

static bool name_fits(struct api_reply *reply, const char *name)
{
    return target_name_fits(name) ||
           api_call_usage(reply, "this cannot be a target's name",
                          "1 to 11 small letters, digits and -: students, activity, staff", "name");
}

static bool tenths_read(struct api_reply *reply, const json_t *share, uint32_t *out)
{
    const char *text = json_string_value(share), *digits = "0123456789";
    size_t whole = strspn(text, digits);
    uint32_t tenths = 0;
    bool fits = whole > 0 && whole <= 3;
    for (size_t i = 0; fits && i < whole; i++)
        tenths = tenths * 10 + (uint32_t)(text[i] - '0');
    tenths *= 10;
    if (fits && text[whole]) {
        fits = text[whole] == '.' && text[whole + 1] >= '0' && text[whole + 1] <= '9' &&
               !text[whole + 2];
        tenths += fits ? (uint32_t)(text[whole + 1] - '0') : 0;
    }
    *out = tenths;
    return (fits && tenths <= TARGET_TENTHS_MAX) ||
           api_call_usage(reply, "this is no share", "give 0 to 100 percent, as 20 or 12.5",
                          "share");
}

static bool kinds_read(struct api_reply *reply, const json_t *list, uint32_t *out)
{
    *out = 0;
    for (size_t i = 0; i < json_array_size(list); i++) {
        const char *code = json_string_value(json_array_get(list, i));
        uint32_t kind = code ? figures_kind_find(code) : 0;
        if (!kind)
            return api_call_usage(reply, "this is no kind of mobility",
                                  "give studies, traineeship, blended, doctoral, teaching, "
                                  "training or virtual",
                                  "kinds");
        *out |= 1u << kind;
    }
    return *out || api_call_usage(reply, "a target counts some kind", "name one", "kinds");
}

enum { OWN, NAME, SHARE, KINDS, YEAR, COHORT, FIELDS };

static const struct api_call_field fields[FIELDS] = {
    [OWN] = {"own", API_CALL_TEXT, false},     [NAME] = {"name", API_CALL_TEXT, true},
    [SHARE] = {"share", API_CALL_TEXT, false}, [KINDS] = {"kinds", API_CALL_LIST, false},
    [YEAR] = {"year", API_CALL_TEXT, false},   [COHORT] = {"cohort", API_CALL_NUMBER, false},
};

/* What was said changes, all else stays; a new one needs its share. */
static bool target_change(const struct api_call *call, struct api_reply *reply,
                          json_t *const said[], const char *name, Peregrin__Target **target)
{
    Peregrin__Target *kept = *target;
    uint32_t year;
    if (!kept && !said[SHARE])
        return api_call_usage(reply, "a new target needs its share", "give it in percent", "share");
    if (!kept) {
        kept = *target = arena_take(call->arena, sizeof *kept);
        if (!kept)
            return true;
        *kept = (Peregrin__Target)PEREGRIN__TARGET__INIT;
        kept->kinds = target_kinds(name);
    }
    kept->has_tenths = kept->has_kinds = true;
    if ((said[SHARE] && !tenths_read(reply, said[SHARE], &kept->tenths)) ||
        (said[KINDS] && !kinds_read(reply, said[KINDS], &kept->kinds)))
        return false;
    if (!said[YEAR] != !said[COHORT])
        return api_call_usage(reply, "a cohort belongs to a year", "give both", "year");
    if (!said[YEAR])
        return true;
    if (!figures_year_read(json_string_value(said[YEAR]), &year))
        return api_call_usage(reply, "this is no academic year", "write it as 2026/2027", "year");
    json_int_t size = json_integer_value(said[COHORT]);
    if (size < 1 || size > TARGET_SIZE_MAX)
        return api_call_usage(reply, "this is no size of a cohort", "give how many they were",
                              "cohort");
    *target = target_with(kept, year, (uint32_t)size, call->arena);
    return true;
}

static json_t *target_json(const struct api_call *call, const char *name,
                           const Peregrin__Target *target)
{
    json_t *kinds = json_array(), *cohorts = json_array();
    for (uint32_t kind = 1; kinds && kind < FIGURES_KINDS; kind++)
        if (target->kinds >> kind & 1)
            json_array_append_new(kinds, json_string(figures_kind_code(kind)));
    for (size_t i = 0; cohorts && i < target->n_cohorts; i++)
        json_array_append_new(
            cohorts,
            json_pack("{s:o, s:i}", "year",
                      api_call_text(figures_year_text(target->cohorts[i]->year, call->arena)),
                      "size", (int)target->cohorts[i]->size));
    return json_pack(
        "{s:s, s:o, s:o, s:o}", "name", name, "share",
        api_call_text(arena_format(call->arena, "%u.%u", target->tenths / 10, target->tenths % 10)),
        "kinds", kinds, "cohorts", cohorts);
}

static enum fault set_target(const struct api_call *call, struct api_reply *reply)
{
    struct store *store = call->api->store;
    json_t *said[FIELDS];
    const char *own;
    Peregrin__Target *target;
    struct target *all;
    size_t count;
    if (!api_call_fields(call, reply, call->body, "", fields, FIELDS, said) ||
        !name_fits(reply, json_string_value(said[NAME])) ||
        !api_call_own(call, reply, json_string_value(said[OWN]), &own) ||
        !api_call_whole(call, reply, own))
        return FAULT_NONE;
    const char *name = json_string_value(said[NAME]);
    TRY(target_get(store, own, name, call->arena, &target));
    TRY(target_list(store, own, call->arena, &all, &count));
    if (!target && count == TARGET_MAX) {
        api_call_explain(reply, VERDICT_TOO_LARGE, "there are sixteen targets already",
                         "remove one first", "name");
        return FAULT_NONE;
    }
    if (!target_change(call, reply, said, name, &target))
        return FAULT_NONE;
    if (!target)
        return FAULT_MEMORY;
    TRY(target_put(store, own, name, target, call->arena));
    return api_call_put(reply, "target", target_json(call, name, target));
}

static enum fault remove_target(const struct api_call *call, struct api_reply *reply)
{
    struct store *store = call->api->store;
    const char *name = call->parameters[0], *own;
    Peregrin__Target *target = NULL;
    if (!api_call_own(call, reply, api_call_query(call, "own"), &own) ||
        !api_call_whole(call, reply, own))
        return FAULT_NONE;
    if (target_name_fits(name))
        TRY(target_get(store, own, name, call->arena, &target));
    if (!target) {
        api_call_refuse(reply, VERDICT_UNKNOWN, "name");
        return FAULT_NONE;
    }
    TRY(target_remove(store, own, name, call->arena));
    return api_call_put(reply, "removed", json_string(name));
}

const struct api_route api_target_routes[] = {
    {
        .row = {"POST", "/api/v1/reports/targets", "set a target, or the cohort of a year"},
        .needs = ROLE_NEED_PREPARE,
        .serve = set_target,
        .writes = true,
        .replays = true,
    },
    {
        .row = {"DELETE", "/api/v1/reports/targets/{name}", "remove a target"},
        .needs = ROLE_NEED_PREPARE,
        .serve = remove_target,
        .query = "own",
        .writes = true,
        .replays = true,
    },
    {},
};
