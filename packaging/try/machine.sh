# The machine of a trial: a folder that mmdebstrap filled, booted by systemd-nspawn, with a scanner in it and a printer outside.
# Sourced by try-on-debian.sh, which sets root (the program's folder) and suite.

work=$(mktemp -d)
machine=$work/machine
# Without systemd outside there is nobody to have made this.
mkdir -p /run/systemd
nspawn=
printer=
ended() {
  code=$?
  exec >&2
  if [ "$code" -ne 0 ] && [ -n "$nspawn" ]; then
    in_machine journalctl --no-pager -n 40 -u 'tillcat*' || true
    in_machine systemctl --no-pager --failed || true
  fi
  if [ -n "$nspawn" ]; then kill -KILL "$nspawn" 2>/dev/null || true; fi
  if [ -n "$printer" ]; then kill "$printer" 2>/dev/null || true; fi
  cd /
  for _ in 1 2 3 4 5 6; do
    rm -rf "$work" "$TILLCAT_TRY_PACKAGES" 2>/dev/null && break
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
ms_since() { echo $((($(date +%s%N) - $1) / 1000000)); }

leader() { pgrep -P "$nspawn" | head -n 1; }
in_machine() {
  nsenter --target "$(leader)" --mount --uts --ipc --pid --cgroup --root -- \
    env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive HOME=/root "$@"
}
# Nobody is there to answer a question: standard input is empty.
apt_in_machine() { in_machine apt-get "$1" -y -qq "${@:2}" </dev/null >"$work/apt" 2>&1 || { cat "$work/apt"; fail "apt $1"; }; }
# Waits until a command in the machine succeeds; tells how long that took, in ms.
until_true() {
  limit_s=$1
  shift
  from=$(date +%s%N)
  until in_machine "$@" >/dev/null 2>&1; do
    [ "$(ms_since "$from")" -lt $((limit_s * 1000)) ] || fail "not within $limit_s s: $*"
    sleep 0.05
  done
  ms_since "$from"
}

fill_machine() {
  mkdir "$machine"
  tar -xf "$1" -C "$machine"
  # Whether another process than the one given is the service's by now.
  printf '#!/bin/sh\npid=$(systemctl show --property=MainPID --value tillcat.service)\n[ "$pid" != 0 ] && [ "$pid" != "$1" ]\n' \
    >"$machine/usr/bin/started_anew"
  chmod 0755 "$machine/usr/bin/started_anew"
  # What an entered process left behind is not waited for when the machine goes down.
  mkdir -p "$machine/etc/systemd/system.conf.d"
  printf '[Manager]\nDefaultTimeoutStopSec=5s\n' >"$machine/etc/systemd/system.conf.d/try.conf"
  rm -f "$machine/etc/resolv.conf" && touch "$machine/etc/resolv.conf"
  mkdir "$machine/root/packages" "$machine/root/shop"
  chmod 0755 "$machine/root" "$machine/root/shop"
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

# The printer is a program outside that speaks over TCP; while the file printed.bin.slow is there it takes its time.
plug_printer() {
  node --disable-warning=ExperimentalWarning "$root/test/soak/printer-outside.ts" 9100 "$work/printed.bin" &
  printer=$!
}
# GS k 73: a coupon's code as the printer gets it; GS V 0: the cut that ends a strip.
codes_printed() { LC_ALL=C grep -aoP '\x1dk\x49' "$work/printed.bin" | wc -l; }
# Socat makes the pseudo-terminal in the machine; what is written to /run/scans comes out of it.
plug_scanner() {
  in_machine sh -c 'mkdir -p /dev/tillcat && : >/run/scans && chgrp dialout /dev/tillcat'
  in_machine systemd-run --quiet --unit=try-scanner --property=KillSignal=SIGKILL socat -u \
    EXEC:'tail -n0 -F /run/scans' PTY,raw,echo=0,link=/dev/tillcat/scanner,group=dialout,mode=660
}
scan() { in_machine sh -c "printf '%s\r' $1 >>/run/scans"; }
# Sets first: how long after the scan the first coupon was seen, in ms, looked for every 50 ms.
await_coupon() {
  before=$(codes_printed)
  from=$(date +%s%N)
  scan "$1"
  for _ in $(seq 200); do
    if [ "$(codes_printed)" -gt "$before" ]; then break; fi
    sleep 0.05
  done
  first=$(ms_since "$from")
  [ "$(codes_printed)" -gt "$before" ] || fail "card $1 got no coupon"
}
coupons_for() {
  await_coupon "$1"
  sleep 1
  got=$(($(codes_printed) - before))
  [ "$got" -ge 1 ] && [ "$got" -le 6 ] || fail "card $1 got $got coupons"
  echo "$got coupons on the printer outside, the first seen after $first ms"
}

serving() { until_true "$1" sh -c 'tillcat status --json | grep -q "\"state\":\"ready\""'; }
customers() { in_machine tillcat status --json | sed 's/.*"customers":\([0-9]*\).*/\1/'; }
main_pid() { in_machine systemctl show --property=MainPID --value tillcat.service; }
# Compiled ahead: the service's process found its code compiled, by its user and its flags, and compiled next to nothing itself.
# Usage: compiled_ahead SINCE    SINCE: when the installation began, in seconds; nothing of an earlier version is left.
compiled_ahead() {
  compiled=/var/cache/tillcat/tillcat/compiled
  start=$(in_machine sh -c 'date -d "$(systemctl show --timestamp=us+utc --property=ExecMainStartTimestamp --value tillcat.service)" +%s.%N')
  counted() { in_machine find "$compiled" -type f "$@" | wc -l; }
  stale=$(counted ! -newermt "@$1")
  ahead=$(counted -newermt "@$1" ! -newermt "@$start")
  later=$(counted -newermt "@$start")
  strange=$(counted ! -user tillcat)
  # Each file of the program has two entries; libraries bring in some of theirs when they are used.
  least=$((2 * $(in_machine find /usr/lib/tillcat/src -name '*.ts' | wc -l) - 4))
  [ "$stale" -eq 0 ] && [ "$strange" -eq 0 ] && [ "$ahead" -ge "$least" ] && [ "$later" -le 50 ] ||
    fail "compiled ahead $ahead of at least $least, by the service itself $later, left of before $stale, not the service's own $strange"
  echo "$ahead compiled ahead of the first start, $later by the service itself; resident $(resident) MB"
}
resident() { in_machine awk '/VmRSS/ {print int($2 / 1024)}' "/proc/$(main_pid)/status"; }
# The number of a store's schema, asked as SQLite's own user_version.
schema_of() {
  in_machine /usr/lib/tillcat/node_modules/.bin/node -e \
    "console.log(require('/usr/lib/tillcat/node_modules/better-sqlite3')(process.argv[1], { readonly: true }).pragma('user_version', { simple: true }))" "$1"
}
settings() { in_machine sh -c 'cat /etc/tillcat/config.d/*.yaml /etc/tillcat/tillcat.yaml /var/lib/tillcat/secrets/shop.key | sha256sum'; }
# A fleet's file and a till's, over the configuration that was installed.
configure_shop() {
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
}
