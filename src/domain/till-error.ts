// Every failure of the environment that has a name: one code, one sentence saying what, which value and what to do.

const sentences = {
  CONFIG_UNREADABLE: (d: { file: string; problem: string }) =>
    `Cannot read the configuration ${d.file}: ${d.problem}; check the path and its permissions.`,
  CONFIG_INVALID: (d: { file: string; problems: readonly string[] }) =>
    `The configuration ${d.file} is not right:\n  ${d.problems.join('\n  ')}`,
  FILE_UNWRITABLE: (d: { file: string; problem: string }) =>
    `Cannot write ${d.file}: ${d.problem}; name another place, or make room there.`,
  FILE_UNREADABLE: (d: { file: string; problem: string }) =>
    `Cannot read ${d.file}: ${d.problem}; check the path, and that TillCAT may read it.`,
  DATA_FOLDER_UNMAKEABLE: (d: { folder: string; problem: string }) =>
    `Cannot make the data folder ${d.folder}: ${d.problem}; set data in the configuration to a place where TillCAT may make one.`,
  STORE_UNREADABLE: (d: { file: string; problem: string }) =>
    `Cannot open the store ${d.file}: ${d.problem}; check that the folder exists, belongs to TillCAT and has room.`,
  STORE_DAMAGED: (d: { file: string; problem: string }) =>
    `The store ${d.file} is damaged (${d.problem}); stop TillCAT and restore the last backup.`,
  STORE_TOO_NEW: (d: { file: string; found: number; known: number }) =>
    `The store ${d.file} has schema ${d.found} and this program knows up to ${d.known}; start the newer TillCAT that made it.`,
  STORE_TOO_OLD: (d: { file: string; found: number; known: number }) =>
    `The store ${d.file} has schema ${d.found} and this program wants ${d.known}; start the daemon once, it brings it forward.`,
  STORE_OTHER_KEY: (d: { file: string; made: string; given: string }) =>
    `The store ${d.file} was made under the shop key ${d.made} and the key given is ${d.given}; give TillCAT this shop's own key.`,
  STORE_NOT_WRITABLE: (d: { file: string; problem: string }) =>
    `The store ${d.file} cannot be written (${d.problem}); make room on its disk, or check the disk: it goes on by itself.`,
  STORE_NOT_DURABLE: (d: { file: string; journal: string; synchronous: string }) =>
    `The store ${d.file} would not survive a power cut (journal ${d.journal}, synchronous ${d.synchronous}, wanted wal and 2); keep it on a local disk.`,
  BACKUP_FAILED: (d: { file: string; problem: string }) =>
    `Cannot write the backup ${d.file}: ${d.problem}; earlier backups and the store are as they were.`,
  BACKUP_UNUSABLE: (d: { file: string; problem: string }) =>
    `The backup ${d.file} cannot be used: ${d.problem}; nothing was changed, choose another one.`,
  COUPON_REFERENCES_USED_UP: (d: { companyPrefix: string; rule: string; count: number }) =>
    `All ${d.count} coupon references of the company prefix ${d.companyPrefix} are taken, none is left for the rule "${d.rule}"; use fewer rules or a shorter prefix.`,
  SERIAL_CLAIMS_UNUSABLE: (d: { file: string; problem: string }) =>
    `Cannot claim coupon serials in ${d.file}: ${d.problem}; no coupon is issued until the file can be read and written.`,
  USED_COUPONS_UNUSABLE: (d: { file: string; problem: string }) =>
    `Cannot keep the list of used coupons in ${d.file}: ${d.problem}; no coupon is redeemed until the file can be read and written.`,
  IMPORT_FILE_CHANGED: (d: { file: string; expectedBytes: number; readBytes: number }) =>
    `${d.file} changed while it was read (${d.expectedBytes} bytes at first, ${d.readBytes} read); nothing was stored, import it again once it is finished.`,
  IMPORT_COPY_FAILED: (d: { folder: string; problem: string }) =>
    `Cannot set the file to import aside in ${d.folder}: ${d.problem}; check room and permissions there.`,
  IMPORT_GZIP_TORN: (d: { file: string }) =>
    `${d.file} ends in the middle of its gzip data; nothing was stored, copy or export it again.`,
  IMPORT_GZIP_DAMAGED: (d: { file: string; problem: string }) =>
    `${d.file} is not sound gzip (${d.problem}); nothing was stored, export it again or take .gz off its name.`,
  IMPORT_NOT_UTF8: (d: { file: string; line: number }) =>
    `${d.file} is not UTF-8 text in line ${d.line}; nothing was stored, export it as UTF-8.`,
  IMPORT_NOT_TEXT: (d: { file: string; line: number }) =>
    `${d.file} is not a text file (a zero byte in line ${d.line}); nothing was stored, give a CSV file, with .gz in its name if it is packed.`,
  IMPORT_EMPTY: (d: { file: string }) => `${d.file} is empty; nothing was stored, give a CSV file with a header line.`,
  IMPORT_HEADER_WRONG: (d: { file: string; problem: string; found: string; wanted: string }) =>
    `The first line of ${d.file} is not the header of this kind of file: ${d.problem} (found ${d.found}; known columns are ${d.wanted}); nothing was stored.`,
  IMPORT_LINE_TOO_LONG: (d: { file: string; line: number; limitBytes: number }) =>
    `Line ${d.line} of ${d.file} is longer than ${d.limitBytes} bytes; nothing was stored, mend the line or the export.`,
  IMPORT_QUOTE_BROKEN: (d: { file: string; line: number }) =>
    `A quoted field that begins in line ${d.line} of ${d.file} does not end as RFC 4180 says; nothing was stored, mend the quote.`,
  IMPORT_REJECTS_UNWRITABLE: (d: { file: string; problem: string }) =>
    `Cannot write the rejected lines to ${d.file}: ${d.problem}; name another place with --rejects and run the import again.`,
  SHOP_KEY_UNREADABLE: (d: { file: string; problem: string }) =>
    `Cannot read the shop key ${d.file}: ${d.problem}; it must be readable for TillCAT's user.`,
  SHOP_KEY_WRONG_LENGTH: (d: { file: string; foundBytes: number; wantedBytes: number }) =>
    `The shop key ${d.file} has ${d.foundBytes} bytes and must have ${d.wantedBytes}; copy the shop's own key again, byte for byte.`,
  SHOP_KEY_EXPOSED: (d: { file: string; mode: string }) =>
    `The shop key ${d.file} may be read by others (mode ${d.mode}); run: chmod 600 ${d.file}`,
  SHOP_KEY_UNWRITABLE: (d: { file: string; problem: string }) =>
    `There is no shop key, and none can be made at ${d.file}: ${d.problem}; give TillCAT the shop's key or let it write there.`,
  SHOP_KEY_IN_USE: (d: { place: string; made: string; given: string }) =>
    `${d.place} belongs to the shop key ${d.made} and the key given is ${d.given}; nothing was changed: what is stored would be lost under another key.`,
  FOLDER_IN_USE: (d: { folder: string; holder: string }) =>
    `The data folder ${d.folder} is in use by ${d.holder}; stop it first: one daemon serves one folder.`,
  MODEL_NAME_WRONG: (d: { name: string }) =>
    `A model cannot be named "${d.name}"; use small letters, digits, points and hyphens.`,
  MODEL_UNREADABLE: (d: { file: string; problem: string }) =>
    `Cannot read the model ${d.file}: ${d.problem}; run tillcat train to make a new one.`,
  MODEL_STANDS_IN: (d: { problem: string; inUse: string | null }) =>
    `${d.problem} Meanwhile ${d.inUse === null ? 'the weights that come with the program rank, and nothing new is offered' : `${d.inUse} ranks`}.`,
  MODELS_BEING_CHANGED: (d: { folder: string; holder: string; waitedMs: number }) =>
    `The models in ${d.folder} have been held by ${d.holder} for ${d.waitedMs} ms; they are as they were, try again when it is done.`,
  TRAINING_UNDER_WAY: (d: { holder: string }) =>
    `Another training is under way (${d.holder}) and puts its model in place when it ends; wait for that, or stop it and train again.`,
  MODEL_NONE_BEFORE: (d: { folder: string }) =>
    `There is no model before the one in use in ${d.folder}; the purge takes it each night: run tillcat train to make a new one.`,
  CARD_UNKNOWN: (d: { card: string }) =>
    `No customer has the card ${d.card}; check the number, or import the customers again.`,
  CLOCK_DOUBTFUL: (d: { what: string }) =>
    `The clock is not believed, so there is no ${d.what}; set it right, or say that it is right: tillcat clock accept`,
  TRAINING_WITHOUT_PURCHASES: (d: { asOf: string }) =>
    `There are no purchases in the days remembered before ${d.asOf} to train on; import them: tillcat import purchases FILE`,
  CASES_LINE_WRONG: (d: { file: string; line: number; problem: string }) =>
    `Line ${d.line} of ${d.file} is no case: ${d.problem}; each line is a customer code and an ISO 8601 time.`,
  WRONG_USE: (d: { problem: string }) => d.problem,
  PRINTER_PROFILE_UNKNOWN: (d: UnknownProfile) => `There is no printer profile "${d.name}"; ${otherProfiles(d)}.`,
  PRINTER_PROFILE_INVALID: (d: { file: string; problems: readonly string[] }) =>
    `The printer profile ${d.file} is not right: ${d.problems.join('; ')}.`,
  SCANNER_PROFILE_UNKNOWN: (d: UnknownProfile) =>
    `There is no scanner profile "${d.name}"; ${otherProfiles(d)}, or leave scanner.profile out.`,
  SCANNER_PROFILE_INVALID: (d: { file: string; problems: readonly string[] }) =>
    `The scanner profile ${d.file} is not right: ${d.problems.join('; ')}.`,
  SYMBOL_TOO_WIDE: (d: { code: string; barDots: number; printableDots: number; profile: string }) =>
    `The code ${d.code} needs ${d.barDots} dots and the margin beside them, but ${d.profile} prints ${d.printableDots}; set coupons.code to pointer or value.`,
  SYMBOL_INVALID: (d: { code: string; problem: string }) => `The code ${d.code} cannot be printed: ${d.problem}.`,
  STRIP_UNFIT: (d: { profile: string; problem: string; more: number }) =>
    `A strip for ${d.profile} was not sent: ${d.problem}${d.more === 0 ? '' : ` (and ${d.more} more faults)`}; check the profile, and report it.`,
  PRINTER_UNREACHABLE: (d: { printer: string; problem: string }) =>
    `Cannot reach the printer at ${d.printer}: ${d.problem}; check that it is on and connected.`,
  PRINTER_IN_USE: (d: { printer: string; holder: string }) =>
    `The printer at ${d.printer} is used by ${d.holder}; one TillCAT to a printer: stop that one, or name another printer in printer.transport.`,
  PRINTER_STALLED: (d: { printer: string; waitedMs: number }) =>
    `The printer at ${d.printer} took no more bytes for ${d.waitedMs} ms; check paper, cover and cable.`,
  PRINTER_SILENT: (d: { printer: string; waitedMs: number }) =>
    `The printer at ${d.printer} did not answer in ${d.waitedMs} ms; check cable and cover, and that the profile is the right one.`,
  PRINTER_CONNECTION_LOST: (d: { printer: string; problem: string }) =>
    `The connection to the printer at ${d.printer} ended: ${d.problem}.`,
  WEB_TOKEN_MISSING: (d: { host: string }) =>
    `The web address ${d.host} can be reached from other machines and no token is configured; set http.token, or http.host to 127.0.0.1.`,
  WEB_PORT_TAKEN: (d: { host: string; port: number }) =>
    `Port ${d.port} on ${d.host} is taken, perhaps by another TillCAT; stop that one, or set http.port to a free port.`,
  WEB_PORT_CLOSED: (d: { host: string; port: number; problem: string }) =>
    `Cannot listen on ${d.host} port ${d.port}: ${d.problem}; set http.host to an address of this machine and http.port above 1023.`,
  MODEL_WRONG: (d: { source: string; problem: string }) =>
    `The model ${d.source} cannot be used: ${d.problem}; train a new one with "tillcat train".`,
} as const;

/** `ownFolder`: where the shop's own profiles lie. */
type UnknownProfile = {
  readonly name: string;
  readonly nearest: string | null;
  readonly known: readonly string[];
  readonly ownFolder: string;
};

function otherProfiles({ name, nearest, known, ownFolder }: UnknownProfile): string {
  const meant = nearest === null ? '' : `did you mean ${nearest}? `;
  return `${meant}choose one of ${known.join(', ')}, or put ${name}.json into ${ownFolder}`;
}

export type TillErrorCode = keyof typeof sentences;
export type TillErrorDetails<Code extends TillErrorCode> = Parameters<(typeof sentences)[Code]>[0];

export class TillError<Code extends TillErrorCode = TillErrorCode> extends Error {
  override readonly name = 'TillError';
  readonly code: Code;
  readonly details: TillErrorDetails<Code>;

  constructor(code: Code, details: TillErrorDetails<Code>, options?: ErrorOptions) {
    const sentence = sentences[code] as (details: TillErrorDetails<Code>) => string;
    super(sentence(details), options);
    this.code = code;
    this.details = details;
  }
}

export function isTillError<Code extends TillErrorCode>(thrown: unknown, code: Code): thrown is TillError<Code> {
  return thrown instanceof TillError && thrown.code === code;
}
