#include "watch/check.h"

#include "report/json_text.h"
#include "report/text.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>

enum { SENTENCE_SIZE = 640 };

/* In the order in which a doctor looks: what a node stands on comes first. */
static const struct check_row rows[] = {
    [CHECK_CONFIG] =
        {"configuration", "config", "can be used",
         "mend the lines named, or name a file that is there; `peregrin config explain` says "
         "what each wants",
         true},
    [CHECK_KEY_FILE] = {"keys", "key_file", "private and readable",
                        "chmod 600 and chown it to the node's user; what is lost comes back from "
                        "its backup",
                        true},
    [CHECK_KEY_ENTRY] = {"keys", "key_entry", "named by the catalogue",
                         "hand the enrolment card to the federation's authority, or name the right "
                         "file under `keys`",
                         true},
    [CHECK_KEY_END] = {"keys", "key_end", "valid for some time",
                       "make the next key now and hand in its card: `peregrin key`", false},
    [CHECK_CATALOGUE] = {"trust", "catalogue", "believed under the anchor",
                         "fetch root and catalogue from the authority again; compare the anchor "
                         "with what it says by another way",
                         true},
    [CHECK_CATALOGUE_END] = {"trust", "catalogue_expired", "not expired",
                             "fetch the newest catalogue from the authority, then send SIGHUP",
                             true},
    [CHECK_CATALOGUE_FLOOR] = {"trust", "catalogue_rolled_back", "not older than was believed",
                               "an older catalogue was put back: fetch the newest from the "
                               "authority",
                               true},
    [CHECK_ENTRY] = {"trust", "entry", "agrees with the configuration",
                     "mend `node` and `institutions`, or ask the authority to mend the entry",
                     true},
    [CHECK_DATABASE] = {"database", "database", "can be used",
                        "see the log; restore the newest backup when it is damaged: partners give "
                        "back what is missing",
                        true},
    [CHECK_DATABASE_MODE] = {"database", "database_mode", "private",
                             "chmod 600 the file and chmod 700 its folder: it holds personal data",
                             false},
    [CHECK_DATABASE_DISK] = {"database", "database_disk", "on a local disk",
                             "move it to a local disk: locks and flushes over a network are not "
                             "to be relied on",
                             false},
    [CHECK_DATABASE_WHOLE] = {"database", "database_whole", "whole",
                              "keep a copy of it, restore the newest backup, start the node: "
                              "partners give back what is missing",
                              true},
    [CHECK_SPACE] = {"database", "disk_full", "room on its disk",
                     "free space on the database's disk; nothing acknowledged is lost", true},
    [CHECK_BACKUP] = {"database", "backup_old", "backed up lately",
                      "run `peregrin backup create`, and see why the timer did not", false},
    [CHECK_CLOCK_SYNC] = {"clock", "clock_unsynchronised", "kept by NTP",
                          "run systemd-timesyncd or chrony; `timedatectl` shows whether it works",
                          false},
    [CHECK_CLOCK_TRUTH] = {"clock", "clock_behind", "not behind what was signed",
                           "set the clock: partners refuse what is dated wrongly", true},
    [CHECK_CLOCK_JUMP] = {"clock", "clock_jumped", "steady since the node started",
                          "see what sets the clock besides NTP; the node goes on by itself", false},
    [CHECK_NODE] = {"node", "node_down", "running",
                    "start it: systemctl start peregrin; its log says why it ended", true},
    [CHECK_SOCKET] = {"node", "socket", "answers",
                      "run this as root or the node's user; see that `socket` is in a folder that "
                      "exists",
                      false},
    [CHECK_LISTENER] = {"node", "listener", "takes connections",
                        "see that `listen` is an address of this machine and its port is free",
                        true},
    [CHECK_MEMORY_LOCK] = {"node", "memory_lock", "keys stay out of the swap space",
                           "raise LimitMEMLOCK in the unit (ulimit -l), then restart", false},
    [CHECK_DESCRIPTORS] = {"node", "descriptors", "enough file descriptors",
                           "raise LimitNOFILE in the unit (ulimit -n), then restart", false},
    [CHECK_CALLERS] = {"node", "callers", "room for callers",
                       "put HAProxy before the listener with the configuration of the package: "
                       "peregrin-operate(7)",
                       false},
    [CHECK_KEEPING] = {"node", "not_keeping", "keeps what it is given",
                       "mend what the fault names; the node tries again by itself", true},
    [CHECK_CATALOGUE_USE] = {"node", "catalogue_unread", "uses the newest catalogue",
                             "send SIGHUP; where a partner knows a newer one, fetch it first",
                             false},
    [CHECK_RULES] = {"node", "rules_refused", "asks the rules of its file",
                     "mend the line that is named, then send SIGHUP; until then the rules of "
                     "before count",
                     false},
    [CHECK_STUCK] = {"delivery", "stuck", "nothing stuck",
                     "`peregrin outbox list` says why each was not taken, and what to do", false},
    [CHECK_ASIDE] = {"delivery", "set_aside", "nothing set aside",
                     "report it with the log of the node's end, then upgrade: the next version "
                     "tries again what is stuck with the partner; what was refused the partner "
                     "says anew",
                     false},
    [CHECK_GUARD] = {"delivery", "guard_armed", "write guard lifted",
                     "nothing, while the partner is away: it lifts once both have compared what "
                     "they hold",
                     true},
    [CHECK_WEBHOOK] =
        {"node", "webhook", "webhooks are taken",
         "see `peregrin webhook list`; mend its server, then `peregrin webhook retry`", false},
    [CHECK_BY_HAND] = {"node", "by_hand", "partners by hand run no node",
                       "what waited goes to them by itself; then `peregrin partner forget`", false},
    [CHECK_PARTNER_KEY] = {"partner", "partner_key", "has a usable key",
                           "the partner must hand its new card to the authority: tell it", false},
    [CHECK_PARTNER_ADDRESS] = {"partner", "partner_address", "has a literal address",
                               "its entry in the catalogue is wrong: tell the partner", false},
    [CHECK_PARTNER_CONNECT] = {"partner", "partner_connect", "takes connections",
                               "see that this machine may call out to that port; otherwise tell "
                               "the partner",
                               false},
    [CHECK_PARTNER_GREETING] = {"partner", "partner_greeting", "is a node",
                                "another service listens there, or a proxy in between: tell the "
                                "partner",
                                false},
    [CHECK_PARTNER_SESSION] = {"partner", "partner_session", "opens a session",
                               "compare clock and catalogue of both sides: an opening that names "
                               "an old key is dropped in silence",
                               false},
    [CHECK_PARTNER_CATALOGUE] = {"partner", "partner_catalogue", "knows the same catalogue",
                                 "whoever has the older one fetches the newest and sends SIGHUP",
                                 false},
    [CHECK_PARTNER_DELAY] = {"partner", "partner_delay", "answers quickly",
                             "nothing is lost by it; look at the way between both", false},
};

static_assert(sizeof rows / sizeof *rows == CHECK_COUNT, "one row for each");

static const char *const state_names[] = {
    [CHECK_FINE] = "fine",
    [CHECK_NOTED] = "noted",
    [CHECK_FAILED] = "failed",
    [CHECK_SKIPPED] = "skipped",
};

const struct check_row *check_row(enum check_id id)
{
    assert((unsigned)id < CHECK_COUNT);
    return &rows[id];
}

const char *check_state_name(enum check_state state)
{
    assert((unsigned)state < sizeof state_names / sizeof *state_names);
    return state_names[state];
}

static const char *calm(struct arena *arena, const char *text)
{
    struct bytes calmed = text_calm(bytes_text(text), arena);
    return calmed.data ? arena_text(arena, calmed) : NULL;
}

void check_add(struct check_list *list, enum check_id id, enum check_state state,
               const char *subject, const char *format, ...)
{
    char sentence[SENTENCE_SIZE];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(sentence, sizeof sentence, format, arguments);
    va_end(arguments);
    struct check *check = arena_take(list->arena, sizeof *check);
    const char *what = calm(list->arena, sentence);
    const char *whose = subject ? calm(list->arena, subject) : NULL;
    list->spent = list->spent || !check || !what || (subject && !whose);
    if (list->spent)
        return;
    *check = (struct check) {.id = id, .state = state, .subject = whose, .what = what};
    if (list->last)
        list->last->next = check;
    else
        list->first = check;
    list->last = check;
    list->count++;
    list->failed += state == CHECK_FAILED;
}

void check_join(struct check_list *list, struct check_list *tail)
{
    assert(list->arena == tail->arena);
    list->spent = list->spent || tail->spent;
    list->count += tail->count;
    list->failed += tail->failed;
    if (!tail->first)
        return;
    if (list->last)
        list->last->next = tail->first;
    else
        list->first = tail->first;
    list->last = tail->last;
}

static json_t *one_json(const struct check *check)
{
    const struct check_row *row = check_row(check->id);
    bool mends = check->state == CHECK_FAILED || check->state == CHECK_NOTED;
    return json_pack("{s:s, s:s, s:s, s:s?, s:s, s:s, s:s?}", "group", row->group, "code",
                     row->code, "title", row->title, "subject", check->subject, "state",
                     check_state_name(check->state), "what", check->what, "remedy",
                     mends ? row->remedy : NULL);
}

json_t *check_json(const struct check_list *list, bool unready)
{
    json_t *array = list->spent ? NULL : json_array();
    for (const struct check *each = list->first; array && each; each = each->next) {
        if (unready && !(each->state == CHECK_FAILED && check_row(each->id)->unready))
            continue;
        if (json_array_append_new(array, one_json(each))) {
            json_decref(array);
            array = NULL;
        }
    }
    return array;
}

struct bytes check_text(const struct check_list *list, struct arena *arena)
{
    json_t *object = json_pack("{s:i, s:o}", "schema", 1, "checks", check_json(list, false));
    struct bytes text = json_text_write(object, arena);
    json_decref(object);
    return text;
}
