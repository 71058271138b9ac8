#!/bin/bash
# The ceremony of a federation by the CLI alone, without a node: root keys, two institutions, their
# cards, the signed catalogue, and everything that must be refused on the way.
. "$(dirname "$(readlink -f "$0")")/../support/claims.sh"
. "$(dirname "$(readlink -f "$0")")/../support/said.sh"
BIN=$BIN/peregrin

node() { # INSTITUTION PORT FURTHER...
    local institution=$1 port=$2
    shift 2
    "$BIN" init --institution "$institution" --name "Name of $institution" --country BE \
        --listen "tcp://127.0.0.1:$port" --dir "$institution" "$@"
}

# ---- the program itself
said no_command_shows_help_and_is_a_wrong_use 2 'Usage: peregrin NOUN' "$BIN"
said help_is_no_error 0 'nomination  *template, import' "$BIN" --help
said a_mistyped_command_gets_a_suggestion 2 'did you mean .peregrin nomination.' "$BIN" nominatoin
said a_mistyped_verb_gets_a_suggestion 2 'nomination import' "$BIN" nomination imprt
said a_mistyped_flag_gets_a_suggestion 2 'did you mean --listen' "$BIN" init --lisen x
said too_few_arguments_say_what_is_wanted 2 'wants FILE' "$BIN" key show
said the_version_is_said 0 'peregrin [0-9]' "$BIN" version
said an_error_under_json_is_json 2 '"code": "usage"' "$BIN" nominatoin --json
said without_a_socket_the_way_to_name_one_is_said 3 'PEREGRIN_SOCKET' "$BIN" status
said a_node_that_is_not_there_has_its_own_status 4 'no node answers' \
    "$BIN" status --socket "$PLACE/none.sock"
"$BIN" completion bash >completion.sh
holds the_completion_is_good_bash bash -n completion.sh
holds the_completion_offers_the_verbs bash -c \
    'source completion.sh; COMP_WORDS=(peregrin nomination ac); COMP_CWORD=2; _peregrin;
     [ "${COMPREPLY[*]}" = accept ]'
said the_manual_names_every_noun 0 'peregrin\\-transcript' "$BIN" help --man

# ---- the authority
said a_federation_begins 0 'any 2 of them sign' \
    "$BIN" catalogue new --network demo --dir authority
said a_federation_begins_only_once 7 'begins only once' \
    "$BIN" catalogue new --network demo --dir authority
ANCHOR=$("$BIN" -q catalogue anchor --dir authority)
holds the_anchor_is_64_digits grep -qxE '[0-9a-f]{64}' <<<"$ANCHOR"
holds root_keys_are_private [ "$(stat -c %a authority/root-1.key)" = 600 ]
said a_threshold_above_the_keys_is_refused 2 'range' \
    "$BIN" catalogue new --network other --dir other --keys 2 --threshold 3
said nothing_is_verified_without_the_anchor 2 'anchor' "$BIN" catalogue verify --dir authority

# ---- two institutions
said a_node_is_made 0 'signing key +new' node helmo.be 7301 --anchor "$ANCHOR"
said a_second_node_is_made 0 'signing key +new' node uni-a.example 7302 --anchor "$ANCHOR"
holds signing_keys_are_private [ "$(stat -c %a helmo.be/keys/helmo.be.sign.key)" = 600 ]
holds the_folder_of_keys_is_private [ "$(stat -c %a helmo.be/keys)" = 700 ]
said the_configuration_can_be_used 0 'can be used' "$BIN" config check helmo.be/peregrind.conf
cp -r helmo.be before
said a_second_init_keeps_everything 0 'signing key +kept' node helmo.be 7301
holds a_second_init_leaves_the_keys_and_the_card cmp before/helmo.be.enrol helmo.be/helmo.be.enrol
holds the_keys_are_as_they_were diff -r before/keys helmo.be/keys
said another_institution_s_key_is_not_taken 7 'never written over' bash -c \
    "mkdir -p third.example/keys && cp -p helmo.be/keys/helmo.be.sign.key \
     third.example/keys/third.example.sign.key && '$BIN' init --institution third.example \
     --name T --country BE --listen tcp://127.0.0.1:7303 --dir third.example"
said a_wildcard_needs_an_address_for_partners 2 'endpoint' \
    "$BIN" init --institution w.example --name W --country BE --listen tcp://0.0.0.0:7304 --dir w
said a_bad_institution_is_refused_before_any_file 2 'SCHAC' \
    "$BIN" init --institution 'Not A Domain' --name X --country BE --listen tcp://127.0.0.1:1 --dir x
holds nothing_was_made_for_it [ ! -e x ]
said a_missing_value_names_its_flag 2 'add --listen' \
    "$BIN" init --institution y.example --name Y --country BE --no-input
said a_node_that_nobody_can_call_is_made 0 'endpoint +none' "$BIN" init --institution qmu.example \
    --name Q --country KZ --listen none --dir qmu.example
holds its_card_has_no_endpoint bash -c "! grep -q endpoint qmu.example/qmu.example.enrol"
holds its_configuration_says_so grep -q '^listen = "none"' qmu.example/peregrind.conf
said nobody_calls_where_nothing_listens 2 'where nothing listens' "$BIN" init --institution w.example \
    --name W --country BE --listen none --endpoint tcp://127.0.0.1:7310 --dir w
said a_node_of_several_institutions_is_made 0 'one.example, two.example on node one.example' \
    "$BIN" init --institution one.example --name One --country BE --institution two.example \
    --name Two --country FR --listen tcp://127.0.0.1:7311 --dir several
holds each_has_a_signing_key [ -f several/keys/one.example.sign.key -a -f several/keys/two.example.sign.key ]
holds its_card_lists_both bash -c \
    "grep -q '\"one.example\"' several/one.example.enrol && grep -q '\"two.example\"' several/one.example.enrol"
holds its_configuration_names_both grep -q '^institutions = {"one.example", "two.example"}' \
    several/peregrind.conf
said each_institution_needs_its_name 2 'name of d.example is missing' "$BIN" init \
    --institution c.example --name C --country BE --institution d.example --listen none --dir w
said an_institution_stands_once 2 'given twice' "$BIN" init --institution c.example --name C \
    --country BE --institution c.example --name D --listen none --dir w
said a_name_that_no_card_may_have_is_refused 2 'name of w.example is not one' "$BIN" init \
    --institution w.example --name $'A\e[2JB' --country BE --listen none --dir w
holds nothing_was_made_for_what_was_refused [ ! -e w ]
said a_dry_run_makes_nothing 0 'Would make' node dry.example 7309 --dry-run
holds the_dry_run_left_no_trace [ ! -e dry.example ]

# ---- the catalogue
said cards_are_added 0 'Draft of version 1, 2 institutions' "$BIN" catalogue add --dir authority \
    helmo.be/helmo.be.enrol uni-a.example/uni-a.example.enrol
said one_signature_is_not_enough 0 '1 of 2 signatures$' \
    "$BIN" catalogue sign --dir authority --key authority/root-1.key
said the_same_key_counts_once 0 '1 of 2 signatures$' \
    "$BIN" catalogue sign --dir authority --key authority/root-1.key
said nothing_is_in_force_before 6 'no catalogue in force' "$BIN" catalogue show --dir authority
"$BIN" key new foreign.key --kind root --owner demo --id root-9 >/dev/null 2>&1
said a_foreign_root_key_is_refused 9 'not a root key' \
    "$BIN" catalogue sign --dir authority --key foreign.key
said enough_signatures_put_it_in_force 0 'in force' \
    "$BIN" catalogue sign --dir authority --key authority/root-3.key
said the_catalogue_holds_under_the_anchor 0 'version 1, 2 institutions, holds' \
    "$BIN" catalogue verify --dir authority --anchor "$ANCHOR"
said another_anchor_does_not_hold 9 'anchor' \
    "$BIN" catalogue verify --dir authority --anchor "${ANCHOR//[0-9]/a}"
said it_shows_its_institutions 0 'uni-a.example +Name of uni-a.example' \
    "$BIN" catalogue show --dir authority
said cards_that_are_known_change_nothing 0 'Nothing new' \
    "$BIN" catalogue add --dir authority helmo.be/helmo.be.enrol
said there_is_nothing_to_sign_then 7 'no next version' \
    "$BIN" catalogue sign --dir authority --key authority/root-1.key
said a_renewal_is_the_next_version 0 'version 2' "$BIN" catalogue renew --dir authority --days 30
said the_renewal_is_signed_by_two_at_once 0 'Version 2 has 2 of 2 signatures: in force' \
    "$BIN" catalogue sign --dir authority --key authority/root-1.key --key authority/root-2.key
holds every_version_is_kept [ -s authority/catalogue-1 -a -s authority/catalogue-2 ]

# ---- attacks on the way
sed 's/"uni-a.example"/"helmo.be"/' uni-a.example/uni-a.example.enrol >impostor.enrol
said another_s_key_for_a_known_institution_is_refused 9 'another signing key' \
    "$BIN" catalogue add --dir authority impostor.enrol
node late.example 7305 >/dev/null 2>&1
python3 - <<'END'
import json
card = json.load(open("late.example/late.example.enrol"))
key = card["node"]["transport_key"]
key["public_key"] = "00" * 31 + "09"
json.dump(card, open("changed.enrol", "w"))
other = json.load(open("uni-a.example/uni-a.example.enrol"))
card["node"]["transport_key"] = other["node"]["transport_key"]
json.dump(card, open("borrowed.enrol", "w"))
card = json.load(open("late.example/late.example.enrol"))
card["network"] = "elsewhere"
json.dump(card, open("elsewhere.enrol", "w"))
card["network"] = "demo"
for name, hidden in (("escape", "\x1b[2J"), ("turned", "\u202e"), ("lines", "\n")):
    card["institutions"][0]["name"] = f"Late{hidden}Name"
    json.dump(card, open(f"{name}.enrol", "w"))
END
said a_changed_key_in_a_card_is_noticed 9 'fingerprint is not that of its key' \
    "$BIN" catalogue add --dir authority changed.enrol
said another_node_s_transport_key_is_refused 9 'refused|nothing was changed' \
    "$BIN" catalogue add --dir authority borrowed.enrol
said a_card_of_another_federation_is_refused 9 'for federation elsewhere' \
    "$BIN" catalogue add --dir authority elsewhere.enrol
for hidden in escape turned lines; do
    said "a_name_with_${hidden}_in_a_card_reaches_no_terminal" 9 'name is not a line' \
        "$BIN" catalogue add --dir authority $hidden.enrol
done
said an_absent_card_is_not_found 6 'No such file' "$BIN" catalogue add --dir authority none.enrol
cp -r authority forged
python3 - <<'END'
data = bytearray(open("forged/catalogue", "rb").read())
place = data.find(b"Name of helmo.be")
data[place] ^= 1
open("forged/catalogue", "wb").write(data)
END
said a_changed_byte_in_the_catalogue_is_caught 9 'forged|signature|enough|refused' \
    "$BIN" catalogue verify --dir forged --anchor "$ANCHOR"
said a_changed_catalogue_is_not_built_upon 9 'do not rely' "$BIN" catalogue renew --dir forged

# ---- several institutions on one node, and a new address
said a_second_institution_joins_a_node 0 'institutions' \
    "$BIN" init --institution second.example --name Second --country BE \
    --listen tcp://127.0.0.1:7305 --node late.example --dir late.example
said both_are_added_by_one_card 0 'Draft of version 3, 4 institutions' \
    "$BIN" catalogue add --dir authority late.example/late.example.enrol
said a_second_card_joins_the_draft 0 'Nothing new|Draft of version 3' \
    "$BIN" catalogue add --dir authority helmo.be/helmo.be.enrol
said version_three_is_in_force 0 'Version 3 has 2 of 2' \
    "$BIN" catalogue sign --dir authority --key authority/root-2.key --key authority/root-3.key

# ---- a key that follows another
KEYS=helmo.be/keys
rotate() { "$BIN" key rotate "$@"; }
said a_new_key_needs_the_card 2 'add --card' rotate $KEYS/helmo.be.sign.key next.key
said a_dry_run_makes_no_key 0 'Would make key' \
    rotate $KEYS/helmo.be.sign.key next.key --card helmo.be/helmo.be.enrol --dry-run
holds and_leaves_no_file [ ! -e next.key ]
said another_s_card_is_refused 7 'names another key' \
    rotate $KEYS/helmo.be.sign.key next.key --card uni-a.example/uni-a.example.enrol
said a_transport_key_wants_a_signing_key 2 'add --by' \
    rotate $KEYS/helmo.be.transport.key next.key --card helmo.be/helmo.be.enrol
said the_same_id_is_refused 2 'another --id' bash -c "'$BIN' key rotate $KEYS/helmo.be.sign.key \
    next.key --card helmo.be/helmo.be.enrol --id \
    \"\$('$BIN' key show $KEYS/helmo.be.sign.key --json | sed -n 's/.*\"key_id\": \"\(.*\)\".*/\1/p')\""
holds nothing_was_made_yet [ ! -e next.key ]
cp helmo.be/helmo.be.enrol first.enrol
said a_key_is_rotated 0 'follows' rotate $KEYS/helmo.be.sign.key next.key --card helmo.be/helmo.be.enrol
holds the_new_key_is_private [ "$(stat -c %a next.key)" = 600 ]
said a_new_key_is_never_written_over 7 'names another key' \
    rotate $KEYS/helmo.be.sign.key next.key --card helmo.be/helmo.be.enrol
python3 - <<'END'
import json
card = json.load(open("helmo.be/helmo.be.enrol"))
key = card["institutions"][0]["signing_key"]
whole = key.pop("endorsement")
json.dump(card, open("unendorsed.enrol", "w"))
key["endorsement"] = whole[:-2] + ("00" if whole[-2:] != "00" else "01")
json.dump(card, open("bent.enrol", "w"))
key["endorsement"] = card["node"]["transport_key"]["endorsement"]
json.dump(card, open("borrowed.enrol", "w"))
END
said without_an_endorsement_it_is_another_key 9 'another signing key' \
    "$BIN" catalogue add --dir authority unendorsed.enrol
said a_bent_endorsement_is_refused 9 'nothing was changed|does not endorse' \
    "$BIN" catalogue add --dir authority bent.enrol
said an_endorsement_of_another_key_is_refused 9 'nothing was changed|does not endorse' \
    "$BIN" catalogue add --dir authority borrowed.enrol
said nothing_is_drafted_by_that 7 'no next version' \
    "$BIN" catalogue sign --dir authority --key authority/root-1.key
said the_rotated_key_is_added 0 'Draft of version 4' \
    "$BIN" catalogue add --dir authority helmo.be/helmo.be.enrol
said twice_is_as_once 0 'Draft of version 4|Nothing new' \
    "$BIN" catalogue add --dir authority helmo.be/helmo.be.enrol
said a_transport_key_is_rotated_by_the_new_key 0 'follows' rotate $KEYS/helmo.be.transport.key \
    next.transport.key --card helmo.be/helmo.be.enrol --by next.key
said and_added 0 'Draft of version 4' "$BIN" catalogue add --dir authority helmo.be/helmo.be.enrol
said both_are_in_force 0 'Version 4 has 2 of 2' \
    "$BIN" catalogue sign --dir authority --key authority/root-1.key --key authority/root-2.key

# ---- a key in other hands
ID=$("$BIN" key show uni-a.example/keys/uni-a.example.sign.key --json |
    python3 -c 'import json, sys; print(json.load(sys.stdin)["key_id"])')
cp authority/catalogue before.catalogue
said a_stranger_s_key_cannot_be_revoked 6 'no institution nobody.example' \
    "$BIN" catalogue revoke nobody.example "$ID" --dir authority
said nor_a_key_that_nobody_has 6 'no signing key 1999-z' \
    "$BIN" catalogue revoke uni-a.example 1999-z --dir authority
said nor_a_kind_that_is_none 2 'there is no .root' \
    "$BIN" catalogue revoke uni-a.example "$ID" --kind root --dir authority
said nor_on_a_day_to_come 2 'still to come' \
    "$BIN" catalogue revoke uni-a.example "$ID" --at 2999-01-01 --dir authority
said nor_on_no_day 2 'is no day' "$BIN" catalogue revoke uni-a.example "$ID" --at soon --dir authority
said a_dry_run_revokes_nothing 0 'Would make' \
    "$BIN" catalogue revoke uni-a.example "$ID" --dir authority --dry-run
said nothing_was_drafted 7 'no next version' \
    "$BIN" catalogue sign --dir authority --key authority/root-1.key
said a_key_is_revoked_in_the_next_version 0 "key $ID of uni-a.example is revoked" \
    "$BIN" catalogue revoke uni-a.example "$ID" --dir authority
said revoked_once_is_revoked 0 'revoked already' \
    "$BIN" catalogue revoke uni-a.example "$ID" --dir authority
said until_it_is_signed_it_is_not_in_force 0 'version 4' \
    "$BIN" catalogue verify --dir authority --anchor "$ANCHOR"
said the_revocation_is_in_force 0 'Version 5 has 2 of 2' \
    "$BIN" catalogue sign --dir authority --key authority/root-1.key --key authority/root-2.key
holds and_makes_another_catalogue bash -c '! cmp -s before.catalogue authority/catalogue'

OLD=$("$BIN" key show $KEYS/helmo.be.sign.key --json |
    python3 -c 'import json, sys; print(json.load(sys.stdin)["key_id"])')
said an_old_key_is_revoked 0 'is revoked' "$BIN" catalogue revoke helmo.be "$OLD" --dir authority
NEXT=$("$BIN" key show next.key --json |
    python3 -c 'import json, sys; print(json.load(sys.stdin)["key_id"])')
said and_so_is_the_new_one 0 'is revoked' "$BIN" catalogue revoke helmo.be "$NEXT" --dir authority
cp helmo.be/helmo.be.enrol later.enrol
said a_later_thief_makes_a_card 0 'follows' \
    rotate next.key later.key --card later.enrol --id 2026-y
said a_key_that_was_just_revoked_endorses_no_other 9 'does not endorse' \
    "$BIN" catalogue add --dir authority later.enrol
cp first.enrol thief.enrol
said a_thief_makes_a_card 0 'follows' \
    rotate $KEYS/helmo.be.sign.key thief.key --card thief.enrol --id 2026-x
said a_revoked_key_endorses_no_other 9 'does not endorse' \
    "$BIN" catalogue add --dir authority thief.enrol

# ---- key files
said a_key_is_not_written_over 7 'exists' \
    "$BIN" key new foreign.key --kind root --owner demo --id root-9
said a_key_that_others_may_read_is_refused 3 'others may read' bash -c \
    "cp foreign.key open.key; chmod 644 open.key; '$BIN' key show open.key"
FINGERPRINT=$("$BIN" key fingerprint foreign.key)
printf 'a long sentence\n' >passphrase
printf 'another sentence\n' >wrong
said a_short_passphrase_is_refused 2 'shorter' bash -c \
    "printf 'short\n' | '$BIN' key seal foreign.key --passphrase-file -"
said a_key_is_sealed 0 'Sealed' "$BIN" key seal foreign.key --passphrase-file passphrase
holds the_seed_is_gone_from_the_file bash -c '! grep -q ^seed: foreign.key'
said a_sealed_key_wants_its_passphrase 2 'passphrase' "$BIN" key show foreign.key
said a_wrong_passphrase_is_refused 3 'wrong passphrase' \
    "$BIN" key show foreign.key --passphrase-file wrong
said a_sealed_key_is_the_same_key 0 "$FINGERPRINT" \
    "$BIN" key fingerprint foreign.key --passphrase-file passphrase
said a_key_is_sealed_once 7 'already' "$BIN" key seal foreign.key --passphrase-file passphrase

# ---- configuration and evidence
sed '/^listen/s/tcp:/udp:/' helmo.be/peregrind.conf >bad.conf
said a_bad_setting_is_named_with_its_line 3 'bad.conf:[0-9]+: listen' "$BIN" config check bad.conf
said a_setting_is_explained 0 'literal address' "$BIN" config explain listen
said an_unknown_setting_is_not_found 6 'no setting' "$BIN" config explain lisen
"$BIN" config sample >sample.conf 2>/dev/null
holds the_sample_names_every_setting grep -q '^anchor = ' sample.conf
said rubbish_is_no_evidence 9 'NOT VALID' \
    "$BIN" record verify helmo.be/helmo.be.enrol --anchor "$ANCHOR"
said evidence_wants_an_anchor 2 'anchor' "$BIN" record verify helmo.be/helmo.be.enrol
