#include "study/yearbook.h"

#include "report/table.h"

#include <math.h>
#include <string.h>

enum { GROUP = 3, MEAN_DIGITS = 3 };

static const int64_t DAY = 86400 * (int64_t)INSTANT_SECOND;

/* ---- numbers and dates ---- */

void yearbook_number(double value, int digits, char out[static YEARBOOK_NUMBER_SIZE])
{
    char plain[YEARBOOK_NUMBER_SIZE];
    size_t length = 0;
    snprintf(plain, sizeof plain, "%.*f", digits, value);
    size_t whole = strcspn(plain, "."), first = plain[0] == '-';
    for (size_t i = 0; plain[i] && length + 2 < YEARBOOK_NUMBER_SIZE; i++) {
        if (i > first && i < whole && (whole - i) % GROUP == 0)
            out[length++] = ',';
        out[length++] = plain[i];
    }
    out[length] = '\0';
}

static void date_text(const struct year *year, size_t day, char out[static INSTANT_TEXT_SIZE])
{
    instant_text(instant_after(year->beginning, (int64_t)day * DAY), out);
    out[strcspn(out, "T")] = '\0';
}

/* Of a mean over seeds: digits even where each value is whole. */
static int mean_digits(enum measure measure)
{
    int digits = measure_row(measure)->digits;
    return digits ? digits : MEAN_DIGITS;
}

/* Of an interval that is written as 0 .. 0 nobody is told that it does not contain 0. */
static bool stands_out(const struct paired *paired, int digits)
{
    double half_a_unit = 0.5 * pow(10, -digits);
    return paired->differs && (fabs(paired->difference - paired->half) >= half_a_unit ||
                               fabs(paired->difference + paired->half) >= half_a_unit);
}

/* ---- CSV ---- */

void yearbook_titles(FILE *file, enum measure_file kind)
{
    const struct measure_column *column;
    for (size_t i = 0; (column = measure_column(kind, i)); i++)
        fprintf(file, "%s%s", i ? "," : "", column->name);
    for (size_t m = 0; measure_file_has_all(kind) && m < MEASURE_COUNT; m++)
        fprintf(file, ",%s", measure_row((enum measure)m)->name);
    fputc('\n', file);
}

static void values_write(FILE *file, const struct measures *measures)
{
    for (size_t m = 0; m < MEASURE_COUNT; m++)
        fprintf(file, ",%.*f", measure_row((enum measure)m)->digits, measures->values[m]);
    fputc('\n', file);
}

/* A scenario's text has commas between its parameters. */
void yearbook_measures(FILE *file, const struct yearbook_run *run)
{
    fprintf(file, "\"%s\",%llu,%zu,%zu,%llu", run->scenario, (unsigned long long)run->seed,
            run->network->count, run->network->link_count,
            (unsigned long long)flow_students(run->network));
    values_write(file, &run->year->measures);
}

void yearbook_swept(FILE *file, const char *parameter, const char *value,
                    const struct yearbook_run *run)
{
    fprintf(file, "%s,%s,%llu", parameter, value, (unsigned long long)run->seed);
    values_write(file, &run->year->measures);
}

void yearbook_days(FILE *file, const struct yearbook_run *run)
{
    for (size_t i = 0; i < run->year->days; i++) {
        const struct gauge_day *day = &run->year->day_list[i];
        char date[INSTANT_TEXT_SIZE];
        date_text(run->year, i, date);
        fprintf(file, "%llu,%zu,%s,%llu,%llu,%llu,%.3f,%llu,%llu,%llu,%llu\n",
                (unsigned long long)run->seed, i + 1, date, (unsigned long long)day->submitted,
                (unsigned long long)day->receipted, (unsigned long long)day->backlog_max,
                day->backlog_mean, (unsigned long long)day->postponed,
                (unsigned long long)day->down, (unsigned long long)day->messages,
                (unsigned long long)day->bytes);
    }
}

void yearbook_messages(FILE *file, const struct yearbook_run *run)
{
    for (size_t i = 0; i < run->year->message_count; i++) {
        const struct gauge_message *message = &run->year->messages[i];
        fprintf(file, "%llu,%s,%llu,%llu,%llu,%llu,%llu\n", (unsigned long long)run->seed,
                message->what, (unsigned long long)message->sent,
                (unsigned long long)message->bytes, (unsigned long long)message->arrived,
                (unsigned long long)message->refused, (unsigned long long)message->lost);
    }
}

void yearbook_contrast(FILE *file, const struct contrast *contrast)
{
    for (size_t m = 0; m < MEASURE_COUNT; m++) {
        const struct measure_row *row = measure_row((enum measure)m);
        const struct paired *paired = &contrast->of[m];
        if (row->machine)
            continue;
        int digits = mean_digits((enum measure)m);
        fprintf(file, "%s,%s,%.*f,%.*f,%.*f,", row->name, row->unit, digits, paired->one, digits,
                paired->other, digits, paired->difference);
        if (paired->known)
            fprintf(file, "%.*f,%.*f", digits, paired->difference - paired->half, digits,
                    paired->difference + paired->half);
        else
            fputc(',', file);
        fprintf(file, ",%d,%zu\n", stands_out(paired, digits), contrast->seeds);
    }
}

/* ---- tables ---- */

struct bytes yearbook_year_table(const struct measures *measures, struct arena *arena, size_t width)
{
    static const struct table_column columns[] = {
        {"MEASURE", false, TABLE_WHOLE},
        {"VALUE", true, TABLE_WHOLE},
        {"UNIT", false, TABLE_WHOLE},
        {"MEANING", false, TABLE_CUT},
    };
    struct table table;
    table_start(&table, arena, columns, sizeof columns / sizeof *columns);
    for (size_t m = 0; m < MEASURE_COUNT; m++) {
        const struct measure_row *row = measure_row((enum measure)m);
        char value[YEARBOOK_NUMBER_SIZE];
        yearbook_number(measures->values[m], row->digits, value);
        table_add(&table, (const char *const[]) {row->name, value, row->unit, row->meaning});
    }
    return table_text(&table, width);
}

static void interval_text(const struct paired *paired, int digits, char *out, size_t size)
{
    char low[YEARBOOK_NUMBER_SIZE], high[YEARBOOK_NUMBER_SIZE];
    yearbook_number(paired->difference - paired->half, digits, low);
    yearbook_number(paired->difference + paired->half, digits, high);
    if (paired->known)
        snprintf(out, size, "%s .. %s", low, high);
    else
        snprintf(out, size, "-");
}

struct bytes yearbook_contrast_table(const struct contrast *contrast, struct arena *arena,
                                     size_t width)
{
    static const struct table_column columns[] = {
        {"", false, TABLE_WHOLE},          {"MEASURE", false, TABLE_WHOLE},
        {"A", true, TABLE_WHOLE},          {"B", true, TABLE_WHOLE},
        {"DIFFERENCE", true, TABLE_WHOLE}, {"95 % INTERVAL", true, TABLE_BELOW},
        {"UNIT", false, TABLE_GOES_FIRST},
    };
    struct table table;
    table_start(&table, arena, columns, sizeof columns / sizeof *columns);
    for (size_t m = 0; m < MEASURE_COUNT; m++) {
        const struct measure_row *row = measure_row((enum measure)m);
        const struct paired *paired = &contrast->of[m];
        if (row->machine)
            continue;
        char one[YEARBOOK_NUMBER_SIZE], other[YEARBOOK_NUMBER_SIZE];
        char difference[YEARBOOK_NUMBER_SIZE], interval[2 * YEARBOOK_NUMBER_SIZE + 8];
        int digits = row->digits ? row->digits : 1;
        yearbook_number(paired->one, digits, one);
        yearbook_number(paired->other, digits, other);
        yearbook_number(paired->difference, digits, difference);
        interval_text(paired, digits, interval, sizeof interval);
        table_add(&table, (const char *const[]) {stands_out(paired, digits) ? "*" : "", row->name,
                                                 one, other, difference, interval, row->unit});
    }
    return table_text(&table, width);
}

/* ---- JSON ---- */

/* A whole number stays one. */
static json_t *number_json(double value, int digits)
{
    double scale = pow(10, digits);
    return digits ? json_real(round(value * scale) / scale) : json_integer((json_int_t)value);
}

json_t *yearbook_year_json(const struct yearbook_run *run)
{
    json_t *measures = json_object();
    char hash[2 * DIGEST_SIZE + 1];
    for (size_t m = 0; m < MEASURE_COUNT; m++) {
        const struct measure_row *row = measure_row((enum measure)m);
        json_object_set_new(measures, row->name,
                            number_json(run->year->measures.values[m], row->digits));
    }
    for (size_t i = 0; i < DIGEST_SIZE; i++)
        snprintf(hash + 2 * i, 3, "%02x", run->year->hash.bytes[i]);
    return json_pack(
        "{s:s, s:I, s:I, s:I, s:I, s:I, s:s, s:I, s:s?, s:o}", "scenario", run->scenario, "seed",
        (json_int_t)run->seed, "nodes", (json_int_t)run->network->count, "links",
        (json_int_t)run->network->link_count, "students", (json_int_t)flow_students(run->network),
        "days", (json_int_t)run->year->days, "hash", hash, "compared",
        (json_int_t)run->year->compared, "wrong", run->year->wrong, "measures", measures);
}

static json_t *paired_json(enum measure measure, const struct paired *paired)
{
    int digits = measure_row(measure)->digits ? measure_row(measure)->digits : 1;
    json_t *known = paired->known ? json_pack("[f, f]", paired->difference - paired->half,
                                              paired->difference + paired->half)
                                  : json_null();
    return json_pack("{s:s, s:s, s:f, s:f, s:f, s:o, s:b}", "measure", measure_row(measure)->name,
                     "unit", measure_row(measure)->unit, "a", paired->one, "b", paired->other,
                     "difference", paired->difference, "interval", known, "differs",
                     stands_out(paired, digits));
}

json_t *yearbook_contrast_json(const struct contrast *contrast)
{
    json_t *list = json_array();
    for (size_t m = 0; m < MEASURE_COUNT; m++)
        if (!measure_row((enum measure)m)->machine)
            json_array_append_new(list, paired_json((enum measure)m, &contrast->of[m]));
    return list;
}
