# The second half of the demo's story: what stands around a stay, from the agreement to the annual
# figures. To be sourced by scripts/demo, whose steps and nodes it goes on with.
#
#   wish WHO WHAT COMMAND      what a founding institution asked for, and the command that has just
#                              shown it;   wishes tells all of them
WISHES=()
wish() { WISHES+=("$1"$'\t'"$2"$'\t'"$3"); }
wishes() {
    local who one what
    printf '\n%s' "$BOLD"
    put "" "  " "What the five asked for, and the command that showed it"
    printf '%s' "$NORMAL"
    for who in helmo.be imt-nord-europe.fr itg.be uhasselt.be qmu.kz; do
        put "  " "  " "$who"
        for one in "${WISHES[@]}"; do
            [ "${one%%$'\t'*}" = "$who" ] || continue
            what=${one#*$'\t'}
            put "    " "      " "$(printf '%-38s %s' "${what%%$'\t'*}" "peregrin ${what#*$'\t'}")"
        done
    done
}

facts() { # NAME...: files of certs/demo, into the demo's folder
    local name
    for name in "$@"; do
        cp "$HERE/certs/demo/$name" . || fail "certs/demo/$name is not there"
    done
}
# said_that CLAIM TEXT: the last command said it.
said_that() { # lines are joined: a terminal may have broken them
    expect "$1" "$2" "$(tr -s ' \n' ' ' <said | grep -oF -m 1 -- "$2" | head -n 1)"
}

# ---- 11: before anybody goes -----------------------------------------------------------------

step_agreement() {
    begin agreement "two institutions agree, and a place is given once"
    local imt=imt-nord-europe.fr pact first terms third
    tell "$imt proposes a dual degree and a joint one to helmo.be, and two of its teachers a year." \
        "helmo.be wants two students in the dual degree, instead of one."
    facts agreement.json dual.csv
    on $imt agreement propose agreement.json --partner helmo.be -q
    ended 0
    reaches "helmo.be must act" "offered helmo.be" helmo.be \
        'd["agreements"][0]["state"] + " " + d["agreements"][0]["must_act"]' agreement list
    pact=$(ask helmo.be 'd["agreements"][0]["dossier"]' agreement list)
    first=$(ask helmo.be 'd["open"]' agreement show "$pact")
    sed 's/"places": 1,/"places": 2,/; s/"tenth_months": 50,/"tenth_months": 100,/' agreement.json >counter.json
    spoilt && cp agreement.json counter.json
    on helmo.be agreement propose counter.json --in "$pact" -q
    reaches "the counter-proposal is there" countered $imt 'd["state"]' agreement show "$pact"
    on $imt agreement diff "$pact" --from "$first" -q
    said_that "what differs is told, condition by condition" "places: 1 -> 2"
    terms=$(ask $imt 'd["open"]' agreement show "$pact")
    on $imt agreement approve "$pact" --terms "$terms" -q
    ended 0
    for node in $imt helmo.be; do
        reaches "it is in force at $node" "in_force, degrees: dual" $node \
            'd["state"] + ", degrees: " + d["terms"]["conditions"][0]["degrees"]' agreement show "$pact"
    done
    wish $imt "dual and joint degrees" "agreement show"
    wish qmu.kz "exchange agreements end to end" "agreement diff"
    tell "helmo.be nominates three under this condition. There are two places, and the host gives them."
    sed -i "s/,AGREEMENT,/,$pact,/" dual.csv
    on helmo.be nomination import dual.csv --yes -q
    ended 0
    on helmo.be nomination send --all -q
    ended 0
    reaches "three ask" 3 $imt 'sum(x["state"] == "pending" and x["year"] == "2027/2028" and
        x["family_name"] in ("Delcourt", "Vanhoof", "Szczepańska") for x in d["nominations"])' \
        nomination list
    quietly $imt nomination accept delcourt
    ended 0
    on $imt nomination accept vanhoof -q
    ended 0
    on $imt nomination accept szczepańska
    ended 7
    said_that "nobody is accepted beyond the last place" "2 places, this would be the 3rd"
    on $imt nomination waitlist szczepańska --comment 'Two are before you.' -q
    ended 0
    on $imt agreement quota "$pact" --year 2027/2028 -q
    ended 0
    wish qmu.kz "places counted under each condition" "agreement quota"
    agree "39 accepted, 48 pending, 1 recognised, 1 refused, 8 transcript, 1 waitlisted, 1 withdrawn"
}

# ---- 12: what everybody may know -------------------------------------------------------------

step_factsheet() {
    begin factsheet "an institution tells its calendar to all"
    facts factsheet.json
    spoilt && sed -i 's/"transcript_weeks": 4/"transcript_weeks": 5/' factsheet.json
    on itg.be factsheet publish factsheet.json -q
    ended 0
    reaches "all four have signed for it" 4 itg.be \
        'sum(x["delivery"] == "delivered" for x in d["notices"])' factsheet list
    quietly helmo.be factsheet show itg.be
    said_that "itg.be promises its transcripts within four weeks" "transcript weeks 4"
    on helmo.be deadline list --days 366 --partner itg.be -q
    ended 0
    expect "the last days for nominating stand in the partner's list" yes \
        "$(grep -qE '^[0-9]{4}-(04-30|12-01) .*nominations' said && echo yes)"
    wish itg.be "certificates within 4 weeks" "deadline list"
}

# ---- 13: what will be studied ----------------------------------------------------------------

step_learning() {
    begin learning "a learning agreement is proposed, changed and approved"
    local imt=imt-nord-europe.fr state='d["learning"]["state"]'
    facts learning.csv
    on helmo.be learning propose delcourt learning.csv --approved-by signature -q
    ended 0
    reaches "the host is to answer" proposed $imt "$state" nomination show delcourt
    spoilt || on $imt learning comment delcourt \
        --comment 'NRG-2 is given in spring; take VIS-4.' -q
    reaches "the home reads what to change" commented helmo.be "$state" nomination show delcourt
    sed -i 's/NRG-2,Energy Networks/VIS-4,Computer Vision/' learning.csv
    on helmo.be learning propose delcourt learning.csv --approved-by signature -q
    reaches "the host is asked again" proposed $imt "$state" nomination show delcourt
    on $imt learning approve delcourt -q
    ended 0
    reaches "student, home and host have agreed" approved helmo.be "$state" nomination show delcourt
    lines=20 on helmo.be learning show delcourt -q
    wish helmo.be "digital mobility and its monitoring" "learning show"
}

# ---- 14: other kinds of stays ----------------------------------------------------------------

step_kinds() {
    begin kinds "a blended week, four days of teaching, a third country, a stay without travel"
    local node
    facts kinds.csv
    tell "Five more, each of another kind. The rules of the programme are asked before anything is" \
        "stored, and one of them is not kept."
    lines=20 on helmo.be rules check kinds.csv -q
    ended 11
    said_that "a traineeship of 40 days is too short" "expected at least 60 days, got 40 days"
    on helmo.be rules explain duration.traineeship.min -q
    ended 0
    tell "The trainee stays until July, then."
    spoilt || sed -i 's/,2028-06-10,/,2028-07-07,/' kinds.csv
    quietly helmo.be rules check kinds.csv
    expect "no rule about a duration is left" 0 "$(grep -c '^  duration\.' said)"
    on helmo.be nomination import kinds.csv --yes -q
    ended 0
    on helmo.be nomination send --all -q
    ended 0
    for node in imt-nord-europe.fr/Lhoest imt-nord-europe.fr/Marquet qmu.kz/Özdemir qmu.kz/Deprez \
        uhasselt.be/Wauters; do
        reaches "${node%/*} has ${node#*/}" 1 "${node%/*}" \
            'sum(x["family_name"] == "'"${node#*/}"'" for x in d["nominations"])' nomination list
        quietly "${node%/*}" nomination accept "$(federation_run . "${node%/*}" nomination list \
            --plain -q | awk -F '\t' -v name="${node#*/}" '$4 == name {print $1}')"
        ended 0
    done
    agree "44 accepted, 48 pending, 1 recognised, 1 refused, 8 transcript, 1 waitlisted, 1 withdrawn"
    tell "One of them asked for support. The host is told that, and never what for."
    on qmu.kz nomination list --direction incoming --state accepted -q
    expect "the host sees who asked for it" "Özdemir" "$(ask qmu.kz \
        '",".join(x["family_name"] for x in d["nominations"] if x["support"])' \
        nomination list --state accepted)"
    tell "uhasselt.be has a summer school, and sends a doctoral candidate for twelve days: short stays" \
        "keep the same rules."
    facts summer.csv doctoral.csv
    on imt-nord-europe.fr nomination import summer.csv --yes -q
    ended 0
    quietly imt-nord-europe.fr nomination send --all
    on uhasselt.be nomination import doctoral.csv --yes -q
    ended 0
    quietly uhasselt.be nomination send --all
    reaches "qmu.kz has Verheyen" 1 qmu.kz \
        'sum(x["family_name"] == "Verheyen" for x in d["nominations"])' nomination list
    reaches "uhasselt.be has Roussel" 1 uhasselt.be \
        'sum(x["family_name"] == "Roussel" for x in d["nominations"])' nomination list
    quietly uhasselt.be nomination accept roussel
    ended 0
    quietly qmu.kz nomination accept verheyen
    ended 0
    reaches "the answer is home" accepted uhasselt.be 'd["state"]' nomination show verheyen
    wish helmo.be "support for special needs" "nomination list"
    wish itg.be "staff, blended, doctoral by rules" "rules check"
    wish uhasselt.be "short mobility, summer schools" "nomination import"
    wish qmu.kz "credit mobility with third countries" "nomination send"
    wish qmu.kz "traineeships and virtual mobility" "nomination import"
}

# ---- 15: grades ------------------------------------------------------------------------------

step_grades() {
    begin grades "a grade becomes the one that it would have been at home"
    local who
    facts grades.csv levels.csv
    if spoilt; then sed -i '/^qmu-letters/s/,yes,/,no,/' grades.csv; fi
    tell "itg.be keeps how often each grade is given at each of the five. A B+ of qmu.kz stands where" \
        "some of its own stand; its rule says which of them."
    lines=6 on itg.be grade table import grades.csv -q
    ended 0
    lines=20 on itg.be grade convert --from qmu-letters --to itg-20 --rule middle B+ -q
    ended 0
    said_that "it is a 16 there" '`B+` becomes `16`'
    tell "Where such a table is missing, a table of levels stands in for it, and says so."
    quietly itg.be grade table import levels.csv
    ended 0
    on itg.be grade convert --from 'itg-levels/KZ letters' B+ -q
    ended 0
    wish itg.be "credits by a table of levels" "grade convert"
    wish itg.be "grades that best match its own scale" "grade convert --rule middle"
    tell "helmo.be recognises what its student brought from qmu.kz, with grades."
    quietly helmo.be grade table import grades.csv
    ended 0
    who=$(ask helmo.be '[x["dossier"] for x in d["transcripts"] if x["partner"] == "qmu.kz"][0]' \
        transcript list --direction incoming)
    on helmo.be recognition propose "$who" --convert middle --from qmu-letters --to helmo-20 \
        --out graded.csv -q
    ended 0
    on helmo.be recognition decide "$who" graded.csv --yes -q
    ended 0
    reaches "the host sees it, and by which tables" "recognised qmu-letters helmo-20" qmu.kz \
        'd["state"] + " " + " ".join(name for name in ("qmu-letters", "helmo-20")
            if name in str(d["recognition"]))' nomination show "$who"
    wish qmu.kz "recognition and academic equivalence" "recognition decide"
    agree "44 accepted, 48 pending, 2 recognised, 1 refused, 7 transcript, 1 waitlisted, 1 withdrawn"
}

# ---- 16: papers ------------------------------------------------------------------------------

step_papers() {
    begin papers "a transcript is printed, and goes into other systems"
    on helmo.be transcript pdf "$NOVAKOVA" --language fr --out novakova.pdf -q
    ended 0
    expect "it is a PDF" %PDF- "$(head -c 5 novakova.pdf)"
    wish itg.be "results in a table" "transcript pdf"
    attached novakova.pdf >attached.evidence
    if spoilt; then change_bit body attached.evidence; fi
    lines=3 on stranger record verify attached.evidence --anchor "$ANCHOR" -q
    expect "the signed record is attached to it, and holds" \
        "VALID: credit record of uhasselt.be for helmo.be" "$(head -n 1 said)"
    on helmo.be recognition pdf "$NOVAKOVA" --supplement --out supplement.pdf -q
    ended 0
    wish itg.be "supplement with transferred credits" "recognition pdf --supplement"
    on helmo.be transcript export "$NOVAKOVA" --elmo --out novakova.xml -q
    ended 0
    expect "other systems read its four units" 4 \
        "$(grep -c '<learningOpportunityInstance>' novakova.xml)"
    quietly uhasselt.be transcript import novakova.xml --dry-run
    said_that "and so does a node" "Read 4 rows of 1 student from novakova.xml (ELMO)"
    wish qmu.kz "results for other systems" "transcript export --elmo"
}

# The attachment of a paper.
attached() {
    python3 -Sc '
import re, sys, zlib
paper = open(sys.argv[1], "rb").read()
for one in re.findall(rb"stream\r?\n(.*?)endstream", paper, re.S):
    try:
        one = zlib.decompressobj().decompress(one)
    except zlib.error:
        pass
    if one[:2] == b"\x08\x01" and b"Nursing" in one: # evidence is a message, and begins so
        sys.stdout.buffer.write(one)
        break' "$1"
}

# ---- 17: money -------------------------------------------------------------------------------

step_grants() {
    begin grants "an envelope of 90,000 euros is spent, and not one euro more"
    local imt=imt-nord-europe.fr name amount=90000
    ! broken || amount=900000
    on $imt envelope open 'Dual degrees' --amount $amount -q
    ended 0
    on $imt call open 'Dual degrees' --envelope 1 --amount 28000 --kind studies --notice 2 \
        --scholarship --criterion 'order of arrival' -q
    ended 0
    tell "Students apply; the call wants two months between application and departure."
    for name in Lefebvre Nguyen Kowalczyk Haddad; do
        quietly $imt grant apply "$name" --call 1 --kind studies --country BE \
            --nationality FR --start "$(day 100)" --end "$(day 250)" -q
        ended 0
    done
    on $imt grant apply Moreau --call 1 --kind studies --country BE --nationality FR \
        --start "$(day 20)" --end "$(day 170)" -q
    ended 7
    said_that "who leaves in twenty days is too late" \
        "the application came too late for this departure"
    on $imt grant allot --until-spent --call 1 -q
    ended 0
    on $imt grant allot 4 -q
    ended 7
    said_that "the fourth is refused, and why" \
        "90,000.00 € of which 6,000.00 € are left; this asks for 28,000.00 €"
    on $imt envelope show 1 -q
    ended 0
    on $imt report grants -q
    ended 0
    wish $imt "grants from an envelope" "grant allot"
    tell "itg.be has a call for each kind of mobility, each with its own rules."
    for name in studies traineeship blended teaching training; do
        quietly itg.be call open "${name^}" --kind $name --notice 1
        ended 0
    done
    on itg.be call open 'Doctoral stays' --kind doctoral --level 8 --country KZ --scholarship \
        --criterion 'the quality of the plan' --notice 2 -q
    ended 0
    on itg.be call list -q
    ended 0
    wish itg.be "calls for each kind, scholarships" "call open"
}
day() { date -u -d "+$1 days" +%F; }

# ---- 18: departments and figures -------------------------------------------------------------

step_figures() {
    begin figures "each department has its coordinator, and the year its figures"
    local cohort=240
    on helmo.be unit add health --name Health -q
    ended 0
    on helmo.be unit add engineering --name Engineering -q
    ended 0
    quietly helmo.be nomination assign "$NOVAKOVA" --unit health
    ended 0
    on helmo.be user add marta --role coordinator --unit helmo.be/health \
        --officer-name 'Marta Maes' --officer-role Coordinator -q
    ended 0
    expect "Marta sees her department, and no other" helmo.be/health \
        "$(ask helmo.be '" ".join(d["user"]["units"])' user show marta)"
    wish helmo.be "decentralised coordinators" "user add --unit"
    tell "helmo.be aims at 20 % of its students, 50 % with the virtual ones, and 10 % of its staff." \
        "The cohorts are invented."
    ! broken || cohort=2400
    on helmo.be report target students --share 20 --cohort 2026/2027=$cohort -q
    quietly helmo.be report target activity --share 50 --cohort 2026/2027=240
    ended 0
    quietly helmo.be report target staff --share 10 --cohort 2026/2027=60
    ended 0
    on helmo.be report targets --year 2026/2027 -q
    ended 0
    said_that "43 stays of 240 students are not yet 20 %" "students 240 43 17.9 20.0 no"
    wish helmo.be "20 % of students, 50 %, 10 % of staff" "report targets"
    on helmo.be report annual --year 2026/2027 --format html --out year.html -q
    ended 0
    expect "the year is one page, with its plots" yes "$(grep -q '<svg' year.html && echo yes)"
    wish helmo.be "a yearly evaluation" "report annual"
    on helmo.be report balance --by country --year 2026/2027 -q
    ended 0
    expect "who went out to uhasselt.be came in there" \
        "$(balance helmo.be uhasselt.be 4)" "$(balance uhasselt.be helmo.be 5)"
    wish uhasselt.be "balance of inflow and outflow" "report balance"
    tell "uhasselt.be aims at 20 % as well, and counts its network and its partners overseas apart."
    on uhasselt.be report target students --share 20 --cohort 2026/2027=4 -q
    on uhasselt.be report targets --year 2026/2027 -q
    said_that "one of four is 25 %" "students 4 1 25.0 20.0 yes"
    wish uhasselt.be "the 20-20 target" "report targets"
    on uhasselt.be group add network helmo.be itg.be imt-nord-europe.fr --name Network -q
    ended 0
    on uhasselt.be group add overseas qmu.kz --name 'Overseas partners' -q
    ended 0
    on uhasselt.be report balance --by group --year 2026/2027 -q
    ended 0
    expect "the network counts whoever came from any of its three" \
        "$(($(balance uhasselt.be helmo.be 5) + $(balance uhasselt.be imt-nord-europe.fr 5)))" \
        "$(ask uhasselt.be '[row["in"] for row in d["tables"][0]["rows"] if row["group"] == "Network"][0]' \
            report balance --by group --year 2026/2027)"
    wish uhasselt.be "networks, partners in the South" "group add"
    on imt-nord-europe.fr group add euroregion helmo.be uhasselt.be itg.be --name Euroregion -q
    ended 0
    on imt-nord-europe.fr report partners -q
    said_that "the Euroregion's partners stand under their country" "programme BE helmo.be Euroregion 1"
    wish imt-nord-europe.fr "Euroregion partners, by country" "report partners"
    lines=32 on qmu.kz report pipeline --year 2027/2028 -q
    ended 0
    wish qmu.kz "procedural maps" "report pipeline"
}
# balance NODE PARTNER FIELD: of 2026/2027.
balance() {
    federation_run . "$1" report balance --year 2026/2027 --plain -q 2>/dev/null |
        awk -F '\t' -v partner="$2" -v field="$3" '$2 == partner {print $field}'
}
