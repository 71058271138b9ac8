#include "lab/lab_study.h"
#include "lab/lab_verbs.h"
#include "report/table.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { SEEDS = 3, VALUES_MAX = 1000, NAME_SIZE = 32, SHOWN = 6 };

static const struct lab_flag flags[] = {
    LAB_SOURCE_FLAGS,
    {"scenario", "NAME", "whose parameter it is; none"},
    {"seeds", "N", "years with each value, from --seed on; 3"},
    LAB_STUDY_FLAGS,
    {NULL, NULL, NULL},
};

/* What the table shows: the files have all. */
static const enum measure shown[SHOWN] = {
    MEASURE_RECEIPT_P50, MEASURE_RECEIPT_P99, MEASURE_RECEIPT_MAX,
    MEASURE_BACKLOG_MAX, MEASURE_MESSAGES,    MEASURE_BYTES,
};

struct sweep {
    struct lab_study study;
    struct scenario_choice choice;
    char name[NAME_SIZE];
    const struct scenario_parameter *parameter;
    int64_t from, to, step;
    size_t seeds;
    struct table table;
    json_t *list;
    const char *wrong; /* the first stores that should agree and do not */
};

static bool number(const char **at, int64_t *out)
{
    char *end;
    errno = 0;
    *out = strtoll(*at, &end, 10);
    bool good = isdigit((unsigned char)**at) && !errno;
    *at = end;
    return good;
}

/* `share=0..50/10`; the step may be left away. */
static bool range_read(const char *text, struct sweep *out)
{
    size_t length = strcspn(text, "=");
    if (!text[length] || length == 0 || length >= sizeof out->name)
        return false;
    memcpy(out->name, text, length);
    const char *at = text + length + 1;
    out->step = 1;
    if (!number(&at, &out->from) || strncmp(at, "..", 2) != 0)
        return false;
    at += 2;
    if (!number(&at, &out->to) || out->to < out->from)
        return false;
    if (*at == '/') {
        at++;
        if (!number(&at, &out->step) || out->step < 1)
            return false;
    }
    return !*at && (out->to - out->from) / out->step < VALUES_MAX;
}

static enum lab_exit sweep_read(struct lab_call *call, struct sweep *out)
{
    uint64_t seeds;
    int64_t *value;
    *out = (struct sweep) {0};
    if (!range_read(call->words[0], out)) {
        lab_wrong(call, LAB_USAGE, "usage", "write share=0..50/10",
                  "`%s` is no NAME=FROM..TO/STEP of at most %d values", call->words[0], VALUES_MAX);
        return LAB_USAGE;
    }
    enum lab_exit status =
        lab_study_choose(call, lab_value(call, "scenario", "none"), &out->choice);
    if (status)
        return status;
    out->parameter = scenario_find(&out->choice, out->name, &value);
    if (!out->parameter || out->from < out->parameter->low || out->to > out->parameter->high) {
        char name[SCENARIO_REFUSAL_SIZE];
        struct scenario_refusal why;
        snprintf(
            name, sizeof name, "%s=%lld", out->name,
            (long long)(out->parameter && out->from >= out->parameter->low ? out->to : out->from));
        scenario_set(&out->choice, name, &why);
        lab_wrong(call, LAB_USAGE, "scenario", "peregrin-sim scenario explains the parameters",
                  "%s", why.text);
        return LAB_USAGE;
    }
    if (!lab_number(call, "seeds", 1, CONTRAST_SEEDS_MAX, SEEDS, &seeds))
        return LAB_USAGE;
    out->seeds = (size_t)seeds;
    return lab_study_read(call, &out->study);
}

/* The years of one value; the means of their measures. */
static enum lab_exit value_run(struct lab_call *call, struct sweep *sweep, int64_t value,
                               FILE *file, struct measures *means)
{
    enum lab_exit status = LAB_DONE;
    char text[SCENARIO_VALUE_SIZE], name[160], wrong[1024] = "";
    int64_t *place;
    scenario_find(&sweep->choice, sweep->name, &place);
    *place = value;
    scenario_value_text(sweep->parameter, value, text);
    *means = (struct measures) {0};
    for (size_t i = 0; i < sweep->seeds && !status; i++) {
        struct arena_mark mark = arena_mark(call->arena);
        struct year year;
        struct yearbook_run run = {sweep->choice.scenario->name, sweep->study.source.seed + i,
                                   &sweep->study.network, &year};
        snprintf(name, sizeof name, "%s=%s, %zu of %zu", sweep->name, text, i + 1, sweep->seeds);
        status = lab_study_run(call, &sweep->study, &sweep->choice, run.seed, name, &year);
        for (size_t m = 0; !status && m < MEASURE_COUNT; m++)
            means->values[m] += year.measures.values[m] / (double)sweep->seeds;
        if (!status && file)
            yearbook_swept(file, sweep->name, text, &run);
        if (!status && year.wrong && !*wrong)
            snprintf(wrong, sizeof wrong, "%s: %s", name, year.wrong);
        arena_rewind(call->arena, mark);
    }
    if (*wrong && !sweep->wrong)
        sweep->wrong = arena_text(call->arena, bytes_text(wrong));
    return status;
}

static void value_add(struct sweep *sweep, int64_t value, const struct measures *means)
{
    char texts[SHOWN + 1][YEARBOOK_NUMBER_SIZE];
    const char *cells[SHOWN + 1];
    scenario_value_text(sweep->parameter, value, texts[0]);
    cells[0] = texts[0];
    for (size_t i = 0; i < SHOWN; i++) {
        yearbook_number(means->values[shown[i]], measure_row(shown[i])->digits, texts[i + 1]);
        cells[i + 1] = texts[i + 1];
    }
    table_add(&sweep->table, cells);
    json_t *measures = json_object();
    for (size_t m = 0; m < MEASURE_COUNT; m++)
        json_object_set_new(measures, measure_row((enum measure)m)->name,
                            json_real(means->values[m]));
    json_array_append_new(sweep->list,
                          json_pack("{s:I, s:o}", "value", (json_int_t)value, "means", measures));
}

static enum lab_exit values_run(struct lab_call *call, struct sweep *sweep)
{
    enum lab_exit status = LAB_DONE;
    struct lab_study_file file;
    if (!lab_study_file_open(call, &file, MEASURE_FILE_SWEEP))
        return LAB_UNEXPECTED;
    for (int64_t value = sweep->from; value <= sweep->to && !status; value += sweep->step) {
        struct measures means;
        status = value_run(call, sweep, value, file.stream, &means);
        if (!status)
            value_add(sweep, value, &means);
    }
    bool kept = lab_study_file_close(call, &file, MEASURE_FILE_SWEEP);
    return kept || status ? status : LAB_UNEXPECTED;
}

static void say(struct lab_call *call, struct sweep *sweep)
{
    struct bytes table = table_text(&sweep->table, lab_study_width(call));
    fprintf(call->out, "%s of %s (%s), %zu nodes, means over %zu seeds from %llu on\n\n",
            sweep->name, sweep->choice.scenario->name, sweep->parameter->unit,
            sweep->study.network.count, sweep->seeds, (unsigned long long)sweep->study.source.seed);
    fwrite(table.data, 1, table.size, call->out);
    if (sweep->wrong)
        fprintf(call->out, "\nstores that should agree do not: %s\n", sweep->wrong);
}

static enum lab_exit run(struct lab_call *call)
{
    static const struct table_column columns[] = {
        {"VALUE", true, TABLE_WHOLE},         {"RECEIPT P50 s", true, TABLE_WHOLE},
        {"RECEIPT P99 s", true, TABLE_WHOLE}, {"RECEIPT MAX s", true, TABLE_WHOLE},
        {"BACKLOG MAX", true, TABLE_WHOLE},   {"MESSAGES", true, TABLE_WHOLE},
        {"BYTES", true, TABLE_WHOLE},
    };
    struct sweep sweep;
    enum lab_exit status = sweep_read(call, &sweep);
    if (status)
        return status;
    static_assert(sizeof columns / sizeof *columns == SHOWN + 1, "a column for each");
    table_start(&sweep.table, call->arena, columns, SHOWN + 1);
    sweep.list = json_array();
    status = values_run(call, &sweep);
    if (status && status != LAB_INTERRUPTED) {
        json_decref(sweep.list);
        return status;
    }
    if (!call->json) {
        say(call, &sweep);
        json_decref(sweep.list);
    } else if (lab_study_json(call, json_pack("{s:s, s:s, s:s, s:I, s:s?, s:o}", "scenario",
                                              sweep.choice.scenario->name, "parameter", sweep.name,
                                              "unit", sweep.parameter->unit, "seeds",
                                              (json_int_t)sweep.seeds, "wrong", sweep.wrong,
                                              "values", sweep.list)))
        return LAB_UNEXPECTED;
    return !status && sweep.wrong ? LAB_PROBLEMS : status;
}

const struct lab_verb lab_sweep_verb = {
    .name = "sweep",
    .words = "NAME=FROM..TO/STEP",
    .least = 1,
    .most = 1,
    .meaning = "plays years with one parameter at each of many values",
    .more = "The parameter is one of the scenario's, or one that every scenario has:\n"
            "`loss=0..300/100`. The table shows means over the seeds; --csv writes each year.",
    .example = "sweep loss=0..300/100 --make 10 --days 45 --seeds 2",
    .flags = flags,
    .run = run,
};
