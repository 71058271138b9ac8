/* links: base seal record grade trust rules report sheet eligibility elmo admin command office operate cli */
/* Lists that an office fills in: results that become transcripts, and recognitions. The first byte
 * chooses which; the rest is the file. Each student is either told what is wrong, in a row that is
 * there, or has a record that the node's own reader and rules take; and a recognition that is
 * written as a sheet again reads as the same. */
#include "cli/cli_table.h"
#include "fuzz/zip_mutator.h"
#include "mobility.pb-c.h"
#include "office/office_mapping.h"
#include "office/office_marks.h"
#include "record/codec.h"
#include "record/kind.h"
#include "report/json_record.h"
#include "rules/rules.h"

#include <assert.h>
#include <errno.h>

enum { BUDGET = 64 * 1024 * 1024, SIZE_MAX_READ = 32 * 1024, ECTS_MAX = 1000000 };
enum mode { MARKS, MARKS_OF_ONE, MAPPING, MODES };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t size_max, unsigned seed);

static const char dossier[] = "0123456789ABCDEFGHJKMNPQRS";
static const char transcript_text[] =
    "{\"id\":\"T1\",\"body\":{\"components\":["
    "{\"code\":\"M1\",\"title\":\"Mechanics\",\"ects_hundredths\":550,\"grade\":\"14\","
    "\"passed\":true},"
    "{\"title\":\"-Optics, \\\"wave\\\"\",\"ects_hundredths\":400,\"grade\":\"-3\","
    "\"passed\":true},"
    "{\"title\":\"Dance\",\"ects_hundredths\":0,\"grade\":\"7\",\"passed\":false}],"
    "\"total_hundredths\":950}}";

struct desk {
    struct command_port port;
    struct command_work work;
    struct bytes file;
    char *said;
    size_t said_size;
};

static int read_file(void *self, const char *, size_t size_max, struct arena *arena,
                     struct command_file *out)
{
    struct desk *desk = self;
    if (desk->file.size > size_max)
        return EFBIG;
    *out = (struct command_file) {arena_copy(arena, desk->file), 0600};
    return out->content.data ? 0 : ENOMEM;
}

static struct instant now(void *)
{
    return (struct instant) {1795300000000000};
}

static void desk_open(struct desk *desk, struct bytes file, const char *noun, const char *verb)
{
    *desk = (struct desk) {.file = file};
    desk->port =
        (struct command_port) {.self = desk, .read_file = read_file, .now = now, .out = stdout};
    desk->port.err = open_memstream(&desk->said, &desk->said_size);
    desk->work = (struct command_work) {.port = &desk->port,
                                        .row = cli_table_find(noun, verb),
                                        .arena = arena_open(BUDGET),
                                        .kept = json_array()};
    assert(desk->port.err && desk->work.row && desk->work.arena);
}

/* What was refused was said. */
static void desk_close(struct desk *desk, enum command_exit status)
{
    fclose(desk->port.err);
    assert(!status || desk->said_size > 0);
    free(desk->said);
    json_decref(desk->work.kept);
    arena_close(desk->work.arena);
}

/* ---- results -----------------------------------------------------------------------------------
 */

static void problem_check(const struct office_marks *marks,
                          const struct office_marks_problem *problem)
{
    assert(problem->row > 0 && sheet_row(&marks->sheet->sheet, problem->row));
    assert(problem->column && problem->cell);
    assert(problem->expected && *problem->expected && problem->remedy && *problem->remedy);
}

/* What is not complained of may be issued: it goes onto the wire and comes back, no rule of form is
 * against it, and no row was lost. */
static void student_check(const struct office_marks *marks,
                          const struct office_marks_student *student, struct arena *arena)
{
    size_t units = 0;
    const json_t *components = json_object_get(student->record, "components");
    for (const struct office_marks_unit *unit = student->units; unit; unit = unit->next)
        units++;
    assert(units > 0 && units == json_array_size(components));
    assert(units <= marks->row_count && sheet_row(&marks->sheet->sheet, student->first_row));
    if (student->problems)
        return;
    const struct kind *kind = kind_find(PEREGRIN__KIND__KIND_CREDIT_RECORD, 1);
    ProtobufCMessage *body, *again;
    struct json_record_misfit misfit;
    enum verdict verdict = json_record_read(student->record, kind->body, "", arena, &body, &misfit);
    assert(verdict == VERDICT_FINE);
    struct bytes wire = codec_pack(body, arena);
    assert(wire.data);
    verdict = kind_body_read(kind, wire, arena, &again);
    assert(verdict == VERDICT_FINE && rules_form(kind, again, NULL, NULL) == 0);
    json_int_t total = 0;
    for (size_t i = 0; i < units; i++)
        total +=
            json_integer_value(json_object_get(json_array_get(components, i), "ects_hundredths"));
    assert(total == (json_int_t)((Peregrin__CreditRecord *)again)->total_hundredths);
}

static enum command_exit marks_read(struct desk *desk, bool of_one)
{
    struct command_sheet sheet;
    struct office_marks marks;
    enum command_exit status = command_sheet_open(&desk->work, "marks", &sheet);
    if (!status)
        status = office_marks_read(&desk->work, &sheet, of_one ? dossier : NULL, &marks);
    if (status)
        return status;
    for (size_t i = 0; i < marks.problem_count; i++)
        problem_check(&marks, &marks.problems[i]);
    size_t rows = 0;
    for (size_t i = 0; i < marks.count; i++) {
        student_check(&marks, &marks.students[i], desk->work.arena);
        assert(marks.students[i].dossier || marks.students[i].esi || marks.students[i].problems);
        for (const struct office_marks_unit *unit = marks.students[i].units; unit;
             unit = unit->next)
            rows++;
    }
    assert(rows == marks.row_count && marks.row_count <= sheet.sheet.row_count);
    assert(!of_one || marks.count <= 1);
    return COMMAND_DONE;
}

/* ---- recognitions ------------------------------------------------------------------------------
 */

/* Each component of the host once, in ascending order within its group; the sum is the sum. */
static void recognition_check(const json_t *recognition, size_t components)
{
    bool seen[8] = {false};
    json_int_t total = 0;
    const json_t *groups = json_object_get(recognition, "groups");
    for (size_t i = 0; i < json_array_size(groups); i++) {
        const json_t *group = json_array_get(groups, i);
        const json_t *places = json_object_get(group, "components");
        const json_t *home = json_object_get(group, "home");
        json_int_t before = -1;
        assert(json_array_size(places) > 0);
        for (size_t j = 0; j < json_array_size(places); j++) {
            json_int_t place = json_integer_value(json_array_get(places, j));
            assert(place > before && (size_t)place < components && !seen[place]);
            seen[place] = true;
            before = place;
        }
        for (size_t j = 0; j < json_array_size(home); j++)
            total +=
                json_integer_value(json_object_get(json_array_get(home, j), "ects_hundredths"));
    }
    assert(total == json_integer_value(json_object_get(recognition, "total_hundredths")));
    assert(total >= 0 && total <= (json_int_t)ECTS_MAX * (json_int_t)SIZE_MAX_READ);
}

/* It goes onto the wire and comes back as the same bytes. */
static void recognition_pack(json_t *recognition, struct arena *arena)
{
    const struct kind *kind = kind_find(PEREGRIN__KIND__KIND_RECOGNITION, 1);
    ProtobufCMessage *body, *again;
    struct json_record_misfit misfit;
    enum verdict verdict = json_record_read(recognition, kind->body, "", arena, &body, &misfit);
    assert(verdict == VERDICT_FINE || misfit.expected);
    struct bytes wire = verdict ? (struct bytes) {0} : codec_pack(body, arena);
    if (!wire.data || kind_body_read(kind, wire, arena, &again))
        return;
    assert(bytes_equal(codec_pack(again, arena), wire));
}

static enum command_exit mapping_read(struct desk *desk)
{
    struct command_work *work = &desk->work;
    json_t *transcript = command_work_keep(work, json_loads(transcript_text, 0, NULL));
    size_t count =
        json_array_size(json_object_get(json_object_get(transcript, "body"), "components"));
    struct office_mapping mapping, again;
    enum command_exit status = office_mapping_read(work, "map", transcript, &mapping);
    if (status)
        return status;
    for (size_t i = 0; i < mapping.problem_count; i++)
        assert(mapping.problems[i].column && mapping.problems[i].expected);
    if (mapping.problem_count)
        return COMMAND_DONE;
    recognition_check(mapping.recognition, count);
    recognition_pack(mapping.recognition, work->arena);
    desk->file = office_mapping_write(work, transcript, mapping.recognition);
    if (!desk->file.data)
        return COMMAND_DONE;
    status = office_mapping_read(work, "map", transcript, &again);
    assert(status == COMMAND_DONE && again.problem_count == 0);
    assert(json_equal(mapping.recognition, again.recognition));
    return COMMAND_DONE;
}

/* ---- the doors ---------------------------------------------------------------------------------
 */

/* The first byte stays what it is for most changes: a workbook is changed within its parts. */
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t size_max, unsigned seed)
{
    if (size < 2 || seed % 64 == 0)
        return LLVMFuzzerMutate(data, size, size_max);
    return 1 + zip_mutator_change(data + 1, size - 1, size_max - 1, seed);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct desk desk;
    if (size < 1 || size > SIZE_MAX_READ)
        return 0;
    enum mode mode = data[0] % MODES;
    bool maps = mode == MAPPING;
    desk_open(&desk, (struct bytes) {data + 1, size - 1}, maps ? "recognition" : "transcript",
              maps ? "decide" : "import");
    desk_close(&desk, maps ? mapping_read(&desk) : marks_read(&desk, mode == MARKS_OF_ONE));
    return 0;
}
