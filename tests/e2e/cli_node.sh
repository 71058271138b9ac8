#!/bin/bash
# Two institutions, two nodes, and everything a coordinator does with them by the CLI.
. "$(dirname "$(readlink -f "$0")")/../support/claims.sh"
. "$(dirname "$(readlink -f "$0")")/../support/said.sh"
start() { # NODE
    "$BIN/peregrind" -c "$1/peregrind.conf" 2>>"$1/log" &
    PIDS+=($!)
    printf '%s' $! >"$1/pid"
}

# ---- the federation
"$BIN/peregrin" -q catalogue new --network demo --dir authority >/dev/null
ANCHOR=$("$BIN/peregrin" -q catalogue anchor --dir authority)
for one in home host; do
    "$BIN/peregrin" -q init --institution $one.example --name "University $one" --country BE \
        --listen "ipc://$PLACE/$one.ipc" --dir $one --anchor "$ANCHOR" >/dev/null
done
"$BIN/peregrin" -q catalogue add --dir authority home/home.example.enrol host/host.example.enrol \
    >/dev/null
"$BIN/peregrin" -q catalogue sign --dir authority --key authority/root-1.key \
    --key authority/root-2.key >/dev/null
for one in home host; do
    cp authority/root authority/catalogue $one/trust/
    said "the_configuration_of_${one}_starts_a_node" 0 'fine' \
        "$BIN/peregrind" -n -c $one/peregrind.conf
    start $one
done
reaches the_nodes_find_each_other 'host.example +connected' at home status || exit 1
said the_socket_is_found_by_the_configuration 0 'home.example on node' \
    "$BIN/peregrin" -c home/peregrind.conf status
said a_partner_answers_a_ping 0 'host.example answers' at home partner ping host.example
said a_partner_is_shown 0 'Write guard +lifted' at home partner show host.example
said an_unknown_partner_is_not_found 6 'not a partner' at home partner show nobody.example
said the_status_is_json_on_demand 0 '"network":' at home status --json

# ---- nominations
"$BIN/peregrin" -q nomination template >empty.csv
said a_template_has_every_column_the_node_needs 0 'fill in the file' \
    at home nomination import empty.csv
holds the_template_s_columns_are_all_known bash -c \
    "! '$BIN/peregrin' --socket home/peregrin.sock nomination import empty.csv 2>&1 | grep -q known"
printf '' >nothing.csv
printf '\357\273\277' >mark.csv
printf 'hello\nworld\n' >letter.csv
for file in nothing mark letter; do
    said "a_file_that_is_no_list_is_a_problem_$file" 11 'a header row that names the columns' \
        at home nomination import $file.csv
done
said the_result_stands_before_the_next_step 0 'TEMPLATE_FIRST' bash -c \
    "'$BIN/peregrin' nomination template 2>&1 | head -1 | grep -q '^partner' && echo TEMPLATE_FIRST"
cat >spring.csv <<'END'
partner;year;term;kind;level;isced_f;family_name;given_names;birth_date;gender;nationality;email;esi;start;end
host.example;2026/2027;2;studies;6;0613;Novák;Jana;2004-05-06;2;CZ;jana.novak@home.example;urn:schac:personalUniqueCode:int:esi:home.example:1001;2026-02-01;2026-06-30
host.example;2026/2027;2;studies;6;0613;Doe;John;2003-01-31;1;BE;john.doe@home;;2026-02-01;2026-06-30
host.example;2026/2027;2;studies;6;0613;Peeters;An;2004-11-11;2;BE;an.peeters@home.example;urn:schac:personalUniqueCode:int:esi:home.example:1002;2026-02-01;2026-06-30
END
said an_import_shows_the_bad_cell 11 '3 +email +"john.doe@home"' at home nomination import spring.csv
said a_narrow_terminal_cuts_no_remedy 11 'name@host.example' \
    script -qec "stty cols 40; '$BIN/peregrin' --socket home/peregrin.sock nomination import \
    spring.csv --dry-run" /dev/null
said nothing_was_stored_by_looking 0 'No drafts' at home draft list
said the_good_rows_are_stored_on_demand 8 'Stored 2 drafts' \
    at home nomination import spring.csv --skip-bad --yes
said the_same_file_again_is_nothing_new 8 'Nothing new' \
    at home nomination import spring.csv --skip-bad --yes
said drafts_are_listed 0 'Peeters' at home draft list
said a_dry_run_sends_nothing 0 'Would send 2' at home nomination send --all --dry-run
said drafts_are_sent 0 '2 nominations signed and on their way' at home nomination send --all
reaches they_are_delivered 'Novák .* delivered' at home nomination list --direction outgoing
said the_host_has_them_to_decide 0 'Novák .* pending' \
    at host nomination list --direction incoming --state pending
dossier() { at "$1" nomination list --plain -q | awk -F '\t' -v name="$2" '$4 == name {print $1}'; }
NOVAK=$(dossier host Novák)
PEETERS=$(dossier host Peeters)
said an_amendment_names_what_changes 0 'amended' at home nomination amend "$NOVAK" \
    --set person.email=jana@home.example
reaches the_amendment_arrives 'jana@home.example' at host nomination show "$NOVAK"
said the_host_accepts 0 "$NOVAK accepted" at host nomination accept "$NOVAK" --comment 'See you'
said a_second_answer_is_out_of_turn 7 'not accepted' at host nomination accept "$NOVAK"
said who_comes_at_the_wrong_moment_hears_how_it_stands 7 'The state is accepted' \
    at host nomination waitlist "$NOVAK"
said one_s_own_student_is_found_and_is_the_host_s_to_accept 7 'not accepted' \
    at home nomination accept novák
said a_limit_below_one_is_a_wrong_use 2 'not a number above 0' at home nomination list --limit -1
said a_limit_without_end_is_a_wrong_use 2 'not a number above 0' \
    at home nomination list --limit 99999999999999999999
said the_host_refuses_with_a_reason 0 'refused' at host nomination refuse "$PEETERS" --reason places
reaches the_answer_comes_home 'State +accepted' at home nomination show "$NOVAK"
reaches the_refusal_comes_home 'reason +places' at home nomination show "$PEETERS"
said an_unknown_dossier_is_not_found 6 '' at home nomination show 01KAMB3Q8W2T5Y7Z9C4D6F8G0H
said a_withdrawal_without_a_yes_is_not_made 2 'yes' \
    at home nomination withdraw "$NOVAK" --reason student

# ---- transcripts
cat >grades.csv <<'END'
esi;code;title;isced_f;ects;grade;scheme;passed;term;language;start;end;issued_on
urn:schac:personalUniqueCode:int:esi:home.example:1001;M1;Mechanics;0715;5,5;14;be-20;yes;2;en;2026-02-01;2026-06-30;2026-07-05
urn:schac:personalUniqueCode:int:esi:home.example:1001;M2;Optics;0533;0;9;be-20;no;2;en;2026-02-01;2026-06-30;2026-07-05
urn:schac:personalUniqueCode:int:esi:home.example:1002;M1;Mechanics;0715;6;14;be-20;yes;2;en;2026-02-01;2026-06-30;2026-07-05
END
said marks_of_a_refused_student_are_not_issued 11 '1 transcript ready, 1 needs you' \
    at host transcript import grades.csv
said the_good_ones_are_issued 8 'Issued 1 transcript:' \
    at host transcript import grades.csv --yes --skip-bad
said the_same_file_issues_nothing_twice 8 'Issued 0 transcripts; 1 issued before' \
    at host transcript import grades.csv --yes --skip-bad
reaches the_transcript_comes_home '5\.5' at home transcript list --direction incoming
said it_is_shown_with_its_total 0 'Total 5\.50 ECTS' at home transcript show "$NOVAK"
holds there_is_only_one [ "$(at home transcript list --plain -q | wc -l)" -eq 1 ]
said its_record_stands_in_the_dossier 0 'credit_record' at home nomination show "$NOVAK"

# ---- evidence, without a node
said evidence_is_written 0 'Wrote' at home record export "$NOVAK" 1.1 --out transcript.evidence
said a_file_is_not_written_over 7 'exists' \
    at home record export "$NOVAK" 1.1 --out transcript.evidence
holds evidence_is_private [ "$(stat -c %a transcript.evidence)" = 600 ]
said it_is_valid_for_a_stranger 0 'VALID: credit record of host.example' \
    "$BIN/peregrin" record verify transcript.evidence --anchor "$ANCHOR"
at home -q record export "$NOVAK" 1.1 --out transcript.txt --armour >/dev/null
said its_text_form_is_valid_too 0 'VALID' \
    "$BIN/peregrin" record verify transcript.txt --root authority/root
sed 's/Mechanics/Mechanicz/' transcript.evidence >changed.evidence
said one_changed_letter_is_caught 9 'NOT VALID' \
    "$BIN/peregrin" record verify changed.evidence --anchor "$ANCHOR"
said another_federation_s_anchor_does_not_help 9 'NOT VALID' \
    "$BIN/peregrin" record verify transcript.evidence --anchor "${ANCHOR//[0-9]/b}"
said every_record_leaves_as_a_bundle 0 'Wrote all.bundle' at home record export --all --out all.bundle
holds a_bundle_is_private [ "$(stat -c %a all.bundle)" = 600 ]
said a_bundle_is_not_written_over 7 'exists' at home record export --all --out all.bundle
records=$(at home --json audit verify | sed -n 's/.*"records": \([0-9]*\).*/\1/p')
said a_stranger_checks_all_of_it 0 "VALID: $records of $records records in 1 file" \
    "$BIN/peregrin" record verify all.bundle --anchor "$ANCHOR"
said it_also_comes_through_a_pipe 0 "VALID: $records of $records records in 1 file" \
    sh -c "PEREGRIN_SOCKET=home/peregrin.sock $BIN/peregrin record export --all --out - |
        $BIN/peregrin record verify - --anchor $ANCHOR"
sed 's/Mechanics/Mechanicz/' all.bundle >changed.bundle
said the_bad_one_among_many_is_named 9 'changed.bundle, number [0-9]*: the body is not' \
    "$BIN/peregrin" record verify changed.bundle --anchor "$ANCHOR"
said how_many_hold_is_counted 9 "VALID: $((records - 1)) of $records" \
    "$BIN/peregrin" record verify changed.bundle --root authority/root --jobs 3
said all_goes_without_one 2 'without DOSSIER' \
    at home record export "$NOVAK" 1.1 --all --out all.bundle
said the_store_holds_what_was_sealed 0 'all of it holds' at home audit verify

# ---- a partner that is away
kill "$(cat host/pid)"
wait "$(cat host/pid)" 2>/dev/null
said a_ping_into_the_void_has_its_own_status 10 'did not answer' \
    at home partner ping host.example --timeout 1
said what_cannot_be_delivered_waits 0 'withdrawn' \
    at home nomination withdraw "$PEETERS" --reason student --yes
said it_is_in_the_outbox 0 "$PEETERS.*withdrawal" at home outbox list
start host
reaches it_drains_by_itself 'Nothing waits' at home outbox list
holds no_name_is_in_a_log bash -c '! grep -qE "Nov|Peeters|jana" home/log host/log'
