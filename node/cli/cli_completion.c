#include "cli/cli_completion.h"

#include "cli/cli_table.h"
#include "command/command_flag.h"

#include <string.h>

static void write_bash(FILE *to);
static void write_zsh(FILE *to);
static void write_fish(FILE *to);

static const struct {
    const char *name;
    void (*write)(FILE *to);
} shells[] = {{"bash", write_bash}, {"zsh", write_zsh}, {"fish", write_fish}};

bool cli_completion_write(FILE *to, const char *shell)
{
    for (size_t i = 0; i < sizeof shells / sizeof *shells; i++)
        if (strcmp(shells[i].name, shell) == 0) {
            shells[i].write(to);
            return true;
        }
    return false;
}

/* ---- what all three say --------------------------------------------------------------------- */

static bool takes_file(const struct command_row *row)
{
    return row->arguments && (strstr(row->arguments, "FILE") || strstr(row->arguments, "CARD"));
}

static void say_verbs(FILE *to, const char *noun)
{
    const struct command_row *row;
    for (size_t i = 0; (row = cli_table_row(i)); i++)
        if (row->verb && strcmp(row->noun, noun) == 0)
            fprintf(to, " %s", row->verb);
}

/* `a|b|c` as `a b c`. */
static void say_words(FILE *to, const char *words)
{
    for (; *words; words++)
        fputc(*words == '|' ? ' ' : *words, to);
}

/* What stands between single quotes, where `quote` is how that shell writes one in between. */
static void say_quoted(FILE *to, const char *text, const char *quote)
{
    for (; *text; text++) {
        if (*text == '\'')
            fputs(quote, to);
        else
            fputc(*text, to);
    }
}

/* Flags of the row, then the common ones, by turns through `say`. */
static void for_flags(FILE *to, const struct command_row *row,
                      void (*say)(FILE *to, const struct command_row *row,
                                  const struct command_flag *flag))
{
    for (const struct command_flag *flag = row ? row->flags : NULL; flag && flag->name; flag++)
        say(to, row, flag);
    for (size_t i = 0; !row && command_flag_common(i); i++)
        say(to, NULL, command_flag_common(i));
}

static void say_long(FILE *to, const struct command_row *, const struct command_flag *flag)
{
    fprintf(to, " --%s", flag->name);
}

static void say_valued(FILE *to, const struct command_row *, const struct command_flag *flag)
{
    if (flag->argument)
        fprintf(to, " --%s", flag->name);
    if (flag->argument && flag->letter)
        fprintf(to, " -%c", flag->letter);
}

/* The first two words that are no flags and no flags' values: the same loop in bash and zsh. */
static void say_loop(FILE *to, const char *array, const char *first, const char *current)
{
    const struct command_row *row;
    fputs("    local valued=\"", to);
    for_flags(to, NULL, say_valued);
    for (size_t i = 0; (row = cli_table_row(i)); i++)
        for_flags(to, row, say_valued);
    fprintf(to,
            " \"\n"
            "    for ((i = %s; i < %s; i++)); do\n"
            "        item=\"${%s[i]}\"\n"
            "        if [[ $valued == *\" $item \"* ]]; then ((i++))\n"
            "        elif [[ $item == -* ]]; then :\n"
            "        elif [[ -z $noun ]]; then noun=$item\n"
            "        elif [[ -z $verb ]]; then verb=$item\n"
            "        fi\n"
            "    done\n",
            first, current, array);
}

/* ---- bash ----------------------------------------------------------------------------------- */

static void say_bash_values(FILE *to, const struct command_row *row,
                            const struct command_flag *flag)
{
    const char *words = command_flag_words(flag);
    if (!words)
        return;
    fprintf(to, "    \"%s%s%s --%s\") words=\"", row->noun, row->verb ? " " : "",
            row->verb ? row->verb : "", flag->name);
    say_words(to, words);
    fputs("\" ;;\n", to);
}

static void say_bash_flags(FILE *to)
{
    const struct command_row *row;
    fputs("    case \"$noun${verb:+ $verb}\" in\n", to);
    for (size_t i = 0; (row = cli_table_row(i)); i++) {
        if (!row->flags)
            continue;
        fprintf(to, "    \"%s%s%s\"%s) flags+=\"", row->noun, row->verb ? " " : "",
                row->verb ? row->verb : "", row->verb ? "" : "*");
        for_flags(to, row, say_long);
        fputs("\" ;;\n", to);
    }
    fputs("    esac\n", to);
}

static void say_bash_verbs(FILE *to)
{
    const struct command_noun *noun;
    fputs("    case \"$noun\" in\n    \"\") words=\"", to);
    for (size_t i = 0; (noun = cli_table_noun(i)); i++)
        fprintf(to, "%s%s", i ? " " : "", noun->name);
    fputs("\" ;;\n", to);
    for (size_t i = 0; (noun = cli_table_noun(i)); i++) {
        if (!noun->rows[0].verb)
            continue;
        fprintf(to, "    %s) [[ -n $verb ]] || words=\"", noun->name);
        say_verbs(to, noun->name);
        fputs("\" ;;\n", to);
    }
    fputs("    esac\n", to);
}

static void write_bash(FILE *to)
{
    const struct command_row *row;
    fputs("# bash completion for peregrin; made by `peregrin completion bash`.\n"
          "_peregrin() {\n"
          "    local word=\"${COMP_WORDS[COMP_CWORD]}\" before=\"${COMP_WORDS[COMP_CWORD - 1]}\"\n"
          "    local noun=\"\" verb=\"\" words=\"\" item i\n"
          "    if [[ $word == = ]]; then word=\"\"\n"
          "    elif [[ $before == = ]]; then before=\"${COMP_WORDS[COMP_CWORD - 2]}\"\n"
          "    fi\n"
          "    local flags=\"",
          to);
    for_flags(to, NULL, say_long);
    fputs("\"\n", to);
    say_loop(to, "COMP_WORDS", "1", "COMP_CWORD");
    fputs("    case \"$noun${verb:+ $verb} $before\" in\n", to);
    for (size_t i = 0; (row = cli_table_row(i)); i++)
        for_flags(to, row, say_bash_values);
    fputs("    esac\n"
          "    if [[ -n $words ]]; then\n"
          "        mapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$word\")\n"
          "        return\n"
          "    elif [[ $valued == *\" $before \"* ]]; then\n"
          "        mapfile -t COMPREPLY < <(compgen -f -- \"$word\")\n"
          "        return\n"
          "    fi\n",
          to);
    say_bash_flags(to);
    say_bash_verbs(to);
    fputs("    if [[ $word == -* ]]; then words=$flags; fi\n"
          "    if [[ -n $words ]]; then\n"
          "        mapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$word\")\n"
          "    else\n"
          "        mapfile -t COMPREPLY < <(compgen -f -- \"$word\")\n"
          "    fi\n"
          "}\n"
          "complete -o filenames -F _peregrin peregrin\n",
          to);
}

/* ---- zsh ------------------------------------------------------------------------------------ */

/* `'name:what it is'`: a colon in the name would end it. */
static void say_described(FILE *to, const char *dashes, const char *name, const char *text)
{
    fprintf(to, " '%s%s:", dashes, name);
    say_quoted(to, text, "'\\''");
    fputc('\'', to);
}

static void say_zsh_flag(FILE *to, const struct command_row *, const struct command_flag *flag)
{
    say_described(to, "--", flag->name, flag->help);
}

static void say_zsh_values(FILE *to, const struct command_row *row, const struct command_flag *flag)
{
    const char *words = command_flag_words(flag);
    if (!words)
        return;
    fprintf(to, "    '%s%s%s --%s') compadd -- ", row->noun, row->verb ? " " : "",
            row->verb ? row->verb : "", flag->name);
    say_words(to, words);
    fputs("; return ;;\n", to);
}

static void say_zsh_nouns(FILE *to)
{
    const struct command_noun *noun;
    const struct command_row *row;
    fputs("    case \"$noun\" in\n    '') items=(", to);
    for (size_t i = 0; (noun = cli_table_noun(i)); i++)
        say_described(to, "", noun->name, noun->summary);
    fputs(") ;;\n", to);
    for (size_t i = 0; (noun = cli_table_noun(i)); i++) {
        if (!noun->rows[0].verb)
            continue;
        fprintf(to, "    %s) [[ -n $verb ]] || items=(", noun->name);
        for (row = noun->rows; row->noun; row++)
            say_described(to, "", row->verb ? row->verb : "", row->summary);
        fputs(") ;;\n", to);
    }
    fputs("    esac\n", to);
}

static void write_zsh(FILE *to)
{
    const struct command_row *row;
    fputs("#compdef peregrin\n"
          "# zsh completion for peregrin; made by `peregrin completion zsh`.\n"
          "_peregrin() {\n"
          "    local word=\"${words[CURRENT]}\" before=\"${words[CURRENT - 1]}\"\n"
          "    local noun='' verb='' item i\n"
          "    local -a items flags\n"
          "    flags=(",
          to);
    for_flags(to, NULL, say_zsh_flag);
    fputs(")\n", to);
    say_loop(to, "words", "2", "CURRENT");
    fputs("    case \"$noun${verb:+ $verb} $before\" in\n", to);
    for (size_t i = 0; (row = cli_table_row(i)); i++)
        for_flags(to, row, say_zsh_values);
    fputs("    esac\n"
          "    if [[ $valued == *\" $before \"* ]]; then _files; return; fi\n"
          "    case \"$noun${verb:+ $verb}\" in\n",
          to);
    for (size_t i = 0; (row = cli_table_row(i)); i++) {
        if (!row->flags)
            continue;
        fprintf(to, "    \"%s%s%s\"%s) flags+=(", row->noun, row->verb ? " " : "",
                row->verb ? row->verb : "", row->verb ? "" : "*");
        for_flags(to, row, say_zsh_flag);
        fputs(") ;;\n", to);
    }
    fputs("    esac\n", to);
    say_zsh_nouns(to);
    fputs("    if [[ $word == -* ]]; then _describe -o flag flags\n"
          "    elif (( $#items )); then _describe command items\n"
          "    else _files\n"
          "    fi\n"
          "}\n"
          "if [[ $funcstack[1] == _peregrin ]]; then _peregrin \"$@\"; else compdef _peregrin "
          "peregrin; fi\n",
          to);
}

/* ---- fish ----------------------------------------------------------------------------------- */

static void say_fish_text(FILE *to, const char *text)
{
    fputs(" -d '", to);
    say_quoted(to, text, "\\'");
    fputs("'\n", to);
}

static void say_fish_flag(FILE *to, const struct command_row *row, const struct command_flag *flag)
{
    const char *words = command_flag_words(flag);
    fputs("complete -c peregrin", to);
    if (row)
        fprintf(to, " -n '__peregrin_in %s%s%s'", row->noun, row->verb ? " " : "",
                row->verb ? row->verb : "");
    fprintf(to, " -l %s", flag->name);
    if (flag->letter)
        fprintf(to, " -s %c", flag->letter);
    if (words) {
        fputs(" -x -a '", to);
        say_words(to, words);
        fputc('\'', to);
    } else if (flag->argument) {
        fputs(" -r -F", to);
    }
    say_fish_text(to, flag->help);
}

static void write_fish(FILE *to)
{
    const struct command_noun *noun;
    const struct command_row *row;
    fputs("# fish completion for peregrin; made by `peregrin completion fish`.\n"
          "function __peregrin_words\n"
          "    set -l valued",
          to);
    for_flags(to, NULL, say_valued);
    fputs("\n    set -l skip 0\n"
          "    for item in (commandline -opc)[2..]\n"
          "        if test $skip = 1\n"
          "            set skip 0\n"
          "        else if contains -- $item $valued\n"
          "            set skip 1\n"
          "        else if not string match -q -- '-*' $item\n"
          "            echo $item\n"
          "        end\n"
          "    end\n"
          "end\n"
          "function __peregrin_at\n"
          "    test (count (__peregrin_words)) = (count $argv)\n"
          "    and __peregrin_in $argv\n"
          "end\n"
          "function __peregrin_in\n"
          "    set -l words (__peregrin_words)\n"
          "    test (count $argv) -eq 0\n"
          "    or test \"$words[1..\"(count $argv)\"]\" = \"$argv\"\n"
          "end\n"
          "complete -c peregrin -n '__peregrin_at' -f\n",
          to);
    for_flags(to, NULL, say_fish_flag);
    for (size_t i = 0; (noun = cli_table_noun(i)); i++) {
        fprintf(to, "complete -c peregrin -f -n '__peregrin_at' -a %s", noun->name);
        say_fish_text(to, noun->summary);
    }
    for (size_t i = 0; (row = cli_table_row(i)); i++) {
        if (row->verb) {
            fprintf(to, "complete -c peregrin -f -n '__peregrin_at %s' -a %s", row->noun,
                    row->verb);
            say_fish_text(to, row->summary);
        }
        if (!takes_file(row))
            fprintf(to, "complete -c peregrin -f -n '__peregrin_in %s%s%s'\n", row->noun,
                    row->verb ? " " : "", row->verb ? row->verb : "");
        for_flags(to, row, say_fish_flag);
    }
}
