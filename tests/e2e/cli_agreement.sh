#!/bin/bash
# An agreement from its first proposal to its end, and students for its one place: two real nodes,
# everything by the CLI, wrong things typed on purpose.
ROOT=$(dirname "$(readlink -f "$0")")/../..
. "$ROOT/tests/support/claims.sh"
. "$ROOT/tests/support/said.sh"
export PEREGRIN_BIN=$BIN
. "$ROOT/scripts/federation.sh"
trap 'federation_end "$PLACE"; rm -rf "$PLACE"' EXIT

at() { federation_run "$PLACE" "$@"; }
# told NODE EXPRESSION COMMAND...: of the JSON `d`, in Python.
told() {
    at "$1" "${@:3}" --json 2>/dev/null |
        python3 -Sc 'import json, sys; d = json.load(sys.stdin); print(eval(sys.argv[1]))' "$2"
}
stands() { reaches "it is $2 at $1" "^$2\$" told "$1" 'd["state"]' agreement show "$agreement"; }
open_terms() { told "$1" 'd["open"]' agreement show "$agreement"; }
# places N CONDITIONS...: terms.json with so many places in c1.
terms() {
    sed "s/home.example/helmo.be/; s/\"places\": 4/\"places\": $1/; s/\"tenth_months\": 200/\"tenth_months\": $((50 * $1))/; s/2027\/2028/2026\/2027/; s/0913/061/" template.json >terms.json
}

federation_make "$PLACE" "helmo.be:Haute Ecole Libre Mosane:BE" \
    "uhasselt.be:Universiteit Hasselt:BE" >/dev/null 2>&1 || echo "not ok the ceremony"
for node in helmo.be uhasselt.be; do
    federation_start "$PLACE" "$node" || echo "not ok the node of $node starts"
done
home=helmo.be host=uhasselt.be
for node in $home $host; do
    reaches "$node hears its partner" "^True\$" told "$node" 'all(p["state"] == "connected" for p in d["partners"])' status || exit 1
done

at $home agreement template template.json >/dev/null 2>&1
terms 2
said "with whom is to be said" 2 "with whom|--partner" at $home agreement propose terms.json
said "nobody is called so" 6 "partner list" at $home agreement propose terms.json --partner nobody.example
sed 's/studies/studying/' terms.json >wrong.json
said "a kind of mobility is one of a list" 7 "studies" at $home agreement propose wrong.json --partner $host
sed 's/"level": "B2"/"level": "B7"/' terms.json >wrong.json
said "a level of a language is one of CEFR" 7 "A1|CEFR" at $home agreement propose wrong.json --partner $host
said "and before they are sent" 7 "A1|CEFR" at $home agreement propose wrong.json --partner $host --dry-run
said "what would be proposed is shown" 0 "Would propose" at $home agreement propose terms.json --partner $host --dry-run
told_well=$(told $home 'd["well_formed"]' agreement propose terms.json --partner $host --dry-run)
[ "$told_well" = True ] && echo "ok a program is told so" || echo "not ok a program is told so: $told_well"
said "terms are proposed" 0 "the partner must approve" at $home agreement propose terms.json --partner $host
reaches "it is listed" "^1\$" told $home 'len(d["agreements"])' agreement list || exit 1
agreement=$(told $home 'd["agreements"][0]["dossier"]' agreement list)
stands $host offered
said "there is nothing to compare the first terms with" 0 "nothing to compare with" at $host agreement diff "$agreement"
said "and what to do" 0 "Next:  peregrin agreement show $agreement" at $host agreement diff "$agreement"
said "nobody approves what was not read" 2 "which terms are approved" at $host agreement approve "$agreement"
said "nor what is not open" 7 "open: [0-9a-f]{64}" at $host agreement approve "$agreement" --terms "$(printf '0%.0s' {1..64})"
said "one's own terms are the other's to approve" 7 "offered" at $home agreement approve "$agreement" --terms "$(told $home 'd["offers"][0]["id"]' agreement show "$agreement")"

terms 1
said "the partner answers with other terms" 0 "the partner must approve" at $host agreement propose terms.json --in "$agreement"
stands $home countered
said "before anything is in force they are compared with what they answer" 0 "places: 2 -> 1" at $home agreement diff "$agreement"
said "a reason is one of a list" 2 "places, field" at $home agreement decline "$agreement" --reason whim
said "the answer is declined" 0 "declined" at $home agreement decline "$agreement" --reason places
stands $host offered
said "the own terms are taken back" 0 "taken back" at $home agreement withdraw "$agreement"
stands $host taken_back
said "once" 7 "taken_back" at $home agreement withdraw "$agreement"
said "nothing is in force, and nothing has places" 0 "No terms are in force" at $home agreement quota "$agreement"
printf 'id,sending,mobility,first_year,last_year,places,months,isced_f,eqf,languages\nc1,helmo.be,studies,2026/2027,2029/2030,1,5,061,6,en B2\n' >conditions.csv
said "a spreadsheet has the conditions" 0 "the partner must approve" at $home agreement propose terms.json --conditions conditions.csv --in "$agreement"
stands $host offered
said "the terms that were read are approved" 0 "approved" at $host agreement approve "$agreement" --terms "$(open_terms $host)"
stands $home in_force
said "the places are there" 0 "c1 +2026/2027 +out +1 +0 +0 +1" at $home agreement quota "$agreement" --year 2026/2027
said "with the languages that are wanted" 0 '"languages": "en B2"' at $home agreement quota "$agreement" --json
said "and the terms have them" 0 "en B2|level +B2" at $host agreement show "$agreement"

cat >list.csv <<LIST
partner,year,term,kind,level,isced_f,family_name,given_names,birth_date,email,start,end,agreement,condition,languages
uhasselt.be,2026/2027,2,studies,6,0613,Nováková,Jana,2004-02-29,jana@student.example,2027-02-01,2027-06-30,$agreement,c1,en B2
uhasselt.be,2026/2027,2,studies,6,0613,Dupuis,Marc,2004-03-01,marc@student.example,2027-02-01,2027-06-30,$agreement,c1,
LIST
said "two students for one place" 0 "agreement" at $home nomination import list.csv --yes -v
said "a language that is not known is warned of" 0 "agreement.language" at $home nomination send --all
reaches "the host has both" "^2\$" told $host 'sum(n["state"] == "pending" for n in d["nominations"])' nomination list
at $host nomination accept jana -q >out 2>err
holds "who has a place is told briefly" grep -q accepted out
at $host nomination accept marc -q >out 2>err
holds "a refusal for the quota ends so" [ $? -eq 7 ]
holds "and says why, also where only results are wanted" grep -q "1 place, this would be the 2nd" err

sed -i 's/"places": 1/"places": 2/; s/"tenth_months": 50/"tenth_months": 100/' terms.json
at $host agreement propose terms.json --in "$agreement" >/dev/null 2>&1
stands $home change_countered
said "a change is compared with what is in force" 0 "places: 1 -> 2" at $home agreement diff "$agreement"
at $home agreement approve "$agreement" --terms "$(open_terms $home)" >/dev/null 2>&1
stands $host in_force
said "what is in force is compared with what was before" 0 "places: 1 -> 2" at $host agreement diff "$agreement"
said "and there is a place again" 0 "accepted" at $host nomination accept marc

printf '{"contacts": [{"name": "Marta", "email": "marta@helmo.example"}]}' >contacts.json
said "contacts re-open nothing" 0 "new contacts" at $home agreement contacts "$agreement" contacts.json
reaches "the partner sees whom to write to" "Marta" at $host agreement show "$agreement"
stands $host in_force
said "the end is in the calendar" 0 "Wrote ends.ics" at $home agreement ical ends.ics
holds "on the last day of its last year" grep -q "20300930" ends.ics
said "without a year nothing ends" 2 "last year" at $home agreement terminate "$agreement" --yes
said "nor without notice" 7 "partner's consent" at $home agreement terminate "$agreement" --last-year 2020/2021 --yes
said "it ends with notice" 0 "terminated" at $home agreement terminate "$agreement" --last-year 2028/2029 --yes
stands $host ended
said "and takes nothing from whoever has a place" 0 "accepted +delivered" at $host nomination list --state accepted

cat >office.csv <<LIST
partner_erasmus_code,bachelor,master,doctoral,places,months_each,subject_code,agreed_on,expires_on
uhasselt.be,1,0,0,2,5,0613,2026-02-01,2029-09-30
nobody.example,1,0,0,2,5,0613,2026-02-01,2029-09-31
LIST
said "an office's list shows its mistakes" 0 "3 +expires_on +a date" at $home agreement import office.csv --dry-run
sed -i '3d; s/$/\r/' office.csv
said "what is right is proposed to each partner" 0 "1 row" at $home agreement import office.csv --until 2029/2030 --yes
reaches "the partner has the new one" "^1\$" told $host 'sum(a["state"] == "offered" for a in d["agreements"])' agreement list

second=$(told $host '[a["dossier"] for a in d["agreements"] if a["state"] == "offered"][0]' agreement list)
terms 3
at $host agreement propose terms.json --partner $home >/dev/null 2>&1
third=$(told $host '[a["dossier"] for a in d["agreements"] if a["state"] == "offered" and a["opener"] == "uhasselt.be"][0]' agreement list)
said "of proposals that cross each is shown beside the other" 0 "Beside it: $second \(offered\)" at $host agreement show "$third"
said "and how to have one" 0 "propose FILE --in $third --replaces $second" at $host agreement show "$third"
said "what is replaced must be there" 6 "no such agreement with this partner" at $host agreement propose terms.json --in "$third" --replaces 01KAMB3Q8W2T5Y7Z9C4D6F8G0H
at $host agreement propose terms.json --in "$third" --replaces "$second" >/dev/null 2>&1
reaches "the partner sees the terms" "Replaces|replaces" at $home agreement show "$third"
at $home agreement approve "$third" --terms "$(told $home 'd["open"]' agreement show "$third")" >/dev/null 2>&1
reaches "one stands in the other's place" "^$third\$" told $host 'd["replaced_by"]' agreement show "$second"
