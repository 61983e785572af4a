# The upgrade of a trial: from a version whose store has an older schema, while a customer's strip is being printed.
# Sourced by try-on-debian.sh after machine.sh, in a machine without TillCAT.

if [ ! -e "$TILLCAT_TRY_PACKAGES/old/previous" ]; then
  # A copy without its history cannot show it, and says so.
  step 'no upgrade: this checkout has no history from before the last change of the tables'
  return
fi
mv "$TILLCAT_TRY_PACKAGES"/old/*.deb "$machine/root/packages"
step "the version before, as 0.0.9: $(cat "$TILLCAT_TRY_PACKAGES/old/previous")"

apt_in_machine install /root/packages/tillcat_0.0.9_amd64.deb
in_machine sed -i 's/^  name: .*/  name: Kulmakauppa, edited by hand/' /etc/tillcat/tillcat.yaml
in_machine grep -q 'edited by hand' /etc/tillcat/tillcat.yaml || fail 'the configuration was not edited'
configure_shop
in_machine systemctl restart tillcat.service
serving 20 >/dev/null
step "0.0.9 serves with schema $(schema_of /var/lib/tillcat/tillcat.db); a customer: $(coupons_for 6340000001)"
known=$(customers)
old=$(schema_of /var/lib/tillcat/tillcat.db)
sum=$(settings)
pid=$(main_pid)

# A printer that takes four seconds for each piece of the strip, and an upgrade in the middle of it.
cuts() { LC_ALL=C grep -aoP '\x1dV[\x00\x41]' "$work/printed.bin" | wc -l; }
whole=$(cuts)
: >"$work/printed.bin.slow"
await_coupon 6340000002
step "a strip is being printed, slowly; its first coupon came after $first ms"
printing=$before
from=$(date +%s%N)
(
  until [ "$(cuts)" -gt "$whole" ]; do sleep 0.05; done
  ms_since "$from" >"$work/strip-ended"
) &
watches=$!
(
  until in_machine started_anew "$pid" 2>/dev/null; do sleep 0.1; done
  ms_since "$from" >"$work/started-anew"
) &
watches="$watches $!"
since=$(in_machine date +%s.%N)
apt_in_machine install "$package"
installed=$(ms_since "$from")
# shellcheck disable=SC2086
wait $watches
rm "$work/printed.bin.slow"
step "apt ended after $installed ms, the strip after $(cat "$work/strip-ended") ms, the new version's process began after $(cat "$work/started-anew") ms"
[ "$(cat "$work/strip-ended")" -lt "$(cat "$work/started-anew")" ] || fail 'the service was restarted in a visit'
step "serving again after $(serving 60) ms as $(in_machine dpkg-query -W -f '${Version}' tillcat)"
step "the new version's first start: $(compiled_ahead "$since")"
got=$(($(codes_printed) - printing))
[ "$got" -ge 1 ] && [ "$got" -le 6 ] && [ "$(cuts)" -eq $((whole + 1)) ] || fail "$got coupons on $(($(cuts) - whole)) strips"
# Without a model it reads it is degraded, and says so by its exit code.
told=$(in_machine tillcat status --json | sed 's/.*"lastVisits":\[{\([^}]*\)}.*/\1/') || true
case $told in
  *'"end":"printed"'*"\"coupons\":$got"*) ;;
  *) fail "the strip is not known as printed: $told" ;;
esac
scan 6340000002
sleep 2
[ "$(($(codes_printed) - printing))" -eq "$got" ] || fail 'the strip came out twice'
step "that customer's strip came out whole, $got coupons, confirmed by the printer, and no second one"

copy=/var/lib/tillcat/backups/before-schema-$(schema_of /var/lib/tillcat/tillcat.db).db
in_machine test -s "$copy" || fail "there is no copy of the store from before the change of its tables: $copy"
[ "$(schema_of "$copy")" -eq "$old" ] || fail "$copy has schema $(schema_of "$copy"), and had $old"
[ "$(schema_of /var/lib/tillcat/tillcat.db)" -gt "$old" ] || fail 'the store was not brought forward'
step "the store went from schema $old to $(schema_of /var/lib/tillcat/tillcat.db), copied before: $(basename "$copy") has schema $(schema_of "$copy")"
[ "$sum" = "$(settings)" ] || fail 'configuration or key changed'
[ "$(customers)" = "$known" ] || fail 'customers are lost in the upgrade'
in_machine systemctl is-enabled tillcat-{purge,train,backup}.timer >/dev/null || fail 'timers not enabled by the upgrade'
took=$(until_true 150 sh -c 'tillcat status --json | grep -q "\"model\":{"')
step "a model that the new version reads is in use after $took ms"
step "configuration edited by hand, config.d, key and $known customers are as before; a third customer: $(coupons_for 6340000003)"
