#include "office/office_dossier.h"

#include "base/words.h"
#include "command/command_list.h"
#include "command/command_node.h"
#include "command/command_say.h"
#include "record/header.h"

#include <string.h>

enum { SHOWN_MAX = 8, PAGES_MAX = 200 };

/* How many of the row's arguments are dossiers. */
static size_t dossiers_of(const struct command_work *work)
{
    const char *arguments = work->row->arguments;
    if (arguments && arguments[0] == '[') /* it may be left out */
        arguments++;
    if (!arguments || strncmp(arguments, "DOSSIER", 7) != 0 || work->argument_count == 0)
        return 0;
    return strncmp(arguments, "DOSSIER...", 10) == 0 ? work->argument_count : 1;
}

static bool is_name(const char *text)
{
    return strlen(text) == HEADER_DOSSIER_TEXT - 1 &&
           strspn(text, "0123456789ABCDEFGHJKMNPQRSTVWXYZ") == HEADER_DOSSIER_TEXT - 1;
}

/* All that fit, a page at a time: a page looks at some rows only, so it may be empty. */
static enum command_exit look(struct command_work *work, const char *text, const char *finds,
                              json_t **found)
{
    const char *after = "";
    *found = command_work_keep(work, json_array());
    for (size_t page = 0; after && page < PAGES_MAX; page++) {
        struct command_call call = {
            .method = "POST",
            .path = command_work_text(work, "/api/v1/nominations/search?limit=%d%s%s%s%s",
                                      COMMAND_LIMIT, *finds ? "&" : "", finds,
                                      *after ? "&after=" : "", command_node_escape(work, after)),
            .body = json_pack("{s:s}", "text", text),
        };
        json_t *reply;
        enum command_exit wrong = command_node_call(work, &call, &reply);
        if (wrong)
            return wrong;
        json_array_extend(*found, json_object_get(reply, "nominations"));
        after = json_string_value(json_object_get(reply, "next"));
    }
    return COMMAND_DONE;
}

static const char *line_of(struct command_work *work, const json_t *one)
{
    return command_work_text(work, "%s  %s, %s  %s %s  %s",
                             command_list_text(work, one, "dossier", COMMAND_TEXT),
                             command_list_text(work, one, "family_name", COMMAND_TEXT),
                             command_list_text(work, one, "given_names", COMMAND_TEXT),
                             command_list_text(work, one, "partner", COMMAND_TEXT),
                             command_list_text(work, one, "year", COMMAND_TEXT),
                             command_list_text(work, one, "state", COMMAND_TEXT));
}

static enum command_exit several(struct command_work *work, const char *text, const json_t *found)
{
    size_t count = json_array_size(found);
    for (size_t i = 0; i < count && i < SHOWN_MAX; i++)
        command_say_note(work, "  %s", line_of(work, json_array_get(found, i)));
    if (count > SHOWN_MAX)
        command_say_note(work, "  and %zu more", count - SHOWN_MAX);
    return command_say_usage(work,
                             "add the year or more of the name, or give the dossier's own name",
                             "`%s` fits %zu dossiers", text, count);
}

/* Of several, those in a state that the command is for; all of them where none is. */
static json_t *likely(struct command_work *work, json_t *found)
{
    const char *states = work->row->states;
    json_t *left = command_work_keep(work, json_array());
    for (size_t i = 0; states && i < json_array_size(found); i++) {
        json_t *one = json_array_get(found, i);
        if (words_hold(states, command_list_text(work, one, "state", COMMAND_TEXT)))
            json_array_append(left, one);
    }
    return json_array_size(left) ? left : found;
}

static enum command_exit resolve(struct command_work *work, const char **argument)
{
    json_t *found;
    const char *finds = work->row->finds;
    enum command_exit wrong = look(work, *argument, finds ? finds : "", &found);
    /* One that the command is not for is named all the same: the node says why it cannot be. */
    if (!wrong && finds && json_array_size(found) == 0)
        wrong = look(work, *argument, "", &found);
    if (wrong)
        return wrong;
    if (json_array_size(found) > 1)
        found = likely(work, found);
    if (json_array_size(found) > 1)
        return several(work, *argument, found);
    if (json_array_size(found) == 0)
        return command_say_wrong(
            work, &(struct command_wrong) {
                      .status = COMMAND_NOT_FOUND,
                      .code = "not_found",
                      .what = command_work_text(work, "no dossier fits `%s`", *argument),
                      .remedy = "see `peregrin nomination list`; a part of the name is enough"});
    json_t *one = json_array_get(found, 0);
    if (strcmp(work->row->verb, "show") != 0)
        command_say_note(work, "%s", line_of(work, one));
    *argument = command_list_text(work, one, "dossier", COMMAND_TEXT);
    return COMMAND_DONE;
}

enum command_exit office_dossier_named(struct command_work *work, const char **text)
{
    return is_name(*text) ? COMMAND_DONE : resolve(work, text);
}

enum command_exit office_dossier_resolve(struct command_work *work)
{
    size_t count = dossiers_of(work);
    for (size_t i = 0; i < count; i++) {
        enum command_exit wrong = office_dossier_named(work, &work->arguments[i]);
        if (wrong)
            return wrong;
    }
    return COMMAND_DONE;
}
