/* links: base seal record trust wire rules channel stream eligibility store engine report sheet admin */
/* Lists as people really save them: each in tests/golden/sheets, and beside it what must come of
 * it, written by hand in make.py there. */
#include "admin/import.h"
#include "admin/import_grant.h"
#include "mobility.pb-c.h"
#include "record/kind.h"
#include "record/walk.h"
#include "store/store_memory.h"

#include <glob.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { ARENA = 128 * 1024 * 1024, NOW = 1795301546, LISTS_MIN = 40, TEXT = 64 * 1024 };

static struct arena *arena;
static struct store *store;

static Peregrin__Alias aliases[] = {PEREGRIN__ALIAS__INIT, PEREGRIN__ALIAS__INIT,
                                    PEREGRIN__ALIAS__INIT, PEREGRIN__ALIAS__INIT};
static Peregrin__Alias *alias_lists[] = {&aliases[0], &aliases[1], &aliases[2], &aliases[3]};
static Peregrin__Institution entries[] = {PEREGRIN__INSTITUTION__INIT, PEREGRIN__INSTITUTION__INIT,
                                          PEREGRIN__INSTITUTION__INIT, PEREGRIN__INSTITUTION__INIT};
static struct catalogue_institution institutions[] = {
    {.schac = "helmo.be", .entry = &entries[0]},
    {.schac = "itg.be", .entry = &entries[1]},
    {.schac = "tum.de", .entry = &entries[2]},
    {.schac = "uhasselt.be", .entry = &entries[3]},
};
static const struct catalogue catalogue = {
    .network = "test", .institutions = institutions, .institution_count = 4};

static void catalogue_fill(void)
{
    static const char *const codes[] = {"B  LIEGE43", "B  ANTWERP08", "D  MUNCHEN02", "999897729"};
    static const char *const names[] = {
        "Haute Ecole Libre Mosane", "Institute of Tropical Medicine",
        "Technische Universit\xC3\xA4t M\xC3\xBCnchen", "Hasselt University"};
    for (size_t i = 0; i < 4; i++) {
        aliases[i].value = (char *)(uintptr_t)codes[i];
        entries[i].name = (char *)(uintptr_t)names[i];
        entries[i].aliases = &alias_lists[i];
        entries[i].n_aliases = 1;
    }
}

static struct bytes file_read(const char *path)
{
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    uint8_t *data = arena_take(arena, 1024 * 1024);
    assert_non_null(data);
    size_t size = fread(data, 1, 1024 * 1024, file);
    fclose(file);
    return (struct bytes) {data, size};
}

/* ---- what came of it, as the .expected file says it --------------------------------------------
 */

static void say(char *out, const char *format, ...) __attribute__((format(printf, 2, 3)));
static void say(char *out, const char *format, ...)
{
    size_t used = strlen(out);
    va_list list;
    va_start(list, format);
    vsnprintf(out + used, TEXT - used, format, list);
    va_end(list);
}

static void say_result(char *out, const struct import_result *result)
{
    say(out, "rows %zu\nready %zu\nbad %zu\nheader %zu\n", result->rows, result->ready, result->bad,
        result->header_row);
    if (result->hidden)
        say(out, "hidden %zu\n", result->hidden);
    if (result->sheet)
        say(out, "sheet %s\n", result->sheet);
    if (result->ignored_count)
        say(out, "ignored");
    for (size_t i = 0; i < result->ignored_count; i++)
        say(out, " %zu%s", result->ignored[i], i + 1 == result->ignored_count ? "\n" : "");
    if (result->dates)
        say(out, "dates %s\n", result->dates);
    if (result->dates_open)
        say(out, "open\n");
    for (size_t i = 0; i < result->fix_count; i++)
        say(out, "fix %zu %s\n", result->fixes[i].row, result->fixes[i].column);
    for (size_t i = 0; i < result->problem_count; i++) {
        const struct import_problem *one = &result->problems[i];
        say(out, "problem %zu %s %s\n", one->row, one->column ? one->column : "-", one->code);
    }
}

static void say_field(char *out, const char *path, const ProtobufCMessage *body,
                      const ProtobufCFieldDescriptor *field)
{
    say(out, "first %s ", path);
    if (walk_count(body, field) == 0)
        say(out, "nothing");
    else if (field->type == PROTOBUF_C_TYPE_STRING)
        for (const char *at = *(char *const *)((const uint8_t *)body + field->offset); *at; at++)
            say(out, *at == '\n' ? "\\n" : "%c", *at);
    else
        say(out, "%llu", (unsigned long long)walk_get(body, field, 0).number);
    say(out, "\n");
}

/* `first PATH VALUE`: a field of the first draft; or of the first application. */
static void say_first_grant(char *out, const char *path)
{
    Peregrin__Grant *grant;
    assert_int_equal(grant_get(store, 1, arena, &grant), FAULT_NONE);
    assert_non_null(grant);
    const ProtobufCFieldDescriptor *field =
        protobuf_c_message_descriptor_get_field_by_name(grant->base.descriptor, path);
    assert_non_null(field);
    say_field(out, path, &grant->base, field);
}

static void say_first(char *out, const char *path)
{
    struct store_draft *drafts;
    size_t count;
    ProtobufCMessage *body;
    assert_int_equal(store->draft_list(store, false, 0, 1, arena, &drafts, &count), FAULT_NONE);
    if (count == 0) {
        say(out, "first %s no draft\n", path);
        return;
    }
    assert_int_equal(
        kind_body_read(kind_find(PEREGRIN__KIND__KIND_NOMINATION, 1), drafts[0].body, arena, &body),
        VERDICT_FINE);
    const char *name = path;
    if (strncmp(path, "person.", 7) == 0) {
        body = &((Peregrin__Nomination *)(void *)body)->person->base;
        name = path + 7;
    }
    const ProtobufCFieldDescriptor *field =
        protobuf_c_message_descriptor_get_field_by_name(body->descriptor, name);
    assert_non_null(field);
    say_field(out, path, body, field);
}

/* ---- one list ----------------------------------------------------------------------------------
 */

static void option_take(struct import *import, char *line)
{
    char *value = strchr(line, ' ');
    assert_non_null(value);
    *value++ = '\0';
    if (strcmp(line, "encoding") == 0)
        import->encoding = value;
    else if (strcmp(line, "sheet") == 0)
        import->sheet = value;
    else if (strcmp(line, "rows") == 0)
        import->rows = value;
    else if (strcmp(line, "dates") == 0)
        import->dates = strcmp(value, "mdy") == 0 ? SHEET_DATE_MDY : SHEET_DATE_DMY;
    else if (strcmp(line, "hidden") == 0)
        import->hidden = true;
    else if (strcmp(line, "fix") == 0)
        import->fix = true;
    else
        fail_msg("no such option: %s", line);
}

static int line_order(const void *left, const void *right)
{
    return strcmp(*(char *const *)left, *(char *const *)right);
}

/* The lines as a set: in which order they are said does not matter. */
static char *sorted(char *text)
{
    char *lines[2048], *out = calloc(1, TEXT);
    size_t count = 0;
    for (char *line = strtok(text, "\n"); line && count < 2048; line = strtok(NULL, "\n"))
        lines[count++] = line;
    qsort(lines, count, sizeof *lines, line_order);
    for (size_t i = 0; i < count; i++)
        say(out, "%s\n", lines[i]);
    return out;
}

/* What the call of the lists named grants_* asks. */
static enum fault grants_run(const struct import *import, struct import_result *out)
{
    char *criteria[] = {"Marks", "Motivation"}, *groups[] = {"fewer opportunities", "distance"};
    uint32_t kinds[] = {PEREGRIN__MOBILITY_KIND__MOBILITY_STUDIES,
                        PEREGRIN__MOBILITY_KIND__MOBILITY_TRAINING};
    Peregrin__Call call = PEREGRIN__CALL__INIT;
    struct import_grant_result result;
    call.own = "helmo.be";
    call.title = "Spring";
    call.criteria = criteria;
    call.groups = groups;
    call.kinds = kinds;
    call.n_criteria = call.n_groups = call.n_kinds = 2;
    enum fault fault = call_open(store, &call, arena);
    fault = fault ? fault : import_grant_run(import, &call, "anna", arena, &result);
    *out = result.list;
    return fault;
}

static bool list_check(const char *expected_path)
{
    char path[512], wanted[TEXT] = "", got[TEXT] = "";
    snprintf(path, sizeof path, "%.*s", (int)(strlen(expected_path) - strlen(".expected")),
             expected_path);
    struct bytes content = file_read(path), expected = file_read(expected_path);
    struct import import = {.store = store,
                            .catalogue = &catalogue,
                            .own = "helmo.be",
                            .content = content,
                            .confirm = true,
                            .skip_bad = true,
                            .now = {NOW * (int64_t)INSTANT_SECOND}};
    struct import_result result;
    bool grants = strstr(path, "/grants_");
    char *text = arena_text(arena, expected), *lines[256];
    size_t count = 0;
    for (char *line = strtok(text, "\n"); line && count < 256; line = strtok(NULL, "\n"))
        lines[count++] = line;
    for (size_t i = 0; i < count; i++)
        if (strncmp(lines[i], "option ", 7) == 0)
            option_take(&import, lines[i] + 7);
        else
            say(wanted, "%s\n", lines[i]);
    assert_int_equal(store->begin(store), FAULT_NONE);
    assert_int_equal(grants ? grants_run(&import, &result) : import_run(&import, arena, &result),
                     FAULT_NONE);
    assert_int_equal(store->commit(store), FAULT_NONE);
    say_result(got, &result);
    for (size_t i = 0; i < count; i++)
        if (strncmp(lines[i], "first ", 6) == 0) {
            char *field = strdup(lines[i] + 6);
            field[strcspn(field, " ")] = '\0';
            grants ? say_first_grant(got, field) : say_first(got, field);
            free(field);
        }
    char *left = sorted(wanted), *right = sorted(got);
    bool same = strcmp(left, right) == 0;
    if (!same)
        print_message("%s\n--- expected\n%s--- came\n%s\n", path, left, right);
    free(left);
    free(right);
    return same;
}

static void each_list_becomes_what_is_written_beside_it(void **)
{
    glob_t lists;
    size_t wrong = 0;
    catalogue_fill();
    assert_int_equal(glob("tests/golden/sheets/*.expected", 0, NULL, &lists), 0);
    assert_true(lists.gl_pathc >= LISTS_MIN);
    for (size_t i = 0; i < lists.gl_pathc; i++) {
        arena = arena_open(ARENA);
        store = store_memory_open();
        wrong += !list_check(lists.gl_pathv[i]);
        store->close(store);
        arena_close(arena);
    }
    print_message("%zu lists, %zu wrong\n", lists.gl_pathc, wrong);
    globfree(&lists);
    assert_int_equal(wrong, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_list_becomes_what_is_written_beside_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
