/* links: base seal record flow */
/* Networks that people bring: what is read is what they wrote, and what cannot be read is refused
 * at its line, with what to do. */
#include "flow/flow_build.h"
#include "flow/flow_csv.h"
#include "flow/flow_data.h"
#include "flow/flow_graphml.h"
#include "flow/flow_make.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { ARENA = 64 * 1024 * 1024 };

static int begin(void **state)
{
    *state = arena_open(ARENA);
    return *state ? 0 : -1;
}

static int end(void **state)
{
    arena_close(*state);
    return 0;
}

static struct flow_network network;
static struct flow_refusal refusal;

static bool csv(const char *links, const char *institutions, struct arena *arena)
{
    struct flow_csv_files files = {bytes_text(links), bytes_text(institutions)};
    bool of_links;
    enum fault fault = flow_csv_read(&files, arena, &network, &refusal, &of_links);
    assert_int_equal(fault, FAULT_NONE);
    assert_true(!refusal.expected[0] || refusal.remedy);
    return !refusal.expected[0];
}

static bool graphml(const char *text, struct arena *arena)
{
    enum fault fault = flow_graphml_read(bytes_text(text), arena, &network, &refusal);
    assert_int_equal(fault, FAULT_NONE);
    assert_true(!refusal.expected[0] || refusal.remedy);
    return !refusal.expected[0];
}

static void refused(bool read, uint64_t line, const char *expected)
{
    assert_false(read);
    if (!strstr(refusal.expected, expected) || refusal.line != line)
        fail_msg("line %llu: `%s`, not line %llu: `%s`", (unsigned long long)refusal.line,
                 refusal.expected, (unsigned long long)line, expected);
}

static void is_link(size_t number, const char *from, const char *to, uint32_t students)
{
    assert_true(number < network.link_count);
    const struct flow_link *link = &network.links[number];
    assert_string_equal(network.institutions[link->from].schac, from);
    assert_string_equal(network.institutions[link->to].schac, to);
    assert_int_equal(link->students, students);
}

/* ---- CSV ---- */

static void a_list_of_links_is_a_network(void **state)
{
    assert_true(csv("from,to,students\nhelmo.be,tum.de,3\ntum.de,helmo.be,2\n", "", *state));
    assert_int_equal(network.count, 2);
    assert_int_equal(network.link_count, 2);
    is_link(0, "helmo.be", "tum.de", 3);
    is_link(1, "tum.de", "helmo.be", 2);
    assert_string_equal(network.institutions[0].country, "BE");
    assert_string_equal(network.institutions[0].name, "helmo.be");
}

static void any_separator_order_and_line_end_is_read(void **state)
{
    static const char *const files[] = {
        "from;to;students\na.be;b.fr;4\n",
        "to\tfrom\tstudents\tremark\nb.fr\ta.be\t4\tnone, really\n",
        "\xef\xbb\xbf\"From\",\"To\",\"Students\"\r\n\"a.be\",\" b.fr \",\"4\"\r\n",
        "from,to,students,\na.be,b.fr,4,,\n",
        "\n\nsender,receiver,students\n\na.be,b.fr,4",
        "source,target,weight\ra.be,b.fr,4\r",
    };
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        assert_true(csv(files[i], "", *state));
        assert_int_equal(network.link_count, 1);
        is_link(0, "a.be", "b.fr", 4);
    }
}

static void a_link_without_a_number_has_one_student(void **state)
{
    assert_true(csv("from,to\na.be,b.fr\n", "", *state));
    is_link(0, "a.be", "b.fr", 1);
    assert_true(csv("from,to,students\na.be,b.fr,\nb.fr,a.be,2\n", "", *state));
    is_link(0, "a.be", "b.fr", 1);
    assert_int_equal(network.unsaid, 1);
}

static void institutions_may_be_listed_beside_the_links(void **state)
{
    assert_true(
        csv("from,to\nA,B\n", "id,hei_id,country,name\nA,a.be,BE,Li\xc3\xa8ge\nB,,fr,\n", *state));
    is_link(0, "a.be", "b.example", 1);
    assert_string_equal(network.institutions[0].name, "Li\xc3\xa8ge");
    assert_string_equal(network.institutions[1].country, "FR");
    assert_string_equal(network.institutions[1].name, "B");
    refused(csv("from,to\nA,B\nA,C\n", "id\nA\nB\n", *state), 3, "listed, not `C`");
}

static void any_name_becomes_a_schac_of_its_own(void **state)
{
    assert_true(csv("from,to\nNode A,node-a\nnode a,\xc3\xa9\xc3\xa9\nnode-a.example,NODE.A\n", "",
                    *state));
    assert_int_equal(network.count, 6);
    for (size_t i = 0; i < network.count; i++)
        for (size_t j = 0; j < i; j++)
            assert_string_not_equal(network.institutions[i].schac, network.institutions[j].schac);
    assert_string_equal(network.institutions[0].given, "Node A");
    assert_null(network.institutions[4].given);
    /* Who has that name already keeps it. */
    assert_string_equal(network.institutions[4].schac, "node-a.example");
    assert_string_equal(network.institutions[4].name, "node-a.example");
    assert_string_equal(network.institutions[3].schac, "institution.example");
    assert_string_equal(network.institutions[3].country, "ZZ");
}

static void what_is_wrong_is_told_with_its_line(void **state)
{
    static const struct {
        const char *links, *expected;
        uint64_t line;
    } cases[] = {
        {"", "a first row", 1},
        {"\n\n", "a first row", 3},
        {"from,students\na,3\n", "a column `to`", 1},
        {"a.be,b.fr,3\n", "a column `from`", 1},
        {"from,from,to\na,b,c\n", "each column once", 1},
        {"from,to\n", "two institutions and one link", 0},
        {"from,to\na,b\na\n", "as many cells as the first row has titles", 3},
        {"from,to,students\na,b,1\na,b\n", "as many cells as the first row", 3},
        {"from,to\na,b\na,\n", "a name of 1 to 200 bytes as `to`", 3},
        {"from,to\n\n\na,b\nc,c\n", "not one that sends to itself", 5},
        {"from,to\r\na,b\r\n\r\nb,a\r\na,b\r\n", "it stands in line 2 already", 5},
        {"from,to,students\na,b,0\n", "students from 1 to 100000", 2},
        {"from,to,students\na,b,-1\n", "students from 1 to 100000", 2},
        {"from,to,students\na,b,2.5\n", "students from 1 to 100000", 2},
        {"from,to,students\na,b,99999999999999999999999999\n", "students from 1", 2},
        {"from,to,student\na,b,50\n", "weight; not `student`", 1},
        {"\nFrom,To,Number of students\na,b,50\n",
         "from sender source home to receiver target host students weight; not `Number of students`",
         2},
        {"from,to,\xff\na,b,50\n", "not `?`", 1},
        {"from,to,students\na,b,1\nb,a,1,000\n", "no more cells than the first row has titles", 3},
        {"from,to\na,b,50\n", "no more cells", 2},
        {"from,to\na,b\n\"c,d\ne,f\n", "quotes around whole cells", 3},
        {"from,to\na,\"b\"c\n", "quotes around whole cells", 2},
        {"from,to\na,\"b\nc\"\nd,e\n", "text in UTF-8", 2},
        {"from,to\na,\xff\n", "text in UTF-8", 2},
        {"from,to\na,\x1b[31m\n", "text in UTF-8", 2},
        {"from,to\na,\xc2\x9b"
         "31m\n",
         "text in UTF-8", 2},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        refused(csv(cases[i].links, "", *state), cases[i].line, cases[i].expected);
}

static void what_is_wrong_with_institutions_is_told_too(void **state)
{
    static const struct {
        const char *institutions, *expected;
        uint64_t line;
    } cases[] = {
        {"name\nA\n", "a column `schac`", 1},
        {"id\nA\nA\n", "`A` only once", 3},
        {"id,hei_id\nA,Not a schac\n", "a SCHAC as in", 2},
        {"id,hei_id\nA,a.be\nB,a.be\n", "`a.be` as the SCHAC of one institution", 3},
        {"id,country\nA,Belgium\n", "a country as in `BE`", 2},
        {"id,country\nA,B\n", "a country as in `BE`", 2},
        {"id,country\nA,1!\n", "a country as in `BE`", 2},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        refused(csv("from,to\nA,B\n", cases[i].institutions, *state), cases[i].line,
                cases[i].expected);
}

static void what_is_too_large_is_refused(void **state)
{
    char *text = calloc(1, 1 << 20);
    int size = snprintf(text, 64, "from,to\na,");
    memset(text + size, 'x', 300);
    refused(csv(text, "", *state), 2, "a name of 1 to 200 bytes");
    memset(text + size, 'x', 5000);
    refused(csv(text, "", *state), 2, "cells of at most 4 KiB");
    memset(text, ',', 300);
    text[300] = '\0';
    refused(csv(text, "", *state), 1, "at most 256 columns");
    free(text);
    size_t room = (size_t)(FLOW_INSTITUTIONS_MAX + 2) * 32, at = 0;
    text = malloc(room);
    at += (size_t)snprintf(text, room, "from,to\n");
    for (int i = 0; i <= FLOW_INSTITUTIONS_MAX; i++)
        at += (size_t)snprintf(text + at, room - at, "hub,n%d\n", i);
    refused(csv(text, "", *state), FLOW_INSTITUTIONS_MAX + 1, "at most 20000 institutions");
    free(text);
}

/* Whatever the names, twenty thousand of them that would all be called the same. */
static void many_names_of_one_form_are_read_in_time(void **state)
{
    enum { COUNT = FLOW_INSTITUTIONS_MAX - 1 };
    size_t room = (size_t)(COUNT + 2) * 64, at = 0;
    char *text = malloc(room);
    at += (size_t)snprintf(text, room, "from,to\n");
    for (int i = 0; i < COUNT; i++) {
        at += (size_t)snprintf(text + at, room - at, "hub,");
        for (int bit = 0; bit < 15; bit++)
            at += (size_t)snprintf(text + at, room - at, i >> bit & 1 ? "!" : "?");
        at += (size_t)snprintf(text + at, room - at, "\n");
    }
    assert_true(csv(text, "", *state));
    assert_int_equal(network.count, COUNT + 1);
    free(text);
}

/* ---- GraphML ---- */

#define KEYS                                                                      \
    "<key id=\"s\" for=\"node\" attr.name=\"schac\"/><key id=\"c\" for=\"node\" " \
    "attr.name=\"country\"/><key id=\"l\" for=\"node\" attr.name=\"label\"/>"     \
    "<key id=\"w\" for=\"edge\" attr.name=\"weight\" attr.type=\"double\"/>"
#define NODES "<node id=\"a\"/><node id=\"b\"/>"

static void a_graph_is_a_network(void **state)
{
    assert_true(graphml(
        "<?xml version=\"1.0\"?>\n<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">" KEYS
        "<graph edgedefault=\"directed\"><edge source=\"n1\" target=\"n0\"><data key=\"w\"> 7.0 "
        "</data></edge><node id=\"n0\"><data key=\"s\">a.be</data><data key=\"c\">be</data>"
        "<data key=\"l\">Li&#xe8;ge &amp; <![CDATA[<Namur>]]></data><data key=\"x\">odd</data></node>"
        "<node id=\"n1\"/></graph></graphml>",
        *state));
    assert_int_equal(network.count, 2);
    is_link(0, "n1.example", "a.be", 7);
    assert_string_equal(network.institutions[0].name, "Li\xc3\xa8ge & <Namur>");
    assert_string_equal(network.institutions[0].country, "BE");
}

static void an_undirected_edge_is_two_links(void **state)
{
    assert_true(graphml("<graphml><graph edgedefault=\"undirected\">" NODES
                        "<node id=\"c\"/><edge source=\"a\" target=\"b\"/><edge source=\"a\" "
                        "target=\"c\" directed=\"true\"/></graph></graphml>",
                        *state));
    assert_int_equal(network.link_count, 3);
    is_link(0, "a.example", "b.example", 1);
    is_link(2, "b.example", "a.example", 1);
}

static void what_is_wrong_with_a_graph_is_told_with_its_line(void **state)
{
    static const struct {
        const char *text, *expected;
        uint64_t line;
    } cases[] = {
        {"", "well-formed XML", 1},
        {"from,to\na,b\n", "well-formed XML", 1},
        {"<html/>", "which begins with <graphml>", 1},
        {"<graphml>\n<graph>", "well-formed XML", 2},
        {"<graphml>\n</graph>", "well-formed XML", 2},
        {"<graphml/>", "two institutions and one link", 0},
        {"<!DOCTYPE graphml>\n<graphml/>", "no document type", 1},
        {"<graphml><graph>" NODES "\n<edge source=\"a\" target=\"c\"/></graph></graphml>",
         "listed, not `c`", 2},
        {"<graphml><graph>" NODES "\n<edge source=\"a\"/></graph></graphml>", "as `to`", 2},
        {"<graphml><graph>" NODES "\n<edge source=\"a\" target=\"a\"/></graph></graphml>",
         "sends to itself", 2},
        {"<graphml><graph>" NODES "\n<node id=\"a\"/></graph></graphml>", "`a` only once", 2},
        {"<graphml><graph>\n<node/></graph></graphml>", "a name of 1 to 200 bytes", 2},
        {"<graphml><graph><node id=\"a\">\n<graph/></node></graph></graphml>", "one flat graph", 2},
        {"<graphml><graph/>\n<graph/></graphml>", "one flat graph", 2},
        {"<graphml><graph>\n<hyperedge/></graph></graphml>", "no hyperedges", 2},
        {"<graphml>" KEYS "<graph>" NODES "\n<edge source=\"a\" target=\"b\"><data key=\"w\">2.5"
         "</data></edge></graph></graphml>",
         "a whole number of students", 2},
        {"<graphml>" KEYS "<graph>\n<node id=\"a\"><data key=\"c\">Belgium</data></node></graph>"
         "</graphml>",
         "a country as in `BE`", 2},
        {"<graphml><graph><node id=\"&unknown;\"/></graph></graphml>", "well-formed XML", 1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        refused(graphml(cases[i].text, *state), cases[i].line, cases[i].expected);
}

/* Ten to the ninth letters, were the entities put in. */
static void entities_that_multiply_are_refused(void **state)
{
    refused(graphml("<!DOCTYPE g [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;\">"
                    "<!ENTITY c \"&b;&b;&b;&b;&b;\">]>\n<graphml>&c;</graphml>",
                    *state),
            1, "no document type");
    refused(graphml("<!DOCTYPE g [<!ENTITY f SYSTEM \"file:///etc/hostname\">]><graphml>&f;"
                    "</graphml>",
                    *state),
            1, "no document type");
}

static void depths_and_lengths_are_refused(void **state)
{
    enum { DEEP = 5000, LONG = 10000 };
    size_t at = 0, room = 64 * 1024;
    char *text = malloc(room);
    at += (size_t)snprintf(text, room, "<graphml>\n");
    for (int i = 0; i < DEEP; i++)
        at += (size_t)snprintf(text + at, room - at, "<d>");
    refused(graphml(text, *state), 2, "32 times at most");
    at = (size_t)snprintf(text, room, "<graphml>" KEYS "<graph>\n<node id=\"a\"><data key=\"l\">");
    memset(text + at, 'x', LONG);
    snprintf(text + at + LONG, room - at - LONG, "</data></node></graph></graphml>");
    refused(graphml(text, *state), 2, "at most 4 KiB");
    at = (size_t)snprintf(text, room, "<graphml>");
    for (int i = 0; i <= 64; i++)
        at += (size_t)snprintf(text + at, room - at,
                               "<key id=\"k%d\" for=\"node\" attr.name=\"name\"/>", i);
    refused(graphml(text, *state), 1, "at most 64 attributes");
    free(text);
}

/* ---- round trips ---- */

static void same(const struct flow_network *one, const struct flow_network *other)
{
    assert_int_equal(one->count, other->count);
    assert_int_equal(one->link_count, other->link_count);
    for (size_t i = 0; i < one->count; i++) {
        assert_string_equal(one->institutions[i].schac, other->institutions[i].schac);
        assert_string_equal(one->institutions[i].country, other->institutions[i].country);
        assert_string_equal(one->institutions[i].name, other->institutions[i].name);
    }
    assert_memory_equal(one->links, other->links, one->link_count * sizeof *one->links);
}

static void what_is_written_is_read_again(void **state)
{
    struct flow_network whole;
    enum fault fault = flow_make(80, 4, *state, &whole);
    assert_int_equal(fault, FAULT_NONE);
    struct flow_institution odd[80];
    memcpy(odd, whole.institutions, sizeof odd);
    odd[0].name = "\"A\", <B> & 'C'; \xc3\xa9";
    odd[1].name = "=1+1";
    whole.institutions = odd;
    struct flow_csv_files files;
    struct bytes text;
    bool of_links;
    fault = flow_csv_write(&whole, *state, &files);
    assert_int_equal(fault, FAULT_NONE);
    fault = flow_csv_read(&files, *state, &network, &refusal, &of_links);
    assert_int_equal(fault, FAULT_NONE);
    assert_string_equal(refusal.expected, "");
    same(&whole, &network);
    fault = flow_graphml_write(&whole, *state, &text);
    assert_int_equal(fault, FAULT_NONE);
    fault = flow_graphml_read(text, *state, &network, &refusal);
    assert_int_equal(fault, FAULT_NONE);
    assert_string_equal(refusal.expected, "");
    same(&whole, &network);
}

/* A file that ends anywhere is a network that was meant, or is refused: never a fall. */
static void a_file_cut_anywhere_is_read_or_refused(void **state)
{
    struct flow_network whole;
    struct bytes text;
    size_t good = 0;
    enum fault fault = flow_make(5, 4, *state, &whole);
    assert_int_equal(fault, FAULT_NONE);
    fault = flow_graphml_write(&whole, *state, &text);
    assert_int_equal(fault, FAULT_NONE);
    for (size_t size = 0; size < text.size; size++) {
        struct arena *arena = arena_open(ARENA);
        fault = flow_graphml_read((struct bytes) {text.data, size}, arena, &network, &refusal);
        assert_int_equal(fault, FAULT_NONE);
        good += !refusal.expected[0];
        arena_close(arena);
    }
    assert_true(good <= 1); /* without its last line end it is whole */
}

static void reading_without_memory_is_a_fault_and_never_half_a_network(void **state)
{
    struct flow_network whole;
    struct flow_csv_files files;
    struct bytes text;
    bool of_links;
    size_t refusals = 0;
    enum fault fault = flow_make(60, 4, *state, &whole);
    assert_int_equal(fault, FAULT_NONE);
    fault = flow_csv_write(&whole, *state, &files);
    assert_int_equal(fault, FAULT_NONE);
    fault = flow_graphml_write(&whole, *state, &text);
    assert_int_equal(fault, FAULT_NONE);
    for (size_t budget = 1024; budget < 256 * 1024; budget += 1000) {
        struct arena *arena = arena_open(budget);
        fault = flow_csv_read(&files, arena, &network, &refusal, &of_links);
        assert_true(fault == FAULT_MEMORY || network.link_count == whole.link_count);
        refusals += fault == FAULT_MEMORY;
        arena_reset(arena);
        fault = flow_graphml_read(text, arena, &network, &refusal);
        assert_true(fault == FAULT_MEMORY || network.link_count == whole.link_count);
        refusals += fault == FAULT_MEMORY;
        arena_close(arena);
    }
    assert_true(refusals > 2);
}

/* ---- the published tables ---- */

#define OF "erasmus_code,name,country,city\nB  LIEGE37,LIEGE,BE,Liege\nCH ST.GALL08,GALLEN,CH,St\n"

static bool sample(const char *institutions, const char *flows, const char *charters,
                   struct arena *arena)
{
    struct flow_data_files files = {bytes_text(institutions), bytes_text(flows),
                                    bytes_text(charters)};
    int which;
    enum fault fault = flow_data_sample(&files, arena, &network, &refusal, &which);
    assert_int_equal(fault, FAULT_NONE);
    return !refusal.expected[0];
}

static void erasmus_codes_become_schacs(void **state)
{
    assert_true(sample(OF, "sender,receiver,students\nB  LIEGE37,CH ST.GALL08,4\n",
                       "erasmus_code,legal_name,country\nB  LIEGE37,Li\xc3\xa8ge,BE\n", *state));
    is_link(0, "liege37.be", "st-gall08.ch", 4);
    assert_string_equal(network.institutions[0].name, "Li\xc3\xa8ge");
    assert_string_equal(network.institutions[1].name, "GALLEN");
    assert_string_equal(flow_build_schac(bytes_text("IRLDUBLIN07"), "IE", *state), "dublin07.ie");
    assert_string_equal(flow_build_schac(bytes_text("X"), "IE", *state), "x.ie");
    refused(sample(OF, "sender,receiver,students\nB  LIEGE37,B  LIEGE99,4\n", "", *state), 2,
            "listed, not `B  LIEGE99`");
    refused(sample(OF, "sender,receiver\n", "", *state), 1, "a column `students`");
}

static void rates_are_counted_over_the_lists(void **state)
{
    static const char title[] =
        "list_date,rows,distinct_pic,pic_added,pic_removed,names_changed,codes_changed\n";
    struct flow_rates rates = {0};
    /* Two years, a thousand names: 100 join, 20 leave; 400 names at once are a re-spelling. */
    const char *text = arena_format(*state,
                                    "%s2022-01-01,1000,1000,0,0,0,0\n"
                                    "2023-01-01,1000,1000,60,20,400,0\n"
                                    "2024-01-01,1000,1000,40,0,30,2\n",
                                    title);
    enum fault fault = flow_data_rates(bytes_text(text), *state, &rates, &refusal);
    assert_int_equal(fault, FAULT_NONE);
    assert_string_equal(refusal.expected, "");
    assert_int_equal(rates.joins, 500);
    assert_int_equal(rates.leaves, 100);
    assert_int_equal(rates.renames, 150);
    assert_int_equal(rates.codes, 10);
    static const char *const odd[] = {
        "%s",
        "%s2022-01-01,1000,1000,0,0,0,0\n",
        "%s2022-01-01,1000,1000,0,0,0,0\n2022-01-01,1000,1000,0,0,0,0\n",
        "%s2022-01-01,1000,1000,0,0,0,0\n2023-02-30,1000,1000,0,0,0,0\n",
        "%s2022-01-01,0,0,0,0,0,0\n2023-01-01,0,0,0,0,0,0\n",
        "%s2022-01-01,1000,1000,0,0,0,0\n2023-01-01,1000,1000,-1,0,0,0\n",
    };
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
        char line[512];
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
        snprintf(line, sizeof line, odd[i], title);
#pragma GCC diagnostic pop
        fault = flow_data_rates(bytes_text(line), *state, &rates, &refusal);
        assert_int_equal(fault, FAULT_NONE);
        assert_true(refusal.expected[0]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_list_of_links_is_a_network, begin, end),
        cmocka_unit_test_setup_teardown(any_separator_order_and_line_end_is_read, begin, end),
        cmocka_unit_test_setup_teardown(a_link_without_a_number_has_one_student, begin, end),
        cmocka_unit_test_setup_teardown(institutions_may_be_listed_beside_the_links, begin, end),
        cmocka_unit_test_setup_teardown(any_name_becomes_a_schac_of_its_own, begin, end),
        cmocka_unit_test_setup_teardown(what_is_wrong_is_told_with_its_line, begin, end),
        cmocka_unit_test_setup_teardown(what_is_wrong_with_institutions_is_told_too, begin, end),
        cmocka_unit_test_setup_teardown(what_is_too_large_is_refused, begin, end),
        cmocka_unit_test_setup_teardown(many_names_of_one_form_are_read_in_time, begin, end),
        cmocka_unit_test_setup_teardown(a_graph_is_a_network, begin, end),
        cmocka_unit_test_setup_teardown(an_undirected_edge_is_two_links, begin, end),
        cmocka_unit_test_setup_teardown(what_is_wrong_with_a_graph_is_told_with_its_line, begin,
                                        end),
        cmocka_unit_test_setup_teardown(entities_that_multiply_are_refused, begin, end),
        cmocka_unit_test_setup_teardown(depths_and_lengths_are_refused, begin, end),
        cmocka_unit_test_setup_teardown(what_is_written_is_read_again, begin, end),
        cmocka_unit_test_setup_teardown(a_file_cut_anywhere_is_read_or_refused, begin, end),
        cmocka_unit_test_setup_teardown(reading_without_memory_is_a_fault_and_never_half_a_network,
                                        begin, end),
        cmocka_unit_test_setup_teardown(erasmus_codes_become_schacs, begin, end),
        cmocka_unit_test_setup_teardown(rates_are_counted_over_the_lists, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
