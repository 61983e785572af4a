#!/usr/bin/env bash
# Shows that the arm64 package's program runs: its Node, store and serial library under qemu-user, and one visit through HTTP.
# Usage: packaging/try-arm64.sh [tillcat_VERSION_arm64.deb]
# Kept in ${TILLCAT_TRY_CACHE:-/var/cache/tillcat-try}: Debian's C and C++ libraries for arm64, apart from this machine's.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
if ! command -v qemu-aarch64-static >/dev/null; then
  echo "try-arm64: skipped, it needs qemu-user-static"
  exit 0
fi
cache=${TILLCAT_TRY_CACHE:-/var/cache/tillcat-try}
libraries=$cache/arm64
if [ ! -d "$libraries/root" ]; then
  mkdir -p "$libraries/state/lists/partial" "$libraries/cache/archives/partial"
  echo 'deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] http://deb.debian.org/debian bookworm main' >"$libraries/sources.list"
  : >"$libraries/status"
  apt=(apt-get -qq -o Dir::State="$libraries/state" -o Dir::State::status="$libraries/status" -o Dir::Cache="$libraries/cache"
    -o Dir::Etc::sourcelist="$libraries/sources.list" -o Dir::Etc::sourceparts=- -o APT::Architecture=arm64
    -o APT::Architectures=arm64 -o APT::Sandbox::User=root)
  "${apt[@]}" update
  (cd "$libraries" && "${apt[@]}" download libc6:arm64 libstdc++6:arm64 libgcc-s1:arm64)
  for deb in "$libraries"/*.deb; do dpkg-deb --extract "$deb" "$libraries/root.part"; done
  mv "$libraries/root.part" "$libraries/root"
fi

work=$(mktemp -d)
daemon=
ended() {
  code=$?
  if [ -n "$daemon" ]; then kill "$daemon" 2>/dev/null || true; fi
  rm -rf "$work"
  exit "$code"
}
trap ended EXIT
began=$(date +%s%N)
step() { printf '%7.2f s  %s\n' "$(awk -v a="$began" -v b="$(date +%s%N)" 'BEGIN { print (b - a) / 1e9 }')" "$1"; }

deb=${1:-}
if [ -z "$deb" ]; then
  "$here/build" --arch arm64 --out "$work/built" >/dev/null
  deb=$(echo "$work"/built/*.deb)
fi
dpkg-deb --extract "$deb" "$work/package"
program=$work/package/usr/lib/tillcat
tillcat() {
  qemu-aarch64-static -L "$libraries/root" "$program/node_modules/.bin/node" --disable-warning=ExperimentalWarning \
    "$program/src/main.ts" --config "$work/tillcat.yaml" "$@"
}
step "$(basename "$deb"): $(dpkg-deb --field "$deb" Architecture), Node $(qemu-aarch64-static -L "$libraries/root" "$program/node_modules/.bin/node" -p 'process.version + " " + process.arch')"
port=$((20000 + $$ % 20000))
cat >"$work/tillcat.yaml" <<YAML
data: data
secrets: secrets
http: { port: $port }
cards: [ { prefix: "63400", length: 10, check: none } ]
gs1: { companyPrefix: "6412345" }
holdout: { customersPercent: 0 }
policy: { categories: { "*": ok } }
YAML
"$here/try/small-shop" "$work"
# Emulated, a till is some thirty times slower.
head -n 2000 "$work/purchases.csv" >"$work/some.csv" && mv "$work/some.csv" "$work/purchases.csv"
for kind in products customers purchases; do tillcat import "$kind" "$work/$kind.csv" 2>/dev/null; done
step 'imported'
tillcat run >"$work/log" 2>&1 &
daemon=$!
for _ in $(seq 600); do
  if curl --silent --fail "http://127.0.0.1:$port/healthz" >/dev/null; then break; fi
  sleep 0.1
done
step 'ready'
answer=$(curl --silent --fail -H 'Content-Type: application/json' -d '{"card":"6340000001"}' "http://127.0.0.1:$port/api/v1/scans")
visit=$(printf '%s' "$answer" | sed 's/.*"visit":"\([^"]*\)".*/\1/')
for _ in $(seq 200); do
  record=$(curl --silent --fail "http://127.0.0.1:$port/api/v1/visits/$visit")
  if printf '%s' "$record" | grep -q '"end":"printed"'; then break; fi
  sleep 0.1
done
if ! printf '%s' "$record" | grep -q '"end":"printed"'; then
  echo "try-arm64: no strip came out: $record" >&2
  cat "$work/log" >&2
  exit 1
fi
step "a visit: $(printf '%s' "$record" | grep -o '"serial"' | wc -l) coupons, printed"
