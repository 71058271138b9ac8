#include "engine/judge.h"

#include "engine/draft.h"
#include "engine/feed.h"
#include "engine/judge_facts.h"
#include "engine/places.h"
#include "engine/submit.h"
#include "engine/suspect.h"

#include <assert.h>
#include <string.h>

enum { WAITING_PAGE = 256 };

const char *judge_value(const struct pair *pair, struct arena *arena)
{
    return arena_format(arena, "unjudged/%u", pair->number);
}

/* The dossier as the author of record i had seen it: its causal past, and what the record made of
 * it. */
static enum fault author_view(struct step *step, const struct fold_view *view, size_t i,
                              struct dossier *seen, bool *out_of_turn)
{
    const struct dossier_entry *entry = &view->entries[i];
    struct dossier_entry *copy = arena_take_array(step->engine->scratch, view->count, sizeof *copy);
    if (!copy)
        return FAULT_MEMORY;
    struct dossier_limits limits = {{0, 0}};
    limits.lengths[entry->lane] = entry->index;
    limits.lengths[1 - entry->lane] = entry->has_seen ? entry->seen_index + 1 : 0;
    memcpy(copy, view->entries, view->count * sizeof *copy);
    dossier_fold(copy, view->count, limits, seen);

    struct dossier with;
    limits.lengths[entry->lane]++;
    memcpy(copy, view->entries, view->count * sizeof *copy);
    dossier_fold(copy, view->count, limits, &with);
    *out_of_turn = copy[i].out_of_turn;
    return FAULT_NONE;
}

static enum fault judge(struct step *step, const struct store_place *place,
                        const struct fold_view *view, size_t i, const struct kind *kind,
                        const struct carry_record *fresh, struct rules_finding *finding)
{
    ProtobufCMessage *body = NULL, *revision = NULL;
    enum verdict read = VERDICT_FINE, named_read;
    struct dossier seen;
    struct rules_facts facts;
    struct rules_case subject = {
        .header = &view->headers[i], .kind = kind, .seen = &seen, .facts = &facts};
    if (fresh && digest_equal(&fresh->header.id, &view->records[i].id))
        body = fresh->body;
    else
        TRY(judge_facts_body(step, view, i, &body, &read));
    if (read) {
        *finding = (struct rules_finding) {.verdict = read, .rule = "record.body"};
        return FAULT_NONE;
    }
    size_t target = kind->claims_target ? fold_find(view, &view->headers[i].target) : view->count;
    if (target < view->count)
        TRY(judge_facts_body(step, view, target, &revision, &named_read));
    /* An amendment is compared with a revision of the same shape only. */
    if (revision && revision->descriptor != kind->body)
        revision = NULL;
    TRY(author_view(step, view, i, &seen, &subject.out_of_turn));
    TRY(judge_facts_load(step, view, &seen, kind->number, &facts));
    const struct places_case asked = {.place = place, .view = view, .header = &view->headers[i]};
    TRY(places_facts(step, &asked, &facts));
    subject.body = body;
    subject.revision = revision;
    *finding = (struct rules_finding) {0};
    enum verdict verdict = rules_judge(&subject, finding);
    finding->verdict = verdict;
    return FAULT_NONE;
}

/* Twice it ended the node: nobody asks a third time what the rules say to it. */
static enum fault aside_find(struct rules_finding *finding)
{
    *finding = (struct rules_finding) {.verdict = VERDICT_INTERNAL, .rule = "record.aside"};
    return FAULT_NONE;
}

/* The first record of the partner that is folded, understood today and was never judged; in its
 * lane's order. */
static size_t next_unjudged(const struct fold_view *view)
{
    size_t i = 0;
    while (i < view->count) {
        const struct dossier_entry *entry = &view->entries[i];
        if (!(view->records[i].flags & (STORE_OURS | STORE_JUDGED)) && entry->folded &&
            kind_find(entry->kind, entry->schema))
            break;
        i++;
    }
    return i;
}

/* *refused: our lane has a record more, and the view is to be loaded anew. */
static enum fault judge_next(struct step *step, struct pair *pair, const struct store_place *place,
                             struct fold_view *view, size_t i, const struct carry_record *fresh,
                             bool *refused)
{
    struct engine *engine = step->engine;
    struct arena_mark mark = arena_mark(engine->scratch);
    struct rules_finding finding = {0};
    const struct header *header = &view->headers[i];
    const struct kind *kind = kind_find(header->kind, header->schema);
    assert(kind);
    /* Refusals cannot be refused: otherwise two nodes could refuse each other for ever. What we
     * refused before a restore is not refused again: our refusal came back first. */
    bool aside = suspect_barred(engine, &header->id) != CRUMB_NONE;
    suspect_at_hand(engine, CRUMB_JUDGE, &header->id);
    if (header->kind != PEREGRIN__KIND__KIND_REFUSAL && !view->entries[i].void_)
        TRY(aside ? aside_find(&finding) : judge(step, place, view, i, kind, fresh, &finding));
    suspect_at_hand(engine, CRUMB_FOLD, &header->id);
    TRY(suspect_cleared(engine, &header->id));
    arena_rewind(engine->scratch, mark); /* a finding is codes, and nothing of it lies there */
    view->records[i].flags |= STORE_JUDGED;
    if (finding.verdict && !draft_lane_whole(view, fold_own_lane(place))) {
        trace_say(&step->outcome->trace, TRACE_ALARM,
                  "%s broke a rule where our own lane is forked or incomplete: not refused yet",
                  pair->partner->schac);
        return FAULT_NONE; /* it stays unjudged in the store */
    }
    TRY(engine->store->record_flag(engine->store, view->records[i].serial,
                                   aside ? STORE_JUDGED | STORE_ASIDE : STORE_JUDGED, 0));
    if (!finding.verdict)
        return FAULT_NONE;
    char name[HEADER_DOSSIER_TEXT];
    header_dossier_text(&place->dossier, name);
    trace_say(&step->outcome->trace, TRACE_NOTE, "%s %s: %s refused: %s (%s)", pair->partner->schac,
              name, kind->name, verdict_text(finding.verdict)->sentence,
              finding.rule ? finding.rule : "");
    TRY(feed_record(step, FEED_RECORD_REFUSED, pair->number, view->records[i].serial,
                    finding.verdict));
    peer_count_refused(step, PEER_RECORDS_REFUSED, finding.verdict);
    *refused = true;
    return submit_refusal(step, pair, place, view, &header->id, &finding);
}

/* Durable, so that a crash before the lift forgets no record that waits for its judgement. */
static enum fault judge_remember(struct step *step, struct pair *pair, bool unjudged)
{
    struct engine *engine = step->engine;
    uint8_t value = unjudged;
    const char *name = judge_value(pair, engine->scratch);
    if (pair->unjudged == unjudged)
        return FAULT_NONE;
    pair->unjudged = unjudged;
    return name ? engine->store->value_put(engine->store, name, (struct bytes) {&value, 1})
                : FAULT_MEMORY;
}

static enum fault dossier_settle(struct step *step, struct pair *pair,
                                 const struct store_place *place, const struct carry_record *fresh)
{
    struct arena *scratch = step->engine->scratch;
    struct arena_mark mark = arena_mark(scratch);
    struct fold_view view;
    const struct header *known = fresh ? &fresh->header : NULL;
    TRY(fold_load(step, place, known, &view));
    for (size_t i = next_unjudged(&view); i < view.count; i = next_unjudged(&view)) {
        bool refused = false;
        if (pair->armed || draft_full(pair)) {
            TRY(judge_remember(step, pair, true));
            break;
        }
        TRY(judge_next(step, pair, place, &view, i, fresh, &refused));
        if (!refused)
            continue;
        arena_rewind(scratch, mark);
        TRY(fold_load(step, place, known, &view));
    }
    TRY(fold_save(step, place, &view, fresh ? &fresh->header.id : NULL,
                  fresh ? fresh->body : NULL));
    return places_save(step, place, &view);
}

/* What it takes of scratch goes back: a frame full of records costs the memory of one dossier. */
enum fault judge_settle(struct step *step, struct pair *pair, const struct store_place *place,
                        const struct carry_record *fresh)
{
    struct arena *scratch = step->engine->scratch;
    struct arena_mark mark = arena_mark(scratch);
    enum fault fault = dossier_settle(step, pair, place, fresh);
    arena_rewind(scratch, mark);
    return fault;
}

enum fault judge_waiting(struct step *step, struct pair *pair)
{
    struct store *store = step->engine->store;
    struct store_dossier_query query = {
        .pair = pair->number, .opened_by_partner = -1, .max = WAITING_PAGE};
    if (!pair->unjudged || pair->armed || draft_full(pair))
        return FAULT_NONE;
    TRY(judge_remember(step, pair, false));
    struct store_dossier *page;
    size_t count;
    struct store_place last;
    struct arena_mark mark = arena_mark(step->engine->scratch);
    do {
        TRY(store->dossier_list(store, &query, step->engine->scratch, &page, &count));
        for (size_t i = 0; i < count; i++)
            TRY(judge_settle(step, pair, &page[i].place, NULL));
        if (count)
            last = page[count - 1].place;
        query.after = &last;
        arena_rewind(step->engine->scratch, mark);
    } while (count == WAITING_PAGE);
    return FAULT_NONE;
}
