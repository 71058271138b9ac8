#include "api/api_author.h"

#include "mobility.pb-c.h"
#include "record/codec.h"
#include "record/kind.h"
#include "record/walk.h"

#include <string.h>

/* ---- the department ----------------------------------------------------------------------------
 */

static const char *codes_of(const struct api_call *call, const Peregrin__Units *units)
{
    enum { SHOWN_MAX = 20 };
    const char *text = "";
    for (size_t i = 0; text && i < units->n_units && i < SHOWN_MAX; i++)
        text = arena_format(call->arena, "%s%s%s", text, i ? ", " : "", units->units[i]->code);
    return text;
}

static bool refuse_unknown(const struct api_call *call, struct api_reply *reply, const char *own,
                           const Peregrin__Units *units, const char *field)
{
    api_call_explain(reply, VERDICT_UNKNOWN, "this is no unit of the institution",
                     arena_format(call->arena, "see `peregrin unit list`; %s has %zu units", own,
                                  units->n_units),
                     field);
    reply->problem.rule = "unit.known";
    reply->problem.expected = units->n_units ? codes_of(call, units) : "nothing: it has no units";
    return false;
}

static bool refuse_ended(const struct api_call *call, struct api_reply *reply,
                         const Peregrin__Unit *unit, const char *today, const char *field)
{
    api_call_explain(reply, VERDICT_EXPIRED, "this unit takes nothing new on this day",
                     "name another unit: see `peregrin unit list`", field);
    reply->problem.rule = "unit.open";
    reply->problem.expected = arena_format(call->arena, "a unit of %s; this one: %s to %s", today,
                                           unit->from ? unit->from : "ever",
                                           unit->until ? unit->until : "further notice");
    return false;
}

static bool refuse_other(const struct api_call *call, struct api_reply *reply, const char *own,
                         const char *field)
{
    const struct api_who *who = &call->who;
    const char *text = "";
    for (size_t i = 0; text && i < who->unit_count; i++)
        text = arena_format(call->arena, "%s%s%s", text, i ? ", " : "", who->units[i]);
    api_call_explain(reply, VERDICT_NOT_PERMITTED, "your user does not act for this unit",
                     "name one of yours, or ask an administrator: `peregrin user unit`", field);
    reply->problem.rule = "unit.yours";
    reply->problem.expected = text;
    (void)own;
    return false;
}

enum fault api_author_unit(const struct api_call *call, struct api_reply *reply, const char *own,
                           const char *unit, const char *before, const char *field)
{
    char today[UNIT_DATE_SIZE];
    Peregrin__Units *units;
    if (!api_call_sees_unit(call, own, unit)) {
        refuse_other(call, reply, own, field);
        return FAULT_NONE;
    }
    if (!unit || (before && strcmp(unit, before) == 0))
        return FAULT_NONE;
    TRY(unit_list(call->api->store, own, call->arena, &units));
    const Peregrin__Unit *found = unit_find(units, unit);
    unit_today(call->request->now, today);
    if (!found)
        refuse_unknown(call, reply, own, units, field);
    else if (!unit_is_open(found, today))
        refuse_ended(call, reply, found, today, field);
    return FAULT_NONE;
}

/* ---- the dossier -------------------------------------------------------------------------------
 */

/* The row of what the submission is about; *found false: it opens a dossier, or waits to. */
static enum fault row_of(const struct api_call *call, const struct event_submission *submission,
                         bool *found, struct store_dossier *row)
{
    struct store *store = call->api->store;
    struct store_pair *pairs;
    size_t count;
    *found = false;
    if (submission->opens)
        return FAULT_NONE;
    TRY(store->pair_list(store, call->arena, &pairs, &count));
    for (size_t i = 0; i < count; i++) {
        const struct store_place place = {pairs[i].pair, submission->opened_by_partner,
                                          submission->dossier};
        if (strcmp(pairs[i].own, submission->own) == 0 &&
            strcmp(pairs[i].partner, submission->partner) == 0)
            return store->dossier_get(store, &place, found, row);
    }
    return FAULT_NONE;
}

/* Only what is of a mobility is a department's to say, and a dossier that is there tells what it
 * is: what is taken back may be of any. One that the caller does not see is not there. */
static enum fault may_say(const struct api_call *call, struct api_reply *reply,
                          const struct event_submission *submission, const struct kind *kind,
                          const char **before)
{
    struct store_dossier row;
    bool found, sees = true;
    *before = NULL;
    TRY(row_of(call, submission, &found, &row));
    enum kind_family family = found ? dossier_family((enum dossier_state)row.state) : KIND_FAMILIES;
    family = family == KIND_FAMILIES ? kind->family : family;
    if ((family != KIND_MOBILITY && !api_call_whole(call, reply, submission->own)) || !found)
        return FAULT_NONE;
    TRY(api_call_sees_row(call, submission->own, &row, &sees));
    if (!sees)
        api_call_refuse(reply, VERDICT_NOT_FOUND, "dossier");
    return family == KIND_MOBILITY ? unit_of_dossier(call->api->store, &row, call->arena, before)
                                   : FAULT_NONE;
}

/* ---- the body ----------------------------------------------------------------------------------
 */

static void clear(ProtobufCMessage *body, const ProtobufCFieldDescriptor *field)
{
    memset((uint8_t *)body + field->offset, 0, sizeof(void *));
}

/* What the body said of it goes: it may be the officer of the revision before. */
static enum verdict officer_set(const struct api_call *call, ProtobufCMessage *body)
{
    const ProtobufCFieldDescriptor *field =
        protobuf_c_message_descriptor_get_field_by_name(body->descriptor, "officer");
    ProtobufCMessage *officer;
    if (!field)
        return VERDICT_FINE;
    clear(body, field);
    if (!call->who.officer_name)
        return VERDICT_FINE;
    enum verdict verdict = walk_add_message(body, field, call->arena, &officer);
    if (verdict)
        return verdict;
    ((Peregrin__Officer *)officer)->name = (char *)(uintptr_t)call->who.officer_name;
    ((Peregrin__Officer *)officer)->role = (char *)(uintptr_t)call->who.officer_role;
    return VERDICT_FINE;
}

/* The body's, or the caller's only one, which is then set. */
static enum verdict unit_set(const struct api_call *call, const char *own, ProtobufCMessage *body,
                             const char **unit)
{
    const ProtobufCFieldDescriptor *field =
        protobuf_c_message_descriptor_get_field_by_name(body->descriptor, "unit");
    *unit = NULL;
    if (!field)
        return VERDICT_FINE;
    if (walk_count(body, field) > 0) {
        *unit = (const char *)walk_get(body, field, 0).bytes.data;
        return VERDICT_FINE;
    }
    *unit = scope_only(call->who.units, call->who.unit_count, own);
    return *unit ? walk_set_bytes(body, field, bytes_text(*unit), call->arena) : VERDICT_FINE;
}

enum fault api_author_fill(const struct api_call *call, struct api_reply *reply,
                           struct event_submission *submission, const char *path)
{
    const struct kind *kind = kind_find(submission->kind, 1);
    ProtobufCMessage *body;
    const char *unit, *before;
    if (!kind)
        return FAULT_NONE;
    TRY(may_say(call, reply, submission, kind, &before));
    if (api_call_refused(reply))
        return FAULT_NONE;
    enum verdict verdict = kind_body_read(kind, submission->body, call->arena, &body);
    if (!verdict)
        verdict = officer_set(call, body);
    if (!verdict)
        verdict = unit_set(call, submission->own, body, &unit);
    if (verdict) {
        api_call_refuse(reply, verdict, *path ? path : NULL);
        return FAULT_NONE;
    }
    /* What is not a nomination says a department of its author, which may be none. */
    bool nominates = body->descriptor == &peregrin__nomination__descriptor;
    if (nominates || unit)
        TRY(api_author_unit(call, reply, submission->own, unit, before,
                            *path ? arena_format(call->arena, "%s.unit", path) : "unit"));
    submission->body = codec_pack(body, call->arena);
    return submission->body.data ? FAULT_NONE : FAULT_MEMORY;
}
