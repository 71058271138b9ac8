/* links: base seal record flow */
/* Whatever can be read as a network is one: its names are SCHACs and distinct, its links in order
 * and within the limits; it is written and reads back the same, both ways, and a year can be made
 * of it. What is refused has a sentence and a remedy. `<` begins a GraphML, anything else a list of
 * links; behind a zero byte come the institutions. */
#include "flow/flow_csv.h"
#include "flow/flow_cut.h"
#include "flow/flow_graphml.h"
#include "flow/flow_measure.h"
#include "flow/flow_year.h"
#include "record/header.h"
#include "record/scan.h"

#include <assert.h>
#include <string.h>

enum {
    BUDGET = 64 * 1024 * 1024,
    SIZE_MAX_READ = 32 * 1024,
    COUNT_MAX = 300, /* of what is looked at pair by pair */
    STUDENTS_MAX = 500,
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool read_csv(struct flow_csv_files files, struct arena *arena, struct flow_network *out,
                     struct flow_refusal *refusal)
{
    bool of_links;
    enum fault fault = flow_csv_read(&files, arena, out, refusal, &of_links);
    assert(!fault);
    return !refusal->expected[0];
}

static bool read_graphml(struct bytes text, struct arena *arena, struct flow_network *out,
                         struct flow_refusal *refusal)
{
    enum fault fault = flow_graphml_read(text, arena, out, refusal);
    assert(!fault);
    return !refusal->expected[0];
}

static bool read_any(struct bytes text, struct arena *arena, struct flow_network *out,
                     struct flow_refusal *refusal)
{
    if (text.size > 0 && text.data[0] == '<')
        return read_graphml(text, arena, out, refusal);
    const uint8_t *zero = text.size ? memchr(text.data, 0, text.size) : NULL;
    struct flow_csv_files files = {.links = text};
    if (zero) {
        files.links.size = (size_t)(zero - text.data);
        files.institutions = (struct bytes) {zero + 1, text.size - files.links.size - 1};
    }
    return read_csv(files, arena, out, refusal);
}

static void check(const struct flow_network *network)
{
    assert(network->count >= 2 && network->count <= FLOW_INSTITUTIONS_MAX);
    assert(network->link_count >= 1 && network->link_count <= FLOW_LINKS_MAX);
    for (size_t i = 0; i < network->count; i++) {
        const struct flow_institution *here = &network->institutions[i];
        assert(header_schac_valid(bytes_text(here->schac)));
        assert(here->name[0] && strlen(here->name) <= FLOW_NAME_MAX);
        assert(scan_text(bytes_text(here->name)) && !strpbrk(here->name, "\n\t"));
        assert(strlen(here->country) == 2 &&
               strspn(here->country, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == 2);
        assert(network->count > COUNT_MAX || flow_find(network, here->schac) == i);
    }
    for (size_t i = 0; i < network->link_count; i++) {
        const struct flow_link *here = &network->links[i];
        assert(here->from < network->count && here->to < network->count && here->from != here->to);
        assert(here->students >= 1 && here->students <= FLOW_STUDENTS_MAX);
        assert(i == 0 || here[-1].from < here->from ||
               (here[-1].from == here->from && here[-1].to < here->to));
    }
    assert(flow_students(network) <= FLOW_TOTAL_MAX);
}

static void same(const struct flow_network *one, const struct flow_network *other)
{
    assert(one->count == other->count && one->link_count == other->link_count);
    for (size_t i = 0; i < one->count; i++) {
        assert(strcmp(one->institutions[i].schac, other->institutions[i].schac) == 0);
        assert(strcmp(one->institutions[i].name, other->institutions[i].name) == 0);
        assert(strcmp(one->institutions[i].country, other->institutions[i].country) == 0);
    }
    assert(memcmp(one->links, other->links, one->link_count * sizeof *one->links) == 0);
}

static void written_and_read(const struct flow_network *network, struct arena *arena)
{
    struct flow_csv_files files;
    struct flow_network again;
    struct flow_refusal refusal;
    struct bytes text;
    enum fault fault = flow_csv_write(network, arena, &files);
    assert(!fault && read_csv(files, arena, &again, &refusal));
    same(network, &again);
    fault = flow_graphml_write(network, arena, &text);
    assert(!fault && read_graphml(text, arena, &again, &refusal));
    same(network, &again);
}

static void looked_at(const struct flow_network *network, struct arena *arena)
{
    struct flow_settings settings = flow_year_defaults();
    struct flow_measures like;
    struct flow_network cut;
    struct flow_year year;
    enum fault fault = flow_measure(network, arena, &like);
    assert(!fault && like.institutions == network->count && like.pairs <= network->link_count);
    fault = flow_cut_top(network, network->count / 2, arena, &cut);
    assert(!fault && cut.link_count <= network->link_count);
    if (flow_students(network) > STUDENTS_MAX || network->count > COUNT_MAX)
        return;
    fault = flow_year(network, 1, &settings, arena, &year);
    assert(!fault);
    for (size_t i = 1; i < year.count; i++)
        assert(year.deeds[i - 1].at_us <= year.deeds[i].at_us);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct flow_network network;
    struct flow_refusal refusal;
    if (size > SIZE_MAX_READ)
        return 0;
    struct arena *arena = arena_open(BUDGET);
    if (read_any((struct bytes) {data, size}, arena, &network, &refusal)) {
        check(&network);
        written_and_read(&network, arena);
        looked_at(&network, arena);
    } else {
        assert(refusal.remedy && *refusal.remedy);
        assert(scan_text(bytes_text(refusal.expected)) && !strpbrk(refusal.expected, "\n\t"));
    }
    arena_close(arena);
    return 0;
}
