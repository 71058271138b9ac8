/* links: base seal record grade trust rules report sheet eligibility elmo admin command office operate cli */
/* Agreements out of files: an office's list, a proposal as JSON, conditions as a spreadsheet. The
 * first byte chooses which; the rest is the file. What the CLI sends is read as the node reads it:
 * each row of a list is refused with its reason or has a condition that no rule of form is against,
 * and a proposal that holds comes back from the wire, and from JSON, as the same bytes. */
#include "admin/import_pact.h"
#include "cli/cli_table.h"
#include "fuzz/zip_mutator.h"
#include "record/codec.h"
#include "record/kind.h"
#include "report/json_record.h"
#include "rules/rules.h"

#include <assert.h>
#include <errno.h>

enum { BUDGET = 64 * 1024 * 1024, SIZE_MAX_READ = 32 * 1024 };
enum mode { LIST, PROPOSAL, CONDITIONS, MODES };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t size_max, unsigned seed);

struct office {
    struct bytes file;
    enum mode mode;
    char *said;
    size_t said_size;
};

static const Peregrin__Institution entry = PEREGRIN__INSTITUTION__INIT;
static const struct catalogue_institution institutions[] = {
    {.schac = "helmo.be", .name = "Haute Ecole Libre Mosane", .country = "BE", .entry = &entry},
    {.schac = "itg.be", .name = "Institute of Tropical Medicine", .country = "BE", .entry = &entry},
    {.schac = "uhasselt.be", .name = "Universiteit Hasselt", .country = "BE", .entry = &entry},
};

static const struct kind *terms_kind(void)
{
    return kind_find(PEREGRIN__KIND__KIND_TERMS, 1);
}

/* No rule of form is against these terms, packed and read again. */
static bool holds(const ProtobufCMessage *body, struct arena *arena)
{
    ProtobufCMessage *again;
    struct bytes wire = codec_pack(body, arena);
    if (!wire.data || kind_body_read(terms_kind(), wire, arena, &again))
        return false;
    assert(bytes_equal(codec_pack(again, arena), wire));
    return rules_form(terms_kind(), again, NULL, NULL) == 0;
}

/* ---- a list ------------------------------------------------------------------------------------
 */

static void row_check(const struct import_pact_row *row, struct arena *arena)
{
    Peregrin__Terms terms = PEREGRIN__TERMS__INIT;
    Peregrin__Condition *conditions[] = {row->condition};
    size_t refused = 0;
    assert(row->note_count <= IMPORT_PACT_NOTES);
    for (size_t i = 0; i < row->note_count; i++) {
        assert(row->notes[i].code && row->notes[i].expected && row->notes[i].remedy);
        assert(row->notes[i].column < IMPORT_PACT_COLUMNS);
        refused += !row->notes[i].mended;
    }
    assert(!row->condition == (refused > 0));
    if (!row->condition)
        return;
    row->condition->id = "c1";
    terms.reference = "2027-A-B";
    terms.n_conditions = 1;
    terms.conditions = conditions;
    assert(row->partner && holds(&terms.base, arena));
}

static json_t *list_read(json_t *asked, struct arena *arena)
{
    struct catalogue catalogue = {.institutions = institutions, .institution_count = 3};
    struct import_pact_way way = {
        .partners = import_partner_open(&catalogue, arena),
        .arena = arena,
        .own = "helmo.be",
        .today = "2026-11-22",
        .first = "2027/2028",
        .until = "2029/2030",
    };
    json_t *problems = json_array(), *row, *rows = json_object_get(asked, "rows");
    size_t i, accepted = 0;
    json_array_foreach(rows, i, row)
    {
        const char *cells[IMPORT_PACT_COLUMNS];
        struct import_pact_row read;
        for (enum import_pact_column c = 0; c < IMPORT_PACT_COLUMNS; c++)
            cells[c] = json_string_value(json_object_get(row, import_pact_name(c)));
        assert(json_integer_value(json_object_get(row, "row")) > 0);
        if (!way.partners || !import_pact_read(&way, cells, &read))
            break;
        row_check(&read, arena);
        accepted += read.condition != NULL;
        for (size_t n = 0; n < read.note_count; n++)
            json_array_append_new(
                problems, json_pack("{s:O, s:s, s:s, s:s}", "row", json_object_get(row, "row"),
                                    "column", import_pact_name(read.notes[n].column), "expected",
                                    read.notes[n].expected, "remedy", read.notes[n].remedy));
    }
    return json_pack("{s:I, s:I, s:I, s:o, s:[], s:[], s:[]}", "accepted", (json_int_t)accepted,
                     "mended", (json_int_t)0, "refused", (json_int_t)0, "problems", problems,
                     "fixes", "proposals", "said");
}

/* ---- a proposal --------------------------------------------------------------------------------
 */

static json_t *proposal_read(json_t *asked, struct arena *arena)
{
    json_t *terms = json_object_get(asked, "terms");
    ProtobufCMessage *body, *again;
    struct json_record_misfit misfit;
    assert(json_is_object(terms));
    if (json_record_read(terms, terms_kind()->body, "", arena, &body, &misfit))
        return json_pack("{s:s}", "dossier", misfit.expected);
    if (holds(body, arena)) {
        json_t *told = json_record_write(body, arena);
        enum verdict verdict =
            json_record_read(told, terms_kind()->body, "", arena, &again, &misfit);
        assert(verdict == VERDICT_FINE);
        assert(bytes_equal(codec_pack(again, arena), codec_pack(body, arena)));
        json_decref(told);
    }
    return json_pack("{s:s}", "dossier", "01M81XZYK062VQ03QC1NPRW9YS");
}

/* ---- the node, and the CLI that asks it --------------------------------------------------------
 */

static enum fault call(void *self, const struct command_request *request, struct arena *arena,
                       struct command_reply *reply)
{
    struct office *office = self;
    json_t *asked = json_loadb((const char *)request->body.data, request->body.size, 0, NULL);
    assert(asked);
    json_t *told = office->mode == LIST ? list_read(asked, arena) : proposal_read(asked, arena);
    char *text = told ? json_dumps(told, JSON_COMPACT) : NULL;
    *reply = (struct command_reply) {200, arena_copy(arena, bytes_text(text ? text : "{}"))};
    free(text);
    json_decref(told);
    json_decref(asked);
    return reply->body.data ? FAULT_NONE : FAULT_MEMORY;
}

/* The conditions are beside terms that hold. */
static int read_file(void *self, const char *path, size_t size_max, struct arena *arena,
                     struct command_file *out)
{
    const struct office *office = self;
    bool beside = office->mode == CONDITIONS && *path == 't';
    struct bytes file = beside ? bytes_text("{\"reference\": \"A\"}") : office->file;
    if (file.size > size_max)
        return EFBIG;
    *out = (struct command_file) {arena_copy(arena, file), 0600};
    return out->content.data ? 0 : ENOMEM;
}

static int write_file(void *, const char *, const struct command_file *, bool)
{
    return 0;
}

static struct instant now(void *)
{
    return (struct instant) {1795300000000000};
}

static void random_bytes(void *, uint8_t *out, size_t size)
{
    memset(out, 7, size);
}

/* The first byte stays what it is for most changes: a workbook is changed within its parts. */
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t size_max, unsigned seed)
{
    if (size < 2 || seed % 64 == 0)
        return LLVMFuzzerMutate(data, size, size_max);
    return 1 + zip_mutator_change(data + 1, size - 1, size_max - 1, seed);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 1 || size > SIZE_MAX_READ)
        return 0;
    struct office office = {.file = {data + 1, size - 1}, .mode = data[0] % MODES};
    FILE *nowhere = fopen("/dev/null", "w");
    struct command_port port = {.self = &office,
                                .call = call,
                                .read_file = read_file,
                                .write_file = write_file,
                                .now = now,
                                .random = random_bytes,
                                .socket = "socket",
                                .out = nowhere,
                                .err = open_memstream(&office.said, &office.said_size)};
    const char *verb = office.mode == LIST ? "import" : "propose";
    struct command_work work = {.port = &port,
                                .row = cli_table_find("agreement", verb),
                                .common = {.yes = true, .verbose = true},
                                .arguments = {"terms"},
                                .argument_count = 1,
                                .arena = arena_open(BUDGET),
                                .kept = json_array()};
    if (office.mode != LIST)
        work.given[work.given_count++] = (struct command_given) {"partner", "itg.be"};
    if (office.mode == CONDITIONS)
        work.given[work.given_count++] = (struct command_given) {"conditions", "conditions"};
    assert(nowhere && port.err && work.row && work.arena);
    enum command_exit status = work.row->run(&work);
    fclose(port.err);
    fclose(nowhere);
    assert(status == COMMAND_DONE || status == COMMAND_PROBLEMS || office.said_size > 0);
    free(office.said);
    json_decref(work.kept);
    arena_close(work.arena);
    return 0;
}
