#include "stream/retry.h"

#include <assert.h>

static const int64_t delay_us_min = (int64_t)RETRY_DELAY_MS_MIN * 1000;
static const int64_t delay_us_max = (int64_t)RETRY_DELAY_MS_MAX * 1000;

static int64_t full_delay_us(uint32_t attempts)
{
    int64_t delay_us = delay_us_min;
    for (uint32_t i = 0; i < attempts && delay_us < delay_us_max; i++)
        delay_us *= 2;
    return delay_us < delay_us_max ? delay_us : delay_us_max;
}

void retry_failed(struct retry *retry, struct instant now, uint64_t dice)
{
    int64_t full_us = full_delay_us(retry->attempts);
    int64_t half_us = full_us / 2;
    int64_t delay_us = half_us + (int64_t)(dice % (uint64_t)(full_us - half_us + 1));
    assert(delay_us >= delay_us_min / 2 && delay_us <= delay_us_max);
    retry->next = instant_after(now, delay_us);
    if (retry->attempts < UINT32_MAX)
        retry->attempts++;
}

void retry_reset(struct retry *retry)
{
    *retry = (struct retry) {0};
}
