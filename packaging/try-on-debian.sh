#!/usr/bin/env bash
# Shows the package on a Debian that boots: installed, ready, a scan to coupons, reboot, kill, hang, upgrade, removal.
# Usage: packaging/try-on-debian.sh [SUITE]    SUITE: trixie (Debian 13, the default) or bookworm (12). Root only.
#        TILLCAT_TRY_DEB=FILE takes a package that is built already.
#
# The machine is a folder that mmdebstrap filled and systemd-nspawn boots with its own systemd. The scanner is a
# pseudo-terminal in it, the printer a program outside that speaks over TCP. Both live in a network of their own.
# Kept for the next run in ${TILLCAT_TRY_CACHE:-/var/cache/tillcat-try}: the bare Debian.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(dirname "$here")
suite=${1:-trixie}
if [ "$(id -u)" -ne 0 ] || ! command -v systemd-nspawn >/dev/null || ! command -v mmdebstrap >/dev/null; then
  echo "try-on-debian: skipped, it needs root, systemd-nspawn (systemd-container) and mmdebstrap"
  exit 0
fi
if ! unshare --net --mount true 2>/dev/null; then
  echo "try-on-debian: skipped, this machine lets nobody make a network of its own"
  exit 0
fi
# A network of its own: nothing in it meets what else runs here.
if [ "${TILLCAT_TRY_INSIDE:-}" != 1 ]; then
  cache=${TILLCAT_TRY_CACHE:-/var/cache/tillcat-try}
  mkdir -p "$cache"
  if [ ! -s "$cache/$suite.tar" ]; then
    if ! mmdebstrap --quiet --variant=minbase --include=systemd-sysv,udev,dbus,socat,libstdc++6 "$suite" "$cache/$suite.part.tar"; then
      echo "try-on-debian: skipped, Debian $suite cannot be fetched"
      exit 0
    fi
    mv "$cache/$suite.part.tar" "$cache/$suite.tar"
  fi
  export TILLCAT_TRY_TAR=$cache/$suite.tar TILLCAT_TRY_INSIDE=1
  exec unshare --net -- "$0" "$suite"
fi
ip link set lo up
# Entered machines start where we stand.
cd /
PATH=$root/node_modules/.bin:$PATH

work=$(mktemp -d)
machine=$work/machine
# Without systemd outside there is nobody to have made this.
mkdir -p /run/systemd
nspawn=
printer=
ended() {
  code=$?
  if [ "$code" -ne 0 ] && [ -n "$nspawn" ]; then
    in_machine journalctl --no-pager -n 40 -u tillcat || true
    in_machine systemctl --no-pager --failed || true
  fi
  if [ -n "$nspawn" ]; then kill -KILL "$nspawn" 2>/dev/null || true; fi
  if [ -n "$printer" ]; then kill "$printer" 2>/dev/null || true; fi
  cd /
  for _ in 1 2 3 4 5 6; do
    rm -rf "$work" 2>/dev/null && break
    sleep 0.5
  done
  exit "$code"
}
trap ended EXIT

began=$(date +%s%N)
step() { printf '%7.2f s  %s\n' "$(awk -v a="$began" -v b="$(date +%s%N)" 'BEGIN { print (b - a) / 1e9 }')" "$1"; }
fail() {
  echo "try-on-debian: $1" >&2
  exit 1
}
leader() { pgrep -P "$nspawn" | head -n 1; }
in_machine() {
  nsenter --target "$(leader)" --mount --uts --ipc --pid --cgroup --root -- \
    env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive HOME=/root "$@"
}
# Waits until a command in the machine succeeds; tells how long that took, in ms.
until_true() {
  limit_s=$1
  shift
  from=$(date +%s%N)
  until in_machine "$@" >/dev/null 2>&1; do
    [ $((($(date +%s%N) - from) / 1000000000)) -lt "$limit_s" ] || fail "not within $limit_s s: $*"
    sleep 0.05
  done
  echo $((($(date +%s%N) - from) / 1000000))
}
boot() {
  SYSTEMD_NSPAWN_UNIFIED_HIERARCHY=1 systemd-nspawn --quiet --directory="$machine" --boot --keep-unit --register=no \
    --kill-signal=SIGRTMIN+3 >"$work/console" 2>&1 &
  nspawn=$!
  for _ in $(seq 200); do
    if [ -n "$(leader)" ] && in_machine systemctl is-system-running 2>/dev/null | grep -qE 'running|degraded'; then return; fi
    sleep 0.05
  done
  cat "$work/console" >&2
  fail 'the machine does not boot'
}
serving() { until_true "$1" sh -c 'tillcat status --json | grep -q "\"state\":\"ready\""'; }
customers() { in_machine tillcat status --json | sed 's/.*"customers":\([0-9]*\).*/\1/'; }
main_pid() { in_machine systemctl show --property=MainPID --value tillcat.service; }
# GS k 73: a coupon's code as the printer gets it.
codes_printed() { LC_ALL=C grep -aoP '\x1dk\x49' "$work/printed.bin" | wc -l; }
scan() { in_machine sh -c "printf '%s\r' $1 >>/run/scans"; }
# Socat makes the pseudo-terminal in the machine; what is written to /run/scans comes out of it.
plug_scanner() {
  in_machine sh -c 'mkdir -p /dev/tillcat && : >/run/scans && chgrp dialout /dev/tillcat'
  in_machine systemd-run --quiet --unit=try-scanner --property=KillSignal=SIGKILL socat -u \
    EXEC:'tail -n0 -F /run/scans' PTY,raw,echo=0,link=/dev/tillcat/scanner,group=dialout,mode=660
}
coupons_for() {
  before=$(codes_printed)
  from=$(date +%s%N)
  scan "$1"
  for _ in $(seq 200); do
    if [ "$(codes_printed)" -gt "$before" ]; then break; fi
    sleep 0.05
  done
  first=$((($(date +%s%N) - from) / 1000000))
  sleep 1
  got=$(($(codes_printed) - before))
  [ "$got" -ge 1 ] && [ "$got" -le 6 ] || fail "card $1 got $got coupons"
  echo "$got coupons on the printer outside, the first seen after $first ms"
}

step "Debian: $suite"
mkdir "$machine"
tar -xf "$TILLCAT_TRY_TAR" -C "$machine"
# Whether another process than the one given is the service's by now.
printf '#!/bin/sh\npid=$(systemctl show --property=MainPID --value tillcat.service)\n[ "$pid" != 0 ] && [ "$pid" != "$1" ]\n' \
  >"$machine/usr/bin/started_anew"
chmod 0755 "$machine/usr/bin/started_anew"
# What an entered process left behind is not waited for when the machine goes down.
mkdir -p "$machine/etc/systemd/system.conf.d"
printf '[Manager]\nDefaultTimeoutStopSec=5s\n' >"$machine/etc/systemd/system.conf.d/try.conf"
rm -f "$machine/etc/resolv.conf" && touch "$machine/etc/resolv.conf"
mkdir "$work/new" "$work/old"
if [ -n "${TILLCAT_TRY_DEB:-}" ]; then
  cp "$TILLCAT_TRY_DEB" "$work/new"
else
  "$here/build" --arch amd64 --out "$work/new" >/dev/null
fi
step "the package: $(cd "$work/new" && stat -c '%n, %s bytes' *.deb)"
# What was released last, or, where nothing was yet, this one under an older number.
previous=$(git -C "$root" describe --tags --abbrev=0 HEAD~ 2>/dev/null || true)
if [ -n "$previous" ]; then
  "$here/build" --arch amd64 --out "$work/old" --version 0.0.9 --commit "$previous" >/dev/null
else
  dpkg-deb --raw-extract "$work"/new/*.deb "$work/older"
  sed -i 's/^Version: .*/Version: 0.0.9/' "$work/older/DEBIAN/control"
  dpkg-deb --root-owner-group -Zzstd -z1 --build "$work/older" "$work/old/tillcat_0.0.9_amd64.deb" >/dev/null
  rm -rf "$work/older"
fi
step "the version before: ${previous:-none is released, this one as 0.0.9}"
mkdir "$machine/root/packages" "$machine/root/shop"
cp "$work"/old/*.deb "$work"/new/*.deb "$machine/root/packages"
"$here/try/small-shop" "$machine/root/shop"
chmod 0755 "$machine/root" "$machine/root/shop"
node --disable-warning=ExperimentalWarning "$root/test/soak/printer-outside.ts" 9100 "$work/printed.bin" &
printer=$!
version=$(sed -n 's/^  "version": "\(.*\)",$/\1/p' "$root/package.json")

boot
step 'booted'
plug_scanner
from=$(date +%s%N)
in_machine apt-get install -y -qq /root/packages/tillcat_0.0.9_amd64.deb >"$work/apt" 2>&1 || { cat "$work/apt"; fail 'apt install'; }
step "installed with one command in $((($(date +%s%N) - from) / 1000000)) ms; $(in_machine systemctl is-active tillcat.service)"
in_machine systemctl is-enabled tillcat.service tillcat-train.timer tillcat-backup.timer >/dev/null || fail 'units not enabled'

# A fleet's file and a till's, over the configuration that was installed and is not touched.
in_machine sh -c 'cat >/etc/tillcat/config.d/10-fleet.yaml' <<'YAML'
printer: { transport: { type: tcp, host: 127.0.0.1, port: 9100 } }
cards: [ { prefix: "63400", length: 10, check: none } ]
gs1: { companyPrefix: "6412345" }
holdout: { customersPercent: 0 }
visit: { daysBetweenStrips: 7 }
policy: { categories: { "*": ok } }
YAML
in_machine sh -c 'cat >/etc/tillcat/config.d/20-till.yaml' <<'YAML'
till: { id: "07" }
YAML
in_machine sh -c 'chgrp tillcat /etc/tillcat/config.d/*.yaml && chmod 640 /etc/tillcat/config.d/*.yaml'
in_machine tillcat config check
for kind in products customers purchases; do in_machine tillcat import "$kind" "/root/shop/$kind.csv" >/dev/null; done
in_machine systemctl start tillcat-train.service
step 'configured by two files, imported, trained by the night service'
from=$(date +%s%N)
in_machine systemctl restart tillcat.service
step "restart to ready in $((($(date +%s%N) - from) / 1000000)) ms; serving after $(serving 20) ms more"
in_machine tillcat status
in_machine tillcat doctor || fail 'the doctor finds errors'
pid=$(main_pid)
step "resident $(in_machine sh -c "awk '/VmRSS/ {print int(\$2 / 1024)}' /proc/$pid/status") MB; capabilities $(in_machine sh -c "awk '/CapEff/ {print \$2}' /proc/$pid/status"), seccomp $(in_machine sh -c "awk '/^Seccomp:/ {print \$2}' /proc/$pid/status"), user $(in_machine sh -c "stat -c %U /proc/$pid")"
in_machine udevadm verify --no-summary /usr/lib/udev/rules.d/99-tillcat.rules 2>/dev/null && step 'udevadm verify: the rules are right' ||
  { in_machine udevadm --help | grep -q verify && fail 'udevadm verify' || step 'udevadm verify: not in this Debian'; }
in_machine systemd-analyze security --no-pager tillcat.service tillcat-train.service tillcat-backup.service 2>/dev/null |
  grep -i 'overall exposure' || true
step "scan through a pseudo-terminal: $(coupons_for 6340000001)"
step "the backup service: $(in_machine systemctl start tillcat-backup.service && in_machine sh -c 'ls /var/lib/tillcat/backups | tr "\n" " "')"

known=$(customers)
in_machine systemctl stop try-scanner.service
in_machine systemctl reboot || true
wait "$nspawn" && code=0 || code=$?
[ "$code" -eq 133 ] || fail "reboot ended with $code"
boot
plug_scanner
in_machine journalctl --no-pager -b -1 -p warning -n 8 | grep -i 'timed out' || true
step "booted again; serving after $(serving 30) ms; customers: $(customers)"
[ "$(customers)" = "$known" ] || fail 'customers are lost'
before=$(codes_printed)
scan 6340000001
sleep 1
[ "$(codes_printed)" -eq "$before" ] || fail 'the same customer got a second strip after the reboot'
step 'the first customer gets no second strip after the reboot'
step "another customer: $(coupons_for 6340000002)"

pid=$(main_pid)
in_machine systemctl kill --signal=KILL --kill-whom=main tillcat.service
took=$(until_true 10 started_anew "$pid")
step "kill -9: started anew after $took ms, serving after $(serving 20) ms more"

pid=$(main_pid)
in_machine systemctl kill --signal=USR1 --kill-whom=main tillcat.service
sleep 0.5
node --disable-warning=ExperimentalWarning "$root/test/soak/hang.ts" 9229
took=$(until_true 20 started_anew "$pid")
step "a hang: started anew by the watchdog after $took ms, serving after $(serving 20) ms more"
[ "$took" -lt 10000 ] || fail 'the watchdog took too long'

sum=$(in_machine sh -c 'cat /etc/tillcat/config.d/*.yaml /etc/tillcat/tillcat.yaml /var/lib/tillcat/secrets/shop.key | sha256sum')
from=$(date +%s%N)
in_machine apt-get install -y -qq "/root/packages/tillcat_${version}_amd64.deb" >"$work/apt" 2>&1 || { cat "$work/apt"; fail 'upgrade'; }
step "upgraded 0.0.9 to $(in_machine dpkg-query -W -f '${Version}' tillcat) in $((($(date +%s%N) - from) / 1000000)) ms; serving after $(serving 20) ms"
[ "$sum" = "$(in_machine sh -c 'cat /etc/tillcat/config.d/*.yaml /etc/tillcat/tillcat.yaml /var/lib/tillcat/secrets/shop.key | sha256sum')" ] || fail 'configuration or key changed'
[ "$(customers)" = "$known" ] || fail 'customers are lost in the upgrade'
step "a third customer: $(coupons_for 6340000003)"

in_machine apt-get remove -y -qq tillcat >/dev/null 2>&1
in_machine test -s /var/lib/tillcat/tillcat.db && in_machine test -s /etc/tillcat/tillcat.yaml || fail 'remove took the data'
in_machine systemctl is-active tillcat.service >/dev/null 2>&1 && fail 'removed, and still running'
step 'removed: data and configuration stay, nothing runs'
in_machine apt-get install -y -qq "/root/packages/tillcat_${version}_amd64.deb" >/dev/null 2>&1
step "installed again: serving after $(serving 20) ms, customers: $(customers)"
in_machine apt-get purge -y -qq tillcat >/dev/null 2>&1
left=$(in_machine find / -xdev \( -name '*tillcat*' -o -user 999999 \) -not -path '/proc/*' -not -path '/root/*' -not -path '/var/log/*' -not -path '/dev/*' -not -path '/var/cache/apt/*')
[ -z "$left" ] || fail "purge left: $left"
in_machine getent passwd tillcat && fail 'purge left the user'
step 'purged: nothing is left'
in_machine systemctl poweroff || true
wait "$nspawn" || true
nspawn=
step 'done'
