#include "figures/figures_grants.h"

#include "figures/figures_hide.h"
#include "mobility.pb-c.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { PAGE = 500, MONEY_STEP = 5000 * 100 };

static const char *const codes[FIGURES_GRANTS_BY_COUNT] = {
    [FIGURES_GRANTS_ALL] = "all",      [FIGURES_GRANTS_BY_ENVELOPE] = "envelope",
    [FIGURES_GRANTS_BY_CALL] = "call", [FIGURES_GRANTS_BY_PEOPLE] = "people",
    [FIGURES_GRANTS_BY_KIND] = "kind", [FIGURES_GRANTS_BY_GROUP] = "group",
};

const char *figures_grants_code(enum figures_grants_by by)
{
    assert(by < FIGURES_GRANTS_BY_COUNT);
    return codes[by];
}

enum figures_grants_by figures_grants_find(const char *code)
{
    enum figures_grants_by by = FIGURES_GRANTS_ALL;
    while (by < FIGURES_GRANTS_BY_COUNT && strcmp(codes[by], code) != 0)
        by++;
    return by;
}

/* ---- what there is -----------------------------------------------------------------------------
 */

struct counting {
    const struct figures_grants_ask *ask;
    struct arena *arena;
    struct figures_grants *out;
    size_t room;
    struct numbered_page calls, envelopes; /* all of them, ascending */
};

/* All of a list. */
static enum fault gather(const struct counting *counting, const struct numbered *list,
                         struct numbered_page *out)
{
    struct numbered_page page = {0};
    *out = page;
    do {
        TRY(numbered_list(counting->ask->store, list, page.next, PAGE, counting->arena, &page));
        ProtobufCMessage **all =
            arena_take_array(counting->arena, out->count + page.count + 1, sizeof *all);
        if (!all)
            return FAULT_MEMORY;
        if (out->count)
            memcpy(all, out->messages, out->count * sizeof *all);
        memcpy(all + out->count, page.messages, page.count * sizeof *all);
        out->messages = all;
        out->count += page.count;
    } while (page.next);
    return FAULT_NONE;
}

static const Peregrin__Call *call_of(const struct counting *counting, uint32_t number)
{
    for (size_t i = 0; i < counting->calls.count; i++) {
        const Peregrin__Call *call = (const Peregrin__Call *)counting->calls.messages[i];
        if (call->number == number)
            return call;
    }
    return NULL;
}

static const Peregrin__Envelope *envelope_of(const struct counting *counting, uint32_t number)
{
    for (size_t i = 0; i < counting->envelopes.count; i++) {
        const Peregrin__Envelope *envelope =
            (const Peregrin__Envelope *)counting->envelopes.messages[i];
        if (envelope->number == number)
            return envelope;
    }
    return NULL;
}

/* ---- lines -------------------------------------------------------------------------------------
 */

static bool same(const struct figures_grants_line *line, const struct figures_grants_line *what)
{
    return line->by == what->by && line->key == what->key && line->within == what->within &&
           strcmp(line->currency, what->currency) == 0 &&
           (line->by != FIGURES_GRANTS_BY_GROUP || strcmp(line->name, what->name) == 0);
}

/* The line that is like this one; a new one where there is none. NULL: the arena is spent. */
static struct figures_grants_line *line_of(struct counting *counting,
                                           const struct figures_grants_line *what)
{
    struct figures_grants *out = counting->out;
    for (size_t i = 0; i < out->count; i++)
        if (same(&out->lines[i], what))
            return &out->lines[i];
    if (out->count == counting->room) {
        size_t room = counting->room ? 2 * counting->room : 32;
        struct figures_grants_line *lines = arena_take_array(counting->arena, room, sizeof *lines);
        if (!lines)
            return NULL;
        if (out->count)
            memcpy(lines, out->lines, out->count * sizeof *lines);
        out->lines = lines;
        counting->room = room;
    }
    out->lines[out->count] = *what;
    return &out->lines[out->count++];
}

static const char *numbered_name(const struct counting *counting, uint32_t number,
                                 const char *title)
{
    return arena_format(counting->arena, "%u %s", number, title);
}

/* Also those to which nobody has applied, so that the money in them is seen. */
static enum fault envelopes_add(struct counting *counting)
{
    for (size_t i = 0; i < counting->envelopes.count; i++) {
        const Peregrin__Envelope *envelope =
            (const Peregrin__Envelope *)counting->envelopes.messages[i];
        if (strcmp(envelope->own, counting->ask->own) != 0)
            continue;
        struct figures_grants_line line = {
            .by = FIGURES_GRANTS_BY_ENVELOPE,
            .key = envelope->number,
            .currency = envelope->currency,
            .name = numbered_name(counting, envelope->number, envelope->title),
            .amount = envelope->cents,
            .left = envelope_balance(envelope),
        };
        if (!line.name || !line_of(counting, &line))
            return FAULT_MEMORY;
    }
    return FAULT_NONE;
}

/* The line that a call counts in; its envelope's stands there already. */
static bool call_line(const struct counting *counting, const Peregrin__Call *call,
                      struct figures_grants_line *out)
{
    const Peregrin__Envelope *envelope = envelope_of(counting, call->envelope);
    *out = (struct figures_grants_line) {
        .by = FIGURES_GRANTS_BY_CALL,
        .key = call->number,
        .within = call->envelope,
        .currency = envelope ? envelope->currency : "",
        .name = arena_format(counting->arena, "%u %s%s", call->number, call->title,
                             call->scholarship ? " (scholarship)" : ""),
        .wide = envelope ? numbered_name(counting, envelope->number, envelope->title) : NULL,
    };
    return out->name && (!envelope || out->wide);
}

static enum fault calls_add(struct counting *counting)
{
    for (size_t i = 0; i < counting->calls.count; i++) {
        const Peregrin__Call *call = (const Peregrin__Call *)counting->calls.messages[i];
        struct figures_grants_line line;
        if (strcmp(call->own, counting->ask->own) != 0)
            continue;
        if (!call_line(counting, call, &line) || !line_of(counting, &line))
            return FAULT_MEMORY;
    }
    return FAULT_NONE;
}

/* ---- applications ------------------------------------------------------------------------------
 */

static void add(struct figures_grants_line *line, const Peregrin__Grant *grant)
{
    switch (grant->state) {
    case GRANT_WAITING:
        line->waiting++;
        line->asked += grant->asked;
        break;
    case GRANT_ALLOTTED:
        line->granted++;
        line->has += grant->cents;
        break;
    default: line->given_back++; break;
    }
}

static bool is_staff(uint32_t kind)
{
    return kind == PEREGRIN__MOBILITY_KIND__MOBILITY_TEACHING ||
           kind == PEREGRIN__MOBILITY_KIND__MOBILITY_TRAINING;
}

/* Every application counts once in each way of counting. */
static enum fault grant_add(struct counting *counting, const Peregrin__Grant *grant)
{
    const Peregrin__Call *call = call_of(counting, grant->call);
    if (!call || strcmp(call->own, grant->own) != 0)
        return FAULT_CORRUPT;
    const Peregrin__Envelope *envelope = envelope_of(counting, call->envelope);
    bool staff = is_staff(grant->mobility), grouped = grant->group < call->n_groups;
    const char *people = staff ? "staff" : "students";
    const struct figures_grants_line ways[] = {
        {.by = FIGURES_GRANTS_ALL, .name = "all"},
        {.by = FIGURES_GRANTS_BY_ENVELOPE, .key = call->envelope, .name = "no envelope"},
        {.by = FIGURES_GRANTS_BY_CALL, .key = call->number, .within = call->envelope},
        {.by = FIGURES_GRANTS_BY_PEOPLE, .key = staff, .name = people},
        {.by = FIGURES_GRANTS_BY_KIND,
         .key = grant->mobility,
         .within = staff,
         .name = figures_kind_code(grant->mobility),
         .wide = people},
        {.by = FIGURES_GRANTS_BY_GROUP,
         .key = !grouped,
         .name = grouped ? call->groups[grant->group] : "no group"},
    };
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        struct figures_grants_line wanted = ways[i];
        wanted.currency = envelope ? envelope->currency : "";
        struct figures_grants_line *line = line_of(counting, &wanted);
        if (!line)
            return FAULT_MEMORY;
        add(line, grant);
    }
    return FAULT_NONE;
}

static enum fault grants_add(struct counting *counting, struct arena *scratch)
{
    const struct figures_grants_ask *ask = counting->ask;
    struct numbered_page page = {0};
    do {
        uint32_t after = page.next;
        arena_reset(scratch);
        TRY(numbered_list(ask->store, &grant_numbered, after, PAGE, scratch, &page));
        for (size_t i = 0; i < page.count; i++) {
            const Peregrin__Grant *grant = (const Peregrin__Grant *)page.messages[i];
            if (strcmp(grant->own, ask->own) == 0 && ask->sees(ask->self, grant))
                TRY(grant_add(counting, grant));
        }
    } while (page.next);
    return FAULT_NONE;
}

static int line_order(const void *left, const void *right)
{
    const struct figures_grants_line *one = left, *other = right;
    int currency = strcmp(one->currency, other->currency);
    if (one->by != other->by)
        return one->by < other->by ? -1 : 1;
    if (currency)
        return currency;
    if (one->within != other->within)
        return one->within < other->within ? -1 : 1;
    if (one->key != other->key)
        return one->key < other->key ? -1 : 1;
    return strcmp(one->name, other->name);
}

enum fault figures_grants_count(const struct figures_grants_ask *ask, struct arena *arena,
                                struct figures_grants *out)
{
    struct counting counting = {.ask = ask, .arena = arena, .out = out};
    *out = (struct figures_grants) {0};
    TRY(gather(&counting, &envelope_numbered, &counting.envelopes));
    TRY(gather(&counting, &call_numbered, &counting.calls));
    TRY(envelopes_add(&counting));
    TRY(calls_add(&counting));
    struct arena *scratch = arena_open(2 * PAGE * STORE_VALUE_MAX);
    enum fault fault = scratch ? grants_add(&counting, scratch) : FAULT_MEMORY;
    arena_close(scratch);
    if (!fault && out->count)
        qsort(out->lines, out->count, sizeof *out->lines, line_order);
    return fault;
}

/* ---- for the public ----------------------------------------------------------------------------
 */

bool figures_grants_is_public(enum figures_grants_by by)
{
    return by == FIGURES_GRANTS_ALL || by == FIGURES_GRANTS_BY_ENVELOPE ||
           by == FIGURES_GRANTS_BY_CALL;
}

/* What a line is published as, before it is rounded, and the most that this stands for. */
struct reach {
    uint64_t shown, most;
};

static struct reach reach_of(const struct figures_grants *grants,
                             const struct figures_grants_line *line)
{
    bool all = line->by == FIGURES_GRANTS_ALL;
    uint64_t most = 0;
    if (line->by == FIGURES_GRANTS_BY_CALL)
        return (struct reach) {line->granted, figures_hide_most(line->granted)};
    for (size_t i = 0; i < grants->count; i++) {
        const struct figures_grants_line *part = &grants->lines[i];
        if (part->by == (all ? FIGURES_GRANTS_BY_ENVELOPE : FIGURES_GRANTS_BY_CALL) &&
            strcmp(part->currency, line->currency) == 0 && (all || part->within == line->key))
            most += reach_of(grants, part).most;
    }
    uint64_t shown = line->granted - (line->granted && line->granted == most);
    uint64_t stands = figures_hide_most(shown);
    stands += stands + 1 == most;
    return (struct reach) {shown, most < stands ? most : stands};
}

/* Each line is worked out while those that it is a sum of are as they were. */
void figures_grants_hide(struct figures_grants *grants)
{
    size_t kept = 0;
    for (size_t i = 0; i < grants->count; i++)
        if (figures_grants_is_public(grants->lines[i].by))
            grants->lines[kept++] = grants->lines[i];
    grants->count = kept;
    for (size_t i = 0; i < kept; i++) {
        struct figures_grants_line *line = &grants->lines[i];
        line->granted = figures_hide_count(reach_of(grants, line).shown);
        line->has = line->granted ? (line->has + MONEY_STEP / 2) / MONEY_STEP * MONEY_STEP : 0;
        line->left = line->granted ? (line->left + MONEY_STEP / 2) / MONEY_STEP * MONEY_STEP : 0;
        line->waiting = line->given_back = line->asked = 0;
    }
}

/* ---- as a table --------------------------------------------------------------------------------
 */

static const struct figures_column group = {"group", "GROUP", FIGURES_TEXT};
static const struct figures_column within = {"within", "WITHIN", FIGURES_TEXT};
static const struct figures_column currency = {"currency", "CURRENCY", FIGURES_TEXT};
static const struct figures_column applied = {"applications", "APPLICATIONS", FIGURES_NUMBER};
static const struct figures_column granted = {"granted", "GRANTED", FIGURES_NUMBER};
static const struct figures_column sum = {"granted_sum", "SUM", FIGURES_HUNDREDTHS};
static const struct figures_column mean = {"mean", "MEAN", FIGURES_MEAN};
static const struct figures_column waiting = {"waiting", "WAITING", FIGURES_NUMBER};
static const struct figures_column asked = {"asked_sum", "THEY ASK", FIGURES_HUNDREDTHS};
static const struct figures_column given_back = {"given_back", "GIVEN BACK", FIGURES_NUMBER};
static const struct figures_column amount = {"amount", "AMOUNT", FIGURES_HUNDREDTHS};
static const struct figures_column left = {"left", "LEFT", FIGURES_HUNDREDTHS};

/* What each row has; those of an envelope end with its money. */
static const struct figures_column *const columns[] = {&group,   &within,     &currency, &applied,
                                                       &granted, &sum,        &mean,     &waiting,
                                                       &asked,   &given_back, &amount,   &left};
enum { COLUMNS = sizeof columns / sizeof *columns, MONEY_COLUMNS = 2 };
static_assert((int)COLUMNS <= (int)FIGURES_CELLS, "a cell for each");

static const char *const titles[FIGURES_GRANTS_BY_COUNT] = {
    [FIGURES_GRANTS_ALL] = "All together", [FIGURES_GRANTS_BY_ENVELOPE] = "By envelope",
    [FIGURES_GRANTS_BY_CALL] = "By call",  [FIGURES_GRANTS_BY_PEOPLE] = "Students and staff",
    [FIGURES_GRANTS_BY_KIND] = "By kind",  [FIGURES_GRANTS_BY_GROUP] = "By priority group",
};

static void row_fill(const struct figures_grants_line *line, bool open, struct figures_cell *row)
{
    enum figures_cell_state few =
        open && line->granted < FIGURES_LEAST ? FIGURES_FEW : FIGURES_THERE;
    enum figures_cell_state back = open ? FIGURES_KEPT_BACK : FIGURES_THERE;
    uint64_t all = line->waiting + line->granted + line->given_back;
    row[0] = figures_table_words(line->name);
    row[1] = figures_table_words(line->wide);
    row[2] = figures_table_words(line->currency);
    /* Who waits or gave back would tell of those who got nothing. */
    row[3] = figures_table_number(back, (int64_t)all);
    row[4] = figures_table_number(few, (int64_t)line->granted);
    row[5] = figures_table_number(few, (int64_t)line->has);
    row[6] = figures_table_ratio(few, line->has, line->granted * 100);
    row[7] = figures_table_number(back, (int64_t)line->waiting);
    row[8] = figures_table_number(back, (int64_t)line->asked);
    row[9] = figures_table_number(back, (int64_t)line->given_back);
    row[10] = figures_table_number(FIGURES_THERE, (int64_t)line->amount);
    row[11] = figures_table_number(few, (int64_t)line->left);
}

enum fault figures_grants_table(const struct figures_grants *grants, enum figures_grants_by by,
                                bool open, struct arena *arena, struct figures_table *out)
{
    bool money = by == FIGURES_GRANTS_BY_ENVELOPE;
    *out = (struct figures_table) {.name = figures_grants_code(by),
                                   .title = titles[by],
                                   .columns = columns,
                                   .column_count = money ? COLUMNS : COLUMNS - MONEY_COLUMNS};
    for (size_t i = 0; i < grants->count; i++) {
        if (grants->lines[i].by != by)
            continue;
        struct figures_cell *row = figures_table_row(out, arena);
        if (!row)
            return FAULT_MEMORY;
        row_fill(&grants->lines[i], open, row);
    }
    return FAULT_NONE;
}
