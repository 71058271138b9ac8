#include "sim/sojourn.h"

#include "mobility.pb-c.h"
#include "record/codec.h"

#include <assert.h>

struct bytes sojourn_day(const char *date, struct arena *arena)
{
    Peregrin__StayDay body = PEREGRIN__STAY_DAY__INIT;
    assert(date);
    body.date = (char *)date;
    return codec_pack(&body.base, arena);
}

struct bytes sojourn_extension(const char *until, struct arena *arena)
{
    Peregrin__Extension body = PEREGRIN__EXTENSION__INIT;
    assert(until);
    body.end = (char *)until;
    return codec_pack(&body.base, arena);
}

struct bytes sojourn_withdrawal(struct arena *arena)
{
    Peregrin__Withdrawal body = PEREGRIN__WITHDRAWAL__INIT;
    body.reason = "student";
    return codec_pack(&body.base, arena);
}

struct bytes sojourn_revocation(struct arena *arena)
{
    Peregrin__Revoke body = PEREGRIN__REVOKE__INIT;
    body.reason = "error";
    return codec_pack(&body.base, arena);
}
