#include "api/api_cursor.h"

#include <stdlib.h>
#include <string.h>

enum { DIGITS_MAX = 18 };

/* A decimal number without sign at the start of *text, moved behind it. */
static bool number_take(const char **text, int64_t *out)
{
    size_t digits = strspn(*text, "0123456789");
    if (digits == 0 || digits > DIGITS_MAX)
        return false;
    *out = strtoll(*text, NULL, 10);
    *text += digits;
    return true;
}

static bool place_take(const char *text, struct store_place *out)
{
    int64_t pair, opener;
    if (!number_take(&text, &pair) || pair > UINT32_MAX || *text++ != '.')
        return false;
    if (!number_take(&text, &opener) || opener > 1 || *text++ != '.')
        return false;
    out->pair = (uint32_t)pair;
    out->opened_by_partner = opener;
    return header_dossier_from_text(bytes_text(text), &out->dossier);
}

static bool refuse(struct api_reply *reply)
{
    return api_call_usage(reply, "`after` is not where a list ended",
                          "give back the `next` of the page before, as it was", "after");
}

bool api_cursor_read(const struct api_call *call, struct api_reply *reply, struct api_cursor *out)
{
    static const char ready[] = "ready.";
    const char *text = api_call_query(call, "after");
    *out = (struct api_cursor) {0};
    if (!text)
        return true;
    if (strncmp(text, ready, sizeof ready - 1) == 0) {
        text += sizeof ready - 1;
        out->in_ready = number_take(&text, &out->ready) && *text == '\0';
    } else {
        out->in_rows = place_take(text, &out->place);
    }
    return out->in_ready || out->in_rows || refuse(reply);
}

enum fault api_cursor_put_ready(const struct api_call *call, struct api_reply *reply,
                                int64_t number)
{
    return api_call_put(reply, "next",
                        json_string(arena_format(call->arena, "ready.%lld", (long long)number)));
}

enum fault api_cursor_put_place(const struct api_call *call, struct api_reply *reply,
                                const struct store_place *place)
{
    const char *name = api_call_dossier_text(call, &place->dossier);
    const char *text =
        name ? arena_format(call->arena, "%u.%d.%s", place->pair, place->opened_by_partner, name)
             : NULL;
    return api_call_put(reply, "next", json_string(text));
}

enum fault api_cursor_put_end(struct api_reply *reply)
{
    return api_call_put(reply, "next", json_null());
}

bool api_cursor_text(struct api_reply *reply, const char *text, int64_t *out)
{
    return (number_take(&text, out) && *text == '\0') || refuse(reply);
}

bool api_cursor_number(const struct api_call *call, struct api_reply *reply, int64_t *out)
{
    const char *text = api_call_query(call, "after");
    *out = 0;
    return !text || api_cursor_text(reply, text, out);
}
