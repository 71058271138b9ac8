/* What must be done by when, and by whom: from the factsheets of the partners and our own, and from
 * where each dossier stands. */
#include "admin/host_calendar.h"
#include "api/api_routes.h"
#include "report/ical.h"
#include "report/learning.h"
#include "report/listing.h"
#include "report/notice.h"

#include <stdlib.h>
#include <string.h>

enum { PAGE = 64, DAYS = 30, DAYS_MAX = 730, LINES_MAX = 2000, ALARM_DAYS = 7 };

struct line {
    enum deadline_kind kind;
    int64_t day, today;
    const char *zone, *must_act, *own, *partner, *dossier, *year;
    uint32_t term;
    bool incoming, zone_known;
    const Peregrin__Person *person;
};

struct gather {
    const struct api_call *call;
    struct line *lines;
    size_t count;
    int64_t horizon; /* days from today on */
    bool full;
};

static void add(struct gather *gather, const struct line *line)
{
    if (line->day > line->today + gather->horizon)
        return;
    gather->full = gather->full || gather->count == LINES_MAX;
    if (!gather->full)
        gather->lines[gather->count++] = *line;
}

/* ---- whose days these are ---------------------------------------------------------------------
 */

static enum fault calendar_of(const struct api_call *call, const struct store_pair *pair,
                              bool of_partner, struct host_calendar *out)
{
    return host_calendar_load(call->api->store, pair->pair, of_partner, call->request->now,
                              call->arena, out);
}

static struct line line_of(const struct store_pair *pair, const struct host_calendar *house,
                           enum deadline_kind kind)
{
    return (struct line) {.kind = kind,
                          .own = pair->own,
                          .partner = pair->partner,
                          .zone = house->zone,
                          .zone_known = house->known,
                          .today = house->today};
}

/* ---- the partner's calendar -------------------------------------------------------------------
 */

/* Of every academic year whose days may lie within the horizon: they begin the year before. What is
 * past is past. */
static void calendar_add(struct gather *gather, const struct store_pair *pair,
                         const struct host_calendar *house)
{
    int last = deadline_year(house->today + gather->horizon) + 1;
    for (int year = deadline_year(house->today) - 1; year <= last; year++)
        for (size_t i = 0; i < house->sheet->n_terms; i++) {
            struct deadline_term term;
            struct line line = line_of(pair, house, DEADLINE_NOMINATIONS);
            deadline_of_term(house->sheet->terms[i], house->sheet->southern, year, &term);
            line.term = house->sheet->terms[i]->term;
            line.year = arena_format(gather->call->arena, "%d/%d", year, year + 1);
            line.must_act = pair->own;
            line.day = term.nominations;
            if (term.has_nominations && line.day >= house->today)
                add(gather, &line);
            line.kind = DEADLINE_APPLICATIONS;
            line.must_act = "students";
            line.day = term.applications;
            if (term.has_applications && line.day >= house->today)
                add(gather, &line);
        }
}

/* ---- where a dossier stands -------------------------------------------------------------------
 */

static bool date_of(const char *text, int64_t *day)
{
    return text && instant_date(bytes_text(text), day);
}

/* The first day as nominated; else that of the term, by the host's calendar. */
static bool stay_begins(const struct host_calendar *host, const Peregrin__Nomination *body,
                        int64_t *day)
{
    struct deadline_term term;
    if (!body || date_of(body->start, day))
        return body;
    bool found = host->sheet && deadline_term_find(host->sheet, body, &term);
    if (found)
        *day = term.starts;
    return found;
}

/* A stay that was made longer ends in another term than it was nominated for. */
static bool results_of(const struct host_calendar *host, const struct dossier_view *view,
                       const Peregrin__Nomination *body, int64_t last, int64_t *day)
{
    static const struct digest none;
    bool longer = !digest_equal(&view->dossier.extension, &none);
    return host->sheet && body && deadline_results(host->sheet, body, longer, last, day);
}

static enum fault departure_of(const struct api_call *call, const struct dossier_view *view,
                               int64_t *day, bool *found)
{
    ProtobufCMessage *body = NULL;
    size_t at = dossier_view_find(view, &view->dossier.departure);
    if (at < view->count)
        TRY(dossier_view_body(&view->records[at], call->arena, &body));
    *found = body && body->descriptor == &peregrin__stay_day__descriptor &&
             date_of(((const Peregrin__StayDay *)body)->date, day);
    return FAULT_NONE;
}

/* So many weeks from the results; from the last day where nobody says when they are out. */
static enum fault transcript_due(const struct api_call *call, const struct listing *listing,
                                 const struct host_calendar *host, const struct dossier_view *view,
                                 struct line *line, bool *waits)
{
    int64_t results;
    line->kind = DEADLINE_TRANSCRIPT;
    TRY(departure_of(call, view, &line->day, waits));
    if (*waits && results_of(host, view, listing->nomination, line->day, &results))
        line->day = results;
    line->day = deadline_weeks(line->day, host->sheet ? host->sheet->transcript_weeks : 0);
    return FAULT_NONE;
}

/* Which of them a dossier waits for; false: none. */
static enum fault due(struct gather *gather, const struct listing *listing,
                      const struct host_calendar *host, struct line *line, bool *waits)
{
    const struct api_call *call = gather->call;
    const bool incoming = listing->row.place.opened_by_partner;
    const char *home = incoming ? listing->partner : listing->own;
    const char *host_name = incoming ? listing->own : listing->partner;
    enum dossier_state state = (enum dossier_state)listing->row.state;
    struct dossier_view view;
    *waits = false;
    TRY(dossier_view_load(call->api->store, &listing->row.place, true, call->arena, &view));
    line->must_act = host_name;
    if (state == DOSSIER_PENDING || state == DOSSIER_REOPENED) {
        size_t at = dossier_view_find(&view, &view.dossier.revision);
        line->kind = DEADLINE_DECISION;
        *waits = host->sheet && host->sheet->has_decision_weeks && at < view.count;
        if (*waits)
            line->day = deadline_weeks((int64_t)(view.headers[at].issued_at / (24 * 60)),
                                       host->sheet->decision_weeks);
        return FAULT_NONE;
    }
    if (state == DOSSIER_ACCEPTED) {
        enum learning_turn turn = learning_turn_of(learning_state_of(&view), state);
        line->kind = DEADLINE_LEARNING;
        line->must_act = turn == LEARNING_HOME ? home : host_name;
        *waits = turn != LEARNING_NOBODY && stay_begins(host, listing->nomination, &line->day);
        return FAULT_NONE;
    }
    if (state == DOSSIER_DEPARTED)
        return transcript_due(call, listing, host, &view, line, waits);
    line->kind = DEADLINE_RECOGNITION;
    line->must_act = home;
    *waits = listing->transcript && date_of(listing->transcript->issued_on, &line->day);
    line->day = deadline_weeks(line->day, 0);
    return FAULT_NONE;
}

static enum fault dossier_add(struct gather *gather, const struct store_pair *pair,
                              const struct store_dossier *row, const struct host_calendar *host)
{
    struct line line = line_of(pair, host, DEADLINE_DECISION);
    struct listing listing;
    bool waits, sees;
    TRY(api_call_sees_row(gather->call, pair->own, row, &sees));
    if (!sees)
        return FAULT_NONE;
    TRY(listing_of(gather->call->api->store, pair, row, gather->call->arena, &listing));
    line.incoming = row->place.opened_by_partner;
    line.dossier = api_call_dossier_text(gather->call, &row->place.dossier);
    if (listing.nomination) {
        line.person = listing.nomination->person;
        line.year = listing.nomination->year;
        line.term = listing.nomination->term;
    }
    TRY(due(gather, &listing, host, &line, &waits));
    if (waits)
        add(gather, &line);
    return FAULT_NONE;
}

/* Of students who come we are the host, of those who go the partner is. */
static enum fault dossiers_add(struct gather *gather, const struct store_pair *pair, bool incoming,
                               const struct host_calendar *host)
{
    const uint64_t states = UINT64_C(1) << DOSSIER_PENDING | UINT64_C(1) << DOSSIER_REOPENED |
                            UINT64_C(1) << DOSSIER_ACCEPTED | UINT64_C(1) << DOSSIER_DEPARTED |
                            UINT64_C(1) << DOSSIER_TRANSCRIPT;
    struct store *store = gather->call->api->store;
    struct store_dossier_query query = {
        .pair = pair->pair, .states = states, .opened_by_partner = incoming, .max = PAGE};
    struct store_dossier *rows;
    size_t count;
    do {
        TRY(store->dossier_list(store, &query, gather->call->arena, &rows, &count));
        for (size_t i = 0; i < count; i++)
            TRY(dossier_add(gather, pair, &rows[i], host));
        if (count)
            query.after = &rows[count - 1].place;
    } while (count == PAGE && !gather->full);
    return FAULT_NONE;
}

static int by_day(const void *one, const void *other)
{
    const struct line *left = one, *right = other;
    if (left->day != right->day)
        return left->day < right->day ? -1 : 1;
    int order = strcmp(left->partner, right->partner);
    return order ? order : (int)left->kind - (int)right->kind;
}

static enum fault gather_all(const struct api_call *call, struct api_reply *reply,
                             struct gather *gather)
{
    struct store_pair *pairs;
    size_t count, days;
    *gather = (struct gather) {.call = call};
    if (!api_call_query_number(call, reply, "days", DAYS, DAYS_MAX, &days))
        return FAULT_NONE;
    TRY(api_call_pairs(call, reply, &pairs, &count));
    if (api_call_refused(reply))
        return FAULT_NONE;
    gather->horizon = (int64_t)days;
    gather->lines = arena_take_array(call->arena, LINES_MAX, sizeof *gather->lines);
    if (!gather->lines)
        return FAULT_MEMORY;
    for (size_t i = 0; i < count && !gather->full; i++) {
        struct host_calendar ours, theirs;
        TRY(calendar_of(call, &pairs[i], false, &ours));
        TRY(calendar_of(call, &pairs[i], true, &theirs));
        if (theirs.sheet)
            calendar_add(gather, &pairs[i], &theirs);
        TRY(dossiers_add(gather, &pairs[i], true, &ours));
        TRY(dossiers_add(gather, &pairs[i], false, &theirs));
    }
    qsort(gather->lines, gather->count, sizeof *gather->lines, by_day);
    return FAULT_NONE;
}

/* ---- as JSON, and as a calendar ---------------------------------------------------------------
 */

static json_t *line_json(const struct line *line)
{
    char date[DEADLINE_DATE_SIZE];
    const Peregrin__Person *person = line->person;
    deadline_date(line->day, date);
    return json_pack(
        "{s:s, s:s, s:s, s:b, s:I, s:b, s:s, s:s, s:s, s:s, s:o, s:o, s:o, s:o, s:o, s:o}", "kind",
        deadline_code(line->kind), "date", date, "zone", line->zone, "zone_known", line->zone_known,
        "days_left", (json_int_t)(line->day - line->today), "late", line->day < line->today,
        "must_act", line->must_act, "sentence", deadline_sentence(line->kind), "own", line->own,
        "partner", line->partner, "direction",
        api_call_text(line->dossier ? line->incoming ? "incoming" : "outgoing" : NULL), "dossier",
        api_call_text(line->dossier), "year", api_call_text(line->year), "term",
        line->term ? json_integer(line->term) : json_null(), "family_name",
        api_call_text(person ? person->family_name : NULL), "given_names",
        api_call_text(person ? person->given_names : NULL));
}

static enum fault list_deadlines(const struct api_call *call, struct api_reply *reply)
{
    struct gather gather;
    json_t *list;
    TRY(gather_all(call, reply, &gather));
    if (api_call_refused(reply))
        return FAULT_NONE;
    TRY(api_call_list(reply, "deadlines", &list));
    for (size_t i = 0; i < gather.count; i++)
        TRY(api_call_append(list, line_json(&gather.lines[i])));
    return api_call_put(reply, "whole", json_boolean(!gather.full));
}

/* Calendars leave the node: nobody's name is in them, only the dossier's. */
static enum fault show_calendar(const struct api_call *call, struct api_reply *reply)
{
    struct gather gather;
    struct ical ical;
    TRY(gather_all(call, reply, &gather));
    if (api_call_refused(reply))
        return FAULT_NONE;
    ical_open(&ical, call->arena, "Deadlines of mobilities");
    for (size_t i = 0; i < gather.count; i++) {
        const struct line *line = &gather.lines[i];
        char date[DEADLINE_DATE_SIZE];
        deadline_date(line->day, date);
        const char *about = line->dossier ? line->dossier
                                          : arena_format(call->arena, "%s-%.4s-%u", line->partner,
                                                         line->year ? line->year : "", line->term);
        struct ical_event event = {
            .uid = arena_format(call->arena, "deadline-%s-%s%s@%s", deadline_code(line->kind),
                                about ? about : "", line->incoming ? "-in" : "", line->own),
            .summary =
                arena_format(call->arena, "%s: %s", line->partner, deadline_sentence(line->kind)),
            .description =
                arena_format(call->arena, "%s must act. %s%sDays of %s%s.", line->must_act,
                             line->dossier ? line->dossier : "", line->dossier ? ". " : "",
                             line->zone, line->zone_known ? "" : ", not known here: of UTC"),
            .date = date,
            .changed_at = call->request->now,
            .alarm_days = ALARM_DAYS,
        };
        if (!event.uid || !event.summary || !event.description)
            return FAULT_MEMORY;
        ical_event(&ical, &event);
    }
    reply->raw = ical_close(&ical);
    reply->raw_type = "text/calendar; charset=utf-8";
    return reply->raw.data ? FAULT_NONE : FAULT_MEMORY;
}

const struct api_route api_deadline_routes[] = {
    {
        .row = {"GET", "/api/v1/deadlines", "what must be done by when, and by whom"},
        .needs = ROLE_NEED_READ,
        .serve = list_deadlines,
        .query = "days partner",
    },
    {
        .row = {"GET", "/api/v1/calendars/deadlines", "the same as a calendar, without names"},
        .needs = ROLE_NEED_READ,
        .serve = show_calendar,
        .query = "days partner",
    },
    {},
};
