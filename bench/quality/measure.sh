#!/bin/sh
# Makes the quality table with one command: import, train and rank with the program itself, then judge beside the peers.
#
#   bench/quality/measure.sh DATA [lgsr|tafeng] [days remembered]      DATA holds <set>/purchases.csv.gz
#
# Lgsr is trained as of each of its three cuts, Ta-Feng once, without each customer's last basket. A fresh clone is enough: what it
# needs is installed first. About four minutes on two quiet cores.
set -eu
here=$(cd "$(dirname "$0")/../.." && pwd)
data=${1:?the folder that holds lgsr/ and tafeng/}
set=${2:-lgsr}
memory=${3:-182}
[ -f "$data/$set/purchases.csv.gz" ] || { echo "Skipped: $data/$set/purchases.csv.gz is not there."; exit 0; }
[ -x "$here/node_modules/.bin/node" ] || (cd "$here" && npm ci >&2)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
PATH=$here/node_modules/.bin:$PATH
window=56
[ "$set" = tafeng ] && window=365 && memory=365
cat >"$work/tillcat.yaml" <<YAML
data: var
secrets: secrets
shop: { id: "1", name: Measured, language: en, currency: EUR, timeZone: UTC }
history: { windowDays: $window, memoryDays: $memory }
YAML
tillcat() { "$here/bin/tillcat" --config "$work/tillcat.yaml" "$@" 2>>"$work/log" || { cat "$work/log" >&2; exit 1; }; }
node "$here/bench/quality/run.ts" "$data" --set "$set" --memory "$memory" --peers no --cases "$work" >/dev/null
if [ "$set" = tafeng ]; then
  tillcat import purchases "$work/tafeng/known-purchases.csv"
  tillcat train --as-of 2001-12-18
  tillcat recommend --cases "$work/tafeng/cases-last-basket.csv" --out "$work/answers.jsonl"
  node "$here/bench/quality/run.ts" "$data" --set tafeng --answers "$work/answers.jsonl"
  exit 0
fi
tillcat import products "$data/lgsr/products.csv.gz"
tillcat import purchases "$data/lgsr/purchases.csv.gz"
answers=
for cut in 2008-03-14 2008-04-11 2008-05-09; do
  tillcat train --as-of "$cut"
  tillcat recommend --cases "$work/lgsr/cases-$cut.csv" --out "$work/$cut.jsonl"
  answers="$answers --answers $work/$cut.jsonl"
done
# shellcheck disable=SC2086 # several words on purpose
node "$here/bench/quality/run.ts" "$data" --set lgsr --memory "$memory" $answers
