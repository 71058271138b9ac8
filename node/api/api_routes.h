/* The routes of each resource: a table at the end of the file that serves them. */
#pragma once

#include "admin/role.h"
#include "api/api_call.h"

/* `needs` says who may: enum role_need. `query` names the parameters that it takes. A route that
 * writes gets the group's transaction; one that replays answers an idempotency key by what it said
 * before. The routes that submit a single record leave the key to the engine, which keeps it beside
 * the record. */
struct api_route {
    struct api_row row; /* method NULL ends a table */
    unsigned needs;
    api_call_route *serve;
    const char *query;
    bool writes, replays;
    bool whole; /* only for who sees all institutions of this node */
    bool slow;  /* writes as well, but begins by itself, since it may have to come later */
};

extern const struct api_route api_status_routes[], api_partner_routes[], api_import_routes[],
    api_export_routes[], api_draft_routes[], api_nomination_routes[], api_submit_routes[],
    api_transcript_routes[], api_stay_routes[], api_record_routes[], api_outbox_routes[],
    api_audit_routes[], api_session_routes[], api_user_routes[], api_journal_routes[],
    api_backup_routes[], api_unit_routes[];
extern const struct api_route api_hand_routes[], api_handover_routes[];
extern const struct api_route api_learning_routes[], api_notice_routes[], api_publish_routes[],
    api_deadline_routes[];
extern const struct api_route api_round_routes[], api_envelope_routes[], api_grant_routes[],
    api_allot_routes[], api_grant_import_routes[];
/* Of all the tables, one after the other; NULL past the end. */
const struct api_route *api_nth_route(size_t index);

extern const struct api_route api_agreement_routes[], api_agreement_say_routes[], api_pact_routes[];

extern const struct api_route api_report_routes[], api_target_routes[], api_group_routes[];

extern const struct api_route api_openapi_routes[], api_event_routes[], api_webhook_routes[],
    api_watch_routes[], api_grade_routes[], api_rule_routes[], api_paper_routes[];
