/* The routes by the file that serves them; their methods, patterns and words stand in api.c. */
#pragma once

#include "api/api_call.h"

api_call_route api_status_show;
api_call_route api_partner_list, api_partner_ping;
api_call_route api_import_run;
api_call_route api_draft_list, api_draft_remove, api_draft_send;
api_call_route api_nomination_list, api_nomination_show;
api_call_route api_submit_nomination, api_submit_batch, api_submit_decision, api_submit_withdrawal,
    api_submit_amendment, api_submit_transcript;
api_call_route api_transcript_list;
api_call_route api_record_show, api_record_evidence;
api_call_route api_outbox_list;
api_call_route api_audit_run;
