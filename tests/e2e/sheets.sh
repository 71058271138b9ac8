#!/bin/bash
# A coordinator's lists as they really are: a workbook with errors, mended in its own copy, sent,
# exported, edited and imported again.
. "$(dirname "$(readlink -f "$0")")/../support/claims.sh"
. "$(dirname "$(readlink -f "$0")")/../support/said.sh"

# ---- two nodes
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
    "$BIN/peregrind" -c "$one/peregrind.conf" 2>>"$one/log" &
    PIDS+=($!)
done
reaches the_nodes_find_each_other 'host.example +connected' at home status || exit 1

# ---- a list with errors, and its copy
cat >spring.csv <<'END'
Outgoing students, spring;;;;;;;;
;;;;;;;;
Établissement d'accueil;Année académique;Semestre;Type de mobilité;Niveau d'études;Domaine (ISCED-F);Nom;Prénom;Date de naissance;Courriel
University host;2026-2027;S2;études;licence;613;Novák;Jana;25/03/2004;jana.novak@HOME.example
University hots;2026-2027;S2;études;licence;613;Peeters;An;03/04/2004;an.peeters@home.example
University host;2026-2027;S2;études;licence;613;Doe;John;31/01/2003;john.doe@home
END
said the_file_s_own_cells_and_titles_are_shown 11 '6 +Courriel +"john.doe@home"' \
    at home nomination import spring.csv
said the_header_and_the_dates_are_told 11 'header in row 3, dates d/m/yyyy' \
    at home nomination import spring.csv --no-errors
holds a_copy_stands_beside_it [ -s spring.errors.csv ]
holds it_says_what_is_wrong grep -q 'ERRORS' spring.errors.csv
said a_copy_is_not_replaced_unasked 11 'left as it is' at home nomination import spring.csv
said the_nearest_name_is_taken_on_demand 11 'Mended as --fix asks' \
    at home nomination import spring.csv --fix --no-errors --dry-run
sed -i 's/john.doe@home;/john.doe@home.example;/; s/University hots/University host/' spring.errors.csv
said the_mended_copy_is_imported 0 'Stored 3 drafts' \
    at home nomination import spring.errors.csv --yes
said the_same_again_is_nothing_new 0 'Nothing new' at home nomination import spring.errors.csv --yes
said chosen_rows_alone_are_read 0 'Read 1 row ' \
    at home nomination import spring.errors.csv --rows 4 --yes

# ---- dates that only the user can tell
cat >dates.csv <<'END'
partner,year,term,kind,level,isced_f,family_name,given_names,birth_date,email
host.example,2026/2027,2,studies,6,0613,Maes,Eva,03/04/2004,eva@home.example
END
said dates_that_can_be_two_are_asked 11 '--dates dmy' at home nomination import dates.csv --no-errors
said one_answer_settles_them 0 '1 ready' \
    at home nomination import dates.csv --dates dmy --dry-run
said on_a_terminal_it_is_asked_once 0 'which comes first' \
    bash -c "printf 'd\nn\n' | script -qec \"'$BIN/peregrin' --socket home/peregrin.sock \
    nomination import dates.csv --no-errors\" /dev/null"

# ---- sent, exported, edited, imported again
said they_are_sent 0 '3 ' at home nomination send --all
reaches they_are_delivered 'Novák.* delivered' at home nomination list --direction outgoing
for form in csv xlsx; do
    said "an_export_is_written_$form" 0 'Wrote' at home nomination export --out all.$form
    said "what_was_exported_is_nothing_new_$form" 0 'Nothing new' \
        at home nomination import all.$form --yes
done
sed 's/john.doe@home.example/jd@home.example/' all.csv >edited.csv
said an_edited_row_offers_an_amendment 0 '1 differ.*--amend.*person.email' \
    at home nomination import edited.csv
said nothing_is_amended_unasked 0 'john.doe@home.example' \
    at home nomination export
said it_is_amended_on_demand 0 'Sent 1 amendments' at home nomination import edited.csv --amend --yes
said the_amended_list_again_is_nothing_new 0 'Nothing new' \
    at home nomination import edited.csv --amend --yes
JOHN=$(at home nomination list --plain -q | awk -F '\t' '$4 == "Doe" {print $1}')
reaches the_amendment_arrives 'jd@home.example' at host nomination show "$JOHN"
at home -y -q nomination withdraw "$JOHN" --reason student >/dev/null 2>&1
sed 's/jd@home.example/other@home.example/' edited.csv >late.csv
said what_was_withdrawn_is_not_amended 11 'withdrawn' \
    at home nomination import late.csv --amend --yes --no-errors
said what_is_as_before_and_withdrawn_is_told 0 'withdrawn since' \
    at home nomination import edited.csv --yes

# ---- templates
said a_template_is_a_workbook 0 'Wrote t.xlsx' "$BIN/peregrin" nomination template --xlsx t.xlsx --lang nl
said a_template_s_titles_are_all_known 0 'Read 0 rows from sheet "Nominations"' \
    at home nomination import t.xlsx
for lang in en fr nl; do
    "$BIN/peregrin" -q nomination template --lang $lang >$lang.csv
    said "no_title_is_unknown_in_$lang" 0 'Read 0 rows' at home nomination import $lang.csv
    holds "and_none_is_left_out_in_$lang" bash -c \
        "! '$BIN/peregrin' --socket home/peregrin.sock nomination import $lang.csv 2>&1 | grep -q 'not known'"
done
said a_list_of_results_has_a_template_too 0 'Studiepunten' \
    "$BIN/peregrin" transcript template --lang nl

# ---- what is no list
printf '%%PDF-1.4' >list.xlsx
said a_pdf_by_another_name_is_named 11 'this is a PDF' at home nomination import list.xlsx
printf '\320\317\021\340\241\261\032\341' >old.xls
said an_old_workbook_is_named 11 'save it as' at home nomination import old.xls
holds no_name_of_a_student_is_logged bash -c '! grep -E "Novák|Peeters|john.doe" home/log'
