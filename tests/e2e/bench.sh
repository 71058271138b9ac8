#!/bin/bash
# The measuring programs measure: small sizes, and no claim about how fast this machine is.
. "$(dirname "$(readlink -f "$0")")/../support/claims.sh"
set -u
cd "$(dirname "$(readlink -f "$0")")/../.." || exit 1
BENCH_OUT=$(mktemp -d)
export BENCH_OUT BENCH_RUNS=1 BENCH_RECORDS=1600 BENCH_SEQUENTIAL=12 BENCH_PARTNERS_MAX=50 \
    BENCH_PARTNERS_RECORDS=6400 BENCH_STORED_MAX=10000 BENCH_RULES=200 BENCH_DOSSIERS=1000
trap 'rm -rf "$BENCH_OUT"' EXIT

# figures PROGRAM ONLY NAME...     the program comes to its end, and has said each of them
figures() {
    local program=$1 only=$2 name missing=""
    shift 2
    if ! BENCH_ONLY=$only BENCH_STAGE=$only tests/bench/bench.py "$program" >"$BENCH_OUT/said" 2>&1
    then
        echo "not ok ${program}_bench_measures_$only: $(tail -n 2 "$BENCH_OUT/said")"
        return
    fi
    for name; do
        python3 -c 'import json, sys
sys.exit(json.load(open(sys.argv[1]))["figures"].get(sys.argv[2], {}).get("value", 0) <= 0)' \
            "$BENCH_OUT/bench.json" "$name" || missing+=" $name"
    done
    [ -z "$missing" ] && echo "ok ${program}_bench_measures_$only" ||
        echo "not ok ${program}_bench_measures_$only: no$missing"
}

figures node alone node_one_signature_rate node_one_signature_cpu_sender limit_sign
figures scale partners partners_rate_50 partners_slowest_of_mean_50 partners_rss_50
figures stage fold_first stage_fold_first_ns
figures rules all rules_rate_by_cpu_of_without rules_cpu_home
figures year all year_annual_1000 limit_rows_1000
figures grade all grade_conversion_us
grep -q '^| rate with 1,000 partners, of that with one | >= 0.8 | not measured' \
    "$BENCH_OUT/bench.md" && echo "ok what_was_not_measured_is_said_so" ||
    echo "not ok what_was_not_measured_is_said_so: $(head -n 12 "$BENCH_OUT/bench.md")"
python3 -c 'import sys, xml.etree.ElementTree as tree
words = {text.text for text in tree.parse(sys.argv[1]).iter("{http://www.w3.org/2000/svg}text")}
sys.exit(not {"resident memory of one node (MB)", "50", "not measured"} <= words)' \
    "$BENCH_OUT/bench.svg" && echo "ok the_plot_shows_what_there_is" ||
    echo "not ok the_plot_shows_what_there_is: $(head -c 300 "$BENCH_OUT/bench.svg")"
