#include "sim/allotment.h"

#include "sim/checks.h"
#include "sim/parse.h"
#include "sim/refold.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ARENA = 256 * 1024 * 1024, PAGE = 256, ROOM = 16, WRONG_MAX = 512 };

/* Numbers of record.proto, agreement.proto and mobility.proto. */
enum { REFUSAL = 1, DECISION = 18, ACCEPT = 1 };
enum { HEADER_CLAIM = 13 };
enum { OUTCOME = 1, TARGET = 2, YEAR = 5, CONDITION = 6, AGREEMENT = 8, LAST_YEAR = 9 };
enum { TERMS_CONDITIONS = 2 };
enum { ONE_ID = 1, ONE_SENDING, ONE_FIRST_YEAR = 4, ONE_LAST_YEAR, ONE_PLACES };
enum { REFUSAL_RULE = 2 };

/* Somebody wanted this one accepted though no place was left. */
struct wanted {
    size_t own;
    struct header_dossier dossier;
};

struct allotment {
    const struct world *world;
    struct ledger *ledger;
    struct arena *arena; /* of one acceptance */
    size_t read;         /* records of the ledger so far */
    struct wanted *wanted;
    size_t wanted_count, wanted_room, over;
    /* Whoever asked for it has not been heard yet: a node that dies in its commit is seen before
     * the user is who has no answer from it. */
    bool doubted;
    struct wanted doubt;
    char doubtful[WRONG_MAX], wrong[WRONG_MAX];
};

/* What places are counted under; views of a header. */
struct under {
    struct bytes agreement, condition, year;
};

/* A dossier as one store had it when it kept a record of its own. */
struct moment {
    struct store_record *rows;
    size_t count;
    struct dossier says;
};

/* One acceptance. */
struct given {
    struct allotment *allotment;
    const struct ledger_record *record;
    struct store *store;
    struct store_place place;
    int64_t serial; /* of it in its host's store: what comes after was not there */
    struct under under;
};

struct allotment *allotment_open(const struct world *world, struct ledger *ledger)
{
    struct allotment *allotment = ledger ? calloc(1, sizeof *allotment) : NULL;
    if (!allotment)
        return NULL;
    allotment->world = world;
    allotment->ledger = ledger;
    allotment->arena = arena_open(ARENA);
    if (allotment->arena)
        return allotment;
    allotment_close(allotment);
    return NULL;
}

void allotment_close(struct allotment *allotment)
{
    if (!allotment)
        return;
    arena_close(allotment->arena);
    free(allotment->wanted);
    free(allotment);
}

size_t allotment_over(const struct allotment *allotment)
{
    return allotment->over;
}

/* ---- reading ---- */

/* With those of its records that were kept before this one, and with it: `and_it`. */
static bool moment_read(const struct given *given, const struct store_place *place, bool and_it,
                        struct moment *out)
{
    struct arena *arena = given->allotment->arena;
    struct bytes *headers;
    size_t all;
    if (given->store->record_list(given->store, place, true, arena, &out->rows, &all))
        return false;
    headers = arena_take_array(arena, all + 1, sizeof *headers);
    out->count = 0;
    for (size_t i = 0; headers && i < all; i++)
        if (out->rows[i].serial < given->serial + and_it) {
            out->rows[out->count] = out->rows[i];
            headers[out->count++] = out->rows[i].header;
        }
    return headers && refold_read(headers, out->count, arena, &out->says);
}

static const struct store_record *row_of(const struct moment *moment, const struct digest *id)
{
    for (size_t i = 0; i < moment->count; i++)
        if (digest_equal(&moment->rows[i].id, id))
            return &moment->rows[i];
    return NULL;
}

static struct bytes claim_of(const struct store_record *row)
{
    return row ? parse_field(row->header, HEADER_CLAIM).stuff : (struct bytes) {0};
}

/* False: it names no agreement that is a dossier. */
static bool under_read(const struct store_record *row, struct under *out)
{
    struct bytes claim = claim_of(row);
    *out = (struct under) {parse_field(claim, AGREEMENT).stuff, parse_field(claim, CONDITION).stuff,
                           parse_field(claim, YEAR).stuff};
    return out->agreement.size == HEADER_DOSSIER_SIZE && out->condition.size && out->year.size;
}

/* The student has a place under that, whatever came of it since. */
static bool has_place(const struct moment *moment, const struct under *under)
{
    static const uint64_t without =
        UINT64_C(1) << DOSSIER_EMPTY | UINT64_C(1) << DOSSIER_VOID |
        UINT64_C(1) << DOSSIER_PENDING | UINT64_C(1) << DOSSIER_REFUSED |
        UINT64_C(1) << DOSSIER_WAITLISTED | UINT64_C(1) << DOSSIER_WITHDRAWN |
        UINT64_C(1) << DOSSIER_REVOKED;
    struct under own;
    return !(without >> moment->says.state & 1) &&
           under_read(row_of(moment, &moment->says.decided), &own) &&
           bytes_equal(own.agreement, under->agreement) &&
           bytes_equal(own.condition, under->condition) && bytes_equal(own.year, under->year);
}

/* ---- how many there are ---- */

static bool not_after(struct bytes one, struct bytes other)
{
    size_t size = one.size < other.size ? one.size : other.size;
    int order = size ? memcmp(one.data, other.data, size) : 0;
    return order < 0 || (order == 0 && one.size <= other.size);
}

/* Under the condition of these terms by which the home sends in this year. */
static uint64_t places_in(struct bytes terms, const struct under *under, const char *home)
{
    struct parse_field field;
    uint64_t places = 0;
    while (parse_next(&terms, &field))
        if (field.number == TERMS_CONDITIONS &&
            bytes_equal(parse_field(field.stuff, ONE_ID).stuff, under->condition) &&
            parse_says(field.stuff, ONE_SENDING, home) &&
            not_after(parse_field(field.stuff, ONE_FIRST_YEAR).stuff, under->year) &&
            not_after(under->year, parse_field(field.stuff, ONE_LAST_YEAR).stuff))
            places = parse_field(field.stuff, ONE_PLACES).value;
    return places;
}

/* False: of an agreement that is not whole there nothing can be said. */
static bool places_read(const struct given *given, uint64_t *out)
{
    struct store_place place = given->place;
    struct moment moment = {0};
    *out = 0;
    memcpy(place.dossier.bytes, given->under.agreement.data, HEADER_DOSSIER_SIZE);
    for (int opener = 0; opener < 2; opener++) {
        place.opened_by_partner = opener;
        if (!moment_read(given, &place, false, &moment))
            return false;
        if (moment.count && dossier_family(moment.says.state) == KIND_AGREEMENT)
            break;
        moment.count = 0;
    }
    if (moment.count && (moment.says.incomplete || moment.says.forked[0] || moment.says.forked[1]))
        return false;
    const struct store_record *terms = row_of(&moment, &moment.says.in_force);
    const struct store_record *end = row_of(&moment, &moment.says.termination);
    if (terms &&
        (!end || not_after(given->under.year, parse_field(claim_of(end), LAST_YEAR).stuff)))
        *out = places_in(terms->body, &given->under,
                         world_institution(given->allotment->world, given->record->audience));
    return true;
}

/* UINT64_MAX: the store cannot be read. */
static uint64_t taken_by_others(const struct given *given)
{
    struct store_dossier_query query = {
        .pair = given->place.pair, .opened_by_partner = 1, .max = PAGE};
    struct store_dossier *rows;
    uint64_t taken = 0;
    size_t count;
    do {
        if (given->store->dossier_list(given->store, &query, given->allotment->arena, &rows,
                                       &count))
            return UINT64_MAX;
        for (size_t i = 0; i < count; i++) {
            struct moment moment;
            if (memcmp(&rows[i].place.dossier, &given->place.dossier,
                       sizeof rows[i].place.dossier) == 0)
                continue;
            if (!moment_read(given, &rows[i].place, false, &moment))
                return UINT64_MAX;
            taken += has_place(&moment, &given->under);
        }
        if (count)
            query.after = &rows[count - 1].place;
    } while (count == PAGE);
    return taken;
}

/* ---- one acceptance ---- */

static bool is_wanted(const struct allotment *allotment, const struct wanted *one)
{
    for (size_t i = 0; i < allotment->wanted_count; i++)
        if (allotment->wanted[i].own == one->own &&
            memcmp(&allotment->wanted[i].dossier, &one->dossier, sizeof one->dossier) == 0)
            return true;
    return false;
}

/* It gives a place that this student did not have: then `under` says which. */
static bool gives(struct given *given)
{
    struct moment before, with;
    struct bytes claim;
    struct digest target;
    if (!moment_read(given, &given->place, false, &before) ||
        !moment_read(given, &given->place, true, &with))
        return false;
    claim = claim_of(row_of(&with, &given->record->id));
    return parse_field(claim, OUTCOME).value == ACCEPT &&
           digest_from(parse_field(claim, TARGET).stuff, &target) &&
           under_read(row_of(&with, &target), &given->under) && has_place(&with, &given->under) &&
           !has_place(&before, &given->under);
}

static void acceptance_look(struct allotment *allotment, const struct ledger_record *record)
{
    struct given given = {
        .allotment = allotment,
        .record = record,
        .store = world_store(allotment->world, record->author),
        .place = {.opened_by_partner = true, .dossier = record->dossier},
    };
    uint64_t places, taken;
    arena_reset(allotment->arena);
    given.place.pair =
        checks_pair(allotment->world, record->author, record->audience, allotment->arena);
    if (!given.place.pair ||
        given.store->record_find(given.store, &given.place, record->lane, record->index,
                                 &record->id, &given.serial) ||
        !given.serial || !gives(&given) || !places_read(&given, &places))
        return;
    taken = taken_by_others(&given);
    if (taken < places || allotment->doubted)
        return;
    allotment->doubted = true;
    allotment->doubt = (struct wanted) {record->author, record->dossier};
    snprintf(allotment->doubtful, sizeof allotment->doubtful,
             "%s accepts one more where it has %llu places and gave %llu",
             ledger_name(allotment->ledger, record), (unsigned long long)places,
             (unsigned long long)taken);
}

static void wanted_add(struct allotment *allotment, const struct event_submission *submission)
{
    struct wanted wanted = {.dossier = submission->dossier};
    if (!world_find(allotment->world, submission->own, &wanted.own))
        return;
    if (allotment->wanted_count == allotment->wanted_room) {
        size_t room = allotment->wanted_room ? 2 * allotment->wanted_room : ROOM;
        struct wanted *larger = realloc(allotment->wanted, room * sizeof *larger);
        if (!larger)
            return;
        allotment->wanted = larger;
        allotment->wanted_room = room;
    }
    allotment->wanted[allotment->wanted_count++] = wanted;
}

const char *allotment_given(struct allotment *allotment)
{
    bool wanted = is_wanted(allotment, &allotment->doubt);
    if (!allotment->doubted)
        return NULL;
    allotment->doubted = false;
    allotment->over += wanted;
    return wanted ? NULL : allotment->doubtful;
}

const char *allotment_note(struct allotment *allotment, const struct world_event *event)
{
    const struct ledger_record *record;
    const char *wrong = NULL;
    bool asked = event->deed == WORLD_SUBMITTED;
    if (asked && event->submission->over_quota)
        wanted_add(allotment, event->submission);
    if (asked)
        wrong = allotment_given(allotment);
    for (; (record = ledger_record(allotment->ledger, allotment->read)); allotment->read++)
        if (record->kind == DECISION && !record->opened_by_author &&
            !ledger_party(allotment->ledger, record->author)->distrusted)
            acceptance_look(allotment, record);
    if (!wrong && event->deed != WORLD_STOPPED)
        wrong = allotment_given(allotment);
    if (!wrong)
        return NULL;
    snprintf(allotment->wrong, sizeof allotment->wrong, "I7: %.500s", wrong);
    return allotment->wrong;
}

/* ---- a world at rest ---- */

static bool honest(const struct allotment *allotment, size_t one, size_t other)
{
    return !ledger_party(allotment->ledger, one)->distrusted &&
           !ledger_party(allotment->ledger, other)->distrusted;
}

typedef const char *pair_look(const struct allotment *allotment, size_t one, size_t other,
                              struct arena *arena);

/* Each two that are honest and deal with each other; both ways round. */
static const char *pairs_look(const struct allotment *allotment, struct arena *arena,
                              pair_look *look)
{
    size_t count = world_count(allotment->world);
    const char *wrong = NULL;
    for (size_t one = 0; one < count && !wrong; one++)
        for (size_t other = 0; other < count && !wrong; other++)
            if (one != other && honest(allotment, one, other) &&
                checks_pair(allotment->world, one, other, arena))
                wrong = look(allotment, one, other, arena);
    return wrong;
}

static bool end_read(const struct allotment *allotment, size_t node, size_t other,
                     const struct store_place *place, struct arena *arena, struct dossier *out)
{
    struct store *store = world_store(allotment->world, node);
    struct store_place own = *place;
    struct store_record *rows;
    size_t count;
    own.pair = checks_pair(allotment->world, node, other, arena);
    if (!own.pair || store->record_list(store, &own, false, arena, &rows, &count))
        return false;
    struct bytes *headers = arena_take_array(arena, count + 1, sizeof *headers);
    for (size_t i = 0; headers && i < count; i++)
        headers[i] = rows[i].header;
    return headers && refold_read(headers, count, arena, out);
}

static const char *agreements_same(const struct allotment *allotment, size_t one, size_t other,
                                   struct arena *arena)
{
    struct store *store = world_store(allotment->world, one);
    struct store_dossier_query query = {.pair = checks_pair(allotment->world, one, other, arena),
                                        .opened_by_partner = 0,
                                        .max = PAGE};
    struct store_dossier *rows;
    size_t count;
    do {
        if (store->dossier_list(store, &query, arena, &rows, &count))
            return "a store cannot be read";
        for (size_t i = 0; i < count; i++) {
            struct store_place there = rows[i].place;
            struct dossier here, at_other;
            char name[HEADER_DOSSIER_TEXT];
            if (dossier_family((enum dossier_state)rows[i].state) != KIND_AGREEMENT)
                continue;
            there.opened_by_partner = true;
            header_dossier_text(&rows[i].place.dossier, name);
            if (!end_read(allotment, one, other, &rows[i].place, arena, &here) ||
                !end_read(allotment, other, one, &there, arena, &at_other))
                return "a dossier cannot be read";
            if (!digest_equal(&here.in_force, &at_other.in_force) ||
                !digest_equal(&here.termination, &at_other.termination))
                return arena_format(arena, "%s and %s see other terms of %s in force",
                                    world_institution(allotment->world, one),
                                    world_institution(allotment->world, other), name);
        }
        if (count)
            query.after = &rows[count - 1].place;
    } while (count == PAGE);
    return NULL;
}

const char *allotment_same(const struct allotment *allotment, struct arena *arena)
{
    return pairs_look(allotment, arena, agreements_same);
}

/* Who went back to a backup may not know for a while how an agreement stands, and lets through what
 * its partner knows better; only a host counts, whatever it went back to. */
static const struct {
    const char *rule;
    bool though_restored;
} never[] = {
    {"decision.places", true},
    {"nomination.agreement_in_force", false},
    {"nomination.condition_", false},
};

/* The rule by which this refusal of a record of `author` must never be; NULL: there is none. */
static const char *never_for(const struct allotment *allotment, const struct store_record *refusal,
                             size_t author)
{
    struct bytes rule = parse_field(refusal->body, REFUSAL_RULE).stuff;
    bool restored = ledger_party(allotment->ledger, author)->restored;
    for (size_t n = 0; refusal->kind == REFUSAL && n < sizeof never / sizeof *never; n++)
        if (rule.size >= strlen(never[n].rule) &&
            memcmp(rule.data, never[n].rule, strlen(never[n].rule)) == 0 &&
            (never[n].though_restored || !restored))
            return never[n].rule;
    return NULL;
}

static const char *refusals_look(const struct allotment *allotment, size_t one, size_t other,
                                 struct arena *arena)
{
    struct store_record **rows;
    size_t count;
    if (!checks_records(world_store(allotment->world, one),
                        checks_pair(allotment->world, one, other, arena), arena, &rows, &count))
        return "a store cannot be read";
    for (size_t i = 0; i < count; i++) {
        bool ours = rows[i]->flags & STORE_OURS;
        const char *rule = never_for(allotment, rows[i], ours ? other : one);
        if (rule)
            return arena_format(arena, "%s refused a record of %s for %s",
                                world_institution(allotment->world, ours ? one : other),
                                world_institution(allotment->world, ours ? other : one), rule);
    }
    return NULL;
}

const char *allotment_stays(const struct allotment *allotment, struct arena *arena)
{
    return pairs_look(allotment, arena, refusals_look);
}
