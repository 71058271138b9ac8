/* links: base seal record trust wire rules channel stream eligibility store engine report sheet admin */
#include "admin/import.h"
#include "admin/import_number.h"
#include "mobility.pb-c.h"
#include "record/kind.h"
#include "store/store_memory.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { ARENA = 96 * 1024 * 1024, NOW = 1795301546 };

static struct arena *arena;
static struct store *store;

/* Three hosts and the home, with the aliases that people write. Imports ask the list, not its
 * signatures, so nothing is signed here. */
static Peregrin__Alias aliases[4];
static Peregrin__Alias *alias_lists[4] = {&aliases[0], &aliases[1], &aliases[2], &aliases[3]};
static Peregrin__Institution entries[4];
static struct catalogue_institution institutions[] = {
    {.schac = "helmo.be", .entry = &entries[0]},
    {.schac = "itg.be", .entry = &entries[1]},
    {.schac = "tum.de", .entry = &entries[2]},
    {.schac = "uhasselt.be", .entry = &entries[3]},
};
static struct catalogue catalogue = {
    .network = "test", .institutions = institutions, .institution_count = 4};

static int start(void **)
{
    static const char *const values[] = {"B  LIEGE43", "B  ANTWERP08", "D  MUNCHEN02", "999897729"};
    for (size_t i = 0; i < 4; i++) {
        peregrin__institution__init(&entries[i]);
        peregrin__alias__init(&aliases[i]);
        aliases[i].value = (char *)(uintptr_t)values[i];
        entries[i].aliases = &alias_lists[i];
        entries[i].n_aliases = 1;
    }
    arena = arena_open(ARENA);
    store = store_memory_open();
    return arena && store ? 0 : -1;
}

static int finish(void **)
{
    store->close(store);
    arena_close(arena);
    return 0;
}

static struct import_result run_with(struct bytes content, bool confirm, bool skip_bad)
{
    struct import import = {.store = store,
                            .catalogue = &catalogue,
                            .own = "helmo.be",
                            .content = content,
                            .confirm = confirm,
                            .skip_bad = skip_bad,
                            .now = {NOW * (int64_t)INSTANT_SECOND}};
    struct import_result result;
    assert_int_equal(store->begin(store), FAULT_NONE);
    assert_int_equal(import_run(&import, arena, &result), FAULT_NONE);
    assert_int_equal(store->commit(store), FAULT_NONE);
    return result;
}

static struct import_result preview(const char *content)
{
    return run_with(bytes_text(content), false, false);
}

static struct import_result keep(const char *content)
{
    return run_with(bytes_text(content), true, false);
}

static struct store_draft *drafts(size_t *count)
{
    struct store_draft *list;
    assert_int_equal(store->draft_list(store, false, 0, 100, arena, &list, count), FAULT_NONE);
    return list;
}

/* The body of the only draft. */
static const Peregrin__Nomination *only_draft(void)
{
    size_t count;
    struct store_draft *list = drafts(&count);
    ProtobufCMessage *message;
    assert_int_equal(count, 1);
    assert_int_equal(kind_body_read(kind_find(PEREGRIN__KIND__KIND_NOMINATION, 1), list[0].body,
                                    arena, &message),
                     VERDICT_FINE);
    return (const Peregrin__Nomination *)message;
}

#define TITLES "partner,family_name,given_names,birth_date,email,kind,year,term,level,isced_f"
#define AN     "itg.be,Peeters,An,2005-04-03,an@example.org,studies,2026/2027,1,6,0913\n"
#define JAN    "itg.be,Janssens,Jan,2004-01-31,jan@example.org,studies,2026/2027,1,6,0913\n"

static void assert_problem(const struct import_result *result, size_t number, size_t row,
                           const char *column, const char *code)
{
    assert_true(number < result->problem_count);
    const struct import_problem *problem = &result->problems[number];
    assert_int_equal(problem->row, row);
    if (column)
        assert_string_equal(problem->column, column);
    else
        assert_null(problem->column);
    assert_string_equal(problem->code, code);
    assert_non_null(problem->expected);
    assert_non_null(problem->remedy);
}

/* ---- what spreadsheets save --------------------------------------------------------------------
 */

static void good_rows_become_drafts(void **)
{
    struct import_result result = keep(TITLES "\n" AN JAN);
    size_t count;
    assert_int_equal(result.rows, 2);
    assert_int_equal(result.ready, 2);
    assert_int_equal(result.stored, 2);
    assert_int_equal(result.problem_count, 0);
    drafts(&count);
    assert_int_equal(count, 2);
}

static void columns_are_found_by_name_in_any_order(void **)
{
    keep("Colour;YEAR;Kind;E-mail list;Given names;FAMILY-NAME;partner;term;level;isced_f;email;"
         "Birth date\n"
         "blue;2026/27;Studies;x;An;Peeters;itg.be;2;master;913;An@Example.ORG;3.4.2005\n");
    const Peregrin__Nomination *nomination = only_draft();
    assert_string_equal(nomination->person->family_name, "Peeters");
    assert_string_equal(nomination->person->birth_date, "2005-04-03");
    assert_string_equal(nomination->person->email, "An@example.org");
    assert_string_equal(nomination->year, "2026/2027");
    assert_string_equal(nomination->isced_f, "0913");
    assert_int_equal(nomination->term, 2);
    assert_int_equal(nomination->eqf, 7);
}

static void a_column_that_is_not_known_is_noted_by_its_number(void **)
{
    struct import_result result = preview("colour," TITLES ",shoe size\nblue," AN);
    assert_int_equal(result.ready, 1);
    assert_int_equal(result.ignored_count, 2);
    assert_int_equal(result.ignored[0], 1);
    assert_int_equal(result.ignored[1], 12);
}

static void marks_separators_and_line_ends_of_all_sorts_are_read(void **)
{
    static const char *const files[] = {
        "\xEF\xBB\xBF" TITLES "\r\n" AN "\r\n",
        "partner;family_name;given_names;birth_date;email;kind;year;term;level;isced_f\r\n"
        "itg.be;Peeters;An;2005-04-03;an@example.org;studies;2026/2027;1;6;=\"0913\"\r\n",
        "partner\tfamily_name\tgiven_names\tbirth_date\temail\tkind\tyear\tterm\tlevel\tisced_f\n"
        "itg.be\tPeeters\tAn\t2005-04-03\tan@example.org\tstudies\t2026/2027\t1\t6\t0913",
        "Nominations of the year,,,\n\n" TITLES "\n\n\n" AN,
        TITLES "\n\"itg.be\",\"Peeters\",\" An \",2005-04-03,an@example.org,STUDIES,2026-2027,1,"
               "bachelor,0913\n",
    };
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        struct import_result result = keep(files[i]);
        assert_int_equal(result.rows, 1);
        assert_int_equal(result.problem_count, 0);
        assert_int_equal(result.stored, i == 0);
        assert_int_equal(result.unchanged, i != 0);
    }
}

static void rows_are_counted_as_the_spreadsheet_does(void **)
{
    struct import_result result =
        preview("title\r\n\r\n" TITLES "\r\n\r\n" AN "\r\n"
                "itg.be,\"Two\r\nlines\",Eva,2005-04-03,bad,studies,2026/2027,1,6,0913\r\n"
                "nobody.be,Maes,Eva,2005-04-03,eva@example.org,studies,2026/2027,1,6,0913");
    assert_int_equal(result.rows, 3);
    assert_int_equal(result.bad, 2);
    /* 1 title, 2 blank, 3 header, 4 blank, 5 good, 6 blank, 7 two lines in one, 8 unknown. */
    assert_int_equal(result.problems[0].row, 7);
    assert_int_equal(result.problems[result.problem_count - 1].row, 8);
}

static void decomposed_letters_are_the_same_student(void **)
{
    keep(TITLES "\nitg.be,Nov\xC3\xA1k,An,2005-04-03,an@example.org,studies,2026/2027,1,6,0913\n");
    struct import_result result = keep(
        TITLES "\nitg.be,Nova\xCC\x81k,An,2005-04-03,an@example.org,studies,2026/2027,1,6,0913\n");
    assert_int_equal(result.unchanged, 1);
}

/* ---- cells -------------------------------------------------------------------------------------
 */

static void a_date_that_could_be_two_is_asked_not_guessed(void **)
{
    static const struct {
        const char *cell, *date;
    } rows[] = {
        {"2005-04-03", "2005-04-03"},
        {"3.4.2005", "2005-04-03"},
        {"03.04.2005", "2005-04-03"},
        {"25/12/2005", "2005-12-25"},
        {"12/25/2005", "2005-12-25"},
        {"4/4/2005", "2005-04-04"},
        {"2005/4/3", "2005-04-03"},
        {"38445", "2005-04-03"},
        {"03/04/2005", NULL},
        {"03-04-2005", NULL},
        {"2005-02-30", NULL},
        {"3.4.05", "2005-04-03"},
        {"3 April 2005", "2005-04-03"},
        {"3 avr. 2005", "2005-04-03"},
        {"3 mrt 05", "2005-03-03"},
        {"1er ao\xC3\xBBt 2005", "2005-08-01"},
        {"2005-04-03 00:00:00", "2005-04-03"},
        {"\"April 3, 2005\"", "2005-04-03"},
        {"yesterday", NULL},
        {"1", NULL},
        {"3.4/2005", NULL},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char file[512];
        finish(NULL);
        start(NULL);
        snprintf(file, sizeof file,
                 TITLES "\nitg.be,Peeters,An,%s,an@example.org,studies,2026/2027,1,6,0913\n",
                 rows[i].cell);
        struct import_result result = keep(file);
        if (rows[i].date) {
            assert_string_equal(only_draft()->person->birth_date, rows[i].date);
        } else {
            assert_int_equal(result.problem_count, 1);
            bool two = strncmp(rows[i].cell, "03", 2) == 0;
            assert_problem(&result, 0, 2, "birth_date", two ? "ambiguous" : "invalid");
            assert_int_equal(result.dates_open, two);
        }
    }
}

static void every_bad_cell_is_told_once_with_its_column(void **)
{
    struct import_result result = preview(
        "partner,family_name,given_names,birth_date,gender,nationality,email,esi,kind,year,term,"
        "level,isced_f,start,end,languages,support,comment\n"
        "itg.be,,An,x,q,Atlantis,an@,abc,holiday,2026,one,ten,12,x,x,Klingon,perhaps,fine\n");
    static const char *const columns[] = {"birth_date", "gender",  "nationality", "kind",  "year",
                                          "term",       "level",   "isced_f",     "start", "end",
                                          "languages",  "support", "family_name", "email", "esi"};
    assert_int_equal(result.bad, 1);
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
        size_t told = 0;
        for (size_t j = 0; j < result.problem_count; j++)
            told +=
                strcmp(result.problems[j].column ? result.problems[j].column : "", columns[i]) == 0;
        if (told != 1)
            print_message("column %s was told %zu times\n", columns[i], told);
        assert_int_equal(told, 1);
    }
}

static void all_columns_reach_their_fields(void **)
{
    struct import_result result =
        keep("partner,year,term,kind,level,isced_f,family_name,given_names,birth_date,gender,"
             "nationality,email,esi,start,end,languages,agreement,condition,support,comment\n"
             "D MUNCHEN02,2026/2027,1,traineeship,7,0613,Peeters,An,2005-04-03,f,EL,an@example.org,"
             "urn:schac:personalUniqueCode:int:esi:helmo.be:1234,1.2.2027,2027-06-30,"
             "\"en B2; fr:c1, de\",A-1,c-2,yes,\"two\nlines\"\n");
    if (result.problem_count)
        print_message("%s %s\n", result.problems[0].column, result.problems[0].rule);
    const Peregrin__Nomination *nomination = only_draft();
    assert_int_equal(nomination->mobility, PEREGRIN__MOBILITY_KIND__MOBILITY_TRAINEESHIP);
    assert_int_equal(nomination->person->gender, 2);
    assert_string_equal(nomination->person->nationality, "GR");
    assert_string_equal(nomination->start, "2027-02-01");
    assert_string_equal(nomination->end, "2027-06-30");
    assert_int_equal(nomination->n_languages, 3);
    assert_string_equal(nomination->languages[1]->language, "fr");
    assert_string_equal(nomination->languages[1]->level, "C1");
    assert_null(nomination->languages[2]->level);
    assert_string_equal(nomination->agreement, "A-1");
    assert_string_equal(nomination->condition, "c-2");
    assert_true(nomination->support);
    assert_string_equal(nomination->comment, "two\nlines");
}

static void a_summer_school_is_a_blended_stay(void **)
{
    static const char *const words[] = {"summer school", "Zomerschool", "École d'été", "blended"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        char list[512];
        snprintf(list, sizeof list,
                 "partner,year,kind,level,isced_f,family_name,given_names,birth_date,email,"
                 "start,end,virtual_part,ects\n"
                 "D MUNCHEN02,2026/2027,%s,6,0613,Peeters,An,2005-04-03,an@example.org,"
                 "2027-07-05,2027-07-16,yes,3\n",
                 words[i]);
        struct import_result result = keep(list);
        assert_int_equal(result.problem_count, 0);
        assert_int_equal(only_draft()->mobility, PEREGRIN__MOBILITY_KIND__MOBILITY_BLENDED);
    }
}

/* ---- partners ----------------------------------------------------------------------------------
 */

static void a_partner_is_known_by_any_of_its_names(void **)
{
    static const char *const names[] = {"tum.de", "TUM.de", "D  MUNCHEN02", "D MUNCHEN02",
                                        "d munchen02"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char file[512];
        snprintf(file, sizeof file,
                 TITLES "\n%s,Peeters,An,2005-04-03,an@example.org,studies,2026/2027,1,6,0913\n",
                 names[i]);
        struct import_result result = keep(file);
        assert_int_equal(result.ready, 1);
        assert_int_equal(result.unchanged, i > 0);
    }
}

static void an_unknown_partner_gets_the_nearest_name(void **)
{
    struct import_result result = preview(
        TITLES "\nD MUNCHEN03,Peeters,An,2005-04-03,an@example.org,studies,2026/2027,1,6,0913\n"
               "helmo.be,Peeters,An,2005-04-03,an@example.org,studies,2026/2027,1,6,0913\n"
               ",Peeters,An,2005-04-03,an@example.org,studies,2026/2027,1,6,0913\n"
               "somewhere.else,Peeters,An,2005-04-03,an@example.org,studies,2026/2027,1,6,0913\n");
    assert_int_equal(result.bad, 4);
    assert_problem(&result, 0, 2, "partner", "unknown");
    assert_non_null(strstr(result.problems[0].remedy, "`D  MUNCHEN02`"));
    assert_problem(&result, 1, 3, "partner", "invalid");
    assert_problem(&result, 2, 4, "partner", "invalid");
    assert_problem(&result, 3, 5, "partner", "unknown");
    assert_null(strstr(result.problems[3].remedy, "nearest"));
}

static void a_code_of_two_institutions_is_not_guessed(void **)
{
    aliases[3].value = "D  MUNCHEN02";
    struct import_result result = preview(
        TITLES "\nD  MUNCHEN02,Peeters,An,2005-04-03,a@example.org,studies,2026/2027,1,6,0913\n");
    assert_problem(&result, 0, 2, "partner", "unknown");
    assert_non_null(strstr(result.problems[0].remedy, "SCHAC"));
}

/* ---- the same again ----------------------------------------------------------------------------
 */

static void the_same_file_twice_changes_nothing(void **)
{
    size_t count;
    keep(TITLES "\n" AN JAN);
    struct import_result result = keep(TITLES "\n" AN JAN);
    assert_int_equal(result.unchanged, 2);
    assert_int_equal(result.changed, 0);
    assert_int_equal(result.stored, 0);
    drafts(&count);
    assert_int_equal(count, 2);
}

static void a_changed_row_replaces_its_draft(void **)
{
    size_t count;
    keep(TITLES "\n" AN JAN);
    int64_t number = drafts(&count)[0].number;
    struct import_result result = keep(
        TITLES "\nitg.be,Peeters,An,2005-04-03,new@example.org,studies,2026/2027,1,6,0913\n" JAN);
    assert_int_equal(result.changed, 1);
    assert_int_equal(result.unchanged, 1);
    assert_int_equal(result.stored, 1);
    assert_int_equal(drafts(&count)[0].number, number);
    assert_int_equal(count, 2);
}

static void a_row_that_was_sent_is_amended_not_changed(void **)
{
    size_t count;
    keep(TITLES "\n" AN);
    struct store_draft draft = drafts(&count)[0];
    draft.sent = true;
    memset(draft.dossier.bytes, 7, sizeof draft.dossier.bytes);
    assert_int_equal(store->begin(store), FAULT_NONE);
    assert_int_equal(store->draft_put(store, &draft), FAULT_NONE);
    assert_int_equal(store->commit(store), FAULT_NONE);
    assert_int_equal(keep(TITLES "\n" AN).unchanged, 1);
    struct import_result result = run_with(
        bytes_text(TITLES
                   "\nitg.be,Peeters,An,2005-04-03,new@example.org,studies,2026/2027,1,6,0913\n"),
        true, true);
    assert_problem(&result, 0, 2, NULL, "changed_after_sending");
    char name[HEADER_DOSSIER_TEXT];
    header_dossier_text(&draft.dossier, name);
    assert_non_null(strstr(result.problems[0].remedy, name));
    assert_int_equal(result.stored, 0);
}

static void a_student_twice_in_one_file_is_told(void **)
{
    struct import_result result = preview(TITLES "\n" AN JAN AN);
    assert_int_equal(result.bad, 1);
    assert_problem(&result, 0, 4, NULL, "duplicate");
    assert_non_null(strstr(result.problems[0].remedy, "row 2"));
}

static void an_identifier_names_the_student_better_than_a_name(void **)
{
    static const char titles[] = "partner,family_name,given_names,esi,email,kind,year,term,level,"
                                 "isced_f,birth_date\n";
    static const char esi[] = "urn:schac:personalUniqueCode:int:esi:helmo.be:1234";
    char file[1024];
    snprintf(file, sizeof file,
             "%sitg.be,Peeters,An,%s,an@example.org,studies,2026/2027,1,6,0913,2005-04-03\n",
             titles, esi);
    assert_int_equal(keep(file).stored, 1);
    snprintf(file, sizeof file,
             "%sitg.be,Maes,An,%s,an@example.org,studies,2026/2027,1,6,0913,2005-04-03\n", titles,
             esi);
    assert_int_equal(keep(file).changed, 1);
}

/* French lists write names in capitals, and often without their accents. */
static void capitals_make_no_second_student(void **)
{
#define NANDER(NAME) "itg.be," NAME ",2005-04-03,n@example.org,studies,2026/2027,1,6,0913\n"
    static const char *const spellings[] = {NANDER("Dupuis-Lema\u00eetre,Nander"),
                                            NANDER("DUPUIS-LEMA\u00ceTRE,NANDER"),
                                            NANDER("DUPUIS LEMAITRE,nander")};
    char file[1024];
    size_t count;
    for (size_t i = 0; i < 3; i++) {
        snprintf(file, sizeof file, TITLES "\n" AN "%s%s", spellings[i], spellings[(i + 1) % 3]);
        struct import_result result = preview(file);
        assert_int_equal(result.bad, 1);
        assert_problem(&result, 0, 4, NULL, "duplicate");
        snprintf(file, sizeof file, TITLES "\n%s", spellings[i]);
        result = keep(file);
        assert_int_equal(result.stored, 1);
        assert_int_equal(result.changed, i > 0); /* a draft takes the newest list's spelling */
        drafts(&count);
        assert_int_equal(count, 1);
    }
    assert_string_equal(only_draft()->person->given_names, "nander");
}

static void a_student_of_another_name_is_another(void **)
{
    struct import_result result = preview(TITLES "\n" NANDER("Peeters,An") NANDER(
        "Peeters,Ann") NANDER("Peetersan,") NANDER("\u674e,\u4f1f") NANDER("\u738b,\u4f1f"));
    for (size_t i = 0; i < result.problem_count; i++)
        assert_string_not_equal(result.problems[i].code, "duplicate");
}

static void an_identifier_is_the_same_in_capitals(void **)
{
    static const char file[] =
        "partner,family_name,given_names,esi,email,kind,year,term,level,isced_f,birth_date\n"
        "itg.be,Peeters,An,urn:schac:personalUniqueCode:int:esi:helmo.be:12ab,an@example.org,"
        "studies,2026/2027,1,6,0913,2005-04-03\n"
        "itg.be,Maes,An,urn:schac:personalUniqueCode:int:esi:helmo.be:12AB,an@example.org,"
        "studies,2026/2027,1,6,0913,2005-04-03\n";
    struct import_result result = preview(file);
    assert_problem(&result, 0, 3, NULL, "duplicate");
}

/* ---- nothing unless all is well ----------------------------------------------------------------
 */

static void a_bad_row_keeps_everything_out(void **)
{
    static const char file[] = TITLES "\n" AN "itg.be,Maes,,x,eva@,studies,2026/2027,1,6,0913\n";
    size_t count;
    assert_int_equal(keep(file).stored, 0);
    drafts(&count);
    assert_int_equal(count, 0);
    assert_int_equal(run_with(bytes_text(file), true, true).stored, 1);
}

static void a_preview_leaves_no_trace(void **)
{
    struct store_pair *pairs;
    size_t count;
    assert_int_equal(preview(TITLES "\n" AN).ready, 1);
    drafts(&count);
    assert_int_equal(count, 0);
    assert_int_equal(store->pair_list(store, arena, &pairs, &count), FAULT_NONE);
    assert_int_equal(count, 0);
}

static void no_problem_repeats_what_a_cell_says(void **)
{
    struct import_result result =
        preview(TITLES ",Geheimspalte\nSECRETuni,,SECRETgiven,SECRETdate,SECRETmail,SECRETkind,"
                       "SECRETyear,SECRETterm,SECRETlevel,SECRETfield,SECRETother\n");
    assert_true(result.problem_count > 5);
    for (size_t i = 0; i < result.problem_count; i++) {
        const struct import_problem *problem = &result.problems[i];
        assert_null(strcasestr(problem->expected, "secret"));
        assert_null(strcasestr(problem->remedy, "secret"));
    }
}

/* ---- what is no list ---------------------------------------------------------------------------
 */

static void what_is_no_list_is_refused_as_a_whole(void **)
{
    static const struct {
        const char *content, *rule;
    } files[] = {
        {"", "import.header"},
        {"hello\nworld\n", "import.header"},
        {"family_name,year,kind\nPeeters,2026/2027,studies\n", "import.header"},
        {TITLES ",email\n" AN, "import.header"},
        {TITLES "\n\"itg.be,Peeters", "import.file"},
        {"\xD0\xCF\x11\xE0 an old workbook", "import.file"},
        {"PK\x03\x04 a broken workbook", "import.file"},
        {"%PDF-1.7", "import.file"},
        {"<html><table>", "import.file"},
    };
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        struct import_result result = keep(files[i].content);
        assert_int_equal(result.rows, 0);
        assert_int_equal(result.stored, 0);
        assert_true(result.problem_count > 0);
        assert_string_equal(result.problems[0].rule, files[i].rule);
    }
}

static void a_column_that_stands_twice_is_told_with_its_places(void **)
{
    struct import_result result = preview(TITLES ",Courriel\n" AN);
    assert_problem(&result, 0, 0, "email", "duplicate");
    assert_int_equal(result.problems[0].place, 11);
    assert_string_equal(result.problems[0].expected,
                        "each column once; this one stands in E and K");
}

static char *many_rows(size_t count)
{
    char *file = malloc(count * 96 + 256), *at = file;
    at += sprintf(at, "%s\n", TITLES);
    for (size_t i = 0; i < count; i++)
        at += sprintf(
            at, "itg.be,Peeters,N%zu,2005-04-03,an@example.org,studies,2026/2027,1,6,0913\n", i);
    return file;
}

static void five_thousand_rows_and_no_more(void **)
{
    char *file = many_rows(IMPORT_ROWS_MAX);
    struct import_result result = keep(file);
    assert_int_equal(result.stored, IMPORT_ROWS_MAX);
    free(file);
    file = many_rows(IMPORT_ROWS_MAX + 1);
    result = preview(file);
    assert_int_equal(result.rows, 0);
    assert_string_equal(result.problems[0].rule, "import.file");
    free(file);
    file = many_rows(IMPORT_ROWS_MAX + 100);
    assert_int_equal(preview(file).rows, 0);
    free(file);
}

static void a_spent_arena_is_a_fault_and_stores_nothing(void **)
{
    char *file = many_rows(200);
    size_t count;
    for (size_t budget = 4096; budget < 600000; budget = budget * 3 / 2) {
        struct arena *small = arena_open(budget);
        struct import import = {.store = store,
                                .catalogue = &catalogue,
                                .own = "helmo.be",
                                .content = bytes_text(file)};
        struct import_result result;
        enum fault fault = import_run(&import, small, &result);
        assert_true(fault == FAULT_MEMORY || fault == FAULT_NONE);
        if (fault == FAULT_NONE)
            assert_int_equal(result.ready, 200);
        arena_close(small);
    }
    drafts(&count);
    assert_int_equal(count, 0);
    free(file);
}

#define CLAIM(name) cmocka_unit_test_setup_teardown(name, start, finish)

static void credits_and_hours_are_read_exactly(void **)
{
    static const struct {
        const char *text;
        uint64_t value; /* 0: it is none */
    } credits[] = {{"6", 600},   {"5.5", 550}, {"2,25", 225}, {"999.99", 99999},
                   {"1000", 0},  {"5.", 0},    {".5", 0},     {"5.555", 0},
                   {"5,5,5", 0}, {"-3", 0},    {"3 ", 0},     {"", 0}},
      hours[] = {{"8", 8}, {"9999", 9999}, {"10000", 0}, {"8.5", 0}, {"", 0}, {"x", 0}};
    uint64_t value;
    for (size_t i = 0; i < sizeof credits / sizeof *credits; i++) {
        assert_int_equal(import_number_hundredths(bytes_text(credits[i].text), &value),
                         credits[i].value > 0);
        if (credits[i].value)
            assert_int_equal(value, credits[i].value);
    }
    for (size_t i = 0; i < sizeof hours / sizeof *hours; i++) {
        assert_int_equal(import_number_whole(bytes_text(hours[i].text), &value),
                         hours[i].value > 0);
        if (hours[i].value)
            assert_int_equal(value, hours[i].value);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(credits_and_hours_are_read_exactly),
        CLAIM(good_rows_become_drafts),
        CLAIM(columns_are_found_by_name_in_any_order),
        CLAIM(a_column_that_is_not_known_is_noted_by_its_number),
        CLAIM(marks_separators_and_line_ends_of_all_sorts_are_read),
        CLAIM(rows_are_counted_as_the_spreadsheet_does),
        CLAIM(decomposed_letters_are_the_same_student),
        CLAIM(a_date_that_could_be_two_is_asked_not_guessed),
        CLAIM(every_bad_cell_is_told_once_with_its_column),
        CLAIM(all_columns_reach_their_fields),
        CLAIM(a_summer_school_is_a_blended_stay),
        CLAIM(a_partner_is_known_by_any_of_its_names),
        CLAIM(an_unknown_partner_gets_the_nearest_name),
        CLAIM(a_code_of_two_institutions_is_not_guessed),
        CLAIM(the_same_file_twice_changes_nothing),
        CLAIM(a_changed_row_replaces_its_draft),
        CLAIM(a_row_that_was_sent_is_amended_not_changed),
        CLAIM(a_student_twice_in_one_file_is_told),
        CLAIM(an_identifier_names_the_student_better_than_a_name),
        CLAIM(capitals_make_no_second_student),
        CLAIM(a_student_of_another_name_is_another),
        CLAIM(an_identifier_is_the_same_in_capitals),
        CLAIM(a_bad_row_keeps_everything_out),
        CLAIM(a_preview_leaves_no_trace),
        CLAIM(no_problem_repeats_what_a_cell_says),
        CLAIM(what_is_no_list_is_refused_as_a_whole),
        CLAIM(a_column_that_stands_twice_is_told_with_its_places),
        CLAIM(five_thousand_rows_and_no_more),
        CLAIM(a_spent_arena_is_a_fault_and_stores_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
