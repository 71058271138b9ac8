#!/bin/bash
# The Debian package: built without root, clean, complete, shut; installed, started, removed.
. "$(dirname "$(readlink -f "$0")")/../support/claims.sh"
set -u
here=$(dirname "$(readlink -f "$0")")
root=$here/../..
. "$root/scripts/federation.sh"
work=$(mktemp -d)
trap 'federation_end "$work/net"; rm -rf "$work"' EXIT

ok() { echo "ok $1"; }
no() { echo "not ok $1: ${2:-}" | head -c 1500; echo; }
claim() { # NAME STATUS REASON
    if [ "$2" = 0 ]; then ok "$1"; else no "$1" "${3:-}"; fi
}

for tool in dpkg-buildpackage dh lintian mandoc systemd-analyze; do
    command -v $tool >/dev/null || {
        echo "not ok the_tools_are_there: $tool is missing; run scripts/setup"
        exit 1
    }
done

# ---- built ----------------------------------------------------------------------------------

version=$("$PEREGRIN_BIN/peregrind" --version | cut -d' ' -f2)
build=("$root/scripts/deb/build" "$PEREGRIN_BIN" "$work/deb" "$version")
export SOURCE_DATE_EPOCH=1767225600
nobody=(setpriv --reuid=nobody --clear-groups --no-new-privs)
if [ "$(id -u)" = 0 ] && ! "${nobody[@]}" test -x "$root/scripts/deb/build" -a -x "$PEREGRIN_BIN/peregrin"; then
    echo "# root's own folder, which nobody else can read: built as root, but without using it"
    said=$("${build[@]}" 2>&1)
elif [ "$(id -u)" = 0 ]; then
    mkdir "$work/deb" && chown nobody "$work/deb" "$work" && chmod 755 "$work"
    said=$("${nobody[@]}" env HOME="$work" "${build[@]}" 2>&1)
else
    said=$("${build[@]}" 2>&1)
fi
claim the_package_is_built_without_root $? "$said"
deb=$(echo "$work"/deb/peregrin_*.deb)
[ -e "$deb" ] || exit 1
first=$(sha256sum <"$deb")
"$root/scripts/deb/build" "$PEREGRIN_BIN" "$work/again" "$version" >/dev/null 2>&1
[ "$first" = "$(sha256sum <"$work"/again/peregrin_*.deb)" ]
claim the_same_sources_give_the_same_package $? "two builds differ"
[ "$(dpkg-deb -f "$deb" Version)" = "$version" ]
claim its_version_is_the_programs_own $? "$(dpkg-deb -f "$deb" Version), $version"
said=$(lintian --fail-on error,warning --allow-root "$deb" 2>&1)
claim lintian_finds_no_error_and_no_warning $? "$said"

# ---- what is in it --------------------------------------------------------------------------

x=$work/x
dpkg-deb -x "$deb" "$x" && dpkg-deb -e "$deb" "$x/DEBIAN"
missing=
for file in usr/bin/peregrin usr/bin/peregrind usr/libexec/peregrin/peregrin-paper lib/systemd/system/peregrind.service \
    lib/systemd/system/peregrin-backup.service lib/systemd/system/peregrin-backup.timer \
    usr/lib/sysusers.d/peregrin.conf usr/lib/tmpfiles.d/peregrin.conf \
    usr/share/man/man1/peregrin.1.gz usr/share/man/man5/peregrind.conf.5.gz \
    usr/share/man/man8/peregrind.8.gz usr/share/doc/peregrin/copyright \
    usr/share/doc/peregrin/examples/peregrind.conf usr/share/doc/peregrin/examples/haproxy.cfg \
    usr/share/doc/peregrin/README.Debian.gz \
    usr/share/bash-completion/completions/peregrin usr/share/zsh/vendor-completions/_peregrin \
    usr/share/fish/vendor_completions.d/peregrin.fish; do
    [ -s "$x/$file" ] || [ -s "$x/${file%.gz}" ] || missing="$missing $file"
done
while read -r name section; do
    [ -s "$x/usr/share/man/man$section/$name.$section.gz" ] || missing="$missing $name($section)"
done < <("$PEREGRIN_BIN/peregrin" help --man list)
[ -z "$missing" ]
claim it_has_all_that_it_should $? "$missing"
wrong=$(dpkg-deb -c "$deb" | awk '$2 != "root/root" || $1 !~ /^(-rw-r--r--|-rwxr-xr-x|drwxr-xr-x|l)/')
[ -z "$wrong" ]
claim everything_belongs_to_root_and_nothing_is_writable_by_others $? "$wrong"
wrong=$(find "$x" -path "$x/DEBIAN" -prune -o -type f \( -path '*/etc/*' -o -path '*/var/*' \) -print)
[ -z "$wrong" ]
claim nothing_is_configured_by_the_package $? "$wrong"
wrong=
for page in "$x"/usr/share/man/man*/*.gz; do
    zcat "$page" | mandoc -T lint -W warning >"$work/lint" 2>&1 || wrong="$wrong $(basename "$page"): $(head -n 2 "$work/lint")"
done
[ -z "$wrong" ]
claim every_page_of_the_manual_passes_mandoc $? "$wrong"
undocumented=
for setting in $("$PEREGRIN_BIN/peregrin" config sample | sed -n 's/^#\?\([a-z_]*\) = .*/\1/p'); do
    zcat "$x/usr/share/man/man5/peregrind.conf.5.gz" | grep -q "^\.B $setting\$" ||
        undocumented="$undocumented $setting"
done
[ -z "$undocumented" ]
claim every_setting_stands_in_the_manual $? "$undocumented"

# ---- the units ------------------------------------------------------------------------------

mkdir "$work/units"
cp "$x"/lib/systemd/system/* "$work/units/"
sed -i "s|=/usr/bin/|=$x/usr/bin/|" "$work"/units/*.service
said=$(systemd-analyze verify --man=no "$work"/units/* 2>&1 | grep -E "peregrin" | grep -v "^Unit .* not found")
[ -z "$said" ]
claim the_units_are_understood $? "$said"
for unit in peregrind peregrin-backup; do
    score=$(systemd-analyze security --offline=true "$work/units/$unit.service" 2>/dev/null |
        sed -n 's/.*exposure level for .*: \([0-9.]*\) .*/\1/p')
    echo "# exposure of $unit.service: $score"
    awk -v score="$score" 'BEGIN { exit !(score != "" && score <= 2.0) }'
    claim "the_exposure_of_${unit//-/_}_is_at_most_2" $? "$score"
done

# ---- the programs under the filter of their units -------------------------------------------

federation_make "$work/net" helmo.be:HELMo:BE uhasselt.be:UHasselt:BE 2>/dev/null
federation_start "$work/net" uhasselt.be || no the_partner_starts
# As a user that is nobody, for the units name one: root would do more than the node does.
as_user=()
if [ "$(id -u)" = 0 ]; then
    chown -R nobody "$work/net" && mkdir "$work/backups" && chown nobody "$work/backups"
    chmod 755 "$work" "$x"
    as_user=("${nobody[@]}")
fi
cp "$here/under_filter.py" "$work/"
filter=("${as_user[@]}" /usr/bin/python3 -B "$work/under_filter.py")
mkdir -p "$work/backups"
"${filter[@]}" "$work/units/peregrind.service" "$x/usr/bin/peregrind" -c "$work/net/helmo.be/peregrind.conf" \
    >>"$work/net/helmo.be/log" 2>&1 </dev/null &
pid=$!
echo $pid >"$work/net/helmo.be/pid"
for ((try = 0; try < 400; try++)); do
    federation_run "$work/net" helmo.be partner list --json 2>/dev/null |
        grep -q '"state": *"connected"' && break
    kill -0 $pid 2>/dev/null || break
    sleep 0.05
done
kill -0 $pid 2>/dev/null && ((try < 400))
claim the_node_works_under_its_system_call_filter $? "$(tail -n 3 "$work/net/helmo.be/log")"
echo '{"title":"T","language":"en","blocks":[]}' |
    "${filter[@]}" "$work/units/peregrind.service" "$x/usr/libexec/peregrin/peregrin-paper" |
    head -c 5 | grep -q %PDF
claim a_paper_is_set_under_its_system_call_filter $?
"${filter[@]}" "$work/units/peregrin-backup.service" "$x/usr/bin/peregrin" backup create --dir "$work/backups" \
    --keep 3 --quiet -c "$work/net/helmo.be/peregrind.conf" >"$work/said" 2>&1
claim the_nightly_backup_works_under_its_filter $? "$(cat "$work/said")"
kill -HUP $pid 2>/dev/null
federation_run "$work/net" helmo.be audit verify >"$work/said" 2>&1 && kill -0 $pid 2>/dev/null
claim it_reads_its_catalogue_again_and_audits_under_it $? "$(cat "$work/said")"
"${filter[@]}" "$work/units/peregrind.service" /usr/sbin/chroot / true >/dev/null 2>&1
[ $? -ge 128 ]
claim the_filter_forbids_what_the_node_does_not_need $? "chroot was allowed"

# ---- the socket's group, as the unit lets it -------------------------------------------------

federation_stop "$work/net" helmo.be
grep -q '^RuntimeDirectoryMode=07[0-7]1$' "$work/units/peregrind.service" &&
    ! grep -q '^PrivateUsers=yes' "$work/units/peregrind.service"
claim the_unit_lets_the_group_of_the_socket_through $? "PrivateUsers or RuntimeDirectoryMode"
if [ "$(id -u)" = 0 ]; then
    conf=$work/net/helmo.be/peregrind.conf
    socket=$work/net/helmo.be/peregrin.sock
    cp -p "$conf" "$work/kept.conf"
    echo 'socket_group = "users"' >>"$conf"
    chmod 711 "$work/net" "$work/net/helmo.be"
    group=$(getent group users | cut -d: -f3)
    node=(/usr/bin/python3 -B "$work/under_filter.py" "$work/units/peregrind.service"
        "$x/usr/bin/peregrind" -c "$conf")
    setpriv --reuid=nobody --regid=nogroup --clear-groups --no-new-privs "${node[@]}" >"$work/said" 2>&1 </dev/null
    [ $? = 3 ] && grep -q 'not in the group users.*SupplementaryGroups=users' "$work/said"
    claim who_is_not_in_the_group_is_told_how_to_be $? "$(cat "$work/said")"
    setpriv --reuid=nobody --regid=nogroup --groups="$group" --no-new-privs "${node[@]}" >"$work/said" 2>&1 </dev/null &
    pid=$!
    echo $pid >"$work/net/helmo.be/pid"
    ask() { # GROUP: as an account of its own that is in it
        setpriv --reuid=daemon --regid=daemon --groups="$1" --no-new-privs curl -s -o /dev/null \
            -w '%{http_code}' --unix-socket "$socket" http://node/api/v1/partners
    }
    for ((try = 0; try < 400; try++)); do
        federation_run "$work/net" helmo.be status >/dev/null 2>&1 && break
        kill -0 $pid 2>/dev/null || break
        sleep 0.05
    done
    [ "$(stat -c '%a %G' "$socket" 2>&1)" = "660 users" ]
    claim who_is_in_the_group_gives_it_the_socket $? "$(tail -n 3 "$work/said")"
    [ "$(ask "$group")" = 401 ]
    claim a_member_who_is_no_user_is_refused $? "$(ask "$group")"
    federation_run "$work/net" helmo.be user add daemon --role viewer --local >"$work/said" 2>&1
    [ "$(ask "$group")" = 200 ]
    claim a_member_who_is_a_user_gets_in $? "$(ask "$group"; cat "$work/said")"
    [ "$(ask "$(id -g nobody)")" = 000 ]
    claim who_is_not_in_the_group_does_not_reach_it $? "$(ask "$(id -g nobody)")"
    federation_stop "$work/net" helmo.be
    cp -p "$work/kept.conf" "$conf"
else
    echo "skip the_group_of_the_socket: only root can run as another account"
fi

# ---- what the service manager hears ---------------------------------------------------------

"${as_user[@]}" /usr/bin/python3 -B - "$work" "$x/usr/bin/peregrind" >"$work/said" 2>&1 <<'END'
import os, signal, socket, subprocess, sys
work, program = sys.argv[1:]
heard = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
heard.bind(work + "/backups/notify")
heard.settimeout(30)
node = subprocess.Popen([program, "-c", work + "/net/helmo.be/peregrind.conf"],
                        env={**os.environ, "NOTIFY_SOCKET": work + "/backups/notify",
                             "WATCHDOG_USEC": "400000"}, stderr=subprocess.DEVNULL)
def until(word):
    while word not in (said := heard.recv(4096).decode()):
        pass
    return said
try:
    until("READY=1")
    node.send_signal(signal.SIGHUP)
    assert "MONOTONIC_USEC=" in until("RELOADING=1")
    until("READY=1")
    until("WATCHDOG=1")
    node.terminate()
    until("STOPPING=1")
finally:
    node.kill()
    node.wait()
END
claim the_service_manager_hears_ready_reloading_watchdog_and_stopping $? "$(tail -n 3 "$work/said")"

# ---- installed and removed, in a root of its own --------------------------------------------

if [ "$(id -u)" != 0 ]; then
    echo "skip installed_started_removed_purged: only root may; unpacked and checked instead"
    exit 0
fi
r=$work/root
mkdir -p "$r"/{etc,tmp,run,var/{lib,backups},var/lib/dpkg/{info,updates}} && touch "$r/var/lib/dpkg/status"
echo 'root:x:0:0:root:/root:/bin/sh' >"$r/etc/passwd"
echo 'root:x:0:' >"$r/etc/group"
# Its scripts run on this machine: what they say to its service manager goes nowhere.
mkdir "$work/stubs"
for stub in systemctl deb-systemd-invoke; do
    ln -s /bin/true "$work/stubs/$stub"
done
dpkg_in_root() {
    PATH=$work/stubs:$PATH dpkg --root="$r" --force-script-chrootless --force-depends --log=/dev/null "$@" >"$work/said" 2>&1
}
dpkg_in_root --install "$deb"
claim it_installs $? "$(cat "$work/said")"
grep -q '^peregrin:' "$r/etc/passwd"
claim the_system_user_is_made $? "$(cat "$r/etc/passwd" "$work/said")"
uid=$(sed -n 's/^peregrin:[^:]*:\([0-9]*\):.*/\1/p' "$r/etc/passwd")
state=$(stat -c '%a %u' "$r/var/lib/peregrin" 2>&1)
[ "$state" = "700 $uid" ]
claim its_state_is_its_own $? "$state"
cp -a "$work/net/helmo.be/." "$r/etc/peregrin/" 2>/dev/null
sed -i -e "s|^listen = .*|listen = \"tcp://127.0.0.1:$(federation_port)\"|" "$r/etc/peregrin/peregrind.conf"
rm -rf "$r/etc/peregrin/data" && mkdir "$r/etc/peregrin/data"
chown -R "$uid" "$r/etc/peregrin"
chmod 755 "$work"
setpriv --reuid="$uid" --clear-groups --no-new-privs "$r/usr/bin/peregrind" -c "$r/etc/peregrin/peregrind.conf" \
    >"$work/log" 2>&1 </dev/null &
pid=$!
for ((try = 0; try < 400; try++)); do
    "$r/usr/bin/peregrin" status --socket "$r/etc/peregrin/peregrin.sock" >/dev/null 2>&1 && break
    kill -0 $pid 2>/dev/null || break
    sleep 0.05
done
((try < 400)) && kill -0 $pid 2>/dev/null
claim the_installed_node_runs_as_its_own_user $? "$(tail -n 2 "$work/log")"
kill $pid 2>/dev/null && wait $pid
touch "$r/var/lib/peregrin/peregrin.db"
dpkg_in_root --remove peregrin
claim it_is_removed $? "$(cat "$work/said")"
[ ! -e "$r/usr/bin/peregrind" ]
claim its_programs_are_gone $? still there
dpkg_in_root --purge peregrin
claim it_is_purged $? "$(cat "$work/said")"
[ -e "$r/var/lib/peregrin/peregrin.db" ] && [ -e "$r/etc/peregrin/peregrind.conf" ]
claim records_and_configuration_are_only_ever_removed_by_hand $? "gone"
grep -q "stays; remove it by hand" "$work/said"
claim and_that_is_said $? "$(cat "$work/said")"
