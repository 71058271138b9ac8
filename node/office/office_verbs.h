/* What stands behind the rows of the coordinator's nouns: one function for each verb. */
#pragma once

#include "command/command_work.h"

command_function office_verify_record, office_record_show, office_record_export;
command_function office_inbox_list, office_inbox_refused;
command_function office_hand_add, office_hand_forget, office_hand_list, office_hand_mark,
    office_hand_over;
command_function office_nomination_list, office_nomination_show, office_nomination_send,
    office_nomination_draft_list, office_nomination_draft_remove;
command_function office_decide_accept, office_decide_refuse, office_decide_waitlist,
    office_decide_withdraw, office_decide_amend, office_decide_revoke,
    office_decide_revoke_transcript, office_decide_revoke_recognition;
command_function office_agreement_list, office_agreement_show, office_agreement_diff,
    office_agreement_approve, office_agreement_decline, office_agreement_withdraw,
    office_agreement_terminate, office_agreement_contacts, office_agreement_quota,
    office_agreement_ical, office_offer_template, office_offer_propose, office_pact_import;
/* A file with a JSON object; it is kept. */
enum command_exit office_offer_read(struct command_work *work, const char *path, json_t **out);

command_function office_stay_list, office_stay_arrive, office_stay_depart, office_stay_extend;
command_function office_learning_list, office_learning_show, office_learning_template,
    office_learning_propose, office_learning_approve, office_learning_comment;
command_function office_publish_factsheet_template, office_publish_factsheet,
    office_publish_factsheet_show, office_publish_factsheet_list, office_publish_factsheet_retract;
command_function office_publish_course, office_publish_course_list, office_publish_course_show;
command_function office_publish_grades, office_publish_grades_list;
command_function office_deadline_list, office_deadline_ical;
command_function office_recognition_propose, office_recognition_decide, office_recognition_list,
    office_recognition_show;
command_function office_import_nominations, office_export_nominations;
command_function office_template_nominations, office_template_transcripts;
command_function office_transcript_import, office_transcript_issue, office_transcript_correct,
    office_transcript_list, office_transcript_show;
command_function office_paper_export, office_paper_transcript, office_paper_recognition,
    office_paper_learning;
command_function office_call_open, office_call_list, office_call_show, office_call_close;
command_function office_envelope_open, office_envelope_list, office_envelope_show,
    office_envelope_raise, office_envelope_lower;
command_function office_grant_apply, office_grant_list, office_grant_show, office_grant_allot,
    office_grant_release, office_grant_return;
command_function office_applicants_import, office_applicants_template, office_applicants_score;
command_function office_group_add, office_group_drop, office_group_list, office_group_remove;
command_function office_unit_add, office_unit_list, office_unit_rename, office_unit_close,
    office_unit_unassigned, office_unit_assign;
command_function office_grade_table, office_convert_run;
command_function office_rules_list, office_rules_explain, office_rules_settings,
    office_import_check;
command_function office_report_balance, office_report_targets, office_report_target,
    office_report_credits, office_report_grants, office_report_pipeline, office_report_partners,
    office_report_annual;
