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

/* Agreements, notices and learning agreements as words, one for each record: capitals are the
 * opener's, small letters the other's.
 *
 *   T terms   A approval   D declination   B taken back   X termination   C contacts
 *   F factsheet   G grading table   L course list   R revocation   Z refusal by a rule
 *   N nomination   Y yes to it   P learning agreement   O approves it   Q comments on it
 *
 * Behind the letter the word that is its target (else none), `s` and the word that it supersedes,
 * `~`: its author had seen nothing new since the own record before. */
enum { RECORDS_MAX = 16, NONE = -1 };

struct script {
    struct dossier_entry entries[RECORDS_MAX];
    size_t count;
};

static const struct dossier_limits all = {{UINT32_MAX, UINT32_MAX}};

static const struct {
    char letter;
    uint32_t kind, outcome;
} letters[] = {
    {'T', PEREGRIN__KIND__KIND_TERMS, 0},
    {'A', PEREGRIN__KIND__KIND_APPROVAL, 0},
    {'D', PEREGRIN__KIND__KIND_DECLINATION, 0},
    {'B', PEREGRIN__KIND__KIND_TAKE_BACK, 0},
    {'X', PEREGRIN__KIND__KIND_TERMINATION, 0},
    {'C', PEREGRIN__KIND__KIND_CONTACTS, 0},
    {'F', PEREGRIN__KIND__KIND_FACTSHEET, 0},
    {'G', PEREGRIN__KIND__KIND_GRADING_TABLE, 0},
    {'L', PEREGRIN__KIND__KIND_COURSE_LIST, 0},
    {'R', PEREGRIN__KIND__KIND_REVOKE, 0},
    {'Z', PEREGRIN__KIND__KIND_REFUSAL, 0},
    {'N', PEREGRIN__KIND__KIND_NOMINATION, 0},
    {'Y', PEREGRIN__KIND__KIND_DECISION, PEREGRIN__OUTCOME__OUTCOME_ACCEPT},
    {'P', PEREGRIN__KIND__KIND_LEARNING, 0},
    {'O', PEREGRIN__KIND__KIND_LEARNING_DECISION, PEREGRIN__OUTCOME__OUTCOME_ACCEPT},
    {'Q', PEREGRIN__KIND__KIND_LEARNING_DECISION, PEREGRIN__OUTCOME__OUTCOME_REFUSE},
};

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

static void record_add(struct script *script, char letter, int target, int supersedes, bool late)
{
    struct dossier_entry *entry = &script->entries[script->count];
    size_t row = 0;
    assert_in_range(script->count, 0, RECORDS_MAX - 1);
    uint32_t lane = letter >= 'a';
    while (row < sizeof letters / sizeof *letters && letters[row].letter != (letter & ~32))
        row++;
    assert_in_range(row, 0, sizeof letters / sizeof *letters - 1);
    *entry = (struct dossier_entry) {
        .id = id_of(script->count),
        .lane = lane,
        .kind = letters[row].kind,
        .schema = letters[row].kind == PEREGRIN__KIND__KIND_REFUSAL ? 0 : 1,
        .outcome = letters[row].outcome,
    };
    if (target != NONE)
        entry->target = id_of((size_t)target);
    if (supersedes != NONE)
        entry->supersedes = id_of((size_t)supersedes);
    const struct dossier_entry *own = newest(script, lane), *other = newest(script, 1 - lane);
    if (own) {
        entry->index = own->index + 1;
        entry->previous = own->id;
    }
    const struct dossier_entry *seen = late ? own : other;
    if (late && own) {
        entry->has_seen = own->has_seen;
        entry->seen_index = own->seen_index;
        entry->seen_id = own->seen_id;
    } else if (!late && seen) {
        entry->has_seen = true;
        entry->seen_index = seen->index;
        entry->seen_id = seen->id;
    }
    script->count++;
}

static struct script script_of(const char *words)
{
    struct script script = {.count = 0};
    while (*words) {
        char letter = *words++;
        int target = NONE, supersedes = NONE;
        if (letter == ' ')
            continue;
        if (*words >= '0' && *words <= '9')
            target = (int)strtol(words, (char **)&words, 10);
        if (*words == 's')
            supersedes = (int)strtol(words + 1, (char **)&words, 10);
        record_add(&script, letter, target, supersedes, *words == '~');
        words += *words == '~';
    }
    return script;
}

/* flags, in the order of the words: `.` took effect, `!` out of turn, `0` void, `?` not folded. */
static struct dossier fold(const struct script *script, char flags[static RECORDS_MAX + 1])
{
    struct dossier_entry entries[RECORDS_MAX];
    struct dossier dossier;
    memcpy(entries, script->entries, sizeof entries);
    dossier_fold(entries, script->count, all, &dossier);
    for (size_t i = 0; i < script->count; i++) {
        size_t at = 0;
        while (!digest_equal(&entries[at].id, &script->entries[i].id))
            at++;
        flags[i] = entries[at].void_         ? '0'
                   : !entries[at].folded     ? '?'
                   : entries[at].out_of_turn ? '!'
                                             : '.';
    }
    flags[script->count] = 0;
    return dossier;
}

static bool is(const struct digest *id, int word)
{
    static const struct digest zero;
    struct digest wanted = word == NONE ? zero : id_of((size_t)word);
    return digest_equal(id, &wanted);
}

/* Each row is a course with what it comes to. */
static void each_negotiation_comes_to_its_end(void **)
{
    static const struct {
        const char *words, *flags;
        enum dossier_state state;
        int in_force, offers[2];
    } rows[] = {
        {"T", ".", DOSSIER_OFFERED, NONE, {0, NONE}},
        {"T z0", "0.", DOSSIER_VOID_TERMS, NONE, {NONE, NONE}},
        {"T a0", "..", DOSSIER_IN_FORCE, 0, {NONE, NONE}},
        {"T d0", "..", DOSSIER_DECLINED, NONE, {NONE, NONE}},
        {"T B0", "..", DOSSIER_TAKEN_BACK, NONE, {NONE, NONE}},
        {"T t", "..", DOSSIER_COUNTERED, NONE, {0, 1}},
        {"T t A1", "...", DOSSIER_IN_FORCE, 1, {NONE, NONE}},
        {"T t T a2", "....", DOSSIER_IN_FORCE, 2, {NONE, NONE}},
        /* Revised terms are not those that were read. */
        {"T T a0", "..!", DOSSIER_OFFERED, NONE, {1, NONE}},
        /* One of two open ones goes: the other is left. */
        {"T t D1", "...", DOSSIER_OFFERED, NONE, {0, NONE}},
        {"T t b1", "...", DOSSIER_OFFERED, NONE, {0, NONE}},
        {"T t a0", "...", DOSSIER_IN_FORCE, 0, {NONE, NONE}},
        /* Nobody approves its own, nor what is not there. */
        {"T A0", ".!", DOSSIER_OFFERED, NONE, {0, NONE}},
        /* What names nothing names no open terms. */
        {"T A", ".!", DOSSIER_OFFERED, NONE, {0, NONE}},
        {"T D", ".!", DOSSIER_OFFERED, NONE, {0, NONE}},
        {"T b", ".!", DOSSIER_OFFERED, NONE, {0, NONE}},
        {"T a5", ".!", DOSSIER_OFFERED, NONE, {0, NONE}},
        {"T d0 T a2", "....", DOSSIER_IN_FORCE, 2, {NONE, NONE}},
        {"T B0 t A2", "....", DOSSIER_IN_FORCE, 2, {NONE, NONE}},
        /* In force: a change leaves it in force until it is approved. */
        {"T a0 t", "...", DOSSIER_CHANGE_COUNTERED, 0, {NONE, 2}},
        {"T a0 T", "...", DOSSIER_CHANGE_OFFERED, 0, {2, NONE}},
        {"T a0 T a2", "....", DOSSIER_IN_FORCE, 2, {NONE, NONE}},
        {"T a0 T d2", "....", DOSSIER_IN_FORCE, 0, {NONE, NONE}},
        {"T a0 T B2", "....", DOSSIER_IN_FORCE, 0, {NONE, NONE}},
        {"T a0 T t D3", ".....", DOSSIER_CHANGE_OFFERED, 0, {2, NONE}},
        {"T a0 T t B2", ".....", DOSSIER_CHANGE_COUNTERED, 0, {NONE, 3}},
        /* An end names what is in force, by either. */
        {"T a0 X0", "...", DOSSIER_ENDED, 0, {NONE, NONE}},
        {"T a0 x0", "...", DOSSIER_ENDED, 0, {NONE, NONE}},
        {"T a0 T x0", "....", DOSSIER_ENDED, 0, {NONE, NONE}},
        {"T a0 T x2", "...!", DOSSIER_CHANGE_OFFERED, 0, {2, NONE}},
        {"T X0", ".!", DOSSIER_OFFERED, NONE, {0, NONE}},
        {"T a0 X0 t", "...!", DOSSIER_ENDED, 0, {NONE, NONE}},
        /* Contacts re-open nothing. */
        {"T a0 C c", "....", DOSSIER_IN_FORCE, 0, {NONE, NONE}},
        {"T a0 X0 c", "....", DOSSIER_ENDED, 0, {NONE, NONE}},
        /* At the same time: approvals that cross, terms that cross, an approval and new terms. */
        {"T t A1 a0~", "...!", DOSSIER_IN_FORCE, 1, {NONE, NONE}},
        {"T a0 T t~ A3", ".....", DOSSIER_IN_FORCE, 3, {NONE, NONE}},
        {"T t T A1", "....", DOSSIER_IN_FORCE, 1, {NONE, NONE}},
        {"T t A1 t~", "....", DOSSIER_CHANGE_COUNTERED, 1, {NONE, 3}},
        {"T a0 X0 t~", "...!", DOSSIER_ENDED, 0, {NONE, NONE}},
        {"T a0 T~", ".!.", DOSSIER_OFFERED, NONE, {2, NONE}},
        {"T a0 x0 T~", ".!!.", DOSSIER_OFFERED, NONE, {3, NONE}},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char flags[RECORDS_MAX + 1];
        struct script script = script_of(rows[i].words);
        struct dossier dossier = fold(&script, flags);
        if (dossier.state != rows[i].state || strcmp(flags, rows[i].flags) != 0 ||
            !is(&dossier.in_force, rows[i].in_force) ||
            !is(&dossier.offers[0], rows[i].offers[0]) ||
            !is(&dossier.offers[1], rows[i].offers[1]))
            fail_msg("%s: %s %s", rows[i].words, dossier_state_code(dossier.state), flags);
    }
}

/* Each state with its way, and what each record makes of it: `-` is out of turn. The target of A,
 * D and B is what is open where something is, of X what is in force, of R the newest notice. */
static const char codes[] = "EOCDBIovXVfglRW"; /* states of `golden`, in its order */
static const char events[] = "TtAaDdBbXxCcFGLR";

static const struct {
    const char *words;
    enum dossier_state state;
    const char *by_event;
} golden[] = {
    {"", DOSSIER_EMPTY, "O-----------fgl-"},
    {"T", DOSSIER_OFFERED, "OC-I-DB---OO----"},
    {"T d0 t", DOSSIER_COUNTERED, "OCI-D--B--CC----"},
    {"T d0", DOSSIER_DECLINED, "OC--------DD----"},
    {"T B0", DOSSIER_TAKEN_BACK, "OC--------BB----"},
    {"T a0", DOSSIER_IN_FORCE, "ov------XXII----"},
    {"T a0 T", DOSSIER_CHANGE_OFFERED, "ov-I-II-XXoo----"},
    {"T a0 t", DOSSIER_CHANGE_COUNTERED, "ovI-I--IXXvv----"},
    {"T a0 X0", DOSSIER_ENDED, "----------XX----"},
    {"T z0", DOSSIER_VOID_TERMS, "----------------"},
    {"F", DOSSIER_FACTSHEET, "------------f--R"},
    {"G", DOSSIER_GRADING, "-------------g-R"},
    {"L", DOSSIER_COURSES, "--------------lR"},
    {"F R0", DOSSIER_RETRACTED, "----------------"},
    {"F z0", DOSSIER_VOID_NOTICE, "----------------"},
};

enum { GOLDEN_COUNT = sizeof golden / sizeof *golden };

/* The word that an event is about, in this state. */
static int target_of(const struct dossier *dossier, char event)
{
    uint32_t lane = event >= 'a';
    const struct digest *id = NULL;
    switch (event & ~32) {
    case 'A':
    case 'D': id = &dossier->offers[1 - lane]; break;
    case 'B': id = &dossier->offers[lane]; break;
    case 'X': id = &dossier->in_force; break;
    case 'R': id = &dossier->revision; break;
    default: return NONE;
    }
    for (int word = 0; word < RECORDS_MAX; word++)
        if (is(id, word))
            return word;
    return 15;
}

static void what_is_not_in_the_tables_is_out_of_turn(void **)
{
    size_t cases = 0, allowed = 0;
    for (size_t i = 0; i < GOLDEN_COUNT; i++) {
        char flags[RECORDS_MAX + 1];
        struct script way = script_of(golden[i].words);
        struct dossier before = fold(&way, flags);
        assert_int_equal(before.state, golden[i].state);
        for (size_t event = 0; event < sizeof events - 1; event++) {
            struct script script = way;
            record_add(&script, events[event], target_of(&before, events[event]), NONE, false);
            struct dossier after = fold(&script, flags);
            char expected = golden[i].by_event[event];
            size_t to = (size_t)(strchr(codes, expected == '-' ? codes[i] : expected) - codes);
            cases += expected != '-';
            if (flags[script.count - 1] != (expected == '-' ? '!' : '.') ||
                after.state != golden[to].state)
                fail_msg("%s %c: %s %s", golden[i].words, events[event],
                         dossier_state_code(after.state), flags);
        }
    }
    /* Rows that say nothing of the author stand for both where both can be meant. */
    for (size_t i = 0; dossier_transition(i); i++) {
        const struct dossier_transition *row = dossier_transition(i);
        bool here = row->from == DOSSIER_EMPTY ? row->to >= DOSSIER_OFFERED
                                               : dossier_family(row->from) != KIND_MOBILITY;
        bool both = row->kind == PEREGRIN__KIND__KIND_CONTACTS ||
                    row->kind == PEREGRIN__KIND__KIND_TERMINATION;
        if (here && row->kind != PEREGRIN__KIND__KIND_REFUSAL)
            allowed += both ? 2 : 1;
    }
    assert_int_equal(cases, allowed);
}

static void a_dossier_stays_of_its_family(void **)
{
    static const char *const mixed[] = {"T N", "F T", "N Y0 T", "T P0", "N F", "G L", "T a0 R0"};
    for (size_t i = 0; i < sizeof mixed / sizeof *mixed; i++) {
        char flags[RECORDS_MAX + 1];
        struct script script = script_of(mixed[i]);
        fold(&script, flags);
        if (flags[script.count - 1] != '!')
            fail_msg("%s: %s", mixed[i], flags);
    }
}

static void a_learning_agreement_runs_beside_the_stay(void **)
{
    static const struct {
        const char *words, *flags;
        int learning, agreed;
    } rows[] = {
        {"N P0", ".!", NONE, NONE},
        {"N y0 P0", "...", 2, NONE},
        {"N y0 P0 o2", "....", 2, 2},
        {"N y0 P0 q2 P0s2 o4", "......", 4, 4},
        /* A change is proposed: what was approved stands until the change is. */
        {"N y0 P0 o2 P0s2", ".....", 4, 2},
        {"N y0 P0 o2 P0s2 q4", "......", 4, 2},
        /* Of what is approved nothing more is said; of an older one neither. */
        {"N y0 P0 o2 q2", "....!", 2, 2},
        {"N y0 P0 P0s2 o2", "....!", 3, NONE},
        /* It replaces the newest, and answers are the host's. */
        {"N y0 P0 P0", "...!", 2, NONE},
        {"N y0 P0 O2", "...!", 2, NONE},
        {"N y0 P0 P0s2 o2~", "....!", 3, NONE},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char flags[RECORDS_MAX + 1];
        struct script script = script_of(rows[i].words);
        struct dossier dossier = fold(&script, flags);
        if (strcmp(flags, rows[i].flags) != 0 || !is(&dossier.learning, rows[i].learning) ||
            !is(&dossier.learning_agreed, rows[i].agreed) ||
            dossier.state != (rows[i].flags[1] == '!' ? DOSSIER_PENDING : DOSSIER_ACCEPTED))
            fail_msg("%s: %s %s", rows[i].words, dossier_state_code(dossier.state), flags);
    }
}

static uint64_t dice(uint64_t *seed)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return *seed >> 33;
}

static void any_records_fold_alike_in_any_order(void **)
{
    uint64_t seed = 20261122;
    size_t ends[DOSSIER_STATE_COUNT] = {0};
    for (int round = 0; round < 20000; round++) {
        struct script script = script_of(golden[1 + dice(&seed) % (GOLDEN_COUNT - 1)].words);
        size_t count = script.count + dice(&seed) % 8;
        char flags[RECORDS_MAX + 1], other_flags[RECORDS_MAX + 1];
        while (script.count < count) {
            char event = events[dice(&seed) % 12];
            struct dossier now = fold(&script, flags);
            int target = dice(&seed) % 4 ? target_of(&now, event) : (int)(dice(&seed) % count);
            record_add(&script, event, target, NONE, dice(&seed) % 3 == 0);
        }
        struct dossier one = fold(&script, flags);
        ends[one.state]++;
        struct script order = script;
        for (size_t i = order.count; i > 1; i--) {
            size_t j = dice(&seed) % i;
            struct dossier_entry kept = order.entries[j];
            order.entries[j] = order.entries[i - 1];
            order.entries[i - 1] = kept;
        }
        struct dossier other = fold(&order, other_flags);
        assert_memory_equal(&one, &other, sizeof one);
    }
    for (size_t i = 1; i < 10; i++)
        assert_true(ends[golden[i].state] > 100);
}

/* A stay is begun, then up to nine records of its learning agreement and of what voids or ends it,
 * some of them about others, some said without having seen the last. */
static void learning_agreements_fold_alike_in_any_order(void **)
{
    static const char said[] = "PPPPooooqqpORrZz";
    static const struct digest none;
    uint64_t seed = 20261123;
    size_t agreed = 0, open = 0, out_of_turn = 0;
    for (int round = 0; round < 20000; round++) {
        struct script script = script_of("N y0 P0");
        size_t count = script.count + 1 + dice(&seed) % 9;
        char flags[RECORDS_MAX + 1], other_flags[RECORDS_MAX + 1];
        while (script.count < count) {
            struct dossier now = fold(&script, flags);
            char letter = said[dice(&seed) % (sizeof said - 1)];
            int newest = 0;
            while (newest < (int)script.count && !is(&now.learning, newest))
                newest++;
            bool known = newest < (int)script.count && dice(&seed) % 4;
            bool plan = (letter & ~32) == 'P';
            int target = plan ? 0 : known ? newest : (int)(dice(&seed) % script.count);
            record_add(&script, letter, target, plan && known ? newest : NONE,
                       dice(&seed) % 4 == 0);
        }
        struct dossier one = fold(&script, flags);
        agreed += !digest_equal(&one.learning_agreed, &none);
        open += !digest_equal(&one.learning_agreed, &one.learning);
        out_of_turn += strchr(flags, '!') != NULL;
        struct script order = script;
        for (size_t i = order.count; i > 1; i--) {
            size_t j = dice(&seed) % i;
            struct dossier_entry kept = order.entries[j];
            order.entries[j] = order.entries[i - 1];
            order.entries[i - 1] = kept;
        }
        struct dossier other = fold(&order, other_flags);
        assert_memory_equal(&one, &other, sizeof one);
    }
    assert_true(agreed > 1000 && open > 1000 && out_of_turn > 1000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_negotiation_comes_to_its_end),
        cmocka_unit_test(what_is_not_in_the_tables_is_out_of_turn),
        cmocka_unit_test(a_dossier_stays_of_its_family),
        cmocka_unit_test(a_learning_agreement_runs_beside_the_stay),
        cmocka_unit_test(any_records_fold_alike_in_any_order),
        cmocka_unit_test(learning_agreements_fold_alike_in_any_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
