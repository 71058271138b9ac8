#include "admin/host_calendar.h"

#include "admin/zone.h"
#include "report/notice.h"

enum fault host_calendar_load(struct store *store, uint32_t pair, bool of_partner,
                              struct instant now, struct arena *arena, struct host_calendar *out)
{
    struct notice *all;
    size_t count;
    *out = (struct host_calendar) {.zone = "UTC"};
    TRY(notice_list(store, pair, of_partner, UINT64_C(1) << DOSSIER_FACTSHEET, arena, &all,
                    &count));
    for (size_t i = 0; i < count; i++)
        if (all[i].body)
            out->sheet = (const Peregrin__Factsheet *)all[i].body;
    if (out->sheet)
        out->zone = out->sheet->zone;
    out->known = zone_today(out->zone, (int64_t)instant_seconds(now), &out->today);
    return FAULT_NONE;
}

int64_t host_calendar_day(const struct host_calendar *calendar, struct instant at)
{
    int64_t day;
    (void)zone_today(calendar->zone, (int64_t)instant_seconds(at), &day);
    return day;
}
