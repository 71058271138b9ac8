/* The nouns of the CLI: each has its own table of commands, in noun_NAME.c. */
#pragma once

#include "command/command_work.h"

enum command_group {
    COMMAND_GROUP_YEAR,
    COMMAND_GROUP_NODE,
    COMMAND_GROUP_FEDERATION,
    COMMAND_GROUP_PROGRAM,
    COMMAND_GROUP_COUNT
};

struct command_noun {
    const char *name;
    enum command_group group;       /* who works with it: help's order */
    const char *summary;            /* for the manual: `peregrin-NAME - SUMMARY` */
    const struct command_row *rows; /* an empty one ends them; all have this noun */
};

extern const struct command_noun noun_nomination;
extern const struct command_noun noun_inbox;
extern const struct command_noun noun_draft;
extern const struct command_noun noun_agreement;
extern const struct command_noun noun_stay;
extern const struct command_noun noun_transcript;
extern const struct command_noun noun_recognition;
extern const struct command_noun noun_learning;
extern const struct command_noun noun_factsheet;
extern const struct command_noun noun_course;
extern const struct command_noun noun_deadline;
extern const struct command_noun noun_grade, noun_rules;
extern const struct command_noun noun_report;
extern const struct command_noun noun_record;
extern const struct command_noun noun_status;
extern const struct command_noun noun_doctor;
extern const struct command_noun noun_partner;
extern const struct command_noun noun_outbox;
extern const struct command_noun noun_event;
extern const struct command_noun noun_webhook;
extern const struct command_noun noun_audit;
extern const struct command_noun noun_backup;
extern const struct command_noun noun_init;
extern const struct command_noun noun_config;
extern const struct command_noun noun_key;
extern const struct command_noun noun_catalogue;
extern const struct command_noun noun_help;
extern const struct command_noun noun_version;
extern const struct command_noun noun_completion;
extern const struct command_noun noun_user;
extern const struct command_noun noun_unit;
extern const struct command_noun noun_group;
extern const struct command_noun noun_call;
extern const struct command_noun noun_envelope;
extern const struct command_noun noun_grant;
