#include "real/real_clerk.h"

#include "real/real_api.h"
#include "real/real_time.h"

#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    IDLE_MS = 3,
    DIGITS = 12,
    TARGET_SIZE = 96,
    FIRST_CREATED = 200,
    LAST_CREATED = 201,
    AGAIN_EACH = 8
};

struct clerk {
    struct real_clerks *all;
    size_t node;
    pthread_t thread;
    _Atomic bool at_work;
};

struct real_clerks {
    const struct real_federation *federation;
    struct real_ledger *ledger;
    _Atomic bool rests, ends;
    struct clerk clerks[REAL_FEDERATION_MOST];
    size_t count;
};

/* ---- what is asked ---- */

/* The number as a name: names have no digits. */
static void letters(uint32_t number, char out[static DIGITS])
{
    snprintf(out, DIGITS, "%u", number);
    for (char *digit = out; *digit; digit++)
        *digit = (char)('a' + *digit - '0');
    *out = (char)(*out & ~0x20);
}

/* An invented student, told apart from all others by the number. */
static json_t *nomination(const char *author, const struct real_matter *matter, int amended)
{
    char name[DIGITS + 16], tail[DIGITS], birth[16], mail[96], esi[128], comment[32];
    uint32_t number = matter->number;
    letters(number, tail);
    snprintf(name, sizeof name, "Probe-%s", tail);
    snprintf(birth, sizeof birth, "%u-0%u-1%u", 1998 + number % 8, 1 + number % 9, number % 10);
    snprintf(mail, sizeof mail, "probe.%u@student.%s", number, author);
    snprintf(esi, sizeof esi, "urn:schac:personalUniqueCode:int:esi:%s:%07u", author, number);
    snprintf(comment, sizeof comment, "amended %d", amended);
    return json_pack("{s:{s:s, s:s, s:s, s:i, s:s, s:s, s:s}, s:s, s:s, s:i, s:i, s:s, s:s*}",
                     "person", "family_name", name, "given_names", "Ada", "birth_date", birth,
                     "gender", 2, "nationality", "BE", "email", mail, "esi", esi, "mobility",
                     "studies", "year", "2026/2027", "term", (int)(1 + number % 2), "eqf", 6,
                     "isced_f", "0613", "comment", amended ? comment : NULL);
}

static json_t *body_of(const struct real_federation *federation, const struct real_task *task,
                       char target[static TARGET_SIZE])
{
    const struct real_matter *matter = &task->matter;
    const char *author = federation->nodes[matter->author].schac;
    if (task->deed == REAL_DEED_NOMINATION) {
        snprintf(target, TARGET_SIZE, "/api/v1/nominations");
        return json_pack("{s:s, s:o}", "partner", federation->nodes[matter->partner].schac,
                         "nomination", nomination(author, matter, 0));
    }
    snprintf(target, TARGET_SIZE, "/api/v1/nominations/%s/%s", matter->dossier,
             real_ledger_kind(task->deed));
    if (task->deed != REAL_DEED_DECISION)
        return json_pack("{s:o}", "nomination", nomination(author, matter, (int)task->deed));
    if (matter->accepts)
        return json_pack("{s:s}", "outcome", "accept");
    return json_pack("{s:s, s:s}", "outcome", "refuse", "reason", "places");
}

/* The host decides over what it has before its eyes, when all of it is there; a decision may be
 * there too, whose answer was lost. */
static bool ready_to_decide(const char *socket, const struct real_matter *matter)
{
    char target[TARGET_SIZE];
    snprintf(target, sizeof target, "/api/v1/nominations/%s", matter->dossier);
    json_t *dossier = real_api_get(socket, target);
    size_t count = json_array_size(json_object_get(dossier, "records"));
    json_decref(dossier);
    return count >= 1U + matter->amendments;
}

static const char *code_of(json_t *answer)
{
    const char *code = real_api_text(json_object_get(answer, "error"), "code");
    return *code ? code : "no answer";
}

static bool is_done(const json_t *answer, int status)
{
    return answer && status >= FIRST_CREATED && status <= LAST_CREATED;
}

static struct real_acknowledgement acknowledgement(const json_t *answer)
{
    return (struct real_acknowledgement) {real_api_text(answer, "dossier"),
                                          real_api_text(answer, "id"),
                                          json_is_true(json_object_get(answer, "repeated"))};
}

/* Some are asked twice, as by a person who presses a button twice: it must be done once. */
static void ask(struct real_clerks *all, const struct real_node *node, const struct real_task *task)
{
    char target[TARGET_SIZE], key[REAL_LEDGER_KEY];
    int status = 0;
    if (task->deed == REAL_DEED_DECISION && !ready_to_decide(node->socket, &task->matter)) {
        real_ledger_put_back(all->ledger, task, "the partner has not all of it");
        return;
    }
    json_t *body = body_of(all->federation, task, target), *again = NULL;
    real_ledger_key(task, key);
    json_t *answer = real_api_call(node->socket, "POST", target, body, key, &status);
    if (is_done(answer, status)) {
        const struct real_acknowledgement told = acknowledgement(answer);
        real_ledger_answered(all->ledger, task, &told);
        if (task->matter.number % AGAIN_EACH == task->deed)
            again = real_api_call(node->socket, "POST", target, body, key, &status);
    } else {
        real_ledger_put_back(all->ledger, task, code_of(answer));
    }
    if (is_done(again, status)) {
        const struct real_acknowledgement told = acknowledgement(again);
        real_ledger_answered_again(all->ledger, task, &told);
    }
    json_decref(again);
    json_decref(answer);
    json_decref(body);
}

bool real_clerk_double(const struct real_federation *federation, const struct real_matter *matter)
{
    char target[TARGET_SIZE];
    int status;
    struct real_task task = {*matter, REAL_DEED_NOMINATION};
    json_t *body = body_of(federation, &task, target);
    json_t *answer = real_api_call(federation->nodes[matter->author].socket, "POST", target, body,
                                   "once-more", &status);
    json_decref(answer);
    json_decref(body);
    return status == LAST_CREATED;
}

/* ---- threads ---- */

static void *run(void *self)
{
    struct clerk *clerk = self;
    struct real_clerks *all = clerk->all;
    while (!all->ends) {
        struct real_task task;
        clerk->at_work = true;
        bool works = !all->rests && real_ledger_next(all->ledger, clerk->node, &task);
        if (works)
            ask(all, &all->federation->nodes[clerk->node], &task);
        clerk->at_work = false;
        if (!works)
            real_time_pause(IDLE_MS);
    }
    return NULL;
}

struct real_clerks *real_clerk_open(const struct real_federation *federation,
                                    struct real_ledger *ledger)
{
    struct real_clerks *all = calloc(1, sizeof *all);
    if (!all)
        return NULL;
    all->federation = federation;
    all->ledger = ledger;
    all->rests = true;
    for (size_t i = 0; i < federation->count; i++) {
        struct clerk *clerk = &all->clerks[i];
        *clerk = (struct clerk) {.all = all, .node = i};
        if (pthread_create(&clerk->thread, NULL, run, clerk)) {
            real_clerk_close(all);
            return NULL;
        }
        all->count++;
    }
    return all;
}

void real_clerk_close(struct real_clerks *all)
{
    if (!all)
        return;
    all->ends = true;
    for (size_t i = 0; i < all->count; i++)
        pthread_join(all->clerks[i].thread, NULL);
    free(all);
}

void real_clerk_rest(struct real_clerks *all, bool rests)
{
    all->rests = rests;
    for (size_t i = 0; rests && i < all->count; i++)
        while (all->clerks[i].at_work)
            real_time_pause(1);
}
