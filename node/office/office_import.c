#include "command/command_list.h"
#include "command/command_say.h"
#include "office/office_errors.h"
#include "office/office_reading.h"
#include "office/office_rules.h"
#include "office/office_verbs.h"

#include <string.h>

enum { FIELDS_SHOWN = 6 };

/* Which fields the rows change that were sent, each once. */
static void say_differing(struct command_work *work, const json_t *reply)
{
    const json_t *amendments = json_object_get(reply, "amendments");
    const char *fields = "";
    size_t count = json_array_size(amendments);
    if (!count)
        return;
    for (size_t i = 0; i < count && i < FIELDS_SHOWN; i++) {
        const json_t *one = json_array_get(amendments, i), *names = json_object_get(one, "fields");
        fields = command_work_text(work, "%s%srow %s:", fields, i ? "; " : "",
                                   command_list_text(work, one, "row", COMMAND_TEXT));
        for (size_t j = 0; j < json_array_size(names); j++)
            fields = command_work_text(work, "%s %s", fields,
                                       json_string_value(json_array_get(names, j)));
    }
    command_say_line(work, "%zu differ from what was sent%s (%s%s)", count,
                     command_work_flag_shared(work, "amend") ? "" : ": --amend sends amendments",
                     fields, count > FIELDS_SHOWN ? "; and more" : "");
}

static enum command_exit say_preview(struct office_reading *reading)
{
    struct command_work *work = reading->work;
    enum command_exit wrong = office_reading_show(reading);
    if (wrong || office_reading_header_bad(reading))
        return wrong;
    office_rules_import(work, reading->reply);
    say_differing(work, reading->reply);
    if (office_reading_number(reading, "withdrawn"))
        command_say_line(work, "%" JSON_INTEGER_FORMAT " are as before, and withdrawn since",
                         office_reading_number(reading, "withdrawn"));
    office_reading_count(reading);
    return COMMAND_DONE;
}

/* ---- what comes of it --------------------------------------------------------------------------
 */

/* The same file again: every good row is a draft already, sent or not. */
static enum command_exit nothing_new(const struct office_reading *reading)
{
    struct command_work *work = reading->work;
    command_say_line(work, "Nothing new: the good rows are all here already");
    command_say_json(work, json_incref(reading->reply));
    command_say_next(work, "peregrin draft list     what was not sent yet");
    return office_reading_number(reading, "bad") ? COMMAND_PARTLY : COMMAND_DONE;
}

static enum command_exit tell_stored(const struct office_reading *reading)
{
    struct command_work *work = reading->work;
    json_t *reply = reading->reply;
    json_int_t bad = office_reading_number(reading, "bad");
    json_int_t stored = office_reading_number(reading, "stored");
    const json_t *refused = json_object_get(reply, "refused");
    size_t amended = json_array_size(json_object_get(reply, "amended"));
    command_say_line(work, "Stored %s", command_say_count(work, (size_t)stored, "draft", "drafts"));
    if (amended)
        command_say_line(work, "Sent %zu amendments: signed and on their way", amended);
    for (size_t i = 0; i < json_array_size(refused); i++) {
        const json_t *one = json_array_get(refused, i);
        command_say_note(work, "  row %s: %s %s", command_list_text(work, one, "row", COMMAND_TEXT),
                         command_list_text(work, one, "error.message", COMMAND_TEXT),
                         command_list_text(work, one, "error.hint", COMMAND_TEXT));
    }
    command_say_json(work, json_incref(reply));
    command_say_next(work, stored ? "peregrin nomination send --all     or look first: peregrin "
                                    "draft list"
                                  : "peregrin nomination list --direction outgoing");
    return bad || json_array_size(refused) ? COMMAND_PARTLY : COMMAND_DONE;
}

/* Whether to keep the good rows: by --yes, or by asking where somebody sits. */
static bool wants(const struct office_reading *reading)
{
    struct command_work *work = reading->work;
    json_int_t differing = office_reading_number(reading, "differ");
    json_int_t differ = command_work_flag(work, "amend") ? differing : 0;
    json_int_t ready = office_reading_number(reading, "ready") -
                       office_reading_number(reading, "unchanged") - differing;
    const char *prompt =
        command_work_text(work, "Store %" JSON_INTEGER_FORMAT " drafts? [y/N] ", ready);
    if (differ)
        prompt = command_work_text(work,
                                   "Store %" JSON_INTEGER_FORMAT
                                   " drafts and send %" JSON_INTEGER_FORMAT " amendments? [y/N] ",
                                   ready, differ);
    return office_reading_wanted(reading, prompt);
}

enum command_exit office_import_nominations(struct command_work *work)
{
    struct office_reading reading;
    enum command_exit wrong =
        office_reading_open(work, "nomination import", "/api/v1/imports", &reading);
    if (!wrong)
        wrong = say_preview(&reading);
    if (wrong)
        return wrong;
    if (!office_reading_header_bad(&reading))
        office_errors_write(work, &reading.sheet, json_object_get(reading.reply, "problems"));
    json_int_t ready = office_reading_number(&reading, "ready");
    json_int_t left = ready - office_reading_number(&reading, "unchanged");
    json_int_t fresh = left - office_reading_number(&reading, "differ");
    bool amends = command_work_flag(work, "amend");
    bool good = office_reading_good(&reading);
    if (good && left == 0)
        return nothing_new(&reading);
    good = good && (amends || fresh > 0);
    if (work->common.dry_run || !good || !wants(&reading))
        return office_reading_leave(&reading, fresh || amends ? "--yes" : "--amend");
    wrong = office_reading_confirm(&reading);
    return wrong ? wrong : tell_stored(&reading);
}

/* ---- only the rules ----------------------------------------------------------------------------
 */

static bool refused_by_rule(const json_t *reply)
{
    const json_t *problems = json_object_get(reply, "problems");
    for (size_t i = 0; i < json_array_size(problems); i++) {
        const json_t *code = json_object_get(json_array_get(problems, i), "code");
        if (json_is_string(code) && strcmp(json_string_value(code), "refused_by_rule") == 0)
            return true;
    }
    return false;
}

enum command_exit office_import_check(struct command_work *work)
{
    struct office_reading reading;
    enum command_exit wrong =
        office_reading_open(work, "nomination import", "/api/v1/imports", &reading);
    if (!wrong)
        wrong = say_preview(&reading);
    if (wrong)
        return wrong;
    command_say_json(work, json_incref(reading.reply));
    if (refused_by_rule(reading.reply))
        return COMMAND_REFUSED;
    bool warned = json_array_size(json_object_get(reading.reply, "warnings")) > 0;
    return warned || office_reading_problems(&reading) ? COMMAND_PROBLEMS : COMMAND_DONE;
}
