/* What the families of dossiers have in common, each told by a table and three functions. Own to
 * this folder. */
#pragma once

#include "record/lanes.h"

struct dossier_fold {
    struct dossier *dossier;
    struct lanes lanes;
    uint32_t asked, accepted;        /* questions: the newest, and the accepted one */
    struct digest accepted_revision; /* the newest of the accepted question */
};

struct dossier_family {
    const struct dossier_transition *rows;
    size_t count;
    /* DOSSIER_WORD_COUNT: it says nothing that counts. */
    enum dossier_word (*word)(const struct dossier *dossier, const struct dossier_entry *entry);
    /* A record that names something else than what the dossier is about now changes nothing. */
    bool (*names)(const struct dossier_fold *fold, const struct dossier_entry *entry);
    /* Takes what a row of the table lets in; `to` as that row says. */
    void (*enter)(struct dossier_fold *fold, struct dossier_entry *entry, enum dossier_state to);
};

extern const struct dossier_family dossier_mobility, dossier_agreement, dossier_notice;

/* No record: the digest of nothing. */
bool dossier_none(const struct digest *id);
