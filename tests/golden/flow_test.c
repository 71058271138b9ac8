/* links: base seal record flow */
/* A tiny made network and its year, as they were when they were first made: on every machine, with
 * every compiler. ACCEPT=1 writes tests/golden/flow_tiny.txt anew. */
#include "base/instant.h"
#include "flow/flow_csv.h"
#include "flow/flow_make.h"
#include "flow/flow_year.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { ARENA = 16 * 1024 * 1024, COUNT = 6, TEXT = 64 * 1024 };

static const char golden[] = "tests/golden/flow_tiny.txt";

static void deeds_print(FILE *file, const struct flow_network *network, const char *title,
                        const struct flow_settings *settings, struct arena *arena)
{
    struct flow_year year;
    enum fault fault = flow_year(network, 1, settings, arena, &year);
    assert_int_equal(fault, FAULT_NONE);
    fprintf(file, "\n%s\n", title);
    for (size_t i = 0; i < year.count; i++) {
        const struct flow_deed *deed = &year.deeds[i];
        char at[INSTANT_TEXT_SIZE];
        instant_text(instant_after(flow_year_beginning(settings), deed->at_us), at);
        fprintf(file, "%s %s %s %s %u\n", at, flow_kind_word(deed->kind),
                network->institutions[deed->from].schac, network->institutions[deed->to].schac,
                deed->number);
    }
}

static char *picture(struct arena *arena)
{
    struct flow_network network;
    struct flow_csv_files files;
    struct flow_settings settings = flow_year_defaults();
    char *text = NULL;
    size_t size = 0;
    FILE *file = open_memstream(&text, &size);
    enum fault fault = flow_make(COUNT, 1, arena, &network);
    assert_int_equal(fault, FAULT_NONE);
    fault = flow_csv_write(&network, arena, &files);
    assert_int_equal(fault, FAULT_NONE);
    fwrite(files.institutions.data, 1, files.institutions.size, file);
    fputc('\n', file);
    fwrite(files.links.data, 1, files.links.size, file);
    settings.patches = false;
    settings.rates = (struct flow_rates) {2000, 2000, 4000, 2000};
    deeds_print(file, &network, "a year", &settings, arena);
    network.link_count = 0;
    settings = (struct flow_settings) {.year = 2027, .patches = true};
    deeds_print(file, &network, "patches", &settings, arena);
    fclose(file);
    return text;
}

static void a_tiny_network_and_its_year_never_change(void **)
{
    struct arena *arena = arena_open(ARENA);
    char *now = picture(arena), *kept = calloc(1, TEXT);
    FILE *file = fopen(golden, getenv("ACCEPT") ? "w+" : "r");
    assert_non_null(file);
    if (getenv("ACCEPT")) {
        fputs(now, file);
        rewind(file);
    }
    size_t size = fread(kept, 1, TEXT - 1, file);
    fclose(file);
    if (size != strlen(now) || memcmp(now, kept, size) != 0) {
        size_t same = 0;
        while (now[same] && now[same] == kept[same])
            same++;
        fail_msg("%s differs; now: %.80s; kept: %.80s; ACCEPT=1 writes it anew", golden, now + same,
                 kept + same);
    }
    free(now);
    free(kept);
    arena_close(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_tiny_network_and_its_year_never_change),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
