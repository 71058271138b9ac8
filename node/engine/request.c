#include "engine/request.h"

#include "base/broken.h"

#include <assert.h>
#include <string.h>

enum { ANSWER_SIZE = 1 + 1 + 4 + 4 + HEADER_DOSSIER_SIZE + DIGEST_SIZE };

static void answer_pack(const struct event_answer *answer, uint8_t out[static ANSWER_SIZE])
{
    out[0] = answer->place.opened_by_partner;
    out[1] = answer->ready;
    bytes_write_u32le(out + 2, answer->lane);
    bytes_write_u32le(out + 6, answer->index);
    memcpy(out + 10, answer->place.dossier.bytes, HEADER_DOSSIER_SIZE);
    memcpy(out + 10 + HEADER_DOSSIER_SIZE, answer->id.bytes, DIGEST_SIZE);
}

static void answer_unpack(const uint8_t in[static ANSWER_SIZE], struct event_answer *answer)
{
    answer->place.opened_by_partner = in[0];
    answer->ready = in[1];
    answer->lane = bytes_read_u32le(in + 2);
    answer->index = bytes_read_u32le(in + 6);
    memcpy(answer->place.dossier.bytes, in + 10, HEADER_DOSSIER_SIZE);
    memcpy(answer->id.bytes, in + 10 + HEADER_DOSSIER_SIZE, DIGEST_SIZE);
}

/* The key is the caller's within one own institution; the content is all that was asked. */
static bool digests_fill(struct step *step, const struct event_submission *submission,
                         struct request *out)
{
    struct arena *scratch = step->engine->scratch;
    const char *name =
        arena_format(scratch, "%s %.*s", submission->own, (int)submission->request.size,
                     (const char *)submission->request.data);
    bool opens = submission->opens || submission->found;
    const char *head = arena_format(scratch, "%s %u %d %d ", submission->partner, submission->kind,
                                    opens, submission->opened_by_partner);
    if (!name || !head)
        return false;
    struct bytes dossier = {submission->dossier.bytes, HEADER_DOSSIER_SIZE};
    struct bytes parts[] = {
        bytes_text(head),
        opens ? (struct bytes) {0} : dossier,
        submission->target,
        submission->body,
    };
    digest_of(DIGEST_REQUEST, bytes_text(name), &out->key);
    out->content = (struct digest) {0};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        struct digest part;
        digest_of(DIGEST_REQUEST, parts[i], &part);
        digest_of_pair(DIGEST_REQUEST, digest_bytes(&out->content), digest_bytes(&part),
                       &out->content);
    }
    return true;
}

enum fault request_look(struct step *step, const struct event_submission *submission,
                        struct request *out, struct event_answer *answer)
{
    struct engine *engine = step->engine;
    struct store_request kept;
    *out = (struct request) {.keyed = submission->request.size > 0};
    if (!out->keyed)
        return FAULT_NONE;
    if (!digests_fill(step, submission, out))
        return FAULT_MEMORY;
    TRY(engine->store->request_get(engine->store, &out->key, engine->scratch, &kept));
    if (!kept.found || broken_is(BROKEN_KEY_IGNORED))
        return FAULT_NONE;
    if (!digest_equal(&kept.content, &out->content)) {
        answer->verdict = VERDICT_DUPLICATE;
        return FAULT_NONE;
    }
    if (kept.answer.size != ANSWER_SIZE)
        return FAULT_CORRUPT;
    answer_unpack(kept.answer.data, answer);
    answer->repeated = true;
    return FAULT_NONE;
}

enum fault request_keep(struct step *step, const struct request *request,
                        const struct event_answer *answer)
{
    struct store *store = step->engine->store;
    uint8_t wire[ANSWER_SIZE];
    if (!request->keyed || answer->verdict)
        return FAULT_NONE; /* what was refused may be tried again under the same key */
    answer_pack(answer, wire);
    struct store_request kept = {.content = request->content, .answer = {wire, sizeof wire}};
    return store->request_put(store, &request->key, &kept);
}
