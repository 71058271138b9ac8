/* links: base seal record trust wire rules channel stream store engine io */
/* No text may break the configuration's reader; each refusal has a reason. */
#include "io/config.h"

#include <assert.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct config_problems problems;
    struct config *config = NULL;
    enum fault fault = config_parse((struct bytes) {data, size}, "fuzz.conf", &config, &problems);
    if (fault == FAULT_NONE)
        config_close(config);
    else
        assert(fault == FAULT_MEMORY || problems.count > 0);
    return 0;
}
