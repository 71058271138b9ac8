#!/bin/bash
# Completion in the shells themselves: what they would offer behind what is typed so far.
. "$(dirname "$(readlink -f "$0")")/../support/claims.sh"
set -u
peregrin=$PEREGRIN_BIN/peregrin
place=$(mktemp -d) || exit 1
trap 'rm -rf "$place"' EXIT
cd "$place" || exit 1
touch spring.csv

bash_offers() { # LINE: the words that bash would offer for its last word
    bash --norc -c '
        source <("$0" completion bash)
        read -ra COMP_WORDS <<<"$1"
        [[ $1 == *" " ]] && COMP_WORDS+=("")
        COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
        _peregrin
        printf "%s\n" "${COMPREPLY[@]}"' "$peregrin" "$1"
}
fish_offers() {
    fish --no-config -c '
        source ('"$peregrin"' completion fish | psub)
        complete -C "$argv[1]"' -- "$1" | cut -f 1
}
# A real zsh at a terminal of its own: its list of what may follow is read off the screen.
zsh_offers() {
    zsh -f -c '
        zmodload zsh/zpty
        zpty shell zsh -f -i
        zpty -w shell "PS1=; unsetopt zle_bracketed_paste prompt_cr prompt_sp; stty columns 500 -echo"
        zpty -w shell "autoload -U compinit; compinit -u -D; source <($1 completion zsh)"
        zpty -w shell "zstyle \":completion:*\" list-separator \"\"; LISTMAX=10000; zstyle \":completion:*\" verbose no"
        zpty -w shell "list-all() { compstate[list]=list; compstate[insert]=; zle list-choices; }"
        zpty -w shell "zle-line-init() { print -n EDITS\$((1+1)) }; zle -N zle-line-init"
        zpty -w shell "bindkey \"^T\" list-choices; print -r -- READY\$((1+1))"
        zpty -r shell seen "*READY2*EDITS2*"
        zpty -w -n shell "$2"$'"'\x14'"'
        zpty -w -n shell $'"'\x15'"'"print -r -- DONE\$((1+1))"$'"'\n'"'
        zpty -r shell seen "*DONE2*"
        print -r -- "$seen"' zsh "$peregrin" "$1" | sed 's/\x1b\[[0-9;?]*[a-zA-Z]//g' | tr -s ' \r' '\n\n'
}

offers() { # SHELL LINE WANTED...: all of these are among what is offered
    local shell=$1 line=$2 word offered
    shift 2
    offered=$("${shell}_offers" "$line" 2>&1)
    for word in "$@"; do
        grep -qxF -- "$word" <<<"$offered" || { echo "no $word in: ${offered//$'\n'/ }"; return 1; }
    done
}
lacks() { # SHELL LINE UNWANTED
    ! "${1}_offers" "$2" 2>&1 | grep -qxF -- "$3"
}
claim() {
    local name=$1 said
    shift
    if said=$("$@"); then echo "ok $name"; else printf 'not ok %s: %s\n' "$name" "${said:0:600}"; fi
}

for shell in bash zsh fish; do
    command -v $shell >/dev/null || { echo "skip $shell: it is not here; scripts/setup installs it"; continue; }
    claim "${shell}_offers_nouns" offers $shell "peregrin " nomination transcript outbox key catalogue
    claim "${shell}_offers_the_verbs_of_a_noun" offers $shell "peregrin nomination " import send withdraw
    claim "${shell}_offers_no_verbs_of_another" lacks $shell "peregrin nomination " fingerprint
    claim "${shell}_offers_flags_of_the_command" offers $shell "peregrin nomination list --" \
        --direction --state --json --dry-run
    claim "${shell}_offers_no_flags_of_another" lacks $shell "peregrin nomination list --" --threshold
    claim "${shell}_offers_the_words_of_a_flag" offers $shell "peregrin nomination list --direction " \
        incoming outgoing
    claim "${shell}_looks_behind_flags_with_values" offers $shell "peregrin --socket x nomination " import
    claim "${shell}_offers_files" offers $shell "peregrin nomination import " spring.csv
done
