#include "real/real_reckon.h"

#include "real/real_api.h"
#include "real/real_asked.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { RECORDS_MAX = 64, TARGET_SIZE = 160, FOUND = 200, NOT_FOUND = 404 };

static const char *const names[] = {
    [REAL_WRONG_LOST] = "lost",
    [REAL_WRONG_DOUBLED] = "doubled",
    [REAL_WRONG_ALTERED] = "altered",
    [REAL_WRONG_DISAGREES] = "disagreeing",
    [REAL_WRONG_UNRECEIPTED] = "unreceipted",
    [REAL_WRONG_REFUSED] = "refused",
};

static_assert(sizeof names / sizeof *names == REAL_WRONG_COUNT, "one for each");

const char *real_reckon_name(enum real_wrong wrong)
{
    assert(wrong < REAL_WRONG_COUNT);
    return names[wrong];
}

static void say(struct real_reckoning *reckoning, enum real_wrong wrong, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
static void say(struct real_reckoning *reckoning, enum real_wrong wrong, const char *format, ...)
{
    va_list list;
    reckoning->counts[wrong]++;
    if (reckoning->text_count == REAL_RECKON_TEXTS)
        return;
    char *text = reckoning->texts[reckoning->text_count++];
    int size = snprintf(text, REAL_RECKON_TEXT, "%s: ", names[wrong]);
    va_start(list, format);
    vsnprintf(text + size, REAL_RECKON_TEXT - (size_t)size, format, list);
    va_end(list);
}

uint64_t real_reckon_wrongs(const struct real_reckoning *reckoning)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < REAL_WRONG_COUNT; i++)
        sum += reckoning->counts[i];
    return sum;
}

/* ---- one side of a dossier ---- */

/* Its records, and which of them an acknowledgement stands for. */
struct side {
    const char *node, *author, *dossier;
    const struct real_matter *matter;
    const json_t *records[RECORDS_MAX];
    bool used[RECORDS_MAX];
    size_t count;
};

static void side_fill(struct side *side, const struct real_sides *sides, size_t which,
                      const struct real_matter *matter)
{
    const json_t *records = json_object_get(sides->views[which], "records");
    *side = (struct side) {.node = sides->names[which],
                           .author = sides->names[0],
                           .dossier = matter->dossier,
                           .matter = matter};
    side->count = json_array_size(records);
    if (side->count > RECORDS_MAX)
        side->count = RECORDS_MAX;
    for (size_t i = 0; i < side->count; i++)
        side->records[i] = json_array_get(records, i);
}

static bool stands_for(const struct side *side, size_t at, const char *kind, const char *id)
{
    const json_t *record = side->records[at];
    return !side->used[at] && strcmp(real_api_text(record, "kind"), kind) == 0 &&
           (!*id || strcmp(real_api_text(record, "id"), id) == 0);
}

/* Every value that was asked for is there, and no other one. */
static bool as_asked(const struct side *side, enum real_deed deed, const json_t *shown)
{
    json_t *asked = real_asked_body(side->author, side->matter, deed);
    bool same = json_equal(asked, shown);
    json_decref(asked);
    return same;
}

static void look_at(struct real_reckoning *reckoning, const struct side *side, size_t at,
                    enum real_deed deed)
{
    const json_t *record = side->records[at];
    const char *id = real_api_text(record, "id"), *kind = real_api_text(record, "kind");
    if (!as_asked(side, deed, json_object_get(record, "body")))
        say(reckoning, REAL_WRONG_ALTERED, "%s %s of dossier %s at %s is not what was asked for",
            kind, id, side->dossier, side->node);
    if (json_is_null(json_object_get(record, "receipted_at")))
        say(reckoning, REAL_WRONG_UNRECEIPTED, "%s %s of dossier %s at %s", kind, id, side->dossier,
            side->node);
    if (json_is_true(json_object_get(record, "out_of_turn")) ||
        json_is_true(json_object_get(record, "void")) ||
        json_is_true(json_object_get(record, "waiting")))
        say(reckoning, REAL_WRONG_REFUSED, "%s %s of dossier %s has no effect at %s", kind, id,
            side->dossier, side->node);
}

/* The record of one deed. Two with one id would be two: the second stays unused. */
static void deed_find(struct real_reckoning *reckoning, struct side *side, enum real_deed deed,
                      const char *id)
{
    const char *kind = real_ledger_kind(deed);
    for (size_t i = 0; i < side->count; i++)
        if (stands_for(side, i, kind, id)) {
            side->used[i] = true;
            look_at(reckoning, side, i, deed);
            return;
        }
    say(reckoning, REAL_WRONG_LOST, "%s %s of dossier %s was acknowledged and is not at %s", kind,
        *id ? id : "(that waited for its turn)", side->dossier, side->node);
}

/* Those first whose id was told: what waited takes one of the others. */
static void deeds_find(struct real_reckoning *reckoning, struct side *side,
                       const struct real_matter *matter)
{
    for (int told = 1; told >= 0; told--)
        for (enum real_deed deed = 0; deed < REAL_DEED_COUNT; deed++)
            if (matter->answered[deed] && (*matter->ids[deed] != '\0') == told)
                deed_find(reckoning, side, deed, matter->ids[deed]);
}

static void rest_look(struct real_reckoning *reckoning, const struct side *side)
{
    for (size_t i = 0; i < side->count; i++) {
        const char *kind = real_api_text(side->records[i], "kind");
        bool refusal = strcmp(kind, "refusal") == 0;
        if (!side->used[i])
            say(reckoning, refusal ? REAL_WRONG_REFUSED : REAL_WRONG_DOUBLED,
                "%s %s of dossier %s at %s, which nobody asked for", kind,
                real_api_text(side->records[i], "id"), side->dossier, side->node);
    }
}

/* ---- what comes of all of them ---- */

/* The data in force are the last that were given, and the state is that of the last deed. */
static void whole_look(struct real_reckoning *reckoning, const struct side *side,
                       const json_t *view)
{
    const char *asked = real_asked_state(side->matter), *state = real_api_text(view, "state");
    if (asked && strcmp(asked, state) != 0)
        say(reckoning, REAL_WRONG_ALTERED, "dossier %s is %s at %s, where %s was asked for",
            side->dossier, state, side->node, asked);
    if (!as_asked(side, real_asked_latest(side->matter), json_object_get(view, "nomination")))
        say(reckoning, REAL_WRONG_ALTERED,
            "the nomination in force in dossier %s at %s is not the last that was asked for",
            side->dossier, side->node);
    const json_t *decision = json_object_get(view, "decision");
    json_t *decided = real_asked_body(side->author, side->matter, REAL_DEED_DECISION);
    const char *outcome = real_api_text(decided, "outcome");
    if (side->matter->answered[REAL_DEED_DECISION] &&
        (strcmp(real_api_text(decision, "outcome"), outcome) != 0 ||
         strcmp(real_api_text(decision, "reason"), real_api_text(decided, "reason")) != 0))
        say(reckoning, REAL_WRONG_ALTERED,
            "the decision in force in dossier %s at %s is not %s, which was asked for",
            side->dossier, side->node, outcome);
    json_decref(decided);
}

/* ---- both sides ---- */

static bool has_id(const struct side *side, const char *id)
{
    for (size_t i = 0; i < side->count; i++)
        if (strcmp(real_api_text(side->records[i], "id"), id) == 0)
            return true;
    return false;
}

static void agree(struct real_reckoning *reckoning, const struct side sides[static 2],
                  const json_t *const views[static 2])
{
    const char *states[2] = {real_api_text(views[0], "state"), real_api_text(views[1], "state")};
    if (strcmp(states[0], states[1]) != 0)
        say(reckoning, REAL_WRONG_DISAGREES, "dossier %s is %s at %s and %s at %s",
            sides[0].dossier, states[0], sides[0].node, states[1], sides[1].node);
    for (size_t which = 0; which < 2; which++)
        for (size_t i = 0; i < sides[which].count; i++) {
            const char *id = real_api_text(sides[which].records[i], "id");
            if (!has_id(&sides[1 - which], id))
                say(reckoning, REAL_WRONG_DISAGREES, "record %s of dossier %s is at %s alone", id,
                    sides[0].dossier, sides[which].node);
        }
}

void real_reckon_matter(struct real_reckoning *reckoning, const struct real_matter *matter,
                        const struct real_sides *sides)
{
    struct side both[2];
    reckoning->dossiers++;
    if (matter->excuse != REAL_EXCUSE_NONE && !sides->views[0] && !sides->views[1]) {
        reckoning->excused[matter->excuse]++;
        return;
    }
    for (size_t which = 0; which < 2; which++) {
        side_fill(&both[which], sides, which, matter);
        deeds_find(reckoning, &both[which], matter);
        rest_look(reckoning, &both[which]);
        if (sides->views[which])
            whole_look(reckoning, &both[which], sides->views[which]);
    }
    if (sides->views[0] && sides->views[1])
        agree(reckoning, both, sides->views);
}

void real_reckon_stranger(struct real_reckoning *reckoning, const char *dossier, const char *node)
{
    say(reckoning, REAL_WRONG_DOUBLED, "dossier %s at %s stands for nothing that was answered",
        dossier, node);
}

/* ---- asking the nodes ---- */

static bool show(const struct real_node *node, const struct real_matter *matter, json_t **out)
{
    char target[TARGET_SIZE];
    int status;
    snprintf(target, sizeof target, "/api/v1/nominations/%s", matter->dossier);
    *out = real_api_call(node->socket, "GET", target, NULL, NULL, &status);
    if (*out && status != FOUND) {
        json_decref(*out);
        *out = NULL;
    }
    return status == FOUND || status == NOT_FOUND;
}

/* NULL, or the node that does not answer. */
static const struct real_node *matter_look(const struct real_federation *federation,
                                           const struct real_matter *matter,
                                           struct real_reckoning *reckoning)
{
    const struct real_node *nodes[2] = {&federation->nodes[matter->author],
                                        &federation->nodes[matter->partner]};
    const struct real_node *silent = NULL;
    json_t *views[2] = {NULL, NULL};
    for (size_t which = 0; which < 2 && !silent; which++)
        silent = show(nodes[which], matter, &views[which]) ? NULL : nodes[which];
    if (!silent)
        real_reckon_matter(
            reckoning, matter,
            &(struct real_sides) {{nodes[0]->schac, nodes[1]->schac}, {views[0], views[1]}});
    json_decref(views[0]);
    json_decref(views[1]);
    return silent;
}

/* Every dossier that a node lists is one that was answered. */
static bool list_look(const struct real_node *node, const struct real_ledger *ledger,
                      struct real_reckoning *reckoning)
{
    char target[TARGET_SIZE], after[TARGET_SIZE / 2] = "";
    do {
        snprintf(target, sizeof target, "/api/v1/nominations?limit=500%s%s",
                 *after ? "&after=" : "", after);
        json_t *page = real_api_get(node->socket, target);
        if (!page)
            return false;
        const json_t *rows = json_object_get(page, "nominations");
        for (size_t i = 0; i < json_array_size(rows); i++) {
            const char *dossier = real_api_text(json_array_get(rows, i), "dossier");
            if (!real_ledger_find(ledger, dossier))
                real_reckon_stranger(reckoning, dossier, node->schac);
        }
        snprintf(after, sizeof after, "%s", real_api_text(page, "next"));
        json_decref(page);
    } while (*after);
    return true;
}

const struct real_node *real_reckon_all(const struct real_federation *federation,
                                        const struct real_ledger *ledger, size_t first, bool lists,
                                        struct real_reckoning *out)
{
    struct real_reckoning reckoning = {0};
    const struct real_node *silent = NULL;
    for (size_t i = first; i < real_ledger_count(ledger) && !silent; i++) {
        const struct real_matter *matter = real_ledger_matter(ledger, i);
        if (*matter->dossier)
            silent = matter_look(federation, matter, &reckoning);
    }
    for (size_t i = 0; lists && i < federation->count && !silent; i++)
        if (!list_look(&federation->nodes[i], ledger, &reckoning))
            silent = &federation->nodes[i];
    if (!silent)
        *out = reckoning;
    return silent;
}
