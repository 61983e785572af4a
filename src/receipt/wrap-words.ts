// Words put on lines of given widths; a no-break space holds together what must stay together.

export const NO_BREAK = '\u00a0';

/**
 * Wraps at spaces; a word longer than its line is broken hard. No-break spaces come out as plain ones.
 * @param widthOf columns of the line with this index, at least 1
 */
export function wrapWords(text: string, widthOf: (line: number) => number): string[] {
  const lines: string[] = [];
  let current = '';
  for (let word of text.split(' ')) {
    if (word === '') continue;
    const joined = current === '' ? word : `${current} ${word}`;
    if (joined.length <= widthOf(lines.length)) {
      current = joined;
      continue;
    }
    if (current !== '') lines.push(current);
    while (word.length > widthOf(lines.length)) {
      const width = widthOf(lines.length);
      lines.push(word.slice(0, width));
      word = word.slice(width);
    }
    current = word;
  }
  if (current !== '') lines.push(current);
  return lines.map((line) => line.replaceAll(NO_BREAK, ' '));
}

/** At most this many columns; what is cut off is marked by a full stop, which every code page has. */
export function shorten(text: string, columns: number): string {
  return text.length <= columns ? text : `${text.slice(0, Math.max(0, columns - 1)).trimEnd()}.`.slice(0, columns);
}
