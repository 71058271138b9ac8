#include "figures/figures.h"

#include "admin/hand.h"
#include "admin/unit.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { PAGE = 2048, BINS = 1 << 17, YEARS_MAX = 200, ISCED_F_BASE = 10000, BROAD = 100 };

static_assert(BINS > 2 * FIGURES_LINES_MAX, "there is always a bin that is free");

struct counting {
    const struct figures_ask *ask;
    struct arena *arena;
    struct figures *out;
    uint32_t *bins; /* index into the lines, plus one */
    size_t room;
    const struct store_pair *pair; /* of the row */
    struct unit_given given;       /* of the pair's dossiers */
    const char *country;
    bool marked; /* some of the pair's nominations have come further by hand */
};

/* ---- names ---- */

static const char *const ways[] = {
    [FIGURES_BY_YEAR] = "year",       [FIGURES_BY_PARTNER] = "partner",
    [FIGURES_BY_COUNTRY] = "country", [FIGURES_BY_KIND] = "kind",
    [FIGURES_BY_FIELD] = "field",     [FIGURES_BY_UNIT] = "unit",
    [FIGURES_BY_GROUP] = "group",
};
static_assert(sizeof ways / sizeof *ways == FIGURES_BY_COUNT, "a code for each");

static const char *const kinds[FIGURES_KINDS] = {
    "unknown", "studies", "traineeship", "blended", "doctoral", "teaching", "training", "virtual",
};

/* The broad fields of ISCED-F 2013, by their two digits. */
static const char *const fields[] = {
    "00 generic",       "01 education",        "02 arts, humanities", "03 social sciences",
    "04 business, law", "05 natural sciences", "06 computing",        "07 engineering",
    "08 agriculture",   "09 health, welfare",  "10 services",
};

const char *figures_by_code(enum figures_by by)
{
    assert(by < FIGURES_BY_COUNT);
    return ways[by];
}

enum figures_by figures_by_find(const char *code)
{
    enum figures_by by = 0;
    while (by < FIGURES_BY_COUNT && strcmp(ways[by], code) != 0)
        by++;
    return by;
}

const char *figures_kind_code(uint32_t mobility)
{
    return kinds[mobility < FIGURES_KINDS ? mobility : 0];
}

uint32_t figures_kind_find(const char *code)
{
    uint32_t kind = FIGURES_KINDS - 1;
    while (kind > 0 && strcmp(kinds[kind], code) != 0)
        kind--;
    return kind;
}

const char *figures_year_text(uint32_t year, struct arena *arena)
{
    return year ? arena_format(arena, "%04u/%04u", year, year + 1) : "unknown";
}

bool figures_year_read(const char *text, uint32_t *year)
{
    if (strlen(text) != 9 || text[4] != '/' || strspn(text, "0123456789") != 4 ||
        strspn(text + 5, "0123456789") != 4)
        return false;
    unsigned long first = strtoul(text, NULL, 10), second = strtoul(text + 5, NULL, 10);
    *year = (uint32_t)first;
    return first > 0 && second == first + 1;
}

static const char *field_text(uint32_t isced_f)
{
    uint32_t broad = isced_f >= ISCED_F_BASE ? (isced_f - ISCED_F_BASE) / BROAD : UINT32_MAX;
    return broad < sizeof fields / sizeof *fields ? fields[broad] : "";
}

static const char *group_of(const struct counting *counting, const struct facts *facts,
                            const char *unit, enum figures_by by)
{
    switch (by) {
    case FIGURES_BY_PARTNER: return counting->pair->partner;
    case FIGURES_BY_COUNTRY: return counting->country;
    case FIGURES_BY_KIND: return figures_kind_code(facts->mobility);
    case FIGURES_BY_FIELD: return field_text(facts->isced_f);
    case FIGURES_BY_UNIT: return unit ? unit : "";
    default: return "";
    }
}

/* ---- lines ---- */

static uint32_t bin_of(enum figures_by by, uint32_t year, const char *group)
{
    uint32_t sum = 2166136261u ^ (uint32_t)by ^ year << 4;
    for (; *group; group++)
        sum = (sum ^ (uint8_t)*group) * 16777619u;
    return (sum ^ sum >> 15) % BINS;
}

static bool grow(struct counting *counting)
{
    struct figures *out = counting->out;
    if (out->count < counting->room)
        return true;
    size_t room = counting->room ? 2 * counting->room : 64;
    struct figures_line *lines = arena_take_array(counting->arena, room, sizeof *lines);
    if (!lines || out->count >= FIGURES_LINES_MAX)
        return false;
    if (out->count)
        memcpy(lines, out->lines, out->count * sizeof *lines);
    out->lines = lines;
    counting->room = room;
    return true;
}

/* NULL: there is no room. */
static struct figures_line *line_of(struct counting *counting, enum figures_by by, uint32_t year,
                                    const char *group)
{
    struct figures *out = counting->out;
    uint32_t bin = bin_of(by, year, group);
    for (; counting->bins[bin]; bin = (bin + 1) % BINS) {
        struct figures_line *line = &out->lines[counting->bins[bin] - 1];
        if (line->by == by && line->year == year && strcmp(line->group, group) == 0)
            return line;
    }
    const char *name = arena_text(counting->arena, bytes_text(group));
    if (!name || !grow(counting))
        return NULL;
    struct figures_line *line = &out->lines[out->count++];
    *line = (struct figures_line) {.by = by, .year = year, .group = name};
    if (by == FIGURES_BY_PARTNER)
        line->within = counting->country;
    counting->bins[bin] = (uint32_t)out->count;
    return line;
}

static struct figures_year *year_of(struct counting *counting, uint32_t year)
{
    struct figures *out = counting->out;
    size_t i = 0;
    while (i < out->year_count && out->years[i].year < year)
        i++;
    if (i < out->year_count && out->years[i].year == year)
        return &out->years[i];
    if (out->year_count == YEARS_MAX)
        return NULL;
    struct figures_year *years =
        arena_take_array(counting->arena, out->year_count + 1, sizeof *years);
    if (!years)
        return NULL;
    if (out->year_count) {
        memcpy(years, out->years, i * sizeof *years);
        memcpy(years + i + 1, out->years + i, (out->year_count - i) * sizeof *years);
    }
    years[i].year = year;
    out->years = years;
    out->year_count++;
    return &years[i];
}

/* ---- what a row adds ---- */

static uint64_t *state_count(struct figures_side *side, enum dossier_state state)
{
    switch (state) {
    case DOSSIER_ACCEPTED:
    case DOSSIER_REOPENED:
    case DOSSIER_ARRIVED:
    case DOSSIER_EXTENDING:
    case DOSSIER_DEPARTED:
    case DOSSIER_TRANSCRIPT:
    case DOSSIER_RECOGNISED: return &side->stays;
    case DOSSIER_REFUSED:
    case DOSSIER_VOID: return &side->refused;
    case DOSSIER_WITHDRAWN:
    case DOSSIER_REVOKED: return &side->withdrawn;
    default: return &side->open;
    }
}

/* -1: one of the days is not known. A clock that went back makes none. */
static int days_between(uint32_t from, uint32_t to)
{
    if (!from || !to)
        return -1;
    uint32_t days = to > from ? to - from : 0;
    return days < FIGURES_DAYS_MAX ? (int)days : FIGURES_DAYS_MAX;
}

static void days_add(struct figures_days *days, int between)
{
    if (between >= 0) {
        days->count++;
        days->sum += (uint64_t)between;
    }
}

static void side_add(struct figures_side *side, const struct store_dossier *row)
{
    const struct facts *facts = &row->facts;
    side->nominated++;
    ++*state_count(side, row->state);
    days_add(&side->decision, days_between(facts->nominated, facts->decided));
    if (!row->transcript)
        return;
    side->transcripts++;
    side->recognitions += facts->recognised_on > 0;
    side->taken += facts->taken ? facts->taken : facts->passed;
    side->passed += facts->passed;
    side->recognised += facts->recognised;
    days_add(&side->transcript, days_between(facts->departed, facts->transcribed));
}

static void year_add(struct figures_year *year, const struct store_dossier *row, int way)
{
    const struct facts *facts = &row->facts;
    struct figures_side side = {0};
    int decision = days_between(facts->nominated, facts->decided);
    int transcript = row->transcript ? days_between(facts->departed, facts->transcribed) : -1;
    if (decision >= 0)
        year->decision[way][decision]++;
    if (transcript >= 0)
        year->transcript[way][transcript]++;
    ++*state_count(&side, row->state);
    year->stays[way][facts->mobility < FIGURES_KINDS ? facts->mobility : 0] += side.stays;
}

static void step_add(struct figures_step *step, uint64_t changed_at)
{
    step->count++;
    if (!step->since || changed_at < step->since)
        step->since = changed_at;
}

static enum fault line_add(struct counting *counting, enum figures_by by, const char *group,
                           const struct store_dossier *row)
{
    struct figures_line *line = line_of(counting, by, row->facts.year, group);
    if (!line)
        return FAULT_MEMORY;
    side_add(&line->sides[row->place.opened_by_partner ? FIGURES_IN : FIGURES_OUT], row);
    return FAULT_NONE;
}

static enum fault groups_add(struct counting *counting, const struct store_dossier *row)
{
    const Peregrin__PartnerGroups *groups = counting->ask->groups;
    for (size_t i = 0; groups && i < groups->n_groups; i++)
        if (group_has(groups->groups[i], counting->pair->partner))
            TRY(line_add(counting, FIGURES_BY_GROUP, group_title(groups->groups[i]), row));
    return FAULT_NONE;
}

static enum fault row_add(struct counting *counting, const struct store_dossier *row)
{
    const struct figures_ask *ask = counting->ask;
    uint32_t year = row->facts.year;
    const char *unit = unit_counted(&counting->given, row);
    int way = row->place.opened_by_partner ? FIGURES_IN : FIGURES_OUT;
    if ((ask->last && (year < ask->first || year > ask->last)) ||
        (ask->scope && !scope_holds(ask->scope, ask->own, unit)))
        return FAULT_NONE;
    struct figures_year *found = year_of(counting, year);
    if (!found)
        return FAULT_MEMORY;
    year_add(found, row, way);
    step_add(&counting->out->steps[way][row->state], row->changed_at);
    for (enum figures_by by = 0; by < FIGURES_BY_COUNT; by++) {
        if (by != FIGURES_BY_YEAR && !(ask->ways >> by & 1))
            continue;
        TRY(by == FIGURES_BY_GROUP
                ? groups_add(counting, row)
                : line_add(counting, by, group_of(counting, &row->facts, unit, by), row));
    }
    counting->out->dossiers++;
    return FAULT_NONE;
}

/* What people keep by hand counts as what it says: without it a partner that runs no node would
 * never answer. */
static enum fault row_marked(struct counting *counting, struct store_dossier *row,
                             struct arena *scratch)
{
    struct arena_mark before = arena_mark(scratch);
    const Peregrin__HandMark *mark = NULL;
    if (counting->marked)
        TRY(hand_mark_of(counting->ask->store, row, scratch, &mark));
    row->state = hand_state_of(row, mark);
    arena_rewind(scratch, before);
    return row_add(counting, row);
}

static enum fault pair_add(struct counting *counting, struct arena *scratch)
{
    struct store *store = counting->ask->store;
    struct store_dossier_query query = {.pair = counting->pair->pair,
                                        .states = dossier_family_states(KIND_MOBILITY) &
                                                  ~(UINT64_C(1) << DOSSIER_EMPTY),
                                        .opened_by_partner = -1,
                                        .max = PAGE};
    const struct catalogue_institution *partner =
        catalogue_party(counting->ask->catalogue, counting->pair->partner);
    struct store_dossier *page;
    struct store_place last;
    size_t count;
    TRY(unit_given_list(store, query.pair, counting->arena, &counting->given));
    counting->country = partner && partner->country ? partner->country : "";
    arena_reset(scratch);
    TRY(hand_marked(store, counting->pair->pair, scratch, &counting->marked));
    do {
        arena_reset(scratch);
        TRY(store->dossier_list(store, &query, scratch, &page, &count));
        for (size_t i = 0; i < count; i++)
            TRY(row_marked(counting, &page[i], scratch));
        if (count)
            last = page[count - 1].place;
        query.after = &last;
    } while (count == PAGE);
    return FAULT_NONE;
}

static int line_order(const void *left, const void *right)
{
    const struct figures_line *one = left, *other = right;
    if (one->by != other->by)
        return one->by < other->by ? -1 : 1;
    if (one->year != other->year)
        return one->year < other->year ? -1 : 1;
    int within = one->within && other->within ? strcmp(one->within, other->within) : 0;
    return within ? within : strcmp(one->group, other->group);
}

static enum fault count_all(struct counting *counting, struct arena *scratch)
{
    const struct figures_ask *ask = counting->ask;
    struct store_pair *pairs;
    size_t count;
    TRY(ask->store->pair_list(ask->store, counting->arena, &pairs, &count));
    for (size_t i = 0; i < count; i++) {
        counting->pair = &pairs[i];
        if (strcmp(pairs[i].own, ask->own) == 0)
            TRY(pair_add(counting, scratch));
    }
    if (counting->out->count)
        qsort(counting->out->lines, counting->out->count, sizeof *counting->out->lines, line_order);
    return FAULT_NONE;
}

enum fault figures_count(const struct figures_ask *ask, struct arena *arena, struct figures *out)
{
    struct counting counting = {.ask = ask, .arena = arena, .out = out};
    struct arena *scratch = arena_open(4 * PAGE * sizeof(struct store_dossier));
    *out = (struct figures) {0};
    counting.bins = calloc(BINS, sizeof *counting.bins);
    enum fault fault = FAULT_MEMORY;
    if (scratch && counting.bins)
        fault = count_all(&counting, scratch);
    free(counting.bins);
    if (scratch)
        arena_close(scratch);
    return fault;
}

/* ---- asked afterwards ---- */

const struct figures_line *figures_lines(const struct figures *figures, enum figures_by by,
                                         size_t *count)
{
    size_t first = 0, end;
    while (first < figures->count && figures->lines[first].by < by)
        first++;
    for (end = first; end < figures->count && figures->lines[end].by == by;)
        end++;
    *count = end - first;
    return figures->lines + first;
}

struct figures_line figures_total(const struct figures *figures, uint32_t year)
{
    for (size_t i = 0; i < figures->count; i++)
        if (figures->lines[i].by == FIGURES_BY_YEAR && figures->lines[i].year == year)
            return figures->lines[i];
    return (struct figures_line) {.by = FIGURES_BY_YEAR, .year = year, .group = ""};
}

const struct figures_year *figures_year(const struct figures *figures, uint32_t year)
{
    for (size_t i = 0; i < figures->year_count; i++)
        if (figures->years[i].year == year)
            return &figures->years[i];
    return NULL;
}

uint32_t figures_median_twice(const uint32_t *counts, size_t size)
{
    uint64_t all = 0, seen = 0;
    uint32_t low = 0, high = 0;
    bool found = false;
    for (size_t i = 0; i < size; i++)
        all += counts[i];
    for (size_t i = 0; i < size && all; i++) {
        seen += counts[i];
        if (!found && seen >= (all + 1) / 2) {
            low = (uint32_t)i;
            found = true;
        }
        if (seen >= all / 2 + 1) {
            high = (uint32_t)i;
            break;
        }
    }
    return low + high;
}
