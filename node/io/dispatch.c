#include "io/dispatch.h"

#include "io/membership.h"
#include "io/transport.h"
#include "wire/bundle.h"

#include <string.h>

static bool same_way(const struct event_way *left, const struct event_way *right)
{
    if (left->node || right->node)
        return left->node && right->node && strcmp(left->node, right->node) == 0;
    return bytes_equal(left->route, right->route);
}

/* Those from `first` on that could go together, and which of them do. */
static size_t gather(const struct outcome_frame *first, struct bytes frames[BUNDLE_FRAMES_MAX])
{
    size_t count = 0;
    for (const struct outcome_frame *each = first;
         each && count < BUNDLE_FRAMES_MAX && same_way(&each->way, &first->way); each = each->next)
        frames[count++] = each->wire;
    return bundle_count(frames, count);
}

void dispatch_frames(struct transport *transport, const struct membership *membership,
                     const struct outcome *outcome)
{
    struct bytes frames[BUNDLE_FRAMES_MAX];
    uint8_t message[BUNDLE_SIZE_MAX];
    for (const struct outcome_frame *each = outcome->first; each;) {
        const char *node = each->way.node;
        const char *endpoint = node ? membership_endpoint(membership, node) : NULL;
        size_t count = gather(each, frames);
        struct bytes wire = frames[0];
        if (count > 1) {
            bundle_write(frames, count, message);
            wire = (struct bytes) {message, bundle_size(frames, count)};
        }
        transport_send(transport, &each->way, endpoint, wire);
        while (count-- > 0)
            each = each->next;
    }
}
