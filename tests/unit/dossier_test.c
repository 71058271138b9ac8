/* links: base seal record */
#include "record/dossier.h"
#include "record/kind.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

/* Dossiers are written as words, one for each record:
 *
 *   N nomination   K amendment that keeps   R amendment that re-opens   W withdrawal
 *   E a longer stay asked for   Y recognition   v revocation                           (home)
 *   A acceptance   F refusal by the host    L waiting list              C credit record
 *   I arrival      O departure              G a longer stay granted     V revocation   (host)
 *   X refusal by a rule, in the other lane   U, u unknown schema (home, host)
 *
 * Behind the letter: the word that the record targets (else the newest revision); `s` and the word
 * that it supersedes; `~`: its author had seen nothing new since the last own record. */
/* The states of a mobility stand first; agreements and notices have a test of their own. */
enum { RECORDS_MAX = 16, NONE = -1, MOBILITY_STATES = DOSSIER_OFFERED };

struct script {
    struct dossier_entry entries[RECORDS_MAX];
    size_t count;
};

static const struct dossier_limits all = {{UINT32_MAX, UINT32_MAX}};

static struct digest id_of(size_t number)
{
    struct digest id;
    uint8_t byte = (uint8_t)number;
    digest_of(DIGEST_RECORD, (struct bytes) {&byte, 1}, &id);
    return id;
}

static const struct dossier_entry *newest(const struct script *script, uint32_t lane)
{
    for (size_t i = script->count; i-- > 0;)
        if (script->entries[i].lane == lane)
            return &script->entries[i];
    return NULL;
}

static int newest_revision(const struct script *script)
{
    for (size_t i = script->count; i-- > 0;)
        if (script->entries[i].kind == PEREGRIN__KIND__KIND_NOMINATION ||
            script->entries[i].kind == PEREGRIN__KIND__KIND_AMENDMENT)
            return (int)i;
    return NONE;
}

static void kind_set(struct dossier_entry *entry, char letter, uint32_t target_lane)
{
    static const struct {
        char letter;
        uint32_t lane, kind, schema, outcome, change;
    } rows[] = {
        {'N', 0, PEREGRIN__KIND__KIND_NOMINATION, 1, 0, 0},
        {'K', 0, PEREGRIN__KIND__KIND_AMENDMENT, 1, 0, PEREGRIN__CHANGE__CHANGE_KEEPS},
        {'R', 0, PEREGRIN__KIND__KIND_AMENDMENT, 1, 0, PEREGRIN__CHANGE__CHANGE_REOPENS},
        {'W', 0, PEREGRIN__KIND__KIND_WITHDRAWAL, 1, 0, 0},
        {'A', 1, PEREGRIN__KIND__KIND_DECISION, 1, PEREGRIN__OUTCOME__OUTCOME_ACCEPT, 0},
        {'F', 1, PEREGRIN__KIND__KIND_DECISION, 1, PEREGRIN__OUTCOME__OUTCOME_REFUSE, 0},
        {'L', 1, PEREGRIN__KIND__KIND_DECISION, 1, PEREGRIN__OUTCOME__OUTCOME_WAITLIST, 0},
        {'C', 1, PEREGRIN__KIND__KIND_CREDIT_RECORD, 1, 0, 0},
        {'I', 1, PEREGRIN__KIND__KIND_ARRIVAL, 1, 0, 0},
        {'O', 1, PEREGRIN__KIND__KIND_DEPARTURE, 1, 0, 0},
        {'E', 0, PEREGRIN__KIND__KIND_EXTENSION, 1, 0, 0},
        {'G', 1, PEREGRIN__KIND__KIND_EXTENSION, 1, 0, 0},
        {'Y', 0, PEREGRIN__KIND__KIND_RECOGNITION, 1, 0, 0},
        {'v', 0, PEREGRIN__KIND__KIND_REVOKE, 1, 0, 0},
        {'V', 1, PEREGRIN__KIND__KIND_REVOKE, 1, 0, 0},
        {'X', 2, PEREGRIN__KIND__KIND_REFUSAL, 0, 0, 0},
        {'U', 0, PEREGRIN__KIND__KIND_NOMINATION, 7, 0, 0},
        {'u', 1, 99, 1, 0, 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (rows[i].letter != letter)
            continue;
        entry->lane = rows[i].lane == 2 ? 1 - target_lane : rows[i].lane;
        entry->kind = rows[i].kind;
        entry->schema = rows[i].schema;
        entry->outcome = rows[i].outcome;
        entry->change = rows[i].change;
        return;
    }
    fail_msg("no such letter: %c", letter);
}

static void record_add(struct script *script, char letter, int target, int supersedes, bool late)
{
    struct dossier_entry *entry = &script->entries[script->count];
    assert_in_range(script->count, 0, RECORDS_MAX - 1);
    if (target == NONE)
        target = newest_revision(script);
    *entry = (struct dossier_entry) {.id = id_of(script->count)};
    kind_set(entry, letter, target == NONE ? 0 : script->entries[target].lane);
    if (target != NONE)
        entry->target = script->entries[target].id;
    if (supersedes != NONE)
        entry->supersedes = script->entries[supersedes].id;
    const struct dossier_entry *own = newest(script, entry->lane);
    const struct dossier_entry *other = newest(script, 1 - entry->lane);
    if (own) {
        entry->index = own->index + 1;
        entry->previous = own->id;
    }
    if (late) {
        entry->has_seen = own && own->has_seen;
        entry->seen_index = own ? own->seen_index : 0;
        entry->seen_id = own ? own->seen_id : (struct digest) {0};
    } else if (other) {
        entry->has_seen = true;
        entry->seen_index = other->index;
        entry->seen_id = other->id;
    }
    script->count++;
}

static void words_add(struct script *script, const char *words)
{
    while (*words) {
        char letter = *words++;
        int target = NONE, supersedes = NONE;
        if (letter == ' ')
            continue;
        if (*words >= '0' && *words <= '9')
            target = (int)strtol(words, (char **)&words, 10);
        if (*words == 's')
            supersedes = (int)strtol(words + 1, (char **)&words, 10);
        record_add(script, letter, target, supersedes, *words == '~');
        words += *words == '~';
    }
}

static struct script script_of(const char *words)
{
    struct script script = {.count = 0};
    words_add(&script, words);
    return script;
}

/* The fold of the script's records; flags say for each word, in the script's order: `.` in effect,
 * `!` out of turn, `v` void, `?` not folded. */
static struct dossier fold_flags(const struct script *script, struct dossier_limits limits,
                                 char flags[static RECORDS_MAX + 1])
{
    struct script sorted = *script;
    struct dossier dossier;
    memset(flags, 0, RECORDS_MAX + 1);
    dossier_fold(sorted.entries, sorted.count, limits, &dossier);
    for (size_t i = 0; i < sorted.count; i++) {
        const struct dossier_entry *entry = &sorted.entries[i];
        size_t word = 0;
        while (!digest_equal(&script->entries[word].id, &entry->id))
            word++;
        flags[word] = !entry->folded ? '?' : entry->void_ ? 'v' : entry->out_of_turn ? '!' : '.';
    }
    return dossier;
}

static struct dossier fold_words(const char *words, char flags[static RECORDS_MAX + 1])
{
    struct script script = script_of(words);
    return fold_flags(&script, all, flags);
}

static bool names(const struct digest *digest, int word)
{
    struct digest expected = word == NONE ? (struct digest) {0} : id_of((size_t)word);
    return digest_equal(digest, &expected);
}

static void assert_names(const struct digest *digest, int word)
{
    struct digest expected = word == NONE ? (struct digest) {0} : id_of((size_t)word);
    assert_memory_equal(digest->bytes, expected.bytes, DIGEST_SIZE);
}

static const struct row {
    const char *words, *flags;
    enum dossier_state state;
    int revision, decided, decision, transcript;
} rows[] = {
    {"", "", DOSSIER_EMPTY, NONE, NONE, NONE, NONE},
    {"N", ".", DOSSIER_PENDING, 0, NONE, NONE, NONE},
    {"N A", "..", DOSSIER_ACCEPTED, 0, 0, 1, NONE},
    {"N F", "..", DOSSIER_REFUSED, 0, 0, 1, NONE},
    {"N W", "..", DOSSIER_WITHDRAWN, 0, NONE, NONE, NONE},

    /* A correction keeps the answer, whichever revision it names. */
    {"N K A", "...", DOSSIER_ACCEPTED, 1, 1, 2, NONE},
    {"N K A0", "...", DOSSIER_ACCEPTED, 1, 0, 2, NONE},
    {"N K A0~", "...", DOSSIER_ACCEPTED, 1, 0, 2, NONE},
    {"N A K", "...", DOSSIER_ACCEPTED, 2, 0, 1, NONE},
    {"N K F0~", "...", DOSSIER_REFUSED, 1, 0, 2, NONE},

    /* An answer that a re-opening amendment had not seen does not bind. */
    {"N R A0~", "..!", DOSSIER_PENDING, 1, NONE, NONE, NONE},
    {"N A R~", ".!.", DOSSIER_PENDING, 2, NONE, NONE, NONE},
    {"N R F0~", "..!", DOSSIER_PENDING, 1, NONE, NONE, NONE},
    {"N R A0~ A1", "..!.", DOSSIER_ACCEPTED, 1, 1, 3, NONE},
    {"N R K A1", "....", DOSSIER_ACCEPTED, 2, 1, 3, NONE},
    {"N K R A1", "...!", DOSSIER_PENDING, 2, NONE, NONE, NONE},

    /* One that it had seen stands, also if the answer is no. */
    {"N A R", "...", DOSSIER_REOPENED, 2, 0, 1, NONE},
    {"N A R A2", "....", DOSSIER_ACCEPTED, 2, 2, 3, NONE},
    {"N A R F2", "....", DOSSIER_ACCEPTED, 0, 0, 1, NONE},
    {"N A R A0", "...!", DOSSIER_REOPENED, 2, 0, 1, NONE},
    {"N A R F0", "...!", DOSSIER_REOPENED, 2, 0, 1, NONE},
    {"N A K R F3", ".....", DOSSIER_ACCEPTED, 2, 0, 1, NONE},
    {"N A R K F2", ".....", DOSSIER_ACCEPTED, 0, 0, 1, NONE},
    {"N A R R A2", "....!", DOSSIER_REOPENED, 3, 0, 1, NONE},
    {"N A R R A3", ".....", DOSSIER_ACCEPTED, 3, 3, 4, NONE},
    /* After a no, the home goes on from what is in force. */
    {"N A R F2 K2", "....!", DOSSIER_ACCEPTED, 0, 0, 1, NONE},
    {"N A R F2 K0", ".....", DOSSIER_ACCEPTED, 4, 0, 1, NONE},
    {"N A R F2 R0 A4", "......", DOSSIER_ACCEPTED, 4, 4, 5, NONE},

    /* An amendment of another revision than the newest says nothing. */
    {"N K K0", "..!", DOSSIER_PENDING, 1, NONE, NONE, NONE},
    {"N K R0 A1", "..!.", DOSSIER_ACCEPTED, 1, 1, 3, NONE},

    /* One answer to a question; accepted is never refused. */
    {"N A A", "..!", DOSSIER_ACCEPTED, 0, 0, 1, NONE},
    {"N A F", "..!", DOSSIER_ACCEPTED, 0, 0, 1, NONE},
    {"N F A", "..!", DOSSIER_REFUSED, 0, 0, 1, NONE},
    {"N F R", "..!", DOSSIER_REFUSED, 0, 0, 1, NONE},
    {"N F W", "...", DOSSIER_WITHDRAWN, 0, 0, 1, NONE},

    /* Withdrawal wins, whatever the order, and is final. */
    {"N A W", "...", DOSSIER_WITHDRAWN, 0, 0, 1, NONE},
    {"N A W~", ".!.", DOSSIER_WITHDRAWN, 0, NONE, NONE, NONE},
    {"N W A~", "..!", DOSSIER_WITHDRAWN, 0, NONE, NONE, NONE},
    {"N W F~", "..!", DOSSIER_WITHDRAWN, 0, NONE, NONE, NONE},
    {"N W W", "..!", DOSSIER_WITHDRAWN, 0, NONE, NONE, NONE},
    {"N W K0", "..!", DOSSIER_WITHDRAWN, 0, NONE, NONE, NONE},
    {"N A C W~", ".!!.", DOSSIER_WITHDRAWN, 0, NONE, NONE, NONE},
    {"N A C W", "...!", DOSSIER_TRANSCRIPT, 0, 0, 1, 2},

    /* Transcripts belong to what was accepted; a second one replaces the first. */
    {"N A C", "...", DOSSIER_TRANSCRIPT, 0, 0, 1, 2},
    {"N C", ".!", DOSSIER_PENDING, 0, NONE, NONE, NONE},
    {"N A K C2", "....", DOSSIER_TRANSCRIPT, 2, 0, 1, 3},
    {"N A K C0~", "....", DOSSIER_TRANSCRIPT, 2, 0, 1, 3},
    {"N A R C2", "...!", DOSSIER_REOPENED, 2, 0, 1, NONE},
    {"N A R C0", "....", DOSSIER_TRANSCRIPT, 0, 0, 1, 3},
    {"N A R C0 A2", "....!", DOSSIER_TRANSCRIPT, 0, 0, 1, 3},
    {"N A R F2 C2", "....!", DOSSIER_ACCEPTED, 0, 0, 1, NONE},
    {"N A R F2 C0", ".....", DOSSIER_TRANSCRIPT, 0, 0, 1, 4},
    {"N R A1 C0", "...!", DOSSIER_ACCEPTED, 1, 1, 2, NONE},
    {"N A C C0", "...!", DOSSIER_TRANSCRIPT, 0, 0, 1, 2},
    {"N A C C0s2", "....", DOSSIER_TRANSCRIPT, 0, 0, 1, 3},
    {"N A C C0s2 C0s2", "....!", DOSSIER_TRANSCRIPT, 0, 0, 1, 3},
    {"N A C C0s2 C0s3", ".....", DOSSIER_TRANSCRIPT, 0, 0, 1, 4},
    {"N A C R", "...!", DOSSIER_TRANSCRIPT, 0, 0, 1, 2},

    /* What was corrected during the stay stays corrected; what was only asked does not. */
    {"N A I K C0", ".....", DOSSIER_TRANSCRIPT, 3, 0, 1, 4},
    {"N A I K I O", "......", DOSSIER_DEPARTED, 3, 0, 1, NONE},
    {"N A R I", "....", DOSSIER_ARRIVED, 0, 0, 1, NONE},
    {"N A R V1", "....", DOSSIER_REVOKED, 0, 0, 1, NONE},
    {"N A I E A3", ".....", DOSSIER_ARRIVED, 0, 0, 1, NONE},

    /* What a rule refused is void, and so is what rests on it alone. */
    {"N X0", "v.", DOSSIER_VOID, NONE, NONE, NONE, NONE},
    {"N X0 K0", "v.!", DOSSIER_VOID, NONE, NONE, NONE, NONE},
    {"N X0 W", "v.!", DOSSIER_VOID, NONE, NONE, NONE, NONE},
    {"N A0 X0", "v!.", DOSSIER_VOID, NONE, NONE, NONE, NONE},
    {"N R X1", ".v.", DOSSIER_PENDING, 0, NONE, NONE, NONE},
    {"N R X1 A0", ".v..", DOSSIER_ACCEPTED, 0, 0, 3, NONE},
    {"N R K1~ X1", ".v!.", DOSSIER_PENDING, 0, NONE, NONE, NONE},
    {"N R X1 A1", ".v.!", DOSSIER_PENDING, 0, NONE, NONE, NONE},
    {"N A X1", ".v.", DOSSIER_PENDING, 0, NONE, NONE, NONE},
    {"N A X1 A0", ".v..", DOSSIER_ACCEPTED, 0, 0, 3, NONE},
    {"N A C X2", "..v.", DOSSIER_ACCEPTED, 0, 0, 1, NONE},
    {"N A C X2 C0s2", "..v..", DOSSIER_TRANSCRIPT, 0, 0, 1, 4},
    {"N W X1", ".v.", DOSSIER_PENDING, 0, NONE, NONE, NONE},
    {"N X0 X1", "v..", DOSSIER_VOID, NONE, NONE, NONE, NONE}, /* refusals cannot be refused */

    /* What we do not understand takes its place and does nothing. */
    {"N u A0", "...", DOSSIER_ACCEPTED, 0, 0, 2, NONE},
    {"U", ".", DOSSIER_EMPTY, NONE, NONE, NONE, NONE},
    {"U K0", ".!", DOSSIER_EMPTY, NONE, NONE, NONE, NONE},
    {"U N", ".!", DOSSIER_EMPTY, NONE, NONE, NONE, NONE},
    {"U X0", "v.", DOSSIER_EMPTY, NONE, NONE, NONE, NONE},
    {"U W X1", ".v.", DOSSIER_EMPTY, NONE, NONE, NONE, NONE},
};

static void each_course_ends_in_its_state(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char flags[RECORDS_MAX + 1];
        struct dossier dossier = fold_words(rows[i].words, flags);
        if (dossier.state != rows[i].state || strcmp(flags, rows[i].flags) != 0)
            fail_msg("%s: %s %s, not %s %s", rows[i].words, dossier_state_code(dossier.state),
                     flags, dossier_state_code(rows[i].state), rows[i].flags);
        assert_names(&dossier.revision, rows[i].revision);
        assert_names(&dossier.decided, rows[i].decided);
        assert_names(&dossier.decision, rows[i].decision);
        assert_names(&dossier.transcript, rows[i].transcript);
        assert_int_equal(dossier.incomplete, 0);
    }
}

/* What came of the stay: the words of the newest of each kind. */
static const struct stay_row {
    const char *words, *flags;
    enum dossier_state state;
    int arrival, departure, extending, extension, transcript, recognition, revocation;
} stay_rows[] = {
#define NO NONE
    /* The waiting list is an answer, and not the last one. */
    {"N L", "..", DOSSIER_WAITLISTED, NO, NO, NO, NO, NO, NO, NO},
    {"N L A", "...", DOSSIER_ACCEPTED, NO, NO, NO, NO, NO, NO, NO},
    {"N L F", "...", DOSSIER_REFUSED, NO, NO, NO, NO, NO, NO, NO},
    {"N L L", "..!", DOSSIER_WAITLISTED, NO, NO, NO, NO, NO, NO, NO},
    {"N L W", "...", DOSSIER_WITHDRAWN, NO, NO, NO, NO, NO, NO, NO},
    {"N L K A0~", "....", DOSSIER_ACCEPTED, NO, NO, NO, NO, NO, NO, NO},
    {"N L R A0~", "...!", DOSSIER_PENDING, NO, NO, NO, NO, NO, NO, NO},
    {"N L R L2 A2", ".....", DOSSIER_ACCEPTED, NO, NO, NO, NO, NO, NO, NO},
    {"N R L0~", "..!", DOSSIER_PENDING, NO, NO, NO, NO, NO, NO, NO},
    {"N A L", "..!", DOSSIER_ACCEPTED, NO, NO, NO, NO, NO, NO, NO},
    {"N A R L2", "...!", DOSSIER_REOPENED, NO, NO, NO, NO, NO, NO, NO},

    /* The host may take back what it accepted, and nothing else of the answer. */
    {"N A V1", "...", DOSSIER_REVOKED, NO, NO, NO, NO, NO, NO, 2},
    {"N A V0", "..!", DOSSIER_ACCEPTED, NO, NO, NO, NO, NO, NO, NO},
    {"N A v1", "..!", DOSSIER_ACCEPTED, NO, NO, NO, NO, NO, NO, NO},
    {"N F V1", "..!", DOSSIER_REFUSED, NO, NO, NO, NO, NO, NO, NO},
    {"N L V1", "..!", DOSSIER_WAITLISTED, NO, NO, NO, NO, NO, NO, NO},
    {"N A R A2 V1", "....!", DOSSIER_ACCEPTED, NO, NO, NO, NO, NO, NO, NO},
    {"N A R A2 V3", ".....", DOSSIER_REVOKED, NO, NO, NO, NO, NO, NO, 4},
    {"N A V1 W", "...!", DOSSIER_REVOKED, NO, NO, NO, NO, NO, NO, 2},
    {"N A V1 A0", "...!", DOSSIER_REVOKED, NO, NO, NO, NO, NO, NO, 2},
    {"N A V1 X2", "..v.", DOSSIER_ACCEPTED, NO, NO, NO, NO, NO, NO, NO},
    /* At the same time: the withdrawal wins; a correction or a question helps nothing. */
    {"N A W V1~", "...!", DOSSIER_WITHDRAWN, NO, NO, NO, NO, NO, NO, NO},
    {"N A V1 W~", ".!!.", DOSSIER_WITHDRAWN, NO, NO, NO, NO, NO, NO, NO},
    {"N A R V1~", "....", DOSSIER_REVOKED, NO, NO, NO, NO, NO, NO, 3},
    {"N A K V1~", "....", DOSSIER_REVOKED, NO, NO, NO, NO, NO, NO, 3},

    /* Days are corrected by the next of their kind; after arrival nothing is withdrawn. */
    {"N I", ".!", DOSSIER_PENDING, NO, NO, NO, NO, NO, NO, NO},
    {"N A O", "..!", DOSSIER_ACCEPTED, NO, NO, NO, NO, NO, NO, NO},
    {"N A I I", "....", DOSSIER_ARRIVED, 3, NO, NO, NO, NO, NO, NO},
    {"N A I O I O", "......", DOSSIER_DEPARTED, 4, 5, NO, NO, NO, NO, NO},
    {"N A I W", "...!", DOSSIER_ARRIVED, 2, NO, NO, NO, NO, NO, NO},
    {"N A W I~", "...!", DOSSIER_WITHDRAWN, NO, NO, NO, NO, NO, NO, NO},
    {"N A I R", "...!", DOSSIER_ARRIVED, 2, NO, NO, NO, NO, NO, NO},
    {"N A R I", "....", DOSSIER_ARRIVED, 3, NO, NO, NO, NO, NO, NO},
    {"N A R I A2", "....!", DOSSIER_ARRIVED, 3, NO, NO, NO, NO, NO, NO},
    {"N A I K C0", ".....", DOSSIER_TRANSCRIPT, 2, NO, NO, NO, 4, NO, NO},
    {"N A I V1", "....", DOSSIER_REVOKED, 2, NO, NO, NO, NO, NO, 3},
    {"N A I O V1", "....!", DOSSIER_DEPARTED, 2, 3, NO, NO, NO, NO, NO},

    /* The home asks, the host grants; what is asked anew is another question. */
    {"N A E", "..!", DOSSIER_ACCEPTED, NO, NO, NO, NO, NO, NO, NO},
    {"N A I E", "....", DOSSIER_EXTENDING, 2, NO, 3, NO, NO, NO, NO},
    {"N A I E A3", ".....", DOSSIER_ARRIVED, 2, NO, NO, 3, NO, NO, NO},
    {"N A I E F3", ".....", DOSSIER_ARRIVED, 2, NO, NO, NO, NO, NO, NO},
    {"N A I E A0", "....!", DOSSIER_EXTENDING, 2, NO, 3, NO, NO, NO, NO},
    {"N A I E E A3", ".....!", DOSSIER_EXTENDING, 2, NO, 4, NO, NO, NO, NO},
    {"N A I E E A4", "......", DOSSIER_ARRIVED, 2, NO, NO, 4, NO, NO, NO},
    {"N A I E G", ".....", DOSSIER_ARRIVED, 2, NO, NO, 4, NO, NO, NO},
    {"N A I G G", ".....", DOSSIER_ARRIVED, 2, NO, NO, 4, NO, NO, NO},
    {"N A I G E F4", "......", DOSSIER_ARRIVED, 2, NO, NO, 3, NO, NO, NO},
    {"N A I E G~", ".....", DOSSIER_ARRIVED, 2, NO, NO, 4, NO, NO, NO},
    {"N A I E O~", ".....", DOSSIER_DEPARTED, 2, 4, NO, NO, NO, NO, NO},
    {"N A I E I", ".....", DOSSIER_EXTENDING, 4, NO, 3, NO, NO, NO, NO},
    {"N A I E X3", "...v.", DOSSIER_ARRIVED, 2, NO, NO, NO, NO, NO, NO},
    {"N A I E C0", ".....", DOSSIER_TRANSCRIPT, 2, NO, NO, NO, 4, NO, NO},

    /* A transcript taken back leaves the stay as it was; what it had replaced stays replaced. */
    {"N A C V2", "....", DOSSIER_ACCEPTED, NO, NO, NO, NO, NO, NO, NO},
    {"N A I C0 V3", ".....", DOSSIER_ARRIVED, 2, NO, NO, NO, NO, NO, NO},
    {"N A I O C0 V4", "......", DOSSIER_DEPARTED, 2, 3, NO, NO, NO, NO, NO},
    {"N A C O V2", ".....", DOSSIER_DEPARTED, NO, 3, NO, NO, NO, NO, NO},
    {"N A C C0s2 V2", "....!", DOSSIER_TRANSCRIPT, NO, NO, NO, NO, 3, NO, NO},
    {"N A C C0s2 V3", ".....", DOSSIER_ACCEPTED, NO, NO, NO, NO, NO, NO, NO},
    {"N A C V2 C0", ".....", DOSSIER_TRANSCRIPT, NO, NO, NO, NO, 4, NO, NO},
    {"N A C v2", "...!", DOSSIER_TRANSCRIPT, NO, NO, NO, NO, 2, NO, NO},
    {"N A C V1", "...!", DOSSIER_TRANSCRIPT, NO, NO, NO, NO, 2, NO, NO},

    /* Recognised is one transcript: another one is to be recognised again. */
    {"N A C Y2", "....", DOSSIER_RECOGNISED, NO, NO, NO, NO, 2, 3, NO},
    {"N A C Y0", "...!", DOSSIER_TRANSCRIPT, NO, NO, NO, NO, 2, NO, NO},
    {"N A C Y2 Y2", "....!", DOSSIER_RECOGNISED, NO, NO, NO, NO, 2, 3, NO},
    {"N A C Y2 Y2s3", ".....", DOSSIER_RECOGNISED, NO, NO, NO, NO, 2, 4, NO},
    {"N A C Y2 C0s2", ".....", DOSSIER_TRANSCRIPT, NO, NO, NO, NO, 4, NO, NO},
    {"N A C Y2 C0s2 Y4", "......", DOSSIER_RECOGNISED, NO, NO, NO, NO, 4, 5, NO},
    {"N A C Y2 C0s2 Y2", ".....!", DOSSIER_TRANSCRIPT, NO, NO, NO, NO, 4, NO, NO},
    {"N A C Y2 C0s2~", ".....", DOSSIER_TRANSCRIPT, NO, NO, NO, NO, 4, NO, NO},
    {"N A C Y2 v3", ".....", DOSSIER_TRANSCRIPT, NO, NO, NO, NO, 2, NO, NO},
    {"N A C Y2 v3 Y2", "......", DOSSIER_RECOGNISED, NO, NO, NO, NO, 2, 5, NO},
    {"N A C Y2 V3", "....!", DOSSIER_RECOGNISED, NO, NO, NO, NO, 2, 3, NO},
    {"N A C Y2 V2", ".....", DOSSIER_ACCEPTED, NO, NO, NO, NO, NO, NO, NO},
    {"N A C Y2 V2~", ".....", DOSSIER_ACCEPTED, NO, NO, NO, NO, NO, NO, NO},
    {"N A C Y2 X3", "...v.", DOSSIER_TRANSCRIPT, NO, NO, NO, NO, 2, NO, NO},
#undef NO
};

static void each_stay_ends_in_its_state(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof stay_rows / sizeof *stay_rows; i++) {
        const struct stay_row *row = &stay_rows[i];
        char flags[RECORDS_MAX + 1];
        struct dossier dossier = fold_words(row->words, flags);
        if (dossier.state != row->state || strcmp(flags, row->flags) != 0)
            fail_msg("%s: %s %s, not %s %s", row->words, dossier_state_code(dossier.state), flags,
                     dossier_state_code(row->state), row->flags);
        if (!names(&dossier.arrival, row->arrival) || !names(&dossier.departure, row->departure) ||
            !names(&dossier.extending, row->extending) ||
            !names(&dossier.extension, row->extension) ||
            !names(&dossier.transcript, row->transcript) ||
            !names(&dossier.recognition, row->recognition) ||
            !names(&dossier.revocation, row->revocation))
            fail_msg("%s: another record is in force", row->words);
    }
}

/* A waiting list that was left answers nothing any more. */
static void a_question_asked_anew_leaves_the_waiting_list(void **state)
{
    char flags[RECORDS_MAX + 1];
    (void)state;
    struct dossier dossier = fold_words("N L", flags);
    assert_names(&dossier.decided, 0);
    assert_names(&dossier.decision, 1);
    dossier = fold_words("N L R", flags);
    assert_names(&dossier.decided, NONE);
    assert_names(&dossier.decision, NONE);
}

/* In each state each event, which names what is in force there: the initial of the state that
 * follows; `-` is out of turn. */
static const struct {
    enum dossier_state state;
    const char *words;
    int asked, acceptance, transcript, recognition; /* words */
    const char *by_event;                           /* in the order of `events` */
} golden[] = {
    {DOSSIER_EMPTY, "", 0, 0, 0, 0, "P----------------"},
    {DOSSIER_PENDING, "N", 0, 0, 0, 0, "-PPAFLW----------"},
    {DOSSIER_ACCEPTED, "N A", 0, 1, 0, 0, "-AR---WI---TX----"},
    {DOSSIER_REOPENED, "N A R", 2, 1, 0, 0, "-RRAA-WI---TX----"},
    {DOSSIER_REFUSED, "N F", 0, 1, 0, 0, "------W----------"},
    {DOSSIER_WITHDRAWN, "N W", 0, 0, 0, 0, "-----------------"},
    {DOSSIER_TRANSCRIPT, "N A C", 0, 1, 2, 0, "-------TT--T-AY--"},
    {DOSSIER_VOID, "N X0", 0, 0, 0, 0, "-----------------"},
    {DOSSIER_WAITLISTED, "N L", 0, 1, 0, 0, "-LPAF-W----------"},
    {DOSSIER_ARRIVED, "N A I", 0, 1, 0, 0, "-I-----IOGITX----"},
    {DOSSIER_EXTENDING, "N A I E", 3, 1, 0, 0, "-G-II--GOGITX----"},
    {DOSSIER_DEPARTED, "N A I O", 0, 1, 0, 0, "-O-----OO--T-----"},
    {DOSSIER_RECOGNISED, "N A C Y2", 0, 1, 2, 3, "-------YY--T-AYT-"},
    {DOSSIER_REVOKED, "N A V1", 0, 1, 0, 0, "-----------------"},
};

static const char initials[] = {
    [DOSSIER_EMPTY] = 'E',      [DOSSIER_PENDING] = 'P',   [DOSSIER_ACCEPTED] = 'A',
    [DOSSIER_REOPENED] = 'R',   [DOSSIER_REFUSED] = 'F',   [DOSSIER_WITHDRAWN] = 'W',
    [DOSSIER_TRANSCRIPT] = 'T', [DOSSIER_VOID] = 'V',      [DOSSIER_WAITLISTED] = 'L',
    [DOSSIER_ARRIVED] = 'I',    [DOSSIER_EXTENDING] = 'G', [DOSSIER_DEPARTED] = 'O',
    [DOSSIER_RECOGNISED] = 'Y', [DOSSIER_REVOKED] = 'X',
};

/* The record that an event names, and what it replaces. The last one names somebody else's. */
static const struct {
    char letter;
    enum { NOTHING, REVISION, ASKED, ACCEPTED_FIRST, ACCEPTANCE, TRANSCRIPT, RECOGNISED } target;
    bool replaces;
} events[] = {
    {'N', NOTHING, false},    {'K', REVISION, false},   {'R', REVISION, false},
    {'A', ASKED, false},      {'F', ASKED, false},      {'L', ASKED, false},
    {'W', NOTHING, false},    {'I', NOTHING, false},    {'O', NOTHING, false},
    {'E', NOTHING, false},    {'G', NOTHING, false},    {'C', ACCEPTED_FIRST, true},
    {'V', ACCEPTANCE, false}, {'V', TRANSCRIPT, false}, {'Y', TRANSCRIPT, true},
    {'v', RECOGNISED, false}, {'v', ACCEPTANCE, false},
};

enum { EVENT_COUNT = sizeof events / sizeof *events };

static_assert(sizeof golden / sizeof *golden == MOBILITY_STATES, "one row for each state");

/* The words of a state with one event more; a record that is not there is no word of the state. */
static void event_words(size_t state, size_t event, char words[static 64])
{
    const int targets[] = {
        [NOTHING] = NONE,
        [REVISION] = NONE,
        [ASKED] = golden[state].asked,
        [ACCEPTED_FIRST] = 0,
        [ACCEPTANCE] = golden[state].acceptance,
        [TRANSCRIPT] = golden[state].transcript,
        [RECOGNISED] = golden[state].recognition,
    };
    int target = targets[events[event].target];
    bool opened = *golden[state].words;
    int replaced =
        events[event].letter == 'Y' ? golden[state].recognition : golden[state].transcript;
    int length = snprintf(words, 64, "%s %c", golden[state].words, events[event].letter);
    if (opened && target != NONE)
        length += snprintf(words + length, 64 - (size_t)length, "%d", target);
    if (opened && events[event].replaces && replaced)
        snprintf(words + length, 64 - (size_t)length, "s%d", replaced);
}

static void what_is_not_in_the_table_is_out_of_turn(void **state)
{
    (void)state;
    for (size_t i = 0; i < MOBILITY_STATES; i++) {
        char before[RECORDS_MAX + 1];
        assert_int_equal(golden[i].state, i);
        assert_int_equal(fold_words(golden[i].words, before).state, i);
        assert_int_equal(strlen(golden[i].by_event), EVENT_COUNT);
        for (size_t event = 0; event < EVENT_COUNT; event++) {
            char words[64], flags[RECORDS_MAX + 1];
            event_words(i, event, words);
            struct dossier dossier = fold_words(words, flags);
            char last = flags[strlen(flags) - 1];
            char expected = golden[i].by_event[event];
            if (last != (expected == '-' ? '!' : '.') ||
                initials[dossier.state] != (expected == '-' ? initials[i] : expected))
                fail_msg("%s: %c is %s", words, last, dossier_state_code(dossier.state));
        }
    }
}

static void each_row_of_the_table_has_a_sentence_and_a_case(void **state)
{
    const unsigned states = MOBILITY_STATES;
    size_t rows_allowed = 1, cases = 0; /* one row is the void nomination, whose case is above */
    (void)state;
    for (size_t i = 0; dossier_transition(i); i++) {
        const struct dossier_transition *row = dossier_transition(i);
        bool here = (unsigned)row->from < states && row->to != DOSSIER_TALKS &&
                    (row->from != DOSSIER_EMPTY || row->to == DOSSIER_PENDING);
        bool learning = row->kind == PEREGRIN__KIND__KIND_LEARNING ||
                        row->kind == PEREGRIN__KIND__KIND_LEARNING_DECISION;
        rows_allowed += here && !learning;
        assert_non_null(row->sentence);
        for (size_t j = 0; j < i; j++) {
            const struct dossier_transition *other = dossier_transition(j);
            assert_string_not_equal(other->sentence, row->sentence);
            assert_false(other->from == row->from && other->kind == row->kind &&
                         other->word == row->word);
        }
    }
    for (size_t i = 0; i < DOSSIER_STATE_COUNT; i++) {
        assert_non_null(dossier_state_code((enum dossier_state)i));
        assert_non_null(dossier_state_sentence((enum dossier_state)i));
    }
    for (size_t i = 0; i < MOBILITY_STATES; i++) {
        for (size_t event = 0; event < EVENT_COUNT; event++)
            cases += golden[i].by_event[event] != '-';
    }
    for (size_t i = 0; i < DOSSIER_WORD_COUNT; i++)
        assert_non_null(dossier_word_text((enum dossier_word)i));
    assert_int_equal(cases + 1, rows_allowed);
}

static bool same_fold(const struct script *left, const struct script *right)
{
    char left_flags[RECORDS_MAX + 1], right_flags[RECORDS_MAX + 1];
    struct dossier one = fold_flags(left, all, left_flags);
    struct dossier other = fold_flags(right, all, right_flags);
    for (size_t i = 0; i < left->count; i++)
        for (size_t j = 0; j < left->count; j++)
            if (digest_equal(&left->entries[i].id, &right->entries[j].id) &&
                left_flags[i] != right_flags[j])
                return false;
    return one.state == other.state && digest_equal(&one.revision, &other.revision) &&
           digest_equal(&one.decided, &other.decided) &&
           digest_equal(&one.decision, &other.decision) &&
           memcmp(&one.arrival, &other.arrival,
                  offsetof(struct dossier, lengths) - offsetof(struct dossier, arrival)) == 0 &&
           digest_equal(&one.heads[0], &other.heads[0]) &&
           digest_equal(&one.heads[1], &other.heads[1]) && one.lengths[0] == other.lengths[0] &&
           one.lengths[1] == other.lengths[1] && one.forked[0] == other.forked[0] &&
           one.forked[1] == other.forked[1] && one.incomplete == other.incomplete &&
           one.not_understood == other.not_understood;
}

static void swap(struct dossier_entry *left, struct dossier_entry *right)
{
    struct dossier_entry kept = *left;
    *left = *right;
    *right = kept;
}

/* Every order of arrival, by recursion over the place to fill. */
static void permute(const struct script *original, struct script *order, size_t place)
{
    if (place == order->count) {
        assert_true(same_fold(original, order));
        return;
    }
    for (size_t i = place; i < order->count; i++) {
        swap(&order->entries[place], &order->entries[i]);
        permute(original, order, place + 1);
        swap(&order->entries[place], &order->entries[i]);
    }
}

static void the_order_of_arrival_changes_nothing(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct script script = script_of(rows[i].words), order = script;
        permute(&script, &order, 0);
    }
    for (size_t i = 0; i < sizeof stay_rows / sizeof *stay_rows; i++) {
        struct script script = script_of(stay_rows[i].words), order = script;
        permute(&script, &order, 0);
    }
}

static uint64_t dice(uint64_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    return *seed;
}

static void shuffle(struct script *script, uint64_t *seed)
{
    for (size_t i = script->count; i > 1; i--)
        swap(&script->entries[i - 1], &script->entries[dice(seed) % i]);
}

/* A nomination or the way to some state, then up to seven records of any kind, some of them forked
 * from others or lost. */
static struct script random_script(uint64_t *seed)
{
    static const char letters[] = "NKKRRAAAFFLWCCIIOOEGYYVVvXXUu";
    size_t way = dice(seed) % (2 * MOBILITY_STATES);
    struct script script = script_of(way < MOBILITY_STATES && way ? golden[way].words : "N");
    size_t count = script.count + dice(seed) % 8;
    while (script.count < count) {
        int target = dice(seed) % 3 ? NONE : (int)(dice(seed) % script.count);
        int supersedes = dice(seed) % 3 ? NONE : (int)(dice(seed) % script.count);
        record_add(&script, letters[dice(seed) % (sizeof letters - 1)], target, supersedes,
                   dice(seed) % 3 == 0);
        struct dossier_entry *last = &script.entries[script.count - 1];
        if (dice(seed) % 12 == 0 && last->index > 0)
            last->index--;
    }
    if (dice(seed) % 3 == 0) {
        size_t lost = dice(seed) % script.count--;
        script.entries[lost] = script.entries[script.count];
    }
    return script;
}

static void any_records_fold_alike_in_any_order(void **state)
{
    uint64_t seed = 20261121;
    size_t incomplete = 0, forked = 0, ends[DOSSIER_STATE_COUNT] = {0};
    (void)state;
    for (int round = 0; round < 30000; round++) {
        struct script script = random_script(&seed), order = script;
        char flags[RECORDS_MAX + 1];
        struct dossier dossier = fold_flags(&script, all, flags);
        incomplete += dossier.incomplete > 0;
        forked += dossier.forked[0] || dossier.forked[1];
        ends[dossier.state]++;
        for (int i = 0; i < 4; i++) {
            shuffle(&order, &seed);
            assert_true(same_fold(&script, &order));
        }
    }
    /* The dice reach everything. */
    assert_true(incomplete > 1000 && forked > 1000);
    for (size_t i = 0; i < MOBILITY_STATES; i++)
        assert_true(ends[i] > 100);
}

/* A record's author folds its causal past and nothing else: whoever has more does the same. */
static void limits_show_the_dossier_as_its_author_saw_it(void **state)
{
    char flags[RECORDS_MAX + 1], past_flags[RECORDS_MAX + 1];
    struct script script = script_of("N A W~");
    (void)state;
    struct dossier dossier = fold_flags(&script, (struct dossier_limits) {{2, 0}}, flags);
    assert_int_equal(dossier.state, DOSSIER_WITHDRAWN);
    assert_string_equal(flags, ".?.");
    assert_int_equal(dossier.incomplete, 0);
    dossier = fold_flags(&script, (struct dossier_limits) {{1, 1}}, flags);
    assert_int_equal(dossier.state, DOSSIER_ACCEPTED);
    assert_string_equal(flags, "..?");
    /* A refusal that the author had not seen takes nothing away. */
    script = script_of("N A X0");
    dossier = fold_flags(&script, (struct dossier_limits) {{1, 1}}, flags);
    assert_int_equal(dossier.state, DOSSIER_ACCEPTED);

    uint64_t seed = 7;
    for (int round = 0; round < 5000; round++) {
        script = random_script(&seed);
        struct dossier_limits limits = {{(uint32_t)(dice(&seed) % 5), (uint32_t)(dice(&seed) % 5)}};
        struct script past = {.count = 0};
        for (size_t i = 0; i < script.count; i++)
            if (script.entries[i].index < limits.lengths[script.entries[i].lane])
                past.entries[past.count++] = script.entries[i];
        struct dossier seen = fold_flags(&past, all, past_flags);
        dossier = fold_flags(&script, limits, flags);
        assert_int_equal(dossier.state, seen.state);
        assert_int_equal(dossier.incomplete, seen.incomplete);
        assert_int_equal(dossier.forked[0], seen.forked[0]);
        assert_int_equal(dossier.forked[1], seen.forked[1]);
        assert_true(digest_equal(&dossier.heads[0], &seen.heads[0]));
        assert_true(digest_equal(&dossier.heads[1], &seen.heads[1]));
    }
}

static void what_rests_on_a_missing_record_is_incomplete(void **state)
{
    char flags[RECORDS_MAX + 1];
    (void)state;
    struct script script = script_of("N A R F2");
    script.entries[0] = script.entries[3]; /* the nomination is lost; F A R are here */
    script.count = 3;
    struct dossier dossier = fold_flags(&script, all, flags);
    assert_int_equal(dossier.state, DOSSIER_EMPTY);
    assert_string_equal(flags, "???");
    assert_int_equal(dossier.incomplete, 3);

    script = script_of("N A R F2");
    script.entries[2] = script.entries[3]; /* the amendment is lost */
    script.count = 3;
    dossier = fold_flags(&script, all, flags);
    assert_int_equal(dossier.state, DOSSIER_ACCEPTED);
    assert_string_equal(flags, "..?");
    assert_int_equal(dossier.incomplete, 1);
    assert_int_equal(dossier.lengths[0], 1);
    assert_int_equal(dossier.lengths[1], 1);
    assert_names(&dossier.heads[1], 1);
}

static void a_seen_id_or_previous_that_contradicts_what_is_held_is_incomplete(void **state)
{
    char flags[RECORDS_MAX + 1];
    (void)state;
    struct script script = script_of("N A");
    script.entries[1].seen_id.bytes[0] ^= 1;
    assert_int_equal(fold_flags(&script, all, flags).incomplete, 1);
    assert_string_equal(flags, ".?");
    script = script_of("N K W");
    script.entries[1].previous.bytes[0] ^= 1;
    assert_int_equal(fold_flags(&script, all, flags).incomplete, 2);
    assert_string_equal(flags, ".??");
}

static void a_forked_lane_stops_before_its_fork_and_the_other_goes_on(void **state)
{
    char flags[RECORDS_MAX + 1];
    (void)state;
    /* Two records of the home at index 1; the host decides on what is before them, then on one. */
    struct script script = script_of("N K0 R0 A0~ F1");
    script.entries[2].index = 1;
    script.entries[2].previous = script.entries[0].id;
    script.entries[3].has_seen = true;
    script.entries[3].seen_index = 0;
    script.entries[3].seen_id = script.entries[0].id;
    script.entries[4].seen_index = 1;
    script.entries[4].seen_id = script.entries[1].id;
    struct dossier dossier = fold_flags(&script, all, flags);
    assert_true(dossier.forked[0]);
    assert_false(dossier.forked[1]);
    assert_string_equal(flags, ".??.?");
    assert_int_equal(dossier.state, DOSSIER_ACCEPTED);
    assert_int_equal(dossier.lengths[0], 1);
    assert_int_equal(dossier.incomplete, 3);
    /* Before the fork there is none. */
    dossier = fold_flags(&script, (struct dossier_limits) {{1, 1}}, flags);
    assert_false(dossier.forked[0]);
}

static void two_nominations_at_the_opening_give_no_dossier(void **state)
{
    char flags[RECORDS_MAX + 1];
    (void)state;
    struct script script = script_of("N N");
    script.entries[1].index = 0;
    script.entries[1].previous = (struct digest) {0};
    struct dossier dossier = fold_flags(&script, all, flags);
    assert_int_equal(dossier.state, DOSSIER_EMPTY);
    assert_true(dossier.forked[0]);
    assert_int_equal(dossier.incomplete, 2);
}

static void what_is_not_understood_is_counted(void **state)
{
    char flags[RECORDS_MAX + 1];
    (void)state;
    assert_int_equal(fold_words("N u A0 u", flags).not_understood, 2);
    assert_int_equal(fold_words("U", flags).not_understood, 1);
    assert_int_equal(fold_words("U X0", flags).not_understood, 0);
    assert_int_equal(fold_words("N A", flags).not_understood, 0);
}

/* Held before it was understood, its place was never judged. */
static void a_record_in_the_wrong_lane_is_out_of_turn(void **state)
{
    char flags[RECORDS_MAX + 1];
    (void)state;
    struct script script = script_of("N A");
    script.entries[1].kind = PEREGRIN__KIND__KIND_WITHDRAWAL;
    assert_int_equal(fold_flags(&script, all, flags).state, DOSSIER_PENDING);
    assert_string_equal(flags, ".!");
    script = script_of("N K");
    script.entries[1].kind = PEREGRIN__KIND__KIND_DECISION;
    script.entries[1].outcome = PEREGRIN__OUTCOME__OUTCOME_ACCEPT;
    assert_int_equal(fold_flags(&script, all, flags).state, DOSSIER_PENDING);
    assert_string_equal(flags, ".!");
}

/* What an earlier fold has set in the entries is forgotten. */
static void folding_again_gives_the_same(void **state)
{
    struct script script = script_of("N A R X1 F2 C0 W"), fresh = script;
    struct dossier_limits one = {{1, 0}};
    struct dossier first, second;
    (void)state;
    dossier_fold(script.entries, script.count, all, &first);
    dossier_fold(script.entries, script.count, one, &first);
    dossier_fold(fresh.entries, fresh.count, one, &second);
    assert_memory_equal(&first, &second, sizeof first);
    for (size_t i = 0; i < script.count; i++) {
        assert_int_equal(script.entries[i].folded, fresh.entries[i].folded);
        assert_int_equal(script.entries[i].void_, fresh.entries[i].void_);
        assert_int_equal(script.entries[i].out_of_turn, fresh.entries[i].out_of_turn);
        assert_int_equal(script.entries[i].question, fresh.entries[i].question);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_course_ends_in_its_state),
        cmocka_unit_test(each_stay_ends_in_its_state),
        cmocka_unit_test(a_question_asked_anew_leaves_the_waiting_list),
        cmocka_unit_test(what_is_not_in_the_table_is_out_of_turn),
        cmocka_unit_test(each_row_of_the_table_has_a_sentence_and_a_case),
        cmocka_unit_test(the_order_of_arrival_changes_nothing),
        cmocka_unit_test(any_records_fold_alike_in_any_order),
        cmocka_unit_test(limits_show_the_dossier_as_its_author_saw_it),
        cmocka_unit_test(what_rests_on_a_missing_record_is_incomplete),
        cmocka_unit_test(a_seen_id_or_previous_that_contradicts_what_is_held_is_incomplete),
        cmocka_unit_test(a_forked_lane_stops_before_its_fork_and_the_other_goes_on),
        cmocka_unit_test(two_nominations_at_the_opening_give_no_dossier),
        cmocka_unit_test(what_is_not_understood_is_counted),
        cmocka_unit_test(a_record_in_the_wrong_lane_is_out_of_turn),
        cmocka_unit_test(folding_again_gives_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
