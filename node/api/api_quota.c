#include "api/api_quota.h"

#include "api/api_agreement.h"
#include "engine/places.h"
#include "engine/replaced.h"

#include <stdlib.h>
#include <string.h>

enum { YEARS_MAX = 11 };

bool api_quota_over(const struct api_call *call, struct api_reply *reply, bool *over)
{
    json_t *why = json_object_get(call->body, "over_quota");
    *over = why;
    if (!why)
        return true;
    if (!json_is_string(why) || !json_string_length(why))
        return api_call_usage(reply, "why is it accepted over the quota?", "give the reason",
                              "over_quota");
    if (!call->api->over_quota)
        return api_call_explain(reply, VERDICT_NOT_PERMITTED,
                                "nobody is accepted over the quota here",
                                "ask for new terms with more places; the administrator can set "
                                "`over_quota = yes` in the node's configuration",
                                "over_quota");
    const char *comment = json_string_value(json_object_get(call->body, "comment"));
    const char *said = arena_format(call->arena, "Over quota: %s%s%s", json_string_value(why),
                                    comment ? "\n" : "", comment ? comment : "");
    json_object_del(call->body, "over_quota");
    return said && json_object_set_new(call->body, "comment", json_string(said)) == 0
               ? true
               : api_call_refuse(reply, VERDICT_TOO_LARGE, "over_quota");
}

/* ---- places -----------------------------------------------------------------------------------
 */

/* `en B2, de`: any one of them is wanted; NULL: none is. */
static const char *languages_of(const struct api_call *call, const Peregrin__Condition *condition)
{
    const char *text = NULL;
    for (size_t i = 0; i < condition->n_languages; i++) {
        const Peregrin__LanguageSkill *one = condition->languages[i];
        text = arena_format(call->arena, "%s%s%s%s%s", text ? text : "", text ? ", " : "",
                            one->language ? one->language : "", one->level ? " " : "",
                            one->level ? one->level : "");
        if (!text)
            return NULL;
    }
    return text;
}

/* After the last year of an agreement that was terminated nobody is sent, nor under one that was
 * replaced. */
static uint32_t places_in(const struct api_agreement *agreement,
                          const Peregrin__Condition *condition, const char *year)
{
    if (agreement->replaced)
        return 0;
    const char *last = dossier_view_last_year(&agreement->view);
    return last && strcmp(year, last) > 0 ? 0 : condition->places;
}

static enum fault put_places(const struct api_call *call, const struct api_agreement *agreement,
                             const Peregrin__Condition *condition, const char *year, json_t *list)
{
    struct store *store = call->api->store;
    const struct places_key key = {agreement->found.place.dossier, condition->id, year};
    bool comes = strcmp(condition->sending, agreement->found.partner) == 0;
    const struct store_place in = {.pair = agreement->found.place.pair, .opened_by_partner = comes};
    uint32_t places = places_in(agreement, condition, year);
    size_t granted, asked;
    TRY(places_count(store, PLACES_GRANTED, &in, &key, NULL, SIZE_MAX, call->arena, &granted));
    TRY(places_count(store, PLACES_ASKED, &in, &key, NULL, SIZE_MAX, call->arena, &asked));
    json_int_t left = (json_int_t)places - (json_int_t)granted;
    return api_call_append(
        list,
        json_pack("{s:s, s:s, s:s, s:s, s:I, s:I, s:I, s:I, s:b, s:o}", "condition", condition->id,
                  "year", year, "sending", condition->sending, "direction",
                  comes ? "incoming" : "outgoing", "places", (json_int_t)places, "granted",
                  (json_int_t)granted, "asked", (json_int_t)asked, "left", left > 0 ? left : 0,
                  "binding", comes, "languages", api_call_text(languages_of(call, condition))));
}
/* The host's own count binds; the home's is what it has heard of. */
enum fault api_quota_show(const struct api_call *call, struct api_reply *reply)
{
    struct api_agreement agreement;
    const Peregrin__Terms *terms;
    const char *wanted = api_call_query(call, "year");
    json_t *list;
    TRY(api_agreement_find(call, reply, &agreement));
    if (api_call_refused(reply))
        return FAULT_NONE;
    TRY(api_agreement_terms(call, &agreement.view, &agreement.view.dossier.in_force, &terms));
    TRY(replaced_find(call->api->store, agreement.found.place.pair, &agreement.found.place.dossier,
                      call->arena, &agreement.replaced, NULL));
    TRY(api_call_list(reply, "places", &list));
    for (size_t i = 0; terms && i < terms->n_conditions; i++) {
        const Peregrin__Condition *one = terms->conditions[i];
        if (!one->id || !one->sending || !one->first_year || !one->last_year)
            continue;
        int first = atoi(one->first_year);
        for (int year = first; year < first + YEARS_MAX && year <= atoi(one->last_year); year++) {
            const char *text = arena_format(call->arena, "%d/%d", year, year + 1);
            if (!text)
                return FAULT_MEMORY;
            if (!wanted || strcmp(wanted, text) == 0)
                TRY(put_places(call, &agreement, one, text, list));
        }
    }
    return FAULT_NONE;
}
