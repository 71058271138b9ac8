/* links: base seal record trust wire rules channel */
/* Reads proto/README.md and compares its tables with the code. A row that is not true, is missing
 * or stands there twice is red. */
#include "base/verdict.h"
#include "message.pb-c.h"
#include "record/dossier.h"
#include "record/kind.h"
#include "rules/rules.h"
#include "seal/digest.h"
#include "seal/seal.h"
#include "wire/frame.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <sodium.h>

enum { ROWS_MAX = 512, CELLS_MAX = 8, CELL_SIZE = 256, FILE_ROOM = 1 << 20 };

struct table {
    char cells[ROWS_MAX][CELLS_MAX][CELL_SIZE];
    size_t rows;
};

/* ---- reading ---- */

static char *file_read(const char *path)
{
    FILE *file = fopen(path, "r");
    if (!file)
        return NULL;
    char *text = calloc(1, FILE_ROOM);
    size_t size = fread(text, 1, FILE_ROOM - 1, file);
    assert_true(size > 0 && size < FILE_ROOM - 1);
    fclose(file);
    return text;
}

/* Without the marks of code and the blanks around it. */
static void cell_write(const char *from, const char *end, char out[static CELL_SIZE])
{
    size_t size = 0;
    while (from < end && *from == ' ')
        from++;
    while (end > from && end[-1] == ' ')
        end--;
    for (; from < end; from++)
        if (*from != '`') {
            assert_true(size + 1 < CELL_SIZE);
            out[size++] = *from;
        }
    out[size] = '\0';
}

static const char *row_read(const char *at, char cells[static CELLS_MAX][CELL_SIZE])
{
    const char *end = strchr(at, '\n');
    assert_non_null(end);
    size_t count = 0;
    for (const char *from = at + 1; from < end; count++) {
        const char *bar = memchr(from, '|', (size_t)(end - from));
        assert_non_null(bar);
        assert_true(count < CELLS_MAX);
        cell_write(from, bar, cells[count]);
        from = bar + 1;
    }
    return end + 1;
}

/* The table whose head is this line. */
static struct table *table_read(const char *document, const char *head)
{
    const char *at = strstr(document, head);
    struct table *table = calloc(1, sizeof *table);
    if (!at)
        fail_msg("no table `%s`", head);
    at = strchr(at, '\n') + 1;
    assert_int_equal(memcmp(at, "| ---", 5), 0);
    for (at = strchr(at, '\n') + 1; *at == '|'; table->rows++) {
        assert_true(table->rows < ROWS_MAX);
        at = row_read(at, table->cells[table->rows]);
    }
    return table;
}

static uint64_t number_of(const char *text)
{
    uint64_t number = 0;
    assert_true(*text >= '0' && *text <= '9');
    for (; *text; text++)
        if (*text != ',') {
            assert_true(*text >= '0' && *text <= '9');
            number = number * 10 + (uint64_t)(*text - '0');
        }
    return number;
}

static int document_open(void **state)
{
    *state = file_read("proto/README.md");
    if (!*state)
        print_message("proto/README.md: run from the root of the repository\n");
    return *state ? 0 : -1;
}

static int document_close(void **state)
{
    free(*state);
    return 0;
}

/* ---- section 1 ---- */

/* The strings are nowhere to be asked for, so a signature of the code is verified with the text. */
static bool signs_under(enum seal_context context, const char *text)
{
    static const uint8_t seed[SEAL_SEED_SIZE] = {7};
    static const char said[] = "a statement";
    uint8_t public_key[SEAL_PUBLIC_SIZE], secret[SEAL_SECRET_SIZE], signature[SEAL_SIGNATURE_SIZE];
    uint8_t whole[128] = {0};
    size_t length = strlen(text);
    seal_key_pair(seed, public_key, secret);
    assert_true(seal_sign(context, secret, bytes_text(said), signature));
    memcpy(whole, text, length);
    bytes_write_u64le(whole + length + 1, sizeof said - 1);
    memcpy(whole + length + 9, said, sizeof said - 1);
    return crypto_sign_verify_detached(signature, whole, length + 9 + sizeof said - 1,
                                       public_key) == 0;
}

static void the_contexts_are_those_of_the_code(void **state)
{
    struct table *table = table_read(*state, "| context | signs |");
    assert_int_equal(table->rows, SEAL_CONTEXT_COUNT);
    for (size_t i = 0; i < table->rows; i++)
        assert_true(signs_under((enum seal_context)i, table->cells[i][0]));
    free(table);
}

static void the_personalisations_are_those_of_the_code(void **state)
{
    struct table *table = table_read(*state, "| personalisation | purpose |");
    static const uint8_t said[] = "anything";
    /* By the names that the header gives them, in the document's order. */
    static const enum digest_purpose purposes[] = {
        DIGEST_RECORD,  DIGEST_BODY,      DIGEST_SET,   DIGEST_TREE,  DIGEST_KEY,
        DIGEST_ANCHOR,  DIGEST_CATALOGUE, DIGEST_GATE,  DIGEST_STALE, DIGEST_ENTROPY,
        DIGEST_REQUEST, DIGEST_SECRET,    DIGEST_PRINT, DIGEST_RULES};
    assert_int_equal(table->rows, DIGEST_COUNT);
    assert_int_equal(sizeof purposes / sizeof *purposes, DIGEST_COUNT);
    for (size_t i = 0; i < table->rows; i++) {
        uint8_t personal[crypto_generichash_blake2b_PERSONALBYTES] = {0}, right[DIGEST_SIZE];
        size_t length = strlen(table->cells[i][0]);
        struct digest digest;
        assert_true(length <= sizeof personal);
        memcpy(personal, table->cells[i][0], length);
        crypto_generichash_blake2b_salt_personal(right, sizeof right, said, sizeof said, NULL, 0,
                                                 NULL, personal);
        digest_of(purposes[i], (struct bytes) {said, sizeof said}, &digest);
        assert_memory_equal(digest.bytes, right, sizeof right);
    }
    free(table);
}

/* ---- sections 3, 4 and 5 ---- */

static void say_if(char *out, bool claims, const char *what)
{
    if (!claims)
        return;
    if (*out)
        strcat(out, ", ");
    strcat(out, what);
}

static void the_kinds_are_those_of_the_code(void **state)
{
    struct table *table = table_read(*state, "| number | kind | schema |");
    size_t count;
    const struct kind *kinds = kind_all(&count);
    static const char *const lanes[] = {
        [KIND_LANE_OPENER] = "0", [KIND_LANE_OTHER] = "1", [KIND_LANE_BOTH] = "both"};
    static const char *const opens[] = {
        [KIND_INSIDE] = "no", [KIND_OPENS] = "yes", [KIND_ANYWHERE] = "may"};
    assert_int_equal(table->rows, count);
    for (size_t i = 0; i < count; i++) {
        char claims[CELL_SIZE] = "";
        say_if(claims, kinds[i].claims_target, "target");
        say_if(claims, kinds[i].claims_outcome, "outcome");
        say_if(claims, kinds[i].claims_change, "change");
        say_if(claims, kinds[i].claims_code, "code");
        say_if(claims, kinds[i].claims_year, "year");
        say_if(claims, kinds[i].claims_last_year, "last_year");
        assert_int_equal(number_of(table->cells[i][0]), kinds[i].number);
        assert_string_equal(table->cells[i][1], kinds[i].code);
        assert_int_equal(number_of(table->cells[i][2]), kinds[i].schema);
        assert_string_equal(table->cells[i][3], lanes[kinds[i].lanes]);
        assert_string_equal(table->cells[i][4], opens[kinds[i].place]);
        assert_string_equal(table->cells[i][5], kinds[i].body->short_name);
        assert_string_equal(table->cells[i][6], claims);
    }
    free(table);
}

static void the_transitions_are_those_of_the_fold(void **state)
{
    struct table *table = table_read(*state, "| from | record | claims | to |");
    for (size_t i = 0; i < table->rows; i++) {
        const struct dossier_transition *row = dossier_transition(i);
        assert_non_null(row);
        const struct kind *kind =
            kind_find(row->kind, row->kind == PEREGRIN__KIND__KIND_REFUSAL ? 0 : 1);
        assert_non_null(kind);
        assert_string_equal(table->cells[i][0], dossier_state_code(row->from));
        assert_string_equal(table->cells[i][1], kind->code);
        assert_string_equal(table->cells[i][2], dossier_word_text(row->word));
        assert_string_equal(table->cells[i][3], row->to == DOSSIER_STAY ? "the stay"
                                                : row->to == DOSSIER_TALKS
                                                    ? "the talks"
                                                    : dossier_state_code(row->to));
        assert_string_equal(table->cells[i][4], row->sentence);
    }
    assert_null(dossier_transition(table->rows));
    free(table);
}

static void the_rules_are_those_of_the_ladders(void **state)
{
    struct table *table = table_read(*state, "| rule | field | expected |");
    for (size_t i = 0; i < table->rows; i++) {
        const struct rules_row *row = rules_row(i);
        assert_non_null(row);
        assert_string_equal(table->cells[i][0], row->rule);
        assert_string_equal(table->cells[i][1], row->field ? row->field : "");
        assert_string_equal(table->cells[i][2], row->expected);
    }
    assert_null(rules_row(table->rows));
    free(table);
}

/* ---- sections 7 and 10 ---- */

static void the_types_of_frames_are_those_of_the_code(void **state)
{
    struct table *table = table_read(*state, "| type | name | payload |");
    static const struct {
        enum frame_type type;
        const char *name;
    } types[] = {{FRAME_OPEN, "open"},
                 {FRAME_ANSWER, "answer"},
                 {FRAME_TRANSPORT, "transport"},
                 {FRAME_STALE, "stale"}};
    assert_int_equal(table->rows, sizeof types / sizeof *types);
    for (size_t i = 0; i < table->rows; i++) {
        assert_int_equal(number_of(table->cells[i][0]), types[i].type);
        assert_string_equal(table->cells[i][1], types[i].name);
    }
    /* And there are no others: a header of any other type is not read. */
    for (unsigned type = 0; type <= UINT8_MAX; type++) {
        uint8_t wire[FRAME_HEADER_SIZE] = {FRAME_VERSION, (uint8_t)type};
        struct frame frame;
        bool known = type >= FRAME_OPEN && type < FRAME_OPEN + table->rows;
        assert_int_equal(frame_read((struct bytes) {wire, sizeof wire}, &frame),
                         known ? VERDICT_FINE : VERDICT_MALFORMED);
    }
    free(table);
}

static void the_members_are_those_of_the_message(void **state)
{
    struct table *table =
        table_read(*state, "| number | member | sender, of 1, 9 and 10 the dialler, says |");
    const ProtobufCMessageDescriptor *message = &peregrin__message__descriptor;
    assert_int_equal(table->rows, message->n_fields);
    for (size_t i = 0; i < table->rows; i++) {
        const ProtobufCMessageDescriptor *member = message->fields[i].descriptor;
        bool names = protobuf_c_message_descriptor_get_field_by_name(member, "issuer");
        assert_int_equal(number_of(table->cells[i][0]), message->fields[i].id);
        assert_string_equal(table->cells[i][1], message->fields[i].name);
        assert_string_equal(table->cells[i][4], names ? "yes" : "");
    }
    free(table);
}

/* ---- sections 14 and 15 ---- */

/* A sum of products with shifts, as our constants are written. A name is one of an earlier row. */
struct reader {
    const char *at;
    const struct table *table;
};

static uint64_t sum_read(struct reader *reader);

static void blanks_pass(struct reader *reader)
{
    while (*reader->at == ' ' || *reader->at == '\n')
        reader->at++;
}

static uint64_t name_read(struct reader *reader)
{
    size_t length = strspn(reader->at, "ABCDEFGHIJKLMNOPQRSTUVWXYZ_");
    for (size_t i = 0; i < reader->table->rows; i++) {
        const char *name = reader->table->cells[i][2];
        if (length && strncmp(name, reader->at, length) == 0 && name[length] == ' ') {
            reader->at += length;
            return number_of(reader->table->cells[i][1]);
        }
    }
    fail_msg("no number at `%.20s`", reader->at);
    return 0;
}

static uint64_t atom_read(struct reader *reader)
{
    blanks_pass(reader);
    if (strncmp(reader->at, "(uint64_t)", 10) == 0)
        reader->at += 10;
    if (*reader->at == '(') {
        reader->at++;
        uint64_t inside = sum_read(reader);
        assert_int_equal(*reader->at++, ')');
        return inside;
    }
    if (*reader->at < '0' || *reader->at > '9')
        return name_read(reader);
    char *end;
    uint64_t number = strtoull(reader->at, &end, 0);
    reader->at = end;
    return number;
}

static uint64_t product_read(struct reader *reader)
{
    uint64_t product = atom_read(reader);
    for (;; product *= atom_read(reader)) {
        blanks_pass(reader);
        if (*reader->at != '*')
            return product;
        reader->at++;
    }
}

static uint64_t sum_read(struct reader *reader)
{
    uint64_t sum = product_read(reader);
    for (;;) {
        blanks_pass(reader);
        char sign = *reader->at;
        if (sign == '<' && reader->at[1] == '<') {
            reader->at += 2;
            sum <<= product_read(reader);
        } else if (sign == '+' || sign == '-') {
            reader->at++;
            uint64_t more = product_read(reader);
            sum = sign == '+' ? sum + more : sum - more;
        } else {
            return sum;
        }
    }
}

/* Where the name is given its value: `NAME = ` or `#define NAME `. */
static const char *definition_find(const char *text, const char *name)
{
    char given[CELL_SIZE + 16], defined[CELL_SIZE + 16];
    snprintf(given, sizeof given, "%s =", name);
    snprintf(defined, sizeof defined, "#define %s ", name);
    const char *at = strstr(text, given);
    while (at && at > text && *name != '.' && at[-1] != ' ')
        at = strstr(at + 1, given);
    if (at)
        return at + strlen(given);
    at = strstr(text, defined);
    return at ? at + strlen(defined) : NULL;
}

static void the_limits_are_those_of_the_code(void **state)
{
    struct table *table = table_read(*state, "| what | value | constant |");
    assert_true(table->rows > 40);
    for (size_t i = 0; i < table->rows; i++) {
        char name[CELL_SIZE], path[CELL_SIZE], whole[2 * CELL_SIZE];
        assert_int_equal(sscanf(table->cells[i][2], "%255s in %255s", name, path), 2);
        snprintf(whole, sizeof whole, "node/%s", path);
        char *text = file_read(whole);
        assert_non_null(text);
        struct reader reader = {definition_find(text, name), table};
        if (!reader.at)
            fail_msg("%s is not in %s", name, whole);
        uint64_t right = sum_read(&reader), said = number_of(table->cells[i][1]);
        if (right != said)
            fail_msg("%s in %s is %llu, not %s", name, whole, (unsigned long long)right,
                     table->cells[i][1]);
        free(text);
    }
    free(table);
}

static void the_verdicts_are_those_of_the_code(void **state)
{
    struct table *table = table_read(*state, "| number | code | meaning |");
    assert_int_equal(table->rows, VERDICT_COUNT);
    for (size_t i = 0; i < table->rows; i++) {
        const struct verdict_text *text = verdict_text((enum verdict)i);
        assert_int_equal(number_of(table->cells[i][0]), i);
        assert_string_equal(table->cells[i][1], text->code);
        assert_string_equal(table->cells[i][2], text->sentence);
    }
    free(table);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_contexts_are_those_of_the_code),
        cmocka_unit_test(the_personalisations_are_those_of_the_code),
        cmocka_unit_test(the_kinds_are_those_of_the_code),
        cmocka_unit_test(the_transitions_are_those_of_the_fold),
        cmocka_unit_test(the_rules_are_those_of_the_ladders),
        cmocka_unit_test(the_types_of_frames_are_those_of_the_code),
        cmocka_unit_test(the_members_are_those_of_the_message),
        cmocka_unit_test(the_limits_are_those_of_the_code),
        cmocka_unit_test(the_verdicts_are_those_of_the_code),
    };
    return cmocka_run_group_tests(tests, document_open, document_close);
}
