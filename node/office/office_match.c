#include "office/office_match.h"

#include "command/command_list.h"
#include "command/command_node.h"
#include "command/command_say.h"
#include "report/search.h"

#include <string.h>
#include <strings.h>

/* Every stay of a partner's student; a transcript that was issued before belongs here too: the same
 * file again issues nothing twice. */
static enum command_exit list_dossiers(struct command_work *work, json_t *all)
{
    json_t *list;
    enum command_exit wrong =
        command_node_list(work, "/api/v1/stays?direction=incoming", "stays", &list);
    if (!wrong)
        json_array_extend(all, list);
    return wrong;
}

static const char *dossier_at(const json_t *all, size_t index)
{
    const char *name = json_string_value(json_object_get(json_array_get(all, index), "dossier"));
    return name ? name : "";
}

static void complain(struct office_marks *marks, struct office_marks_student *student,
                     const char *expected, const char *remedy)
{
    struct office_marks_problem problem = {.row = student->first_row,
                                           .column = student->dossier ? "dossier" : "esi",
                                           .cell =
                                               student->dossier ? student->dossier : student->esi,
                                           .expected = expected,
                                           .remedy = remedy};
    office_marks_complain(marks, student, &problem);
}

/* Whether a name of the file is that of the nomination: accents and order do not count. */
static bool is_named(struct command_work *work, const char *said, const char *known)
{
    const struct header_dossier none = {0};
    Peregrin__Person person = PEREGRIN__PERSON__INIT;
    Peregrin__Nomination nomination = PEREGRIN__NOMINATION__INIT;
    bool spent;
    struct search *search = search_open(bytes_text(said), work->arena, &spent);
    person.family_name = (char *)(uintptr_t)known;
    nomination.person = &person;
    return search && search_fits(search, &none, &nomination, work->arena);
}

/* A file may name the dossier of one student and tell of another: marks would be signed for the
 * wrong one. Of an identifier that is the same the name need not be; without one it decides. */
static void check_person(struct command_work *work, struct office_marks *marks,
                         struct office_marks_student *one, const json_t *shown)
{
    const char *esi = command_list_text(work, shown, "nomination.person.esi", COMMAND_TEXT);
    const char *born = command_list_text(work, shown, "nomination.person.birth_date", COMMAND_TEXT);
    const char *name =
        command_list_text(work, shown, "nomination.person.family_name", COMMAND_TEXT);
    bool compared = esi[0] && one->esi, same = compared && strcasecmp(one->esi, esi) == 0;
    const char *expected = NULL;
    if (compared && !same)
        expected = "the identifier of this dossier's student: the file has another one";
    else if (one->birth_date && born[0] && strcmp(one->birth_date, born) != 0)
        expected = "the date of birth of this dossier's student: the file has another one";
    else if (!same && one->family_name && name[0] && !is_named(work, one->family_name, name))
        expected = "the family name of this dossier's student: the file has another one";
    if (expected)
        complain(marks, one, expected,
                 "name the dossier of the student whose marks these are, or correct the file");
}

static enum command_exit nomination_get(struct command_work *work, const char *dossier,
                                        json_t **out)
{
    const char *path =
        command_work_text(work, "/api/v1/nominations/%s", command_node_escape(work, dossier));
    return command_node_get(work, path, out);
}

static enum command_exit check_named(struct command_work *work, struct office_marks *marks,
                                     const json_t *all)
{
    enum command_exit wrong = COMMAND_DONE;
    for (size_t i = 0; i < marks->count && !wrong; i++) {
        struct office_marks_student *one = &marks->students[i];
        json_t *shown;
        bool found = !one->dossier;
        for (size_t at = 0; !found && at < json_array_size(all); at++)
            found = strcasecmp(one->dossier, dossier_at(all, at)) == 0;
        if (!found)
            complain(marks, one, "an accepted nomination of your `nomination list`",
                     "correct the cell, or accept the nomination first");
        else if (one->dossier && (one->esi || one->family_name || one->birth_date) &&
                 !(wrong = nomination_get(work, one->dossier, &shown)))
            check_person(work, marks, one, shown);
    }
    return wrong;
}

/* What has been found by ESI: the first dossier, and how many. */
struct found {
    const char *dossier;
    size_t count;
};

static enum command_exit search(struct command_work *work, const struct office_marks *marks,
                                const json_t *all, struct found *found)
{
    struct command_progress progress = {.what = "Looking for students"};
    size_t total = json_array_size(all);
    for (size_t at = 0; at < total; at++) {
        const char *dossier = dossier_at(all, at);
        json_t *reply;
        command_say_progress(work, &progress, at, total);
        enum command_exit wrong = nomination_get(work, dossier, &reply);
        if (wrong)
            return wrong;
        const char *esi = command_list_text(work, reply, "nomination.person.esi", COMMAND_TEXT);
        for (size_t i = 0; esi[0] && i < marks->count; i++) {
            const struct office_marks_student *one = &marks->students[i];
            if (!one->dossier && one->esi && strcasecmp(one->esi, esi) == 0 &&
                found[i].count++ == 0)
                found[i].dossier = dossier;
        }
    }
    command_say_progress(work, &progress, total, total);
    return COMMAND_DONE;
}

enum command_exit office_match_students(struct command_work *work, struct office_marks *marks)
{
    json_t *all = command_work_keep(work, json_array());
    struct found *found = arena_take_array(work->arena, marks->count, sizeof *found);
    size_t by_esi = 0;
    for (size_t i = 0; i < marks->count; i++)
        by_esi += !marks->students[i].dossier && marks->students[i].esi;
    if (!found)
        return command_say_verdict(work, VERDICT_TOO_LARGE, "the file");
    enum command_exit wrong = marks->count ? list_dossiers(work, all) : COMMAND_DONE;
    if (!wrong && by_esi)
        wrong = search(work, marks, all, found);
    if (!wrong)
        wrong = check_named(work, marks, all);
    if (wrong)
        return wrong;
    for (size_t i = 0; i < marks->count; i++) {
        struct office_marks_student *one = &marks->students[i];
        if (one->dossier || !one->esi)
            continue;
        if (found[i].count == 1)
            one->dossier = found[i].dossier;
        else
            complain(marks, one,
                     found[i].count ? "a dossier column: this student has several nominations"
                                    : "a student with an accepted nomination",
                     found[i].count ? "add the column and name the dossier in it"
                                    : "correct the identifier, or accept the nomination first");
    }
    return COMMAND_DONE;
}
