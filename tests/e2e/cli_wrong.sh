#!/bin/bash
# What is wrong with a command is said before any node is asked: no node runs here. Each sentence
# comes with what to do; scripts/check_cases wants every one of them here or in another test.
ROOT=$(dirname "$(readlink -f "$0")")/../..
. "$ROOT/tests/support/claims.sh"
. "$ROOT/tests/support/said.sh"

wrong() { # STATUS SENTENCE ARGUMENT...: the command ends so, with this sentence and a remedy
    local want=$1 sentence=$2 got status
    shift 2
    got=$("$BIN/peregrin" --socket none.sock "$@" 2>&1 </dev/null)
    status=$?
    if [ "$status" -eq "$want" ] && grep -qF -- "$sentence" <<<"$got" &&
        grep -qE "^  Remedy: .{8}" <<<"$got"; then
        echo "ok ${*// /_}"
    else
        echo "not ok ${*// /_}: exit status $status, not \"$sentence\": $got"
    fi
}

# ---- any command
wrong 2 "--json takes no value" status --json=1
wrong 2 "\`status\` takes no arguments, got \`x\`" status x
wrong 2 "no such flag: --colour" status --colour
wrong 2 "too many arguments" outbox retry $(seq 700) | cut -c1-60
wrong 2 "--url needs a token" status --url https://node.example
wrong 2 "--url: a token does not go there" status --url http://node.example --token-file t
wrong 2 "there is no manual page nothing" help --man nothing
wrong 4 "no node answers at none.sock" status

# ---- keys, the authority, a new node
wrong 2 "the federation has no name" catalogue new
wrong 6 "there is no root here" catalogue show --dir nowhere
holds "a federation begins" "$BIN/peregrin" catalogue new --network demo
wrong 7 "a federation begins only once" catalogue new --network demo
wrong 2 "with which root key?" catalogue sign --dir demo
wrong 7 "there is no next version to sign" catalogue sign --dir demo --key demo/root-1.key
wrong 2 "which kind of key" key new a.key
wrong 2 "--kind: there is no \`house\`" key new a.key --kind house
wrong 2 "whose key?" key new a.key --kind sign
wrong 2 "an owner has 1 to" key new a.key --kind sign --owner "a b"
wrong 2 "is not a SCHAC domain" init --dir n --institution Liège --name H --country BE --listen none
wrong 2 "is not a country code" init --dir n --institution helmo.be --name H --country Belgium --listen none
wrong 2 "--listen or --endpoint is no address" init --dir n --institution helmo.be --name H --country BE --listen here
wrong 2 "partners cannot call" init --dir n --institution helmo.be --name H --country BE --listen tcp://0.0.0.0:4100
wrong 2 "--network or --node is not a name" init --dir n --institution helmo.be --name H --country BE --listen none --network "a b"
wrong 2 "is given twice" init --dir n --institution helmo.be --name H --country BE --institution helmo.be --name H --listen none
wrong 2 "which file?" config check
wrong 2 "where does the backup go?" backup create
wrong 2 "FILE and --dir: which of both?" backup create f --dir d
wrong 2 "--keep goes with --dir" backup create f --keep 3
wrong 2 "restored to where?" backup restore f
mkdir empty
wrong 6 "there is no file in it" record verify "$PLACE/empty" --anchor "$(printf '0%.0s' {1..64})"
wrong 2 "which record?" record export
wrong 2 "--all goes without DOSSIER, LANE.INDEX and --armour" record export --all --armour --out f
wrong 2 "marta has no role" user add marta
wrong 2 "a password is needed and nobody is here to type it" user password marta

# ---- the year
one=01M5VJ0YZ0ECAJ04KNCC48MMXM
wrong 2 "which terms are approved?" agreement approve X
wrong 2 "which is the last year in which students may be sent?" agreement terminate X
wrong 2 "a new agreement, or a change of one?" agreement propose f
printf '{"a":\n' >broken.json
wrong 2 "no JSON object (line 2)" agreement propose broken.json --partner itg.be
printf 'a,b\n1,2\n' >other.csv
printf '{}' >terms.json
wrong 2 "no row with titles of conditions" agreement propose terms.json --partner itg.be --conditions other.csv
wrong 2 "no row with titles of a list of agreements" agreement import other.csv
wrong 2 "for which academic year?" course publish f
wrong 2 "of which grading scheme?" grade publish f
wrong 2 "--from wants the host's table" grade convert 14
wrong 2 "no such command: grade table frobnicate" grade table frobnicate
wrong 2 "\`grade table take\` has no dry run" grade table take X --dry-run
wrong 2 "which application?" grant allot
wrong 2 "which points?" grant score 1
wrong 2 "to which call?" grant import other.csv
wrong 2 "of which call?" grant template
wrong 2 "why?" grant release 1
wrong 2 "how much?" envelope open Euroregion
wrong 2 "is no sum" envelope open Euroregion --amount lots
wrong 2 "--out needs a format" report balance --out f.csv
wrong 2 "--cohort is a year and a number" report target students --cohort x
wrong 2 "on which day does it end?" unit close eng
wrong 2 "\`maybe\` is neither" unit unassigned maybe
wrong 2 "--lang: there is no \`xx\`" nomination template --lang xx
wrong 2 "no row with these titles" transcript import other.csv
wrong 2 "broken.json:2: not JSON" transcript issue $one broken.json
wrong 2 "to which unit?" nomination assign $one
