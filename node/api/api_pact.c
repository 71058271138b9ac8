#include "admin/import_pact.h"
#include "api/api_routes.h"
#include "api/api_say.h"
#include "record/codec.h"

#include <assert.h>
#include <string.h>

enum { ROWS_MAX = 2000, CONDITIONS_MAX = 100, DATE_SIZE = 10, ID_SIZE = 12 };

/* A list on its way in: a proposal for each partner, in the order in which they come. */
struct proposal {
    const struct catalogue_institution *partner;
    Peregrin__Condition *conditions[CONDITIONS_MAX];
    size_t count;
};

struct reading {
    const struct api_call *call;
    struct import_pact_way way;
    struct proposal *proposals;
    size_t proposal_count, accepted, mended, refused;
    json_t *problems, *fixes;
};

/* ---- rows ---- */

static const char *cell_of(const struct api_call *call, json_t *row, enum import_pact_column column)
{
    const char *text = json_string_value(json_object_get(row, import_pact_name(column)));
    return text && *text ? arena_text(call->arena, bytes_text(text)) : NULL;
}

/* Its number; that of a new one where there is none yet. */
static size_t proposal_of(const struct reading *reading, const struct import_pact_row *row)
{
    size_t i = 0;
    while (i < reading->proposal_count && reading->proposals[i].partner != row->partner)
        i++;
    return i;
}

/* What terms have no room for is not let fall: the row is refused. */
static void room_see(const struct reading *reading, struct import_pact_row *row)
{
    size_t i = proposal_of(reading, row);
    if (!row->condition || i == reading->proposal_count ||
        reading->proposals[i].count < CONDITIONS_MAX)
        return;
    row->condition = NULL;
    if (row->note_count == IMPORT_PACT_NOTES)
        row->note_count--;
    row->notes[row->note_count++] = (struct import_pact_note) {
        .column = IMPORT_PACT_CODE,
        .code = "conditions_many",
        .expected = "at most 100 conditions with one partner",
        .remedy = "Put it into an agreement of its own.",
    };
}

static bool condition_add(struct reading *reading, const struct import_pact_row *row)
{
    size_t i = proposal_of(reading, row);
    struct proposal *proposal = &reading->proposals[i];
    if (i == reading->proposal_count)
        reading->proposals[reading->proposal_count++] = (struct proposal) {.partner = row->partner};
    assert(proposal->count < CONDITIONS_MAX);
    row->condition->id = arena_format(reading->call->arena, "c%zu", proposal->count + 1);
    proposal->conditions[proposal->count++] = row->condition;
    return row->condition->id;
}

static enum fault row_read(struct reading *reading, json_t *row, size_t place)
{
    const char *cells[IMPORT_PACT_COLUMNS];
    struct import_pact_row read;
    json_t *number = json_object_get(row, "row");
    json_int_t own = json_is_integer(number) ? json_integer_value(number) : (json_int_t)place + 1;
    bool mended = false;
    for (enum import_pact_column i = 0; i < IMPORT_PACT_COLUMNS; i++)
        cells[i] = cell_of(reading->call, row, i);
    if (!import_pact_read(&reading->way, cells, &read))
        return FAULT_MEMORY;
    room_see(reading, &read);
    for (size_t i = 0; i < read.note_count; i++) {
        const struct import_pact_note *one = &read.notes[i];
        mended |= one->mended;
        TRY(api_call_append(one->mended ? reading->fixes : reading->problems,
                            json_pack("{s:I, s:s, s:s, s:s, s:s}", "row", own, "column",
                                      import_pact_name(one->column), "code", one->code, "expected",
                                      one->expected, "remedy", one->remedy ? one->remedy : "")));
    }
    reading->refused += !read.condition;
    reading->accepted += read.condition != NULL;
    reading->mended += read.condition && mended;
    return !read.condition || condition_add(reading, &read) ? FAULT_NONE : FAULT_MEMORY;
}

/* ---- proposals ---- */

static const char *key_of(const struct api_call *call, size_t number)
{
    const char *key = call->request->idempotency_key;
    return key ? arena_format(call->arena, "%.100s/%zu", key, number) : NULL;
}

static enum fault propose(const struct reading *reading, const struct proposal *proposal,
                          size_t number, json_t *list)
{
    const struct api_call *call = reading->call;
    Peregrin__Terms terms = PEREGRIN__TERMS__INIT;
    struct api_reply reply = {0};
    struct event_answer answer;
    const char *key = key_of(call, number);
    terms.reference =
        (char *)(uintptr_t)arena_format(call->arena, "%.4s-%.25s-%.25s", reading->way.first,
                                        reading->way.own, proposal->partner->schac);
    terms.n_conditions = proposal->count;
    terms.conditions = (Peregrin__Condition **)(uintptr_t)proposal->conditions;
    const struct event_submission submission = {
        .own = reading->way.own,
        .partner = proposal->partner->schac,
        .kind = PEREGRIN__KIND__KIND_TERMS,
        .opens = true,
        .body = terms.reference ? codec_pack(&terms.base, call->arena) : (struct bytes) {0},
        .request = key ? bytes_text(key) : (struct bytes) {0},
    };
    if (!submission.body.data)
        return FAULT_MEMORY;
    TRY(api_say_submit(call, &reply, &submission, "terms", &answer));
    json_t *said = json_pack("{s:s}", "partner", proposal->partner->schac);
    int failed =
        !said ||
        json_object_set_new(said, api_call_refused(&reply) ? "error" : "dossier",
                            api_call_refused(&reply)
                                ? problem_json(&reply.problem, NULL)
                                : json_string(api_call_dossier_text(call, &answer.place.dossier)));
    if (failed)
        json_decref(said);
    return failed ? FAULT_MEMORY : api_call_append(list, said);
}

static enum fault put_proposals(struct api_reply *reply, const struct reading *reading,
                                bool confirmed)
{
    json_t *list, *said;
    TRY(api_call_list(reply, "proposals", &list));
    TRY(api_call_list(reply, "said", &said));
    for (size_t i = 0; i < reading->proposal_count; i++)
        TRY(api_call_append(list,
                            json_pack("{s:s, s:I}", "partner", reading->proposals[i].partner->schac,
                                      "conditions", (json_int_t)reading->proposals[i].count)));
    for (size_t i = 0; confirmed && i < reading->proposal_count; i++)
        TRY(propose(reading, &reading->proposals[i], i, said));
    return FAULT_NONE;
}

/* `2027/2028`, from which the next list may hold: that of the coming September. */
static const char *year_of(const struct api_call *call)
{
    char now[INSTANT_TEXT_SIZE];
    instant_text(call->request->now, now);
    int year = 0;
    for (size_t i = 0; i < 4; i++)
        year = year * 10 + (now[i] - '0');
    year += strncmp(now + 5, "09", 2) >= 0;
    return arena_format(call->arena, "%d/%d", year, year + 1);
}

static bool way_read(const struct api_call *call, struct api_reply *reply, json_t *const values[],
                     struct import_pact_way *way)
{
    enum { OWN, ROWS, UNTIL };
    char now[INSTANT_TEXT_SIZE];
    instant_text(call->request->now, now);
    way->arena = call->arena;
    way->until = values[UNTIL] ? json_string_value(values[UNTIL]) : NULL;
    way->first = year_of(call);
    way->today = arena_format(call->arena, "%.*s", DATE_SIZE, now);
    way->partners = import_partner_open(call->api->catalogue, call->arena);
    if (!way->partners || !way->today || !way->first)
        return api_call_refuse(reply, VERDICT_TOO_LARGE, "rows");
    if (json_array_size(values[ROWS]) > ROWS_MAX)
        return api_call_explain(reply, VERDICT_TOO_LARGE, "too many rows at once",
                                "send at most 2,000 in one request", "rows");
    return api_call_own(call, reply, values[OWN] ? json_string_value(values[OWN]) : NULL,
                        &way->own) &&
           api_call_whole(call, reply, way->own);
}

static enum fault import_list(const struct api_call *call, struct api_reply *reply)
{
    enum { OWN, ROWS, UNTIL, CONFIRM, COUNT };
    static const struct api_call_field fields[] = {
        [OWN] = {"own", API_CALL_TEXT, false},
        [ROWS] = {"rows", API_CALL_LIST, true},
        [UNTIL] = {"until", API_CALL_TEXT, false},
        [CONFIRM] = {"confirm", API_CALL_BOOLEAN, false},
    };
    json_t *values[COUNT];
    struct reading reading = {.call = call};
    if (!api_call_fields(call, reply, call->body, "", fields, COUNT, values) ||
        !way_read(call, reply, values, &reading.way))
        return FAULT_NONE;
    size_t count = json_array_size(values[ROWS]);
    reading.proposals = arena_take_array(call->arena, count + 1, sizeof *reading.proposals);
    if (!reading.proposals)
        return FAULT_MEMORY;
    TRY(api_call_list(reply, "problems", &reading.problems));
    TRY(api_call_list(reply, "fixes", &reading.fixes));
    for (size_t i = 0; i < count; i++)
        TRY(row_read(&reading, json_array_get(values[ROWS], i), i));
    TRY(api_call_put(reply, "accepted", json_integer((json_int_t)reading.accepted)));
    TRY(api_call_put(reply, "mended", json_integer((json_int_t)reading.mended)));
    TRY(api_call_put(reply, "refused", json_integer((json_int_t)reading.refused)));
    return put_proposals(reply, &reading, json_is_true(values[CONFIRM]));
}

const struct api_route api_pact_routes[] = {
    {
        .row = {"POST", "/api/v1/agreements/import",
                "propose agreements from an office's list, one for each partner"},
        .needs = ROLE_NEED_SIGN,
        .serve = import_list,
        .writes = true,
    },
    {},
};
