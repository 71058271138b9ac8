#!/bin/bash
# A partner that runs no node: named by hand, nominated to, what goes to it by e-mail, its answers
# kept by hand; and what becomes of it all when it joins. One real node, then two, all by the CLI.
ROOT=$(dirname "$(readlink -f "$0")")/../..
. "$ROOT/tests/support/claims.sh"
. "$ROOT/tests/support/said.sh"
export PEREGRIN_BIN=$BIN
. "$ROOT/scripts/federation.sh"
for tool in pdftotext pdftoppm pdfdetach pdfinfo zbarimg; do
    command -v $tool >/dev/null || {
        echo "skip by_hand: $tool is not here"
        exit 0
    }
done
trap 'federation_end "$PLACE"; rm -rf "$PLACE"' EXIT

home=helmo.be host=uni-x.example
at() { federation_run "$PLACE" "$@"; }
# told PATH: a member of the nomination of Παπαδοπούλου, as JSON has it.
told() {
    at $home nomination show "$dossier" --json 2>/dev/null |
        python3 -Sc "import json, sys; j = json.load(sys.stdin); print($1)"
}

federation_make "$PLACE" "$home:Haute École Libre Mosane:BE" >/dev/null 2>&1 || echo "not ok the ceremony"
federation_start "$PLACE" $home || echo "not ok the node starts"

cat >list.csv <<'END'
partner,year,term,kind,level,isced_f,family_name,given_names,birth_date,email,esi,start,end
Университет X,2026/2027,2,studies,6,0912,Παπαδοπούλου,Ştefania Łucja,2004-02-29,s@student.example,,2027-02-01,2027-06-30
uni-x.example,2026/2027,1,traineeship,7,0311,Çağlayan,İbrahim,2003-07-01,i@student.example,,2026-09-15,2027-01-31
END
said "a partner that nobody knows is no partner" 11 "partner" at $home nomination import list.csv --yes
said "who it is must be said" 2 "add --name and --country" at $home partner add $host
said "a name that is none" 2 "SCHAC domain" at $home partner add UNI_X --name X --country CH
said "a partner by hand" 0 "is a partner by hand" at $home partner add $host --name "Университет X" --country CH --email incoming@uni-x.example
said "an institution of the catalogue is none" 7 "catalogue has this institution" at $home partner add $home --name H --country BE
said "it is in the list" 0 "uni-x.example.*by_hand" at $home partner list
said "with its address" 0 "incoming@uni-x.example" at $home partner list --by-hand
said "lists name it as any partner" 0 "" at $home nomination import list.csv --yes
said "its nominations are signed" 0 "2 nominations signed" at $home nomination send --all
dossier=$(at $home nomination list --json | python3 -Sc 'import json, sys
print([n["dossier"] for n in json.load(sys.stdin)["nominations"] if n["family_name"].startswith("Π")][0])')
said "and go by e-mail" 0 "pending +by_hand" at $home nomination list
said "nothing waits in the outbox" 0 "[Nn]othing|empty|No " at $home outbox list
said "and nobody is told that something is stuck" 0 "" at $home doctor

# ---- what goes by e-mail -----------------------------------------------------------------------

said "three files" 0 "send all three to incoming@uni-x.example" at $home partner handover $host --out mail --language fr
file=mail/nominations-$home-$host-$(date -u +%F)
said "the paper is tagged" 0 "Tagged: +yes" pdfinfo "$file.pdf"
pdftotext -layout "$file.pdf" t.txt
said "with names in Greek" 0 "Παπαδοπούλου +Ştefania" cat t.txt
said "and Turkish" 0 "Çağlayan +İbrahim" cat t.txt
said "headings in French" 0 "Établissement d'accueil" cat t.txt
said "and English" 0 "Receiving institution" cat t.txt
said "the partner by its name" 0 "Университет X \(uni-x.example\)" cat t.txt
said "the list has the same rows" 0 "$dossier.*Παπαδοπούλου" cat "$file.csv"
holds "and no others" [ "$(wc -l <"$file.csv")" = 3 ]
said "anybody believes the evidence" 0 "VALID" "$BIN/peregrin" record verify "$file.evidence" --root authority/root
pdfdetach -save 1 -o attached "$file.pdf"
said "which is attached as well" 0 "" cmp attached "$file.evidence"
pdftoppm -r 100 -f 1 -l 1 -png "$file.pdf" page
zbarimg -q --raw page-*.png >code 2>/dev/null
said "the square code names the records" 0 "^peregrin:1:$home:$host:list:2:[0-9a-f]{64}$" cat code

# ---- what it answers ---------------------------------------------------------------------------

mark() { at $home nomination mark "$dossier" --by-hand "$@"; }
said "nobody arrives who was not accepted" 7 "does not follow" mark arrived
said "a state that is none" 2 "no state that can be kept by hand" mark delighted
said "a day that has not come" 2 "not come yet" mark accepted --date 2099-01-01
said "an answer must be said" 2 "what did the partner answer" at $home nomination mark "$dossier"
said "its answer is kept by hand" 0 "the partner has signed nothing" mark accepted --date 2026-05-12 --comment "by e-mail of Ms X"
said "and shown as that" 0 "accepted \(by hand\)" at $home nomination list
said "with who and when" 0 "accepted by hand, by [a-z0-9_-]+ on 2026-05-12" at $home nomination show "$dossier"
holds "the records say what they said" [ "$(told 'j["state"], j["by_hand"]["state"]')" = "pending accepted" ]
said "it is counted" 0 "stays, going out +1" at $home report annual
said "a later mark takes it back" 0 "kept by hand" mark waitlisted
holds "and both are kept" [ "$(told '[m["state"] for m in j["marks"]]')" = "['accepted', 'waitlisted']" ]
mark accepted --date 2026-05-20 >/dev/null 2>&1
said "the feed tells it" 0 "dossier.marked" at $home event tail
said "and the journal who" 0 "nominations/.dossier./mark" at $home audit log
said "what is answered does not go out again" 0 "1 nomination of" at $home partner handover $host --out mail2
other=$(at $home nomination list --json | python3 -Sc 'import json, sys
print([n["dossier"] for n in json.load(sys.stdin)["nominations"] if n["family_name"].startswith("Ç")][0])')
said "a withdrawal goes with the next list" 0 "next .peregrin partner handover" at $home nomination withdraw "$other" --reason student --yes
said "which says so" 0 "0 changed and 1 withdrawn" at $home partner handover $host --out mail3
pdftotext -layout "mail3/${file#mail/}.pdf" t3.txt
said "on paper" 0 "Çağlayan.* withdrawn" cat t3.txt
said "in the list" 0 "Çağlayan.*withdrawn" cat "mail3/${file#mail/}.csv"
said "with the signed withdrawal" 0 "VALID" "$BIN/peregrin" record verify "mail3/${file#mail/}.evidence" --root authority/root
said "a partner with nominations stays" 7 "there are nominations" at $home partner forget $host

# ---- when it joins -----------------------------------------------------------------------------

"$BIN/peregrin" init --network demo --anchor "$("$BIN/peregrin" catalogue anchor --dir authority --plain)" \
    --institution $host --name "University X" --country CH --dir $host \
    --listen "tcp://127.0.0.1:$(federation_port)" >/dev/null 2>&1
"$BIN/peregrin" catalogue add $host/$host.enrol --dir authority --yes >/dev/null 2>&1
"$BIN/peregrin" catalogue sign --dir authority --key authority/root-1.key --key authority/root-2.key --yes >/dev/null 2>&1
cp authority/root authority/catalogue $home/trust/
cp authority/root authority/catalogue $host/trust/
federation_start "$PLACE" $host || echo "not ok the partner's node starts"
kill -HUP "$(cat $home/pid)"
reaches "what it was told by e-mail comes by itself" "Παπαδοπούλου" at $host nomination list
reaches "with its receipt" "accepted .by hand. +delivered" at $home nomination list
said "nobody speaks for it any more" 5 "answers itself" mark refused
at $host nomination refuse "$dossier" --reason places >/dev/null 2>&1
reaches "its signed answer counts" "^refused None$" told 'j["state"], j["by_hand"]'
said "it can be forgotten now" 0 "no partner by hand any more" at $home partner forget $host
said "no name in any log" 1 "" grep -rliE "Παπαδοπούλου|Łucja" --include=log "$PLACE"
