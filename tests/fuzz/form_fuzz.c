/* links: base seal record rules */
#include "rules/form.h"

#include <assert.h>
#include <string.h>

/* What a form takes, it can be held to: the lengths are those of its source, and a text of any form
 * is a line without blank ends. */
static void judge(bool taken, struct bytes text, size_t least, size_t most)
{
    if (!taken)
        return;
    assert(text.size >= least && text.size <= most);
    assert(form_line(text, 1, most));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct bytes text = {data, size};
    judge(form_email(text), text, 6, FORM_EMAIL_MAX);
    judge(form_esi(text), text, 41, FORM_ESI_MAX);
    judge(form_year(text), text, 9, 9);
    judge(form_isced_f(text), text, 4, 4);
    judge(form_country(text), text, 2, 2);
    judge(form_language(text), text, 2, 2);
    judge(form_language_tag(text), text, 2, 35);
    judge(form_cefr(text), text, 2, 2);
    judge(form_erasmus(text), text, 6, 16);
    if (form_line(text, 0, 100))
        assert(form_text(text, 0, 100) && size <= 400);
    if (form_text(text, 1, 100))
        assert(!form_text(text, 0, 0) && form_text(text, 1, 1000));
    return 0;
}
