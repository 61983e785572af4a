// What systemd is told, and that its watchdog starves when no scan could be served.
import { beforeEach, describe, expect, test } from 'vitest';
import { instant } from '../../src/domain/calendar.ts';
import { serviceNotify } from '../../src/system/service-notify.ts';
import { SimulatedClock } from '../../src/system/simulated-clock.ts';
import { stopSignals } from '../../src/system/stop-signals.ts';
import { askTimeSync } from '../../src/system/time-sync.ts';

let clock: SimulatedClock;
let sent: string[];
let reports: string[];
beforeEach(() => {
  clock = new SimulatedClock(instant(0));
  sent = [];
  reports = [];
});

function notify(env: Record<string, string>, run = (words: string) => Promise.resolve(words)) {
  return serviceNotify({
    env,
    pid: 42,
    clock,
    run: ({ program, args }) => {
      sent.push([program, ...args].join(' '));
      return run(program);
    },
    report: (error) => reports.push(error.message),
  });
}

const SERVICE = { NOTIFY_SOCKET: '/run/systemd/notify', WATCHDOG_USEC: '9000000', WATCHDOG_PID: '42' };

describe('systemd', () => {
  test('is told that we are ready, how we are, and that we stop', async () => {
    const service = notify(SERVICE);
    await service.ready('scanner listening\nprinter ready');
    await service.status('paper out');
    await service.stopping();
    expect(sent).toEqual([
      'systemd-notify --ready --status=scanner listening printer ready',
      'systemd-notify --status=paper out',
      'systemd-notify STOPPING=1',
    ]);
  });

  test('is told nothing where it did not start us', async () => {
    const service = notify({});
    await service.ready('');
    await service.watch({ signal: new AbortController().signal, isHealthy: () => Promise.resolve(true) });
    expect(sent).toEqual([]);
  });

  test('that cannot be told is reported, and the shop goes on', async () => {
    await notify(SERVICE, () => Promise.reject(new Error('systemd-notify failed: not installed'))).ready('');
    expect(reports).toEqual(['systemd-notify failed: not installed']);
  });
});

describe('the watchdog', () => {
  const watch = (isHealthy: () => Promise<boolean>, env: Record<string, string> = SERVICE) => {
    const stop = new AbortController();
    const watching = notify(env).watch({ signal: stop.signal, isHealthy });
    return { end: () => (stop.abort(), watching) };
  };

  test('is fed three times in its period while a scan could be served', async () => {
    const { end } = watch(() => Promise.resolve(true));
    await clock.advance(9000);
    await end();
    expect(sent).toEqual(Array(4).fill('systemd-notify WATCHDOG=1'));
    expect(clock.pendingCount).toBe(0);
  });

  test.each([
    ['says no', () => Promise.resolve(false)],
    ['fails', () => Promise.reject(new Error('database is locked'))],
    ['does not answer', () => new Promise<boolean>(() => {})],
  ])('is not fed while the health check %s', async (_name, isHealthy) => {
    const { end } = watch(isHealthy);
    await clock.advance(30_000);
    await end();
    expect(sent).toEqual([]);
  });

  test('is fed again when the check says yes again', async () => {
    let isHealthy = false;
    const { end } = watch(() => Promise.resolve(isHealthy));
    await clock.advance(3000);
    isHealthy = true;
    await clock.advance(3000);
    await end();
    expect(sent).toHaveLength(1);
  });

  test('of another process is not ours to feed', async () => {
    const { end } = watch(() => Promise.resolve(true), { ...SERVICE, WATCHDOG_PID: '41' });
    await clock.advance(9000);
    await end();
    expect(sent).toEqual([]);
  });
});

describe('stop signals', () => {
  function source() {
    const listeners = new Map<string, () => void>();
    const exits: number[] = [];
    return {
      exits,
      raise: (name: string) => listeners.get(name)?.(),
      on: (name: string, listener: () => void) => listeners.set(name, listener),
      off: (name: string) => listeners.delete(name),
      exit: (code: number) => exits.push(code),
    };
  }

  test('end everything once, in peace', async () => {
    const it = source();
    {
      using stop = stopSignals({ source: it, clock });
      it.raise('SIGTERM');
      expect(stop.signal.aborted).toBe(true);
      expect(stop.signal.reason).toEqual(new Error('stopped by SIGTERM'));
      await clock.advance(10_000);
    }
    await clock.advance(60_000);
    it.raise('SIGTERM');
    expect(it.exits).toEqual([]);
  });

  test('end at once when asked twice', () => {
    const it = source();
    using stop = stopSignals({ source: it, clock });
    it.raise('SIGTERM');
    it.raise('SIGINT');
    expect(stop.signal.reason).toEqual(new Error('stopped by SIGTERM'));
    expect(it.exits).toEqual([130]);
  });

  test('end by force when the peaceful end does not come', async () => {
    const it = source();
    using stop = stopSignals({ source: it, clock });
    it.raise('SIGTERM');
    expect(stop.signal.aborted).toBe(true);
    await clock.advance(15_000);
    expect(it.exits).toEqual([143]);
  });
});

describe('the clock is held right', () => {
  test.each([
    ['of now', 0, 'no', 'synchronised'],
    ['of half an hour ago', 1_800_000, 'no', 'synchronised'],
    ['of yesterday: nobody has answered since', 86_400_000, 'no', 'not-synchronised'],
    ['of a year ago: the clock was set ahead since', 365 * 86_400_000, 'no', 'not-synchronised'],
    ['of tomorrow: the clock was set back since', -86_400_000, 'no', 'not-synchronised'],
    ['of yesterday, and chrony keeps the clock', 86_400_000, 'yes\n', 'synchronised'],
    ['that is not there', null, 'yes\n', 'synchronised'],
    ['that is not there', null, 'no\n', 'not-synchronised'],
    ['that is not there', null, null, 'unknown'],
  ])('a mark %s (%j), kernel %j: %s', async (_, ageMs, answer, state) => {
    const nowMs = Date.UTC(2026, 10, 22);
    const ask = askTimeSync({
      touchedAt: () => Promise.resolve(ageMs === null ? null : nowMs - ageMs),
      nowMs: () => nowMs,
      run: () => (answer === null ? Promise.reject(new Error('no timedatectl')) : Promise.resolve(answer)),
    });
    expect(await ask()).toBe(state);
  });
});
