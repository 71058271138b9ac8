#include "lab/lab_verbs.h"
#include "real/real.h"
#include "real/real_federation.h"

#include <errno.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SECONDS_OTHERWISE = 20, SECONDS_MAX = 7 * 86400, KILLS_MAX = 10000000, PATH_SIZE = 256 };

static const struct lab_flag flags[] = {
    {"nodes", "N", "how many nodes, 2 to 16 (3)"},
    {"seconds", "S", "ends after so long (20, where no --kills is given)"},
    {"kills", "K", "ends after so many kills"},
    {"seed", "N", "of all draws (random; it is said)"},
    {"faults", "LIST", "all, none, some of them: kill,drop; or all but some: -clock,-full"},
    {"keep", "DIR", "the federation, with all logs and databases, stays in DIR"},
    {"peregrind", "PATH", "another daemon than the one beside this program"},
    {"prove", "DAMAGE", "harm that the oracle must find: lost, doubled, altered or silent"},
    {NULL, NULL, NULL},
};

/* ---- what was typed ---- */

struct order {
    struct real_settings settings;
    char programs[PATH_SIZE], daemon[PATH_SIZE];
    struct lab_call *call;
};

static void beside(char out[static PATH_SIZE])
{
    ssize_t size = readlink("/proc/self/exe", out, PATH_SIZE - 1);
    out[size > 0 ? size : 0] = '\0';
    char *slash = strrchr(out, '/');
    if (slash)
        *slash = '\0';
}

static enum lab_exit faults_read(struct lab_call *call, struct real_settings *settings)
{
    const char *wrong;
    size_t size;
    char known[512] = "";
    if (real_fault_read(lab_value(call, "faults", "all"), &settings->faults, &wrong, &size))
        return LAB_DONE;
    for (enum real_fault fault = 0; fault < REAL_FAULT_COUNT; fault++) {
        strcat(known, fault ? ", " : "there are ");
        strcat(known, real_fault_name(fault));
    }
    return lab_wrong(call, LAB_USAGE, "usage", known, "there is no fault `%.*s`", (int)size, wrong);
}

static enum lab_exit prove_read(struct lab_call *call, struct real_settings *settings)
{
    const char *prove = lab_value(call, "prove", ""), *name;
    for (enum real_prove each = 1; *prove && (name = real_prove_name(each)); each++)
        if (strcmp(prove, name) == 0)
            settings->prove = each;
    if (*prove && settings->prove == REAL_PROVE_NOTHING)
        return lab_wrong(call, LAB_USAGE, "usage", NULL,
                         "--prove takes lost, doubled, altered or silent, not `%s`", prove);
    return LAB_DONE;
}

static enum lab_exit programs_find(struct lab_call *call, struct order *order)
{
    char peregrin[PATH_SIZE + 16];
    beside(order->programs);
    snprintf(peregrin, sizeof peregrin, "%s/peregrin", order->programs);
    snprintf(order->daemon, sizeof order->daemon, "%s", lab_value(call, "peregrind", ""));
    if (!*order->daemon &&
        snprintf(order->daemon, PATH_SIZE, "%s/peregrind", order->programs) >= PATH_SIZE)
        return lab_wrong(call, LAB_NOT_FOUND, "file", "give --peregrind", "the path is too long");
    const char *absent = access(peregrin, X_OK) ? peregrin : order->daemon;
    if (access(absent, X_OK))
        return lab_wrong(call, LAB_NOT_FOUND, "file",
                         "build or install peregrin and peregrind beside peregrin-sim, or give "
                         "--peregrind PATH",
                         "%s is no program", absent);
    return LAB_DONE;
}

/* Said before anything is made: where it will be, and that it can be there. */
static enum lab_exit place_check(struct lab_call *call)
{
    bool longer;
    const char *place = real_federation_place(&longer);
    struct stat facts;
    int missing = *place == '/' ? stat(place, &facts) || access(place, W_OK | X_OK) : EINVAL;
    if (longer && !call->json)
        fprintf(call->err,
                "TMPDIR has more than %d characters, too many for the paths of sockets: the nodes' "
                "folder is made in /tmp\n",
                REAL_FEDERATION_PLACE);
    if (!missing && S_ISDIR(facts.st_mode))
        return LAB_DONE;
    return lab_wrong(call, LAB_NOT_FOUND, "file",
                     "set TMPDIR to a folder that is there, with its whole path and the right to "
                     "write; without TMPDIR it is /tmp",
                     "the nodes' folder cannot be made in `%s`", place);
}

static enum lab_exit order_read(struct lab_call *call, struct order *order)
{
    struct real_settings *settings = &order->settings;
    uint64_t nodes, any = 0;
    bool timed = lab_given(call, "seconds") || !lab_given(call, "kills");
    if (getrandom(&any, sizeof any, 0) != sizeof any)
        any = 1;
    if (!lab_number(call, "nodes", REAL_FEDERATION_LEAST, REAL_FEDERATION_MOST, 3, &nodes) ||
        !lab_number(call, "seconds", 1, SECONDS_MAX, timed ? SECONDS_OTHERWISE : 0,
                    &settings->seconds) ||
        !lab_number(call, "kills", 1, KILLS_MAX, 0, &settings->kills) ||
        !lab_number(call, "seed", 0, UINT64_MAX, any >> 32, &settings->seed))
        return LAB_USAGE;
    settings->nodes = (size_t)nodes;
    enum lab_exit status = faults_read(call, settings);
    status = status ? status : prove_read(call, settings);
    if (!status && lab_given(call, "keep") && access(lab_value(call, "keep", ""), F_OK) == 0)
        status = lab_wrong(call, LAB_USAGE, "usage", "name a folder that is not there yet",
                           "%s is there already", lab_value(call, "keep", ""));
    status = status ? status : programs_find(call, order);
    return status ? status : place_check(call);
}

/* All that decides what is played, as it was given. */
static const char *replay(struct lab_call *call, const struct order *order)
{
    static const char *const given[] = {"seconds", "kills", "faults", "prove", "peregrind"};
    const char *line =
        arena_format(call->arena, "peregrin-sim real --seed %llu --nodes %zu",
                     (unsigned long long)order->settings.seed, order->settings.nodes);
    for (size_t i = 0; line && i < sizeof given / sizeof *given; i++)
        if (lab_given(call, given[i]))
            line = arena_format(call->arena, "%s --%s %s", line, given[i],
                                lab_value(call, given[i], ""));
    return line ? line : "";
}

/* ---- what is said ---- */

static void progress(void *self, const char *text)
{
    struct lab_call *call = self;
    fprintf(call->err, "%s\n", text);
}

static void print_means(FILE *out, const struct real_means *means)
{
    fputs("This machine has\n", out);
    for (enum real_mean mean = 0; mean < REAL_MEAN_COUNT; mean++)
        fprintf(out, "  %-3s %-18s %-30s %s%s%s\n", means->has[mean] ? "yes" : "no",
                real_means_name(mean), real_means_purpose(mean), means->has[mean] ? "" : "(",
                means->has[mean] ? "" : means->why[mean], means->has[mean] ? "" : ")");
}

static void found(void *self, const struct real_means *means)
{
    struct lab_call *call = self;
    print_means(call->out, means);
    fflush(call->out);
}

/* What was not looked at is neither good nor bad. */
static void print_nothing(FILE *out, const char *name)
{
    fprintf(out, "  %-34s %10s\n", name, "-");
}

static void print_number(FILE *out, const char *name, uint64_t number)
{
    fprintf(out, "  %-34s %10llu\n", name, (unsigned long long)number);
}

static void print_seconds(FILE *out, const char *name, uint64_t ms)
{
    fprintf(out, "  %-34s %10.1f s\n", name, (double)ms / 1000);
}

static void print_faults(FILE *out, const struct real_result *result)
{
    fputs("\nWhat was done\n", out);
    print_number(out, "frames through the relay", result->frames);
    for (enum real_fault fault = 0; fault < REAL_FAULT_COUNT; fault++)
        if (real_fault_in(result->faults, fault))
            fprintf(out, "  %-34s %10llu   %s\n", real_fault_name(fault),
                    (unsigned long long)result->counts[fault], real_fault_meaning(fault));
    for (enum real_point point = 0; point < REAL_POINT_COUNT; point++)
        if (result->points[point])
            fprintf(out, "    %-32s %10llu\n", real_node_point_name(point),
                    (unsigned long long)result->points[point]);
    print_number(out, "kills in all", result->kills);
    print_number(out, "starts", result->starts);
    print_number(out, "ended over a full disk, a clock", result->ended);
}

static uint64_t heal_ms_mean(const struct real_result *result)
{
    return result->rounds ? result->heal_ms_sum / result->rounds : 0;
}

static void print_result(FILE *out, const struct real_result *result)
{
    print_faults(out, result);
    fputs("\nWhat came of it\n", out);
    print_number(out, "rounds of chaos and healing", result->rounds);
    print_number(out, "dossiers begun", result->ledger.matters);
    print_number(out, "acknowledged", result->ledger.acknowledged);
    print_number(out, "asked again, and done before", result->ledger.repeated);
    for (enum real_wrong wrong = 0; wrong < REAL_WRONG_COUNT; wrong++)
        if (result->compared || result->reckoning.counts[wrong])
            print_number(out, real_reckon_name(wrong), result->reckoning.counts[wrong]);
        else
            print_nothing(out, real_reckon_name(wrong));
    print_number(out, "forgotten by both sides put back",
                 result->reckoning.excused[REAL_EXCUSE_BOTH]);
    print_number(out, "put back before it could leave",
                 result->reckoning.excused[REAL_EXCUSE_UNSENT]);
    print_number(out, "two answers to one key", result->ledger.contradictions);
    print_number(out, "audits", result->audits);
    print_number(out, "audits that found something", result->audits_failed);
    print_number(out, "nodes that fell by themselves", result->fallen);
    if (result->rounds) {
        print_seconds(out, "time to heal, mean", heal_ms_mean(result));
        print_seconds(out, "time to heal, worst", result->heal_ms_worst);
    } else {
        print_nothing(out, "time to heal");
    }
    print_seconds(out, "chaos", result->chaos_ms);
    if (result->chaos_ms)
        fprintf(out, "  %-34s %10.1f\n", "kills per second of chaos",
                (double)result->kills * 1000 / (double)result->chaos_ms);
}

static json_t *faults_json(const struct real_result *result)
{
    json_t *faults = json_object();
    for (enum real_fault fault = 0; fault < REAL_FAULT_COUNT; fault++)
        if (real_fault_in(result->faults, fault))
            json_object_set_new(faults, real_fault_name(fault),
                                json_integer((json_int_t)result->counts[fault]));
    return faults;
}

static json_t *means_json(const struct real_means *means)
{
    json_t *all = json_object();
    for (enum real_mean mean = 0; mean < REAL_MEAN_COUNT; mean++)
        json_object_set_new(all, real_means_name(mean), json_boolean(means->has[mean]));
    return all;
}

static void print_json(struct lab_call *call, const struct order *order,
                       const struct real_result *result)
{
    json_t *json = json_pack("{s:I, s:I}", "kills", (json_int_t)result->kills, "acknowledged",
                             (json_int_t)result->ledger.acknowledged);
    for (enum real_wrong wrong = 0; wrong < REAL_WRONG_COUNT; wrong++)
        json_object_set_new(json, real_reckon_name(wrong),
                            json_integer((json_int_t)result->reckoning.counts[wrong]));
    json_t *more = json_pack(
        "{s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:b, s:f, s:f, s:f, s:I, s:o, s:o}",
        "repeated", (json_int_t)result->ledger.repeated, "contradictions",
        (json_int_t)result->ledger.contradictions, "fallen", (json_int_t)result->fallen,
        "audits_failed", (json_int_t)result->audits_failed, "unsettled",
        (json_int_t)(result->unsettled + result->silent), "rounds", (json_int_t)result->rounds,
        "restores", (json_int_t)result->restores, "dossiers", (json_int_t)result->ledger.matters,
        "frames", (json_int_t)result->frames, "compared", result->compared, "heal_seconds_mean",
        (double)heal_ms_mean(result) / 1000, "heal_seconds_worst",
        (double)result->heal_ms_worst / 1000, "seconds", (double)result->all_ms / 1000, "seed",
        (json_int_t)order->settings.seed, "faults", faults_json(result), "mechanisms",
        means_json(&result->means));
    json_object_update(json, more);
    json_object_set_new(json, "forgotten_by_both",
                        json_integer((json_int_t)result->reckoning.excused[REAL_EXCUSE_BOTH]));
    json_object_set_new(json, "forgotten_unsent",
                        json_integer((json_int_t)result->reckoning.excused[REAL_EXCUSE_UNSENT]));
    json_dumpf(json, call->out, JSON_COMPACT);
    fputc('\n', call->out);
    json_decref(more);
    json_decref(json);
}

/* ---- the end ---- */

static enum lab_exit judge(struct lab_call *call, const struct order *order,
                           const struct real_result *result, const char *folder)
{
    const struct real_reckoning *reckoning = &result->reckoning;
    const char *remedy =
        arena_format(call->arena, "look into %s (logs, databases, `acknowledged`); again: %s",
                     folder, replay(call, order));
    for (size_t i = 0; i < reckoning->text_count && !call->json; i++)
        fprintf(call->err, "%s\n", reckoning->texts[i]);
    if (real_failed(result))
        return lab_wrong(call, LAB_PROBLEMS, "real", remedy, "%s",
                         reckoning->text_count ? reckoning->texts[0] : result->why);
    if (!result->compared)
        return lab_wrong(call, LAB_INTERRUPTED, "interrupted", NULL,
                         "interrupted: the last comparison was not made");
    if (!call->json)
        fputs("\nNothing is lost, doubled or altered, and both sides of every dossier agree.\n",
              call->out);
    return LAB_DONE;
}

/* What is kept goes where it is wanted; otherwise it stays where it is. */
static const char *settle_folder(struct lab_call *call, const struct real_result *result)
{
    const char *wanted = lab_value(call, "keep", result->folder);
    const char *words[] = {"/bin/mv", "--", result->folder, wanted, NULL};
    if (!result->kept || strcmp(wanted, result->folder) == 0 ||
        real_process_run(&(struct real_process_plan) {.words = words, .log = "/dev/null"}, 60000))
        wanted = result->folder;
    if (result->kept && !call->json)
        fprintf(call->out, "\nkept: %s\n", wanted);
    return wanted;
}

static enum lab_exit run(struct lab_call *call)
{
    struct order order = {.call = call, .settings = {.stop = call->stop}};
    struct real_result *result = arena_take(call->arena, sizeof *result);
    enum lab_exit status = order_read(call, &order);
    if (status)
        return status;
    order.settings.programs = order.programs;
    order.settings.daemon = order.daemon;
    order.settings.progress = call->json ? NULL : progress;
    order.settings.self = call;
    order.settings.found = call->json ? NULL : found;
    if (!call->json)
        fprintf(call->out, "%s\n", replay(call, &order));
    bool done = real_run(&order.settings, lab_given(call, "keep"), result);
    const char *folder = settle_folder(call, result);
    if (!done && !*call->stop)
        return lab_wrong(call, LAB_UNEXPECTED, "real",
                         *folder ? arena_format(call->arena, "look into %s", folder)
                                 : "look at the room and the rights where TMPDIR points, or /tmp",
                         "%s", result->why);
    if (call->json)
        print_json(call, &order, result);
    else
        print_result(call->out, result);
    return judge(call, &order, result, folder);
}

const struct lab_verb lab_real_verb = {
    .name = "real",
    .words = "",
    .meaning = "real nodes under kills and a hostile relay, and an oracle outside",
    .more =
        "Makes a federation of real peregrind processes in a temporary folder, with a relay\n"
        "between them that delays, drops, repeats, corrupts and cuts; asks work of them while\n"
        "they are killed, frozen, filled up and put back to old copies; heals everything; and\n"
        "compares what was asked for and acknowledged with what both sides of every dossier\n"
        "show: each record, the data and the decision in force, the transcript's credits.\n"
        "Round after round. It needs no root, uses what it finds, and says what that was.\n"
        "Exit 11 when anything is lost, doubled, altered or disagrees, or a node does not come\n"
        "to rest or does not answer; 1 when the session itself cannot be held.\n\n"
        "Faults: delay drop duplicate swap corrupt cut hole replay refuse, kill point freeze\n"
        "full clock restore both unsent packets. The seed decides what is drawn; real processes\n"
        "take their own time, so a seed gives the same draws and not the same run.\n\n"
        "Its limits: kill -9 keeps what the system has in its cache, so a missing flush is\n"
        "found by the swarm's made-up disks and not here; and backups are put back at quiet\n"
        "moments. What two nodes that go back at once had between them only, and what was\n"
        "acknowledged while nobody else could be reached and then overwritten by a backup, no\n"
        "protocol can bring back: such dossiers must be nowhere at all, and are counted apart.",
    .example = "real --nodes 3 --kills 100 --seed 7",
    .flags = flags,
    .run = run,
};
