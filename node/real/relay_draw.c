#include "real/relay_draw.h"

#include "real/real_dice.h"

#include <assert.h>

/* How often each befalls a frame, and for how long. */
struct row {
    uint32_t permille, least_ms, most_ms;
};

static const struct row rows[] = {
    [REAL_FAULT_DELAY] = {60, 1, 200},     [REAL_FAULT_DROP] = {20, 0, 0},
    [REAL_FAULT_DUPLICATE] = {25, 0, 0},   [REAL_FAULT_SWAP] = {25, 5, 100},
    [REAL_FAULT_CORRUPT] = {10, 0, 0},     [REAL_FAULT_CUT] = {6, 0, 0},
    [REAL_FAULT_HOLE] = {4, 50, 1500},     [REAL_FAULT_REPLAY] = {25, 0, 0},
    [REAL_FAULT_REFUSE] = {30, 100, 1000},
};

static_assert(sizeof rows / sizeof *rows == REAL_FAULT_RELAY_COUNT, "one row for each");

enum { MILLION = 1000000, BACK_MAX = 32 };
static const uint64_t frames_stream = 0x6672616D65, callers_stream = 0x63616C6C;

static uint32_t wait_of(struct real_dice *dice, const struct row *row)
{
    return (uint32_t)real_dice_between(dice, row->least_ms, row->most_ms);
}

struct relay_draw relay_draw_frame(uint64_t seed, uint32_t set, uint64_t way, uint64_t number)
{
    /* Every decision has draws of its own: a class that is switched off leaves the others as they
     * were. */
    struct real_dice dice = {real_dice_draw(seed, frames_stream, way), number, 0};
    uint64_t at = real_dice_next(&dice) % 1000, below = 0;
    struct relay_draw draw = {.fault = REAL_FAULT_COUNT};
    for (enum real_fault fault = 0; fault < REAL_FAULT_REFUSE; fault++) {
        if (at >= below && at < below + rows[fault].permille && real_fault_in(set, fault))
            draw.fault = fault;
        below += rows[fault].permille;
    }
    if (draw.fault == REAL_FAULT_COUNT)
        return draw;
    draw.wait_ms = wait_of(&dice, &rows[draw.fault]);
    draw.place = (uint32_t)real_dice_between(
        &dice, 0, draw.fault == REAL_FAULT_REPLAY ? BACK_MAX - 1 : MILLION - 1);
    draw.flip = (uint8_t)real_dice_between(&dice, 1, UINT8_MAX);
    draw.reset = real_dice_permille(&dice, 500);
    return draw;
}

uint32_t relay_draw_refuse_ms(uint64_t seed, uint32_t set, uint64_t node, uint64_t number)
{
    const struct row *row = &rows[REAL_FAULT_REFUSE];
    struct real_dice dice = {real_dice_draw(seed, callers_stream, node), number, 0};
    bool refused = real_dice_permille(&dice, row->permille);
    return refused && real_fault_in(set, REAL_FAULT_REFUSE) ? wait_of(&dice, row) : 0;
}
