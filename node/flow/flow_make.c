#include "flow/flow_make.h"

#include "flow/flow_dice.h"
#include "flow/flow_wire.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* How many institutions a country has, and how many partners each of them has at the mean. */
static const struct {
    const char *name;
    uint32_t institutions, partners;
} countries[] = {
    {"FR", 437, 32}, {"DE", 314, 47}, {"PL", 214, 29}, {"IT", 179, 54}, {"ES", 173, 81},
    {"UK", 164, 43}, {"TR", 146, 37}, {"PT", 83, 44},  {"RO", 67, 28},  {"BE", 64, 59},
    {"AT", 64, 47},  {"CZ", 56, 58},  {"NL", 51, 78},  {"HU", 48, 47},  {"NO", 46, 38},
    {"FI", 42, 84},  {"BG", 42, 19},  {"DK", 41, 51},  {"LT", 41, 37},  {"SE", 40, 81},
    {"GR", 36, 47},  {"LV", 35, 26},  {"IE", 34, 50},  {"CH", 34, 54},  {"SK", 32, 39},
    {"HR", 23, 24},  {"SI", 19, 43},  {"EE", 18, 32},  {"CY", 12, 27},  {"IS", 7, 47},
    {"MK", 7, 6},    {"MT", 3, 68},   {"LU", 1, 120},  {"LI", 1, 35},
};

enum { COUNTRIES = sizeof countries / sizeof *countries };

/* Of thousand institutions, so many have at most so many partners. */
static const struct {
    uint32_t permille, partners;
} partners[] = {
    {0, 1},     {50, 1},    {100, 2},   {150, 2},   {200, 4},   {250, 5},    {300, 7},
    {350, 9},   {400, 12},  {450, 15},  {500, 18},  {550, 23},  {600, 29},   {650, 35},
    {700, 45},  {750, 57},  {800, 71},  {850, 96},  {900, 133}, {925, 154},  {950, 183},
    {970, 230}, {980, 264}, {990, 319}, {995, 366}, {998, 437}, {1000, 566},
};

/* So many of the links have this number of students, or one from here to the next row. */
static const struct {
    uint32_t least, most, links;
} sizes[] = {
    {1, 1, 29136}, {2, 2, 21260}, {3, 3, 9668}, {4, 4, 6426},   {5, 5, 3380},  {6, 6, 2248},
    {7, 7, 1397},  {8, 8, 960},   {9, 9, 650},  {10, 12, 1055}, {13, 16, 508}, {17, 22, 229},
    {23, 30, 107}, {31, 40, 39},  {41, 50, 10}, {51, 60, 4},
};

/* Pairs that send in both directions, of thousand: then 48 % of the links are answered. */
enum { MUTUAL_PERMILLE = 312 };

/* How little the number of partners says of the students in each: the more, the less. */
enum { BARE_PARTNERS = 200 };

/* ---- who there is ---- */

/* Largest remainders: the shares of the published countries, in whole institutions. */
static void countries_share(uint32_t count, uint32_t share[static COUNTRIES])
{
    uint32_t given = 0;
    uint64_t rest[COUNTRIES];
    for (size_t i = 0; i < COUNTRIES; i++) {
        uint64_t part = (uint64_t)count * countries[i].institutions;
        share[i] = (uint32_t)(part / FLOW_MAKE_PUBLISHED);
        rest[i] = part % FLOW_MAKE_PUBLISHED + 1;
        given += share[i];
    }
    for (; given < count; given++) {
        size_t best = 0;
        for (size_t i = 1; i < COUNTRIES; i++)
            best = rest[i] > rest[best] ? i : best;
        rest[best] = 0;
        share[best]++;
    }
}

static bool institutions_name(struct flow_institution *institutions, uint32_t count,
                              const uint32_t share[static COUNTRIES], struct arena *arena)
{
    size_t at = 0;
    for (size_t i = 0; i < COUNTRIES; i++)
        for (uint32_t number = 1; number <= share[i]; number++, at++) {
            struct flow_institution *here = &institutions[at];
            const char *country = countries[i].name;
            memcpy(here->country, country, FLOW_COUNTRY_SIZE);
            here->schac = arena_format(arena, "%c%c%u.example", country[0] - 'A' + 'a',
                                       country[1] - 'A' + 'a', number);
            here->name = arena_format(arena, "Institution %s %u", country, number);
            if (!here->schac || !here->name)
                return false;
        }
    assert(at == count);
    return true;
}

/* ---- how many partners ---- */

/* In thousandths of a permille: from 0 to a million. */
static uint32_t partners_at(uint64_t place)
{
    size_t row = 1;
    while (place > partners[row].permille * UINT64_C(1000))
        row++;
    uint64_t from = partners[row - 1].permille * UINT64_C(1000),
             to = partners[row].permille * UINT64_C(1000);
    uint64_t step = partners[row].partners - partners[row - 1].partners;
    return partners[row - 1].partners + (uint32_t)(step * (place - from) / (to - from));
}

static uint64_t root(uint64_t square)
{
    uint64_t out = 0;
    for (uint64_t bit = UINT64_C(1) << 31; bit; bit >>= 1)
        if ((out | bit) * (out | bit) <= square)
            out |= bit;
    return out;
}

/* Fewer institutions have fewer partners, but not in proportion: the part of a network that one
 * looks at is its core. Nobody deals with more than two thirds of the others. */
static uint32_t partners_scaled(uint32_t many, uint32_t count)
{
    enum { FINE = 1 << 10 };
    if (count < FLOW_MAKE_PUBLISHED)
        many = (uint32_t)(many * root((uint64_t)count * FINE * FINE / FLOW_MAKE_PUBLISHED) / FINE);
    uint32_t most = count > 3 ? (count - 1) * 2 / 3 : count - 1;
    return many < 1 ? 1 : many > most ? most : many;
}

struct score {
    uint64_t score;
    uint32_t number;
};

static int by_score(const void *left, const void *right)
{
    const struct score *one = left, *other = right;
    if (one->score != other->score)
        return one->score > other->score ? -1 : 1;
    return one->number < other->number ? -1 : one->number > other->number;
}

static int most_first(const void *left, const void *right)
{
    uint32_t one = *(const uint32_t *)left, other = *(const uint32_t *)right;
    return one > other ? -1 : one < other;
}

/* One degree from each of `count` equal slices of the published ones, the high ones rather to
 * institutions of countries that have many partners; the first of each country has most. */
static bool degrees_draw(uint32_t count, uint64_t seed, const uint32_t share[static COUNTRIES],
                         struct arena *arena, uint32_t *degrees)
{
    enum { WHOLE = 1000000 };
    struct flow_dice rank = flow_dice(seed, "make rank", 0),
                     degree = flow_dice(seed, "make degree", 0);
    struct score *scores = arena_take_array(arena, count, sizeof *scores);
    uint32_t at = 0;
    if (!scores)
        return false;
    for (uint32_t i = 0; i < COUNTRIES; i++)
        for (uint32_t j = 0; j < share[i]; j++, at++)
            scores[at] = (struct score) {
                countries[i].partners * flow_dice_below(&rank, UINT64_C(1) << 40), at};
    qsort(scores, count, sizeof *scores, by_score);
    for (uint32_t i = 0; i < count; i++) {
        uint64_t place =
            ((uint64_t)(count - 1 - i) * WHOLE + flow_dice_below(&degree, WHOLE)) / count;
        degrees[scores[i].number] = partners_scaled(partners_at(place), count);
    }
    for (uint32_t i = 0, first = 0; i < COUNTRIES; first += share[i++])
        qsort(degrees + first, share[i], sizeof *degrees, most_first);
    return true;
}

/* ---- who sends whom where ---- */

static uint32_t students_draw(struct flow_dice *dice)
{
    uint64_t at = flow_dice_below(dice, FLOW_MAKE_PUBLISHED_LINKS);
    size_t row = 0;
    while (at >= sizes[row].links)
        at -= sizes[row++].links;
    return sizes[row].least + (uint32_t)(at % (sizes[row].most - sizes[row].least + 1));
}

static int link_order(const void *left, const void *right)
{
    const struct flow_link *one = left, *other = right;
    if (one->from != other->from)
        return one->from < other->from ? -1 : 1;
    return one->to < other->to ? -1 : one->to > other->to;
}

static size_t links_draw(const struct flow_wire *wire, uint64_t seed, struct flow_link *links)
{
    struct flow_dice way = flow_dice(seed, "make way", 0);
    size_t count = 0;
    for (size_t i = 0; i < wire->count; i++) {
        const struct flow_wire_pair *pair = &wire->pairs[i];
        bool mutual = flow_dice_falls(&way, MUTUAL_PERMILLE);
        bool forth = flow_dice_falls(&way, 500);
        if (mutual || forth)
            links[count++] = (struct flow_link) {pair->one, pair->other, 0};
        if (mutual || !forth)
            links[count++] = (struct flow_link) {pair->other, pair->one, 0};
    }
    return count;
}

/* A size for each link, and the large ones rather between those that have many partners. */
static bool students_give(struct flow_link *links, size_t count, uint64_t seed,
                          const uint32_t *degrees, struct arena *arena)
{
    struct flow_dice students = flow_dice(seed, "make students", 0),
                     rank = flow_dice(seed, "make size", 0);
    struct score *scores = arena_take_array(arena, count, sizeof *scores);
    uint32_t *drawn = arena_take_array(arena, count, sizeof *drawn);
    if (!scores || !drawn)
        return false;
    for (size_t i = 0; i < count; i++) {
        uint64_t many = BARE_PARTNERS + degrees[links[i].from] + degrees[links[i].to];
        scores[i] = (struct score) {many * flow_dice_below(&rank, UINT64_C(1) << 40), (uint32_t)i};
        drawn[i] = students_draw(&students);
    }
    qsort(scores, count, sizeof *scores, by_score);
    qsort(drawn, count, sizeof *drawn, most_first);
    for (size_t i = 0; i < count; i++)
        links[scores[i].number].students = drawn[i];
    return true;
}

enum fault flow_make(uint32_t count, uint64_t seed, struct arena *arena, struct flow_network *out)
{
    uint32_t share[COUNTRIES];
    assert(count >= FLOW_MAKE_LEAST && count <= FLOW_MAKE_MOST);
    struct flow_institution *institutions = arena_take_array(arena, count, sizeof *institutions);
    uint32_t *degrees = arena_take_array(arena, count, sizeof *degrees);
    struct flow_wire wire;
    countries_share(count, share);
    if (!institutions || !degrees || !institutions_name(institutions, count, share, arena) ||
        !degrees_draw(count, seed, share, arena, degrees))
        return FAULT_MEMORY;
    TRY(flow_wire(&(struct flow_wire_plan) {institutions, degrees, count, seed}, arena, &wire));
    struct flow_link *links = arena_take_array(arena, wire.count * 2, sizeof *links);
    if (!links)
        return FAULT_MEMORY;
    size_t link_count = links_draw(&wire, seed, links);
    if (!students_give(links, link_count, seed, degrees, arena))
        return FAULT_MEMORY;
    qsort(links, link_count, sizeof *links, link_order);
    *out = (struct flow_network) {institutions, count, links, link_count, 0};
    return FAULT_NONE;
}
