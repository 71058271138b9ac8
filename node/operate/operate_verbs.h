/* What stands behind the rows of the administrator's nouns: one function for each verb. */
#pragma once

#include "command/command_work.h"

command_function operate_init_run;
command_function operate_key_new, operate_key_show, operate_key_fingerprint, operate_key_seal;
command_function operate_authority_new, operate_authority_renew, operate_authority_sign;
command_function operate_enrol_run, operate_revoke_run, operate_rotate_run;
command_function operate_catalogue_show, operate_catalogue_anchor, operate_catalogue_verify;
command_function operate_backup_create, operate_backup_verify, operate_restore_run;
command_function operate_config_check, operate_config_sample, operate_config_explain,
    operate_config_show;
command_function operate_doctor_run, operate_ping_run;
command_function operate_steer_suspend, operate_steer_resume, operate_steer_retry,
    operate_steer_drop;
command_function operate_outbox_show;
command_function operate_status_run, operate_status_outbox, operate_status_audit;
command_function operate_event_tail;
command_function operate_webhook_add, operate_webhook_list, operate_webhook_test,
    operate_webhook_retry, operate_webhook_remove;
command_function operate_partner_list, operate_partner_show;
command_function operate_user_add, operate_user_list, operate_user_show, operate_user_roles,
    operate_user_role, operate_user_unit, operate_user_password, operate_user_disable,
    operate_user_enable, operate_user_remove, operate_user_token, operate_user_tokens,
    operate_user_revoke, operate_user_officer;
command_function operate_journal_log, operate_journal_export;
