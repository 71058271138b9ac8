#include "office/office_course.h"

#include "command/command_list.h"
#include "command/command_say.h"

#include <string.h>

/* What our side does, as the host (incoming) or as the home; what is not here is no work of ours.
 */
static const struct step {
    const char *direction, *state;
    const char *command; /* then the dossier */
    const char *rest;
} steps[] = {
    {"incoming", "pending", "nomination accept",
     "     or refuse it, or put it on the waiting list"},
    {"incoming", "waitlisted", "nomination accept", "     or refuse it"},
    {"incoming", "reopened", "nomination accept", "     or refuse the change"},
    {"incoming", "accepted", "stay arrive", "     when the student is there"},
    {"incoming", "arrived", "stay depart", "     when the student leaves"},
    {"incoming", "extending", "nomination accept", " the longer stay, or refuse it"},
    {"incoming", "departed", "transcript issue", " FILE"},
    {"outgoing", "arrived", "stay extend", " --date DAY     when more time is needed"},
    {"outgoing", "transcript", "recognition propose", "     writes a file to fill in"},
};

void office_course_step(struct command_work *work, const json_t *dossier)
{
    const char *state = command_list_text(work, dossier, "state", COMMAND_TEXT);
    const char *direction = command_list_text(work, dossier, "direction", COMMAND_TEXT);
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
        if (strcmp(steps[i].state, state) == 0 && strcmp(steps[i].direction, direction) == 0)
            command_say_next(work, "peregrin %s %s%s", steps[i].command,
                             command_list_text(work, dossier, "dossier", COMMAND_TEXT),
                             steps[i].rest);
}

const char *office_course_id(const json_t *dossier, const char *name)
{
    const json_t *value = json_object_get(dossier, name);
    return json_string_value(json_is_object(value) ? json_object_get(value, "id") : value);
}

json_t *office_course_transcript(const json_t *dossier)
{
    const json_t *records = json_object_get(dossier, "records");
    const char *wanted = office_course_id(dossier, "transcript");
    for (size_t i = 0; wanted && i < json_array_size(records); i++) {
        json_t *one = json_array_get(records, i);
        const char *id = json_string_value(json_object_get(one, "id"));
        if (id && strcmp(id, wanted) == 0)
            return one;
    }
    return NULL;
}

void office_course_say(json_t *records)
{
    /* Fields of bodies, the most telling first. */
    static const char *const telling[] = {"outcome",    "date",      "end", "reason",
                                          "decided_on", "issued_on", "rule"};
    for (size_t i = 0; i < json_array_size(records); i++) {
        json_t *record = json_array_get(records, i), *says = NULL;
        const json_t *body = json_object_get(record, "body");
        bool revision = json_object_get(body, "person");
        for (size_t j = 0; !says && !revision && j < sizeof telling / sizeof *telling; j++)
            says = json_object_get(body, telling[j]);
        if (says)
            json_object_set(record, "says", says);
    }
}
