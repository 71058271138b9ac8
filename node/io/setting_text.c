#include "io/setting_text.h"

#include <string.h>

enum { WIDTH = 78, INDENT = 2 };

/* The sentence in lines of a width that any terminal has. */
static const char *wrap(const char *text, struct arena *arena)
{
    size_t room = 2 * strlen(text) + 1, used = 0, column = INDENT;
    char *out = arena_take(arena, room);
    while (out && *text) {
        size_t word = strcspn(text, " "), blank = text[word] == ' ';
        bool breaks = used > 0 && column + 1 + word > WIDTH;
        if (breaks) {
            memcpy(out + used, "\n  ", 3);
            used += 3;
            column = INDENT;
        } else if (used > 0) {
            out[used++] = ' ';
            column++;
        }
        memcpy(out + used, text, word);
        used += word;
        column += word;
        text += word + blank;
    }
    return out;
}

const char *setting_text_explain(const struct setting *setting, struct arena *arena)
{
    const char *effect = wrap(setting->effect, arena);
    bool list = setting_is_list(setting);
    if (!effect)
        return NULL;
    return arena_format(arena,
                        "%s\n  %s\n  Value    %s\n  Default  %s\n  Example  %s = %s\"%s\"%s\n",
                        setting->name, effect, setting->unit,
                        setting->fallback ? setting->fallback : "none: it must be given",
                        setting->name, list ? "{" : "", setting->sample, list ? "}" : "");
}

const char *setting_text_all(struct arena *arena)
{
    const struct setting *setting;
    const char *text = "";
    for (size_t i = 0; text && (setting = setting_at(i)); i++) {
        const char *one = setting_text_explain(setting, arena);
        text = one ? arena_format(arena, "%s%s%s", text, i ? "\n" : "", one) : NULL;
    }
    return text;
}
