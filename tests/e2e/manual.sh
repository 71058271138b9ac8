#!/bin/bash
# Every example of the manual pages does what the page says, in their order.
. "$(dirname "$(readlink -f "$0")")/../support/claims.sh"
set -u
cd "$(dirname "$(readlink -f "$0")")/../.." || exit 1
. scripts/federation.sh
for page in node/manual/*.[17]; do
    if ! command -v mandoc >/dev/null; then
        echo "skip $(basename "$page")_is_a_clean_page: no mandoc here"
    elif wrong=$(mandoc -T lint -W warning "$page" 2>&1); then
        echo "ok $(basename "$page")_is_a_clean_page"
    else
        echo "not ok $(basename "$page")_is_a_clean_page: $wrong"
    fi
done
PLACE=$(mktemp -d)
trap 'federation_end "$PLACE"; rm -rf "$PLACE"' EXIT

federation_five "$PLACE" 2>"$PLACE/said" || { echo "not ok the_federation_is_made"; exit 1; }
for schac in helmo.be uhasselt.be itg.be imt-nord-europe.fr qmu.kz; do
    federation_start "$PLACE" "$schac" || { echo "not ok $schac starts"; exit 1; }
done
cp certs/demo/sortants.xlsx certs/demo/applications.csv "$PLACE"/
grep -e '^esi' -e ':2604100,' certs/demo/transcripts.csv >"$PLACE/results.csv"
cp certs/demo/{grades,levels}.csv "$PLACE"/
printf '%s\n' 'partner,year,term,kind,level,isced_f,family_name,given_names,birth_date,email' \
    'uni-x.example,2026/2027,1,studies,6,0912,Moreau,Zoé,2004-05-06,zoe@student.example' >"$PLACE/by-hand.csv"
plan() { # plan FILE ROW...: a learning agreement of the page
    printf '%s\n' 'part,code,title,ects,term,change,reason' "${@:2}" >"$PLACE/$1"
}
practice='host,3102,Evidence-Based Nursing Practice,6,1,,' home='home,SI-31,Soins infirmiers,18,,,'
statistics='host,3105,Epidemiology and Biostatistics,6,1'
plan nursing.csv "$practice" "$statistics,," \
    'host,3101,Health Promotion in the Community,4.5,1,,' "$home"
plan mended.csv "$practice" "$statistics,," "$home"
plan change.csv "$practice" "$statistics,," \
    'host,3801,Intercultural Communication,3,1,comes,extension' "$home"
cp tests/e2e/manual.json "$PLACE/nomination.json"
python3 tests/e2e/manual.py "$PLACE" \
    node/manual/peregrin-{year,operate,integrate}.7 node/manual/peregrin-sim.1
