/* What calls, envelopes and grants have in common as requests and answers. */
#pragma once

#include "admin/grant.h"
#include "api/api_call.h"

enum { API_MONEY_TEXT_MAX = 500 };

/* A whole number of cents from 1 to the most that an envelope can have. */
bool api_money_cents(struct api_reply *reply, json_t *value, const char *field, uint64_t *out);
/* `90,000.00 €` */
const char *api_money_text(const struct api_call *call, uint64_t cents, const char *currency);
/* Refused: `90,000.00 € of which 250.00 € are left; this asks for 1,200.00 €`. */
void api_money_spent(const struct api_call *call, struct api_reply *reply,
                     const Peregrin__Envelope *envelope, uint64_t asked, const char *hint);
/* Refused: it is there already, under this number. NOUN as `call`. */
void api_money_twice(const struct api_call *call, struct api_reply *reply, uint32_t number,
                     const char *noun, const char *remedy, const char *field);
/* A line of at most so many bytes; NULL stays NULL. */
bool api_money_line(struct api_reply *reply, const char *text, const char *field);
bool api_money_date(struct api_reply *reply, const char *text, const char *field);
/* A code of ISO 3166; NULL is one, too. */
/* Stored as ISO 3166 has it: the programme's EL and UK are GR and GB. */
bool api_money_country(const struct api_call *call, struct api_reply *reply, char **code,
                       const char *field);
bool api_money_currency(struct api_reply *reply, const char *code);
/* A kind of mobility, as `studies`. */
bool api_money_kind(struct api_reply *reply, const json_t *word, const char *field, uint32_t *out);
/* The number that a path names; 0: it is none. */
uint32_t api_money_number(const struct api_call *call);
/* `after` of a query. */
bool api_money_after(const struct api_call *call, struct api_reply *reply, uint32_t *out);

/* Money is of the institution: who acts for a unit of it does not move it. */
bool api_money_whole(const struct api_call *call, struct api_reply *reply, const char *own);

/* By number, of an institution that the caller sees; refused where there is none. */
enum fault api_money_call(const struct api_call *call, struct api_reply *reply, uint32_t number,
                          Peregrin__Call **out);
enum fault api_money_envelope(const struct api_call *call, struct api_reply *reply, uint32_t number,
                              Peregrin__Envelope **out);

/* A page of what the node keeps by number: of those that `sees`, as `json` has them. */
struct api_money_page {
    const struct numbered *list;
    const char *name; /* in the answer */
    bool (*sees)(const struct api_call *call, const ProtobufCMessage *message, const void *asked);
    json_t *(*json)(const struct api_call *call, const ProtobufCMessage *message);
    const void *asked; /* what else the caller said */
};
enum fault api_money_page(const struct api_call *call, struct api_reply *reply,
                          const struct api_money_page *page);

json_t *api_money_envelope_json(const Peregrin__Envelope *envelope);
