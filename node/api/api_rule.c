#include "api/api_rule.h"

#include "admin/eligible_longer.h"
#include "admin/findings.h"
#include "api/api_routes.h"
#include "eligibility/eligibility_credits.h"
#include "record/kind.h"
#include "report/text.h"

#include <string.h>

enum { EXIT_REFUSED = 7, STATUS_REFUSED = 422, DAY_SECONDS = 24 * 60 * 60, EDITION_SHOWN = 8 };

static int64_t today(const struct api_call *call)
{
    return (int64_t)(instant_seconds(call->request->now) / DAY_SECONDS);
}

/* ---- before something is said ------------------------------------------------------------------
 */

/* `components[3].hours` of a transcript is `credit_record.components[3].hours` of the request. */
static const char *field_of(const struct api_call *call, const struct eligibility_finding *finding,
                            const char *path)
{
    const char *field = finding->rule->field, *dot = *path ? "." : "";
    return field ? arena_format(call->arena, "%s%s%s", path, dot, field) : NULL;
}

static void refuse(struct api_reply *reply, const struct eligibility_finding *finding,
                   const char *field)
{
    const struct eligibility_rule *rule = finding->rule;
    reply->problem = (struct problem) {
        .code = "refused_by_rule",
        .exit_status = EXIT_REFUSED,
        .status = STATUS_REFUSED,
        .message = rule->sentence,
        .hint = rule->remedy,
        .field = field,
        .rule = rule->id,
        .expected = finding->expected,
        .got = finding->got,
    };
}

static bool is_nomination(uint32_t kind)
{
    return kind == PEREGRIN__KIND__KIND_NOMINATION || kind == PEREGRIN__KIND__KIND_AMENDMENT;
}

static enum fault nomination_check(const struct api_call *call,
                                   const struct event_submission *submission,
                                   const ProtobufCMessage *body, bool says,
                                   struct eligible_findings *found)
{
    const struct eligible *eligible = call->api->eligible;
    const struct eligible_case subject = {.store = call->api->store,
                                          .catalogue = call->api->catalogue,
                                          .home = submission->own,
                                          .host = submission->partner,
                                          .own = submission->own,
                                          .nomination = (const Peregrin__Nomination *)body,
                                          .dossier =
                                              submission->opens ? NULL : &submission->dossier,
                                          .memo = &call->rules->memo,
                                          .now = call->request->now};
    if (!call->rules->fresh)
        TRY(eligible_refresh(eligible, call->api->store, call->arena));
    call->rules->fresh = true;
    call->rules->memo.said = says;
    return eligible_check(eligible, &subject, call->arena, found);
}

/* What is said in a dossier that is there. */
static enum fault said_check(const struct api_call *call, const struct event_submission *submission,
                             const ProtobufCMessage *body, struct eligible_findings *found,
                             bool *asked)
{
    const struct eligible_said said = {.store = call->api->store,
                                       .own = submission->own,
                                       .partner = submission->partner,
                                       .opened_by_partner = submission->opened_by_partner,
                                       .dossier = submission->dossier,
                                       .kind = submission->kind,
                                       .body = body,
                                       .said_on = today(call)};
    *asked = eligible_credits_asked(submission->kind);
    return *asked ? eligible_credits(call->api->eligible->settings, &said, call->arena, found)
                  : eligible_longer(call->api->eligible, &said, call->api->catalogue,
                                    call->request->now, call->arena, found, asked);
}

/* What cannot be read is left to the engine, which says why. */
static enum fault ask(const struct api_call *call, struct api_reply *reply,
                      const struct event_submission *submission, const char *path, bool says)
{
    struct eligible_findings *found;
    ProtobufCMessage *body;
    bool nomination = is_nomination(submission->kind), asked = nomination;
    if (!call->api->eligible || (!nomination && !eligible_credits_asked(submission->kind) &&
                                 !eligible_longer_asked(submission->kind)))
        return FAULT_NONE;
    found = arena_take(call->arena, sizeof *found);
    if (!found)
        return FAULT_MEMORY;
    const struct kind *kind = kind_find(submission->kind, 1);
    if (kind_body_read(kind, submission->body, call->arena, &body) != VERDICT_FINE)
        return FAULT_NONE;
    if (nomination)
        TRY(nomination_check(call, submission, body, says, found));
    else
        TRY(said_check(call, submission, body, found, &asked));
    if (!asked)
        return FAULT_NONE;
    reply->warned = found;
    reply->warned_path = path;
    const struct eligibility_finding *refusal = eligible_refusal(found);
    if (refusal)
        refuse(reply, refusal, field_of(call, refusal, path));
    return FAULT_NONE;
}

enum fault api_rule_before(const struct api_call *call, struct api_reply *reply,
                           const struct event_submission *submission, const char *path)
{
    return ask(call, reply, submission, path, true);
}

enum fault api_rule_planned(const struct api_call *call, struct api_reply *reply,
                            const struct event_submission *submission, const char *path)
{
    return ask(call, reply, submission, path, false);
}

/* What waits for the write guard, or was said before under the same key, is no record of now. */
enum fault api_rule_after(const struct api_call *call, const struct api_reply *reply,
                          const struct event_submission *submission,
                          const struct event_answer *answer)
{
    if (!reply->warned || !reply->warned->nomination || !submission->opens || answer->verdict ||
        answer->ready || answer->repeated)
        return FAULT_NONE;
    return eligible_opened(call->api->eligible, &answer->place, answer->serial, reply->warned);
}

enum fault api_rule_warned(const struct api_call *call, const struct api_reply *reply, json_t **out)
{
    const struct eligible_findings *found = reply->warned;
    *out = json_array();
    if (!*out)
        return FAULT_MEMORY;
    for (size_t i = 0; found && i < found->count; i++) {
        const struct eligibility_finding *row = &found->rows[i];
        if (row->answer != ELIGIBILITY_BROKEN)
            continue;
        TRY(api_call_append(
            *out, json_pack("{s:s, s:o, s:s, s:s, s:s, s:s}", "rule", row->rule->id, "field",
                            api_call_text(field_of(call, row, reply->warned_path)), "sentence",
                            row->rule->sentence, "expected", row->expected, "got", row->got,
                            "remedy", row->rule->remedy)));
    }
    return FAULT_NONE;
}

/* ---- where a dossier is shown ------------------------------------------------------------------
 */

static json_t *finding_json(const struct eligibility_finding *row)
{
    const struct eligibility_rule *rule = row->rule;
    return json_pack("{s:s, s:s, s:s, s:s, s:o, s:o, s:o, s:s, s:s}", "rule", rule->id, "answer",
                     eligibility_answer_text(row->answer), "severity",
                     eligibility_severity_text(row->severity), "sentence", rule->sentence,
                     "expected", api_call_text(row->expected), "got", api_call_text(row->got),
                     "missing", api_call_text(row->missing), "remedy", rule->remedy, "source",
                     row->source);
}

/* A partner's record is never refused by these: it is for the host's people to decide. */
static const char *sentence_of(const struct eligible_findings *found, bool incoming)
{
    if (eligible_refusal(found))
        return incoming ? "our rules would refuse: decide" : "our rules refuse it now";
    return eligible_warnings(found) ? "some rules are not kept: see each" : NULL;
}

/* What was found when the record had come, and whether it might be found otherwise now. */
static enum fault kept_put(const struct api_call *call, struct api_reply *reply,
                           const Peregrin__Findings *kept)
{
    struct digest edition;
    struct bytes then = {0};
    if (kept)
        then = (struct bytes) {kept->edition.data, kept->edition.len};
    if (!eligibility_edition(call->api->eligible->settings, call->arena, &edition))
        return FAULT_MEMORY;
    bool changed = kept && !bytes_equal(then, digest_bytes(&edition));
    TRY(api_call_put(reply, "rules_at", kept ? api_call_seconds(kept->at) : json_null()));
    struct bytes named = kept ? then : digest_bytes(&edition);
    named.size = named.size < EDITION_SHOWN ? named.size : EDITION_SHOWN;
    TRY(api_call_put(reply, "rules_edition", api_call_text(text_hex(named, call->arena))));
    return api_call_put(reply, "rules_changed", json_boolean(changed));
}

enum fault api_rule_put(const struct api_call *call, struct api_reply *reply,
                        const struct eligible_case *subject, int64_t received)
{
    const struct eligible *eligible = call->api->eligible;
    const Peregrin__Findings *kept = NULL;
    struct eligible_findings found;
    json_t *list;
    if (!eligible || !subject->nomination)
        return FAULT_NONE;
    if (received)
        TRY(findings_get(call->api->store, received, call->arena, &kept));
    if (kept) {
        TRY(findings_read(kept, call->arena, &found));
    } else {
        TRY(eligible_refresh(eligible, call->api->store, call->arena));
        TRY(eligible_check(eligible, subject, call->arena, &found));
    }
    TRY(kept_put(call, reply, kept));
    TRY(api_call_list(reply, "rules", &list));
    for (size_t i = 0; i < found.count; i++)
        TRY(api_call_append(list, finding_json(&found.rows[i])));
    bool incoming = strcmp(subject->own, subject->host) == 0;
    return api_call_put(reply, "rules_sentence", api_call_text(sentence_of(&found, incoming)));
}

/* ---- the rules themselves ----------------------------------------------------------------------
 */

/* Where nothing else was set up, the limits that are shipped. */
static const struct dated *settings_of(const struct api_call *call)
{
    return call->api->eligible ? call->api->eligible->settings : NULL;
}

static bool date_json(int64_t day, json_t **out)
{
    char text[PERIOD_DATE_SIZE];
    bool open = day == DATED_ALWAYS || day == DATED_NEVER;
    if (!open)
        period_text(day, text);
    *out = open ? json_null() : json_string(text);
    return *out;
}

/* The value as the file has it. */
static json_t *value_json(const struct api_call *call, const struct dated_row *row)
{
    static const char *const yes[] = {"no", "yes"};
    char text[PERIOD_DATE_SIZE];
    switch (row->unit) {
    case DATED_YES: return json_string(yes[row->number]);
    case DATED_SEVERITY:
        return json_string(eligibility_severity_text((enum eligibility_severity)row->number));
    case DATED_DATE: period_text(row->number, text); return json_string(text);
    case DATED_REGION:
        return row->number
                   ? api_call_text(arena_format(call->arena, "region-%lld", (long long)row->number))
                   : json_string("programme");
    case DATED_CREDIT:
        return api_call_text(arena_format(call->arena, "%lld.%02lld",
                                          (long long)(row->number / 100),
                                          (long long)(row->number % 100)));
    default: return api_call_text(arena_format(call->arena, "%lld", (long long)row->number));
    }
}

static enum fault setting_add(const struct api_call *call, json_t *list,
                              const struct dated_row *row)
{
    json_t *from, *until;
    if (!date_json(row->from, &from) || !date_json(row->until, &until))
        return FAULT_MEMORY;
    return api_call_append(
        list, json_pack("{s:s, s:s, s:s, s:o, s:o, s:o, s:s, s:s, s:b}", "setting", row->setting,
                        "of", row->of, "institution", row->institution, "from", from, "until",
                        until, "value", value_json(call, row), "unit",
                        dated_setting_unit(row->unit), "source", row->source, "own", row->over));
}

static const char *kinds_text(const struct api_call *call, uint32_t kinds)
{
    const char *text = "";
    for (uint32_t i = 0; text && i < 32; i++)
        if (kinds >> i & 1)
            text = arena_format(call->arena, "%s%s%s", text, *text ? " " : "",
                                eligibility_kind_text(i));
    return text;
}

static json_t *rule_json(const struct api_call *call, const struct eligibility_rule *rule,
                         const char *own)
{
    enum eligibility_severity severity =
        eligibility_severity(rule, settings_of(call), own, today(call));
    return json_pack("{s:s, s:o, s:s, s:s, s:s, s:s, s:s, s:o, s:o}", "rule", rule->id, "kinds",
                     api_call_text(kinds_text(call, rule->kinds)), "severity",
                     eligibility_severity_text(severity), "compares", rule->compares, "sentence",
                     rule->sentence, "remedy", rule->remedy, "source", rule->source, "from",
                     api_call_text(rule->from), "until", api_call_text(rule->until));
}

static bool none_set(const struct api_call *call, struct api_reply *reply)
{
    return settings_of(call) ||
           api_call_explain(reply, VERDICT_UNAVAILABLE, "this node asks no rules of eligibility",
                            "see `rules` in the configuration", NULL);
}

/* A kind's number, 0: all. */
static bool kind_of(const struct api_call *call, struct api_reply *reply, uint32_t *kind)
{
    const char *word = api_call_query(call, "kind");
    *kind = 0;
    for (uint32_t i = 1; word && i < 32; i++)
        if (strcmp(eligibility_kind_text(i), word) == 0)
            *kind = i;
    return !word || *kind ||
           api_call_usage(reply, "this is no kind of mobility",
                          "give studies, traineeship, blended, doctoral, teaching, training or "
                          "virtual",
                          "kind");
}

static enum fault list_rules(const struct api_call *call, struct api_reply *reply)
{
    const struct eligibility_rule *rule;
    const char *own;
    uint32_t kind;
    json_t *list;
    if (!none_set(call, reply) || !kind_of(call, reply, &kind) ||
        !api_call_own(call, reply, api_call_query(call, "own"), &own))
        return FAULT_NONE;
    TRY(api_call_list(reply, "rules", &list));
    for (size_t i = 0; (rule = eligibility_rule(i)); i++)
        if (!kind || rule->kinds >> kind & 1)
            TRY(api_call_append(list, rule_json(call, rule, own)));
    for (size_t i = 0; (rule = eligibility_credits_rule(i, call->arena)); i++)
        if (!kind || rule->kinds >> kind & 1)
            TRY(api_call_append(list, rule_json(call, rule, own)));
    return FAULT_NONE;
}

static const struct eligibility_rule *rule_find(const struct api_call *call, const char *id)
{
    const struct eligibility_rule *rule = eligibility_rule_find(id), *other;
    for (size_t i = 0; !rule && (other = eligibility_credits_rule(i, call->arena)); i++)
        rule = strcmp(other->id, id) == 0 ? other : NULL;
    return rule;
}

static bool kinds_hold(uint32_t kinds, const char *word)
{
    for (uint32_t i = 0; i < 32; i++)
        if (kinds >> i & 1 && strcmp(eligibility_kind_text(i), word) == 0)
            return true;
    return false;
}

static bool is_kind(const char *word)
{
    return *word && kinds_hold(UINT32_MAX, word);
}

/* What it compares with, for its own kinds, and how severe it was set. */
static bool belongs(const struct eligibility_rule *rule, const struct dated_row *row)
{
    if (strcmp(row->setting, "severity") == 0)
        return strcmp(row->of, rule->id) == 0;
    for (size_t i = 0; i < ELIGIBILITY_SETTINGS && rule->settings[i]; i++)
        if (strcmp(rule->settings[i], row->setting) == 0)
            return !is_kind(row->of) || kinds_hold(rule->kinds, row->of);
    return false;
}

static enum fault show_rule(const struct api_call *call, struct api_reply *reply)
{
    const struct eligibility_rule *rule = rule_find(call, call->parameters[0]);
    const struct dated_row *row;
    const char *own;
    json_t *list;
    if (!none_set(call, reply) || !api_call_own(call, reply, api_call_query(call, "own"), &own))
        return FAULT_NONE;
    if (!rule) {
        api_call_explain(reply, VERDICT_NOT_FOUND, "there is no such rule", "see GET /api/v1/rules",
                         "id");
        return FAULT_NONE;
    }
    TRY(api_call_put(reply, "rule", rule_json(call, rule, own)));
    TRY(api_call_list(reply, "settings", &list));
    for (size_t i = 0; (row = dated_row(settings_of(call), i)); i++)
        if (belongs(rule, row))
            TRY(setting_add(call, list, row));
    return FAULT_NONE;
}

static enum fault list_settings(const struct api_call *call, struct api_reply *reply)
{
    const struct dated_row *row;
    json_t *list;
    if (!none_set(call, reply))
        return FAULT_NONE;
    TRY(api_call_list(reply, "settings", &list));
    for (size_t i = 0; (row = dated_row(settings_of(call), i)); i++)
        TRY(setting_add(call, list, row));
    return FAULT_NONE;
}

const struct api_route api_rule_routes[] = {
    {
        .row = {"GET", "/api/v1/rules", "rules of eligibility, and how severe each is here"},
        .needs = ROLE_NEED_READ,
        .serve = list_rules,
        .query = "kind own",
    },
    {
        .row = {"GET", "/api/v1/rules/{id}", "one rule with its limits, their dates and sources"},
        .needs = ROLE_NEED_READ,
        .serve = show_rule,
        .query = "own",
    },
    {
        .row = {"GET", "/api/v1/rule-settings", "all limits and lists with dates and sources"},
        .needs = ROLE_NEED_READ,
        .serve = list_settings,
    },
    {},
};
