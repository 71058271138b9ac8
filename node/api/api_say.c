#include "api/api_say.h"

#include "admin/agreed.h"
#include "api/api_author.h"
#include "api/api_rule.h"
#include "record/codec.h"
#include "report/delivery.h"
#include "report/json_record.h"
#include "report/text.h"

#include <assert.h>

enum { CREATED = 201 };

static const struct kind *kind_of(uint32_t number)
{
    const struct kind *kind = kind_find(number, 1);
    assert(kind);
    return kind;
}

bool api_say_body(const struct api_call *call, struct api_reply *reply, json_t *object,
                  uint32_t kind, const char *path, struct bytes *body)
{
    struct json_record_misfit misfit;
    ProtobufCMessage *message;
    enum verdict verdict =
        json_record_read(object, kind_of(kind)->body, path, call->arena, &message, &misfit);
    if (verdict == VERDICT_INVALID) {
        api_call_refuse(reply, verdict, *misfit.field ? misfit.field : NULL);
        reply->problem.expected = misfit.expected;
        return false;
    }
    if (verdict)
        return api_call_refuse(reply, verdict, *path ? path : NULL);
    *body = codec_pack(message, call->arena);
    return body->data || api_call_refuse(reply, VERDICT_TOO_LARGE, *path ? path : NULL);
}

/* An agreement that is named by its reference is said by its dossier's name. What cannot be read is
 * left to the engine, which says why. */
static enum fault agreement_fill(const struct api_call *call, struct event_submission *said)
{
    struct agreed_memo memo = {NULL};
    ProtobufCMessage *body;
    bool changed;
    if ((said->kind != PEREGRIN__KIND__KIND_NOMINATION &&
         said->kind != PEREGRIN__KIND__KIND_AMENDMENT) ||
        kind_body_read(kind_of(said->kind), said->body, call->arena, &body) != VERDICT_FINE)
        return FAULT_NONE;
    TRY(agreed_name(call->api->store, said->own, said->partner, (Peregrin__Nomination *)body, &memo,
                    call->arena, &changed));
    if (changed)
        said->body = codec_pack(body, call->arena);
    return said->body.data ? FAULT_NONE : FAULT_MEMORY;
}

enum fault api_say_submit(const struct api_call *call, struct api_reply *reply,
                          const struct event_submission *submission, const char *path,
                          struct event_answer *answer)
{
    const struct api_port *port = &call->api->port;
    struct event_submission said = *submission;
    *answer = (struct event_answer) {0};
    TRY(agreement_fill(call, &said));
    TRY(api_rule_before(call, reply, &said, path));
    if (api_call_refused(reply))
        return FAULT_NONE;
    TRY(api_author_fill(call, reply, &said, path));
    if (api_call_refused(reply))
        return FAULT_NONE;
    TRY(port->submit(port->self, &said, answer));
    if (answer->verdict)
        reply->problem = problem_of_finding(&answer->finding, answer->verdict, path, call->arena);
    return api_rule_after(call, reply, &said, answer);
}

json_t *api_say_answer(const struct api_call *call, const struct api_reply *reply,
                       const struct event_answer *answer)
{
    bool placed = !answer->ready;
    json_t *warnings = NULL;
    if (reply->warned && api_rule_warned(call, reply, &warnings) != FAULT_NONE)
        return NULL;
    return json_pack("{s:s, s:o, s:o, s:o, s:b, s:b, s:o*}", "dossier",
                     api_call_dossier_text(call, &answer->place.dossier), "lane",
                     placed ? json_integer(answer->lane) : json_null(), "index",
                     placed ? json_integer(answer->index) : json_null(), "id",
                     placed ? json_string(text_hex(digest_bytes(&answer->id), call->arena))
                            : json_null(),
                     "ready", answer->ready, "repeated", answer->repeated, "warnings", warnings);
}

bool api_say_id(const struct api_call *call, struct api_reply *reply, json_t *value,
                const char *field, struct bytes *id)
{
    *id = (struct bytes) {0};
    if (!value)
        return true;
    size_t size = 0;
    uint8_t *bytes = arena_take(call->arena, DIGEST_SIZE);
    if (!bytes)
        return api_call_refuse(reply, VERDICT_TOO_LARGE, field);
    if (!json_is_string(value) ||
        !text_unhex(bytes_text(json_string_value(value)), bytes, DIGEST_SIZE, &size) ||
        size != DIGEST_SIZE)
        return api_call_usage(reply, "this is no record's id", "give its 64 hex digits", field);
    *id = (struct bytes) {bytes, size};
    return true;
}

/* Records for a partner without a node wait for the next list that goes to it by e-mail. */
static enum fault goes_by_hand(const struct api_call *call, uint32_t pair, bool *out)
{
    struct store_pair *pairs;
    size_t count;
    *out = false;
    if (!call->api->catalogue->by_hand_count)
        return FAULT_NONE;
    TRY(call->api->store->pair_list(call->api->store, call->arena, &pairs, &count));
    for (size_t i = 0; i < count && !*out; i++)
        *out =
            pairs[i].pair == pair && catalogue_is_by_hand(call->api->catalogue, pairs[i].partner);
    return FAULT_NONE;
}

enum fault api_say_put(const struct api_call *call, struct api_reply *reply,
                       const struct event_answer *answer)
{
    bool by_hand;
    TRY(goes_by_hand(call, answer->place.pair, &by_hand));
    json_t *json = api_say_answer(call, reply, answer);
    if (json && by_hand)
        json_object_set_new(json, "delivery", json_string(delivery_code(DELIVERY_BY_HAND)));
    int failed = json_object_update(reply->json, json);
    json_decref(json);
    reply->status = answer->repeated ? 200 : CREATED;
    return failed ? FAULT_MEMORY : FAULT_NONE;
}
