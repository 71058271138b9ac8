#include "office/office_notice.h"

#include "command/command_list.h"
#include "command/command_node.h"
#include "command/command_say.h"
#include "command/command_sheet.h"
#include "office/office_verbs.h"

#include <string.h>

static const struct command_column list_columns[] = {
    {"DOSSIER", "dossier", COMMAND_TEXT, TABLE_TAIL},
    {"PARTNER", "partner", COMMAND_TEXT, TABLE_WHOLE},
    {"WAY", "direction", COMMAND_WAY, TABLE_WHOLE},
    {"SUBJECT", "subject", COMMAND_TEXT, TABLE_CUT},
    {"STATE", "state", COMMAND_STATE, TABLE_WHOLE},
    {"REVISIONS", "revisions", COMMAND_COUNT, TABLE_GOES_FIRST},
    {"SAID", "issued_at", COMMAND_TIME, TABLE_WHOLE},
    {"DELIVERY", "delivery", COMMAND_STATE, TABLE_WHOLE},
    {"RECEIPT", "receipted_at", COMMAND_TIME, TABLE_GOES_SECOND},
};

static const struct command_column result_columns[] = {
    {"PARTNER", "partner", COMMAND_TEXT, TABLE_WHOLE},
    {"RESULT", "result", COMMAND_STATE, TABLE_WHOLE},
    {"DOSSIER", "dossier", COMMAND_TEXT, TABLE_TAIL},
    {"BECAUSE", "error.message", COMMAND_TEXT, TABLE_CUT},
};

/* ---- lists ---- */

enum command_exit office_notice_list(struct command_work *work, const char *kind)
{
    static const char *const names[] = {"direction", "partner", NULL};
    static const struct command_listing listing = {
        "notices", list_columns, sizeof list_columns / sizeof *list_columns, "Nothing published."};
    json_t *list;
    const char *path = command_node_query(work, "/api/v1/notices", names);
    path = command_work_text(work, "%s%skind=%s", path, strchr(path, '?') ? "&" : "?", kind);
    enum command_exit wrong = command_node_list(work, path, "notices", &list);
    return wrong ? wrong : command_list_show(work, &listing, list);
}

static bool in_force(const json_t *line)
{
    const char *state = json_string_value(json_object_get(line, "state"));
    return strcmp(state, "retracted") != 0 && strncmp(state, "void", 4) != 0;
}

/* Of several the newest; a subject narrows them. *out NULL: there is none. */
static const json_t *newest(const json_t *list, const char *subject)
{
    const json_t *found = NULL;
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *line = json_array_get(list, i);
        const char *its = json_string_value(json_object_get(line, "subject"));
        if (!in_force(line) || (subject && strncmp(its, subject, strlen(subject)) != 0))
            continue;
        if (!found || strcmp(json_string_value(json_object_get(line, "issued_at")),
                             json_string_value(json_object_get(found, "issued_at"))) >= 0)
            found = line;
    }
    return found;
}

enum command_exit office_notice_get(struct command_work *work, const char *kind,
                                    const char *partner, const char *direction, const char *subject,
                                    json_t **out)
{
    json_t *list;
    const char *path = command_work_text(work, "/api/v1/notices?kind=%s&direction=%s&partner=%s",
                                         kind, direction, command_node_escape(work, partner));
    enum command_exit wrong = command_node_list(work, path, "notices", &list);
    if (wrong)
        return wrong;
    const json_t *line = newest(list, subject);
    if (!line)
        return command_say_wrong(
            work, &(struct command_wrong) {
                      .status = COMMAND_NOT_FOUND,
                      .code = "not_found",
                      .what = strcmp(direction, "incoming") == 0
                                  ? command_work_text(work, "%s has published none here", partner)
                                  : command_work_text(work, "none is published to %s", partner),
                      .remedy = "ask the partner's office, or see the list"});
    return command_node_get(
        work,
        command_work_text(work, "/api/v1/notices/%s",
                          command_list_text(work, line, "dossier", COMMAND_TEXT)),
        out);
}

void office_notice_zone(struct command_work *work, const char *zone)
{
    command_say_note(work,
                     "The time zone %s is not known on the node's machine: days are counted in "
                     "UTC. Ask the partner's office, or bring the machine's list of zones up to "
                     "date.",
                     zone);
}

enum command_exit office_notice_show(struct command_work *work, const char *kind,
                                     const char *subject)
{
    json_t *notice;
    const char *direction = command_work_flag(work, "ours") ? "outgoing" : "incoming";
    enum command_exit wrong =
        office_notice_get(work, kind, work->arguments[0], direction, subject, &notice);
    if (wrong)
        return wrong;
    if (work->common.json) {
        command_say_json(work, json_incref(notice));
        return COMMAND_DONE;
    }
    command_say_line(work, "%s, revision %s, said %s",
                     command_list_text(work, notice,
                                       strcmp(direction, "incoming") == 0 ? "partner" : "own",
                                       COMMAND_TEXT),
                     command_list_text(work, notice, "revisions", COMMAND_COUNT),
                     command_list_text(work, notice, "issued_at", COMMAND_TIME));
    const json_t *body = json_object_get(notice, "notice");
    if (!json_is_object(body))
        command_say_line(work, "What it says is not here any more.");
    else
        command_list_tree(work, body, 2);
    if (json_is_false(json_object_get(notice, "zone_known")))
        office_notice_zone(work, json_string_value(json_object_get(body, "zone")));
    return COMMAND_DONE;
}

/* ---- publishing ---- */

static void tell(struct command_work *work, const char *what, const json_t *results)
{
    static const char *const words[] = {"published", "revised", "unchanged", "refused"};
    size_t counts[4] = {0};
    for (size_t i = 0; i < json_array_size(results); i++)
        for (size_t j = 0; j < 4; j++)
            counts[j] +=
                strcmp(command_list_text(work, json_array_get(results, i), "result", COMMAND_TEXT),
                       words[j]) == 0;
    command_say_line(work, "%s %s: %zu new, %zu revised, %zu unchanged%s",
                     work->common.dry_run ? "Would publish" : "Published", what, counts[0],
                     counts[1], counts[2],
                     counts[3] ? command_work_text(work, ", %zu refused", counts[3]) : "");
}

/* In calls of so many partners as the node takes at once; the same again would change nothing, so a
 * call that fails halfway is simply made again. */
static enum command_exit send(struct command_work *work, const char *route, const char *field,
                              json_t *body, json_t *results)
{
    json_t *next = NULL;
    struct command_progress progress = {.what = "Publishing"};
    do {
        json_t *request = json_pack(
            "{s:O, s:s*, s:s*, s:b}", field, body, "own", command_work_flag(work, "own"), "partner",
            command_work_flag(work, "partner"), "dry_run", work->common.dry_run);
        json_t *reply;
        if (next)
            json_object_set(request, "after", next);
        struct command_call call = {"POST", route, request, NULL};
        enum command_exit wrong = command_node_call(work, &call, &reply);
        if (wrong)
            return json_array_size(results) ? COMMAND_PARTLY : wrong;
        json_array_extend(results, json_object_get(reply, "results"));
        next = json_object_get(reply, "next");
        size_t done = json_array_size(results);
        command_say_progress(work, &progress, done, json_is_integer(next) ? done + 1 : done);
        if (json_is_integer(next) && command_say_stopped(work))
            return COMMAND_INTERRUPTED;
    } while (json_is_integer(next));
    return COMMAND_DONE;
}

enum command_exit office_notice_publish(struct command_work *work,
                                        const struct office_notice *notice, json_t *body)
{
    static const struct command_listing listing = {"results", result_columns,
                                                   sizeof result_columns / sizeof *result_columns,
                                                   "There is no partner yet."};
    json_t *results = command_work_keep(work, json_array());
    enum command_exit wrong = send(work, notice->route, notice->field, body, results);
    if (wrong && wrong != COMMAND_INTERRUPTED)
        return wrong;
    if (work->common.json) {
        command_say_json(work, json_pack("{s:i, s:O}", "schema", 1, "results", results));
        return wrong;
    }
    tell(work, notice->what, results);
    if (work->common.verbose || work->common.dry_run)
        wrong = command_list_table(work, &listing, results);
    command_say_next(work, "%s     shows the receipts of the partners", notice->next);
    return wrong;
}

enum command_exit office_notice_retract(struct command_work *work, const char *kind,
                                        const char *subject)
{
    json_t *notice, *reply;
    enum command_exit wrong =
        office_notice_get(work, kind, work->arguments[0], "outgoing", subject, &notice);
    if (wrong)
        return wrong;
    const char *dossier = command_list_text(work, notice, "dossier", COMMAND_TEXT);
    if (work->common.dry_run) {
        command_say_would(work, NULL, "Would take back what %s was told", work->arguments[0]);
        return COMMAND_DONE;
    }
    struct command_call call = {
        "POST", command_work_text(work, "/api/v1/notices/%s/retraction", dossier),
        json_pack("{s:s, s:s*}", "reason", "error", "comment", command_work_flag(work, "comment")),
        command_node_key(work)};
    wrong = command_node_call(work, &call, &reply);
    if (wrong)
        return wrong;
    command_say_line(work, "Taken back at %s", work->arguments[0]);
    command_say_json(work, json_incref(reply));
    return COMMAND_DONE;
}
