#include "lab/lab_forest.h"
#include "lab/lab_study.h"
#include "lab/lab_verbs.h"

#include <stdlib.h>
#include <string.h>

enum { SEEDS = 8, SIDES = 2 };

static const struct lab_flag flags[] = {
    LAB_SOURCE_FLAGS,   {"seeds", "N", "pairs of years, from --seed on; 8"},
    LAB_STUDY_FLAGS,    {"plot", "FILE", "draws the differences and their intervals there, as SVG"},
    {NULL, NULL, NULL},
};

struct comparison {
    struct lab_study study;
    struct scenario_choice choices[SIDES];
    const char *texts[SIDES];
    struct measures *measures[SIDES];
    size_t seeds, done;
    const char *idle[SIDES]; /* why a scenario does nothing to anybody, in so many of its years */
    size_t idle_years[SIDES];
    const char *wrong; /* the first stores that should agree and do not */
};

static enum lab_exit comparison_read(struct lab_call *call, struct comparison *out)
{
    uint64_t seeds;
    *out = (struct comparison) {0};
    for (int side = 0; side < SIDES; side++) {
        enum lab_exit status = lab_study_choose(call, call->words[side], &out->choices[side]);
        if (status)
            return status;
        out->texts[side] = lab_study_text(call, &out->choices[side]);
    }
    if (!lab_number(call, "seeds", 1, CONTRAST_SEEDS_MAX, SEEDS, &seeds))
        return LAB_USAGE;
    out->seeds = (size_t)seeds;
    for (int side = 0; side < SIDES; side++)
        out->measures[side] =
            arena_take_array(call->arena, out->seeds, sizeof *out->measures[side]);
    if (!out->measures[0] || !out->measures[1])
        return lab_wrong(call, LAB_UNEXPECTED, "memory", NULL, "there is no memory");
    return lab_study_read(call, &out->study);
}

/* One year; its memory goes, its measures stay. */
static enum lab_exit side_run(struct lab_call *call, struct comparison *comparison, int side,
                              FILE *file)
{
    struct arena_mark mark = arena_mark(call->arena);
    uint64_t seed = comparison->study.source.seed + comparison->done;
    struct year year;
    char name[160];
    snprintf(name, sizeof name, "%c %s, %zu of %zu", "AB"[side], comparison -> texts[side],
             comparison -> done + 1, comparison -> seeds);
    enum lab_exit status =
        lab_study_run(call, &comparison->study, &comparison->choices[side], seed, name, &year);
    struct yearbook_run run = {comparison->texts[side], seed, &comparison->study.network, &year};
    bool wrong = !status && year.wrong && !comparison->wrong;
    char sentence[1024] = "";
    if (wrong)
        snprintf(sentence, sizeof sentence, "%s, seed %llu: %s", run.scenario,
                 (unsigned long long)seed, year.wrong);
    if (!status)
        comparison->measures[side][comparison->done] = year.measures;
    if (!status && year.ordeal.idle) {
        comparison->idle[side] = year.ordeal.idle;
        comparison->idle_years[side]++;
    }
    if (!status && file)
        yearbook_measures(file, &run);
    arena_rewind(call->arena, mark);
    if (wrong)
        comparison->wrong = arena_text(call->arena, bytes_text(sentence));
    return status;
}

static enum lab_exit all_run(struct lab_call *call, struct comparison *comparison)
{
    struct lab_study_file file;
    enum lab_exit status = LAB_DONE;
    if (!lab_study_file_open(call, &file, MEASURE_FILE_MEASURES))
        return LAB_UNEXPECTED;
    while (!status && comparison->done < comparison->seeds) {
        status = side_run(call, comparison, 0, file.stream);
        if (!status)
            status = side_run(call, comparison, 1, file.stream);
        comparison->done += !status;
    }
    bool kept = lab_study_file_close(call, &file, MEASURE_FILE_MEASURES);
    return kept || status ? status : LAB_UNEXPECTED;
}

static enum lab_exit say_json(struct lab_call *call, const struct comparison *comparison,
                              const struct contrast *contrast)
{
    return lab_study_json(call, json_pack("{s:s, s:s, s:I, s:I, s:I, s:s?, s:o}", "a",
                                          comparison->texts[0], "b", comparison->texts[1],
                                          "first_seed", (json_int_t)comparison->study.source.seed,
                                          "seeds", (json_int_t)contrast->seeds, "nodes",
                                          (json_int_t)comparison->study.network.count, "wrong",
                                          comparison->wrong, "measures",
                                          yearbook_contrast_json(contrast)));
}

static void idle_say(struct lab_call *call, const struct comparison *comparison)
{
    for (int side = 0; side < SIDES; side++)
        if (comparison->idle[side])
            fprintf(call->out, "\n%c  %s, in %zu of %zu years\n", "AB"[side],
                    comparison -> idle[side], comparison -> idle_years[side], comparison -> done);
}

static void say(struct lab_call *call, const struct comparison *comparison,
                const struct contrast *contrast)
{
    struct bytes table = yearbook_contrast_table(contrast, call->arena, lab_study_width(call));
    fprintf(call->out, "A  %s\nB  %s\n%s: %zu nodes; %zu seeds from %llu on, the same for both\n\n",
            comparison->texts[0], comparison->texts[1], comparison->study.source.origin,
            comparison->study.network.count, contrast->seeds,
            (unsigned long long)comparison->study.source.seed);
    fwrite(table.data, 1, table.size, call->out);
    fputs(contrast->seeds > 1
              ? "\n* the interval of B - A, by Student's t over the pairs, does not contain 0\n"
              : "\nOne seed gives no interval: --seeds 8\n",
          call->out);
    idle_say(call, comparison);
    if (comparison->wrong)
        fprintf(call->out, "\nstores that should agree do not: %s\n", comparison->wrong);
}

static bool plot(struct lab_call *call, const struct comparison *comparison,
                 const struct contrast *contrast)
{
    const char *path = lab_value(call, "plot", NULL);
    char *text = NULL;
    size_t size = 0;
    FILE *file = path ? open_memstream(&text, &size) : NULL;
    if (!path)
        return true;
    if (file)
        lab_forest_draw(contrast, comparison->texts[0], comparison->texts[1], file);
    bool good = file && fclose(file) == 0 &&
                lab_write(call, path, (struct bytes) {(const uint8_t *)text, size});
    free(text);
    return good;
}

static enum lab_exit run(struct lab_call *call)
{
    struct comparison comparison;
    struct contrast contrast;
    struct lab_study_file file;
    enum lab_exit status = comparison_read(call, &comparison);
    if (status)
        return status;
    status = all_run(call, &comparison);
    if ((status && status != LAB_INTERRUPTED) || comparison.done == 0)
        return status;
    contrast_make(comparison.measures[0], comparison.measures[1], comparison.done, &contrast);
    if (!lab_study_file_open(call, &file, MEASURE_FILE_COMPARISON))
        return LAB_UNEXPECTED;
    if (file.stream)
        yearbook_contrast(file.stream, &contrast);
    if (!lab_study_file_close(call, &file, MEASURE_FILE_COMPARISON) ||
        !plot(call, &comparison, &contrast))
        return LAB_UNEXPECTED;
    if (call->json && say_json(call, &comparison, &contrast))
        return LAB_UNEXPECTED;
    if (!call->json)
        say(call, &comparison, &contrast);
    return !status && comparison.wrong ? LAB_PROBLEMS : status;
}

const struct lab_verb lab_compare_verb = {
    .name = "compare",
    .words = "A B",
    .least = 2,
    .most = 2,
    .meaning = "plays years of two scenarios with the same seeds, and says what differs",
    .more = "A and B are scenarios, with parameters where wanted: `dark:share=20,days=3`. What\n"
            "--set says holds for both. Each measure is compared by pairs of equal seed; the\n"
            "95 % interval of the difference is Student's.",
    .example = "compare none dark --make 20 --days 60 --seeds 4",
    .flags = flags,
    .run = run,
};
