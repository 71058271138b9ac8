#!/bin/bash
# The fences pass on the tree, and each is seen to fail where its rule is broken: every violation is
# planted alone in a copy of node/, and the fence must name what was planted.
set -u
cd "$(dirname "$(readlink -f "$0")")/../.." || exit 1
BUILD=${BUILD:-build}
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
failures=0

said() { # said NAME REASON: the reason is empty where the claim holds
    if [ -z "$2" ]; then echo "ok $1"; else echo "not ok $1: $2"; failures=$((failures + 1)); fi
}

passes() { # passes FENCE
    local output
    if output=$(BUILD=$BUILD scripts/"$1" 2>&1); then said "${1}_passes" ""
    else said "${1}_passes" "$(tail -n 1 <<<"$output")"; sed 's/^/# /' <<<"$output"; fi
}

fresh() { # a copy of node/, for the fences that read only sources
    rm -rf "${copy:?}"/*
    cp -r node "$copy/node"
}

fresh_built() { # and of its plain build
    fresh
    mkdir -p "$copy/plain"
    cp -r "$BUILD/plain/node" "$BUILD"/plain/libproto.a "$copy/plain/" 2>/dev/null
}

refuses() { # refuses FENCE CLAIM EXPECTED: the fence fails on the copy, and says EXPECTED
    local output
    if output=$(NODE=$copy/node BUILD=$copy scripts/"$1" 2>&1); then said "$2" "$1 let it pass"
    elif grep -qF -- "$3" <<<"$output"; then said "$2" ""
    else said "$2" "$1 failed without saying: $3"; fi
}

plant() { # plant FILE: standard input becomes a source of the copy
    mkdir -p "$copy/node/$(dirname "$1")"
    cat >"$copy/node/$1"
}

grow() { # grow FILE: the planted source, compiled where the fences look for its object
    mkdir -p "$copy/plain/node/$(dirname "$1")"
    cc -w -std=c2x -D_GNU_SOURCE -O2 -I"$copy/node" -c "$copy/node/$1" -o "$copy/plain/node/${1%.c}.o"
}

repeat() { # repeat COUNT LINE
    for ((i = 0; i < $1; i++)); do echo "$2"; done
}

passes check_layers
passes check_names
passes check_pure
passes check_sizes
passes check_cases
passes check_linked

# ---- what is linked
programs=$(mktemp -d)
cp "$BUILD"/plain/bin/peregrin{,-sim} "$programs/"
printf 'int model_agree; int engine_step; int main(void) { return model_agree + engine_step; }\n' |
    cc -w -x c - -o "$programs/peregrind"
if output=$(PROGRAMS=$programs scripts/check_linked 2>&1); then
    said a_node_with_a_model_in_it_is_refused "check_linked let it pass"
elif grep -q 'peregrind: model_agree is of a made-up world' <<<"$output"; then
    said a_node_with_a_model_in_it_is_refused ""
else said a_node_with_a_model_in_it_is_refused "$(tail -n 1 <<<"$output")"; fi
strip "$programs/peregrin-sim"
if PROGRAMS=$programs scripts/check_linked >/dev/null 2>&1; then
    said programs_without_names_are_not_trusted "check_linked let it pass"
else said programs_without_names_are_not_trusted ""; fi
rm -rf "$programs"

# ---- layers
claim_layers() { # claim_layers CLAIM FILE INCLUDE EXPECTED
    fresh
    mkdir -p "$copy"/node/{base,seal,trust,wire,engine,main}
    touch "$copy"/node/{seal,wire,engine}/planted_target.h
    echo "#include $3" | plant "$2"
    refuses check_layers "$1" "$4"
}
claim_layers an_include_of_a_higher_rank_is_refused base/planted.c '"engine/planted_target.h"' upwards
claim_layers an_include_of_the_same_rank_is_refused trust/planted.h '"wire/planted_target.h"' sideways
claim_layers an_include_without_folder_is_refused seal/planted.c '"planted_target.h"' 'folder/file.h'
claim_layers an_include_by_dots_is_refused engine/planted.c '"engine/../seal/planted_target.h"' '..'
claim_layers an_include_of_nothing_is_refused engine/planted.c '"seal/planted_nothing.h"' 'no such file'
claim_layers sodium_outside_its_owners_is_refused engine/planted.c '<sodium.h>' 'belongs to seal'
claim_layers generated_code_in_seal_is_refused seal/planted.c '"record.pb-c.h"' 'belongs to record'
claim_layers a_header_without_owner_is_refused main/planted.c '<libplanted.h>' 'no owner'
claim_layers a_folder_without_rank_is_refused planted/planted.c '<stdint.h>' 'no rank'

fresh
mkdir -p "$copy/node/base"
echo 'void planted_first(void);' | plant base/planted_first.h
echo 'void planted_second(void);' | plant base/planted_second.h
printf '#include "base/planted_%s.h"\nvoid planted_%s(void) { planted_%s(); }\n' second first second |
    plant base/planted_first.c
printf '#include "base/planted_%s.h"\nvoid planted_%s(void) { planted_%s(); }\n' first second first |
    plant base/planted_second.c
refuses check_layers modules_that_call_each_other_are_refused circle

# ---- names
fresh_built
echo 'int planted_one(void); int planted_one(void) { return 1; }
int other(void); int other(void) { return 2; }' | plant base/planted.c
grow base/planted.c
refuses check_names a_name_of_another_file_is_refused 'other does not begin with planted_'
fresh_built
plant base/planted.h </dev/null
plant engine/planted.c </dev/null
grow engine/planted.c
refuses check_names a_stem_used_twice_is_refused 'the stem is used in base, engine'
fresh_built
plant base/planted.c </dev/null
refuses check_names an_object_never_built_is_refused 'not built'

# ---- purity
claim_pure() { # claim_pure CLAIM NAME, a function of the C library or of libsodium
    fresh_built
    echo "void $2(void); void planted(void); void planted(void) { $2(); }" | plant base/planted.c
    grow base/planted.c
    refuses check_pure "$1" "$2 is not for the core"
}
claim_pure a_clock_in_the_core_is_refused clock_gettime
claim_pure output_in_the_core_is_refused puts
claim_pure a_socket_in_the_core_is_refused socket
claim_pure dice_in_the_core_are_refused randombytes_buf
claim_pure a_random_key_pair_in_the_core_is_refused crypto_sign_keypair
claim_pure a_random_key_in_the_core_is_refused crypto_secretbox_keygen
claim_pure the_setting_up_of_sodium_in_the_core_is_refused sodium_init
fresh_built
echo 'void crypto_sign_seed_keypair(void); void planted(void); void planted(void)
{ crypto_sign_seed_keypair(); }' | plant base/planted.c
grow base/planted.c
reason=$(NODE=$copy/node BUILD=$copy scripts/check_pure 2>&1 | grep -F 'seed_keypair is not')
said a_key_pair_from_a_seed_is_allowed_in_the_core "$reason"

# ---- the format
if ! command -v clang-format >/dev/null; then
    echo "skip the_format_is_kept: no clang-format here"
else
    said the_format_is_kept \
        "$(clang-format --dry-run --Werror node/*/*.[ch] tests/*/*.[ch] 2>&1 | head -n 1)"
fi

# ---- sizes
claim_sizes() { # claim_sizes CLAIM FILE EXPECTED, the source on standard input
    fresh
    plant "$2"
    refuses check_sizes "$1" "$3"
}
{ echo 'int planted(int x)'; echo '{'; repeat 68 '    x++;'; echo '    return x;'; echo '}'; } |
    claim_sizes a_function_of_72_lines_is_refused base/planted.c 'planted has 72 lines'
repeat 501 '' | claim_sizes a_source_of_501_lines_is_refused base/planted.c '501 lines'
printf '// %098d\n' 0 | claim_sizes a_line_of_101_columns_is_refused base/planted.h '101 columns'
echo '#define PLANTED(x) (x)' |
    claim_sizes a_function_like_macro_is_refused base/planted.h 'PLANTED is a function-like macro'
claim_sizes a_file_named_helpers_is_refused base/helpers.h 'a name that says nothing' </dev/null
claim_sizes generated_code_in_the_tree_is_refused record/planted.pb-c.h 'not checked in' </dev/null
fresh
plant seal/planted.h </dev/null
for ((n = 0; n < 900; n++)); do echo '#include "seal/planted.h"' >"$copy/node/base/planted_$n.h"; done
refuses check_sizes a_header_that_everybody_includes_is_refused 'seal/planted.h: included by 900'

# ---- cases
claim_cases() { # claim_cases CLAIM FILE SED EXPECTED
    fresh
    sed -i "$3" "$copy/node/$2"
    refuses check_cases "$1" "$4"
}
claim_cases a_rule_of_eligibility_without_an_example_is_refused eligibility/eligibility_place.c \
    's/"place.home"/"place.moon"/' 'place.moon: no example in which it is BROKEN'
claim_cases an_example_of_no_rule_is_refused eligibility/eligibility_place.c \
    's/"place.home"/"place.moon"/' 'place.home: an example, and no such rule'
claim_cases a_rule_that_no_test_names_is_refused rules/rules_nomination.c \
    's/"nomination.email"/"nomination.fax_number"/' 'nomination.fax_number: no test names the rule'
claim_cases a_verdict_that_no_test_earns_is_refused base/verdict.c \
    's/VERDICT_STALE\] = {"stale"/VERDICT_MOULDY] = {"mouldy"/' 'mouldy: no test earns it'
claim_cases a_refusal_that_no_test_provokes_is_refused api/api_unit.c \
    's/"there is a unit of this code"/"somebody has taken this code before"/' \
    'api_unit.c: no test provokes "somebody has taken this code before"'
claim_cases a_refusal_that_says_nothing_to_do_is_refused office/office_stay.c \
    's/"add --date YYYY-MM-DD, the new last day"/"add it"/' 'no remedy'
claim_cases a_rule_about_credits_without_a_case_is_refused grade/credits_rules.c \
    's/\[CREDITS_LISTED\] = {"/[CREDITS_MOON] = {"/' 'CREDITS_MOON: no case on each side'
claim_cases a_state_without_a_case_is_refused record/dossier_mobility.c \
    's/DOSSIER_WAITLISTED/DOSSIER_PUZZLED/' 'PUZZLED: no case of what is allowed'

claim_examples() { # claim_examples CLAIM SED EXPECTED: of the table of examples
    local output
    fresh
    mkdir -p "$copy/tests"
    cp -r tests/unit "$copy/tests/unit"
    sed -i -E "$2" "$copy/tests/unit/eligibility_test.c"
    if cmp -s tests/unit/eligibility_test.c "$copy/tests/unit/eligibility_test.c"; then
        said "$1" "nothing was planted"
    elif output=$(TESTS=$copy/tests scripts/check_cases 2>&1); then said "$1" "check_cases let it pass"
    elif grep -qF -- "$3" <<<"$output"; then said "$1" ""
    else said "$1" "check_cases failed without saying: $3"; fi
}
claim_examples a_limit_without_the_day_beside_it_is_refused 's/"2027-10-29"/"2027-10-20"/' \
    'duration.traineeship.min: no two examples that are one step apart'
claim_examples an_example_in_a_comment_is_none \
    's/^( *\{\.rule = "place.home",.*BROKEN.*)$/\/* \1 *\//' \
    'place.home: no example in which it is BROKEN'
claim_examples an_example_in_another_table_is_none 's/examples\[\] = \{/others[] = {/' \
    'agreement.named: no example in which it is HOLDS'
claim_examples a_table_that_no_test_walks_through_is_none 's/= &examples\[i\];/= \&examples[0];/' \
    'agreement.named: no example in which it is HOLDS'
claim_examples a_quota_of_nothing_must_be_there 's/\.quota_0 = true/.quota_0 = false/' \
    'agreement.places: no example that is BROKEN with quota_0'
claim_examples a_leap_day_must_be_there 's/"2028-02-29"/"2028-02-27"/' \
    'duration.study.max: no example that is HOLDS with start'
claim_examples twelve_months_of_a_cycle_must_be_there 's/at most 12 months/at most a year/' \
    'duration.cycle: no example that is BROKEN with expected'
claim_examples a_whole_term_must_be_there 's/\.term = 1/.term = 0/' \
    'duration.study.min: no example that is HOLDS with term, start'

# ---- tests: a claim that does not hold ends the test with a status that says so
ends() { # ends NAME STATUS COMMAND...
    local name=$1 wanted=$2 status output
    shift 2
    output=$(PEREGRIN_BIN=. "$@" 2>&1)
    status=$?
    if [ $status = "$wanted" ]; then said "$name" ""; else said "$name" "$status: $output"; fi
}
says() { # says NAME.sh LINE...: a test in shell
    printf '%s\n' '#!/bin/bash' '. tests/support/claims.sh' "${@:2}" >"$copy/$1"
}
says fails.sh 'echo "not ok a"' 'echo "ok b"' 'exit 0'
says holds.sh 'echo "ok a"' '[ -z "${CLAIMS_WATCHED:-}" ]'
says breaks.sh 'echo "ok a"' 'exit 3'
ends a_shell_test_with_a_claim_that_is_not_ok_fails 1 bash "$copy/fails.sh"
ends a_shell_test_whose_claims_hold_does_not 0 bash "$copy/holds.sh"
ends a_shell_test_that_breaks_off_keeps_its_status 3 bash "$copy/breaks.sh"
python() { PYTHONPATH=tests/support python3 -Bc "from nodes import claim; $1"; }
ends a_test_in_python_with_a_claim_that_is_not_ok_fails 1 python 'claim("a", False); claim("b", True)'
ends a_test_in_python_whose_claims_hold_does_not 0 python 'claim("a", True)'
bare=$(grep -LE 'support/claims\.sh|^exec python3 -B ' tests/e2e/*.sh tests/model/*.sh)
said every_test_in_shell_ends_by_its_claims "$bare"
bare=$(grep -lE 'claim\(|"not ok' tests/e2e/*.py | xargs grep -LE '^from nodes import .*claim|missed')
said every_test_in_python_ends_by_its_claims "$bare"

exit $((failures > 0))
