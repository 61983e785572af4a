#!/usr/bin/env bash
# Shows the package on a Debian that boots: installed, ready, a scan to coupons, reboot, kill, hang, removal, and an upgrade in a visit.
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
# What needs the network is done first; then a network of its own, so that nothing in it meets what else runs here.
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
  packages=$(mktemp -d)
  mkdir "$packages/new"
  if [ -n "${TILLCAT_TRY_DEB:-}" ]; then
    cp "$TILLCAT_TRY_DEB" "$packages/new"
  else
    "$here/build" --arch amd64 --out "$packages/new" >/dev/null
  fi
  "$here/try/version-before" "$packages/old"
  export TILLCAT_TRY_TAR=$cache/$suite.tar TILLCAT_TRY_PACKAGES=$packages TILLCAT_TRY_INSIDE=1
  exec unshare --net -- "$0" "$suite"
fi
ip link set lo up
# Entered machines start where we stand.
cd /
PATH=$root/node_modules/.bin:$PATH

. "$here/try/machine.sh"

step "Debian: $suite"
fill_machine "$TILLCAT_TRY_TAR"
step "the package: $(cd "$TILLCAT_TRY_PACKAGES/new" && stat -c '%n, %s bytes' *.deb)"
version=$(sed -n 's/^  "version": "\(.*\)",$/\1/p' "$root/package.json")
package=/root/packages/tillcat_${version}_amd64.deb
cp "$TILLCAT_TRY_PACKAGES"/new/*.deb "$machine$package"
"$here/try/small-shop" "$machine/root/shop"
plug_printer

boot
step 'booted'
plug_scanner
from=$(date +%s%N)
since=$(in_machine date +%s.%N)
apt_in_machine install "$package"
step "installed with one command in $(ms_since "$from") ms; $(in_machine systemctl is-active tillcat.service)"
step "the first start: $(compiled_ahead "$since")"
# The times of the later ones are nobody's concern: no file of theirs is waited for until it is on the disk.
in_machine sh -c 'echo force-unsafe-io >/etc/dpkg/dpkg.cfg.d/try'
in_machine systemctl is-enabled tillcat.service tillcat-{purge,train,backup}.timer >/dev/null || fail 'units not enabled'
configure_shop
step 'configured by two files, imported, trained by the night service'
from=$(date +%s%N)
in_machine systemctl restart tillcat.service
step "restart to ready in $(ms_since "$from") ms; serving after $(serving 20) ms more"
in_machine tillcat status
in_machine tillcat doctor || fail 'the doctor finds errors'
pid=$(main_pid)
in_proc() { in_machine sh -c "awk '$1' /proc/$pid/status"; }
step "resident $(resident) MB; capabilities $(in_proc '/CapEff/ {print $2}'), seccomp $(in_proc '/^Seccomp:/ {print $2}'), user $(in_machine stat -c %U "/proc/$pid")"
in_machine udevadm verify --no-summary /usr/lib/udev/rules.d/99-tillcat.rules 2>/dev/null && step 'udevadm verify: the rules are right' ||
  { in_machine udevadm --help | grep -q verify && fail 'udevadm verify' || step 'udevadm verify: not in this Debian'; }
in_machine systemd-analyze security --no-pager tillcat{,-purge,-train,-backup}.service 2>/dev/null |
  grep -i 'overall exposure' || true
step "scan through a pseudo-terminal: $(coupons_for 6340000001)"
in_machine systemctl start --no-block tillcat-{purge,train,backup}.service
step "a scan while the night's three services start at once: $(coupons_for 6340000004)"
for unit in purge train backup; do
  until_true 120 sh -c "[ \$(systemctl show --property=ActiveState --value tillcat-$unit.service) = inactive ]" >/dev/null
done
step "the night's services are done; backups: $(in_machine sh -c 'ls /var/lib/tillcat/backups | tr "\n" " "')"

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

apt_in_machine remove tillcat
in_machine test -s /var/lib/tillcat/tillcat.db && in_machine test -s /etc/tillcat/tillcat.yaml || fail 'remove took the data'
in_machine systemctl is-active tillcat.service >/dev/null 2>&1 && fail 'removed, and still running'
step 'removed: data and configuration stay, nothing runs'
apt_in_machine install "$package"
step "installed again: serving after $(serving 20) ms, customers: $(customers)"
purge_and_look() {
  apt_in_machine purge tillcat
  left=$(in_machine find / -xdev \( -name '*tillcat*' -o -user 999999 \) -not -path '/proc/*' -not -path '/root/*' -not -path '/var/log/*' -not -path '/dev/*' -not -path '/var/cache/apt/*')
  [ -z "$left" ] || fail "purge left: $left"
  in_machine getent passwd tillcat && fail 'purge left the user'
  step 'purged: nothing is left'
}
purge_and_look

. "$here/try/upgrade.sh"
purge_and_look
in_machine systemctl poweroff || true
wait "$nspawn" || true
nspawn=
step 'done'
