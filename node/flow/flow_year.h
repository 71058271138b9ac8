/* The deeds of one academic year of a network, in order of time.
 *
 * A year is followed from its first nomination to its last recognition: it begins on 1 April, the
 * stays are from autumn on, the last transcripts come in the July after, and the last recognitions
 * in its autumn: some 19 months, and each mobility of the network once. Two years overlap; here is
 * one.
 *
 *   nominations   two thirds from 1 April to 15 May, one third from 1 October to 15 November; half
 *                 of each peak in its last ten days; the students of one link in one sitting
 *   answers       half within three days, nine tenths within ten, all within thirty
 *   transcripts   of those nominated in spring, `autumn_permille` in February and March; of all
 *                 others in June and July; `corrected_permille` are corrected within four weeks
 *   recognition   half within two weeks of the last transcript, all within ten
 *
 * People work on weekdays, in their country's daytime, and not while their node is switched off:
 * what was due then is done afterwards. Each of these draws from a stream of its own, so that
 * switching one off leaves what the others draw as it was. */
#pragma once

#include "base/instant.h"
#include "flow/flow.h"

/* Institutions on the list that change in a year, of 10,000: built in as of 28 lists from 2022 to
 * 2026. */
struct flow_rates {
    uint32_t joins, leaves, renames, codes;
};

struct flow_settings {
    uint32_t year;               /* of its 1 April: decides weekdays and clock changes; 2026 */
    uint32_t autumn_permille;    /* nominated in spring and home in February; 600 */
    uint32_t refused_permille;   /* nominations that are refused; 30 */
    uint32_t corrected_permille; /* transcripts that are corrected; 300 */
    bool working_hours;          /* true; false: at any hour of any day */
    bool nights;                 /* false; true: switched off from 22 to 6 o'clock, local time */
    bool patches;                /* true: off for some minutes, one evening in each month */
    bool summers;                /* true: off for three weeks, each country in its summer weeks */
    bool membership;             /* true: joins, leaves, re-namings, code changes */
    struct flow_rates rates;
};

struct flow_year {
    const struct flow_deed *deeds; /* sorted by time; equals in an order that is always the same */
    size_t count;
    /* Mobilities that do not happen, or break off, since one side was not, or no longer, a member:
     * each is counted once, and no other mobility of the network is missing. */
    uint32_t cut_short;
};

struct flow_settings flow_year_defaults(void);
/* 1 April, 00:00 UTC: what a deed's time counts from. */
struct instant flow_year_beginning(const struct flow_settings *settings);
/* FAULT_MEMORY when the arena is spent. */
enum fault flow_year(const struct flow_network *network, uint64_t seed,
                     const struct flow_settings *settings, struct arena *arena,
                     struct flow_year *out);
