/* links: base seal record grade trust wire rules channel stream eligibility store engine report sheet elmo admin
 * io */
/* What the rules cost the exchange: two real nodes, both peregrind as released, and batches of
 * nominations through the API, by turns between two who are asked every rule and two who are asked
 * none.
 *
 * With: each nomination names an agreement in force and a condition of it, whose places are
 * counted by engine and rules, and every rule of eligibility is asked as it is shipped. Without:
 * its agreement is one on paper, of as many letters, which nobody can look into, and both nodes'
 * own files have each rule `off`. Bodies have some 1,024 bytes, as the headline's; nobody comes
 * twice; the agreements' places are just used up.
 *
 * Wall time has the client in it, three processes on the cores there are; processor time has not.
 *
 *   BENCH_RULES=5000 rules_bench */
#include "eligibility/eligibility.h"
#include "support/figure.h"
#include "support/rig.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    BATCH = 200,
    CONDITIONS = 8,
    YEARS = 7,
    PLACES = 5,
    OF_ONE = CONDITIONS * YEARS * PLACES, /* nominations that one agreement has places for */
    LETTERS = 26,                         /* of a dossier's name */
    ID = 72,                              /* hexadecimal, and its end */
    FIRST_YEAR = 2026,
};

static const double patience = 120;
static const char home[] = "helmo.be", host[] = "imt-nord-europe.fr";

struct pair {
    const char *dir;
    bool ruled;
    struct rig_node home, host;
    char (*agreements)[LETTERS + 1];
    long said;
};

/* ---- asking ---- */

/* What the node at DIR/NODE answers; the caller's. */
static char *answer_of(const struct pair *pair, const char *node, const char *path,
                       const char *body, bool *fine)
{
    char socket[RIG_PATH], url[RIG_PATH], *text;
    size_t size;
    long status;
    FILE *said = open_memstream(&text, &size);
    CURL *curl = curl_easy_init();
    struct curl_slist *headers = curl_slist_append(NULL, "Content-Type: application/json");
    figure_must(said && curl && headers, "memory");
    snprintf(socket, sizeof socket, "%s/%s/peregrin.sock", pair->dir, node);
    snprintf(url, sizeof url, "http://localhost/api/v1/%s", path);
    curl_easy_setopt(curl, CURLOPT_UNIX_SOCKET_PATH, socket);
    curl_easy_setopt(curl, CURLOPT_URL, url);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, said);
    if (body) {
        curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
        curl_easy_setopt(curl, CURLOPT_POSTFIELDS, body);
    }
    figure_must(curl_easy_perform(curl) == CURLE_OK, "a node does not answer");
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
    fclose(said);
    curl_slist_free_all(headers);
    curl_easy_cleanup(curl);
    *fine = status / 100 == 2 && !strstr(text, "\"error\"");
    return text;
}

static char *ask(const struct pair *pair, const char *node, const char *path, const char *body)
{
    bool fine;
    char *text = answer_of(pair, node, path, body, &fine);
    figure_must(fine, text);
    return text;
}

/* Whether a member's text is there, in out as far as there is room. */
static bool member(const char *json, const char *name, char *out, size_t room)
{
    char key[32];
    snprintf(key, sizeof key, "\"%s\":\"", name);
    const char *begin = strstr(json, key);
    if (begin)
        snprintf(out, room, "%.*s", (int)strcspn(begin + strlen(key), "\""), begin + strlen(key));
    return begin;
}

/* Until nothing waits for a receipt. */
static void wait_settled(const struct pair *pair, const char *node)
{
    for (double end = figure_now() + patience; figure_now() < end; usleep(5000)) {
        char *status = ask(pair, node, "status", NULL);
        bool settled = strstr(status, "\"totals\":{\"outbox\":0,");
        free(status);
        if (settled)
            return;
    }
    figure_must(false, "receipts stay out");
}

/* ---- the agreements ---- */

/* Until the node shows a member of the agreement. */
static void wait_member(const struct pair *pair, const char *node, const char *path,
                        const char *name, char out[static ID])
{
    for (double end = figure_now() + patience; figure_now() < end; usleep(5000)) {
        bool fine;
        char *text = answer_of(pair, node, path, NULL, &fine);
        bool there = fine && member(text, name, out, ID);
        free(text);
        if (there)
            return;
    }
    figure_must(false, "an agreement does not come about");
}

/* Both speak for the same terms. */
static void agree(const struct pair *pair, char name[static LETTERS + 1])
{
    char body[CONDITIONS * 256 + 256], path[128], open[ID], force[ID], *text, *end = body;
    end +=
        sprintf(end, "{\"partner\":\"%s\",\"terms\":{\"reference\":\"A\",\"conditions\":[", host);
    for (int i = 0; i < CONDITIONS; i++)
        end += sprintf(
            end,
            "%s{\"id\":\"c%d\",\"sending\":\"%s\",\"mobility\":\"studies\","
            "\"first_year\":\"%d/%d\",\"last_year\":\"%d/%d\",\"places\":%d,\"tenth_months\":%d,"
            "\"isced_f\":[\"061\"],\"eqf\":[6,7]}",
            i ? "," : "", i, home, FIRST_YEAR, FIRST_YEAR + 1, FIRST_YEAR + YEARS - 1,
            FIRST_YEAR + YEARS, PLACES, PLACES * 50);
    strcpy(end, "],\"charter\":true}}");
    text = ask(pair, home, "agreements", body);
    figure_must(member(text, "dossier", name, LETTERS + 1), "no agreement");
    free(text);
    snprintf(path, sizeof path, "agreements/%s", name);
    wait_member(pair, host, path, "open", open);
    snprintf(path, sizeof path, "agreements/%s/approval", name);
    snprintf(body, sizeof body, "{\"terms\":\"%s\"}", open);
    free(ask(pair, host, path, body));
    snprintf(path, sizeof path, "agreements/%s", name);
    wait_member(pair, home, path, "in_force", force);
}

static void agree_all(struct pair *pair, long nominations)
{
    long count = nominations / OF_ONE + 1;
    pair->agreements = calloc((size_t)count, sizeof *pair->agreements);
    figure_must(pair->agreements, "memory");
    for (long i = 0; i < count; i++)
        if (pair->ruled)
            agree(pair, pair->agreements[i]);
        else
            snprintf(pair->agreements[i], sizeof *pair->agreements, "PAPER-OF-BOTH-RECTORS-%04ld",
                     i % 10000);
}

/* ---- the nominations ---- */

static void row_say(FILE *out, const struct pair *pair, long number)
{
    static char comment[801];
    long place = number % OF_ONE;
    int year = FIRST_YEAR + (int)(place / (CONDITIONS * PLACES)); /* a list is for one year */
    memset(comment, 'x', sizeof comment - 1);
    fprintf(out,
            "{\"key\":\"k%ld\",\"nomination\":{\"person\":{\"family_name\":\"Novakova\","
            "\"given_names\":\"Jana\",\"birth_date\":\"2004-05-06\",\"gender\":2,"
            "\"nationality\":\"CZ\",\"email\":\"jana@students.example.org\","
            "\"esi\":\"urn:schac:personalUniqueCode:int:esi:helmo.be:%07ld\"},"
            "\"mobility\":\"studies\",\"year\":\"%d/%d\",\"term\":1,\"eqf\":6,"
            "\"isced_f\":\"0613\",\"start\":\"%d-09-15\",\"end\":\"%d-01-31\","
            "\"agreement\":\"%s\",\"condition\":\"c%ld\",\"comment\":\"%s\"}}",
            number, number, year, year + 1, year, year + 1, pair->agreements[number / OF_ONE],
            place % CONDITIONS, comment);
}

/* Batch after batch, as a students' office's program sends them; until the last receipt. */
static void say(struct pair *pair, long count)
{
    for (long left = count; left > 0; left -= BATCH) {
        char *body;
        size_t size;
        FILE *out = open_memstream(&body, &size);
        figure_must(out, "memory");
        fprintf(out, "{\"partner\":\"%s\",\"items\":[", host);
        for (long i = 0; i < BATCH && i < left; i++) {
            fputs(i ? "," : "", out);
            row_say(out, pair, pair->said++);
        }
        fputs("]}", out);
        fclose(out);
        free(ask(pair, home, "nominations/batch", body));
        free(body);
    }
    wait_settled(pair, home);
}

/* ---- the comparison ---- */

struct cost {
    double seconds, home_us, host_us;
};

static struct cost measure(struct pair *pair, long count)
{
    double began = figure_now(), at_home = figure_processor(pair->home.pid),
           at_host = figure_processor(pair->host.pid);
    say(pair, count);
    return (struct cost) {
        .seconds = figure_now() - began,
        .home_us = (figure_processor(pair->home.pid) - at_home) * 1e6 / (double)count,
        .host_us = (figure_processor(pair->host.pid) - at_host) * 1e6 / (double)count,
    };
}

/* Each rule off, in a file that the node's configuration names. */
static void rules_off(const char *dir, const char *node)
{
    const struct eligibility_rule *rule;
    char path[RIG_PATH + 32];
    snprintf(path, sizeof path, "%s/%s/off.csv", dir, node);
    FILE *file = fopen(path, "w");
    figure_must(file, "a file of rules");
    fputs("setting,of,from,until,value,unit,source\n", file);
    for (size_t i = 0; (rule = eligibility_rule(i)); i++)
        fprintf(file, "severity,%s,,,off,severity,us\n", rule->id);
    fclose(file);
    snprintf(path, sizeof path, "%s/%s/peregrind.conf", dir, node);
    file = fopen(path, "a");
    figure_must(file, "a node's configuration");
    fprintf(file, "rules = %s/%s/off.csv\n", dir, node);
    fclose(file);
}

static void meet(struct pair *pair, const char *dir, bool ruled, long nominations)
{
    *pair = (struct pair) {.dir = dir, .ruled = ruled};
    rig_federation(dir, "imt-nord-europe.fr:IMT:FR"); /* abroad: no rule is broken */
    if (!ruled) {
        rules_off(dir, home);
        rules_off(dir, host);
    }
    rig_receiver(&pair->host, dir, host);
    rig_receiver(&pair->home, dir, home);
    agree_all(pair, nominations);
}

static void part(struct pair *pair)
{
    char command[RIG_PATH + 16];
    rig_stop(&pair->home);
    rig_stop(&pair->host);
    free(pair->agreements);
    snprintf(command, sizeof command, "rm -rf %s", pair->dir);
    figure_must(system(command) == 0, "a folder stays");
}

static double slower(const struct cost *cost)
{
    return cost->home_us > cost->host_us ? cost->home_us : cost->host_us;
}

/* By turns, and which is first by turns too. */
static void compare(struct pair *ruled, struct pair *plain, long count)
{
    static double values[9][FIGURE_RUNS_MAX];
    size_t runs = figure_run_count();
    for (size_t i = 0; i < runs; i++) {
        struct cost without, with;
        if (i % 2)
            without = measure(plain, count);
        with = measure(ruled, count);
        if (i % 2 == 0)
            without = measure(plain, count);
        values[0][i] = (double)count / with.seconds;
        values[1][i] = (double)count / without.seconds;
        values[2][i] = without.seconds / with.seconds;
        values[3][i] = with.home_us;
        values[4][i] = without.home_us;
        values[5][i] = with.host_us;
        values[6][i] = without.host_us;
        values[7][i] = slower(&without) / slower(&with);
        values[8][i] = (without.home_us + without.host_us) / (with.home_us + with.host_us);
    }
    figure_median("rules_exchange_rate", values[0], runs, "records/s");
    figure_median("rules_without_rate", values[1], runs, "records/s");
    figure_median("rules_rate_of_without", values[2], runs, "of_1");
    figure_median("rules_cpu_home", values[3], runs, "us/record");
    figure_median("rules_without_cpu_home", values[4], runs, "us/record");
    figure_median("rules_cpu_host", values[5], runs, "us/record");
    figure_median("rules_without_cpu_host", values[6], runs, "us/record");
    figure_median("rules_rate_by_cpu_of_without", values[7], runs, "of_1");
    figure_median("rules_both_cpu_of_without", values[8], runs, "of_1");
}

int main(int count, char **arguments)
{
    char dirs[2][RIG_PATH];
    struct pair ruled, plain;
    long records = figure_setting("BENCH_RULES", 5000);
    long nominations = records * ((long)figure_run_count() + 1);
    rig_be(count, arguments);
    rig_folder(dirs[0]);
    rig_folder(dirs[1]);
    meet(&ruled, dirs[0], true, nominations);
    meet(&plain, dirs[1], false, nominations);
    (void)measure(&ruled, records); /* warm */
    (void)measure(&plain, records);
    compare(&ruled, &plain, records);
    part(&ruled);
    part(&plain);
    return 0;
}
