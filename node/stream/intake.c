#include "stream/intake.h"

#include <assert.h>

enum intake_place intake_place(const struct intake *intake, uint64_t position)
{
    if (position == intake->next)
        return INTAKE_NEXT;
    return position < intake->next ? INTAKE_AGAIN : INTAKE_AHEAD;
}

void intake_take(struct intake *intake, size_t records, size_t bytes)
{
    assert(intake->next < UINT64_MAX);
    intake->next++;
    intake->taken.records += records;
    intake->taken.bytes += bytes;
}

struct flight_credit intake_credit(const struct intake *intake)
{
    struct flight_credit credit = intake->taken;
    if (intake->open) {
        credit.records += INTAKE_WINDOW_RECORDS;
        credit.bytes += INTAKE_WINDOW_BYTES;
    }
    return credit;
}
