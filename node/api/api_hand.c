#include "admin/import_partner.h"
#include "admin/unit.h"
#include "api/api_dossier.h"
#include "api/api_mark.h"
#include "api/api_money.h"
#include "api/api_routes.h"
#include "record/scan.h"
#include "rules/form.h"

#include <string.h>

enum { CREATED = 201, NAME_MAX_CHARACTERS = 128 };

/* ---- partners ----------------------------------------------------------------------------------
 */

static json_t *partner_json(const struct api_call *call, const Peregrin__HandPartner *partner)
{
    bool joined = catalogue_institution(call->api->catalogue, partner->schac);
    return json_pack(
        "{s:s, s:s, s:s, s:o, s:o, s:b, s:s, s:o, s:o}", "partner", partner->schac, "name",
        partner->name, "country", partner->country, "email", api_call_text(partner->email),
        "erasmus_code", api_call_text(partner->erasmus_code), "joined", joined, "sentence",
        joined ? "runs a node now: records go by themselves, and its own answers count"
               : "runs no node: lists go to it by e-mail, its answers are kept by hand",
        "added_at", api_call_seconds(partner->at), "by", api_call_text(partner->by));
}

static enum fault list_partners(const struct api_call *call, struct api_reply *reply)
{
    Peregrin__HandPartner **partners;
    size_t count;
    json_t *list;
    TRY(api_call_list(reply, "partners", &list));
    TRY(hand_partner_list(call->api->store, call->arena, &partners, &count));
    for (size_t i = 0; i < count; i++)
        TRY(api_call_append(list, partner_json(call, partners[i])));
    return FAULT_NONE;
}

enum { PARTNER, NAME, COUNTRY, EMAIL, ERASMUS_CODE, DRY, FIELDS };

static bool schac_fits(const struct api_call *call, struct api_reply *reply, const char *schac)
{
    size_t used = strspn(schac, "abcdefghijklmnopqrstuvwxyz0123456789-.");
    if (schac[used] || !strchr(schac, '.') ||
        !header_name_valid(bytes_text(schac), HEADER_NAME_MAX))
        return api_call_usage(reply, "this is no name of an institution",
                              "give its SCHAC domain in small letters, as uni.example", "partner");
    if (catalogue_institution(call->api->catalogue, schac))
        return api_call_explain(reply, VERDICT_DUPLICATE, "the catalogue has this institution",
                                "nothing is to be kept by hand: what you say to it goes by itself",
                                "partner");
    return true;
}

static bool partner_read(const struct api_call *call, struct api_reply *reply,
                         Peregrin__HandPartner *out, bool *dry)
{
    static const struct api_call_field fields[FIELDS] = {
        [PARTNER] = {"partner", API_CALL_TEXT, true},
        [NAME] = {"name", API_CALL_TEXT, true},
        [COUNTRY] = {"country", API_CALL_TEXT, true},
        [EMAIL] = {"email", API_CALL_TEXT, false},
        [ERASMUS_CODE] = {"erasmus_code", API_CALL_TEXT, false},
        [DRY] = {"dry_run", API_CALL_BOOLEAN, false},
    };
    json_t *values[FIELDS];
    char *texts[FIELDS];
    if (!api_call_fields(call, reply, call->body, "", fields, FIELDS, values))
        return false;
    *dry = json_is_true(values[DRY]);
    for (size_t i = 0; i < FIELDS; i++)
        texts[i] = (char *)(uintptr_t)json_string_value(values[i]);
    out->schac = texts[PARTNER];
    out->name = texts[NAME];
    out->country = texts[COUNTRY];
    out->email = texts[EMAIL];
    out->erasmus_code = texts[ERASMUS_CODE];
    if (!schac_fits(call, reply, out->schac))
        return false;
    if (!form_line(bytes_text(out->name), 1, NAME_MAX_CHARACTERS))
        return api_call_usage(reply, "this is no name", "give one line of 1 to 128 characters",
                              "name");
    if (!form_country(bytes_text(out->country)))
        return api_call_usage(reply, "this is no country", "give a code of ISO 3166, as BE",
                              "country");
    if (out->email && !form_email(bytes_text(out->email)))
        return api_call_usage(reply, "this is no e-mail address", "correct it or leave it out",
                              "email");
    return !out->erasmus_code || form_erasmus(bytes_text(out->erasmus_code)) ||
           api_call_usage(reply, "this is no Erasmus code",
                          "write it as `F  NANTES12`, with its blanks, or leave it out",
                          "erasmus_code");
}

/* Who else goes by this code: of two that do, no row of a list could say which it means. */
static enum fault code_holder(const struct api_call *call, const Peregrin__HandPartner *partner,
                              Peregrin__HandPartner *const all[], size_t count, const char **out)
{
    struct catalogue signed_only = *call->api->catalogue;
    struct bytes code = bytes_text(partner->erasmus_code);
    bool several = false;
    signed_only.by_hand_count = 0;
    struct import_partner_index *index = import_partner_open(&signed_only, call->arena);
    if (!index)
        return FAULT_MEMORY;
    const struct catalogue_institution *found =
        import_partner_find(index, code, &several, call->arena);
    *out = found ? found->schac : several ? "several institutions" : NULL;
    for (size_t i = 0; !*out && i < count; i++)
        if (all[i]->erasmus_code && strcmp(all[i]->schac, partner->schac) != 0 &&
            strcmp(all[i]->erasmus_code, partner->erasmus_code) == 0)
            *out = all[i]->schac;
    return FAULT_NONE;
}

static enum fault code_fits(const struct api_call *call, struct api_reply *reply,
                            const Peregrin__HandPartner *partner,
                            Peregrin__HandPartner *const all[], size_t count)
{
    const char *holder = NULL;
    if (partner->erasmus_code)
        TRY(code_holder(call, partner, all, count, &holder));
    if (holder)
        api_call_explain(reply, VERDICT_DUPLICATE,
                         arena_format(call->arena, "%s has this Erasmus code", holder),
                         "correct the code or leave it out; `peregrin partner list` says who is "
                         "known",
                         "erasmus_code");
    return FAULT_NONE;
}

static enum fault add_partner(const struct api_call *call, struct api_reply *reply)
{
    Peregrin__HandPartner partner = PEREGRIN__HAND_PARTNER__INIT, *before;
    Peregrin__HandPartner **all;
    size_t count;
    bool dry;
    if (!partner_read(call, reply, &partner, &dry))
        return FAULT_NONE;
    TRY(hand_partner_get(call->api->store, partner.schac, call->arena, &before));
    TRY(hand_partner_list(call->api->store, call->arena, &all, &count));
    if (!before && count >= HAND_PARTNERS_MAX) {
        api_call_explain(reply, VERDICT_TOO_LARGE, "there are 500 partners by hand",
                         "remove one that is not needed any more", "partner");
        return FAULT_NONE;
    }
    TRY(code_fits(call, reply, &partner, all, count));
    if (api_call_refused(reply))
        return FAULT_NONE;
    partner.has_at = true;
    partner.at = instant_seconds(call->request->now);
    partner.by = (char *)(uintptr_t)call->who.name;
    if (!dry) {
        TRY(hand_partner_put(call->api->store, &partner, call->arena));
        call->api->port.reload(call->api->port.self);
    }
    reply->status = CREATED;
    return api_call_put(reply, "partner", partner_json(call, &partner));
}

/* Whether anything was ever said to it. */
static enum fault has_dossiers(const struct api_call *call, const char *schac, bool *out)
{
    struct store *store = call->api->store;
    struct store_pair *pairs;
    size_t count;
    *out = false;
    TRY(store->pair_list(store, call->arena, &pairs, &count));
    for (size_t i = 0; i < count && !*out; i++) {
        struct store_dossier_query query = {
            .pair = pairs[i].pair, .opened_by_partner = -1, .max = 1};
        struct store_dossier *rows;
        size_t found = 0;
        if (strcmp(pairs[i].partner, schac) == 0)
            TRY(store->dossier_list(store, &query, call->arena, &rows, &found));
        *out = found > 0;
    }
    return FAULT_NONE;
}

static enum fault remove_partner(const struct api_call *call, struct api_reply *reply)
{
    const char *schac = call->parameters[0];
    Peregrin__HandPartner *partner = NULL;
    bool said;
    if (header_name_valid(bytes_text(schac), HEADER_NAME_MAX))
        TRY(hand_partner_get(call->api->store, schac, call->arena, &partner));
    if (!partner) {
        api_call_refuse(reply, VERDICT_UNKNOWN, "partner");
        return FAULT_NONE;
    }
    TRY(has_dossiers(call, schac, &said));
    if (said && catalogue_is_by_hand(call->api->catalogue, schac)) {
        api_call_explain(reply, VERDICT_OUT_OF_TURN, "there are nominations for this partner",
                         "keep it: they could not be shown or sent without it", "partner");
        return FAULT_NONE;
    }
    TRY(hand_partner_remove(call->api->store, schac, call->arena));
    call->api->port.reload(call->api->port.self);
    return api_call_put(reply, "removed", json_string(schac));
}

/* ---- marks -------------------------------------------------------------------------------------
 */

enum { STATE, DATE, COMMENT, MARK_FIELDS };

static bool state_read(struct api_reply *reply, const char *word, enum dossier_state *out)
{
    int found = dossier_state_find(word);
    *out = found < 0 ? DOSSIER_EMPTY : (enum dossier_state)found;
    return hand_state_may(*out) ||
           api_call_usage(reply, "this is no state that can be kept by hand",
                          "give accepted, refused, waitlisted, arrived, departed, transcript, or "
                          "pending to take a mark back",
                          "state");
}

/* Clocks of people stand in zones ahead of ours: tomorrow is not yet the future. */
static bool date_read(const struct api_call *call, struct api_reply *reply, const char **date)
{
    enum { DAY_SECONDS = 86400 };
    char *today = arena_take(call->arena, UNIT_DATE_SIZE), latest[UNIT_DATE_SIZE];
    if (!today)
        return api_call_refuse(reply, VERDICT_TOO_LARGE, "date");
    unit_today(call->request->now, today);
    unit_today(instant_after(call->request->now, DAY_SECONDS * (int64_t)INSTANT_SECOND), latest);
    if (!api_money_date(reply, *date, "date"))
        return false;
    if (*date && strcmp(*date, latest) > 0)
        return api_call_usage(reply, "this day has not come yet", "give the day on which it was so",
                              "date");
    *date = *date ? *date : today;
    return true;
}

static bool mark_read(const struct api_call *call, struct api_reply *reply,
                      Peregrin__HandMark *mark)
{
    static const struct api_call_field fields[MARK_FIELDS] = {
        [STATE] = {"state", API_CALL_TEXT, true},
        [DATE] = {"date", API_CALL_TEXT, false},
        [COMMENT] = {"comment", API_CALL_TEXT, false},
    };
    json_t *values[MARK_FIELDS];
    enum dossier_state state;
    if (!api_call_fields(call, reply, call->body, "", fields, MARK_FIELDS, values))
        return false;
    const char *date = json_string_value(values[DATE]);
    const char *comment = json_string_value(values[COMMENT]);
    if (!state_read(reply, json_string_value(values[STATE]), &state) ||
        !date_read(call, reply, &date))
        return false;
    if (comment && (strlen(comment) > HAND_COMMENT_MAX || !scan_text(bytes_text(comment))))
        return api_call_usage(reply, "this comment is too long, or no text",
                              "give at most 500 bytes", "comment");
    mark->has_state = mark->has_at = true;
    mark->state = state;
    mark->date = (char *)(uintptr_t)date;
    mark->comment = (char *)(uintptr_t)comment;
    mark->by = (char *)(uintptr_t)call->who.name;
    mark->at = instant_seconds(call->request->now);
    return true;
}

/* Whose word counts: where the partner can speak, or has spoken, nobody speaks for it. */
static bool may_be_marked(const struct api_call *call, struct api_reply *reply,
                          const struct api_dossier *found)
{
    if (found->place.opened_by_partner)
        return api_call_explain(
            reply, VERDICT_NOT_PERMITTED, "the answer to this nomination is your own",
            "sign it: `peregrin nomination accept`, `refuse` or `waitlist`", "dossier");
    if (!catalogue_is_by_hand(call->api->catalogue, found->partner))
        return api_call_explain(reply, VERDICT_NOT_PERMITTED,
                                "the partner runs a node and answers itself",
                                "wait for its signed answer, or ask it to give one", "dossier");
    if (!found->kept || found->row.state != DOSSIER_PENDING || found->row.lengths[1])
        return api_call_explain(reply, VERDICT_OUT_OF_TURN,
                                "the nomination does not wait for the partner",
                                "`peregrin nomination show` says how far it has come", "dossier");
    return true;
}

static enum fault mark_nomination(const struct api_call *call, struct api_reply *reply)
{
    Peregrin__HandMark mark = PEREGRIN__HAND_MARK__INIT;
    Peregrin__HandMarks *marks;
    const Peregrin__HandMark *counted;
    struct api_dossier found;
    json_t *json;
    TRY(api_dossier_find(call, reply, &found));
    if (api_call_refused(reply) || !may_be_marked(call, reply, &found) ||
        !mark_read(call, reply, &mark))
        return FAULT_NONE;
    TRY(hand_mark_of(call->api->store, &found.row, call->arena, &counted));
    TRY(hand_marks(call->api->store, &found.place, call->arena, &marks));
    enum dossier_state now = hand_state_of(&found.row, counted);
    const char *arrived = hand_marked_on(marks, DOSSIER_ARRIVED);
    if (!hand_state_follows(now, (enum dossier_state)mark.state))
        api_call_explain(reply, VERDICT_OUT_OF_TURN,
                         arena_format(call->arena, "the nomination is %s: that does not follow",
                                      dossier_state_code(now)),
                         "say what came before: accepted, arrived, departed, transcript", "state");
    else if (mark.state == DOSSIER_DEPARTED && arrived && strcmp(mark.date, arrived) < 0)
        api_call_usage(reply, "this is before the arrival",
                       "correct the day, or mark the arrival again", "date");
    if (api_call_refused(reply))
        return FAULT_NONE;
    mark.has_revision = true;
    mark.revision = (uint64_t)found.row.revision;
    TRY(hand_mark_add(call->api->store, &found.row, &mark, call->arena));
    TRY(api_mark_json(call, &found.row, &json));
    TRY(api_call_put(reply, "by_hand", json));
    return api_call_put(reply, "dossier",
                        json_string(api_call_dossier_text(call, &found.place.dossier)));
}

const struct api_route api_hand_routes[] = {
    {
        .row = {"GET", "/api/v1/hand-partners", "partners that run no node"},
        .needs = ROLE_NEED_NAME,
        .serve = list_partners,
    },
    {
        .row = {"POST", "/api/v1/hand-partners", "name a partner that runs no node, or change it"},
        .needs = ROLE_NEED_PREPARE,
        .serve = add_partner,
        .writes = true,
        .replays = true,
        .whole = true,
    },
    {
        .row = {"DELETE", "/api/v1/hand-partners/{schac}",
                "forget a partner to which nothing was said"},
        .needs = ROLE_NEED_PREPARE,
        .serve = remove_partner,
        .writes = true,
        .replays = true,
        .whole = true,
    },
    {
        .row = {"POST", "/api/v1/nominations/{dossier}/mark",
                "keep by hand what a partner without a node answered"},
        .needs = ROLE_NEED_REPORT,
        .serve = mark_nomination,
        .query = "opener",
        .writes = true,
        .replays = true,
    },
    {},
};
