#include "trust/endpoint.h"

#include <assert.h>
#include <string.h>

static bool take(struct bytes *view, const char *front)
{
    size_t length = strlen(front);
    if (view->size < length || memcmp(view->data, front, length) != 0)
        return false;
    *view = (struct bytes) {view->data + length, view->size - length};
    return true;
}

static bool take_decimal(struct bytes *view, uint32_t max, uint32_t *out)
{
    uint32_t value = 0;
    size_t digits = 0;
    while (digits < view->size && view->data[digits] >= '0' && view->data[digits] <= '9') {
        value = value * 10 + (uint32_t)(view->data[digits++] - '0');
        if (value > max)
            return false;
    }
    if (digits == 0 || (digits > 1 && view->data[0] == '0'))
        return false;
    *view = (struct bytes) {view->data + digits, view->size - digits};
    *out = value;
    return true;
}

static bool take_ipv4(struct bytes *view)
{
    uint32_t part;
    for (int i = 0; i < 4; i++)
        if ((i > 0 && !take(view, ".")) || !take_decimal(view, 255, &part))
            return false;
    return true;
}

static bool hexadecimal_next(struct bytes view)
{
    return view.size > 0 && view.data[0] && strchr("0123456789abcdefABCDEF", view.data[0]);
}

static bool take_group(struct bytes *view)
{
    size_t digits = 0;
    for (; hexadecimal_next(*view); digits++)
        *view = (struct bytes) {view->data + 1, view->size - 1};
    return digits >= 1 && digits <= 4;
}

/* As many groups as stand here, with one colon between two; perhaps none. */
static bool take_groups(struct bytes *view, size_t *count)
{
    *count = 0;
    if (!hexadecimal_next(*view))
        return true;
    do {
        if (!take_group(view))
            return false;
        ++*count;
    } while (view->size >= 2 && view->data[1] != ':' && take(view, ":"));
    return true;
}

/* `::` stands once, for one or more groups of zero. */
static bool take_ipv6(struct bytes *view)
{
    size_t before, after;
    if (!take_groups(view, &before))
        return false;
    if (!take(view, "::"))
        return before == 8;
    return take_groups(view, &after) && before + after < 8;
}

static bool tcp_valid(struct bytes view)
{
    uint32_t port;
    bool address = take(&view, "[") ? take_ipv6(&view) && take(&view, "]") : take_ipv4(&view);
    return address && take(&view, ":") && take_decimal(&view, 65535, &port) && port > 0 &&
           view.size == 0;
}

static bool ipc_valid(struct bytes path)
{
    for (size_t i = 0; i < path.size; i++)
        if (path.data[i] <= ' ' || path.data[i] > '~')
            return false;
    return path.size > 0;
}

bool endpoint_valid(struct bytes text)
{
    assert(text.data || text.size == 0);
    if (text.size > ENDPOINT_SIZE_MAX)
        return false;
    if (take(&text, "tcp://"))
        return tcp_valid(text);
    return take(&text, "ipc://") && ipc_valid(text);
}
