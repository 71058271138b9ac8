# A federation of real nodes on free loopback ports, made with the programs themselves. To be sourced;
# PEREGRIN_BIN is the folder of the programs.
#
#   federation_make DIR SCHAC:NAME:CC...   authority, keys, catalogue; DIR/SCHAC is each node's folder.
#                                          SCHAC:NAME:CC:none cannot be dialled and calls out;
#                                          +SCHAC:NAME:CC lives on the node of the entry before it
#   federation_five DIR                    the five institutions of certs/demo; qmu.kz cannot be called
#   federation_fact SCHAC COLUMN           one of their facts; nothing where it has none
#   federation_start DIR SCHAC             starts its node and waits until it answers
#   federation_stop DIR SCHAC              SIGTERM, waits;   federation_kill: SIGKILL, waits
#   federation_run DIR SCHAC COMMAND...    the CLI, talking to that node
#   federation_end DIR                     stops every node that was started here
#   federation_port                        a free port of 127.0.0.1

# Not from where the system takes ports for outgoing connections: a node that falls and gets up again
# must find its port free, and there its own partner might sit on it.
federation_port() {
    local port
    while port=$((10000 + SRANDOM % 22000)); (: <>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do :; done
    echo "$port"
}

# No cell of this list has a comma or a quote.
federation_facts=$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../certs/demo/institutions.csv
federation_fact() {
    awk -F , -v schac="$1" -v column="$2" '
        NR == 1 { for (i = 1; i <= NF; i++) if ($i == column) at = i }
        $1 == schac { print $at }' "$federation_facts"
}

federation_five() {
    local entries=() schac
    for schac in helmo.be uhasselt.be itg.be imt-nord-europe.fr qmu.kz; do
        entries+=("$schac:$(federation_fact $schac name):$(federation_fact $schac country)")
    done
    federation_make "$1" "${entries[@]/%KZ/KZ:none}"
}

# By what else lists name an institution: flags of init, `-` where it has no such name.
federation_names() {
    local erasmus pic
    erasmus=$(federation_fact "$1" erasmus_code) pic=$(federation_fact "$1" pic)
    names=(--erasmus-code "${erasmus:--}" --pic "${pic:--}")
}

federation_make() {
    local dir=$1 entry schac name country listen cards=() nodes=() init=() names
    shift
    mkdir -p "$dir"
    "$PEREGRIN_BIN/peregrin" catalogue new --network demo --dir "$dir/authority" --keys 3 \
        --threshold 2 >"$dir/ceremony.log" || return 1
    local anchor
    anchor=$("$PEREGRIN_BIN/peregrin" catalogue anchor --dir "$dir/authority" --plain) || return 1
    for entry in "$@" end; do
        if [[ $entry != +* ]]; then
            [ "${#init[@]}" = 0 ] || "$PEREGRIN_BIN/peregrin" init "${init[@]}" --network demo \
                --anchor "$anchor" >>"$dir/ceremony.log" || return 1
            [ "$entry" != end ] || break
        fi
        IFS=: read -r schac name country listen <<<"${entry#+}"
        if [[ $entry == +* ]]; then
            federation_names "$schac"
            init+=(--institution "$schac" --name "$name" --country "$country" "${names[@]}")
            continue
        fi
        federation_names "$schac"
        init=(--institution "$schac" --name "$name" --country "$country" "${names[@]}"
            --dir "$dir/$schac"
            --listen "${listen:-tcp://127.0.0.1:$(federation_port)}")
        nodes+=("$schac")
        cards+=("$dir/$schac/$schac.enrol")
    done
    "$PEREGRIN_BIN/peregrin" catalogue add "${cards[@]}" --dir "$dir/authority" --yes \
        >>"$dir/ceremony.log" || return 1
    "$PEREGRIN_BIN/peregrin" catalogue sign --dir "$dir/authority" \
        --key "$dir/authority/root-1.key" --key "$dir/authority/root-2.key" --yes \
        >>"$dir/ceremony.log" || return 1
    for schac in "${nodes[@]}"; do
        cp "$dir/authority/root" "$dir/authority/catalogue" "$dir/$schac/trust/" || return 1
    done
}

federation_run() {
    local dir=$1 schac=$2
    shift 2
    "$PEREGRIN_BIN/peregrin" "$@" --socket "$dir/$schac/peregrin.sock"
}

# The node answers, or it has ended: then its log says why.
federation_start() {
    local dir=$1 schac=$2 pid try
    "$PEREGRIN_BIN/peregrind" -c "$dir/$schac/peregrind.conf" </dev/null >>"$dir/$schac/log" 2>&1 &
    pid=$!
    echo "$pid" >"$dir/$schac/pid"
    for ((try = 0; try < 600; try++)); do
        federation_run "$dir" "$schac" status --json >/dev/null 2>&1 && return 0
        kill -0 "$pid" 2>/dev/null || break
        sleep 0.05
    done
    tail -n 3 "$dir/$schac/log" >&2
    return 1
}

federation_signal() {
    local pid
    pid=$(cat "$1/$2/pid") || return 1
    rm -f "$1/$2/pid"
    kill "-$3" "$pid" 2>/dev/null
    wait "$pid" 2>/dev/null
    return 0
}
federation_stop() { federation_signal "$1" "$2" TERM; }
federation_kill() { federation_signal "$1" "$2" KILL; }

# A node that does not listen to SIGTERM for ten seconds is killed.
federation_end() {
    local file pid try
    for file in "$1"/*/pid; do
        [ -e "$file" ] || continue
        pid=$(cat "$file")
        rm -f "$file"
        kill -TERM "$pid" 2>/dev/null
        for ((try = 0; try < 500; try++)); do
            kill -0 "$pid" 2>/dev/null || break
            sleep 0.02
        done
        ((try < 500)) || kill -KILL "$pid"
        wait "$pid" 2>/dev/null
    done
    return 0
}
