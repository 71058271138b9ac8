#include "store/sound.h"

#include <string.h>

enum fault sound_check(const struct store_record *record, const struct header *header)
{
    const struct header_dossier *dossier = &record->place.dossier;
    struct digest commitment;
    if (!digest_equal(&header->id, &record->id) || header->lane != record->lane ||
        header->index != record->index ||
        memcmp(header->dossier.bytes, dossier->bytes, sizeof dossier->bytes) != 0)
        return FAULT_CORRUPT;
    if (record->salt.size == 0)
        return record->body.size ? FAULT_CORRUPT : FAULT_NONE;
    if (record->salt.size != DIGEST_SALT_SIZE)
        return FAULT_CORRUPT;
    header_commit(record->salt.data, record->body, &commitment);
    return digest_equal(&commitment, &header->commitment) ? FAULT_NONE : FAULT_CORRUPT;
}
