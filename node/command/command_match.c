#include "command/command_match.h"

#include "command/command_list.h"
#include "command/command_node.h"
#include "command/command_say.h"

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

static void complain(struct command_marks *marks, struct command_marks_student *student,
                     const char *expected, const char *remedy)
{
    struct command_marks_problem problem = {.row = student->first_row,
                                            .column = student->dossier ? "dossier" : "esi",
                                            .cell =
                                                student->dossier ? student->dossier : student->esi,
                                            .expected = expected,
                                            .remedy = remedy};
    command_marks_complain(marks, student, &problem);
}

static void check_named(struct command_marks *marks, const json_t *all)
{
    for (size_t i = 0; i < marks->count; i++) {
        struct command_marks_student *one = &marks->students[i];
        bool found = !one->dossier;
        for (size_t at = 0; !found && at < json_array_size(all); at++)
            found = strcasecmp(one->dossier, dossier_at(all, at)) == 0;
        if (!found)
            complain(marks, one, "an accepted nomination of your `nomination list`",
                     "correct the cell, or accept the nomination first");
    }
}

/* What has been found by ESI: the first dossier, and how many. */
struct found {
    const char *dossier;
    size_t count;
};

static enum command_exit search(struct command_work *work, const struct command_marks *marks,
                                const json_t *all, struct found *found)
{
    struct command_progress progress = {.what = "Looking for students"};
    size_t total = json_array_size(all);
    for (size_t at = 0; at < total; at++) {
        const char *dossier = dossier_at(all, at);
        json_t *reply;
        command_say_progress(work, &progress, at, total);
        enum command_exit wrong = command_node_get(
            work,
            command_work_text(work, "/api/v1/nominations/%s", command_node_escape(work, dossier)),
            &reply);
        if (wrong)
            return wrong;
        const char *esi = command_list_text(work, reply, "nomination.person.esi", COMMAND_TEXT);
        for (size_t i = 0; esi[0] && i < marks->count; i++) {
            const struct command_marks_student *one = &marks->students[i];
            if (!one->dossier && one->esi && strcasecmp(one->esi, esi) == 0 &&
                found[i].count++ == 0)
                found[i].dossier = dossier;
        }
    }
    command_say_progress(work, &progress, total, total);
    return COMMAND_DONE;
}

enum command_exit command_match_students(struct command_work *work, struct command_marks *marks)
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
    if (wrong)
        return wrong;
    check_named(marks, all);
    for (size_t i = 0; i < marks->count; i++) {
        struct command_marks_student *one = &marks->students[i];
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
