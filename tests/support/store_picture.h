/* All that a store holds, as text: two stores hold the same iff their pictures are equal. And
 * sample rows, made from a number. */
#pragma once

#include "store/store.h"

enum {
    STORE_PICTURE_REQUESTS = 16, /* keys that the picture looks at: sample ids from 0 on */
    STORE_PICTURE_VALUES = 16,   /* and names: `value 0` ... */
};

/* On the heap. A fault while reading is part of the picture. */
char *store_picture(struct store *store);

struct digest store_picture_id(uint64_t number);
/* Of pair 1, opened and written by us, lane 0, index number: change what the test is about. */
struct store_record store_picture_record(uint64_t number);
void store_picture_name(unsigned number, char name[static 16]);

/* One change out of some fifty, chosen by `dice`: always legal, whatever the store holds. In a
 * transaction. */
enum fault store_picture_change(struct store *store, uint64_t dice);
