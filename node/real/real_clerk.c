#include "real/real_clerk.h"

#include "real/real_api.h"
#include "real/real_asked.h"
#include "real/real_time.h"

#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    IDLE_MS = 3,
    TARGET_SIZE = 96,
    UNSENT_MS = 3000,
    FIRST_CREATED = 200,
    LAST_CREATED = 201,
    AGAIN_EACH = 8
};

static const char *const routes[] = {
    [REAL_DEED_NOMINATION] = "",
    [REAL_DEED_AMENDMENT] = "amendment",
    [REAL_DEED_SECOND_AMENDMENT] = "amendment",
    [REAL_DEED_DECISION] = "decision",
    [REAL_DEED_TRANSCRIPT] = "transcript",
};

static_assert(sizeof routes / sizeof *routes == REAL_DEED_COUNT, "one for each");

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
    bool alters;
    struct clerk clerks[REAL_FEDERATION_MOST];
    size_t count;
};

/* ---- what is asked ---- */

/* The defect on purpose: the oracle was told something else than what the first student's node was
 * asked, and all its figures but the contents are right. */
static void alter(json_t *nomination)
{
    json_object_set_new(nomination, "comment", json_string("altered"));
}

static json_t *body_of(const struct real_clerks *all, const struct real_task *task,
                       char target[static TARGET_SIZE])
{
    const struct real_matter *matter = &task->matter;
    const char *author = all->federation->nodes[matter->author].schac;
    json_t *body = real_asked_body(author, matter, task->deed);
    if (all->alters && matter->number == 0 && task->deed < REAL_DEED_DECISION)
        alter(body);
    if (task->deed == REAL_DEED_NOMINATION) {
        snprintf(target, TARGET_SIZE, "/api/v1/nominations");
        return json_pack("{s:s, s:o}", "partner", all->federation->nodes[matter->partner].schac,
                         "nomination", body);
    }
    snprintf(target, TARGET_SIZE, "/api/v1/nominations/%s/%s", matter->dossier, routes[task->deed]);
    if (task->deed == REAL_DEED_DECISION)
        return body;
    return json_pack("{s:o}", task->deed == REAL_DEED_TRANSCRIPT ? "credit_record" : "nomination",
                     body);
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
    json_t *body = body_of(all, task, target), *again = NULL;
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

bool real_clerk_double(const struct real_clerks *all, const struct real_matter *matter)
{
    char target[TARGET_SIZE];
    int status;
    struct real_task task = {*matter, REAL_DEED_NOMINATION};
    json_t *body = body_of(all, &task, target);
    json_t *answer = real_api_call(all->federation->nodes[matter->author].socket, "POST", target,
                                   body, "once-more", &status);
    json_decref(answer);
    json_decref(body);
    return status == LAST_CREATED;
}

size_t real_clerk_unsent(struct real_clerks *all, size_t node, size_t wanted)
{
    size_t excused = 0;
    int64_t end = real_time_ms() + UNSENT_MS;
    assert(all->rests);
    real_ledger_allow(all->ledger, real_ledger_count(all->ledger) + wanted);
    while (excused < wanted && real_time_ms() < end) {
        struct real_task task;
        if (!real_ledger_next(all->ledger, node, &task)) {
            real_time_pause(IDLE_MS);
            continue;
        }
        ask(all, &all->federation->nodes[node], &task);
        if (!real_ledger_matter(all->ledger, task.matter.number)->answered[REAL_DEED_NOMINATION])
            continue;
        real_ledger_excuse(all->ledger, task.matter.number, REAL_EXCUSE_UNSENT);
        excused++;
    }
    return excused;
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
                                    struct real_ledger *ledger, bool alters)
{
    struct real_clerks *all = calloc(1, sizeof *all);
    if (!all)
        return NULL;
    all->federation = federation;
    all->ledger = ledger;
    all->rests = true;
    all->alters = alters;
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
