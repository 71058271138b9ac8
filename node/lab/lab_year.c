#include "film/film_trace.h"
#include "lab/lab_study.h"
#include "lab/lab_verbs.h"

#include <stdlib.h>
#include <string.h>

static const struct lab_flag flags[] = {
    LAB_SOURCE_FLAGS,   {"scenario", "NAME", "what goes wrong: `dark`, `dark:share=20`; none"},
    LAB_STUDY_FLAGS,    {"trace", "FILE", "writes every event there, as CSV; large"},
    {NULL, NULL, NULL},
};

static void circle_say(struct lab_call *call, const struct year *year)
{
    char from[INSTANT_TEXT_SIZE], until[INSTANT_TEXT_SIZE];
    if (!year->ordeal.until_us)
        return;
    instant_text(instant_after(year->beginning, year->ordeal.from_us), from);
    instant_text(instant_after(year->beginning, year->ordeal.until_us), until);
    if (year->ordeal.idle)
        fprintf(call->out, "from %s until %s: %s\n", from, until, year->ordeal.idle);
    else
        fprintf(call->out, "from %s until %s: %zu %s meant\n", from, until, year->ordeal.circled,
                year->ordeal.circled == 1 ? "institution is" : "institutions are");
}

static void say(struct lab_call *call, const struct yearbook_run *run, const char *origin)
{
    char students[YEARBOOK_NUMBER_SIZE], links[YEARBOOK_NUMBER_SIZE];
    yearbook_number((double)flow_students(run->network), 0, students);
    yearbook_number((double)run->network->link_count, 0, links);
    fprintf(call->out, "%s: %zu nodes, %s partnerships, %s mobilities\n", origin,
            run->network->count, links, students);
    fprintf(call->out, "%s, seed %llu, %zu days%s\n", run->scenario, (unsigned long long)run->seed,
            run->year->days, run->year->end == YEAR_STOPPED ? ": interrupted" : "");
    circle_say(call, run->year);
    struct bytes table =
        yearbook_year_table(&run->year->measures, call->arena, lab_study_width(call));
    fputc('\n', call->out);
    fwrite(table.data, 1, table.size, call->out);
    if (run->year->wrong)
        fprintf(call->out, "\nstores that should agree do not: %s\n", run->year->wrong);
    else
        fprintf(call->out, "\n%zu partnerships were looked into: both stores agree\n",
                run->year->compared);
}

static bool files_write(struct lab_call *call, const struct yearbook_run *run)
{
    static const struct {
        enum measure_file kind;
        void (*write)(FILE *file, const struct yearbook_run *run);
    } files[] = {
        {MEASURE_FILE_MEASURES, yearbook_measures},
        {MEASURE_FILE_DAYS, yearbook_days},
        {MEASURE_FILE_MESSAGES, yearbook_messages},
    };
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        struct lab_study_file file;
        if (!lab_study_file_open(call, &file, files[i].kind))
            return false;
        if (file.stream)
            files[i].write(file.stream, run);
        if (!lab_study_file_close(call, &file, files[i].kind))
            return false;
    }
    return true;
}

static enum lab_exit finish(struct lab_call *call, const struct lab_study *study,
                            const struct yearbook_run *run)
{
    enum lab_exit status = run->year->wrong ? LAB_PROBLEMS : LAB_DONE;
    if (run->year->end == YEAR_STOPPED)
        status = LAB_INTERRUPTED;
    if (call->json) {
        enum lab_exit said = lab_study_json(call, yearbook_year_json(run));
        status = said ? said : status;
    } else {
        say(call, run, study->source.origin);
    }
    return files_write(call, run) ? status : LAB_UNEXPECTED;
}

static enum lab_exit trace_open(struct lab_call *call, struct lab_study *study)
{
    const char *path = lab_value(call, "trace", NULL);
    study->trace = path ? fopen(path, "w") : NULL;
    if (study->trace)
        film_trace_begin(study->trace);
    if (path && !study->trace)
        return lab_wrong(call, LAB_UNEXPECTED, "file", "look at the path and the rights",
                         "%s cannot be written", path);
    return LAB_DONE;
}

static enum lab_exit run(struct lab_call *call)
{
    struct lab_study study;
    struct scenario_choice choice;
    struct year year;
    enum lab_exit status = lab_study_choose(call, lab_value(call, "scenario", "none"), &choice);
    if (!status)
        status = lab_study_read(call, &study);
    if (!status)
        status = trace_open(call, &study);
    if (status)
        return status;
    struct yearbook_run what = {lab_study_text(call, &choice), study.source.seed, &study.network,
                                &year};
    status = lab_study_run(call, &study, &choice, study.source.seed, what.scenario, &year);
    if (study.trace && fclose(study.trace) != 0 && !status)
        status = lab_wrong(call, LAB_UNEXPECTED, "file", "look at the disk",
                           "%s was not written whole", lab_value(call, "trace", ""));
    return status && status != LAB_INTERRUPTED ? status : finish(call, &study, &what);
}

const struct lab_verb lab_year_verb = {
    .name = "year",
    .words = "",
    .meaning = "plays a year of a whole network, and measures it",
    .more = "The year is made of the network: each student is nominated, answered, marked and\n"
            "recognised, when people do such things. A scenario says what goes wrong meanwhile.\n"
            "The same network, scenario and seed give the same figures.",
    .example = "year --make 20 --days 60 --scenario dark",
    .flags = flags,
    .run = run,
};
