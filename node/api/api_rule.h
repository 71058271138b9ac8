/* The rules of eligibility, and those about credits, at the doors of the API: before something is
 * said, and where a dossier is shown. Without api->eligible nothing is asked. */
#pragma once

#include "admin/eligible.h"
#include "api/api_call.h"

/* Of one request; zero at first. */
struct api_rule_memo {
    bool fresh; /* the other stays are known as they were when it began */
    struct eligible_memo memo;
};

/* A nomination or amendment before it is submitted, a transcript, a learning agreement, its
 * approval, a recognition, an extension and who accepts it; anything else is passed. Refused where
 * a rule refuses: then nothing was said. What warns stands in reply->warned. */
enum fault api_rule_before(const struct api_call *call, struct api_reply *reply,
                           const struct event_submission *submission, const char *path);

/* After it was submitted, so that the next item of a batch is asked with it. */
enum fault api_rule_after(const struct api_call *call, const struct api_reply *reply,
                          const struct event_submission *submission,
                          const struct event_answer *answer);

/* The same of drafts of which none is said yet: each hears which place it would take behind those
 * before it. */
enum fault api_rule_planned(const struct api_call *call, struct api_reply *reply,
                            const struct event_submission *submission, const char *path);

/* `warnings` of what was said: rule ids, where in the request, what was expected and got; an empty
 * list without. */
enum fault api_rule_warned(const struct api_call *call, const struct api_reply *reply,
                           json_t **out);

/* `rules` and what is said of them, of a dossier that is shown. received: the local number of the
 * partner's record whose findings were worked out when it came; 0: asked now, as are those that
 * were not worked out. */
enum fault api_rule_put(const struct api_call *call, struct api_reply *reply,
                        const struct eligible_case *subject, int64_t received);
