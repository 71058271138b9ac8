/* What stands behind the rows of the command table: one file for each noun, one function for each
 * verb. */
#pragma once

#include "command/command_work.h"

command_function command_init_run;
command_function command_key_new, command_key_show, command_key_fingerprint, command_key_seal;
command_function command_authority_new, command_authority_renew, command_authority_sign;
command_function command_enrol_run, command_revoke_run, command_rotate_run;
command_function command_catalogue_show, command_catalogue_anchor, command_catalogue_verify;
command_function command_backup_create, command_backup_verify, command_restore_run;
command_function command_config_check, command_config_sample, command_config_explain,
    command_config_show;
command_function command_doctor_run, command_ping_run;
command_function command_steer_suspend, command_steer_resume, command_steer_retry,
    command_steer_drop;
command_function command_verify_record, command_record_show, command_record_export;
command_function command_inbox_list, command_inbox_refused;
command_function command_outbox_show;
command_function command_status_run, command_status_outbox, command_status_audit;
command_function command_event_tail;
command_function command_webhook_add, command_webhook_list, command_webhook_test,
    command_webhook_retry, command_webhook_remove;
command_function command_partner_list, command_partner_show;
command_function command_hand_add, command_hand_forget, command_hand_list, command_hand_mark,
    command_hand_over;
command_function command_nomination_list, command_nomination_show, command_nomination_send,
    command_nomination_draft_list, command_nomination_draft_remove;
command_function command_decide_accept, command_decide_refuse, command_decide_waitlist,
    command_decide_withdraw, command_decide_amend, command_decide_revoke,
    command_decide_revoke_transcript, command_decide_revoke_recognition;
command_function command_agreement_list, command_agreement_show, command_agreement_diff,
    command_agreement_approve, command_agreement_decline, command_agreement_withdraw,
    command_agreement_terminate, command_agreement_contacts, command_agreement_quota,
    command_agreement_ical, command_offer_template, command_offer_propose, command_pact_import;
/* A file with a JSON object; it is kept. */
enum command_exit command_offer_read(struct command_work *work, const char *path, json_t **out);

command_function command_stay_list, command_stay_arrive, command_stay_depart, command_stay_extend;
command_function command_learning_list, command_learning_show, command_learning_template,
    command_learning_propose, command_learning_approve, command_learning_comment;
command_function command_publish_factsheet_template, command_publish_factsheet,
    command_publish_factsheet_show, command_publish_factsheet_list,
    command_publish_factsheet_retract;
command_function command_publish_course, command_publish_course_list, command_publish_course_show;
command_function command_publish_grades, command_publish_grades_list;
command_function command_deadline_list, command_deadline_ical;
command_function command_recognition_propose, command_recognition_decide, command_recognition_list,
    command_recognition_show;
command_function command_import_nominations, command_export_nominations;
command_function command_template_nominations, command_template_transcripts;
command_function command_transcript_import, command_transcript_issue, command_transcript_correct,
    command_transcript_list, command_transcript_show;
command_function command_paper_export, command_paper_transcript, command_paper_recognition,
    command_paper_learning;
command_function command_user_add, command_user_list, command_user_show, command_user_roles,
    command_user_role, command_user_unit, command_user_password, command_user_disable,
    command_user_enable, command_user_remove, command_user_token, command_user_tokens,
    command_user_revoke, command_user_officer;
command_function command_call_open, command_call_list, command_call_show, command_call_close;
command_function command_envelope_open, command_envelope_list, command_envelope_show,
    command_envelope_raise, command_envelope_lower;
command_function command_grant_apply, command_grant_list, command_grant_show, command_grant_allot,
    command_grant_release, command_grant_return;
command_function command_applicants_import, command_applicants_template, command_applicants_score;
command_function command_group_add, command_group_drop, command_group_list, command_group_remove;
command_function command_unit_add, command_unit_list, command_unit_rename, command_unit_close,
    command_unit_unassigned, command_unit_assign;
command_function command_journal_log, command_journal_export;
command_function command_grade_table, command_convert_run;
command_function command_rules_list, command_rules_explain, command_rules_settings,
    command_import_check;
command_function command_report_balance, command_report_targets, command_report_target,
    command_report_credits, command_report_grants, command_report_pipeline, command_report_partners,
    command_report_annual;
