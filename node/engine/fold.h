/* One dossier after another record: fold, judge what is judged for the first time, keep the row
 * that lists show. */
#pragma once

#include "engine/carry.h"

/* A dossier as it stands in the store. Lives in scratch. */
struct fold_view {
    struct store_record *records; /* ordered by (lane, index, id); bodies empty */
    struct header *headers;
    struct dossier_entry *entries; /* same order */
    size_t count;
    struct dossier dossier;
};

enum fault fold_load(struct step *step, const struct store_place *place, struct fold_view *out);
/* The dossier's row for lists, as the view says. */
enum fault fold_save(struct step *step, const struct store_place *place,
                     const struct fold_view *view);
/* Position in the view, or count when it is not there. */
size_t fold_find(const struct fold_view *view, const struct digest *id);

/* After a record came: loads, judges every record of the partner that is now folded and was never
 * judged, writes refusals, saves the row. fresh: the record that came, where its body is at hand;
 * may be NULL. While the guard is armed nothing is judged: the pair is marked for later. */
enum fault fold_settle(struct step *step, struct pair *pair, const struct store_place *place,
                       const struct carry_record *fresh);
/* The guard was lifted: judges what waited for it. */
enum fault fold_judge_waiting(struct step *step, struct pair *pair);

/* The own lane's number: 0 where we opened the dossier. */
uint32_t fold_own_lane(const struct store_place *place);
