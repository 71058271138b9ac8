#include "api/api_money.h"

#include "admin/import_word.h"
#include "mobility.pb-c.h"
#include "record/scan.h"
#include "report/json_record.h"
#include "rules/form.h"

#include <stdlib.h>
#include <string.h>

/* ---- values ------------------------------------------------------------------------------------
 */

bool api_money_cents(struct api_reply *reply, json_t *value, const char *field, uint64_t *out)
{
    json_int_t cents = json_integer_value(value);
    *out = cents > 0 ? (uint64_t)cents : 0;
    return (*out > 0 && *out <= ENVELOPE_CENTS_MAX) ||
           api_call_usage(reply, "this is no sum of money",
                          "give whole cents, from 1 to 1000000000000", field);
}

const char *api_money_text(const struct api_call *call, uint64_t cents, const char *currency)
{
    bool euro = !currency || strcmp(currency, "EUR") == 0;
    uint64_t whole = cents / 100;
    const char *text = arena_format(call->arena, "%03llu", (unsigned long long)(whole % 1000));
    for (whole /= 1000; text && whole; whole /= 1000)
        text = arena_format(call->arena, "%03llu,%s", (unsigned long long)(whole % 1000), text);
    while (text && text[0] == '0' && text[1])
        text++;
    return text ? arena_format(call->arena, "%s.%02u %s", text, (unsigned)(cents % 100),
                               euro ? "€" : currency)
                : "";
}

void api_money_spent(const struct api_call *call, struct api_reply *reply,
                     const Peregrin__Envelope *envelope, uint64_t asked, const char *hint)
{
    uint64_t balance = envelope_balance(envelope);
    const char *left = api_money_text(call, balance, envelope->currency);
    const char *sum = api_money_text(call, asked, envelope->currency);
    api_call_explain(reply, VERDICT_UNAVAILABLE,
                     arena_format(call->arena, "%s of which %s are left; this asks for %s",
                                  api_money_text(call, envelope->cents, envelope->currency), left,
                                  sum),
                     hint, "amount_cents");
    reply->problem.code = "envelope_spent";
    reply->problem.status = 409;
    reply->problem.rule = "grant.balance";
    reply->problem.expected = arena_format(call->arena, "at most %s", left);
    reply->problem.got = sum;
}

void api_money_twice(const struct api_call *call, struct api_reply *reply, uint32_t number,
                     const char *noun, const char *remedy, const char *field)
{
    api_call_explain(
        reply, VERDICT_DUPLICATE, arena_format(call->arena, "this is %s %u already", noun, number),
        arena_format(call->arena, "see `peregrin %s show %u`; %s", noun, number, remedy), field);
    reply->problem.rule = arena_format(call->arena, "%s.twice", noun);
    reply->problem.expected = "what is not there yet";
    reply->problem.got = arena_format(call->arena, "%s %u", noun, number);
}

bool api_money_line(struct api_reply *reply, const char *text, const char *field)
{
    return !text ||
           (*text && strlen(text) <= API_MONEY_TEXT_MAX && scan_text(bytes_text(text)) &&
            !strpbrk(text, "\n\t")) ||
           api_call_usage(reply, "this is not one line of text", "give 1 to 500 bytes", field);
}

bool api_money_date(struct api_reply *reply, const char *text, const char *field)
{
    int64_t day;
    return !text || instant_date(bytes_text(text), &day) ||
           api_call_usage(reply, "this is no date", "give YYYY-MM-DD, a day of the calendar",
                          field);
}

bool api_money_country(const struct api_call *call, struct api_reply *reply, char **code,
                       const char *field)
{
    char letters[3];
    if (!*code)
        return true;
    if (!import_word_letters(bytes_text(*code), letters) || !import_word_is_country(letters))
        return api_call_usage(reply, "this is no country", "give a code of ISO 3166, as BE", field);
    *code = arena_text(call->arena, bytes_text(letters));
    return *code || api_call_refuse(reply, VERDICT_TOO_LARGE, field);
}

bool api_money_currency(struct api_reply *reply, const char *code)
{
    return form_currency(bytes_text(code)) ||
           api_call_usage(reply, "this is no currency", "give three letters of ISO 4217, as EUR",
                          "currency");
}

bool api_money_kind(struct api_reply *reply, const json_t *word, const char *field, uint32_t *out)
{
    uint64_t kind = 0;
    bool known =
        json_is_string(word) && json_record_code(&peregrin__nomination__descriptor, "mobility",
                                                 bytes_text(json_string_value(word)), &kind);
    *out = (uint32_t)kind;
    return known || api_call_usage(reply, "this kind is not known",
                                   "give studies, traineeship, blended, doctoral, teaching, "
                                   "training or virtual",
                                   field);
}

static uint32_t number_of(const char *text)
{
    enum { DIGITS_MAX = 9 };
    size_t digits = strspn(text, "0123456789");
    return digits && digits <= DIGITS_MAX && !text[digits] ? (uint32_t)strtoul(text, NULL, 10) : 0;
}

uint32_t api_money_number(const struct api_call *call)
{
    return number_of(call->parameters[0]);
}

bool api_money_after(const struct api_call *call, struct api_reply *reply, uint32_t *out)
{
    const char *after = api_call_query(call, "after");
    *out = after ? number_of(after) : 0;
    return !after || *out ||
           api_call_usage(reply, "`after` is not where a list ended",
                          "give back the `next` of the page before, as it was", "after");
}

/* ---- whose -------------------------------------------------------------------------------------
 */

bool api_money_whole(const struct api_call *call, struct api_reply *reply, const char *own)
{
    return scope_is_whole(&call->who.scope, own) ||
           api_call_explain(reply, VERDICT_NOT_PERMITTED,
                            "this is the institution's money, and your user acts for a unit of it",
                            "ask who acts for the institution as a whole", NULL);
}

enum fault api_money_call(const struct api_call *call, struct api_reply *reply, uint32_t number,
                          Peregrin__Call **out)
{
    *out = NULL;
    if (number)
        TRY(call_get(call->api->store, number, call->arena, out));
    if (!*out || !api_call_sees(call, (*out)->own))
        api_call_explain(reply, VERDICT_NOT_FOUND, "there is no call of this number",
                         "see `peregrin call list`", "call");
    return FAULT_NONE;
}

enum fault api_money_envelope(const struct api_call *call, struct api_reply *reply, uint32_t number,
                              Peregrin__Envelope **out)
{
    *out = NULL;
    if (number)
        TRY(envelope_get(call->api->store, number, call->arena, out));
    if (!*out || !api_call_sees(call, (*out)->own))
        api_call_explain(reply, VERDICT_NOT_FOUND, "there is no envelope of this number",
                         "see `peregrin envelope list`", "envelope");
    return FAULT_NONE;
}

enum fault api_money_page(const struct api_call *call, struct api_reply *reply,
                          const struct api_money_page *page)
{
    struct numbered_page found;
    size_t limit;
    uint32_t after;
    json_t *list;
    if (!api_money_after(call, reply, &after) ||
        !api_call_query_number(call, reply, "limit", API_CALL_PAGE, API_CALL_PAGE_MAX, &limit))
        return FAULT_NONE;
    TRY(numbered_list(call->api->store, page->list, after, limit, call->arena, &found));
    TRY(api_call_list(reply, page->name, &list));
    for (size_t i = 0; i < found.count; i++)
        if (page->sees(call, found.messages[i], page->asked))
            TRY(api_call_append(list, page->json(call, found.messages[i])));
    return api_call_put(reply, "next", found.next ? json_integer(found.next) : json_null());
}

json_t *api_money_envelope_json(const Peregrin__Envelope *envelope)
{
    return json_pack(
        "{s:i, s:s, s:s, s:s, s:I, s:I, s:I, s:I, s:o}", "number", (int)envelope->number, "own",
        envelope->own, "title", envelope->title, "currency", envelope->currency, "amount_cents",
        (json_int_t)envelope->cents, "allotted_cents", (json_int_t)envelope->allotted,
        "released_cents", (json_int_t)envelope->released, "balance_cents",
        (json_int_t)envelope_balance(envelope), "created_at", api_call_seconds(envelope->at));
}
