/* links: base report */
#include "report/relative.h"
#include "report/table.h"
#include "report/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static struct arena *arena;

static int open_arena(void **)
{
    arena = arena_open(1 << 20);
    return arena ? 0 : -1;
}

static int close_arena(void **)
{
    arena_close(arena);
    return 0;
}

static void assert_text(struct bytes got, const char *wanted)
{
    assert_non_null(got.data);
    const char *text = arena_text(arena, got);
    assert_string_equal(text, wanted);
}

static const struct table_column columns[] = {
    {.title = "Name", .shrinks = TABLE_CUT},
    {.title = "Places", .right = true},
    {.title = "State"},
};

static struct table three(void)
{
    struct table table;
    table_start(&table, arena, columns, 3);
    table_add(&table, (const char *const[]) {"Škoda", "4", "accepted"});
    table_add(&table, (const char *const[]) {"Жамбыл 山田", "120", NULL});
    table_add(&table, (const char *const[]) {"e\xCC\x81tudes", NULL, "pending"});
    return table;
}

static void columns_align_by_what_people_see(void **)
{
    struct table table = three();
    assert_text(table_text(&table, 0), "Name         Places  State\n"
                                       "Škoda             4  accepted\n"
                                       "Жамбыл 山田     120\n"
                                       "e\xCC\x81tudes               pending\n");
}

static void a_long_cell_is_cut_to_the_terminal(void **)
{
    struct table table;
    table_start(&table, arena, columns, 3);
    table_add(&table, (const char *const[]) {"Universidad de Extremadura", "4", "pending"});
    struct bytes text = table_text(&table, 31);
    assert_text(text, "Name            Places  State\n"
                      "Universidad d…       4  pending\n");
}

static void a_column_is_not_cut_to_nothing(void **)
{
    struct table table;
    table_start(&table, arena, columns, 3);
    table_add(&table, (const char *const[]) {"Universidad", "4", "pending"});
    assert_text(table_text(&table, 3), "Name      Places  State\n"
                                       "Univers…       4  pending\n");
}

static const struct table_column list[] = {{.title = "DOSSIER", .shrinks = TABLE_TAIL},
                                           {.title = "NAME", .shrinks = TABLE_CUT},
                                           {.title = "YEAR", .shrinks = TABLE_GOES_FIRST},
                                           {.title = "STATE"},
                                           {.title = "CHANGED", .shrinks = TABLE_GOES_SECOND}};

static struct table one_dossier(void)
{
    struct table table;
    table_start(&table, arena, list, 5);
    table_add(&table, (const char *const[]) {"01KAMB3Q8W2T5Y7Z9C4D6F8G0H", "Łukasiewicz-Жамбылова",
                                             "2026/2027", "pending", "3 h ago"});
    return table;
}

/* 78 columns in all: then one thing after the other gives way. */
static void what_matters_least_gives_way_first(void **)
{
    struct table table = one_dossier();
    assert_text(table_text(&table, 78),
                "DOSSIER                     NAME                   YEAR       STATE    CHANGED\n"
                "01KAMB3Q8W2T5Y7Z9C4D6F8G0H  Łukasiewicz-Жамбылова  2026/2027  pending  3 h ago\n");
    assert_text(table_text(&table, 77),
                "DOSSIER                     NAME                  YEAR       STATE    CHANGED\n"
                "01KAMB3Q8W2T5Y7Z9C4D6F8G0H  Łukasiewicz-Жамбыло…  2026/2027  pending  3 h ago\n");
    assert_text(table_text(&table, 62),
                "DOSSIER      NAME                  YEAR       STATE    CHANGED\n"
                "…9C4D6F8G0H  Łukasiewicz-Жамбыло…  2026/2027  pending  3 h ago\n");
    assert_text(table_text(&table, 50), "DOSSIER    NAME                  STATE    CHANGED\n"
                                        "…4D6F8G0H  Łukasiewicz-Жамбыло…  pending  3 h ago\n");
    assert_text(table_text(&table, 40), "DOSSIER    NAME                  STATE\n"
                                        "…4D6F8G0H  Łukasiewicz-Жамбыло…  pending\n");
    assert_text(table_text(&table, 30), "DOSSIER    NAME        STATE\n"
                                        "…4D6F8G0H  Łukasiewi…  pending\n");
    assert_text(table_plain(&table), "01KAMB3Q8W2T5Y7Z9C4D6F8G0H\tŁukasiewicz-Жамбылова\t"
                                     "2026/2027\tpending\t3 h ago\n");
}

static const char *red_when_stuck(struct bytes cell)
{
    return bytes_equal(cell, bytes_text("stuck")) ? "<red>" : NULL;
}

static void colours_take_no_room(void **)
{
    struct table table;
    table_start(&table, arena, columns, 3);
    table.paint = red_when_stuck;
    table.painted = 1 << 2;
    table_add(&table, (const char *const[]) {"stuck", "4", "stuck"});
    table_add(&table, (const char *const[]) {"b", "4", "fine"});
    assert_text(table_text(&table, 0), "Name   Places  State\n"
                                       "stuck       4  <red>stuck\033[0m\n"
                                       "b           4  fine\n");
}

static void sentences_are_broken_between_words(void **)
{
    static const char sentence[] = "Look the field up: Жамбыл has 山田 words";
    assert_text(text_wrap(bytes_text(sentence), 0, 4, arena), sentence);
    assert_text(text_wrap(bytes_text(sentence), 20, 4, arena), "Look the field\n"
                                                               "    up: Жамбыл has\n"
                                                               "    山田 words");
    assert_text(text_wrap(bytes_text(sentence), 3, 0, arena),
                "Look\nthe\nfield\nup:\nЖамбыл\nhas\n山田\nwords");
    assert_text(text_wrap(bytes_text(""), 3, 0, arena), "");
}

/* Whoever must act on it has to be able to read it. */
static void a_sentence_is_never_cut_but_goes_below(void **)
{
    static const struct table_column told[] = {{"Row", true, TABLE_WHOLE},
                                               {"Cell", false, TABLE_CUT},
                                               {"Expected", false, TABLE_BELOW},
                                               {"Remedy", false, TABLE_BELOW}};
    struct table table;
    table_start(&table, arena, told, 4);
    table_add(&table, (const char *const[]) {"7", "a.b@c", "an address", "Ask for it."});
    table_add(&table, (const char *const[]) {"12", "15.5.2027 or so", "", "Mend it."});
    assert_text(table_text(&table, 46), "Row  Cell             Expected    Remedy\n"
                                        "  7  a.b@c            an address  Ask for it.\n"
                                        " 12  15.5.2027 or so              Mend it.\n");
    assert_text(table_text(&table, 40), "Row  Cell\n"
                                        "  7  a.b@c\n"
                                        "    expected: an address\n"
                                        "    remedy: Ask for it.\n"
                                        " 12  15.5.2027 or so\n"
                                        "    remedy: Mend it.\n");
    assert_text(table_text(&table, 18), "Row  Cell\n"
                                        "  7  a.b@c\n"
                                        "    expected: an\n"
                                        "              address\n"
                                        "    remedy: Ask\n"
                                        "            for\n"
                                        "            it.\n"
                                        " 12  15.5.2027 or…\n"
                                        "    remedy: Mend\n"
                                        "            it.\n");
    assert_text(table_plain(&table), "7\ta.b@c\tan address\tAsk for it.\n"
                                     "12\t15.5.2027 or so\t\tMend it.\n");
}

static void a_cell_cannot_command_the_terminal(void **)
{
    struct table table;
    table_start(&table, arena, columns, 3);
    table_add(&table, (const char *const[]) {"a\x1B[2Jb\nc\td", "\xE2\x80\xAE", "\xC2\x9B"});
    assert_text(table_plain(&table), "a\xEF\xBF\xBD[2Jb c d\t\xEF\xBF\xBD\t\xEF\xBF\xBD\n");
}

static void plain_is_tab_separated_and_uncut(void **)
{
    struct table table = three();
    assert_text(table_plain(&table), "Škoda\t4\taccepted\nЖамбыл 山田\t120\t\n"
                                     "e\xCC\x81tudes\t\tpending\n");
}

static void a_spent_arena_gives_no_half_table(void **)
{
    struct arena *small = arena_open(400);
    struct table table;
    table_start(&table, small, columns, 3);
    for (int i = 0; i < 3; i++)
        table_add(&table, (const char *const[]) {"a", "b", "c"});
    assert_true(table.spent);
    assert_null(table_text(&table, 0).data);
    assert_null(table_plain(&table).data);
    arena_close(small);
}

static void blanks_of_spreadsheets_are_trimmed(void **)
{
    assert_text(text_trim(bytes_text(" \xC2\xA0 a b\t\r\n\xE2\x80\xAF")), "a b");
    assert_int_equal(text_trim(bytes_text("   ")).size, 0);
    assert_int_equal(text_trim(bytes_text("")).size, 0);
}

static void texts_get_their_one_form(void **)
{
    struct bytes out;
    assert_true(text_nfc(bytes_text("Novac\xCC\x8C"), arena, &out));
    assert_text(out, "Novač");
    assert_false(text_nfc(bytes_text("\xFF"), arena, &out));
}

static void hex_goes_both_ways(void **)
{
    uint8_t bytes[4];
    size_t size;
    assert_true(text_unhex(bytes_text("00fFa5"), bytes, sizeof bytes, &size));
    assert_int_equal(size, 3);
    assert_string_equal(text_hex((struct bytes) {bytes, size}, arena), "00ffa5");
    assert_false(text_unhex(bytes_text("0"), bytes, sizeof bytes, &size));
    assert_false(text_unhex(bytes_text("0g"), bytes, sizeof bytes, &size));
    assert_false(text_unhex(bytes_text("0011223344"), bytes, sizeof bytes, &size));
}

static void times_are_said_as_people_do(void **)
{
    static const struct {
        int64_t seconds;
        const char *text;
    } rows[] = {
        {0, "just now"},
        {-59, "59 s ago"},
        {-60, "1 min ago"},
        {-3599, "59 min ago"},
        {-3600, "1 h ago"},
        {-86400 * 5, "5 d ago"},
        {3, "now"},
        {90, "in 1 min"},
        {-86400 * 31, "2026-10-21"},
    };
    struct instant now = {1795301546LL * INSTANT_SECOND}; /* 2026-11-21 */
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_string_equal(
            relative_text(instant_after(now, rows[i].seconds * INSTANT_SECOND), now, arena),
            rows[i].text);
    assert_string_equal(relative_text((struct instant) {0}, now, arena), "-");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(columns_align_by_what_people_see),
        cmocka_unit_test(a_long_cell_is_cut_to_the_terminal),
        cmocka_unit_test(a_column_is_not_cut_to_nothing),
        cmocka_unit_test(what_matters_least_gives_way_first),
        cmocka_unit_test(colours_take_no_room),
        cmocka_unit_test(sentences_are_broken_between_words),
        cmocka_unit_test(a_sentence_is_never_cut_but_goes_below),
        cmocka_unit_test(a_cell_cannot_command_the_terminal),
        cmocka_unit_test(plain_is_tab_separated_and_uncut),
        cmocka_unit_test(a_spent_arena_gives_no_half_table),
        cmocka_unit_test(blanks_of_spreadsheets_are_trimmed),
        cmocka_unit_test(texts_get_their_one_form),
        cmocka_unit_test(hex_goes_both_ways),
        cmocka_unit_test(times_are_said_as_people_do),
    };
    return cmocka_run_group_tests(tests, open_arena, close_arena);
}
