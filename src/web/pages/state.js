// How the till is: a pill for each of its parts, a line for each thing that is wrong, and the figures at the foot.
import { known } from './known.js';
import { byId, make, notice } from './page.js';
import { dateTime, locale, text } from './words.js';

export function showState() {
  const { status } = known;
  byId('shop').textContent = status.shop.name;
  const { printer, scanner, clock, model } = status;
  const simulated = (device) => (device.isSimulated ? ` · ${text('device.simulated')}` : '');
  const mood = { ready: 'good', printing: 'good', 'paper-low': 'warn', none: 'warn' };
  const days = model === null ? 0 : Math.floor(model.ageDays);
  const age = days < 1 ? text('model.fresh') : text('model.age', { days });
  byId('state').replaceChildren(
    pill(
      'printer.label',
      text(`printer.${printer.state}`) + simulated(printer),
      mood[printer.state] ?? 'bad',
      printer.why,
    ),
    pill(
      'scanner.label',
      text(`scanner.${scanner.state}`) + simulated(scanner),
      { ready: 'good', offline: 'bad' }[scanner.state] ?? '',
      scanner.why,
    ),
    pill('clock.label', text(`clock.${clock.state}`), clock.state === 'ok' ? 'good' : 'bad'),
    pill('model.label', model === null ? text('model.none') : age, model === null ? 'warn' : 'good', model?.name),
  );
  const isFaulty = mood[printer.state] === undefined;
  notice('printer', 'bad', isFaulty ? text('printer.fault', { state: text(`printer.${printer.state}`) }) : null);
  const isServing = status.state === 'ready' || status.state === 'degraded';
  notice('daemon', 'bad', isServing ? null : text(`state.${status.state}`));
  notice('clock', 'bad', clock.state === 'doubtful' ? text('clock.doubtfulLong') : null);
  notice('replay', 'warn', clock.isReplay ? text('clock.replay', { time: dateTime(clock.now) }) : null);
  notice('storage', 'bad', status.storage.state === 'ok' ? null : text(`storage.${status.storage.state}`));
  notice('sample', 'warn', status.sample?.isOld ? text('sample.old', { day: status.sample.newestDay }) : null);
  notice('problems', 'warn', status.problems.length === 0 ? null : status.problems.join(' '));
  const figures = ['customers', 'products'].map(
    (key) => `${status[key].toLocaleString(locale)} ${text(`figures.${key}`)}`,
  );
  if (status.queueLength > 0) figures.push(`${status.queueLength} ${text('figures.queue')}`);
  byId('figures').textContent = `${figures.join(' · ')} · ${status.version}`;
}

function pill(label, words, mood, why) {
  const name = make('b', {}, text(label));
  return make('li', { className: mood, title: why ?? '' }, name, ` ${words}`);
}
