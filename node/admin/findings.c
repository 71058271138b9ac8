#include "admin/findings.h"

#include "admin/keep.h"
#include "engine/feed.h"
#include "report/dossier_view.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

enum {
    PAGE = 200,
    CURSOR_SIZE = 8,
    BEHIND_MAX = 1000, /* events that are gone through again after a restart, at most */
    NAME_SIZE = STORE_NAME_MAX + 1,
};

static const char cursor_name[] = "findings-followed";

/* ---- how far -----------------------------------------------------------------------------------
 */

static enum fault cursor_get(struct store *store, struct arena *arena, bool *found, int64_t *cursor)
{
    struct bytes value;
    TRY(store->value_get(store, cursor_name, arena, &value));
    *found = value.size == CURSOR_SIZE;
    *cursor = *found ? (int64_t)bytes_read_u64le(value.data) : 0;
    return FAULT_NONE;
}

enum fault findings_followed(struct store *store, int64_t cursor)
{
    uint8_t value[CURSOR_SIZE];
    bytes_write_u64le(value, (uint64_t)cursor);
    return store->value_put(store, cursor_name, (struct bytes) {value, sizeof value});
}

enum fault findings_begin(struct store *store, struct arena *arena, int64_t *cursor)
{
    int64_t oldest;
    bool found;
    assert(store->inside(store));
    TRY(cursor_get(store, arena, &found, cursor));
    if (found)
        return FAULT_NONE;
    TRY(store->event_bounds(store, &oldest, cursor));
    return findings_followed(store, *cursor);
}

/* ---- what is kept ------------------------------------------------------------------------------
 */

static void name_of(int64_t serial, char out[static NAME_SIZE])
{
    snprintf(out, NAME_SIZE, "findings/%020lld", (long long)serial);
}

static char *text_of(const char *text)
{
    return (char *)(uintptr_t)text;
}

static enum fault put(const struct findings_case *subject, const struct digest *edition,
                      int64_t serial, const struct eligible_findings *found, struct arena *arena)
{
    Peregrin__Findings kept = PEREGRIN__FINDINGS__INIT;
    Peregrin__Finding *rows = arena_take_array(arena, found->count + 1, sizeof *rows);
    char name[NAME_SIZE];
    kept.rows = arena_take_array(arena, found->count + 1, sizeof *kept.rows);
    if (!rows || !kept.rows)
        return FAULT_MEMORY;
    for (size_t i = 0; i < found->count; i++) {
        const struct eligibility_finding *one = &found->rows[i];
        peregrin__finding__init(&rows[i]);
        rows[i].rule = text_of(one->rule->id);
        rows[i].has_answer = rows[i].has_severity = true;
        rows[i].answer = one->answer;
        rows[i].severity = one->severity;
        rows[i].expected = text_of(one->expected);
        rows[i].got = text_of(one->got);
        rows[i].missing = text_of(one->missing);
        rows[i].source = text_of(one->source);
        kept.rows[kept.n_rows++] = &rows[i];
    }
    kept.has_at = kept.has_edition = true;
    kept.at = instant_seconds(subject->now);
    kept.edition =
        (ProtobufCBinaryData) {sizeof edition->bytes, (uint8_t *)(uintptr_t)edition->bytes};
    name_of(serial, name);
    return keep_put(subject->store, name, &kept.base, arena);
}

enum fault findings_get(struct store *store, int64_t serial, struct arena *arena,
                        const Peregrin__Findings **out)
{
    char name[NAME_SIZE];
    ProtobufCMessage *found;
    name_of(serial, name);
    TRY(keep_get(store, name, &peregrin__findings__descriptor, arena, &found));
    *out = (const Peregrin__Findings *)found;
    return FAULT_NONE;
}

enum fault findings_read(const Peregrin__Findings *kept, struct arena *arena,
                         struct eligible_findings *out)
{
    struct eligibility_finding *rows = arena_take_array(arena, kept->n_rows + 1, sizeof *rows);
    if (!rows)
        return FAULT_MEMORY;
    *out = (struct eligible_findings) {.rows = rows};
    for (size_t i = 0; i < kept->n_rows; i++) {
        const Peregrin__Finding *one = kept->rows[i];
        const struct eligibility_rule *rule = one->rule ? eligibility_rule_find(one->rule) : NULL;
        if (!rule || one->answer > ELIGIBILITY_OUT || one->severity > ELIGIBILITY_REFUSES)
            continue;
        rows[out->count++] = (struct eligibility_finding) {
            .rule = rule,
            .answer = (enum eligibility_answer)one->answer,
            .severity = (enum eligibility_severity)one->severity,
            .expected = one->expected,
            .got = one->got,
            .missing = one->missing,
            .source = one->source ? one->source : rule->source,
        };
    }
    return FAULT_NONE;
}

/* ---- working them out --------------------------------------------------------------------------
 */

/* Kept from one record of a page to the next. */
struct going {
    const struct findings_case *subject;
    const struct store_pair *pairs;
    size_t pair_count;
    struct eligible_memo memo;
    struct digest edition; /* of the rules: made once, of all their sentences */
    size_t asked;
};

/* Of most that happens nobody asks where. */
static enum fault is_question(struct store *store, struct arena *arena, struct store_event *event,
                              bool *question)
{
    *question = false;
    if (event->kind != FEED_RECORD_RECEIVED || !event->serial)
        return FAULT_NONE;
    TRY(store->event_place(store, arena, event));
    *question =
        event->place.opened_by_partner && (event->record_kind == PEREGRIN__KIND__KIND_NOMINATION ||
                                           event->record_kind == PEREGRIN__KIND__KIND_AMENDMENT);
    return FAULT_NONE;
}

/* Where anything is to be asked at all. */
static enum fault going_begin(struct going *going, struct arena *arena)
{
    struct store *store = going->subject->store;
    struct store_pair *pairs;
    if (going->pairs)
        return FAULT_NONE;
    TRY(eligible_refresh(going->subject->eligible, store, arena));
    TRY(store->pair_list(store, arena, &pairs, &going->pair_count));
    if (!eligibility_edition(going->subject->eligible->settings, arena, &going->edition))
        return FAULT_MEMORY;
    going->pairs = pairs;
    return FAULT_NONE;
}

static const struct store_pair *pair_of(const struct going *going, uint32_t number)
{
    for (size_t i = 0; i < going->pair_count; i++)
        if (going->pairs[i].pair == number)
            return &going->pairs[i];
    return NULL;
}

static enum fault ask(struct going *going, const struct store_record *record,
                      const struct store_pair *pair, struct arena *arena)
{
    const struct findings_case *subject = going->subject;
    struct eligible_findings found;
    ProtobufCMessage *body;
    TRY(dossier_view_body(record, arena, &body));
    if (!body || body->descriptor != &peregrin__nomination__descriptor)
        return FAULT_NONE;
    const struct eligible_case asked = {.store = subject->store,
                                        .catalogue = subject->catalogue,
                                        .home = pair->partner,
                                        .host = pair->own,
                                        .own = pair->own,
                                        .nomination = (const Peregrin__Nomination *)body,
                                        .dossier = &record->place.dossier,
                                        .now = subject->now,
                                        .memo = &going->memo};
    TRY(eligible_check(subject->eligible, &asked, arena, &found));
    going->asked++;
    return put(subject, &going->edition, record->serial, &found, arena);
}

/* What ends the node while it is asked about is known, and asked about no third time. */
static enum fault record_settle(struct going *going, int64_t serial, struct arena *arena)
{
    const struct findings_case *subject = going->subject;
    const struct look *look = &subject->eligible->look;
    const Peregrin__Findings *known;
    struct store_record *record;
    TRY(findings_get(subject->store, serial, arena, &known));
    if (known)
        return FAULT_NONE;
    TRY(subject->store->record_get(subject->store, serial, arena, &record));
    const struct store_pair *pair = record ? pair_of(going, record->place.pair) : NULL;
    if (!pair || record->flags & STORE_ASIDE)
        return FAULT_NONE;
    if (!look_begin(look, pair->partner, &record->id)) /* from now on no list looks either */
        return subject->store->record_flag(subject->store, serial, STORE_ASIDE, 0);
    enum fault fault = ask(going, record, pair, arena);
    look_end(look);
    return fault;
}

enum fault findings_settle(const struct findings_case *subject, size_t max, struct arena *arena,
                           bool *more)
{
    struct store *store = subject->store;
    struct going going = {.subject = subject};
    struct store_event *events;
    int64_t cursor, first;
    size_t count = 0, done = 0;
    bool found, question;
    assert(store->inside(store) && max > 0);
    TRY(cursor_get(store, arena, &found, &cursor));
    TRY(store->event_scan(store, cursor, PAGE, arena, &events, &count));
    first = cursor;
    for (; done < count && going.asked < max; done++) {
        TRY(is_question(store, arena, &events[done], &question));
        if (question) {
            TRY(going_begin(&going, arena));
            TRY(record_settle(&going, events[done].serial, arena));
        }
        cursor = events[done].cursor;
    }
    *more = done < count || count == PAGE;
    bool far = going.asked || cursor - first >= BEHIND_MAX || *more;
    return far ? findings_followed(store, cursor) : FAULT_NONE;
}
