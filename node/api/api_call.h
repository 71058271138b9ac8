/* What every route of the API is handed, and what it answers with. Shared by the api_*.c files
 * only.
 *
 * A refusal is a normal answer: functions that give a bool have set reply->problem when it is
 * false, and functions that give a fault leave the question to `api_call_refused`. */
#pragma once

#include "admin/scope.h"
#include "api/api.h"
#include "report/problem.h"
#include "seal/secret.h"

#include <jansson.h>

enum { API_CALL_PARAMETERS = 2, API_CALL_PAGE = 100, API_CALL_PAGE_MAX = 500 };

/* Who asks, once it is known. */
enum api_who_way {
    API_WHO_NOBODY,
    API_WHO_OWNER,
    API_WHO_ACCOUNT,
    API_WHO_PROXY,
    API_WHO_TOKEN,
    API_WHO_SESSION
};
struct api_who {
    enum api_who_way way;
    const char *name;         /* never NULL once found */
    unsigned roles;           /* enum role */
    const char *const *units; /* own institutions and departments; none: all of this node */
    size_t unit_count;
    struct scope scope;                      /* the same, to ask by */
    const char *officer_name, *officer_role; /* as what they say is signed; NULL: by nobody */
    struct secret session;                   /* of API_WHO_SESSION */
    uint64_t expires_at;                     /* seconds; 0: never */
};

struct api_rule_memo;

struct api_call {
    const struct api *api;
    const struct api_request *request;
    struct arena *arena;
    struct api_who who;
    json_t *body;                                /* of a POST, an object; NULL otherwise */
    const char *parameters[API_CALL_PARAMETERS]; /* what stood in the pattern's braces */
    struct api_rule_memo *rules;                 /* what one item of a batch leaves to the next */
};

struct eligible_findings;

struct api_reply {
    int status;       /* of success */
    json_t *json;     /* an object */
    struct bytes raw; /* in its place, when raw_type is set */
    const char *raw_type;
    int64_t later_ms, mark; /* as in struct api_response */
    struct problem problem;
    const struct eligible_findings *warned; /* of rules of eligibility; NULL: they were not asked */
    const char *warned_path;                /* where in the request what they are about stands */
    const char *user;   /* of a login, which is nobody's request: for the journal */
    const char *cookie; /* as in api_response, these three */
    uint32_t retry_s;
    bool ask_name;
};

typedef enum fault api_call_route(const struct api_call *call, struct api_reply *reply);

bool api_call_refused(const struct api_reply *reply);
/* Both false, to be handed on. */
bool api_call_refuse(struct api_reply *reply, enum verdict verdict, const char *field);
bool api_call_usage(struct api_reply *reply, const char *message, const char *hint,
                    const char *field);
/* A refusal with a sentence of its own. */
bool api_call_explain(struct api_reply *reply, enum verdict verdict, const char *message,
                      const char *hint, const char *field);

/* What a JSON object in a request may have, one row for each name. */
enum api_call_type {
    API_CALL_TEXT,
    API_CALL_BOOLEAN,
    API_CALL_NUMBER,
    API_CALL_LIST,
    API_CALL_OBJECT
};
struct api_call_field {
    const char *name;
    enum api_call_type type;
    bool needed;
};
/* Values in the order of the rows, NULL where absent or null; other names are refused. path is the
 * object's own, or empty. */
bool api_call_fields(const struct api_call *call, struct api_reply *reply, json_t *object,
                     const char *path, const struct api_call_field *fields, size_t count,
                     json_t *values[]);

/* A parameter of the query, or NULL. */
const char *api_call_query(const struct api_call *call, const char *name);
/* A whole number of the query, `otherwise` when absent, in 1 to max. */
bool api_call_query_number(const struct api_call *call, struct api_reply *reply, const char *name,
                           size_t otherwise, size_t max, size_t *out);

/* Sets a member of the reply, or appends; NULL values are FAULT_MEMORY: json_pack made none. */
enum fault api_call_put(struct api_reply *reply, const char *name, json_t *value);
enum fault api_call_append(json_t *list, json_t *value);
/* A new empty list in the reply. */
enum fault api_call_list(struct api_reply *reply, const char *name, json_t **list);

/* ISO 8601 or null. */
json_t *api_call_time(struct instant at);
json_t *api_call_seconds(uint64_t seconds);
/* A text, or null. */
json_t *api_call_text(const char *text);
/* 26 characters, in the arena. */
const char *api_call_dossier_text(const struct api_call *call,
                                  const struct header_dossier *dossier);

/* Whether who asks may see what this own institution has, or some of it: every list and every name
 * goes by it. */
bool api_call_sees(const struct api_call *call, const char *own);
/* What belongs to a department: it, NULL none. */
bool api_call_sees_unit(const struct api_call *call, const char *own, const char *unit);
/* Refused to who acts for a part of it: what binds the institution. */
bool api_call_whole(const struct api_call *call, struct api_reply *reply, const char *own);
/* A dossier of an institution that they see: a mobility goes by its department. */
enum fault api_call_sees_row(const struct api_call *call, const char *own,
                             const struct store_dossier *row, bool *sees);
/* The same by its place; one of which the store has no row is seen. */
enum fault api_call_sees_place(const struct api_call *call, const char *own,
                               const struct store_place *place, bool *sees);
/* As pair_list of the store and partner of the port, without what the caller may not see. */
enum fault api_call_pair_list(const struct api_call *call, struct store_pair **pairs,
                              size_t *count);
bool api_call_partner(const struct api_call *call, size_t *index, struct engine_partner *out);

bool api_call_is_own(const struct api *api, const struct catalogue_institution *institution);
/* Own institution that a request speaks for: the named one, or the only one. name may be NULL. */
bool api_call_own(const struct api_call *call, struct api_reply *reply, const char *name,
                  const char **own);

/* The pairs of the store in ascending order of number; with ?partner= only those. Refused when no
 * institution has that name. */
enum fault api_call_pairs(const struct api_call *call, struct api_reply *reply,
                          struct store_pair **pairs, size_t *count);
