#!/bin/bash
# Every command of the table is called as its own example says, with --dry-run: afterwards nothing
# has changed, at the node or on the disk.
. "$(dirname "$(readlink -f "$0")")/../support/claims.sh"
set -u
cd "$(dirname "$(readlink -f "$0")")/../.." || exit 1
repository=$PWD
. scripts/federation.sh
place=$(mktemp -d)
trap 'federation_end "$place/work"; rm -rf "$place"' EXIT
unset PEREGRIN_SOCKET
export PATH=$PEREGRIN_BIN:$PATH

waits() { # EXPRESSION COMMAND...: until it is true
    local try
    for ((try = 0; try < 600; try++)); do
        [ "$(peregrin "${@:2}" --json 2>/dev/null |
            python3 -Sc 'import json, sys; d = json.load(sys.stdin); print(eval(sys.argv[1]))' "$1" 2>/dev/null)" = True ] &&
            return 0
        sleep 0.05
    done
    echo "not ok the_stage_is_set: never $1"
    exit 1
}

# helmo.be has drafts and sent ones; uhasselt.be, of which the questions are asked, has decided some.
set_stage() {
    federation_make . helmo.be:HELMo:BE uhasselt.be:UHasselt:BE 2>/dev/null || return
    federation_start . helmo.be && federation_start . uhasselt.be || return
    head -n 5 "$repository/certs/demo/nominations.csv" >sent.csv
    export PEREGRIN_SOCKET=helmo.be/peregrin.sock
    peregrin nomination import sent.csv --yes -q >/dev/null && peregrin nomination send --all -q >/dev/null
    export PEREGRIN_SOCKET=uhasselt.be/peregrin.sock
    waits 'len(d["nominations"]) == 4' nomination list
    peregrin nomination accept novakova -q >/dev/null
    pending=$(peregrin nomination list --state pending --plain -q | head -n 1 | cut -f 1)
    accepted=$(peregrin nomination list --state accepted --plain -q | cut -f 1)
    sed -e 's/^uhasselt\.be,/helmo.be,/' -e 's/helmo\.be:/uhasselt.be:/' sent.csv >spring.csv
    peregrin nomination import spring.csv --yes -q >/dev/null
    grep -e '^esi' -e :2604100, "$repository/certs/demo/transcripts.csv" >grades.csv
    cp uhasselt.be/peregrind.conf . && cp uhasselt.be/keys/uhasselt.be.sign.key plain.key
    cp plain.key sign.key && cp uhasselt.be/uhasselt.be.enrol helmo.enrol
    peregrin record export "$accepted" 0.0 --out nomination.evidence -q >/dev/null
    peregrin user add marta --role coordinator -q >/dev/null </dev/null
    peregrin webhook add https://sis.uhasselt.example/hook -q >/dev/null
    anchor=$(peregrin catalogue anchor --dir authority --plain)
    hook=$(peregrin webhook list --plain -q | cut -f 1)
    peregrin catalogue renew --dir authority -q >/dev/null
    waits 'd["totals"]["outbox"] == 0' status
}

# All that a command could have changed: what the node tells of itself, and every other file. The
# database's own file, logs and what hangs on the time of day are not looked at.
picture() {
    local asked
    for asked in "nomination list" "draft list" "transcript list" "outbox list" "partner list" \
        "user list" "webhook list" "config show -c uhasselt.be/peregrind.conf"; do
        # shellcheck disable=SC2086
        peregrin $asked --json 2>&1 |
            sed -e '/"\(last_heard\|next_try\|round_trip_us\|attempts\|last_seen\|correlation_id\)"/d'
    done
    find . -type f ! -name '*.db*' ! -name log -printf '%p %m\n' -exec sha256sum {} +
}

examples() { # each command of the table as its help shows it
    local page
    for page in $(peregrin help --man list | awk '$2 == 1 && $1 != "peregrin" {print $1}'); do
        peregrin help --man "$page" | sed -n '/^Example:/,/^\.fi/{s/\\-/-/g;s/\\e/\\/g;s/^peregrin //p}'
    done
}

fitted() { # the example, about what is here
    local dossier=$accepted
    case "$1" in
    "nomination accept"* | "nomination refuse"* | "nomination waitlist"*) dossier=$pending ;;
    esac
    sed -e "s/01[0-9A-Z]\{24\}/$dossier/g" -e 's/uni-a\.example/helmo.be/g' -e 's/ > .*//' \
        -e 's/import spring\.xlsx/import spring.csv/' -e 's/key new sign\.key/key new new.key/' \
        -e "s/^\(webhook [a-z]*\) [0-9a-f]\{12\}/\1 $hook/" -e "s/5f0c\.\.\./$anchor/" \
        -e 's/new --network demo --dir authority/new --network demo --dir founded/' \
        -e 's/--dir trust/--dir authority/' <<<"$1"
}

mkdir "$place/work" "$place/seen" && cd "$place/work" || exit 1
set_stage || { echo "not ok the_stage_is_set"; exit 1; }
picture >"$place/seen/before"
count=0
while IFS= read -r example; do
    count=$((count + 1))
    line=$(fitted "$example")
    eval "timeout 20 peregrin $line --dry-run --yes --no-input" >"$place/seen/said" 2>&1 </dev/null
    status=$?
    picture >"$place/seen/after"
    name=$(tr -c 'a-z\n' '_' <<<"${line%% --*}" | cut -c 1-40)
    [ -z "${SHOW:-}" ] || echo "$status  $line" >&2
    if cmp -s "$place/seen/before" "$place/seen/after"; then
        echo "ok nothing_changes_by_${name%%__*}"
    else
        printf 'not ok nothing_changes_by_%s: %s\n' "$name" \
            "$(diff "$place/seen/before" "$place/seen/after" | grep '^[<>]' | head -n 4 | tr '\n' ' ')"
        cp "$place/seen/after" "$place/seen/before"
    fi
done < <(examples)
if [ "$count" -ge 40 ]; then echo "ok the_table_was_walked"; else echo "not ok the_table_was_walked: $count"; fi
