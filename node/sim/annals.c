#include "sim/annals.h"

#include <assert.h>
#include <string.h>

void annals_watch(struct annals *annals, world_watcher *watcher, void *self)
{
    assert(annals->count < ANNALS_WATCHERS_MAX);
    annals->watchers[annals->count].call = watcher;
    annals->watchers[annals->count++].self = self;
}

/* Not for adversaries: two lanes of multiplication tell two histories apart, and cost next to
 * nothing beside the events themselves. */
static void mix_number(struct annals *annals, uint64_t value)
{
    uint64_t one = (annals->lanes[0] ^ value) * 0x9fb21c651e98df25;
    annals->lanes[0] = one ^ (one >> 29);
    uint64_t other = (annals->lanes[1] + value) * 0xd6e8feb86659fd93;
    annals->lanes[1] = (other << 23 | other >> 41) + one;
}

static void mix_bytes(struct annals *annals, struct bytes view)
{
    size_t at = 0;
    mix_number(annals, view.size);
    for (; at + 8 <= view.size; at += 8)
        mix_number(annals, bytes_read_u64le(view.data + at));
    uint8_t tail[8] = {0};
    if (at < view.size) {
        memcpy(tail, view.data + at, view.size - at);
        mix_number(annals, bytes_read_u64le(tail));
    }
}

static void mix_text(struct annals *annals, const char *text)
{
    mix_bytes(annals, text ? bytes_text(text) : (struct bytes) {0});
}

static void mix_submission(struct annals *annals, const struct world_event *event)
{
    const struct event_submission *said = event->submission;
    const struct event_answer *answer = event->answer;
    mix_text(annals, said->own);
    mix_text(annals, said->partner);
    mix_number(annals, said->kind);
    mix_bytes(annals, said->body);
    mix_number(annals, answer->verdict);
    mix_number(annals, (uint64_t)answer->ready << 1 | answer->repeated);
    if (!answer->verdict && !answer->ready)
        mix_bytes(annals, digest_bytes(&answer->id));
}

void annals_tell(struct annals *annals, const struct world_event *event, struct bytes wire)
{
    mix_number(annals, (uint64_t)event->deed << 1 | event->refused);
    mix_number(annals, (uint64_t)event->at.us);
    mix_number(annals, (uint64_t)event->node << 32 | (uint64_t)event->other);
    mix_number(annals, event->frame);
    mix_number(annals, event->size);
    mix_text(annals, event->what);
    mix_text(annals, event->why);
    if (wire.size)
        mix_bytes(annals, wire);
    if (event->sentence) {
        mix_number(annals, event->sentence->level);
        mix_text(annals, event->sentence->text);
    }
    if (event->submission)
        mix_submission(annals, event);
    for (size_t i = 0; i < annals->count; i++)
        annals->watchers[i].call(annals->watchers[i].self, event);
}

void annals_hash(const struct annals *annals, struct digest *out)
{
    uint8_t bytes[16];
    bytes_write_u64le(bytes, annals->lanes[0]);
    bytes_write_u64le(bytes + 8, annals->lanes[1]);
    digest_of(DIGEST_PRINT, (struct bytes) {bytes, sizeof bytes}, out);
}
