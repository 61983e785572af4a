// One household: its rhythm, its favourites with their own gaps, and what it puts in a basket on a visit.
import { KINDS, type HouseholdKind, type KindOfHousehold } from './household-kinds.ts';
import type { KindTastes, Liked } from './kind-tastes.ts';
import type { Random, WeightedChoice } from './random.ts';
import type { Season } from './seasons.ts';
import { drawTraits, type Traits } from './traits.ts';

/** A habit: bought again after its gap, more or less. */
type Habit = Liked & { readonly gapDays: number; readonly pieces: number; nextDue: number };

export type BasketLine = { readonly liked: Liked; readonly quantityMilli: number };

/** Favourites of one shelf a household has room for. */
const MOST_FAVOURITES_OF_A_SHELF = 6;
/** Of the things tried for the first time, how many become a habit. */
const ADOPTED = 0.12;
/** Chance that a visit in season brings something of the season. */
const SEASONAL = 0.22;
/** A habit that is due may still be forgotten or sold out. */
const REMEMBERED = 0.9;

export class Household {
  readonly kind: HouseholdKind;
  readonly #random: Random;
  readonly #tastes: KindTastes;
  readonly #traits: Traits;
  readonly #shelves: WeightedChoice;
  readonly #habits: Habit[] = [];
  readonly #visitsPerWeek: number;
  /** Days of visits, counted from the first day, where they are fixed. */
  readonly #fixedVisits: readonly number[] | null;

  constructor(of: { kind: HouseholdKind; tastes: KindTastes; random: Random; fixedVisits: readonly number[] | null }) {
    this.kind = of.kind;
    this.#random = of.random;
    this.#tastes = of.tastes;
    this.#fixedVisits = of.fixedVisits;
    this.#traits = drawTraits(of.kind, of.random);
    this.#shelves = of.tastes.shelvesFor(this.#traits);
    const { visitsPerWeek, habits } = this.#usual();
    this.#visitsPerWeek = visitsPerWeek[0] + (visitsPerWeek[1] - visitsPerWeek[0]) * of.random.next();
    this.#takeUpHabits(of.random.between(...habits));
  }

  /** The minute of the day of this day's visit, or null on a day without one. @param weekday 0 is Monday */
  visitMinute(day: number, weekday: number): number | null {
    const { weekdays, usualHour } = this.#usual();
    const comes =
      this.#fixedVisits?.includes(day) ??
      this.#random.next() < Math.min(0.95, (this.#visitsPerWeek * (weekdays[weekday] ?? 0)) / 100);
    if (!comes) return null;
    const minute = Math.round((usualHour + this.#random.bell() * 2.4) * 60);
    return Math.min(21 * 60 + 50, Math.max(7 * 60 + 5, minute));
  }

  /** What this visit's basket holds; never empty. */
  shop(day: number, seasons: readonly Season[]): readonly BasketLine[] {
    const basket = new Map<string, BasketLine>();
    for (const habit of this.#habits) {
      if (day < habit.nextDue || this.#random.next() > REMEMBERED) continue;
      habit.nextDue = day + this.#gap(habit.gapDays);
      this.#put(basket, habit, habit.pieces);
    }
    for (const season of seasons) {
      if (this.#random.next() >= SEASONAL) continue;
      const liked = this.#tastes.drawSeasonal(season, this.#traits, this.#random);
      if (liked !== null) this.#put(basket, liked, 1);
    }
    const impulses = this.#random.times(this.#usual().impulses);
    for (let i = 0; i < impulses || basket.size === 0; i++) this.#tryOut(basket, day);
    return [...basket.values()];
  }

  #usual(): KindOfHousehold {
    return KINDS[this.kind];
  }

  #takeUpHabits(count: number): void {
    const ofShelf = new Map<string, number>();
    for (let tries = 0; this.#habits.length < count && tries < count * 4; tries++) {
      const liked = this.#tastes.draw(this.#shelves, this.#random);
      if (liked === null || this.#isHabit(liked)) continue;
      const others = ofShelf.get(liked.shelf.category) ?? 0;
      if (others >= MOST_FAVOURITES_OF_A_SHELF) continue;
      ofShelf.set(liked.shelf.category, others + 1);
      this.#habits.push(this.#habitOf(liked, others));
    }
  }

  /** A second favourite of the same shelf is bought more seldom than the first. */
  #habitOf(liked: Liked, others: number): Habit {
    const gapDays = Math.max(2, liked.shelf.gapDays * (1 + 0.45 * others) * Math.exp(0.35 * this.#random.bell()));
    const pieces = Math.max(1, Math.round(this.#usual().appetite * (0.7 + this.#random.next() * 0.8)));
    return { ...liked, gapDays, pieces, nextDue: Math.floor(this.#random.next() * gapDays) };
  }

  #tryOut(basket: Map<string, BasketLine>, day: number): void {
    const liked = this.#tastes.draw(this.#shelves, this.#random);
    if (liked === null) return;
    this.#put(basket, liked, 1);
    if (this.#isHabit(liked) || this.#random.next() >= ADOPTED) return;
    const habit = this.#habitOf(liked, 1);
    habit.nextDue = day + this.#gap(habit.gapDays);
    this.#habits.push(habit);
  }

  #put(basket: Map<string, BasketLine>, { shelf, product }: Liked, pieces: number): void {
    const weight = Math.round((0.25 + this.#random.next() * 0.5) * this.#usual().appetite * 1000);
    const quantityMilli = product.isWeighed ? weight : pieces * 1000;
    basket.set(product.row.code, { liked: { shelf, product }, quantityMilli });
  }

  #isHabit({ product }: Liked): boolean {
    return this.#habits.some((habit) => habit.product === product);
  }

  #gap(days: number): number {
    return Math.max(1, Math.round(days * Math.exp(0.25 * this.#random.bell())));
  }
}
