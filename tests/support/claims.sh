# Sourced first by a test in shell: the test ends non-zero when one of its claims was "not ok", also
# where it is run alone and nobody counts its lines. What it says passes through as it is said.
if [ -z "${CLAIMS_WATCHED:-}" ]; then
    CLAIMS_WATCHED=1 bash "$0" "$@" | {
        wrong=0
        while IFS= read -r line || [ -n "$line" ]; do
            printf '%s\n' "$line"
            [[ $line != "not ok"* ]] || wrong=1
        done
        exit $wrong
    }
    claims_ended=("${PIPESTATUS[@]}")
    [ "${claims_ended[0]}" -eq 0 ] || exit "${claims_ended[0]}"
    exit "${claims_ended[1]}"
fi
unset CLAIMS_WATCHED
