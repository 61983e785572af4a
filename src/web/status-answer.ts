// The daemon's state and the shop's events, as JSON tells them.
import { z } from 'zod';
import { WAYS } from '../domain/judged-ranker.ts';
import { REPRINT_OUTCOMES, REPRINT_REASONS } from '../domain/reprint.ts';
import { isoDay } from '../domain/calendar.ts';
import { COUPON_STATES } from '../domain/coupon.ts';
import { LANGUAGES } from '../domain/language.ts';
import type { DaemonStatus, ShopEvent } from './desk.ts';
import { BASKET_OUTCOMES, DAEMON_STATES } from './desk.ts';
import { REDEEM_OUTCOMES } from './redemption-answer.ts';
import { instantText, stripEndSchema, visitOutcomeSchema } from './visit-answer.ts';

const PRINTER_STATES = [
  'ready',
  'printing',
  'paper-low',
  'paper-out',
  'cover-open',
  'cutter-jammed',
  'head-hot',
  'silent',
  'offline',
  'none',
] as const satisfies readonly DaemonStatus['printer']['status']['state'][];

/** How a ranker came into use: by which way, and what each way would have found at past visits; 0 of a way that was not there. */
const rankerSchema = z.object({
  way: z.enum(WAYS),
  cases: z.number().describe('Past visits it was judged by; 0: too few.'),
  gain: z
    .object({ plain: z.number(), shipped: z.number(), blended: z.number(), learned: z.number() })
    .describe('Mean NDCG of each way at these visits.'),
  earlier: z
    .object({ cases: z.number(), gain: z.object({ plain: z.number(), shipped: z.number() }) })
    .describe(
      'The same at the visits of the cut before, of the ways of which nothing was learned there; they are judged by both.',
    ),
  calibrationError: z.number().describe('How far its chances were from what came.'),
});

export const statusSchema = z
  .object({
    version: z.string(),
    state: z.enum(DAEMON_STATES),
    problems: z.array(z.string()),
    startedAt: z.iso.datetime(),
    till: z.string(),
    shop: z.object({
      name: z.string(),
      language: z.enum(LANGUAGES),
      timeZone: z.string(),
      currency: z.string(),
    }),
    address: z.string(),
    printer: z.object({
      name: z.string(),
      isSimulated: z.boolean(),
      state: z.enum(PRINTER_STATES),
      why: z.string().nullable().describe('Why it is offline.'),
      mismatch: z.string().nullable().describe('The printer says it is another one than the profile is for.'),
    }),
    scanner: z.object({
      state: z.enum(['ready', 'offline', 'none']),
      isSimulated: z.boolean(),
      why: z.string().nullable().describe('Why it is offline.'),
      scans: z.number().describe('Whole scans since the start.'),
      lost: z.number().describe('What came since the start and was no whole scan: garbled, cut short, without an end.'),
    }),
    clock: z.object({
      state: z.enum(['ok', 'doubtful']),
      now: z.iso.datetime().describe("The shop's time."),
      isReplay: z.boolean(),
    }),
    model: z
      .object({
        name: z.string(),
        asOf: z.iso.datetime(),
        ageDays: z.number(),
        rankers: z.object({ habitual: rankerSchema, new: rankerSchema }),
      })
      .nullable(),
    customers: z.number(),
    products: z.number(),
    queueLength: z.number(),
    lastVisits: z.array(
      z.object({
        visit: z.string(),
        at: z.iso.datetime(),
        outcome: visitOutcomeSchema,
        end: stripEndSchema.nullable(),
        coupons: z.number(),
      }),
    ),
    coupons: z.record(z.enum(COUPON_STATES), z.number()).describe('How many there are in each state.'),
    storage: z.object({
      state: z.enum(['ok', 'nearly-full', 'not-writable']),
      databaseBytes: z.number(),
      freeBytes: z.number(),
    }),
    sample: z.object({ newestDay: z.iso.date(), isOld: z.boolean() }).nullable(),
  })
  .meta({ title: 'Status' });

export const shopEventSchema = z
  .discriminatedUnion('kind', [
    z.object({
      kind: z.literal('visit'),
      at: z.iso.datetime(),
      visit: z.string(),
      outcome: visitOutcomeSchema,
      decisionMs: z.number().nullable(),
    }),
    z.object({
      kind: z.literal('strip-begun'),
      at: z.iso.datetime(),
      visit: z.string(),
      scanToFirstByteMs: z.number(),
    }),
    z.object({
      kind: z.literal('strip-ended'),
      at: z.iso.datetime(),
      visit: z.string(),
      end: stripEndSchema,
      coupons: z.number(),
    }),
    z.object({
      kind: z.literal('redemption'),
      at: z.iso.datetime(),
      outcome: z.enum(REDEEM_OUTCOMES),
      serial: z.string().nullable(),
    }),
    z.object({
      kind: z.literal('reprint'),
      at: z.iso.datetime(),
      visit: z.string(),
      reason: z.enum(REPRINT_REASONS),
      outcome: z.enum(REPRINT_OUTCOMES),
    }),
    z.object({ kind: z.literal('basket'), at: z.iso.datetime(), outcome: z.enum(BASKET_OUTCOMES) }),
    z.object({ kind: z.literal('status'), at: z.iso.datetime(), state: z.enum(DAEMON_STATES) }),
  ])
  .meta({ title: 'ShopEvent' });

export function statusJson(status: DaemonStatus): z.input<typeof statusSchema> {
  const { printer, scanner, clock, model, sample } = status;
  return {
    ...status,
    problems: [...status.problems],
    startedAt: instantText(status.startedAt),
    printer: {
      name: printer.name,
      isSimulated: printer.isSimulated,
      state: printer.status.state,
      why: printer.status.state === 'offline' ? printer.status.why : null,
      mismatch: printer.mismatch,
    },
    scanner: {
      state: scanner.state,
      isSimulated: scanner.state === 'ready' && scanner.isSimulated,
      why: scanner.state === 'offline' ? scanner.why : null,
      scans: scanner.state === 'ready' ? scanner.scans : 0,
      lost: scanner.state === 'ready' ? scanner.lost : 0,
    },
    clock: { ...clock, now: instantText(clock.now) },
    model: model === null ? null : { ...model, asOf: instantText(model.asOf) },
    lastVisits: status.lastVisits.map((visit) => ({ ...visit, at: instantText(visit.at) })),
    sample: sample === null ? null : { newestDay: isoDay(sample.newestDay), isOld: sample.isOld },
  };
}

export function eventJson(event: ShopEvent): z.input<typeof shopEventSchema> {
  return { ...event, at: instantText(event.at) };
}
