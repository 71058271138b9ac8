#include "api/api_press.h"

#include "press/press.h"
#include "press/press_text.h"

/* A paper is set by a process beside the node: the request comes again until it has ended. */
enum { LATER_MS = 25, BUSY_SECONDS = 5 };

static void come_again(struct api_reply *reply)
{
    reply->later_ms = LATER_MS;
    reply->mark = 1;
}

static void refuse_failed(struct api_reply *reply, const struct press_result *result)
{
    struct press_sentence said = press_explain(result);
    api_call_explain(reply, said.large ? VERDICT_TOO_LARGE : VERDICT_UNAVAILABLE, said.sentence,
                     said.remedy, NULL);
}

static enum fault begin(const struct api_call *call, struct api_reply *reply,
                        api_press_describe *describe)
{
    struct bytes description = {0};
    const struct press_result none = {.end = PRESS_END_OUTPUT};
    TRY(describe(call, reply, &description));
    if (api_call_refused(reply))
        return FAULT_NONE;
    switch (press_begin(call->api->press, call->request->number, description, call->request->now)) {
    case PRESS_LATER: come_again(reply); break;
    case PRESS_BUSY:
        api_call_explain(reply, VERDICT_UNAVAILABLE, "too many papers are being set",
                         "try again in a moment", NULL);
        reply->retry_s = BUSY_SECONDS;
        break;
    default: refuse_failed(reply, &none);
    }
    return FAULT_NONE;
}

static enum fault take_up(const struct api_call *call, struct api_reply *reply,
                          api_press_describe *describe)
{
    struct press_result result;
    switch (press_look(call->api->press, call->request->number, call->request->now, call->arena,
                       &result)) {
    case PRESS_LATER: come_again(reply); break;
    case PRESS_DONE:
        reply->raw = result.pdf;
        reply->raw_type = "application/pdf";
        break;
    case PRESS_UNKNOWN: return begin(call, reply, describe);
    default: refuse_failed(reply, &result);
    }
    return FAULT_NONE;
}

enum fault api_press_show(const struct api_call *call, struct api_reply *reply,
                          api_press_describe *describe)
{
    const char *language = api_call_query(call, "language");
    if (language && !press_text_knows(language))
        api_call_usage(reply, "papers are not set in this language", "give en, fr or nl",
                       "language");
    else if (!call->api->press)
        api_call_explain(reply, VERDICT_UNAVAILABLE, "this node sets no papers",
                         "start it with peregrin-paper beside it", NULL);
    else
        return take_up(call, reply, describe);
    return FAULT_NONE;
}
