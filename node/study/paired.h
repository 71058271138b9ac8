/* Two ways of doing a thing, tried with the same seeds: what the difference is, and how far it
 * could be from what is seen by chance alone. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

struct paired {
    size_t count;      /* of pairs */
    double one, other; /* the means */
    double difference; /* other - one, in the mean */
    double half;       /* the 95 % interval is difference - half .. difference + half */
    bool known;        /* there is an interval: two pairs, at least */
    bool differs;      /* it does not contain zero */
};

/* The interval is Student's over the differences of the pairs. At least one pair. */
struct paired paired_compare(const double *one, const double *other, size_t count);

/* The value that Student's t with so many degrees of freedom (from 1) exceeds, to either side, in
 * one case of twenty. */
double paired_student(size_t freedom);
