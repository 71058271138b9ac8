#include "command/command_node.h"
#include "operate/operate_backup.h"
#include "operate/operate_verbs.h"

#include <inttypes.h>
#include <string.h>

static const char *const part_names[] = {
    [BACKUP_PART_CONFIGURATION] = "configuration",
    [BACKUP_PART_CATALOGUE] = "catalogue",
    [BACKUP_PART_ROOT] = "root",
    [BACKUP_PART_KEY] = "key",
    [BACKUP_PART_DATABASE] = "database",
};

/* For people, and for programs. */
static const struct {
    const char *says, *code;
} fates[] = {
    [BACKUP_MADE] = {"comes back", "made"},         [BACKUP_SAME] = {"is there, the same", "same"},
    [BACKUP_KEPT] = {"is there and stays", "kept"}, [BACKUP_REPLACED] = {"is replaced", "replaced"},
    [BACKUP_MISSING] = {"IS MISSING", "missing"},
};

static json_t *step_json(const struct backup_step *step)
{
    return json_pack("{s:s, s:s, s:s, s:s*}", "part", part_names[step->part], "path", step->path,
                     "fate", fates[step->fate].code, "aside", step->aside);
}

static void say_plan(struct command_work *work, const struct backup_plan *plan, bool done)
{
    json_t *steps = json_array();
    command_say_line(work, "Backup of node %s of federation %s, made %s: %" PRIu64 " records",
                     plan->facts.node, plan->facts.network, plan->facts.created,
                     plan->facts.records);
    for (size_t i = 0; i < plan->count; i++) {
        const struct backup_step *step = &plan->steps[i];
        command_say_line(work, "  %-13s  %-18s  %s", part_names[step->part], fates[step->fate].says,
                         step->path);
        if (step->aside)
            command_say_line(work, "  %-13s  %-18s  %s", "", "the old one, kept", step->aside);
        json_array_append_new(steps, step_json(step));
    }
    command_say_json(work,
                     json_pack("{s:i, s:s, s:s, s:I, s:b, s:o}", "schema", 1, "node",
                               plan->facts.node, "created_at", plan->facts.created, "records",
                               (json_int_t)plan->facts.records, "done", done, "steps", steps));
}

static void say_next_steps(struct command_work *work, const struct backup_plan *plan)
{
    const struct backup_step *database = &plan->steps[plan->count - 1];
    bool sealed = false;
    for (size_t i = 0; i < plan->count; i++) {
        const struct backup_step *step = &plan->steps[i];
        sealed = sealed || (step->part == BACKUP_PART_KEY && step->fate == BACKUP_MADE);
        if (step->fate == BACKUP_MISSING)
            command_say_note(work, "%s is in neither: put it there from where you keep it.",
                             step->path);
    }
    if (sealed)
        command_say_note(work, "The keys came back sealed: the node needs their passphrase "
                               "(--passphrase-file).");
    command_say_note(work,
                     "The node signs nothing until each partner has compared its records with "
                     "ours; what is missing here, partners give back.");
    command_say_next(work,
                     "peregrind -n -c %s     is all there that the node needs?\n"
                     "       peregrind -c %s        or: systemctl start peregrind\n"
                     "       peregrin status -c %s  until each partner is connected\n"
                     "       peregrin audit verify -c %s",
                     plan->place.configuration, plan->place.configuration,
                     plan->place.configuration, plan->place.configuration);
    if (database->aside)
        command_say_note(work, "To undo it while the node is stopped: mv %s %s", database->aside,
                         database->path);
}

/* A database that was removed under a running node is held by no lock: its socket tells. */
static enum command_exit check_stopped(struct command_work *work, const char *socket)
{
    struct command_request request = {.method = "GET", .path = "/api/v1/status", .socket = socket};
    struct command_reply reply;
    if (work->port->call(work->port->self, &request, work->arena, &reply) == FAULT_NETWORK)
        return COMMAND_DONE;
    struct backup_detail detail;
    snprintf(detail.text, sizeof detail.text, "it answers at %s", socket);
    return operate_backup_wrong(work, BACKUP_TAKEN, &detail);
}

static enum command_exit agree(struct command_work *work, const struct backup_plan *plan)
{
    const struct backup_step *database = &plan->steps[plan->count - 1];
    if (database->fate != BACKUP_REPLACED)
        return COMMAND_DONE;
    return command_say_confirm(
        work, command_work_text(work, "Replace the database at %s? The old one is kept beside it.",
                                database->path));
}

static const char *configuration_of(struct command_work *work)
{
    const char *dir = command_work_flag(work, "dir");
    return dir                   ? command_work_text(work, "%s/peregrind.conf", dir)
           : work->common.config ? work->common.config
                                 : work->port->config;
}

enum command_exit operate_restore_run(struct command_work *work)
{
    const struct command_backup_port *port = work->port->backup;
    struct operate_backup_meter meter = {.work = work};
    struct backup_plan *plan = arena_take(work->arena, sizeof *plan);
    struct backup_detail detail = {0};
    struct backup_restore restore = {.file = work->arguments[0],
                                     .configuration = configuration_of(work),
                                     .outside = command_work_flag(work, "outside"),
                                     .read_place = port->read_place,
                                     .now = work->port->now(work->port->self),
                                     .progress = {&meter, operate_backup_report}};
    if (!restore.configuration)
        return command_say_usage(work, "add --dir DIR, or -c FILE", "restored to where?");
    if (!plan)
        return command_say_verdict(work, VERDICT_TOO_LARGE, restore.file);
    enum backup_problem problem = port->plan(&restore, work->arena, plan, &detail);
    if (problem)
        return operate_backup_wrong(work, problem, &detail);
    enum command_exit wrong = check_stopped(work, plan->place.socket);
    if (!wrong && !work->common.dry_run)
        wrong = agree(work, plan);
    if (wrong)
        return wrong;
    if (!work->common.dry_run)
        problem = port->restore(&restore, plan, work->arena, &detail);
    if (problem)
        return operate_backup_wrong(work, problem, &detail);
    say_plan(work, plan, !work->common.dry_run);
    if (!work->common.dry_run)
        say_next_steps(work, plan);
    return COMMAND_DONE;
}
