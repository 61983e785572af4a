#!/bin/sh
# Checks the units: whether systemd understands them, and how much of the machine they may touch.
# Usage: systemd/check.sh    Exit 0 where both are right, or where there is no systemd-analyze to ask.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
root=$(dirname "$here")
# In tenths, as systemd-analyze counts them: at most 2.0.
most_exposed=20

if ! command -v systemd-analyze >/dev/null; then
  echo "systemd/check.sh: skipped, there is no systemd-analyze on this machine"
  exit 0
fi

copies=$(mktemp -d)
trap 'rm -rf "$copies"' EXIT
for unit in "$here"/*.service "$here"/*.timer; do
  sed "s|/opt/tillcat|$root|g" "$unit" >"$copies/$(basename "$unit")"
done

failed=0
for unit in "$copies"/*.service "$copies"/*.timer; do
  name=$(basename "$unit")
  # Only what is said of our own files counts; units of the machine itself are not ours to judge.
  said=$(SYSTEMD_UNIT_PATH="$copies:" systemd-analyze verify --man=no "$unit" 2>&1) && code=0 || code=$?
  ours=$(printf '%s\n' "$said" | grep -F "$copies" || true)
  if [ "$code" -ne 0 ] || [ -n "$ours" ]; then
    echo "$name: systemd does not take it:" >&2
    printf '%s\n' "$said" | sed "s|$copies/||g" >&2
    failed=1
  else
    echo "$name: understood"
  fi
done

for unit in "$copies"/*.service; do
  name=$(basename "$unit")
  if report=$(systemd-analyze security --offline=true --threshold="$most_exposed" --no-pager "$unit" 2>&1); then
    printf '%s\n' "$report" | tail -n 1
  else
    echo "$name: more exposed than $most_exposed tenths:" >&2
    printf '%s\n' "$report" | grep '✗' >&2
    failed=1
  fi
done
exit "$failed"
