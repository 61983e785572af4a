#!/bin/sh
# Makes the quality table with one command: import, train and rank with the program itself, then judge beside the peers.
#
#   bench/quality/measure.sh DATA [lgsr|tafeng] [days remembered]      DATA holds <set>/purchases.csv.gz
#
# Lgsr is trained as of each of its three cuts, Ta-Feng once, without each customer's last basket: each time in a shop of its own, into
# which only those purchases come that the peers know as well. A fresh clone is enough: what it needs is installed first. About four
# minutes on two quiet cores.
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

if [ "$set" = tafeng ]; then
  # Its days only count baskets, so that the last day of all stands for the cut and nothing is too old.
  cuts=last-basket asof=2001-12-18 window=365 remembered=365
else
  # What is known at a cut is not forgotten before the visit, which is up to 28 days later.
  cuts='2008-03-14 2008-04-11 2008-05-09' asof='' window=56 remembered=$((memory + 28))
fi

tillcat() { "$here/bin/tillcat" --config "$shop/tillcat.yaml" "$@" 2>>"$work/log" || { cat "$work/log" >&2; exit 1; }; }

node "$here/bench/quality/run.ts" "$data" --set "$set" --memory "$memory" --peers no --cases "$work" >/dev/null
answers=
for cut in $cuts; do
  shop=$work/$cut
  mkdir "$shop"
  cat >"$shop/tillcat.yaml" <<YAML
data: var
secrets: secrets
shop: { id: "1", name: Measured, language: en, currency: EUR, timeZone: UTC }
history: { windowDays: $window, memoryDays: $remembered }
YAML
  [ ! -f "$data/$set/products.csv.gz" ] || tillcat import products "$data/$set/products.csv.gz"
  tillcat import purchases "$work/$set/known-$cut.csv"
  tillcat train --as-of "${asof:-$cut}"
  tillcat recommend --cases "$work/$set/cases-$cut.csv" --out "$shop/answers.jsonl"
  answers="$answers --answers $shop/answers.jsonl"
done
# shellcheck disable=SC2086 # several words on purpose
node "$here/bench/quality/run.ts" "$data" --set "$set" --memory "$memory" $answers
