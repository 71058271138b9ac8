#!/bin/bash
# A learning agreement before and during a stay, and what two institutions publish to each other: two
# real nodes, and everything by the CLI.
ROOT=$(dirname "$(readlink -f "$0")")/../..
. "$ROOT/tests/support/claims.sh"
. "$ROOT/tests/support/said.sh"
export PEREGRIN_BIN=$BIN
. "$ROOT/scripts/federation.sh"
trap 'federation_end "$PLACE"; rm -rf "$PLACE"' EXIT

at() { federation_run "$PLACE" "$@"; }
# plan NODE STATE: the learning agreement has come to it there, soon.
plan() { reaches "the plan is $2 at $1" "^$2\$" planned "$1"; }
planned() {
    at "$1" nomination show jana --json 2>/dev/null |
        python3 -Sc 'import json, sys; print(json.load(sys.stdin)["learning"]["state"])'
}

federation_make "$PLACE" "helmo.be:Haute Ecole Libre Mosane:BE" \
    "uhasselt.be:Universiteit Hasselt:BE" >/dev/null 2>&1 || echo "not ok the ceremony"
for node in helmo.be uhasselt.be; do
    federation_start "$PLACE" "$node" || echo "not ok the node of $node starts"
done
home=helmo.be host=uhasselt.be

at $host factsheet template >sheet.json 2>/dev/null
said "a factsheet is tried" 0 "Would publish the factsheet: 1 new" at $host factsheet publish sheet.json --dry-run
said "and published" 0 "Published the factsheet: 1 new" at $host factsheet publish sheet.json
said "the same again changes nothing" 0 "1 unchanged" at $host factsheet publish sheet.json
sed -i 's/"transcript_weeks": 5/"transcript_weeks": 4/' sheet.json
said "another is a revision" 0 "1 revised" at $host factsheet publish sheet.json
reaches "the partner reads it" "transcript weeks +4" at $home factsheet show $host
reaches "and its receipt is shown" "delivered" at $host factsheet list --direction outgoing
sed 's/05-01/05-32/' sheet.json >wrong.json
sed 's#Europe/Brussels#Europe/Brusels#' sheet.json >astray.json
said "a zone that nobody knows is refused, with what comes near" 7 "Perhaps Europe/Brussels" at $host factsheet publish astray.json
said "a day that is none is refused" 7 "a month and a day like 05-15" at $host factsheet publish wrong.json
said "nobody has another's factsheet" 6 "has published none" at $host factsheet show $home

printf 'code,title,ects,term\nM1,Mechanics,5.5,1\nM2,Waves,4,1\n' >courses.csv
said "courses need their year" 2 "for which academic year" at $host course publish courses.csv
said "courses are published" 0 "1 new" at $host course publish courses.csv --year 2026/2027
printf 'code,title,ects\nM1,Mechanics,lots\n' >wrong.csv
said "credits are numbers" 11 "credits as 6 or 5.5" at $host course publish wrong.csv --year 2026/2027
reaches "the partner reads them" "Mechanics" at $home course show $host --year 2026/2027
printf 'grade,passing,count\n20,yes,3\n10,yes,50\n9,no,12\n' >grades.csv
said "a grading table is published" 0 "1 new" at $host grade publish grades.csv --scheme be-20
reaches "the partner has it" "be-20" at $home grade published --direction incoming

cat >list.csv <<'LIST'
partner,year,term,kind,level,isced_f,family_name,given_names,birth_date,email,start,end
uhasselt.be,2026/2027,2,studies,6,0613,Nováková,Jana,2004-02-29,jana@student.example,2027-02-01,2027-06-30
LIST
at $home nomination import list.csv --yes >/dev/null 2>&1
at $home nomination send --all >/dev/null 2>&1
reaches "the host has her" "pending" at $host nomination list
said "nothing is planned before the answer" 0 "before the nomination is accepted" at $home learning show jana
at $host nomination accept jana >/dev/null 2>&1
plan $home none
said "the home is to propose" 0 "none +helmo.be" at $home learning list --waits own
said "a sheet is written" 0 "Wrote plan.csv" at $home learning template jana --out plan.csv
printf 'part,code,title,ects,term\nhost,M1,Mechanics,5.5,\nhome,H1,Mécanique,6,\n' >plan.csv
said "it wants to know how the student agreed" 2 "how did the student agree" at $home learning propose jana plan.csv
said "a dry run shows the units" 0 "Would propose" at $home learning propose jana plan.csv --approved-by meeting --dry-run
said "it is proposed, and out of proportion" 0 "credits.proportional.*expected 20 to 40, got 5.5" at $home learning propose jana plan.csv --approved-by meeting
plan $host proposed
said "the host is to answer" 0 "proposed +uhasselt.be" at $host learning list --waits own
said "a comment has words" 2 "what is the home to change" at $host learning comment jana
said "the host comments" 0 "commented on: signed" at $host learning comment jana --comment "More, please."
plan $home commented
printf 'host,M2,Waves,4,\n' >>plan.csv
said "the home changes it" 0 "comes +host +M2" at $home learning propose jana plan.csv --approved-by meeting
plan $host proposed
said "the host approves" 0 "approved: signed" at $host learning approve jana
plan $home approved
said "twice is once too often" 7 "not approved yet" at $host learning approve jana

at $host stay arrive jana --date 2027-02-03 >/dev/null 2>&1
printf 'part,code,title,ects,change,reason\nhost,M1,Mechanics,5.5,,\nhome,H1,Mécanique,6,,\nhost,M3,Optics,6,comes,\n' >change.csv
said "a change says why" 11 "why: unavailable" at $home learning propose jana change.csv --approved-by account
printf 'part,code,title,ects,change,reason\nhost,M1,Mechanics,5.5,,\nhome,H1,Mécanique,6,,\nhost,M3,Optics,6,comes,substitutes\n' >change.csv
said "also of what goes" 7 "a reason for each unit" at $home learning propose jana change.csv --approved-by account
printf 'host,M2,Waves,4,goes,conflict\n' >>change.csv
said "with its reasons it goes" 0 "goes +host +M2.*conflict" at $home learning propose jana change.csv --approved-by account
plan $host change_proposed
said "the stay shows where it stands" 0 "Learning +change_proposed" at $host nomination show jana
at $host learning approve jana >/dev/null 2>&1
plan $home approved
said "the whole cycle is told" 0 "Revision 3 by helmo.be" at $home learning show jana
said "with the host's word" 0 "commented .*More, please" at $home learning show jana
said "as a list without personal data in the address" 0 "\"approved_ects\": \"11.5\"" at $home learning list --json

said "what is due is told with who must act" 0 "nominations +helmo.be +uhasselt.be" at $home deadline list --days 400
said "in the partner's zone" 0 "\"zone\": \"Europe/Brussels\"" at $home deadline list --days 400 --json
at $host stay depart jana --date 2027-06-30 >/dev/null 2>&1
reaches "the transcript is due in four weeks from the results of the factsheet" "2027-08-07.*transcript +uhasselt.be" at $home deadline list --days 730
said "a calendar has no names" 0 "BEGIN:VCALENDAR" at $home deadline ical --days 730
at $home deadline ical --days 730 2>/dev/null | grep -qi novak && echo "not ok a name is in the calendar" || echo "ok no name is in the calendar"
