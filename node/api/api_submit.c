#include "api/api_submit.h"

#include "api/api_quota.h"
#include "api/api_routes.h"
#include "api/api_rule.h"
#include "api/api_say.h"
#include "report/text.h"

#include <assert.h>
#include <string.h>

enum { BATCH_MAX = 200 };

static struct bytes request_key(const char *key)
{
    return key ? bytes_text(key) : (struct bytes) {0};
}

/* ---- opening a dossier -------------------------------------------------------------------------
 */

static const char *text_of(json_t *value)
{
    return value ? json_string_value(value) : NULL;
}

/* Both names of a new dossier. */
static bool names_read(const struct api_call *call, struct api_reply *reply, json_t *own,
                       json_t *partner, struct event_submission *submission)
{
    const struct catalogue *catalogue = call->api->catalogue;
    const struct catalogue_institution *other =
        catalogue_party(catalogue, json_string_value(partner));
    if (!api_call_own(call, reply, text_of(own), &submission->own))
        return false;
    if (!other || strcmp(other->schac, submission->own) == 0)
        return api_call_refuse(reply, VERDICT_UNKNOWN, "partner");
    submission->partner = other->schac;
    submission->kind = PEREGRIN__KIND__KIND_NOMINATION;
    submission->opens = true;
    return true;
}

static enum fault submit_nomination(const struct api_call *call, struct api_reply *reply)
{
    enum { OWN, PARTNER, NOMINATION, COUNT };
    static const struct api_call_field fields[] = {
        [OWN] = {"own", API_CALL_TEXT, false},
        [PARTNER] = {"partner", API_CALL_TEXT, true},
        [NOMINATION] = {"nomination", API_CALL_OBJECT, true},
    };
    json_t *values[COUNT];
    struct event_submission submission = {.request = request_key(call->request->idempotency_key)};
    struct event_answer answer;
    if (!api_call_fields(call, reply, call->body, "", fields, COUNT, values) ||
        !names_read(call, reply, values[OWN], values[PARTNER], &submission) ||
        !api_say_body(call, reply, values[NOMINATION], submission.kind, "nomination",
                      &submission.body))
        return FAULT_NONE;
    TRY(api_say_submit(call, reply, &submission, "nomination", &answer));
    return api_call_refused(reply) ? FAULT_NONE : api_say_put(call, reply, &answer);
}

/* ---- many at once ------------------------------------------------------------------------------
 */

/* One item has its own key and its own outcome: another item's problem is not its. */
static enum fault item_submit(const struct api_call *call, json_t *item,
                              struct event_submission *submission, json_t **result)
{
    enum { KEY, NOMINATION, COUNT };
    static const struct api_call_field fields[] = {
        [KEY] = {"key", API_CALL_TEXT, true},
        [NOMINATION] = {"nomination", API_CALL_OBJECT, true},
    };
    json_t *values[COUNT] = {NULL};
    struct api_reply reply = {0};
    struct event_answer answer;
    bool fits = api_call_fields(call, &reply, item, "", fields, COUNT, values);
    const char *key = text_of(values[KEY]);
    if (fits && (strlen(key) < 1 || strlen(key) > API_KEY_MAX))
        fits = api_call_usage(&reply, "the key cannot be used", "give 1 to 128 bytes", "key");
    if (fits && api_say_body(call, &reply, values[NOMINATION], submission->kind, "nomination",
                             &submission->body)) {
        submission->request = request_key(key);
        TRY(api_say_submit(call, &reply, submission, "nomination", &answer));
    }
    *result = api_call_refused(&reply)
                  ? json_pack("{s:o}", "error", problem_json(&reply.problem, NULL))
                  : api_say_answer(call, &reply, &answer);
    return *result && json_object_set_new(*result, "key", api_call_text(key)) == 0 ? FAULT_NONE
                                                                                   : FAULT_MEMORY;
}

static enum fault submit_batch(const struct api_call *call, struct api_reply *reply)
{
    enum { OWN, PARTNER, ITEMS, COUNT };
    static const struct api_call_field fields[] = {
        [OWN] = {"own", API_CALL_TEXT, false},
        [PARTNER] = {"partner", API_CALL_TEXT, true},
        [ITEMS] = {"items", API_CALL_LIST, true},
    };
    json_t *values[COUNT], *list;
    struct event_submission submission = {0};
    if (!api_call_fields(call, reply, call->body, "", fields, COUNT, values) ||
        !names_read(call, reply, values[OWN], values[PARTNER], &submission))
        return FAULT_NONE;
    size_t count = json_array_size(values[ITEMS]);
    if (count > BATCH_MAX) {
        api_call_explain(reply, VERDICT_TOO_LARGE, "too many items at once",
                         "send at most 200 in one request", "items");
        return FAULT_NONE;
    }
    TRY(api_call_list(reply, "results", &list));
    for (size_t i = 0; i < count; i++) {
        json_t *result = NULL;
        enum fault fault =
            item_submit(call, json_array_get(values[ITEMS], i), &submission, &result);
        if (fault) {
            json_decref(result);
            return fault;
        }
        TRY(api_call_append(list, result));
    }
    return FAULT_NONE;
}

/* ---- in a dossier that is there ----------------------------------------------------------------
 */

/* Whoever comes at the wrong moment hears how it stands, and who must act. */
static void explain_state(const struct api_call *call, struct api_reply *reply,
                          enum dossier_state state)
{
    const char *hint = arena_format(call->arena, "The state is %s (%s).", dossier_state_code(state),
                                    dossier_state_sentence(state));
    reply->problem.expected = NULL;
    if (hint)
        reply->problem.hint = hint;
}

static enum fault submit_in(const struct api_call *call, struct api_reply *reply,
                            const struct event_submission *what, const struct api_dossier *found,
                            const char *path)
{
    struct event_answer answer;
    struct api_dossier speaker = api_dossier_speaker(found, what->kind);
    struct event_submission submission = *what;
    submission.own = speaker.own;
    submission.partner = speaker.partner;
    submission.opened_by_partner = speaker.place.opened_by_partner;
    submission.dossier = found->place.dossier;
    submission.request = request_key(call->request->idempotency_key);
    TRY(api_say_submit(call, reply, &submission, path, &answer));
    const char *rule = answer.finding.rule;
    if (answer.verdict == VERDICT_OUT_OF_TURN && found->kept &&
        (!rule || strcmp(rule, "record.turn") == 0))
        explain_state(call, reply, (enum dossier_state)found->row.state);
    return api_call_refused(reply) ? FAULT_NONE : api_say_put(call, reply, &answer);
}

enum fault api_submit_in(const struct api_call *call, struct api_reply *reply, uint32_t kind,
                         const struct api_dossier *found, struct bytes target, struct bytes body,
                         const char *path)
{
    const struct event_submission what = {.kind = kind, .target = target, .body = body};
    return submit_in(call, reply, &what, found, path);
}

static enum fault submit_flat(const struct api_call *call, struct api_reply *reply,
                              struct event_submission *what)
{
    struct api_dossier found;
    json_t *sent = call->body, *revision = json_object_get(sent, "revision");
    if (!api_say_id(call, reply, revision, "revision", &what->target))
        return FAULT_NONE;
    json_object_del(sent, "revision");
    TRY(api_dossier_find(call, reply, &found));
    if (api_call_refused(reply) || !api_say_body(call, reply, sent, what->kind, "", &what->body))
        return FAULT_NONE;
    return submit_in(call, reply, what, &found, "");
}

enum fault api_submit_flat(const struct api_call *call, struct api_reply *reply, uint32_t kind)
{
    return submit_flat(call, reply, &(struct event_submission) {.kind = kind});
}

static enum fault submit_decision(const struct api_call *call, struct api_reply *reply)
{
    struct event_submission what = {.kind = PEREGRIN__KIND__KIND_DECISION};
    bool fits = api_quota_over(call, reply, &what.over_quota);
    return fits ? submit_flat(call, reply, &what) : FAULT_NONE;
}

static enum fault submit_withdrawal(const struct api_call *call, struct api_reply *reply)
{
    return api_submit_flat(call, reply, PEREGRIN__KIND__KIND_WITHDRAWAL);
}

static enum fault submit_arrival(const struct api_call *call, struct api_reply *reply)
{
    return api_submit_flat(call, reply, PEREGRIN__KIND__KIND_ARRIVAL);
}

static enum fault submit_departure(const struct api_call *call, struct api_reply *reply)
{
    return api_submit_flat(call, reply, PEREGRIN__KIND__KIND_DEPARTURE);
}

/* The body flat, with `own` where both sides are here: the home asks, the host grants. */
static enum fault submit_extension(const struct api_call *call, struct api_reply *reply)
{
    struct api_dossier found;
    struct bytes body;
    json_t *own = json_object_get(call->body, "own");
    const char *name = json_is_string(own) ? json_string_value(own) : NULL;
    TRY(api_dossier_find(call, reply, &found));
    if (api_call_refused(reply))
        return FAULT_NONE;
    if (name && found.both && strcmp(name, found.partner) == 0)
        found = api_dossier_host(&found);
    if (own && (!name || strcmp(name, found.own) != 0)) {
        api_call_usage(reply, "this institution has no part in the dossier, or not here",
                       "give the one that speaks", "own");
        return FAULT_NONE;
    }
    json_object_del(call->body, "own");
    if (!api_say_body(call, reply, call->body, PEREGRIN__KIND__KIND_EXTENSION, "", &body))
        return FAULT_NONE;
    return api_submit_in(call, reply, PEREGRIN__KIND__KIND_EXTENSION, &found, (struct bytes) {0},
                         body, "");
}

static enum fault submit_amendment(const struct api_call *call, struct api_reply *reply)
{
    enum { NOMINATION, REVISION, COUNT };
    static const struct api_call_field fields[] = {
        [NOMINATION] = {"nomination", API_CALL_OBJECT, true},
        [REVISION] = {"revision", API_CALL_TEXT, false},
    };
    const uint32_t kind = PEREGRIN__KIND__KIND_AMENDMENT;
    json_t *values[COUNT];
    struct api_dossier found;
    struct bytes target, body;
    if (!api_call_fields(call, reply, call->body, "", fields, COUNT, values) ||
        !api_say_id(call, reply, values[REVISION], "revision", &target) ||
        !api_say_body(call, reply, values[NOMINATION], kind, "nomination", &body))
        return FAULT_NONE;
    TRY(api_dossier_find(call, reply, &found));
    if (api_call_refused(reply))
        return FAULT_NONE;
    return api_submit_in(call, reply, kind, &found, target, body, "nomination");
}

/* What is in force of one kind, beside the nomination. */
enum force { FORCE_ACCEPTANCE, FORCE_TRANSCRIPT, FORCE_RECOGNITION, FORCE_COUNT };

static const char *const force_words[] = {
    [FORCE_ACCEPTANCE] = "acceptance",
    [FORCE_TRANSCRIPT] = "transcript",
    [FORCE_RECOGNITION] = "recognition",
};

static_assert(sizeof force_words / sizeof *force_words == FORCE_COUNT, "one word for each");

/* Its id, in the arena; all zero where there is none. */
static enum fault force_id(const struct api_call *call, const struct api_dossier *found,
                           enum force force, struct bytes *id)
{
    struct dossier_view view;
    TRY(dossier_view_load(call->api->store, &found->place, false, call->arena, &view));
    const struct dossier *dossier = &view.dossier;
    const struct digest *const ids[] = {
        [FORCE_ACCEPTANCE] = &dossier->decision,
        [FORCE_TRANSCRIPT] = &dossier->transcript,
        [FORCE_RECOGNITION] = &dossier->recognition,
    };
    *id = arena_copy(call->arena, digest_bytes(ids[force]));
    return id->data ? FAULT_NONE : FAULT_MEMORY;
}

/* A transcript and a recognition replace the newest one by themselves; who names another has looked
 * at an older state. */
static enum fault newest_check(const struct api_call *call, struct api_reply *reply,
                               const struct api_dossier *found, enum force force,
                               struct bytes named)
{
    struct bytes id;
    if (named.size == 0)
        return FAULT_NONE;
    TRY(force_id(call, found, force, &id));
    if (!bytes_equal(id, named))
        api_call_explain(reply, VERDICT_OUT_OF_TURN,
                         arena_format(call->arena, "another %s is the newest", force_words[force]),
                         "look at the dossier again, then decide", "supersedes");
    return FAULT_NONE;
}

static enum fault submit_transcript(const struct api_call *call, struct api_reply *reply)
{
    enum { TRANSCRIPT, SUPERSEDES, COUNT };
    static const struct api_call_field fields[] = {
        [TRANSCRIPT] = {"credit_record", API_CALL_OBJECT, true},
        [SUPERSEDES] = {"supersedes", API_CALL_TEXT, false},
    };
    const uint32_t kind = PEREGRIN__KIND__KIND_CREDIT_RECORD;
    json_t *values[COUNT];
    struct api_dossier found;
    struct bytes supersedes, body;
    if (!api_call_fields(call, reply, call->body, "", fields, COUNT, values) ||
        !api_say_id(call, reply, values[SUPERSEDES], "supersedes", &supersedes) ||
        !api_say_body(call, reply, values[TRANSCRIPT], kind, "credit_record", &body))
        return FAULT_NONE;
    TRY(api_dossier_find(call, reply, &found));
    if (!api_call_refused(reply))
        TRY(newest_check(call, reply, &found, FORCE_TRANSCRIPT, supersedes));
    if (api_call_refused(reply))
        return FAULT_NONE;
    return api_submit_in(call, reply, kind, &found, (struct bytes) {0}, body, "credit_record");
}

static enum fault submit_recognition(const struct api_call *call, struct api_reply *reply)
{
    enum { RECOGNITION, TRANSCRIPT, SUPERSEDES, COUNT };
    static const struct api_call_field fields[] = {
        [RECOGNITION] = {"recognition", API_CALL_OBJECT, true},
        [TRANSCRIPT] = {"transcript", API_CALL_TEXT, false},
        [SUPERSEDES] = {"supersedes", API_CALL_TEXT, false},
    };
    const uint32_t kind = PEREGRIN__KIND__KIND_RECOGNITION;
    json_t *values[COUNT];
    struct api_dossier found;
    struct bytes target, supersedes, body;
    if (!api_call_fields(call, reply, call->body, "", fields, COUNT, values) ||
        !api_say_id(call, reply, values[TRANSCRIPT], "transcript", &target) ||
        !api_say_id(call, reply, values[SUPERSEDES], "supersedes", &supersedes) ||
        !api_say_body(call, reply, values[RECOGNITION], kind, "recognition", &body))
        return FAULT_NONE;
    TRY(api_dossier_find(call, reply, &found));
    if (!api_call_refused(reply))
        TRY(newest_check(call, reply, &found, FORCE_RECOGNITION, supersedes));
    if (api_call_refused(reply))
        return FAULT_NONE;
    return api_submit_in(call, reply, kind, &found, target, body, "recognition");
}

static bool force_find(const json_t *word, enum force *out)
{
    for (enum force i = 0; i < FORCE_COUNT; i++)
        if (json_is_string(word) && strcmp(json_string_value(word), force_words[i]) == 0) {
            *out = i;
            return true;
        }
    return false;
}

/* The body flat, with `of`: what is taken back, and `record`: its id, which the user had before his
 * eyes. */
static enum fault submit_revocation(const struct api_call *call, struct api_reply *reply)
{
    struct api_dossier found;
    struct bytes named, target, body;
    enum force force;
    if (!force_find(json_object_get(call->body, "of"), &force)) {
        api_call_usage(reply, "it is not said what is taken back",
                       "give acceptance, transcript or recognition", "of");
        return FAULT_NONE;
    }
    if (!api_say_id(call, reply, json_object_get(call->body, "record"), "record", &named))
        return FAULT_NONE;
    json_object_del(call->body, "of");
    json_object_del(call->body, "record");
    TRY(api_dossier_find(call, reply, &found));
    if (api_call_refused(reply) ||
        !api_say_body(call, reply, call->body, PEREGRIN__KIND__KIND_REVOKE, "", &body))
        return FAULT_NONE;
    TRY(force_id(call, &found, force, &target));
    if (force != FORCE_RECOGNITION)
        found = api_dossier_host(&found);
    return api_submit_in(call, reply, PEREGRIN__KIND__KIND_REVOKE, &found,
                         named.size ? named : target, body, "");
}

const struct api_route api_submit_routes[] = {
    {
        .row = {"POST", "/api/v1/nominations", "nominate one student"},
        .needs = ROLE_NEED_SIGN,
        .serve = submit_nomination,
        .writes = true,
    },
    {
        .row = {"POST", "/api/v1/nominations/batch", "nominate up to 200 students of one partner"},
        .needs = ROLE_NEED_SIGN,
        .serve = submit_batch,
        .writes = true,
    },
    {
        .row = {"POST", "/api/v1/nominations/{dossier}/decision",
                "accept, refuse or put on the waiting list, as the host"},
        .needs = ROLE_NEED_SIGN,
        .serve = submit_decision,
        .query = "opener",
        .writes = true,
    },
    {
        .row = {"POST", "/api/v1/nominations/{dossier}/withdrawal",
                "take a nomination back, as the home"},
        .needs = ROLE_NEED_SIGN,
        .serve = submit_withdrawal,
        .query = "opener",
        .writes = true,
    },
    {
        .row = {"POST", "/api/v1/nominations/{dossier}/amendment",
                "correct or change it, as the home"},
        .needs = ROLE_NEED_SIGN,
        .serve = submit_amendment,
        .query = "opener",
        .writes = true,
    },
    {
        .row = {"POST", "/api/v1/nominations/{dossier}/transcript",
                "issue the transcript, as the host"},
        .needs = ROLE_NEED_SIGN,
        .serve = submit_transcript,
        .query = "opener",
        .writes = true,
    },
    {
        .row = {"POST", "/api/v1/nominations/{dossier}/arrival",
                "say when the student arrived, as the host"},
        .needs = ROLE_NEED_REPORT,
        .serve = submit_arrival,
        .query = "opener",
        .writes = true,
    },
    {
        .row = {"POST", "/api/v1/nominations/{dossier}/departure",
                "say when the student left, as the host"},
        .needs = ROLE_NEED_REPORT,
        .serve = submit_departure,
        .query = "opener",
        .writes = true,
    },
    {
        .row = {"POST", "/api/v1/nominations/{dossier}/extension",
                "ask for a longer stay as the home, grant it as the host"},
        .needs = ROLE_NEED_SIGN,
        .serve = submit_extension,
        .query = "opener",
        .writes = true,
    },
    {
        .row = {"POST", "/api/v1/nominations/{dossier}/recognition",
                "recognise the transcript, as the home"},
        .needs = ROLE_NEED_SIGN,
        .serve = submit_recognition,
        .query = "opener",
        .writes = true,
    },
    {
        .row = {"POST", "/api/v1/nominations/{dossier}/revocation", "take back what one has said"},
        .needs = ROLE_NEED_SIGN,
        .serve = submit_revocation,
        .query = "opener",
        .writes = true,
    },
    {},
};
