#include "io/setting.h"

#include "base/words.h"
#include "io/config.h"
#include "io/log.h"
#include "io/transport.h"

#include <assert.h>
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/un.h>

enum { NAME_LENGTH_MAX = 63, DISTANCE_MAX = 2, COMPOSED_MAX = 64 * 1024 };

static const char *name_wrong(const char *value);
static const char *schac_wrong(const char *value);
static const char *anchor_wrong(const char *value);
static const char *socket_wrong(const char *value);
static const char *level_wrong(const char *value);
static const char *path_wrong(const char *value);
static const char *yes_wrong(const char *value);
static const char *hours_wrong(const char *value);

static const struct setting settings[] = {
    {"node", SETTING_TEXT, NULL, "node id",
     "This node's name in the catalogue. Partners know it by this name and its transport key.",
     "node.helmo.be", offsetof(struct config, node), name_wrong},
    {"network", SETTING_TEXT, NULL, "federation's name",
     "The federation that the catalogue must belong to.", "demo", offsetof(struct config, network),
     name_wrong},
    {"institutions", SETTING_TEXTS, NULL, "SCHAC domains",
     "The institutions that this node speaks for. A signing key of each must be among the keys.",
     "helmo.be", offsetof(struct config, institutions), schac_wrong},
    {"listen", SETTING_TEXT, "none", "tcp://ADDRESS:PORT, or none",
     "Where partners' nodes reach this one: a literal address, [..] around IPv6, and a port below "
     "32768, which no outgoing connection takes. A node that nobody can reach has none: it calls "
     "out.",
     "tcp://127.0.0.1:7301", offsetof(struct config, listen), transport_listen_wrong},
    {"database", SETTING_PATH, "peregrin.db", "path",
     "All records, receipts and what waits to be sent. Must be on a local disk.", "peregrin.db",
     offsetof(struct config, database), path_wrong},
    {"catalogue", SETTING_PATH, "catalogue.signed", "path",
     "The federation's signed list of institutions, nodes and keys. SIGHUP reads it again.",
     "catalogue.signed", offsetof(struct config, catalogue), path_wrong},
    {"root", SETTING_PATH, "root.signed", "path",
     "The federation's signed root: who may sign the catalogue.", "root.signed",
     offsetof(struct config, root), path_wrong},
    {"anchor", SETTING_TEXT, NULL, "64 hexadecimal digits",
     "The digest of the root file, passed on by hand. All trust begins here.",
     "0000000000000000000000000000000000000000000000000000000000000000",
     offsetof(struct config, anchor), anchor_wrong},
    {"keys", SETTING_PATHS, NULL, "paths",
     "Key files of this node and its institutions; each must be mode 0600.", "keys/transport.key",
     offsetof(struct config, keys), path_wrong},
    {"socket", SETTING_PATH, "peregrin.sock", "path, at most 107 bytes",
     "Where `peregrin` finds this node. Only the node's own user and root may use it.",
     "peregrin.sock", offsetof(struct config, socket), socket_wrong},
    {"socket_group", SETTING_TEXT, "none", "group, or none",
     "Members of this group may open the socket as well. They are who `peregrin user add --local` "
     "says; without such a user they are refused. The node's own account must be in the group: for "
     "the packaged service a drop-in with SupplementaryGroups=GROUP (`systemctl edit peregrind`).",
     "peregrin-users", offsetof(struct config, socket_group), name_wrong},
    {"api_listen", SETTING_TEXT, "none", "tcp://ADDRESS:PORT, or none",
     "Where programs and browsers reach the API: with a token or a login, never without. Any "
     "address but this machine's own needs TLS or a proxy.",
     "tcp://127.0.0.1:8443", offsetof(struct config, api_listen), transport_listen_wrong},
    {"api_certificate", SETTING_PATH, "none", "path, or none",
     "PEM file with the certificate for TLS and those between it and its root. SIGHUP reads it "
     "again.",
     "tls/node.pem", offsetof(struct config, api_certificate), path_wrong},
    {"api_private_key", SETTING_PATH, "none", "path, or none",
     "PEM file with the certificate's key; mode 0600. SIGHUP reads it again.", "tls/node.key",
     offsetof(struct config, api_private_key), path_wrong},
    {"api_behind_proxy", SETTING_TEXT, "no", "yes or no",
     "A reverse proxy stands before api_listen: it ends TLS, and its last X-Forwarded-For is who "
     "asks. Nobody else may reach that address.",
     "no", offsetof(struct config, api_behind_proxy), yes_wrong},
    {"api_proxy_account", SETTING_TEXT, "none", "account, or none",
     "The account of a reverse proxy that opens the socket (see socket_group) and says in "
     "X-Remote-User who has logged in there. It must take away that header where a client sends "
     "it.",
     "www-data", offsetof(struct config, api_proxy_account), name_wrong},
    {"session_hours", SETTING_TEXT, "12", "hours, 1 to 168", "How long a login lasts.", "12",
     offsetof(struct config, session_hours), hours_wrong},
    {"rules", SETTING_PATH, "none", "path, or none",
     "Your own limits and severities for the rules of eligibility, over those that are shipped: "
     "CSV as `peregrin rules settings --csv` writes it, with the titles setting, of, from, until, "
     "value, unit, source, and institution where a row is of one alone. The row "
     "severity,duration.study.max,,,refuse,severity,our senate says what a rule does: its value is "
     "off, warn or refuse, its unit the word severity. SIGHUP reads it again.",
     "rules.csv", offsetof(struct config, rules), path_wrong},
    {"over_quota", SETTING_TEXT, "no", "yes or no",
     "Whether officers may accept more students under a condition of an agreement than it has "
     "places, with a reason that the partner reads.",
     "no", offsetof(struct config, over_quota), yes_wrong},
    {"log_level", SETTING_TEXT, "note", "detail, note or alarm",
     "The least important sentences that are written to the log.", "note",
     offsetof(struct config, log_level), level_wrong},
};

static_assert(SETTING_COUNT == sizeof settings / sizeof *settings, "one row for each");

const struct setting *setting_at(size_t index)
{
    return index < SETTING_COUNT ? &settings[index] : NULL;
}

const struct setting *setting_find(const char *name)
{
    for (size_t i = 0; i < SETTING_COUNT; i++)
        if (strcmp(settings[i].name, name) == 0)
            return &settings[i];
    return NULL;
}

size_t setting_index(const struct setting *setting)
{
    assert(setting >= settings && setting < settings + SETTING_COUNT);
    return (size_t)(setting - settings);
}

bool setting_is_list(const struct setting *setting)
{
    return setting->type == SETTING_TEXTS || setting->type == SETTING_PATHS;
}

bool setting_is_path(const struct setting *setting)
{
    return setting->type == SETTING_PATH || setting->type == SETTING_PATHS;
}

/* --- what a value may be
 * -------------------------------------------------------------------------- */

static const char *name_wrong(const char *value)
{
    size_t length = strlen(value);
    if (length == 0 || length > NAME_LENGTH_MAX)
        return "must have 1 to 63 characters";
    for (size_t i = 0; i < length; i++)
        if (value[i] <= ' ' || value[i] > '~')
            return "may have no spaces and only ASCII characters";
    return NULL;
}

static const char *schac_wrong(const char *value)
{
    if (strspn(value, "abcdefghijklmnopqrstuvwxyz0123456789-.") != strlen(value) ||
        !strchr(value, '.'))
        return "is not a domain in lower case, as helmo.be";
    return name_wrong(value);
}

static const char *anchor_wrong(const char *value)
{
    if (strspn(value, "0123456789abcdefABCDEF") != 2 * DIGEST_SIZE ||
        strlen(value) != 2 * DIGEST_SIZE)
        return "is not 64 hexadecimal digits; `peregrin catalogue show` prints the anchor";
    return NULL;
}

static const char *path_wrong(const char *value)
{
    return *value ? NULL : "is empty";
}

static const char *socket_wrong(const char *value)
{
    if (strlen(value) >= sizeof((struct sockaddr_un) {0}).sun_path)
        return "is longer than 107 bytes, the system's limit for sockets";
    return path_wrong(value);
}

static const char *yes_wrong(const char *value)
{
    bool either = strcmp(value, "yes") == 0 || strcmp(value, "no") == 0;
    return either ? NULL : "is neither yes nor no";
}

static const char *hours_wrong(const char *value)
{
    size_t digits = strspn(value, "0123456789");
    long hours = digits > 0 && digits < 4 && !value[digits] ? strtol(value, NULL, 10) : 0;
    return hours >= 1 && hours <= 168 ? NULL : "is no number of hours from 1 to 168";
}

static const char *level_wrong(const char *value)
{
    enum trace_level level;
    return log_level(value, &level) ? NULL : "is none of detail, note, alarm";
}

/* --- nearest name
 * ----------------------------------------------------------------------------------- */

const char *setting_nearest(const char *name)
{
    char small[NAME_LENGTH_MAX + 1];
    const char *nearest = NULL;
    size_t least = DISTANCE_MAX + 1, length = strlen(name);
    if (length > NAME_LENGTH_MAX)
        return NULL;
    for (size_t i = 0; i <= length; i++)
        small[i] = (char)tolower((unsigned char)name[i]);
    for (size_t i = 0; i < SETTING_COUNT; i++) {
        const char *known = settings[i].name;
        size_t apart = words_apart(small, length, known, strlen(known));
        if (apart < least) {
            least = apart;
            nearest = settings[i].name;
        }
    }
    return nearest;
}

/* --- writing
 * ------------------------------------------------------------------------------------------ */

/* In double quotes, as libConfuse reads it: `${NAME}` would take from the environment. */
static void put_quoted(FILE *out, const char *value)
{
    fputc('"', out);
    for (; *value; value++) {
        if (strchr("\"\\$", *value))
            fputc('\\', out);
        fputc(*value, out);
    }
    fputc('"', out);
}

static size_t put_values(FILE *out, const struct setting *setting,
                         const struct setting_value *values, size_t count)
{
    size_t put = 0;
    for (size_t i = 0; i < count; i++) {
        if (strcmp(values[i].name, setting->name) != 0)
            continue;
        assert(put == 0 || setting_is_list(setting));
        fputs(put ? ", " : "", out);
        put_quoted(out, values[i].value);
        put++;
    }
    return put;
}

static bool is_given(const struct setting *setting, const struct setting_value *values,
                     size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(values[i].name, setting->name) == 0)
            return true;
    return false;
}

static void put_setting(FILE *out, const struct setting *setting,
                        const struct setting_value *values, size_t count)
{
    bool given = is_given(setting, values, count), list = setting_is_list(setting);
    fprintf(out, "# %s\n# Value: %s.", setting->effect, setting->unit);
    if (setting->fallback)
        fprintf(out, " Default: %s", setting->fallback);
    fprintf(out, "\n%s%s = %s", !given && setting->fallback ? "#" : "", setting->name,
            list ? "{" : "");
    if (given)
        put_values(out, setting, values, count);
    else
        put_quoted(out, setting->sample);
    fprintf(out, "%s\n\n", list ? "}" : "");
}

const char *setting_compose(const struct setting_value *values, size_t count, struct arena *arena)
{
    char *text = arena_take(arena, COMPOSED_MAX);
    FILE *out = text ? fmemopen(text, COMPOSED_MAX, "w") : NULL;
    if (!out)
        return NULL;
    fputs("# Configuration of a Peregrin node. Relative paths are relative to this file.\n"
          "# Check it: peregrind -n -c FILE\n\n",
          out);
    for (size_t i = 0; i < SETTING_COUNT; i++)
        put_setting(out, &settings[i], values, count);
    bool whole = !ferror(out) && ftell(out) < COMPOSED_MAX;
    return fclose(out) == 0 && whole ? text : NULL;
}
