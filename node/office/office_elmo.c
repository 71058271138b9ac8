#include "office/office_elmo.h"

#include "command/command_say.h"
#include "elmo/elmo.h"
#include "report/json_record.h"

#include <string.h>

bool office_elmo_is(const char *path)
{
    static const char ending[] = ".xml";
    size_t length = strlen(path), size = sizeof ending - 1;
    return length > size && strcmp(path + length - size, ending) == 0;
}

static enum command_exit say_misfit(struct command_work *work, const char *path,
                                    enum verdict verdict, const struct elmo_misfit *misfit)
{
    const char *where =
        misfit->line ? command_work_text(work, "line %ld", misfit->line) : "the whole";
    if (misfit->element)
        where = command_work_text(work, "%s, element %s", where, misfit->element);
    return command_say_wrong(
        work,
        &(struct command_wrong) {COMMAND_PROBLEMS, verdict_text(verdict)->code,
                                 command_work_text(work, "%s cannot be read: %s: expected %s", path,
                                                   where, misfit->expected),
                                 "mend it where it was made, and import it again", NULL, NULL});
}

static void say_notes(struct command_work *work, const struct elmo_file *file)
{
    const char *list = "";
    for (size_t i = 0; i < file->note_count; i++)
        list = command_work_text(work, "%s%s%s (%zu)", list, i ? ", " : "", file->notes[i].element,
                                 file->notes[i].count);
    if (file->note_count)
        command_say_note(work, "Not kept of this file, since a transcript has no place for it: %s",
                         list);
}

/* The rows of a file are its units; what is wrong with one is said of the student. */
static enum command_exit student_make(struct command_work *work, const struct elmo_report *report,
                                      struct office_marks *marks)
{
    struct office_marks_student *one = &marks->students[marks->count++];
    one->dossier = report->dossier;
    one->esi = report->esi;
    one->family_name = report->family_name;
    one->birth_date = report->birth_date;
    one->record = command_work_keep(work, json_record_write(&report->record->base, work->arena));
    marks->row_count += report->record->n_components;
    if (!one->record)
        return command_say_verdict(work, VERDICT_TOO_LARGE, "the file");
    if (one->dossier || one->esi)
        return COMMAND_DONE;
    return command_say_wrong(
        work,
        &(struct command_wrong) {
            COMMAND_PROBLEMS, "invalid",
            "the learner has no identifier of type esi, and no dossier of ours is named",
            "have the identifier added, or `transcript issue DOSSIER` with a list", NULL, NULL});
}

enum command_exit office_elmo_read(struct command_work *work, const char *path,
                                   struct command_sheet *sheet, struct office_marks *out)
{
    struct command_file read;
    struct elmo_file *file = arena_take(work->arena, sizeof *file);
    struct elmo_misfit misfit;
    *sheet = (struct command_sheet) {.path = path, .book.encoding = "ELMO"};
    *out = (struct office_marks) {.work = work, .sheet = sheet};
    int problem =
        work->port->read_file(work->port->self, path, COMMAND_FILE_MAX, work->arena, &read);
    if (problem)
        return command_say_file(work, path, problem);
    if (!file)
        return command_say_verdict(work, VERDICT_TOO_LARGE, path);
    enum verdict verdict = elmo_read(read.content, work->arena, file, &misfit);
    if (verdict)
        return say_misfit(work, path, verdict, &misfit);
    for (size_t i = 0; i < OFFICE_MARKS_COLUMNS; i++)
        out->places[i] = SIZE_MAX;
    out->students = arena_take_array(work->arena, file->count, sizeof *out->students);
    out->problems = arena_take_array(work->arena, OFFICE_MARKS_PROBLEMS, sizeof *out->problems);
    if (!out->students || !out->problems)
        return command_say_verdict(work, VERDICT_TOO_LARGE, path);
    enum command_exit wrong = COMMAND_DONE;
    for (size_t i = 0; i < file->count && !wrong; i++)
        wrong = student_make(work, &file->reports[i], out);
    say_notes(work, file);
    return wrong;
}
