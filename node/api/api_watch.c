#include "api/api_routes.h"

/* Made by the node around the API: what it tells of itself, as it tells it to its own user at any
 * time. Here it is for those who have a name and a role. */
static enum fault serve_text(const struct api_call *call, const char *type, struct api_reply *reply)
{
    const struct api_watch *watch = &call->api->watch;
    struct bytes text = watch->text ? watch->text(watch->self, call->request->path, call->arena)
                                    : (struct bytes) {0};
    if (!watch->text) {
        api_call_refuse(reply, VERDICT_UNAVAILABLE, NULL);
        return FAULT_NONE;
    }
    if (!text.data)
        return FAULT_MEMORY;
    reply->raw = text;
    reply->raw_type = type;
    return FAULT_NONE;
}

static enum fault show_checks(const struct api_call *call, struct api_reply *reply)
{
    return serve_text(call, "application/json", reply);
}

static enum fault show_metrics(const struct api_call *call, struct api_reply *reply)
{
    return serve_text(call, "text/plain; version=0.0.4; charset=utf-8", reply);
}

const struct api_route api_watch_routes[] = {
    {
        .row = {"GET", "/api/v1/checks", "what the node finds when it looks at itself"},
        .needs = ROLE_NEED_AUDIT,
        .serve = show_checks,
        .whole = true,
    },
    {
        .row = {"GET", "/metrics", "numbers for Prometheus; never a student's"},
        .needs = ROLE_NEED_NAME,
        .serve = show_metrics,
        .whole = true,
    },
    {},
};
