#include "eligibility/eligibility_ladder.h"

#include "base/instant.h"
#include "base/words.h"

#include <assert.h>
#include <string.h>

/* Each ends with a row without an id. */
static const struct eligibility_rule *const tables[] = {
    eligibility_agreement_rules, eligibility_duration_rules, eligibility_place_rules,
    eligibility_call_rules, eligibility_person_rules};

static const char *const kinds[] = {
    [PEREGRIN__MOBILITY_KIND__MOBILITY_STUDIES] = "studies",
    [PEREGRIN__MOBILITY_KIND__MOBILITY_TRAINEESHIP] = "traineeship",
    [PEREGRIN__MOBILITY_KIND__MOBILITY_BLENDED] = "blended",
    [PEREGRIN__MOBILITY_KIND__MOBILITY_DOCTORAL] = "doctoral",
    [PEREGRIN__MOBILITY_KIND__MOBILITY_TEACHING] = "teaching",
    [PEREGRIN__MOBILITY_KIND__MOBILITY_TRAINING] = "training",
    [PEREGRIN__MOBILITY_KIND__MOBILITY_VIRTUAL] = "virtual",
};

static const char *const severities[] = {
    [ELIGIBILITY_OFF] = "off", [ELIGIBILITY_WARNS] = "warn", [ELIGIBILITY_REFUSES] = "refuse"};

static const char *const answers[] = {
    [ELIGIBILITY_HOLDS] = "holds",
    [ELIGIBILITY_BROKEN] = "broken",
    [ELIGIBILITY_UNCHECKED] = "not checked",
    [ELIGIBILITY_OUT] = "not about this",
};

const char *eligibility_kind_text(uint32_t mobility)
{
    return mobility < sizeof kinds / sizeof *kinds && kinds[mobility] ? kinds[mobility] : "";
}

const char *eligibility_severity_text(enum eligibility_severity severity)
{
    assert((unsigned)severity < sizeof severities / sizeof *severities);
    return severities[severity];
}

const char *eligibility_answer_text(enum eligibility_answer answer)
{
    assert((unsigned)answer < sizeof answers / sizeof *answers);
    return answers[answer];
}

const struct eligibility_rule *eligibility_rule(size_t index)
{
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
        for (const struct eligibility_rule *rule = tables[i]; rule->id; rule++)
            if (index-- == 0)
                return rule;
    return NULL;
}

const struct eligibility_rule *eligibility_rule_find(const char *id)
{
    const struct eligibility_rule *rule;
    for (size_t i = 0; (rule = eligibility_rule(i)); i++)
        if (strcmp(rule->id, id) == 0)
            return rule;
    return NULL;
}

/* ---- for the rules -----------------------------------------------------------------------------
 */

enum eligibility_answer eligibility_blame(struct eligibility_check *check, const char *expected,
                                          const char *got)
{
    check->expected = expected;
    check->got = got;
    return ELIGIBILITY_BROKEN;
}

enum eligibility_answer eligibility_lack(struct eligibility_check *check, const char *missing)
{
    check->missing = missing;
    return ELIGIBILITY_UNCHECKED;
}

const struct dated_row *eligibility_limit(struct eligibility_check *check, const char *setting,
                                          const char *of)
{
    const struct dated_row *row =
        dated_find(check->settings, setting, of, check->institution, check->day);
    if (row)
        check->source = row->source;
    return row;
}

const Peregrin__Call *eligibility_terms(struct eligibility_check *check)
{
    const struct eligibility_facts *facts = check->facts;
    const Peregrin__Call *terms = facts->call ? facts->call->terms : NULL;
    if (!terms || strcmp(check->institution, facts->home) != 0)
        return NULL;
    check->of_call = true;
    check->source = arena_format(check->arena, "call %u of %s", terms->number, facts->home);
    return terms;
}

/* ---- the check ---------------------------------------------------------------------------------
 */

enum eligibility_severity eligibility_severity(const struct eligibility_rule *rule,
                                               const struct dated *settings,
                                               const char *institution, int64_t day)
{
    const struct dated_row *row = dated_find(settings, "severity", rule->id, institution, day);
    return row ? (enum eligibility_severity)row->number : rule->severity;
}

static int64_t day_of(const char *text, int64_t otherwise)
{
    int64_t day;
    return text && instant_date(bytes_text(text), &day) ? day : otherwise;
}

/* Where a nomination has a term and no dates, and the host's calendar is not known, its year begins
 * in August, and a second term in January: enough to know which settings hold. */
static int64_t day_of_term(const struct eligibility_facts *facts)
{
    const Peregrin__Nomination *nomination = facts->nomination;
    char text[] = "YYYY-08-01";
    int64_t day;
    if (facts->term)
        return facts->term->first;
    if (!nomination->year || strlen(nomination->year) != strlen("2026/2027"))
        return ELIGIBILITY_DAY_UNKNOWN;
    bool second = nomination->has_term && nomination->term == 2;
    memcpy(text, nomination->year + (second ? strlen("2026/") : 0), 4);
    text[6] = second ? '1' : '8';
    return instant_date(bytes_text(text), &day) ? day : ELIGIBILITY_DAY_UNKNOWN;
}

static bool rule_holds_on(const struct eligibility_rule *rule, int64_t day)
{
    return day_of(rule->from, INT64_MIN) <= day && day <= day_of(rule->until, INT64_MAX);
}

static struct eligibility_check check_of(const struct eligibility_facts *facts,
                                         const struct dated *settings, struct arena *arena)
{
    const Peregrin__Nomination *nomination = facts->nomination;
    struct eligibility_check check = {.facts = facts, .settings = settings, .arena = arena};
    check.first = day_of(nomination->start, ELIGIBILITY_DAY_UNKNOWN);
    check.last = day_of(nomination->end, ELIGIBILITY_DAY_UNKNOWN);
    if (check.first == ELIGIBILITY_DAY_UNKNOWN || check.last < check.first)
        check.first = check.last = ELIGIBILITY_DAY_UNKNOWN;
    check.day = check.first == ELIGIBILITY_DAY_UNKNOWN ? day_of_term(facts) : check.first;
    check.institution = facts->asks ? facts->asks : "";
    return check;
}

/* A row of the tables. */
struct place {
    size_t table, row;
};

static bool is_about(const struct eligibility_rule *rule, const struct eligibility_check *check)
{
    uint32_t mobility = check->facts->nomination->mobility;
    return mobility < sizeof kinds / sizeof *kinds && rule->kinds >> mobility & 1 &&
           rule_holds_on(rule, check->day);
}

/* The next one, in the tables' order, that is about the mobility and not off; NULL: none. */
static const struct eligibility_rule *next_asked(const struct eligibility_check *check,
                                                 struct place *at,
                                                 enum eligibility_severity *severity)
{
    for (; at->table < sizeof tables / sizeof *tables; at->table++, at->row = 0)
        for (const struct eligibility_rule *rule; (rule = &tables[at->table][at->row])->id;) {
            at->row++;
            if (!is_about(rule, check))
                continue;
            *severity = eligibility_severity(rule, check->settings, check->institution, check->day);
            if (*severity != ELIGIBILITY_OFF)
                return rule;
        }
    return NULL;
}

bool eligibility_asks(const struct eligibility_facts *facts, const struct dated *settings)
{
    const struct eligibility_check check = check_of(facts, settings, NULL);
    enum eligibility_severity severity;
    return next_asked(&check, &(struct place) {0}, &severity);
}

static enum eligibility_answer ask(struct eligibility_check *check,
                                   const struct eligibility_rule *rule,
                                   enum eligibility_severity severity,
                                   struct eligibility_finding *finding)
{
    check->rule = rule;
    check->source = rule->source;
    check->expected = check->got = check->missing = NULL;
    check->of_call = false;
    enum eligibility_answer answer = rule->holds(check);
    *finding = (struct eligibility_finding) {
        .rule = rule,
        .answer = answer,
        .severity = severity,
        .expected = check->expected,
        .got = check->got,
        .missing = check->missing,
        .source = check->source,
        .of_call = check->of_call,
    };
    return answer;
}

static bool finding_whole(const struct eligibility_finding *finding)
{
    bool broken = finding->answer == ELIGIBILITY_BROKEN;
    return finding->source && (broken ? finding->expected && finding->got : !!finding->missing);
}

enum eligibility_answer eligibility_ask(const struct eligibility_rule *rule,
                                        const struct eligibility_facts *facts,
                                        const struct dated *settings, struct arena *arena,
                                        struct eligibility_finding *finding)
{
    struct eligibility_check check = check_of(facts, settings, arena);
    enum eligibility_severity severity =
        eligibility_severity(rule, settings, check.institution, check.day);
    if (is_about(rule, &check))
        return ask(&check, rule, severity, finding);
    *finding = (struct eligibility_finding) {
        .rule = rule, .answer = ELIGIBILITY_OUT, .severity = severity, .source = rule->source};
    return ELIGIBILITY_OUT;
}

bool eligibility_check(const struct eligibility_facts *facts, const struct dated *settings,
                       struct arena *arena, eligibility_report *report, void *self)
{
    struct eligibility_check check = check_of(facts, settings, arena);
    const struct eligibility_rule *rule;
    enum eligibility_severity severity;
    struct place at = {0};
    while ((rule = next_asked(&check, &at, &severity))) {
        struct eligibility_finding finding;
        enum eligibility_answer answer = ask(&check, rule, severity, &finding);
        if (answer == ELIGIBILITY_HOLDS || answer == ELIGIBILITY_OUT)
            continue;
        if (!finding_whole(&finding))
            return false;
        report(self, &finding);
    }
    return true;
}

bool eligibility_edition(const struct dated *settings, struct arena *arena, struct digest *out)
{
    const struct eligibility_rule *rule;
    const char *text = "";
    for (size_t i = 0; text && (rule = eligibility_rule(i)); i++)
        text = arena_format(arena, "%s%s %u %d %s %s\n", text, rule->id, rule->kinds,
                            (int)rule->severity, rule->compares, rule->sentence);
    if (text)
        digest_of_pair(DIGEST_RULES, digest_bytes(dated_edition(settings)), bytes_text(text), out);
    return text;
}

/* ---- settings ----------------------------------------------------------------------------------
 */

/* Those about credits are asked of transcripts and plans: grade/credits_rules.h has them. */
static const char asked_elsewhere[] =
    "credits.year credits.hours credits.whole credits.unit credits.week credits.whole_unit "
    "credits.failed credits.sum credits.proportional credits.listed credits.period";

/* Who writes the name of a rule wrong would be left without what he meant to forbid. */
static enum verdict severities_check(const struct dated *dated, struct dated_refusal *refusal)
{
    const struct dated_row *row;
    for (size_t i = 0; (row = dated_row(dated, i)); i++)
        if (strcmp(row->setting, "severity") == 0 && !eligibility_rule_find(row->of) &&
            !words_hold(asked_elsewhere, row->of)) {
            *refusal = (struct dated_refusal) {row->line, "of",
                                               "a rule's id as `peregrin rules list` has it"};
            return VERDICT_MALFORMED;
        }
    return VERDICT_FINE;
}

enum verdict eligibility_settings(struct bytes over, struct arena *arena, struct dated **out,
                                  struct dated_refusal *refusal)
{
    *refusal = (struct dated_refusal) {0};
    *out = dated_open(arena);
    if (!*out)
        return VERDICT_TOO_LARGE;
    TRY(dated_add(*out, dated_shipped(), false, refusal));
    if (over.data)
        TRY(dated_add(*out, over, true, refusal));
    return severities_check(*out, refusal);
}
