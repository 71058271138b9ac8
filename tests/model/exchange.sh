#!/bin/bash
# In bash, and no other shell: `sh exchange.sh` goes on in it.
[ -n "${BASH_VERSION:-}" ] || exec bash "$0" "$@"
# Checks exchange.pml: the protocol as it is meant holds in small worlds with every kind of fault,
# and each variant that we know to be wrong is refuted, by the very assertion or cycle that it names, so that the model can fail. Small worlds are
# searched in no time: what takes long is compiling, so that is not optimised, and tcc is asked before
# clang and cc, which take twenty times as long for it.
#
#   SOAK=1   larger worlds: some minutes in all, up to 8 GB
. "$(dirname "$(readlink -f "$0")")/../support/claims.sh"
set -u
cd "$(dirname "$0")" || exit 1
readonly model=$PWD/exchange.pml

compiler=$(command -v tcc || command -v clang || command -v cc)
if ! command -v spin >/dev/null || [ -z "$compiler" ]; then
    echo "skip exchange: no spin or no C compiler here"
    exit 0
fi
OPTIMISE=
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# verify MODE MACRO...   MODE: assert or cycle. Prints how many errors, and whether all was searched;
# and what pan says of the first error, without spaces.
verify() {
    local mode=$1 dir flags options=()
    shift
    dir=$(mktemp -d -p "$work")
    [ "$mode" = cycle ] && flags=-DNP options=(-l) || flags=-DSAFETY
    (cd "$dir" && spin -a "$@" "$model" >spin.out 2>&1 &&
        "$compiler" $OPTIMISE -w "$flags" -DCOLLAPSE -DMEMLIM="${MEMORY:-2000}" -o pan pan.c &&
        ./pan "${options[@]}" -m"${DEPTH:-100000}" -w"${HASH:-22}" >pan.out 2>&1)
    if grep -qE 'out of memory|max search depth too small|resize hashtable' "$dir/pan.out"; then
        echo "not searched to the end"
    else
        grep -o 'errors: [0-9]*' "$dir/pan.out" || tail -n 1 "$dir"/*.out
        sed -n 's/^pan:1: //; T; s/(at depth.*//; s/ //gp' "$dir/pan.out"
    fi
    rm -rf "$dir"
}

# holds NAME MODE MACRO...
holds() {
    local name=$1 said
    shift
    said=$(verify "$@")
    if [ "$said" = "errors: 0" ]; then
        echo "ok $name"
    else
        echo "not ok $name: $said"
    fi
}

# What refutes a variant: words of the assertion as pan repeats it, macros spelled out.
declare -Ar broken=(
    [fork]='(((own[0]&3)==3)||((own[0]&12)==12))' # two texts at one index
    [order]='((oth[0]&12))||(oth[0]&3)'           # a lane with a hole
    [unheld]='((rc[0]&~(oth[1]))==0)'             # a receipt for what is not held
    [killed]='(live[0]==0)||(r==ses[0])'          # a stranger ended a live session
    [rejudged]='!(acc)'                           # accepted, then refused
    [views]='(own[0]==(oth[1]|stuck[0]))'         # two sides hold two things at the end
    [unreceipted]='(rc[0]==(own[0]&~(stuck[0])))' # no receipt at the end
    [thrown]='((wrote[0]&~(own[0]))==0)'          # what was written is gone
    [armed]='!(guard[0])&&!(guard[1])'            # a guard that nothing lifts
    [void]='voidd[0]==voidd[1]'                   # a refusal that one side knows
    [endless]='non-progresscycle'
)

# refuted NAME WHAT MODE MACRO...   WHAT: by which of these.
refuted() {
    local name=$1 what=$2 said
    shift 2
    said=$(verify "$@")
    if [[ $said == "errors: 1"$'\n'*"${broken[$what]:?}"* ]]; then
        echo "ok $name"
    else
        echo "not ok $name: not refuted as $what (${said//$'\n'/, })"
    fi
}

readonly quiet="-DLOSS=0 -DREPLAY=0"

holds lost_and_replayed_frames_heal              assert
holds lost_and_replayed_frames_make_no_cycle     cycle
holds a_restored_sender_heals                    assert -DRS0=1 $quiet
holds a_restored_receiver_heals                  assert -DRS1=1 $quiet
holds a_crash_of_the_receiver_heals              assert -DCR1=1 $quiet

holds back_on_a_caller_s_session_losses_heal      assert -DBACK
holds back_on_a_caller_s_session_is_no_cycle     cycle -DBACK
holds a_called_sender_that_was_restored_heals    assert -DBACK -DRS0=1 $quiet
holds a_caller_that_was_restored_heals           assert -DBACK -DRS1=1 $quiet
holds crashes_of_caller_and_called_heal          assert -DBACK -DCR0=1 -DCR1=1 $quiet

holds what_cannot_be_read_holds_nothing_up        assert -DBAD=5
holds what_cannot_be_read_is_not_sent_for_ever   cycle -DBAD=5
holds a_stuck_record_survives_a_restore           assert -DBAD=5 -DRS0=1 -DFIX=1 $quiet
holds what_was_mended_is_taken_when_tried_again  assert -DBAD=5 -DFIX=1
holds a_called_sender_has_stuck_records_too      assert -DBAD=5 -DBACK -DRS1=1 -DFIX=1 $quiet

refuted data_of_a_dead_session_is_not_accepted   order       assert -DBUG_OLD_DATA -DRS0=1 $quiet
refuted an_opening_alone_ends_no_session         killed      assert -DBUG_EAGER_OPEN -DRS0=1 -DT1=0
refuted no_session_begins_without_a_summary      views       assert -DBUG_NO_SUMMARY -DRS0=1 $quiet
refuted no_receipt_leaves_before_the_commit      unheld      assert -DBUG_RECEIPT_FIRST -DCR1=1 $quiet
refuted a_refusal_is_a_record                    void        assert -DBUG_REFUSAL_IN_RECEIPT -DRS1=1 $quiet
refuted nothing_is_written_while_armed           fork        assert -DBUG_NO_GUARD -DRS0=1 $quiet
refuted an_ack_is_no_receipt                     unreceipted assert -DBUG_ACK_IS_DONE
refuted equal_sets_do_not_end_the_wait           unreceipted assert -DBUG_HELD_IS_DONE -DCR0=1 $quiet
refuted a_receipt_of_an_earlier_session_counts   endless     cycle -DBUG_RECEIPT_BOUND -DCR0=1 $quiet
refuted a_record_is_judged_once                  rejudged    assert -DBUG_REJUDGE -DRS1=1 $quiet
refuted nothing_is_judged_while_armed            fork        assert -DBUG_JUDGE_UNGUARDED -DRS1=1 $quiet
refuted recovery_is_said_until_the_sets_agree    views       assert -DBUG_RECOVERY_ONCE -DRS1=1 -DCR0=1 $quiet
refuted a_dead_session_is_dialled_again          views       assert -DBUG_DIAL_FOR_WORK -DRS1=1 $quiet
refuted a_back_stream_begins_anew                 unreceipted assert -DBACK -DBUG_BACK_KEEPS -DCR1=1 $quiet
refuted a_call_alone_lifts_no_guard              fork        assert -DBACK -DBUG_BACK_UNASKED -DRS0=1 $quiet
refuted a_caller_s_dead_session_carries_nothing  views       assert -DBACK -DBUG_BACK_OLD -DRS0=1 $quiet
refuted a_caller_calls_with_nothing_to_say       armed       assert -DBACK -DBUG_BACK_FOR_WORK -DCR0=1 $quiet
refuted an_unreadable_record_counts_as_taken     views       assert -DBAD=5 -DBUG_BAD_STOPS $quiet
refuted an_unreadable_record_has_no_receipt      unheld      assert -DBAD=5 -DBUG_BAD_RECEIPTED $quiet
refuted a_lost_notice_is_given_again             endless     cycle -DBAD=5 -DBUG_NOTICE_ONCE -DREPLAY=0
refuted a_notice_ends_the_sending                endless     cycle -DBAD=5 -DBUG_NOTICE_UNHEARD $quiet
refuted a_dead_session_s_notice_says_nothing     unreceipted assert -DBAD=5 -DBUG_NOTICE_OLD -DRS0=1 $quiet
refuted a_stuck_record_is_kept                   thrown      assert -DBAD=5 -DBUG_NOTICE_FORGETS $quiet
refuted a_record_is_tried_again_at_once          views       assert -DBAD=5 -DFIX=1 -DBUG_STUCK_AGAIN $quiet

[ -n "${SOAK:-}" ] || exit 0
compiler=$(command -v clang || command -v cc)
MEMORY=8000 HASH=26 OPTIMISE=-O2
holds a_restored_sender_heals_with_loss          assert -DRS0=1 -DREPLAY=0
holds a_restored_receiver_heals_with_loss        assert -DRS1=1 -DREPLAY=0
holds a_restore_and_a_crash_heal                 assert -DRS1=1 -DCR0=1 $quiet
holds two_restores_of_one_heal                   assert -DRS1=2 $quiet
holds a_new_handshake_in_mid_flight_heals        assert -DRS1=1 -DREHAND=1 $quiet
holds a_new_handshake_makes_no_cycle             cycle -DREHAND=1 $quiet
holds a_restored_receiver_makes_no_cycle         cycle -DRS1=1 $quiet
holds a_generation_outside_may_spare_the_guard   assert -DRS0=1 $quiet -DGEN_GUARD
refuted a_generation_rolls_back_with_the_machine fork        assert -DGEN_GUARD -DMACHINE -DRS0=1 $quiet
holds crashes_of_both_heal                       assert -DCR0=1 -DCR1=1 -DREPLAY=0
holds a_restored_receiver_heals_with_all_of_it   assert -DRS1=1
holds a_called_sender_heals_with_loss            assert -DBACK -DRS0=1 -DREPLAY=0
holds a_caller_s_new_handshake_heals             assert -DBACK -DRS1=1 -DREHAND=1 $quiet
holds a_stuck_record_heals_with_loss_and_restore  assert -DBAD=5 -DRS0=1 -DFIX=1 -DREPLAY=0
holds a_second_record_stuck_behind_one_heals     assert -DBAD=10 -DRS1=1 -DCR0=1 -DFIX=1 $quiet
holds a_stuck_record_makes_no_cycle              cycle -DBAD=5 -DRS0=1 -DFIX=1 $quiet
