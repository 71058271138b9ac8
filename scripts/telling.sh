# How a demonstration tells what it does, does it, and checks it. To be sourced, with federation.sh;
# works in the current folder, where each node has the folder of its name.
#
#   dress                            width and colours, from the terminal and NO_COLOR
#   begin STEP TITLE                 the step that begins; `fail` names it
#   tell TEXT...                     prose       held TEXT...    what was found to hold
#   typed WHO COMMAND                a command as WHO types it
#   on WHO COMMAND...                peregrin: shown, done, its first `lines` lines shown
#   quietly WHO COMMAND...           peregrin: done; output in the file `said`, `status` is its exit
#   ended STATUS                     the last command ended so, or the demonstration fails
#   expect CLAIM WANTED GOT          equal, or it fails
#   asker_begin, asker_end           asking.py, by which the next two ask
#   ask NODE EXPRESSION COMMAND...   a value of the JSON, `d` in Python, that the command answers;
#                                    of several nodes, NODE,NODE: d["NODE"]
#   reaches CLAIM WANTED NODE EXPRESSION COMMAND...    within PATIENCE seconds, by itself
#   cut_short NODE NUMBER COMMAND... kills the node when the command has said NUMBER lines; what it
#                                    said is in the file `promised`, how it went on in `refused`
#   since MICROSECONDS               seconds since then, with tenths

ASKER="" WIDTH=80 BOLD="" GREEN="" RED="" NORMAL=""
dress() {
    [ -t 1 ] || return 0
    local size
    { size=$(stty size <&3 2>/dev/null); } 3>&1
    WIDTH=${size#* }
    ((${WIDTH:-0} > 0)) || WIDTH=80
    ((WIDTH < 100)) || WIDTH=100
    ((WIDTH > 30)) || WIDTH=30
    [ -n "${NO_COLOR:-}" ] || [ "${TERM:-dumb}" = dumb ] ||
        BOLD=$'\e[1m' GREEN=$'\e[32m' RED=$'\e[31m' NORMAL=$'\e[0m'
}

# put FIRST REST TEXT...: lines that fit; the first begins with FIRST, the others with REST, and all
# are indented as the text is. A text that fits keeps its blanks.
put() {
    local text=${*:3} line rest word words some=""
    if ((${#1} + ${#text} <= WIDTH)); then
        printf '%s%s\n' "$1" "$text"
        return
    fi
    line=$1${text%%[! ]*} rest=$2${text%%[! ]*}
    read -ra words <<<"$text"
    for word in "${words[@]}"; do
        if [ -n "$some" ] && ((${#line} + 1 + ${#word} > WIDTH)); then
            printf '%s\n' "$line"
            line=$rest some=""
        fi
        line+="${some:+ }$word" some=1
    done
    printf '%s\n' "$line"
}

tell() { put "  " "  " "$*"; }
held() { put "  ok  " "      " "$*" | sed "1s/^  ok/  ${GREEN}ok${NORMAL}/"; }
typed() { put "    $1\$ " "        " "$2"; }
show() { # from standard input
    local line
    while IFS= read -r line; do put "      " "        " "$line"; done
}
since() {
    local tenths=$(((${EPOCHREALTIME/[.,]/} - $1) / 100000))
    printf '%d.%d' $((tenths / 10)) $((tenths % 10))
}
begin() {
    local number=1
    STEP=$1
    until [ "${STEPS[number - 1]}" = "$1" ]; do number=$((number + 1)); done
    printf '\n%s' "$BOLD"
    put "$number of ${#STEPS[@]}  $STEP: " "        " "$2"
    printf '%s' "$NORMAL"
}
fail() {
    printf '%s' "$RED" >&2
    put "FAILED in step $STEP: " "  " "${*//$'\n'/, }" >&2
    [ ! -s errors ] || tail -n 1 errors >&2
    printf '%s' "$NORMAL" >&2
    exit 1
}

on() {
    local word line=peregrin
    for word in "${@:2}"; do
        [[ $word =~ ^[A-Za-z0-9_.,:/=+@-]+$ ]] || word="'$word'"
        [[ $word =~ ^[0-9a-f]{64}$ ]] && word=${word:0:8}...
        [ "$word" = -q ] || line+=" $word"
    done
    typed "$1" "$line"
    quietly "$@"
    head -n "${lines:-12}" said | show
}
quietly() {
    if [ -e "$1/peregrin.sock" ]; then
        federation_run . "$@"
    else
        "$PEREGRIN_BIN/peregrin" "${@:2}"
    fi >said 2>aside </dev/null
    status=$?
    sed '/^Next:/,$d' aside >>said
}

ended() {
    [ "$status" -eq "$1" ] || fail "exit status $status instead of $1: $(cat aside said | head -n 1)"
}
expect() {
    [ "$2" = "$3" ] || fail "$1: \"$3\" instead of \"$2\""
    held "$1"
}
# The asker sits in the current folder. What a node would inherit of it is closed in `start`.
asker_begin() {
    mkfifo asked answered || return 1
    python3 -S "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/asking.py" "$PEREGRIN_BIN/peregrin" \
        <asked >answered &
    ASKER=$!
    exec 7>asked 8<answered
    rm asked answered
}
asker_end() {
    [ -z "$ASKER" ] || kill "$ASKER" 2>/dev/null
}
# request PATIENCE WANTED NODE EXPRESSION COMMAND...: `got` is what it came to at last.
request() {
    printf '%s\0' "$#" "$@" >&7
    local known
    IFS= read -r -d '' known <&8 && IFS= read -r -d '' got <&8 && [ "$known" = yes ]
}
ask() {
    local got
    request 0 "" "$@" && printf '%s\n' "$got"
}
reaches() {
    local got
    request "$PATIENCE" "${@:2}"
    [ "$got" = "$2" ] || fail "$1: \"$got\" instead of \"$2\""
    held "$1"
}

cut_short() {
    local node=$1 number=$2 line count=0 pid
    shift 2
    pid=$(cat "$node/pid")
    : >promised
    while IFS= read -r line; do
        echo "$line" >>promised
        count=$((count + 1))
        ((count == number)) && federation_kill . "$node"
    done < <("$@" 2>refused </dev/null)
    ((count >= number)) || fail "it ended before $node could be killed: $(head -n 1 refused)"
    typed "$node" "kill -9 $pid"
    grep -m 1 '^peregrin:' refused | show
}
