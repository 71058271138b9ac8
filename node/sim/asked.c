#include "sim/asked.h"

#include <assert.h>
#include <stdlib.h>

enum { ROOM = 64 };

struct asked {
    const struct world *world;
    uint64_t *again; /* by institution */
    struct digest *said;
    size_t count, room;
};

struct asked *asked_open(const struct world *world)
{
    struct asked *asked = calloc(1, sizeof *asked);
    if (!asked)
        return NULL;
    asked->world = world;
    asked->again = calloc(world_count(world), sizeof *asked->again);
    if (asked->again)
        return asked;
    asked_close(asked);
    return NULL;
}

void asked_close(struct asked *asked)
{
    if (!asked)
        return;
    free(asked->again);
    free(asked->said);
    free(asked);
}

/* Of what, to whom and where: whoever asks, and under whatever key. */
static struct digest content_of(const struct event_submission *submission)
{
    const uint8_t side = submission->opened_by_partner;
    const uint8_t kind[] = {(uint8_t)submission->kind, (uint8_t)(submission->kind >> 8), side};
    const struct bytes parts[] = {
        bytes_text(submission->own),
        bytes_text(submission->partner),
        {kind, sizeof kind},
        {submission->dossier.bytes, sizeof submission->dossier.bytes},
        submission->body,
    };
    struct digest content = {0}, part;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        digest_of(DIGEST_REQUEST, parts[i], &part);
        digest_of_pair(DIGEST_REQUEST, digest_bytes(&content), digest_bytes(&part), &content);
    }
    return content;
}

static void said_add(struct asked *asked, const struct digest *content)
{
    if (asked->count == asked->room) {
        size_t room = asked->room ? 2 * asked->room : ROOM;
        struct digest *larger = realloc(asked->said, room * sizeof *larger);
        if (!larger)
            return;
        asked->said = larger;
        asked->room = room;
    }
    asked->said[asked->count++] = *content;
}

/* Who had no answer may have been heard. */
void asked_note(struct asked *asked, const struct world_event *event)
{
    const struct event_answer *answer = event->answer;
    size_t own, i = 0;
    if (event->deed != WORLD_SUBMITTED || event->submission->opens ||
        (answer->verdict && answer->verdict != VERDICT_INTERNAL) ||
        !world_find(asked->world, event->submission->own, &own))
        return;
    struct digest content = content_of(event->submission);
    bool waits = answer->ready && !answer->repeated; /* seldom: only then they are looked through */
    while (waits && i < asked->count && !digest_equal(&asked->said[i], &content))
        i++;
    if (waits && i < asked->count)
        asked->again[own]++;
    else
        said_add(asked, &content);
}

uint64_t asked_again(const struct asked *asked, size_t institution)
{
    assert(institution < world_count(asked->world));
    return asked->again[institution];
}
