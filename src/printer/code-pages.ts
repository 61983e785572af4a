// The upper halves of the code pages receipt printers have, so that text is only ever sent in a page its printer holds.

/**
 * Bytes 0x80 to 0xFF of each page in order; below that all are ASCII. U+FFFD stands for a byte that prints nothing
 * certain: undefined, a no-break space, a soft hyphen. Checked in the tests against the library's own tables.
 */
const UPPER_HALVES = {
  CP437:
    'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒ' +
    'áíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐' +
    '└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀' +
    'αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■�',
  CP850:
    'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒ' +
    'áíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐' +
    '└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀' +
    'ÓßÔÒõÕµþÞÚÛÙýÝ¯´�±‗¾¶§÷¸°¨·¹³²■�',
  CP852:
    'ÇüéâäůćçłëŐőîŹÄĆÉĹĺôöĽľŚśÖÜŤťŁ×č' +
    'áíóúĄąŽžĘę¬źČş«»░▒▓│┤ÁÂĚŞ╣║╗╝Żż┐' +
    '└┴┬├─┼Ăă╚╔╩╦╠═╬¤đĐĎËďŇÍÎě┘┌█▄ŢŮ▀' +
    'ÓßÔŃńňŠšŔÚŕŰýÝţ´�˝˛ˇ˘§÷¸°¨˙űŘř■�',
  CP858:
    'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒ' +
    'áíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐' +
    '└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈ€ÍÎÏ┘┌█▄¦Ì▀' +
    'ÓßÔÒõÕµþÞÚÛÙýÝ¯´�±‗¾¶§÷¸°¨·¹³²■�',
  CP865:
    'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø₧ƒ' +
    'áíóúñÑªº¿⌐¬½¼¡«¤░▒▓│┤╡╢╖╕╣║╗╝╜╛┐' +
    '└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀' +
    'αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■�',
  CP1252:
    '€�‚ƒ„…†‡ˆ‰Š‹Œ�Ž��‘’“”•–—˜™š›œ�žŸ' +
    '�¡¢£¤¥¦§¨©ª«¬�®¯°±²³´µ¶·¸¹º»¼½¾¿' +
    'ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖ×ØÙÚÛÜÝÞß' +
    'àáâãäåæçèéêëìíîïðñòóôõö÷øùúûüýþÿ',
  CP1257:
    '€�‚�„…†‡�‰�‹�¨ˇ¸�‘’“”•–—�™�›�¯˛�' +
    '��¢£¤�¦§Ø©Ŗ«¬�®Æ°±²³´µ¶·ø¹ŗ»¼½¾æ' +
    'ĄĮĀĆÄÅĘĒČÉŹĖĢĶĪĻŠŃŅÓŌÕÖ×ŲŁŚŪÜŻŽß' +
    'ąįāćäåęēčéźėģķīļšńņóōõö÷ųłśūüżž˙',
  'ISO8859-15':
    '��������������������������������' +
    '�¡¢£€¥Š§š©ª«¬�®¯°±²³Žµ¶·ž¹º»ŒœŸ¿' +
    'ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖ×ØÙÚÛÜÝÞß' +
    'àáâãäåæçèéêëìíîïðñòóôõö÷øùúûüýþÿ',
} as const;

export type CodePageName = keyof typeof UPPER_HALVES;

export const CODE_PAGE_NAMES = ['CP858', 'CP1252', 'ISO8859-15', 'CP850', 'CP437', 'CP865', 'CP852', 'CP1257'] as const;

const NOTHING = '\uFFFD';

const byteOfCharacter: Record<CodePageName, ReadonlyMap<string, number>> = {
  CP437: invert('CP437'),
  CP850: invert('CP850'),
  CP852: invert('CP852'),
  CP858: invert('CP858'),
  CP865: invert('CP865'),
  CP1252: invert('CP1252'),
  CP1257: invert('CP1257'),
  'ISO8859-15': invert('ISO8859-15'),
};

/** The byte that prints this character, or null where the page does not hold it. Control characters are in no page. */
export function encodeCharacter(page: CodePageName, character: string): number | null {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x80) return code >= 0x20 && code !== 0x7f ? code : null;
  return byteOfCharacter[page].get(character) ?? null;
}

/** The character a byte prints in a page; U+FFFD for a byte that prints nothing certain. */
export function decodeByte(page: CodePageName, byte: number): string {
  if (byte >= 0x80) return UPPER_HALVES[page][byte - 0x80] ?? NOTHING;
  return byte >= 0x20 && byte !== 0x7f ? String.fromCharCode(byte) : NOTHING;
}

function invert(page: CodePageName): ReadonlyMap<string, number> {
  const bytes = new Map<string, number>();
  for (let i = 0; i < 128; i++) {
    const character = UPPER_HALVES[page][i] ?? NOTHING;
    if (character !== NOTHING) bytes.set(character, 0x80 + i);
  }
  return bytes;
}
