// The till page: a shell in the reader's language, its scripts and its style sheet, read once at the start.
import { readFileSync } from 'node:fs';
import type { Application, Request } from 'express';
import type { Language } from '../domain/language.ts';
import { LANGUAGES, parseLanguage } from '../domain/language.ts';
import type { TillDesk } from './desk.ts';
import { TEXTS, textsOf } from './texts.ts';

const COOKIE = 'tillcat-language';
/** By name, never by a path that somebody asks for; they import each other as they are, without a bundler. */
const SCRIPTS = [
  'till',
  'calls',
  'curl',
  'known',
  'page',
  'reasons',
  'sample',
  'serve',
  'state',
  'strip',
  'token',
  'visits',
  'words',
] as const;
const FILES = [
  { path: '/pages/till.css', file: 'till.css', type: 'text/css' },
  { path: '/favicon.svg', file: 'favicon.svg', type: 'image/svg+xml' },
  ...SCRIPTS.map((name) => ({ path: `/pages/${name}.js`, file: `${name}.js`, type: 'text/javascript' })),
] as const;

/** Nothing here tells anything about shop or customers, so nothing here needs a token. */
export function mountTillPage(app: Application, desk: TillDesk): void {
  const shell = readPage('till.html');
  app.get('/', (request, response) => {
    const chosen = typeof request.query['language'] === 'string' ? parseLanguage(request.query['language']) : null;
    if (chosen !== null) {
      response.cookie(COOKIE, chosen, { maxAge: 31_536_000_000, sameSite: 'strict', httpOnly: true });
    }
    const language = chosen ?? rememberedLanguage(request) ?? desk.status().shop.language;
    response.set('Content-Language', language).type('html').send(fillShell(shell, language));
  });
  for (const language of LANGUAGES) {
    const texts = textsOf(language);
    app.get(`/pages/texts/${language}.json`, (_request, response) => {
      response.json(texts);
    });
  }
  for (const { path, file, type } of FILES) {
    const content = readPage(file);
    app.get(path, (_request, response) => {
      response.type(type).send(content);
    });
  }
}

/** Puts the texts where the shell says {{key}}. @throws Error for a key there is no text of */
export function fillShell(shell: string, language: Language): string {
  const words: Record<string, string> = { ...textsOf(language), language, languages: languageLinks(language) };
  return shell.replace(/\{\{([\w.-]+)\}\}/g, (_place, key: string) => {
    const text = words[key];
    if (text === undefined) throw new Error(`The till page has no text "${key}".`);
    return key === 'languages' ? text : escapeHtml(text);
  });
}

function languageLinks(current: Language): string {
  return LANGUAGES.map((language) => {
    const mark = language === current ? ' aria-current="true"' : '';
    const name = escapeHtml(TEXTS['language.name'][language]);
    return `<a href="/?language=${language}" hreflang="${language}" lang="${language}" title="${name}"${mark}>${language.toUpperCase()}</a>`;
  }).join('\n');
}

function rememberedLanguage(request: Request): Language | null {
  const match = new RegExp(`(?:^|;\\s*)${COOKIE}=(\\w+)`).exec(request.headers.cookie ?? '');
  return parseLanguage(match?.[1] ?? '');
}

function readPage(file: string): string {
  return readFileSync(new URL(`pages/${file}`, import.meta.url), 'utf8');
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
