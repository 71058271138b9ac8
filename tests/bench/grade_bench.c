/* links: base grade */
/* What one conversion costs: both tables judged and cut anew each time, as where nothing is kept in
 * mind; the same when they are at hand; and with the longest tables that there may be. Ten
 * microseconds are promised for the first. */
#include "grade/convert.h"
#include "support/figure.h"

#include <stdio.h>

enum { TIMES = 20000, USUAL = 11 };

struct lab {
    struct arena *arena;
    struct grading host, home;
    bool at_hand;
};

static struct grading table_make(struct arena *arena, const char *id, size_t count, uint32_t step)
{
    struct grading_grade *grades = arena_take_array(arena, count, sizeof *grades);
    figure_must(grades, "no memory");
    for (size_t i = 0; i < count; i++)
        grades[i] = (struct grading_grade) {.label = arena_format(arena, "%s %zu", id, i),
                                            .rank = (uint32_t)i + 1,
                                            .has_count = true,
                                            .count = 500 + (uint32_t)i * step % 4001};
    return (struct grading) {.id = id, .grades = grades, .count = count};
}

/* Microseconds for one. */
static double measure(void *self)
{
    struct lab *lab = self;
    struct grading_cut host, home;
    struct convert_answer answer;
    struct finding why;
    size_t sum = 0;
    double begun = figure_now();
    for (size_t i = 0; i < TIMES; i++) {
        const char *grade = lab->host.grades[i % lab->host.count].label;
        enum convert_rule rule = (enum convert_rule)(CONVERT_MINIMUM + i % 3);
        bool held = lab->at_hand && i;
        if (!held)
            held = grading_cut(&lab->host, lab->arena, &host, &why) == VERDICT_FINE &&
                   grading_cut(&lab->home, lab->arena, &home, &why) == VERDICT_FINE;
        figure_must(held, "a table cannot be used");
        held = convert_grade(&host, &home, grade, rule, lab->arena, &answer, &why) == VERDICT_FINE;
        figure_must(held, "a grade is not converted");
        sum += answer.home;
    }
    double ended = figure_now();
    figure_must(sum > 0, "all are the best");
    return (ended - begun) * 1e6 / TIMES;
}

int main(void)
{
    struct lab lab = {.arena = arena_open(1 << 20)};
    figure_must(lab.arena, "no memory");
    lab.host = table_make(lab.arena, "host", USUAL, 1777);
    lab.home = table_make(lab.arena, "home", USUAL, 941);
    (void)figure_runs("grade_conversion_us", measure, &lab, "us");
    lab.at_hand = true;
    (void)figure_runs("grade_conversion_at_hand_us", measure, &lab, "us");
    lab.at_hand = false;
    lab.host = table_make(lab.arena, "host", GRADING_MAX, 1777);
    lab.home = table_make(lab.arena, "home", GRADING_MAX, 941);
    (void)figure_runs("grade_conversion_longest_us", measure, &lab, "us");
    arena_close(lab.arena);
    return 0;
}
