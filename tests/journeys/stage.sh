# What happens behind the scene of a journey. To be sourced after scripts/federation.sh.
#
#   stage SCHAC...        a federation of these in the current folder, started and connected
#   node SCHAC            starts its node, by the nodes' clock
#   stops SCHAC           stops it
#   at SCHAC              from here on, peregrin speaks to this node
#   until_is WANTED SCHAC EXPRESSION COMMAND...
#                         waits until the expression, `d` in Python, of the JSON is WANTED
#   dossier NAME          the dossier of the student with this family name

declare -A TITLES=(
    [helmo.be]="Haute Ecole Libre Mosane:BE" [uhasselt.be]="Universiteit Hasselt:BE"
    [itg.be]="Institute of Tropical Medicine:BE" [imt-nord-europe.fr]="IMT Nord Europe:FR"
    [qmu.kz]="Karaganda Medical University:KZ"
)

node() { JOURNEY_CLOCK=$NODE_TIME federation_start . "$1"; }
stops() { federation_stop . "$1"; }
at() { export PEREGRIN_SOCKET=$1/peregrin.sock; }

stage() {
    local schac entries=()
    for schac in "$@"; do entries+=("$schac:${TITLES[$schac]}"); done
    JOURNEY_CLOCK=$NODE_TIME federation_make . "${entries[@]}" || return
    for schac in "$@"; do node "$schac" || return; done
    for schac in "$@"; do
        until_is True "$schac" 'all(p["state"] == "connected" for p in d["partners"])' status || return
    done
    at "$1"
}

until_is() { # what has not come soon comes from a clock of many seconds: it is asked for less often
    local wanted=$1 schac=$2 got try pause=0.05
    for ((try = 0; try < 200; try++)); do
        got=$(federation_run . "$schac" "${@:4}" --json 2>/dev/null |
            python3 -Sc 'import json, sys; d = json.load(sys.stdin); print(eval(sys.argv[1]))' "$3" \
                2>/dev/null)
        [ "$got" = "$wanted" ] && return 0
        ((try < 20)) || pause=0.5
        sleep $pause
    done
    echo "\"$got\" instead of \"$wanted\""
    return 1
}

delivered() { # all that SCHAC has said
    until_is 0 "$1" 'd["totals"]["outbox"] + d["totals"]["ready"]' status
}

dossier() {
    peregrin nomination list --plain -q | awk -F '\t' -v name="$1" '$4 == name {print $1}'
}

nominated() { # FROM TO COUNT: so many students of the demo's list are nominated and receipted
    (
        at "$1"
        head -n $(($3 + 1)) "$REPOSITORY/certs/demo/nominations.csv" | sed "s/uhasselt\.be,/$2,/" >list.csv
        peregrin nomination import list.csv --yes -q && peregrin nomination send --all --yes -q
    ) >/dev/null || return
    delivered "$1"
}
