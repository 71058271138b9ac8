#!/bin/bash
# peregrin-sim network: where a network may come from, what it is like, and what is said to who
# asks for one that is not there.
. "$(dirname "$(readlink -f "$0")")/../support/claims.sh"
published=${PEREGRIN_DATA:-$(dirname "$(readlink -f "$0")")/../../../shared/data}
. "$(dirname "$(readlink -f "$0")")/../support/said.sh"
sim=$BIN/peregrin-sim
unset PEREGRIN_DATA

json() { # EXPRESSION COMMAND...: true of the object that it prints
    local expression=$1
    shift
    "$@" --json | python3 -Sc 'import json, sys; d = json.load(sys.stdin); sys.exit(not eval(sys.argv[1]))' "$expression"
}

# ---- made ----
said "a made network has its size and its statistics" 0 '^  institutions +2,574  in 34 countries' \
    "$sim" network --make 2574
holds "as numbers for programs" json \
    'd["institutions"] == 2574 and abs(d["links"] - 77077) < 770 and d["partners"]["p50"] == 18 and d["countries"][0]["country"] == "FR"' \
    "$sim" network --make 2574
"$sim" network --make 40 --seed 3 --write one/net.graphml >one.txt
"$sim" network --make 40 --seed 3 --write again/net.graphml >again.txt
"$sim" network --make 40 --seed 4 --write other/net.graphml >other.txt
holds "the same seed makes the same network" cmp one/net.graphml again/net.graphml
holds "another seed makes another" test "$(cmp one/net.graphml other/net.graphml)"

# ---- written and read ----
said "what was written is told" 0 '^written: net.csv, net.nodes.csv$' \
    "$sim" network --read one/net.graphml --write net.csv
"$sim" network --read net.csv --nodes net.nodes.csv --write back.graphml >/dev/null
holds "GraphML and CSV say the same" cmp one/net.graphml back.graphml
said "a part of it" 0 '^  institutions +5 ' "$sim" network --read net.csv --top 5
printf 'from;to;students\nhelmo.be;tum.de;3\n' >own.csv
said "a list of links is a network" 0 'institutions +2  in 2 countries$' "$sim" network --read own.csv

printf 'from,to\nA.BE,a.be\na.be,tum.de\n' >shy.csv
said "students that nobody counted" 0 '^note: 2 of 2 links do not say their students: one is meant' \
    "$sim" network --read shy.csv
said "a name that is no SCHAC" 0 '^note: 1 of 3 names are no SCHACs and became others: `A.BE` is a-be.example$' \
    "$sim" network --read shy.csv
holds "and all of them for a program" json \
    'd["renamed"] == {"A.BE": "a-be.example"} and d["students_unsaid"] == 2' "$sim" network --read shy.csv
printf 'from,to,students\nhelmo.be,tum.de\n' >short.csv
said "a row that is too short" 2 'line 2: expected as many cells as the first row has titles' \
    "$sim" network --read short.csv

# ---- the published tables, here made up ----
mkdir data
printf 'erasmus_code,name,country,city\nB  LIEGE37,LIEGE,BE,L\nD  MUNCHEN02,TUM,DE,M\n' \
    >data/flows_sample_institutions.csv
printf 'sender,receiver,students\nB  LIEGE37,D  MUNCHEN02,7\n' >data/flows_sample_2013_14.csv
said "the published sample is taken where it is" 0 '^the published sample of 2013/14$' \
    "$sim" network --data data
said "its place may stand in the environment" 0 'students +7  in one year' \
    env PEREGRIN_DATA=data "$sim" network
said "without the tables a line says so" 0 'note: no published tables in nowhere .*a made network is used' \
    env PEREGRIN_DATA=nowhere "$sim" network
said "tables that were asked for must be there" 6 'nowhere/flows_sample_institutions.csv: No such file' \
    "$sim" network --data nowhere
printf 'sender,receiver,students\nB  LIEGE37,D  BERLIN01,7\n' >data/flows_sample_2013_14.csv
said "what is wrong in a table is told with its line" 2 \
    'data/flows_sample_2013_14.csv, line 2: expected an institution that is listed, not `D  BERLIN01`' \
    "$sim" network --data data

if [ -r "$published/flows_sample_2013_14.csv" ]; then
    holds "the real sample has what is published of it" json \
        'd["institutions"] == 413 and d["links"] == 2769 and d["students"] == 7394 and d["reciprocal_permille"] == 467' \
        "$sim" network --data "$published"
else
    echo "skip the_real_sample_has_what_is_published_of_it: no published tables here (PEREGRIN_DATA)"
fi

# ---- the year ----
joins() { # CONDITION NUMBER: of the calendar of a network of so many
    json "sum(row['join'] for row in d['calendar']) $1" "$sim" network --make "$2" --calendar
}
holds "nobody joins a small network, as in its year" joins "== 0" 199
holds "they do join one of two hundred" joins "> 0" 200
said "a year has its months" 0 '^  2026-05 +[0-9]+ +[0-9]+' "$sim" network --make 100 --calendar
"$sim" network --make 30 --deeds deeds.csv >/dev/null
holds "the deeds of a year are a table" grep -qE '^2026-0[45]-..T..:..:..Z,nominate,[a-z0-9.]+,[a-z0-9.]+,[0-9]+$' deeds.csv
holds "in order of time" sort -sc -t, -k1,1 <(tail -n +2 deeds.csv)
"$sim" network --make 30 --deeds again.csv >/dev/null
holds "the same each time" cmp deeds.csv again.csv

# ---- wrong on purpose ----
printf 'from,to,student\na.be,b.nl,50\n' >own.csv
said "a title that nobody knows" 2 'own.csv, line 1: expected titles of these: from .* students weight; not `student`' \
    "$sim" network --read own.csv
printf 'from,to,students\na.be,b.nl,1,000\n' >own.csv
said "more cells than titles" 2 'own.csv, line 2: expected no more cells than the first row has titles' \
    "$sim" network --read own.csv
printf 'from,to\nhelmo.be,helmo.be\n' >own.csv
said "a link to itself" 2 'own.csv, line 2: expected two institutions, not one that sends to itself' \
    "$sim" network --read own.csv
printf '<!DOCTYPE g [<!ENTITY a "a">]>\n<graphml/>' >own.graphml
said "a document type" 2 'own.graphml, line 1: expected no document type' "$sim" network --read own.graphml
said "what to do stands beneath" 2 'what to do: delete the line with <!DOCTYPE' "$sim" network --read own.graphml
said "an error is an object where one is wanted" 2 '"code": "network"' "$sim" network --read own.graphml --json
said "too many" 2 'a whole number from 2 to 10000, not `10001`' "$sim" network --make 10001
said "two sources" 2 'make or --read, not both' "$sim" network --make 5 --read own.csv
said "nodes of no links" 2 'nodes goes with --read FILE.csv' "$sim" network --make 5 --nodes own.csv
said "nodes of a graph" 2 'names its nodes itself' "$sim" network --read own.graphml --nodes own.csv
said "a file of another kind" 2 'takes a .csv or a .graphml, not `own.txt`' "$sim" network --read own.txt
said "a file to write of another kind" 2 'takes a .csv or a .graphml, not `net.svg`' \
    "$sim" network --make 5 --write net.svg
said "a file that is not there" 6 'none.csv: No such file' "$sim" network --read none.csv
