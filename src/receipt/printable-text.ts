// Names as they came from elsewhere, made so that every character takes exactly one column and nothing steers a printer.

/**
 * Composed accents, no control or invisible characters, no pictures, single spaces. What is left may still be missing from a
 * printer's code page: the printer's room replaces it, one character for one.
 */
export function printableText(text: string): string {
  return text
    .normalize('NFC')
    .replace(/\p{Extended_Pictographic}/gu, (sign) => (sign === '©' || sign === '®' || sign === '™' ? sign : ' '))
    .replace(/[\p{Cc}\p{Zs}\p{Zl}\p{Zp}]/gu, ' ')
    .replace(/[\p{Cf}\p{Cs}\p{Mn}\p{Me}\p{Emoji_Modifier}\p{Regional_Indicator}]/gu, '')
    .replace(/\u2212/g, '-') // the minus sign is in no code page
    .replace(/[\u{10000}-\u{10ffff}]/gu, '?')
    .replace(/ +/g, ' ')
    .trim();
}
