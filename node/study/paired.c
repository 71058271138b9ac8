#include "study/paired.h"

#include <assert.h>
#include <math.h>

static const double INSIDE = 0.95;
static const double HIGHEST = 16.0; /* above the value for one degree, which is 12.7 */

enum { HALVINGS = 60 };

/* How likely t is between -x and x: for whole degrees of freedom a finite sum, in the angle whose
 * tangent is x / sqrt(freedom). */
static double inside(double x, size_t freedom)
{
    double angle = atan(x / sqrt((double)freedom));
    double square = cos(angle) * cos(angle);
    bool odd = freedom % 2;
    double term = odd ? cos(angle) : 1, sum = 0;
    for (size_t k = odd ? 2 : 1; k < freedom; k += 2) {
        sum += term;
        term *= square * (double)k / (double)(k + 1);
    }
    return odd ? 2 / M_PI * (angle + sin(angle) * sum) : sin(angle) * sum;
}

double paired_student(size_t freedom)
{
    double low = 0, high = HIGHEST;
    assert(freedom >= 1);
    for (int i = 0; i < HALVINGS; i++) {
        double middle = (low + high) / 2;
        if (inside(middle, freedom) < INSIDE)
            low = middle;
        else
            high = middle;
    }
    return (low + high) / 2;
}

struct paired paired_compare(const double *one, const double *other, size_t count)
{
    struct paired paired = {.count = count, .known = count > 1};
    double squares = 0, pairs = (double)count;
    assert(count >= 1);
    for (size_t i = 0; i < count; i++) {
        paired.one += one[i] / pairs;
        paired.other += other[i] / pairs;
        paired.difference += (other[i] - one[i]) / pairs;
    }
    for (size_t i = 0; i < count; i++) {
        double away = other[i] - one[i] - paired.difference;
        squares += away * away;
    }
    if (paired.known)
        paired.half = paired_student(count - 1) * sqrt(squares / (pairs - 1) / pairs);
    paired.differs = paired.known && fabs(paired.difference) > paired.half;
    return paired;
}
