// What one model of printer can do: facts from its manual, checked when they are read.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { nearestWord } from '../domain/nearest-word.ts';
import { TillError } from '../domain/till-error.ts';
import { toError } from '../domain/to-error.ts';
import { CODE_PAGE_NAMES } from './code-pages.ts';
import type { CodePageName } from './code-pages.ts';

const profileSchema = z
  .strictObject({
    name: z.string().regex(/^[a-z0-9][a-z0-9-]*$/, 'small letters, digits and hyphens'),
    /** "Epson TM-T20III", for people. */
    model: z.string().min(1),
    /** `hardware`: a strip was printed and read back on the device itself; `manual`: taken from documents. */
    proven: z.enum(['hardware', 'manual']),
    /** Its language. */
    commands: z.enum(['escpos', 'star-line']),
    paperWidthMm: z.number().min(40).max(120),
    /** Dots the head can print, and dots the paper is wide: the margin between them is never printed on. */
    printableDots: z.int().min(200).max(1000),
    paperDots: z.int().min(200).max(1000),
    dotsPerMm: z.number().min(5).max(13),
    /** Of font A, 12 dots each. */
    columns: z.int().min(20).max(80),
    /** Feed of an ordinary line after ESC @, in dots. */
    lineDots: z.int().min(24).max(60),
    /** Steps of ESC J and GS V n in an inch: the printer's vertical motion unit (GS P) after ESC @. */
    feedStepsPerInch: z.int().min(90).max(600),
    /** ESC t number of each page the printer has, the page to prefer first. */
    codePages: z.array(z.strictObject({ page: z.enum(CODE_PAGE_NAMES), slot: z.int().min(0).max(255) })).min(1),
    /** Chinese firmware takes high bytes for Chinese until FS . is sent. */
    cancelsKanji: z.boolean(),
    hasCutter: z.boolean(),
    /** From the print head to the blade, or to the edge one tears at. */
    cutterDistanceMm: z.number().min(0).max(60),
    /**
     * `ordered-reply`: GS r 1 and GS I are answered after everything before them; `process-id`: GS ( H 48 as well;
     * `etb-counter`: Star's status counts the ETBs that were reached; `none`: what came out is never known.
     */
    completion: z.enum(['ordered-reply', 'process-id', 'etb-counter', 'none']),
    /** What GS I 66 and 67 answer, so that another printer on the same cable is noticed; null where it is not known. */
    identity: z.strictObject({ maker: z.string().min(1), model: z.string().min(1) }).nullable(),
    /** `escpos`: answers DLE EOT 1 to 4; `star`: answers ESC ACK SOH; `none`: says nothing about itself. */
    status: z.enum(['escpos', 'star', 'none']),
    /** Drawn by the printer itself. */
    symbologies: z.array(z.enum(['code128', 'ean13', 'qr'])).min(1),
    /** Largest GS w it takes. */
    maxModuleDots: z.int().min(2).max(6),
    /** How it holds back a serial line. */
    flowControl: z.enum(['rts-cts', 'xon-xoff', 'none']),
    /** Key letters of a picture the shop has stored in the printer itself, printed above each strip; null for none. */
    logo: z
      .string()
      .regex(/^[ -~]{2}$/, 'two characters')
      .nullable()
      .default(null),
    /** What is worth knowing, and where it was read. */
    notes: z.array(z.strictObject({ fact: z.string().min(1), source: z.string().min(1) })),
  })
  .refine((p) => p.printableDots <= p.paperDots, 'printableDots is more than paperDots')
  .refine((p) => Math.abs(p.paperWidthMm * p.dotsPerMm - p.paperDots) <= 4, 'paperDots is not paperWidthMm × dotsPerMm')
  .refine((p) => p.columns * 12 <= p.printableDots, 'columns × 12 dots is more than printableDots')
  .refine((p) => p.logo === null || p.commands === 'escpos', 'a stored logo is for escpos only')
  .refine((p) => !p.symbologies.includes('qr') || p.commands === 'escpos', 'a QR code is for escpos only')
  .refine((p) => p.completion === 'none' || p.status !== 'none', 'completion needs a printer that tells its status')
  .refine(
    (p) => (p.commands === 'star-line') === (p.status === 'star' || p.completion === 'etb-counter'),
    'status star and completion etb-counter are of star-line, and star-line of them',
  );

export type PrinterProfile = z.infer<typeof profileSchema>;

/** @throws TillError PRINTER_PROFILE_INVALID naming every wrong field */
export function parseProfile({ text, file }: { readonly text: string; readonly file: string }): PrinterProfile {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (thrown) {
    throw new TillError('PRINTER_PROFILE_INVALID', { file, problems: [toError(thrown).message] }, { cause: thrown });
  }
  const parsed = profileSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'profile'}: ${issue.message}`);
  throw new TillError('PRINTER_PROFILE_INVALID', { file, problems });
}

/**
 * Reads `name`.json out of the first folder that has it; the first is the shop's own.
 * A folder that does not exist holds no profiles.
 * @throws TillError PRINTER_PROFILE_UNKNOWN listing what there is, PRINTER_PROFILE_INVALID, or FILE_UNREADABLE for a folder
 */
export function loadProfile({ name, folders }: ProfileRequest): PrinterProfile {
  const folder = folders.find((candidate) => profileNames(candidate).includes(name));
  if (folder === undefined) {
    const known = [...new Set(folders.flatMap(profileNames))].sort();
    const [ownFolder = ''] = folders;
    throw new TillError('PRINTER_PROFILE_UNKNOWN', { name, nearest: nearestWord(name, known), known, ownFolder });
  }
  const file = join(folder, `${name}.json`);
  const profile = parseProfile({ text: readText(file), file });
  if (profile.name !== name) {
    const problems = [`name: is "${profile.name}", but the file is called ${name}.json`];
    throw new TillError('PRINTER_PROFILE_INVALID', { file, problems });
  }
  return profile;
}

export type ProfileRequest = { readonly name: string; readonly folders: readonly string[] };

/** The ESC t number of a page, or null where the printer does not have it. */
export function slotOf(profile: PrinterProfile, page: CodePageName): number | null {
  return profile.codePages.find((entry) => entry.page === page)?.slot ?? null;
}

/** The page behind an ESC t number, or null where the profile knows none. */
export function pageInSlot(profile: PrinterProfile, slot: number): CodePageName | null {
  return profile.codePages.find((entry) => entry.slot === slot)?.page ?? null;
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (thrown) {
    throw new TillError('PRINTER_PROFILE_INVALID', { file, problems: [toError(thrown).message] }, { cause: thrown });
  }
}

function profileNames(folder: string): readonly string[] {
  let files: readonly string[];
  try {
    files = readdirSync(folder);
  } catch (thrown) {
    const error = toError(thrown);
    if ('code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return [];
    throw new TillError('FILE_UNREADABLE', { file: folder, problem: error.message }, { cause: thrown });
  }
  return files.filter((file) => file.endsWith('.json')).map((file) => file.slice(0, -'.json'.length));
}
