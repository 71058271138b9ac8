/* links: base seal record trust wire rules channel stream store engine sim film plot */
#include "film/film_heat.h"
#include "film/film_page.h"
#include "film/film_rows.h"
#include "film/film_sequence.h"
#include "film/film_svg.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* ---- text ---- */

static void assert_escaped(const char *text, const char *escaped)
{
    char *out;
    size_t size;
    FILE *file = open_memstream(&out, &size);
    svg_escape(file, text);
    assert_int_equal(fclose(file), 0);
    assert_string_equal(out, escaped);
    free(out);
}

static void markup_in_a_text_is_text(void **state)
{
    (void)state;
    assert_escaped("<b a=\"1\" b='2'>&amp;</b>",
                   "&lt;b a=&quot;1&quot; b=&#39;2&#39;&gt;&amp;amp;&lt;/b&gt;");
    assert_escaped("Besançon, Łódź, Ελλάδα, 京都, 😀", "Besançon, Łódź, Ελλάδα, 京都, 😀");
    assert_escaped("", "");
}

static void what_xml_cannot_hold_is_replaced(void **state)
{
    (void)state;
    assert_escaped("a\x01z\x7f\x1b[31m", "a\uFFFDz\uFFFD\uFFFD[31m");
    assert_escaped("\xC3", "\uFFFD");           /* cut off */
    assert_escaped("\xC0\xAF", "\uFFFD\uFFFD"); /* over-long */
    assert_escaped("\xED\xA0\x80", "\uFFFD");   /* half of a surrogate pair */
    assert_escaped("\xF8\x88\x80\x80\x80", "\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD");
    assert_escaped("\xF4\x90\x80\x80", "\uFFFD");               /* beyond Unicode */
    assert_escaped("\xEF\xBF\xBE\xEF\xBF\xBF", "\uFFFD\uFFFD"); /* no characters */
    assert_escaped("a\u202Eb\u2066c", "a\uFFFDb\uFFFDc");       /* turns the writing round */
}

static void times_are_written_for_people(void **state)
{
    char text[FILM_SVG_TIME];
    (void)state;
    film_svg_time(25000, text);
    assert_string_equal(text, "0.025 s");
    film_svg_time(754500000, text);
    assert_string_equal(text, "12:34.500");
    film_svg_time(2 * 86400000000 + 3 * 3600000000 + 245000000, text);
    assert_string_equal(text, "2 d 03:04:05");
    film_svg_span(37000000, text);
    assert_string_equal(text, "37 s");
    film_svg_span(5400000000, text);
    assert_string_equal(text, "1.5 h");
    film_svg_span(0, text);
    assert_string_equal(text, "0 µs");
}

/* ---- what is kept ---- */

static struct film *filmed(const char *text, size_t moments, FILE *trace, struct story *story)
{
    struct film *film = film_open(moments, trace);
    const struct story_watch watch = film_watch(film);
    assert_true(story_play_watched(bytes_text(text), &watch, story));
    return film;
}

static const char busy[] = "nodes helmo.be uhasselt.be\n"
                           "settle\n"
                           "helmo.be nominates S1..S40 to uhasselt.be\n"
                           "settle\n"
                           "helmo.be amends S1..S40 email\n"
                           "uhasselt.be stops\n"
                           "uhasselt.be starts\n"
                           "settle\n";

static void a_film_keeps_what_matters_within_its_room(void **state)
{
    struct story story;
    struct film *whole = filmed(busy, 0, NULL, &story);
    story_free(&story);
    struct film *small = filmed(busy, 200, NULL, &story);
    (void)state;
    assert_null(story.wrong);
    assert_int_equal(film_dropped(whole), 0);
    assert_true(film_count(whole) > 300);
    assert_true(film_count(small) <= 200);
    assert_int_equal(film_count(small) + film_dropped(small), film_count(whole));
    size_t deeds = 0;
    int64_t before = 0;
    for (size_t i = 0; i < film_count(small); i++) {
        const struct film_moment *moment = film_moment(small, i);
        assert_true(moment->us >= before);
        before = moment->us;
        deeds += moment->deed == WORLD_SUBMITTED || moment->deed == WORLD_STOPPED ||
                 moment->deed == WORLD_STARTED;
    }
    assert_int_equal(deeds, 80 + 2); /* frames went, deeds stayed */
    assert_int_equal(film_deeds(small, WORLD_LEFT), film_deeds(whole, WORLD_LEFT));
    film_close(whole);
    film_close(small);
    story_free(&story);
}

static const struct film_record *record_of(const struct film *film, const char *name,
                                           const char *kind)
{
    char is[64];
    const struct film_records *records = film_records(film);
    for (size_t i = 0; i < records->count; i++) {
        film_names(film, records->list[i].dossier, is, sizeof is);
        if (strcmp(is, name) == 0 && strcmp(records->list[i].kind, kind) == 0)
            return &records->list[i];
    }
    return NULL;
}

static void the_fate_of_each_record_is_known(void **state)
{
    struct story story;
    struct film *film = filmed("nodes helmo.be uhasselt.be\n"
                               "settle\n"
                               "uhasselt.be backs up\n"
                               "helmo.be nominates A to uhasselt.be\n"
                               "settle\n"
                               "uhasselt.be stops\n"
                               "helmo.be nominates B to uhasselt.be\n"
                               "run 1s\n",
                               0, NULL, &story);
    const struct film_record *a = record_of(film, "A", "nomination");
    const struct film_record *b = record_of(film, "B", "nomination");
    (void)state;
    assert_non_null(a);
    assert_true(a->said_us >= 0 && a->stored_us > a->said_us && a->receipt_us > a->stored_us);
    assert_true(a->held && a->held_there && a->receipted);
    assert_non_null(b);
    assert_true(b->said_us >= a->receipt_us && b->stored_us < 0 && b->receipt_us < 0);
    assert_true(b->held && !b->held_there && !b->receipted);
    film_close(film);
    story_free(&story);
}

static void when_a_node_was_down_stands_in_its_bins(void **state)
{
    struct story story;
    struct film *film = filmed("nodes helmo.be uhasselt.be\n"
                               "run 100s\n"
                               "uhasselt.be stops\n"
                               "run 50s\n"
                               "uhasselt.be starts\n"
                               "run 50s\n",
                               0, NULL, &story);
    const struct film_bins *bins = film_bins(film);
    (void)state;
    size_t down[2] = {0}, used = (size_t)(bins->until_us / bins->width_us) + 1;
    assert_int_equal(bins->until_us, 200000000);
    assert_true(used > FILM_BINS / 2 && used <= FILM_BINS);
    for (size_t node = 0; node < 2; node++)
        for (size_t i = 0; i < used; i++)
            down[node] += bins->cells[node * FILM_BINS + i].marks & FILM_DOWN;
    assert_int_equal(down[0], 0);
    assert_in_range(down[1], used / 4 - 1, used / 4 + 2);
    film_close(film);
    story_free(&story);
}

static void what_is_lost_again_and_again_is_one_row(void **state)
{
    struct story story;
    struct film_rows rows;
    struct film *film = filmed("nodes helmo.be uhasselt.be\n"
                               "settle\n"
                               "uhasselt.be stops\n"
                               "helmo.be nominates A to uhasselt.be\n"
                               "run 6h\n",
                               0, NULL, &story);
    (void)state;
    assert_true(film_rows_make(film, &rows));
    size_t folded = 0;
    for (size_t i = 0; i < rows.count; i++)
        folded += rows.list[i].kind == FILM_ROW_TAIL && rows.list[i].times > 3;
    assert_true(film_deeds(film, WORLD_LOST) > 10);
    assert_true(rows.count < 40);
    assert_true(folded >= 1);
    assert_true(rows.opening > 0);
    film_rows_free(&rows);
    film_close(film);
    story_free(&story);
}

static void nothing_is_one_row_and_bystanders_have_no_lane(void **state)
{
    struct story story;
    struct film_rows rows;
    struct film *film = filmed("nodes helmo.be upjs.sk uhasselt.be\n"
                               "settle\n"
                               "helmo.be nominates A to uhasselt.be\n"
                               "settle\n"
                               "run 1h\n"
                               "uhasselt.be accepts A\n"
                               "settle\n",
                               0, NULL, &story);
    (void)state;
    assert_true(film_rows_make(film, &rows));
    int64_t silent = 0;
    for (size_t i = 0; i < rows.count; i++) {
        silent += rows.list[i].kind == FILM_ROW_SILENCE ? rows.list[i].us : 0;
        if (rows.list[i].moment->text)
            assert_null(strstr(rows.list[i].moment->text, "upjs.sk"));
    }
    assert_in_range(silent, 3500 * (int64_t)1000000, 3600 * (int64_t)1000000);
    assert_true(rows.count < 120);
    assert_int_equal(rows.lane_count, 2);
    assert_int_equal(rows.bystanders, 1);
    assert_int_equal(film_rows_lane(&rows, 0), 0);
    assert_int_equal(film_rows_lane(&rows, 1), SIZE_MAX);
    assert_int_equal(film_rows_lane(&rows, 2), 1);
    film_rows_free(&rows);
    film_close(film);
    story_free(&story);
}

enum { MANY = 500 };

static void many_nodes_share_the_rows_of_the_map(void **state)
{
    static char names[MANY][24];
    static struct world_member members[MANY];
    static struct world_pair pairs[MANY];
    char *map;
    size_t size, rows = 0;
    (void)state;
    for (uint32_t i = 0; i < MANY; i++) {
        snprintf(names[i], sizeof names[i], "u%u.example", i);
        members[i] = (struct world_member) {.institution = names[i]};
        pairs[i] = (struct world_pair) {i, (i + 1) % MANY};
    }
    const struct world_settings settings = {.seed = 5,
                                            .members = members,
                                            .count = MANY,
                                            .pairs = pairs,
                                            .pair_count = MANY,
                                            .model = true};
    struct world *world = world_open_settings(&settings);
    struct film *film = film_open(1000, NULL);
    const struct story_watch watch = film_watch(film);
    assert_non_null(world);
    watch.begun(watch.self, world);
    world_watch(world, watch.watcher, watch.self);
    world_run(world, 2 * INSTANT_SECOND);
    world_stop(world, 77);
    world_run(world, 2 * INSTANT_SECOND);
    watch.ended(watch.self, world);
    world_close(world);
    FILE *out = open_memstream(&map, &size);
    film_heat_draw(film, false, out);
    assert_int_equal(fclose(out), 0);
    for (const char *at = map; (at = strstr(at, "<g><title>")); at++)
        rows++;
    assert_int_equal(rows, (MANY + 2) / 3); /* three to a row: at most 200 */
    assert_non_null(strstr(map, "<title>nodes 76 to 78: "));
    assert_true(size < 1 << 20);
    assert_true(film_count(film) <= 1000);
    free(map);
    film_close(film);
}

/* ---- the page and the trace ---- */

static char *page_of(const char *text, struct story *story)
{
    char *out;
    size_t size;
    struct film *film = filmed(text, 0, NULL, story);
    FILE *file = open_memstream(&out, &size);
    const struct film_facts facts = {.title = "a <title> & more",
                                     .replay = "peregrin-sim run --seed 0x2a",
                                     .text = bytes_text(text),
                                     .program = "the test"};
    assert_true(film_page_write(film, story, &facts, file));
    assert_int_equal(fclose(file), 0);
    film_close(film);
    return out;
}

static void a_page_needs_nothing_beside_itself(void **state)
{
    struct story story;
    char *page = page_of("nodes helmo.be uhasselt.be\n"
                         "# <script>alert(1)</script> and </pre><img src=x onerror=y>\n"
                         "settle\n"
                         "helmo.be nominates A to uhasselt.be\n"
                         "settle\n"
                         "expect A accepted at both\n",
                         &story);
    (void)state;
    assert_string_equal(story.wrong, "line 6: A is pending at helmo.be");
    assert_null(strstr(page, "<script"));
    assert_null(strstr(page, "<img"));
    assert_null(strstr(page, "src=\""));
    assert_null(strstr(page, "@import"));
    assert_null(strstr(page, "<link"));
    assert_non_null(strstr(page, "&lt;script&gt;alert(1)&lt;/script&gt;"));
    assert_non_null(strstr(page, "<title>a &lt;title&gt; &amp; more</title>"));
    assert_non_null(strstr(page, "<li class=\"bad\">✕ expect A accepted at both</li>"));
    assert_non_null(strstr(page, "✕ line 6: A is pending at helmo.be"));
    assert_non_null(strstr(page, "peregrin-sim run --seed 0x2a"));
    for (const char *at = page; (at = strstr(at, "http")); at++)
        assert_memory_equal(at, "http://www.w3.org/2000/svg", 26);
    free(page);
    story_free(&story);
}

static void a_trace_has_a_line_for_each_moment(void **state)
{
    char *out;
    size_t size, lines = 0;
    struct story story;
    FILE *trace = open_memstream(&out, &size);
    struct film *film = filmed(busy, 100, trace, &story);
    (void)state;
    assert_int_equal(fclose(trace), 0);
    for (size_t i = 0; i < size; i++)
        lines += out[i] == '\n';
    assert_int_equal(lines, 1 + film_count(film) + film_dropped(film));
    assert_memory_equal(out, "time_us,deed,node,other,frame,what,why,size,refused,sentence\n", 61);
    assert_non_null(strstr(out, ",stopped,uhasselt.be,,,,told,,0,\n"));
    assert_non_null(strstr(out, ",said,helmo.be,,,,,,0,session to node.uhasselt.be opened\n"));
    assert_non_null(strstr(out, ",submitted,helmo.be,,,nomination,kept,,0,"));
    free(out);
    film_close(film);
    story_free(&story);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(markup_in_a_text_is_text),
        cmocka_unit_test(what_xml_cannot_hold_is_replaced),
        cmocka_unit_test(times_are_written_for_people),
        cmocka_unit_test(a_film_keeps_what_matters_within_its_room),
        cmocka_unit_test(the_fate_of_each_record_is_known),
        cmocka_unit_test(when_a_node_was_down_stands_in_its_bins),
        cmocka_unit_test(what_is_lost_again_and_again_is_one_row),
        cmocka_unit_test(nothing_is_one_row_and_bystanders_have_no_lane),
        cmocka_unit_test(many_nodes_share_the_rows_of_the_map),
        cmocka_unit_test(a_page_needs_nothing_beside_itself),
        cmocka_unit_test(a_trace_has_a_line_for_each_moment),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
