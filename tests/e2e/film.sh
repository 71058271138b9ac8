#!/bin/bash
# A run is drawn, traced and made small, with the program as people have it.
. "$(dirname "$(readlink -f "$0")")/../support/claims.sh"
set -u
cd "$(dirname "$(readlink -f "$0")")/../.." || exit 1
SIM="${PEREGRIN_BIN:-build/plain/bin}/peregrin-sim"
PLACE=$(mktemp -d)
trap 'rm -rf "$PLACE"' EXIT

claim() { # NAME STATUS [REASON]
    if [ "$2" = 0 ]; then echo "ok $1"; else echo "not ok $1: ${3:-it is otherwise}"; fi
}

cat >"$PLACE/failing.story" <<'END'
# <script>alert("drawn")</script> & an acceptance that nobody gave
nodes helmo.be uhasselt.be upjs.sk
network delay 20ms jitter 10ms loss 20% duplicate 10%
helmo.be nominates S1..S8 to uhasselt.be
upjs.sk nominates T1..T4 to helmo.be
uhasselt.be dies after committing deliver
run 3s
all start
uhasselt.be backs up
cut helmo.be upjs.sk
helmo.be amends S1..S4 email
run 5s
uhasselt.be accepts S1..S7
uhasselt.be restores
mend helmo.be upjs.sk
network delay 5ms
settle within 5m
expect same
expect T1..T4 pending at both
expect S8 accepted at both
END

"$SIM" run "$PLACE/failing.story" --report "$PLACE/report" --trace "$PLACE/trace.csv" \
    >"$PLACE/said" 2>"$PLACE/error"
claim a_story_that_fails_ends_with_11 $(($? != 11))
grep -q 'line 20: S8 is pending at helmo.be' "$PLACE/error"
claim and_says_what_does_not_hold $? "$(head -1 "$PLACE/error")"

if command -v xmllint >/dev/null; then
    xmllint --noout "$PLACE"/report/index.html "$PLACE"/report/*.svg 2>"$PLACE/lint"
    claim what_is_drawn_is_well_formed $? "$(head -1 "$PLACE/lint")"
else
    echo "skip what_is_drawn_is_well_formed: no xmllint here"
fi
if grep -q '<script\|<link\|<img\|src="\|url(http\|@import' "$PLACE"/report/index.html; then
    claim a_page_needs_nothing_else 1 "it asks for something"
else
    claim a_page_needs_nothing_else 0
fi
# Six lanes and their sentences: within a window of 1,300, and nothing of a sentence is left out.
cat >"$PLACE/six.story" <<'END'
nodes helmo.be uhasselt.be upjs.sk agh.edu.pl unipi.it uni-ulm.de
helmo.be nominates A to uni-ulm.de
agh.edu.pl nominates C to unipi.it
uhasselt.be nominates B to upjs.sk
settle
expect B accepted at both
END
"$SIM" run "$PLACE/six.story" --report "$PLACE/six" >/dev/null 2>&1
python3 - "$PLACE/six/sequence.svg" "$PLACE/report/sequence.svg" <<'END'
import re, sys

wrong = []
for path in sys.argv[1:]:
    text = open(path).read()
    width = int(re.search(r'width="(\d+)"', text).group(1))
    for x, said in re.findall(r'<text class="(?:strong )?halo" x="(\d+)"[^>]*>([^<]*)', text):
        if int(x) + 7 * len(said) > width:
            wrong.append(f"{said} at {x} of {width}")
        if said.endswith("…"):
            wrong.append(f"{said} is cut")
    if width > 1244:
        wrong.append(f"{path} is {width} wide")
name = "every_sentence_stands_whole_in_a_window_of_1300"
print(f"ok {name}" if not wrong else f"not ok {name}: {wrong[:3]}")
END
grep -q '&lt;script&gt;alert(&quot;drawn&quot;)' "$PLACE/report/index.html"
claim what_a_story_says_is_text_in_the_page $?
grep -q "peregrin-sim run $PLACE/failing.story" "$PLACE/report/index.html"
claim the_page_says_how_to_see_it_again $?
cmp -s "$PLACE/failing.story" "$PLACE/report/run.story"
claim the_story_lies_beside_the_page $?

python3 - "$PLACE/trace.csv" <<'END'
import csv, sys

rows = list(csv.DictReader(open(sys.argv[1], newline="")))
deeds = {row["deed"] for row in rows}
wrong = None
if not deeds >= {"left", "arrived", "lost", "said", "started", "stopped", "backed up", "restored",
                 "cut", "mended", "submitted"}:
    wrong = f"these deeds alone: {deeds}"
left, before = {}, 0
for row in rows:
    if int(row["time_us"]) < before:
        wrong = f"back in time: {row}"
    before = int(row["time_us"])
    if row["deed"] == "left":
        left[row["frame"]] = row
    if row["deed"] in ("arrived", "lost") and row["frame"] != "0":
        sent = left.get(row["frame"])
        if not sent or any(sent[key] != row[key] for key in ("node", "other", "what", "size")):
            wrong = f"never left so: {row}"
    if row["deed"] == "submitted" and not row["sentence"]:
        wrong = f"of no dossier: {row}"
for person in ("@", "Novák", "2004-05-06", "personalUniqueCode"):
    if any(person in cell for row in rows for cell in row.values()):
        wrong = f"{person} is in it"
print("ok a_trace_is_whole_and_in_order" if not wrong else
      f"not ok a_trace_is_whole_and_in_order: {wrong}")
END

"$SIM" shrink "$PLACE/failing.story" --out "$PLACE/small.story" >"$PLACE/shrunk" 2>&1
claim a_failing_story_is_made_small $? "$(head -1 "$PLACE/shrunk")"
lines=$(grep -cv '^#' "$PLACE/small.story")
claim to_the_few_lines_that_matter $((lines > 4)) "$lines lines are left"
"$SIM" run "$PLACE/small.story" >/dev/null 2>"$PLACE/error"
claim the_small_one_fails_too $(($? != 11))
grep -q 'S8 is pending' "$PLACE/error"
claim and_in_the_same_way $? "$(head -1 "$PLACE/error")"

"$SIM" shrink tests/stories/cut.story --out "$PLACE/none.story" 2>"$PLACE/error"
status=$?
[ $status = 11 ] && [ ! -e "$PLACE/none.story" ] &&
    grep -q 'does not fail: there is nothing to shrink' "$PLACE/error"
claim a_story_that_holds_is_not_shrunk $? "$(head -1 "$PLACE/error")"
"$SIM" shrink "$PLACE/failing.story" 2>"$PLACE/error"
claim shrink_asks_where_to_write $(($? != 2))
: >"$PLACE/file"
"$SIM" run tests/stories/cut.story --report "$PLACE/file/here" >/dev/null 2>"$PLACE/error"
status=$?
[ $status = 1 ] && grep -q 'cannot be written into: Not a directory' "$PLACE/error"
claim a_report_that_cannot_be_written_is_told $? "$(head -1 "$PLACE/error")"
"$SIM" run tests/stories/cut.story --report "$PLACE/good" >/dev/null
claim a_story_that_holds_is_drawn_too $?
grep -q 'Everything that was expected held' "$PLACE/good/index.html"
claim and_its_page_says_so $?
echo "nobody knows this line" >"$PLACE/broken.story"
"$SIM" run "$PLACE/broken.story" --report "$PLACE/none" >/dev/null 2>"$PLACE/error"
status=$?
[ $status = 2 ] && [ ! -e "$PLACE/none" ] &&
    grep -q 'nothing is drawn: the story never came to its nodes' "$PLACE/error"
claim without_a_world_nothing_is_drawn_and_that_is_said $? "$(head -1 "$PLACE/error")"

for story in "$PLACE/failing.story" tests/stories/cut.story; do
    "$SIM" run "$story" --json >"$PLACE/run.json" 2>"$PLACE/error"
    status=$?
    [ ! -s "$PLACE/error" ] && python3 - "$PLACE/run.json" $status <<'END' || break
import json, sys

run = json.load(open(sys.argv[1]))
assert run["holds"] == (sys.argv[2] == "0") == (run["wrong"] is None)
assert sys.argv[2] in ("0", "11") and run["said"] and len(run["hash"]) == 64
END
done
claim a_run_is_one_object_for_a_program_also_when_it_fails $? "$(head -1 "$PLACE/error")"
sed 's/$/\r/' tests/stories/cut.story >"$PLACE/returned.story"
"$SIM" run "$PLACE/returned.story" >/dev/null 2>"$PLACE/error"
claim a_story_whose_lines_end_in_cr_lf_is_played $? "$(head -1 "$PLACE/error")"
cat >"$PLACE/lodging.story" <<'END'
uc3m.es lodges at ut.ee
nodes ut.ee uc3m.es helmo.be
settle
helmo.be nominates A to uc3m.es
settle
uc3m.es accepts A
settle
END
"$SIM" run "$PLACE/lodging.story" --report "$PLACE/lodging" >/dev/null
grep -q 'uc3m.es submits decision of A' "$PLACE/lodging/sequence.svg" &&
    grep -q 'uc3m.es, at ut.ee<' "$PLACE/lodging/heat.svg" &&
    grep -q '2, of 3 institutions' "$PLACE/lodging/index.html"
claim who_lodges_at_a_node_is_drawn_in_its_own_name $?
