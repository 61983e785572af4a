// The languages TillCAT prints and shows.
export const LANGUAGES = ['fi', 'sv', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

export function parseLanguage(text: string): Language | null {
  return LANGUAGES.find((language) => language === text) ?? null;
}
