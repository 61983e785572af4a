// How a printer's lines are set, as the commands that set them: what a new roll of paper does not change.
import type { EscposCommand } from '../../../src/printer/escpos-command.ts';

const SETTINGS: readonly EscposCommand['kind'][] = [
  'code-page',
  'national-set',
  'align',
  'bold',
  'size',
  'line-spacing',
  'symbol-text',
  'symbol-height',
  'symbol-module',
  'cancel-kanji',
];

/** With the letters of the line that was begun among them. */
export function settingsAfter(settings: EscposCommand[], command: EscposCommand): EscposCommand[] {
  if (command.kind === 'initialise' || command.kind === 'cancel') return [];
  if (command.kind === 'line-feed') return settings.filter(({ kind }) => kind !== 'text');
  return command.kind === 'text' || SETTINGS.includes(command.kind) ? [...settings, command] : settings;
}
