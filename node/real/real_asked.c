#include "real/real_asked.h"

#include <assert.h>
#include <stdio.h>

enum { DIGITS = 12, COURSES_MOST = 3, HALF_CREDIT = 50 };

/* The number as a name: names have no digits. */
static void letters(uint32_t number, char out[static DIGITS])
{
    snprintf(out, DIGITS, "%u", number);
    for (char *digit = out; *digit; digit++)
        *digit = (char)('a' + *digit - '0');
    *out = (char)(*out & ~0x20);
}

/* An invented student, told apart from all others by the number. */
static json_t *nomination(const char *author, const struct real_matter *matter, int amended)
{
    char name[DIGITS + 16], tail[DIGITS], birth[16], mail[96], esi[128], comment[48];
    uint32_t number = matter->number;
    letters(number, tail);
    snprintf(name, sizeof name, "Probe-%s", tail);
    snprintf(birth, sizeof birth, "%u-0%u-1%u", 1998 + number % 8, 1 + number % 9, number % 10);
    snprintf(mail, sizeof mail, "probe.%u@student.%s", number, author);
    snprintf(esi, sizeof esi, "urn:schac:personalUniqueCode:int:esi:%s:%07u", author, number);
    snprintf(comment, sizeof comment, "amended %d of %u", amended, number);
    return json_pack("{s:{s:s, s:s, s:s, s:i, s:s, s:s, s:s}, s:s, s:s, s:i, s:i, s:s, s:s*}",
                     "person", "family_name", name, "given_names", "Ada", "birth_date", birth,
                     "gender", 2, "nationality", "BE", "email", mail, "esi", esi, "mobility",
                     "studies", "year", "2026/2027", "term", (int)(1 + number % 2), "eqf", 6,
                     "isced_f", "0613", "comment", amended ? comment : NULL);
}

static json_t *decision(const struct real_matter *matter)
{
    if (matter->accepts)
        return json_pack("{s:s}", "outcome", "accept");
    return json_pack("{s:s, s:s}", "outcome", "refuse", "reason", "places");
}

/* One to three courses, whose credits and grades are the number's. */
static json_t *transcript(const struct real_matter *matter)
{
    uint32_t count = 1 + matter->number % COURSES_MOST, sum = 0;
    json_t *courses = json_array();
    for (uint32_t i = 0; i < count; i++) {
        char title[DIGITS + 16], tail[DIGITS], grade[DIGITS];
        uint32_t credits = HALF_CREDIT * (1 + (matter->number * 7 + i * 3) % 24);
        letters(matter->number + i, tail);
        snprintf(title, sizeof title, "Course %s", tail);
        snprintf(grade, sizeof grade, "%u", 10 + (matter->number + i) % 11);
        json_array_append_new(courses,
                              json_pack("{s:s, s:i, s:s, s:b}", "title", title, "ects_hundredths",
                                        (int)credits, "grade", grade, "passed", 1));
        sum += credits;
    }
    return json_pack("{s:o, s:s, s:s, s:i, s:s}", "components", courses, "start", "2027-02-01",
                     "end", "2027-06-30", "total_hundredths", (int)sum, "issued_on", "2027-07-05");
}

json_t *real_asked_body(const char *author, const struct real_matter *matter, enum real_deed deed)
{
    assert(deed < REAL_DEED_COUNT);
    if (deed == REAL_DEED_DECISION)
        return decision(matter);
    if (deed == REAL_DEED_TRANSCRIPT)
        return transcript(matter);
    return nomination(author, matter, (int)deed);
}

const char *real_asked_state(const struct real_matter *matter)
{
    if (real_ledger_next_deed(matter) != REAL_DEED_NONE)
        return NULL;
    if (matter->answered[REAL_DEED_TRANSCRIPT])
        return "transcript";
    return matter->accepts ? "accepted" : "refused";
}

enum real_deed real_asked_latest(const struct real_matter *matter)
{
    enum real_deed latest = REAL_DEED_NOMINATION;
    for (enum real_deed deed = latest; deed <= REAL_DEED_SECOND_AMENDMENT; deed++)
        if (matter->answered[deed])
            latest = deed;
    return latest;
}
