#include "real/real_federation.h"

#include <arpa/inet.h>
#include <assert.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
    WORDS_MAX = 48,
    PATIENCE_MS = 60000,
    AUDIT_PATIENCE_MS = 600000,
    PORT_LOW = 10000,
    PORT_HIGH = 31999, /* the system takes ports for outgoing connections above */
    PORT_TRIES = 200,
};

static const char *const countries[] = {"BE", "FR", "DE", "ES", "IT", "PL", "PT", "FI",
                                        "SE", "NL", "AT", "CZ", "GR", "IE", "RO", "HU"};

static bool wrong(struct real_federation *federation, const char *what)
{
    snprintf(federation->why, sizeof federation->why, "%s: see `ceremony`", what);
    return false;
}

/* One command of `peregrin`; the words end with NULL. */
static int command(const struct real_federation *federation, const char *const *words,
                   const char *log, int64_t patience_ms)
{
    char program[REAL_MEANS_PATH + 16], path[REAL_NODE_PATH];
    const char *all[WORDS_MAX] = {program};
    size_t count = 1;
    snprintf(program, sizeof program, "%s/peregrin", federation->programs);
    snprintf(path, sizeof path, "%s/%s", federation->folder, log);
    while (*words && count + 1 < WORDS_MAX)
        all[count++] = *words++;
    return real_process_run(&(struct real_process_plan) {.words = all, .log = path}, patience_ms);
}

static bool ceremony(const struct real_federation *federation, const char *const *words)
{
    return command(federation, words, "ceremony", PATIENCE_MS) == 0;
}

/* ---- ports ---- */

static bool port_free(uint16_t port)
{
    const struct sockaddr_in place = {
        .sin_family = AF_INET, .sin_port = htons(port), .sin_addr = {htonl(INADDR_LOOPBACK)}};
    int probe = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    bool is_free = probe >= 0 && bind(probe, (const struct sockaddr *)&place, sizeof place) == 0;
    if (probe >= 0)
        close(probe);
    return is_free;
}

static bool port_taken(const struct real_federation *federation, uint16_t port)
{
    for (size_t i = 0; i < federation->count; i++)
        if (federation->nodes[i].listen == port || federation->nodes[i].endpoint == port)
            return true;
    return false;
}

/* 0: none was found. Not by the seed: two runs of one seed may stand side by side. */
static uint16_t port_find(const struct real_federation *federation)
{
    for (int try = 0; try < PORT_TRIES; try++) {
        uint16_t any;
        if (getrandom(&any, sizeof any, 0) != sizeof any)
            return 0;
        uint16_t port = (uint16_t)(PORT_LOW + any % (PORT_HIGH - PORT_LOW + 1));
        if (!port_taken(federation, port) && port_free(port))
            return port;
    }
    return 0;
}

/* ---- making ---- */

static void node_name(struct real_federation *federation, const struct real_means *means,
                      size_t number)
{
    struct real_node *node = &federation->nodes[number];
    const char *country = countries[number % (sizeof countries / sizeof *countries)];
    *node = (struct real_node) {.means = means, .program = federation->daemon};
    snprintf(node->country, sizeof node->country, "%s", country);
    snprintf(node->schac, sizeof node->schac, "u%zu.%c%c", number + 1, country[0] | 0x20,
             country[1] | 0x20);
    snprintf(node->name, sizeof node->name, "University %zu", number + 1);
    snprintf(node->folder, sizeof node->folder, "%s/%s", federation->folder, node->schac);
    snprintf(node->socket, sizeof node->socket, "%s/peregrin.sock", node->folder);
}

static bool node_init(struct real_federation *federation, struct real_node *node,
                      const char *anchor)
{
    char listen[64] = "none", endpoint[64];
    const char *words[WORDS_MAX] = {"init",       "--institution", node->schac,   "--name",
                                    node->name,   "--country",     node->country, "--network",
                                    "demo",       "--anchor",      anchor,        "--dir",
                                    node->folder, "--listen",      listen};
    size_t count = 15;
    if (node->listen) {
        snprintf(listen, sizeof listen, "tcp://127.0.0.1:%u", node->listen);
        snprintf(endpoint, sizeof endpoint, "tcp://127.0.0.1:%u", node->endpoint);
        words[count++] = "--endpoint";
        words[count++] = endpoint;
    }
    words[count++] = "--erasmus-code";
    words[count++] = "-";
    words[count++] = "--pic";
    words[count] = "-";
    return ceremony(federation, words);
}

static bool nodes_make(struct real_federation *federation, const struct real_means *means,
                       size_t count, const char *anchor)
{
    for (size_t i = 0; i < count; i++) {
        struct real_node *node = &federation->nodes[i];
        node_name(federation, means, i);
        bool calls_out = count > 3 && i + 1 == count;
        if (!calls_out && (!(node->listen = port_find(federation)) ||
                           !(federation->count++, node->endpoint = port_find(federation))))
            return wrong(federation, "there is no free port");
        federation->count = i + 1;
        if (!node_init(federation, node, anchor))
            return wrong(federation, "`peregrin init` does not make a node");
        real_node_mount(node);
        if (means->has[REAL_MEAN_CLOCK])
            real_node_bend(node, 0);
    }
    return true;
}

static bool anchor_read(const struct real_federation *federation, const char *authority,
                        char out[static 80])
{
    char path[REAL_NODE_PATH];
    const char *words[] = {"catalogue", "anchor", "--dir", authority, "--plain", NULL};
    snprintf(path, sizeof path, "%s/anchor", federation->folder);
    if (command(federation, words, "anchor", PATIENCE_MS))
        return false;
    FILE *file = fopen(path, "re");
    bool good = file && fscanf(file, "%79[0-9a-f]", out) == 1;
    if (file)
        fclose(file);
    return good;
}

/* Root and catalogue, handed to every node. */
static bool trust_hand_out(const struct real_federation *federation, const char *authority)
{
    for (size_t i = 0; i < federation->count; i++) {
        char root[REAL_NODE_PATH], catalogue[REAL_NODE_PATH], trust[REAL_NODE_PATH];
        snprintf(root, sizeof root, "%s/root", authority);
        snprintf(catalogue, sizeof catalogue, "%s/catalogue", authority);
        snprintf(trust, sizeof trust, "%s/trust/", federation->nodes[i].folder);
        const char *words[] = {"/bin/cp", "--", root, catalogue, trust, NULL};
        if (real_process_run(&(struct real_process_plan) {.words = words, .log = "/dev/null"},
                             PATIENCE_MS))
            return false;
    }
    return true;
}

static bool enrol(struct real_federation *federation, const char *authority)
{
    char cards[REAL_FEDERATION_MOST][REAL_NODE_PATH], keys[2][REAL_NODE_PATH];
    const char *add[WORDS_MAX] = {"catalogue", "add", "--dir", authority, "--yes"};
    size_t count = 5;
    for (size_t i = 0; i < federation->count; i++) {
        const struct real_node *node = &federation->nodes[i];
        snprintf(cards[i], sizeof cards[i], "%s/%s.enrol", node->folder, node->schac);
        add[count++] = cards[i];
    }
    for (size_t i = 0; i < 2; i++)
        snprintf(keys[i], sizeof keys[i], "%s/root-%zu.key", authority, i + 1);
    const char *sign[] = {"catalogue", "sign",  "--dir", authority, "--key",
                          keys[0],     "--key", keys[1], "--yes",   NULL};
    return ceremony(federation, add) && ceremony(federation, sign) &&
           trust_hand_out(federation, authority);
}

static const char folder_name[] = "/peregrin-real-XXXXXX";

/* Short, because a socket's path may have 107 bytes only. */
const char *real_federation_place(bool *longer)
{
    static_assert(sizeof folder_name + REAL_FEDERATION_PLACE == REAL_NODE_FOLDER / 2);
    const char *place = getenv("TMPDIR");
    *longer = place && strlen(place) > REAL_FEDERATION_PLACE;
    return place && *place && !*longer ? place : "/tmp";
}

static bool folder_make(struct real_federation *federation)
{
    bool longer;
    snprintf(federation->folder, sizeof federation->folder, "%.*s%s", REAL_FEDERATION_PLACE,
             real_federation_place(&longer), folder_name);
    if (mkdtemp(federation->folder))
        return true;
    *federation->folder = '\0';
    return false;
}

bool real_federation_make(struct real_federation *federation, const struct real_means *means,
                          size_t count)
{
    char authority[REAL_NODE_FOLDER], anchor[80];
    assert(count >= REAL_FEDERATION_LEAST && count <= REAL_FEDERATION_MOST);
    if (!folder_make(federation)) {
        snprintf(federation->why, sizeof federation->why, "there is no temporary folder: %s",
                 strerror(errno));
        return false;
    }
    snprintf(authority, sizeof authority, "%s/authority", federation->folder);
    const char *found[] = {"catalogue", "new", "--network",   "demo", "--dir", authority,
                           "--keys",    "3",   "--threshold", "2",    NULL};
    if (!ceremony(federation, found) || !anchor_read(federation, authority, anchor))
        return wrong(federation, "`peregrin catalogue new` does not found a federation");
    if (!nodes_make(federation, means, count, anchor))
        return false;
    if (!enrol(federation, authority))
        return wrong(federation, "the nodes cannot be enrolled");
    return true;
}

int real_federation_audit(const struct real_federation *federation, const struct real_node *node)
{
    const char *words[] = {"audit", "verify", "--socket", node->socket, NULL};
    return command(federation, words, "audits", AUDIT_PATIENCE_MS);
}

void real_federation_end(struct real_federation *federation, bool keep)
{
    for (size_t i = 0; i < federation->count; i++) {
        real_process_kill(&federation->nodes[i].process);
        real_node_clear(&federation->nodes[i]);
        real_node_unmount(&federation->nodes[i], keep);
    }
    if (!keep && *federation->folder)
        real_node_remove(federation->folder);
}
