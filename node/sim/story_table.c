#include "sim/story_table.h"

#include "sim/adversary.h"
#include "sim/authority.h"
#include "sim/expect.h"
#include "sim/intruder.h"
#include "sim/mishap.h"
#include "sim/mishap_disk.h"
#include "sim/mishap_network.h"
#include "sim/people.h"
#include "sim/phase.h"
#include "sim/scene.h"

/* The lines of a story. NODE is an institution, NAMES a dossier `A` or a range `S1..S20`, TIME is
 * `250ms`, `10s`, `15m`, `1h`, `+1d`, COUNT a number, PLACE a NODE or a country, WORD any word;
 * `...` takes the rest. The words that are not literal are what the verb is handed. */
static const struct story_table_row early[] = {
    /* before there is a world; by default `seed 1` and a delay of 5ms */
    {"seed COUNT", scene_seed},
    {"model", scene_model},                /* made-up signatures and key agreement, for speed */
    {"stores on disk", scene_on_disk},     /* real SQLite, each node's on a made-up disk */
    {"WORD calls out", scene_calls_out},   /* nobody can dial its node */
    {"WORD lodges at WORD", scene_lodges}, /* it shares the node of one named before it */
    {"nodes ...", scene_nodes},
};
static const struct story_table_row rows[] = {
    /* time, and what the network does to every frame: delay, jitter, loss, duplicate, reorder, tail
     * CHANCE TIME; the rest is none */
    {"network ...", mishap_network_set},
    {"run TIME", scene_run},
    {"settle", scene_settle},
    {"settle within TIME", scene_settle_within},

    /* chaos, and its end */
    {"come what may", phase_chaos}, /* what cannot be done is left undone, and is no mistake */
    {"all heal", phase_heal}, /* no fault is left, clocks are right, nodes up, streams resumed */

    /* people */
    {"NODE nominates NAMES to NODE", people_nominates},
    {"NODE nominates NAMES to NODE under key WORD", people_nominates},
    {"NODE nominates NAMES to NODE under agreement WORD", people_nominates_under},
    {"NODE amends NAMES WORD", people_amends},
    {"NODE amends NAMES WORD under key WORD", people_amends},
    {"NODE accepts NAMES", people_accepts},
    {"NODE accepts NAMES under key WORD", people_accepts},
    {"NODE accepts NAMES over quota", people_accepts_over}, /* a place is left or not */
    {"NODE refuses NAMES", people_refuses},
    {"NODE withdraws NAMES", people_withdraws},
    {"NODE issues NAMES", people_issues},
    {"NODE waitlists NAMES", people_waitlists},
    {"NODE says NAMES WORD on WORD", people_says},
    {"NODE extends NAMES until WORD", people_extends},
    {"NODE recognises NAMES WORD", people_recognises},
    {"NODE revokes NAMES WORD", people_revokes},
    {"NODE plans NAMES WORD", people_plans},          /* a learning agreement, see plan.h */
    {"NODE WORD plan of NAMES", people_answers_plan}, /* approves, comments */
    /* agreements: so many places for who opens one */
    {"NODE proposes NAMES to NODE with COUNT", people_proposes},
    {"NODE offers COUNT in NAMES", people_offers},
    {"NODE offers COUNT in NAMES replacing WORD", people_offers}, /* another agreement */
    {"NODE WORD terms of NAMES", people_answers_terms},           /* approves, declines, drops */
    {"NODE terminates NAMES after WORD", people_terminates},
    {"NODE changes contacts of NAMES", people_changes_contacts},

    /* ways between nodes; PLACE is a node, or a country as SCHACs have it: all of its nodes */
    {"cut NODE NODE", mishap_network_cut},
    {"mend NODE NODE", mishap_network_mend},
    {"delay between PLACE PLACE TIME", mishap_network_delay},
    {"clog between PLACE PLACE TIME", mishap_network_clog}, /* held so long, then let go in order */
    {"half-open from NODE to NODE", mishap_network_half_open}, /* the first does not know it */
    {"isolate PLACE", mishap_network_isolate},
    {"block from PLACE to PLACE", mishap_network_one_way},
    {"part in halves", mishap_network_halves}, /* those named first, and those named last */
    {"part in halves but for NODE", mishap_network_halves}, /* which reaches everybody */
    {"part by country", mishap_network_countries},
    {"part in a ring", mishap_network_ring}, /* each reaches those named before and after it */
    {"heal", mishap_network_heal},           /* all faults of the network and of ways are over */

    /* frames; WORD names what one carries: opening, answer, stale, hello, summary, range,
     * return, deliver, ack, receipt, notice, ping, pong */
    {"drop next WORD from NODE to NODE", mishap_network_drop},
    {"drop WORD number COUNT from NODE to NODE", mishap_network_drop_number}, /* from now on */
    {"drop every WORD from NODE to NODE", mishap_network_drop_every},
    {"drop nothing", mishap_network_pass},
    {"corrupt next WORD from NODE to NODE", mishap_network_corrupt},
    {"break next WORD from NODE to NODE", mishap_network_break}, /* half of it; the rest is lost */
    {"keep next WORD from NODE to NODE", mishap_network_keep},
    {"replay", mishap_network_replay},
    {"replay from NODE to NODE", mishap_network_replay_as}, /* as if it came from the first */

    /* processes */
    {"NODE stops", mishap_stops},
    {"NODE loses power", mishap_power}, /* and its disk what was not synced, but for some sectors */
    {"NODE starts", mishap_starts},
    {"NODE cannot start", mishap_cannot_start},     /* it tries, and has to stay down */
    {"NODE starts again", mishap_starts_again},     /* unless it is up */
    {"NODE is started twice", mishap_starts_twice}, /* a copy of it runs too: 2nd.NODE */
    {"all start", mishap_all_start},                /* those that are down; no other death waits */
    /* WORD: what a frame carries, or submission, order, settled */
    {"NODE dies before committing WORD", mishap_dies_before},
    {"NODE dies after committing WORD", mishap_dies_after},
    {"NODE cannot commit WORD", mishap_cannot_commit},
    {"NODE dies before commit number COUNT", mishap_dies_before_number}, /* from now on */
    {"NODE dies after commit number COUNT", mishap_dies_after_number},
    {"NODE cannot make commit number COUNT", mishap_cannot_commit_number},
    {"NODE backs up", mishap_backs_up},
    {"NODE backs up as WORD", mishap_backs_up},
    {"NODE restores", mishap_restores},
    {"NODE restores WORD", mishap_restores},
    {"NODE clock TIME", mishap_clock},       /* the world's time plus this */
    {"NODE clock at WORD", mishap_clock_at}, /* a date, or 2038-01-19T03:14:07 */
    {"every clock at WORD", mishap_clocks_at},
    {"NODE clock gains TIME a day", mishap_clock_gains},
    {"NODE clock loses TIME a day", mishap_clock_loses},
    {"NODE pings NODE", mishap_pings},

    /* its disk; but for power and slowness, of stores on disk. WORD is open, read, write, truncate,
     * sync or size */
    {"NODE disk is full", mishap_disk_fills},
    {"NODE disk breaks at every WORD", mishap_disk_breaks},
    {"NODE disk breaks at WORD number COUNT", mishap_disk_breaks}, /* from now on, once */
    {"NODE disk tears write number COUNT", mishap_disk_tears},     /* half of it, and it is full */
    {"NODE disk takes TIME", mishap_disk_slow},                    /* for each commit */
    {"NODE disk is mended", mishap_disk_mended},
    {"NODE loses power and all that was not synced", mishap_disk_power_clean},

    /* the federation's authority, and who reads its catalogues; the first is called `first` */
    {"NODE gets a new signing key", authority_signing_key},
    {"NODE gets a new signing key in TIME", authority_signing_key}, /* from then on */
    {"NODE gets a new transport key", authority_transport_key},
    {"the old keys of NODE end", authority_ends_keys},
    {"the old keys of NODE end in TIME", authority_ends_keys},
    {"the old keys of NODE are revoked", authority_revokes_keys},
    {"the authority seats NODE at NODE", authority_seats}, /* by mistake */
    {"the authority gives NODE the key of NODE", authority_mistakes_key},
    {"the authority gives NODE a key of nobody", authority_invents_key},
    {"the authority strikes NODE", authority_strikes}, /* the endpoint: it cannot be dialled */
    {"catalogue WORD is issued", authority_issues},
    {"catalogue WORD is issued by too few", authority_issues_weakly},
    {"catalogue WORD is forged", authority_forges},
    {"NODE reads catalogue WORD", authority_read},
    {"all read catalogue WORD", authority_read_all},

    /* a person's hand on the stream to a partner */
    {"NODE suspends NODE", mishap_suspends},
    {"NODE resumes NODE", mishap_resumes},
    {"NODE retries NODE", mishap_retries},

    /* a node whose keys the adversary holds; see adversary.h for the WORDs */
    {"NODE crafts NAMES WORD", adversary_crafts},
    {"NODE crafts NAMES WORD to NODE", adversary_crafts},
    {"NODE plants NAMES WORD", adversary_plants},
    {"NODE opens NAMES named as NAMES to NODE", adversary_opens},
    {"NODE sends what it withheld", adversary_sends},

    /* what no node may say, in a session or without any; see intruder.h for the WORDs */
    {"NODE tells NODE WORD", intruder_tells},
    {"NODE tells NODE WORD COUNT times", intruder_tells},
    {"NODE throws WORD at NODE", intruder_throws},
    {"NODE throws WORD at NODE COUNT times", intruder_throws},

    /* what must be so */
    {"expect invariants", expect_invariants}, /* all that ever must be, of a world at rest */
    {"expect same", expect_same},
    {"expect order at NODE", expect_order},
    {"expect ping answered at NODE", expect_answered},
    {"expect WORD COUNT at NODE", expect_count},
    {"expect NAMES WORD at both", expect_state},
    {"expect NAMES WORD at NODE", expect_state},
    {"expect NAMES WORD COUNT at NODE", expect_dossier},
    {"expect NAMES no WORD at NODE", expect_none},
};

enum { EARLY_COUNT = sizeof early / sizeof *early, ROW_COUNT = sizeof rows / sizeof *rows };

const struct story_table_row *story_table_row(size_t number)
{
    if (story_table_early(number))
        return &early[number];
    return number < EARLY_COUNT + ROW_COUNT ? &rows[number - EARLY_COUNT] : NULL;
}

bool story_table_early(size_t number)
{
    return number < EARLY_COUNT;
}
