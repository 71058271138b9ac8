#include "figures/figures_pipeline.h"

enum actor { NOBODY, HOME, HOST };

/* In the order in which a mobility goes through them; then what has left the way. */
static const struct step {
    enum dossier_state state;
    const char *name;
    enum actor actor;
    const char *command;
} steps[] = {
    {DOSSIER_PENDING, "nominated", HOST, "nomination accept, refuse or waitlist"},
    {DOSSIER_WAITLISTED, "on the waiting list", HOST, "nomination accept or refuse"},
    {DOSSIER_REOPENED, "changed, asked again", HOST, "nomination accept or refuse"},
    {DOSSIER_ACCEPTED, "accepted", HOST, "stay arrive"},
    {DOSSIER_ARRIVED, "there", HOST, "stay depart"},
    {DOSSIER_EXTENDING, "asks to stay longer", HOST, "stay extend"},
    {DOSSIER_DEPARTED, "left, results awaited", HOST, "transcript import"},
    {DOSSIER_TRANSCRIPT, "results are home", HOME, "recognition propose"},
    {DOSSIER_RECOGNISED, "recognised", NOBODY, NULL},
    {DOSSIER_REFUSED, "refused", NOBODY, NULL},
    {DOSSIER_WITHDRAWN, "withdrawn", NOBODY, NULL},
    {DOSSIER_REVOKED, "acceptance revoked", HOME, "nomination import: a new dossier"},
    {DOSSIER_VOID, "broke a rule", HOME, "nomination import: a new dossier"},
};

static const struct figures_column way = {"direction", "WAY", FIGURES_TEXT};
static const struct figures_column step = {"step", "STEP", FIGURES_TEXT};
static const struct figures_column counted = {"count", "COUNT", FIGURES_NUMBER};
static const struct figures_column actor = {"must_act", "WHO MUST ACT", FIGURES_TEXT};
static const struct figures_column since = {"since", "LONGEST SINCE", FIGURES_TEXT};
static const struct figures_column command = {"command", "WITH", FIGURES_TEXT};

const struct figures_column *const figures_pipeline_columns[] = {&way,   &step,    &counted, &actor,
                                                                 &since, &command, NULL};

static struct figures_cell text(const char *said)
{
    return (struct figures_cell) {.state = said ? FIGURES_THERE : FIGURES_NOTHING, .text = said};
}

/* `2026-11-22`. NULL where there is none, or the arena is spent. */
static const char *day_of(uint64_t seconds, struct arena *arena)
{
    enum { DATE = 10 };
    char at[INSTANT_TEXT_SIZE];
    if (!seconds)
        return NULL;
    instant_text((struct instant) {(int64_t)seconds * INSTANT_SECOND}, at);
    return arena_format(arena, "%.*s", DATE, at);
}

/* What a partner must do is no command of ours. */
static enum fault row_add(const struct figures *figures, const char *own, struct arena *arena,
                          struct figures_table *table, int direction, const struct step *on)
{
    const struct figures_step *stands = &figures->steps[direction][on->state];
    struct figures_cell *row = figures_table_row(table, arena);
    bool ours = on->actor == (direction == FIGURES_OUT ? HOME : HOST), waits = stands->count > 0;
    if (!row)
        return FAULT_MEMORY;
    row[0] = text(direction == FIGURES_OUT ? "out" : "in");
    row[1] = text(on->name);
    row[2] = (struct figures_cell) {.state = FIGURES_THERE, .number = (int64_t)stands->count};
    row[3] = text(on->actor == NOBODY ? NULL : ours ? own : "the partner");
    row[4] = text(on->actor == NOBODY ? NULL : day_of(stands->since, arena));
    row[5] = text(ours && waits ? on->command : NULL);
    return FAULT_NONE;
}

enum fault figures_pipeline_fill(const struct figures *figures, const char *own,
                                 struct arena *arena, struct figures_table *table)
{
    table->note = "A step that nobody stands on is shown as well: it is the way of every dossier.";
    for (int direction = 0; direction < FIGURES_WAYS; direction++)
        for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
            TRY(row_add(figures, own, arena, table, direction, &steps[i]));
    return FAULT_NONE;
}
