#include "api/api_course.h"

#include "report/json_record.h"
#include "report/learning.h"
#include "report/text.h"

enum fault api_course_record(const struct api_call *call, const struct dossier_view *view,
                             const struct digest *id, json_t **out)
{
    ProtobufCMessage *body;
    size_t at = dossier_view_find(view, id);
    *out = json_null();
    if (at == view->count)
        return FAULT_NONE;
    TRY(dossier_view_body(&view->records[at], call->arena, &body));
    json_t *json = body ? json_record_write(body, call->arena) : json_object();
    json_t *more = json_pack("{s:s, s:s, s:o}", "id", text_hex(digest_bytes(id), call->arena),
                             "issuer", view->headers[at].fields->issuer, "issued_at",
                             api_call_seconds(view->headers[at].issued_at * 60));
    int failed = json_object_update(json, more);
    json_decref(more);
    if (failed) {
        json_decref(json);
        return FAULT_MEMORY;
    }
    *out = json;
    return FAULT_NONE;
}

static enum fault put(const struct api_call *call, json_t *object, const char *name,
                      const struct dossier_view *view, const struct digest *id)
{
    json_t *json;
    TRY(api_course_record(call, view, id, &json));
    return json_object_set_new(object, name, json) ? FAULT_MEMORY : FAULT_NONE;
}

static json_t *id_or_null(const struct api_call *call, const struct dossier_view *view,
                          const struct digest *id)
{
    return dossier_view_find(view, id) < view->count
               ? json_string(text_hex(digest_bytes(id), call->arena))
               : json_null();
}

/* The decision that binds, with the revision that it names. */
static enum fault put_decision(const struct api_call *call, struct api_reply *reply,
                               const struct dossier_view *view)
{
    TRY(put(call, reply->json, "decision", view, &view->dossier.decision));
    json_t *decision = json_object_get(reply->json, "decision");
    if (!json_is_object(decision))
        return FAULT_NONE;
    json_t *decided = json_string(text_hex(digest_bytes(&view->dossier.decided), call->arena));
    return json_object_set_new(decision, "revision", decided) ? FAULT_MEMORY : FAULT_NONE;
}

/* Beside the stay: the newest learning agreement, and the one that was approved last. */
static enum fault put_learning(const struct api_call *call, struct api_reply *reply,
                               const struct dossier_view *view)
{
    const struct dossier *dossier = &view->dossier;
    enum learning_state state = learning_state_of(view);
    static const char *const turns[] = {
        [LEARNING_NOBODY] = NULL, [LEARNING_HOME] = "home", [LEARNING_HOST] = "host"};
    if (!learning_expected(dossier->state) && state == LEARNING_NONE)
        return api_call_put(reply, "learning", json_null());
    json_t *learning = json_pack("{s:s, s:s, s:o, s:o}", "state", learning_code(state), "sentence",
                                 learning_sentence(state), "waits_for",
                                 api_call_text(turns[learning_turn_of(state, dossier->state)]),
                                 "approved", id_or_null(call, view, &dossier->learning_agreed));
    TRY(api_call_put(reply, "learning", learning));
    return put(call, learning, "newest", view, &dossier->learning);
}

/* The newest transcript stands among the records: here it is only named. */
enum fault api_course_put(const struct api_call *call, struct api_reply *reply,
                          const struct dossier_view *view)
{
    const struct dossier *dossier = &view->dossier;
    json_t *stay = json_object();
    TRY(put_decision(call, reply, view));
    TRY(api_call_put(reply, "stay", stay));
    TRY(put(call, stay, "arrival", view, &dossier->arrival));
    TRY(put(call, stay, "departure", view, &dossier->departure));
    TRY(put(call, stay, "extension", view, &dossier->extension));
    TRY(put(call, stay, "extending", view, &dossier->extending));
    TRY(api_call_put(reply, "transcript", id_or_null(call, view, &dossier->transcript)));
    TRY(put(call, reply->json, "recognition", view, &dossier->recognition));
    TRY(put_learning(call, reply, view));
    return put(call, reply->json, "revocation", view, &dossier->revocation);
}
