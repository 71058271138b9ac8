/* The administrator's nouns: the node's and the federation's. */
#pragma once

#include "command/command_noun.h"

extern const struct command_noun noun_status, noun_doctor, noun_partner, noun_outbox, noun_event,
    noun_webhook, noun_audit, noun_backup, noun_init, noun_config, noun_key, noun_catalogue,
    noun_user;
