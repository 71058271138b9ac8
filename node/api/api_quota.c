#include "api/api_quota.h"

bool api_quota_over(const struct api_call *call, struct api_reply *reply, bool *over)
{
    json_t *why = json_object_get(call->body, "over_quota");
    *over = why;
    if (!why)
        return true;
    if (!json_is_string(why) || !json_string_length(why))
        return api_call_usage(reply, "why is it accepted over the quota?", "give the reason",
                              "over_quota");
    if (!call->api->over_quota)
        return api_call_explain(reply, VERDICT_NOT_PERMITTED,
                                "nobody is accepted over the quota here",
                                "ask for new terms with more places; the administrator can set "
                                "`over_quota = yes` in the node's configuration",
                                "over_quota");
    const char *comment = json_string_value(json_object_get(call->body, "comment"));
    const char *said = arena_format(call->arena, "Over quota: %s%s%s", json_string_value(why),
                                    comment ? "\n" : "", comment ? comment : "");
    json_object_del(call->body, "over_quota");
    return said && json_object_set_new(call->body, "comment", json_string(said)) == 0
               ? true
               : api_call_refuse(reply, VERDICT_TOO_LARGE, "over_quota");
}
