#include "api/api_mark.h"

static json_t *mark_json(const struct api_call *call, const Peregrin__HandMark *mark)
{
    enum dossier_state state = (enum dossier_state)mark->state;
    const char *sentence =
        state == DOSSIER_REOPENED
            ? arena_format(call->arena,
                           "the nomination was changed after the mark of %s on %s: the partner is "
                           "to be asked again; it has signed nothing",
                           mark->by, mark->date)
            : arena_format(call->arena, "%s by hand, by %s on %s; the partner has signed nothing",
                           dossier_state_code(state), mark->by, mark->date);
    return json_pack("{s:s, s:s, s:s, s:o, s:o, s:s}", "state", dossier_state_code(state), "date",
                     mark->date, "by", mark->by, "at", api_call_seconds(mark->at), "comment",
                     api_call_text(mark->comment), "sentence", sentence ? sentence : "");
}

enum fault api_mark_json(const struct api_call *call, const struct store_dossier *row, json_t **out)
{
    const Peregrin__HandMark *mark;
    TRY(hand_mark_of(call->api->store, row, call->arena, &mark));
    *out = mark ? mark_json(call, mark) : json_null();
    return *out ? FAULT_NONE : FAULT_MEMORY;
}

enum fault api_mark_list(const struct api_call *call, struct api_reply *reply,
                         const struct store_place *place)
{
    Peregrin__HandMarks *marks;
    json_t *list;
    TRY(api_call_list(reply, "marks", &list));
    TRY(hand_marks(call->api->store, place, call->arena, &marks));
    for (size_t i = 0; marks && i < marks->n_marks; i++)
        TRY(api_call_append(list, mark_json(call, marks->marks[i])));
    return FAULT_NONE;
}

const char *api_mark_delivery(const struct api_call *call, const char *partner,
                              enum delivery_state state)
{
    bool waits = state == DELIVERY_QUEUED || state == DELIVERY_READY;
    return delivery_code(
        waits && catalogue_is_by_hand(call->api->catalogue, partner) ? DELIVERY_BY_HAND : state);
}
