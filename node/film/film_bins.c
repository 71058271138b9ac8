#include "film/film_bins.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

static const int64_t NARROWEST = 1000; /* a millisecond */

bool film_bins_open(struct film_bins *bins, size_t nodes)
{
    *bins = (struct film_bins) {
        .cells = calloc(nodes * FILM_BINS, sizeof *bins->cells),
        .down = calloc(nodes, sizeof *bins->down),
        .cuts = calloc(nodes, sizeof *bins->cuts),
        .nodes = nodes,
        .width_us = NARROWEST,
    };
    return bins->cells && bins->down && bins->cuts;
}

void film_bins_close(struct film_bins *bins)
{
    free(bins->cells);
    free(bins->down);
    free(bins->cuts);
    *bins = (struct film_bins) {0};
}

/* Twice as wide, half as many. */
static void bins_widen(struct film_bins *bins)
{
    for (size_t node = 0; node < bins->nodes; node++) {
        struct film_bin *row = bins->cells + node * FILM_BINS;
        for (size_t i = 0; i < FILM_BINS / 2; i++)
            row[i] = (struct film_bin) {
                .frames = row[2 * i].frames + row[2 * i + 1].frames,
                .marks = row[2 * i].marks | row[2 * i + 1].marks,
            };
        memset(row + FILM_BINS / 2, 0, FILM_BINS / 2 * sizeof *row);
    }
    bins->width_us *= 2;
}

static size_t bin_at(const struct film_bins *bins, int64_t us)
{
    return (size_t)(us / bins->width_us);
}

void film_bins_until(struct film_bins *bins, int64_t us)
{
    while (us >= bins->width_us * FILM_BINS)
        bins_widen(bins);
    size_t from = bin_at(bins, bins->until_us), to = bin_at(bins, us);
    for (size_t node = 0; from < to && node < bins->nodes; node++) {
        uint32_t lasts = (bins->down[node] ? FILM_DOWN : 0u) | (bins->cuts[node] ? FILM_CUT : 0u);
        for (size_t i = from; lasts && i <= to; i++)
            bins->cells[node * FILM_BINS + i].marks |= lasts;
    }
    bins->until_us = us;
}

static uint32_t stop_mark(const char *why)
{
    return why && strcmp(why, "told") == 0 ? FILM_DOWN | FILM_STOPPED : FILM_DOWN | FILM_DIED;
}

static void cut_count(struct film_bins *bins, const struct world_event *event)
{
    size_t ends[] = {event->node, event->other};
    for (size_t i = 0; i < 2; i++)
        if (event->deed == WORLD_CUT)
            bins->cuts[ends[i]]++;
        else if (bins->cuts[ends[i]])
            bins->cuts[ends[i]]--;
}

void film_bins_take(struct film_bins *bins, const struct world_event *event, int64_t us)
{
    assert(event->node < bins->nodes && event->other < bins->nodes);
    film_bins_until(bins, us);
    struct film_bin *own = &bins->cells[event->node * FILM_BINS + bin_at(bins, us)];
    struct film_bin *other = &bins->cells[event->other * FILM_BINS + bin_at(bins, us)];
    switch (event->deed) {
    case WORLD_LEFT: own->frames++; break;
    case WORLD_ARRIVED:
        other->frames++;
        other->marks |= event->refused ? FILM_REFUSED : 0u;
        break;
    case WORLD_LOST: own->marks |= FILM_LOST; break;
    case WORLD_STOPPED:
        own->marks |= stop_mark(event->why);
        bins->down[event->node] = true;
        break;
    case WORLD_STARTED: bins->down[event->node] = false; break;
    case WORLD_RESTORED: own->marks |= FILM_RESTORED; break;
    case WORLD_CLOCK: own->marks |= FILM_CLOCK; break;
    case WORLD_CUT:
    case WORLD_MENDED:
        cut_count(bins, event);
        own->marks |= FILM_CUT;
        other->marks |= FILM_CUT;
        break;
    default: break;
    }
}
