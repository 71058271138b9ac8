/* Publishing: the same body to every partner with whom we exchange, one dossier for each partner
 * and subject. Said again it is a new revision; where nothing changed, nothing is said. */
#include "admin/zone.h"
#include "admin/zone_near.h"
#include "api/api_routes.h"
#include "api/api_say.h"
#include "report/notice.h"

#include <string.h>

/* Partners in one request: each costs a submission in the request's transaction. */
enum { AT_ONCE = 200 };

struct publication {
    uint32_t kind;
    const char *own, *field; /* field: the body's name in the request */
    struct bytes body;
    ProtobufCMessage *message;
    const char *subject;
    bool only_looks;
};

/* Our notice of this subject with a partner; *out NULL: there is none that can go on. */
static enum fault notice_of(const struct api_call *call, const struct publication *publication,
                            uint32_t pair, const struct notice **out)
{
    uint64_t states = UINT64_C(1) << notice_state(publication->kind);
    struct notice *all;
    size_t count;
    *out = NULL;
    TRY(notice_list(call->api->store, pair, false, states, call->arena, &all, &count));
    for (size_t i = 0; i < count; i++)
        if (all[i].body && strcmp(all[i].subject, publication->subject) == 0)
            *out = &all[i];
    return FAULT_NONE;
}

static enum fault result_add(json_t *list, const char *partner, const char *what, json_t *answer)
{
    json_t *result = json_pack("{s:s, s:s}", "partner", partner, "result", what);
    int failed = answer ? json_object_update(result, answer) : 0;
    json_decref(answer);
    if (failed) {
        json_decref(result);
        return FAULT_MEMORY;
    }
    return api_call_append(list, result);
}

static enum fault publish_one(const struct api_call *call, const struct publication *publication,
                              const struct store_pair *pair, json_t *list)
{
    const struct notice *before;
    struct api_reply reply = {0};
    struct event_answer answer;
    TRY(notice_of(call, publication, pair->pair, &before));
    if (before && notice_same(before->body, publication->message))
        return result_add(
            list, pair->partner, "unchanged",
            json_pack("{s:s}", "dossier", api_call_dossier_text(call, &before->row.place.dossier)));
    const char *what = before ? "revised" : "published";
    if (publication->only_looks)
        return result_add(list, pair->partner, what, NULL);
    struct event_submission submission = {
        .own = pair->own,
        .partner = pair->partner,
        .kind = publication->kind,
        .opens = !before,
        .body = publication->body,
    };
    if (before)
        submission.dossier = before->row.place.dossier;
    TRY(api_say_submit(call, &reply, &submission, publication->field, &answer));
    if (api_call_refused(&reply))
        return result_add(list, pair->partner, "refused",
                          json_pack("{s:o}", "error", problem_json(&reply.problem, NULL)));
    return result_add(list, pair->partner, what, api_say_answer(call, &reply, &answer));
}

/* Pairs of this institution with partners that have a node, above `after` and at most AT_ONCE; with
 * a partner only that one. */
static bool wanted(const struct api_call *call, const struct publication *publication,
                   const struct store_pair *pair, const char *partner)
{
    return strcmp(pair->own, publication->own) == 0 &&
           !catalogue_is_by_hand(call->api->catalogue, pair->partner) &&
           (!partner || strcmp(pair->partner, partner) == 0);
}

static enum fault publish_all(const struct api_call *call, struct api_reply *reply,
                              const struct publication *publication, const char *partner,
                              json_int_t after)
{
    struct store_pair *pairs;
    json_t *list;
    size_t count, done = 0;
    uint32_t last = 0;
    TRY(api_call_pair_list(call, &pairs, &count));
    TRY(api_call_list(reply, "results", &list));
    for (size_t i = 0; i < count && done < AT_ONCE; i++) {
        if ((json_int_t)pairs[i].pair <= after || !wanted(call, publication, &pairs[i], partner))
            continue;
        TRY(publish_one(call, publication, &pairs[i], list));
        last = pairs[i].pair;
        done++;
    }
    if (partner && done == 0 && after == 0)
        api_call_refuse(reply, VERDICT_UNKNOWN, "partner");
    return api_call_put(reply, "next", done == AT_ONCE ? json_integer(last) : json_null());
}

static void keep_first(void *self, const struct rules_finding *finding)
{
    struct rules_finding *first = self;
    if (first->verdict == VERDICT_FINE)
        *first = *finding;
}

/* The form is judged once, before anything is said to anybody. */
static bool form_check(const struct api_call *call, struct api_reply *reply,
                       struct publication *publication)
{
    const struct kind *kind = kind_find(publication->kind, 1);
    struct rules_finding finding = {.verdict = VERDICT_FINE};
    if (kind_body_read(kind, publication->body, call->arena, &publication->message))
        return api_call_refuse(reply, VERDICT_TOO_LARGE, publication->field);
    if (rules_form(kind, publication->message, keep_first, &finding) == 0)
        return true;
    reply->problem = problem_of_finding(&finding, finding.verdict, publication->field, call->arena);
    return false;
}

/* The rule of the kind knows the form of a name alone; which zones there are is of this machine. */
static bool zone_check(const struct api_call *call, struct api_reply *reply,
                       const struct publication *publication)
{
    const Peregrin__Factsheet *sheet = (const Peregrin__Factsheet *)publication->message;
    struct rules_finding finding = {
        .verdict = VERDICT_INVALID,
        .rule = "factsheet.zone",
        .field = "zone",
        .element = RULES_ELEMENT_NONE,
        .expected = "the name of a time zone like Europe/Brussels",
        .remedy = "Name the zone in which the days begin and end.",
    };
    if (publication->kind != PEREGRIN__KIND__KIND_FACTSHEET || !sheet->zone || !zone_any() ||
        zone_known(sheet->zone))
        return true;
    const char *near = zone_near_here(sheet->zone, call->arena);
    if (!near)
        return api_call_refuse(reply, VERDICT_TOO_LARGE, publication->field);
    if (*near)
        finding.remedy = arena_format(call->arena, "%s Perhaps %s.", finding.remedy, near);
    reply->problem = problem_of_finding(&finding, finding.verdict, publication->field, call->arena);
    reply->problem.got =
        arena_format(call->arena, "%s, which this machine does not know", sheet->zone);
    return false;
}

static enum fault publish(const struct api_call *call, struct api_reply *reply, uint32_t kind,
                          const char *field)
{
    enum { OWN, PARTNER, BODY, DRY, AFTER, COUNT };
    const struct api_call_field fields[] = {
        [OWN] = {"own", API_CALL_TEXT, false},       [PARTNER] = {"partner", API_CALL_TEXT, false},
        [BODY] = {field, API_CALL_OBJECT, true},     [DRY] = {"dry_run", API_CALL_BOOLEAN, false},
        [AFTER] = {"after", API_CALL_NUMBER, false},
    };
    struct publication publication = {.kind = kind, .field = field};
    json_t *values[COUNT];
    if (!api_call_fields(call, reply, call->body, "", fields, COUNT, values) ||
        !api_call_own(call, reply, json_string_value(values[OWN]), &publication.own) ||
        !api_call_whole(call, reply, publication.own) ||
        !api_say_body(call, reply, values[BODY], kind, field, &publication.body) ||
        !form_check(call, reply, &publication) || !zone_check(call, reply, &publication))
        return FAULT_NONE;
    publication.subject = notice_subject(publication.message, call->arena);
    publication.only_looks = json_is_true(values[DRY]);
    if (!publication.subject)
        return FAULT_MEMORY;
    TRY(api_call_put(reply, "subject", json_string(publication.subject)));
    return publish_all(call, reply, &publication, json_string_value(values[PARTNER]),
                       json_integer_value(values[AFTER]));
}

static enum fault publish_factsheet(const struct api_call *call, struct api_reply *reply)
{
    return publish(call, reply, PEREGRIN__KIND__KIND_FACTSHEET, "factsheet");
}

static enum fault publish_grading_table(const struct api_call *call, struct api_reply *reply)
{
    return publish(call, reply, PEREGRIN__KIND__KIND_GRADING_TABLE, "grading_table");
}

static enum fault publish_course_list(const struct api_call *call, struct api_reply *reply)
{
    return publish(call, reply, PEREGRIN__KIND__KIND_COURSE_LIST, "course_list");
}

const struct api_route api_publish_routes[] = {
    {
        .row = {"POST", "/api/v1/factsheets", "publish the factsheet to all partners, or to one"},
        .needs = ROLE_NEED_SIGN,
        .serve = publish_factsheet,
        .writes = true,
    },
    {
        .row = {"POST", "/api/v1/grading-tables",
                "publish a grading table to all partners, or to one"},
        .needs = ROLE_NEED_SIGN,
        .serve = publish_grading_table,
        .writes = true,
    },
    {
        .row = {"POST", "/api/v1/course-lists",
                "publish the courses of a year to all partners, or to one"},
        .needs = ROLE_NEED_SIGN,
        .serve = publish_course_list,
        .writes = true,
    },
    {},
};
