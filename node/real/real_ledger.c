#include "real/real_ledger.h"

#include "real/real_dice.h"
#include "real/real_time.h"

#include <assert.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { OPEN_MAX = 4096, OPEN_OF_NODE = 60, RETRY_MS = 12, SLOTS_LEAST = 1024 };
static const uint64_t matters_stream = 0x6D6174746572;

static const char *const kinds[] = {
    [REAL_DEED_NOMINATION] = "nomination",      [REAL_DEED_AMENDMENT] = "amendment",
    [REAL_DEED_SECOND_AMENDMENT] = "amendment", [REAL_DEED_DECISION] = "decision",
    [REAL_DEED_TRANSCRIPT] = "credit_record",
};

static_assert(sizeof kinds / sizeof *kinds == REAL_DEED_COUNT, "one for each");

struct real_ledger {
    pthread_mutex_t lock;
    FILE *file;
    uint64_t seed, allowed;
    size_t nodes;
    struct real_matter *matters;
    size_t count, room;
    uint32_t open[OPEN_MAX];
    size_t open_count, open_of[UINT8_MAX];
    uint32_t *slots; /* by dossier: number + 1; a power of two, at least twice the count */
    size_t slot_count;
    struct real_ledger_sums sums;
};

const char *real_ledger_kind(enum real_deed deed)
{
    assert(deed < REAL_DEED_COUNT);
    return kinds[deed];
}

struct real_ledger *real_ledger_open(const char *path, uint64_t seed, size_t nodes)
{
    struct real_ledger *ledger = calloc(1, sizeof *ledger);
    if (!ledger)
        return NULL;
    *ledger = (struct real_ledger) {.seed = seed, .nodes = nodes, .slot_count = SLOTS_LEAST};
    pthread_mutex_init(&ledger->lock, NULL);
    ledger->slots = calloc(ledger->slot_count, sizeof *ledger->slots);
    ledger->file = fopen(path, "ae");
    if (ledger->slots && ledger->file)
        return ledger;
    real_ledger_close(ledger);
    return NULL;
}

void real_ledger_close(struct real_ledger *ledger)
{
    if (!ledger)
        return;
    if (ledger->file)
        fclose(ledger->file);
    pthread_mutex_destroy(&ledger->lock);
    free(ledger->slots);
    free(ledger->matters);
    free(ledger);
}

void real_ledger_allow(struct real_ledger *ledger, uint64_t matters)
{
    pthread_mutex_lock(&ledger->lock);
    if (matters > ledger->allowed)
        ledger->allowed = matters;
    pthread_mutex_unlock(&ledger->lock);
}

/* ---- by dossier ---- */

static size_t slot_of(const struct real_ledger *ledger, const char *dossier)
{
    uint64_t mixed = 0;
    for (const char *letter = dossier; *letter; letter++)
        mixed = real_dice_draw(mixed, (uint8_t)*letter, 0);
    size_t slot = mixed & (ledger->slot_count - 1);
    while (ledger->slots[slot] &&
           strcmp(ledger->matters[ledger->slots[slot] - 1].dossier, dossier) != 0)
        slot = (slot + 1) & (ledger->slot_count - 1);
    return slot;
}

static bool slots_grow(struct real_ledger *ledger)
{
    size_t before = ledger->slot_count;
    uint32_t *old = ledger->slots, *wider = calloc(2 * before, sizeof *wider);
    if (!wider)
        return false;
    ledger->slots = wider;
    ledger->slot_count = 2 * before;
    for (size_t i = 0; i < before; i++)
        if (old[i])
            ledger->slots[slot_of(ledger, ledger->matters[old[i] - 1].dossier)] = old[i];
    free(old);
    return true;
}

const struct real_matter *real_ledger_find(const struct real_ledger *ledger, const char *dossier)
{
    uint32_t found = ledger->slots[slot_of(ledger, dossier)];
    return found ? &ledger->matters[found - 1] : NULL;
}

/* ---- what is to be done ---- */

enum real_deed real_ledger_next_deed(const struct real_matter *matter)
{
    const enum real_deed amended = REAL_DEED_NOMINATION + matter->amendments;
    for (enum real_deed deed = REAL_DEED_NOMINATION; deed <= amended; deed++)
        if (!matter->answered[deed])
            return deed;
    if (!matter->answered[REAL_DEED_DECISION])
        return REAL_DEED_DECISION;
    bool issues = matter->issues && !matter->answered[REAL_DEED_TRANSCRIPT];
    return issues ? REAL_DEED_TRANSCRIPT : REAL_DEED_NONE;
}

static size_t actor_of(const struct real_matter *matter, enum real_deed deed)
{
    return deed >= REAL_DEED_DECISION ? matter->partner : matter->author;
}

static bool open_find(struct real_ledger *ledger, size_t node, size_t *at)
{
    int64_t now = real_time_ms();
    for (size_t i = 0; i < ledger->open_count; i++) {
        const struct real_matter *matter = &ledger->matters[ledger->open[i]];
        if (!matter->busy && matter->not_before_ms <= now &&
            actor_of(matter, real_ledger_next_deed(matter)) == node) {
            *at = ledger->open[i];
            return true;
        }
    }
    return false;
}

static bool room_make(struct real_ledger *ledger)
{
    if (2 * (ledger->count + 1) > ledger->slot_count && !slots_grow(ledger))
        return false;
    if (ledger->count < ledger->room)
        return true;
    size_t room = 2 * ledger->room + 256;
    struct real_matter *grown = realloc(ledger->matters, room * sizeof *grown);
    if (!grown)
        return false;
    ledger->matters = grown;
    ledger->room = room;
    return true;
}

static bool begin(struct real_ledger *ledger, size_t node, size_t *at)
{
    if (ledger->count >= ledger->allowed || ledger->open_count == OPEN_MAX ||
        ledger->open_of[node] >= OPEN_OF_NODE || !room_make(ledger))
        return false;
    struct real_dice dice = {ledger->seed, matters_stream, ledger->count * 8};
    size_t other = (size_t)real_dice_between(&dice, 0, ledger->nodes - 2);
    struct real_matter *matter = &ledger->matters[ledger->count];
    *matter = (struct real_matter) {
        .number = (uint32_t)ledger->count,
        .author = (uint16_t)node,
        .partner = (uint16_t)(other + (other >= node)),
        .amendments = (uint8_t)(real_dice_permille(&dice, 350) + real_dice_permille(&dice, 150)),
        .accepts = real_dice_permille(&dice, 700),
    };
    matter->issues = matter->accepts && real_dice_permille(&dice, 600);
    *at = ledger->count;
    ledger->open[ledger->open_count++] = (uint32_t)ledger->count++;
    ledger->open_of[node]++;
    ledger->sums.matters++;
    return true;
}

bool real_ledger_next(struct real_ledger *ledger, size_t node, struct real_task *out)
{
    size_t at;
    assert(node < ledger->nodes);
    pthread_mutex_lock(&ledger->lock);
    bool found = open_find(ledger, node, &at) || begin(ledger, node, &at);
    if (found) {
        ledger->matters[at].busy = true;
        *out =
            (struct real_task) {ledger->matters[at], real_ledger_next_deed(&ledger->matters[at])};
    }
    pthread_mutex_unlock(&ledger->lock);
    return found;
}

void real_ledger_key(const struct real_task *task, char out[static REAL_LEDGER_KEY])
{
    snprintf(out, REAL_LEDGER_KEY, "real-%u-%d", task->matter.number, (int)task->deed);
}

/* ---- answers ---- */

/* False: it was not open. */
static bool close_matter(struct real_ledger *ledger, const struct real_matter *matter)
{
    for (size_t i = 0; i < ledger->open_count; i++)
        if (ledger->open[i] == matter->number) {
            ledger->open[i] = ledger->open[--ledger->open_count];
            ledger->open_of[matter->author]--;
            return true;
        }
    return false;
}

static void close_if_done(struct real_ledger *ledger, const struct real_matter *matter)
{
    if (real_ledger_next_deed(matter) != REAL_DEED_NONE)
        return;
    bool was_open = close_matter(ledger, matter);
    assert(was_open);
}

void real_ledger_excuse(struct real_ledger *ledger, size_t number, enum real_excuse excuse)
{
    assert(number < ledger->count && excuse < REAL_EXCUSE_COUNT);
    struct real_matter *matter = &ledger->matters[number];
    pthread_mutex_lock(&ledger->lock);
    (void)close_matter(ledger, matter);
    matter->excuse = excuse;
    pthread_mutex_unlock(&ledger->lock);
}

static void contradict(struct real_ledger *ledger, const struct real_matter *matter)
{
    if (!ledger->sums.contradictions++)
        snprintf(ledger->sums.contradiction, sizeof ledger->sums.contradiction, "%s",
                 matter->dossier);
}

static void note(struct real_ledger *ledger, struct real_matter *matter,
                 const struct real_task *task, const struct real_acknowledgement *answer)
{
    bool opens = task->deed == REAL_DEED_NOMINATION;
    if (!opens && strcmp(matter->dossier, answer->dossier) != 0)
        contradict(ledger, matter);
    if (opens) {
        snprintf(matter->dossier, sizeof matter->dossier, "%s", answer->dossier);
        ledger->slots[slot_of(ledger, matter->dossier)] = matter->number + 1;
    }
    snprintf(matter->ids[task->deed], sizeof matter->ids[0], "%s", answer->id);
    matter->answered[task->deed] = true;
    *matter->refused = '\0';
}

void real_ledger_answered(struct real_ledger *ledger, const struct real_task *task,
                          const struct real_acknowledgement *answer)
{
    pthread_mutex_lock(&ledger->lock);
    struct real_matter *matter = &ledger->matters[task->matter.number];
    assert(matter->busy && !matter->answered[task->deed]);
    fprintf(ledger->file,
            "{\"number\": %u, \"deed\": \"%s\", \"dossier\": \"%s\", \"id\": \"%s\"}\n",
            matter->number, kinds[task->deed], answer->dossier, answer->id);
    fflush(ledger->file);
    ledger->sums.acknowledged++;
    ledger->sums.repeated += answer->repeated;
    note(ledger, matter, task, answer);
    matter->busy = false;
    close_if_done(ledger, matter);
    pthread_mutex_unlock(&ledger->lock);
}

void real_ledger_answered_again(struct real_ledger *ledger, const struct real_task *task,
                                const struct real_acknowledgement *answer)
{
    pthread_mutex_lock(&ledger->lock);
    const struct real_matter *matter = &ledger->matters[task->matter.number];
    const char *id = matter->ids[task->deed];
    assert(matter->answered[task->deed]);
    ledger->sums.repeated++;
    if (!answer->repeated || strcmp(answer->dossier, matter->dossier) != 0 ||
        (*id && *answer->id && strcmp(answer->id, id) != 0))
        contradict(ledger, matter);
    pthread_mutex_unlock(&ledger->lock);
}

void real_ledger_put_back(struct real_ledger *ledger, const struct real_task *task,
                          const char *code)
{
    pthread_mutex_lock(&ledger->lock);
    struct real_matter *matter = &ledger->matters[task->matter.number];
    matter->busy = false;
    matter->not_before_ms = real_time_ms() + RETRY_MS;
    snprintf(matter->refused, sizeof matter->refused, "%s", code);
    pthread_mutex_unlock(&ledger->lock);
}

/* ---- looking ---- */

struct real_ledger_sums real_ledger_sums(struct real_ledger *ledger)
{
    pthread_mutex_lock(&ledger->lock);
    struct real_ledger_sums sums = ledger->sums;
    sums.open = ledger->open_count;
    pthread_mutex_unlock(&ledger->lock);
    return sums;
}

size_t real_ledger_count(const struct real_ledger *ledger)
{
    return ledger->count;
}

const struct real_matter *real_ledger_matter(const struct real_ledger *ledger, size_t number)
{
    assert(number < ledger->count);
    return &ledger->matters[number];
}
