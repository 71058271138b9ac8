#include "admin/look.h"

#include <assert.h>

bool look_begin(const struct look *look, const char *from, const struct digest *id)
{
    assert(from && id);
    return !look->begin || look->begin(look->self, from, id);
}

void look_end(const struct look *look)
{
    if (look->end)
        look->end(look->self);
}
