// The page's elements: found, made, and told something in a line.

export const byId = (id) => document.getElementById(id);

export function make(tag, properties, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

/** A line above everything, by its name; null takes it away. Words that stay the same are not said again. */
export function notice(name, mood, words) {
  const old = document.querySelector(`[data-notice="${name}"]`);
  if (words === null) old?.remove();
  else if (old === null) {
    const line = make('p', { className: `notice ${mood}` }, words);
    line.dataset.notice = name;
    byId('notices').append(line);
  } else if (old.textContent !== words) old.textContent = words;
}

/** A line under a field, read out by a screen reader. */
export function say(id, mood, words, small = '') {
  const line = byId(id);
  line.className = `result ${mood}`;
  line.replaceChildren(words, ...(small === '' ? [] : [make('small', {}, small)]));
}
