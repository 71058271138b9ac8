#!/bin/bash
# From the waiting list to the recognition: two real nodes, and everything by the CLI.
ROOT=$(dirname "$(readlink -f "$0")")/../..
. "$ROOT/tests/support/claims.sh"
. "$ROOT/tests/support/said.sh"
export PEREGRIN_BIN=$BIN
. "$ROOT/scripts/federation.sh"
trap 'federation_end "$PLACE"; rm -rf "$PLACE"' EXIT

at() { federation_run "$PLACE" "$@"; }
# state NODE STUDENT STATE: there, soon.
state() { reaches "$2 is $3 at $1" "^$3\$" shown "$1" "$2"; }
shown() {
    at "$1" nomination show "$2" --json 2>/dev/null |
        python3 -Sc 'import json, sys; print(json.load(sys.stdin)["state"])'
}

federation_make "$PLACE" "helmo.be:Haute Ecole Libre Mosane:BE" \
    "uhasselt.be:Universiteit Hasselt:BE" >/dev/null 2>&1 || echo "not ok the ceremony"
for node in helmo.be uhasselt.be; do
    federation_start "$PLACE" "$node" || echo "not ok the node of $node starts"
done
home=helmo.be host=uhasselt.be

cat >list.csv <<'END'
partner,year,term,kind,level,isced_f,family_name,given_names,birth_date,email,start,end
uhasselt.be,2026/2027,2,studies,6,0613,Nováková,Jana,2004-02-29,jana@student.example,2027-02-01,2027-06-30
uhasselt.be,2026/2027,2,studies,6,0613,Janssens,Piet,2004-03-01,piet@student.example,2027-02-01,2027-06-30
END
at $home nomination import list.csv --yes >/dev/null 2>&1
at $home nomination send --all >/dev/null 2>&1
state $host jana pending
state $host piet pending

said "a nomination goes on the waiting list" 0 "put on the waiting list" at $host nomination waitlist jana
state $home jana waitlisted
said "and is accepted from it" 0 "accepted: signed" at $host nomination accept jana piet
state $home jana accepted
state $home piet accepted
said "who is to come is listed" 0 "Nováková .*accepted" at $host stay list

said "a revocation wants its reason" 2 "for which reason" at $host nomination revoke piet --yes
said "a revocation is asked about" 2 "--yes" at $host nomination revoke piet --reason places
said "a dry run revokes nothing" 0 "Would say" at $host nomination revoke piet --reason places --dry-run
said "the acceptance is taken back" 0 "revoked: signed" at $host nomination revoke piet --reason places --yes
state $home piet revoked
said "the home reads why" 0 "reason +places" at $home nomination show piet
said "it is final" 7 "not accepted" at $host nomination accept piet

said "a day outside the nomination is refused" 7 "two months before" at $host stay arrive jana --date 2026-09-01
said "the arrival is said" 0 "arrived on 2027-02-03" at $host stay arrive jana --date 2027-02-03
said "the arrival is corrected" 0 "arrived on 2027-02-02" at $host stay arrive jana --date 2027-02-02
state $home jana arrived
said "who is there is not withdrawn" 7 "not withdrawn" at $home nomination withdraw jana --reason home --yes
said "a longer stay wants its end" 2 "until when" at $home stay extend jana
said "an earlier end is no longer stay" 7 "a day after" at $home stay extend jana --date 2027-06-30
said "a dry run does not say who grants" 0 "Would say of .*: a longer stay, until 2027-07-31" \
    at $home stay extend jana --date 2027-07-31 --dry-run
said "a longer stay is asked for, and not there yet" 0 "not extended yet, the host is asked until 2027-07-31: signed" \
    at $home stay extend jana --date 2027-07-31
state $host jana extending
said "the host sees what is asked" 0 "2027-06-30 +2027-07-31" at $host stay list
said "and what it can do" 0 "nomination accept .* or refuse it" at $host nomination show jana
said "the longer stay is refused" 0 "refused: signed" at $host nomination refuse jana --reason places
state $home jana arrived
said "the host grants an end of its own" 0 " extended until 2027-07-15: signed" at $host stay extend jana --date 2027-07-15
said "nobody leaves before the arrival" 7 "not before the arrival" at $host stay depart jana --date 2027-02-01
said "the departure is said" 0 "departed on 2027-07-14" at $host stay depart jana --date 2027-07-14
state $home jana departed

cat >marks.csv <<'END'
code,title,ects,grade,passed
M1,Mechanics,5.5,14,yes
M2,"=SUM(A1), waves",4,11,yes
M3,Dance,0,7,no
END
said "nothing can be corrected yet" 6 "no transcript to correct" at $host transcript correct jana marks.csv
said "the transcript is issued" 0 "3 units: signed" at $host transcript issue jana marks.csv
state $home jana transcript
said "what says the same is not issued again" 0 "Nothing changes" at $host transcript correct jana marks.csv
said "it is taken back" 0 "without a transcript" at $host transcript revoke jana --reason error --yes
state $home jana departed
said "there is none any more" 6 "no transcript yet" at $home transcript show jana
said "the same content is issued once more" 0 "3 units: signed" at $host transcript issue jana marks.csv
sed -i 's/Mechanics/Mechanica/' marks.csv
said "it is corrected" 0 "3 units: signed" at $host transcript correct jana marks.csv
reaches "the home has the correction" "Mechanica" at $home transcript show jana

said "the transcript waits to be recognised" 0 "transcript +3 +9.5" at $home recognition list
said "a sheet is written" 0 "Wrote 3 components" at $home recognition propose jana --out map.csv
said "tables alone convert nothing" 2 "--from and --to say how grades are converted" at $home recognition propose jana --from be-20
said "an existing sheet stays" 7 "left as it is" at $home recognition propose jana --out map.csv
said "no cell is a formula" 0 "\"'=SUM\(A1\), waves\"" cat map.csv
said "a dry run shows what would be" 0 "9.5 of 9.5 ECTS recognised" at $home recognition decide jana map.csv --dry-run
grep -v Mechanica map.csv >short.csv
said "what was passed must be named" 11 "component 1, which was passed" at $home recognition decide jana short.csv
sed 's/Mechanica,5.5,,,/Mécanique,4,,,/' map.csv >less.csv
said "fewer credits want a reason" 7 "a reason where fewer credits" at $home recognition decide jana less.csv
awk -F, 'BEGIN {OFS = ","} NR == 2 {$10 = 900} {print}' map.csv >more.csv
said "more than was earned is a slip" 11 "at most the 9.5 ECTS that were earned" at $home recognition decide jana more.csv
said "unless it is meant" 0 "Would recognise" at $home recognition decide jana more.csv --more-than-earned --dry-run
awk -F, 'BEGIN {OFS = ","} NR == 2 {$3 = "X99"} {print}' map.csv >slipped.csv
said "a row that slipped is named" 11 "as the transcript has it" at $home recognition decide jana slipped.csv
said "two as one" 0 "Wrote" at $home recognition propose jana --out two.csv
python3 - <<'END'
last = open("two.csv", encoding="utf-8").read().splitlines()[1].split(",")[-1]
text = "group,component,home_code,home_title,home_ects,home_grade,reason,transcript\r\n" \
    f"a,2,PHY1,Physique,9.5,15,,{last}\r\na,1,,,,,,{last}\r\nb,3,,,,,failed,{last}\r\n"
open("two.csv", "w", encoding="utf-8").write(text)
END
said "two components become one" 0 "signed and on its way" at $home recognition decide jana two.csv --rule "Table of 2026"
state $host jana recognised
said "the host reads it" 0 "Physique +9.5 +15" at $host recognition show jana
said "and by which rule" 0 "Table of 2026" at $host recognition show jana
said "the record leaves the node as evidence" 0 "" at $host record export jana 0.2 --out recognition.evidence
said "a stranger believes it" 0 "VALID" "$BIN/peregrin" record verify recognition.evidence --root authority/root
sed 's/Physique/Physiqua/' recognition.evidence >changed.evidence
said "and nothing else" 9 "NOT VALID" "$BIN/peregrin" record verify changed.evidence --root authority/root
said "decided again, it replaces" 0 "signed and on its way" at $home recognition decide jana map.csv
reaches "the host has the newer one" "5.5 +14 +Mechanica +5.5" at $host recognition show jana
said "an old sheet is not of the newest transcript" 0 "3 units: signed" at $host transcript correct jana <(sed s/14/15/ marks.csv)
state $home jana transcript
said "and is refused" 7 "newest transcript" at $home recognition decide jana map.csv
said "a file that is no sheet is refused" 2 "no row with the titles" at $home recognition decide jana list.csv
said "a file that is not there" 6 "no-such.csv" at $home recognition decide jana no-such.csv
at $home recognition propose jana --out map.csv --yes >/dev/null 2>&1
said "the new one is recognised" 0 "signed and on its way" at $home recognition decide jana map.csv
said "and taken back" 0 "no longer recognised" at $home recognition revoke jana --reason error --yes
state $host jana transcript

# the grades by the tables of both
cat >tables.csv <<'END'
table_id,rank_best_first,grade,count,passing
HOST,1,20,10,yes
HOST,2,15,30,yes
HOST,3,11,60,yes
HOME,1,A,25,yes
HOME,2,B,50,yes
HOME,3,C,25,yes
HOME,4,F,9,no
FEW,1,A,14,yes
FEW,2,B,15,yes
END
said "tables are kept, and one cannot be used" 0 "FEW .* grade.few" at $home grade table import tables.csv
said "they are listed" 0 "HOST +distribution" at $home grade table list
said "a conversion explains itself" 0 "becomes .A. \(distribution, rule middle\)" at $home grade convert --from HOST --to HOME --rule middle 15
said "it does so without a node" 0 "becomes .A." "$BIN/peregrin" grade convert --file tables.csv --from HOST --to HOME --rule middle 15
said "a grade that fails is refused" 7 "nothing to convert" at $home grade convert --from HOME --to HOST --rule middle F
said "a grade below zero is no flag" 6 "not in the table" at $home grade convert --from HOST --to HOME --rule middle -3
said "grades are proposed" 0 "Wrote 3 components" at $home recognition propose jana --out grades.csv --convert minimum --from HOST --to HOME
said "with their steps" 0 "M1,Mechanica,5.5,15,yes,,Mechanica,5.5,B,.*,HOST,HOME,minimum,15,.*overlaps" cat grades.csv
sed 's/,5.5,B,/,5.5,A,/' grades.csv >wished.csv
said "no other grade stands under their name" 7 "expected .B., got .A." at $home recognition decide jana wished.csv
said "what they give is signed" 0 "signed and on its way" at $home recognition decide jana grades.csv
reaches "the host sees the grade" "5.5 +15 +Mechanica +5.5 +B" at $host recognition show jana
said "and how it was found" 0 ".15. became .B. by HOST and HOME, rule minimum" at $host recognition show jana
said "the record names both tables and the rule" 0 "\"host_table\": \"HOST\"" at $host recognition show jana --json
grep -e ^table -e ^HOME tables.csv | cut -d, -f3- >published.csv
said "the host publishes its own" 0 "" at $host grade publish published.csv --scheme be-20 --first-year 2023/2024 --last-year 2025/2026 --yes
reaches "the home takes it over" "$host\.be-20 +4 .*(new|unchanged)" at $home grade table take
said "and converts by it" 0 "becomes .A." at $home grade convert --from "$host.be-20" --to HOME --rule middle A
said "a table is removed" 0 "removed" at $home grade table remove FEW

for node in $home $host; do
    reaches "everything of $node is delivered" "Nothing waits" at "$node" outbox list
    said "the audit of $node finds nothing" 0 "all of it holds" at "$node" audit verify
done
said "no name in any log" 1 "" grep -rliE "nováková|jana@" --include=log "$PLACE"
