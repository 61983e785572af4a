// The till page in a real browser, by keyboard and by touch: a card is held up, the strip's picture appears, a fault is switched on.
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startDaemon, type DaemonProcess } from './daemon-process.ts';
import { keepEvidence } from './evidence.ts';
import { areThere } from './needed-programs.ts';
import { makeShopFolder, type ShopFolder } from './shop-folder.ts';
import { runToEnd } from './tillcat.ts';

/** Headless in a container, and asking nobody outside for anything. */
const BROWSER_ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** CSS pixels: WCAG 2.2, 2.5.8. */
const SMALLEST_TARGET = 24;

describe.skipIf(!areThere('chromium'))('the till page', () => {
  let shop: ShopFolder;
  let daemon: DaemonProcess;
  let browser: Browser;
  let page: Page;
  const strangers: string[] = [];
  const complaints: string[] = [];
  beforeAll(async () => {
    shop = await makeShopFolder();
    daemon = await startDaemon(shop, '--sample');
    const { out } = await runToEnd('sh', ['-c', 'command -v chromium']);
    browser = await chromium.launch({ executablePath: out.trim(), args: BROWSER_ARGS });
    page = await browser.newPage({ viewport: { width: 1280, height: 900 }, locale: 'fi-FI' });
    page.on('request', (request) => {
      const url = request.url();
      if (!url.startsWith(daemon.address) && !url.startsWith('blob:') && !url.startsWith('data:')) strangers.push(url);
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    await page.goto(daemon.address);
    await page.locator('#desk').waitFor();
  });
  afterAll(async () => {
    await browser.close();
    await daemon.end('SIGTERM');
    shop.remove();
  });
  const keepPicture = async (name: string): Promise<void> => {
    keepEvidence(name, await page.screenshot({ fullPage: true }));
  };
  const cardToTry = async (place: number): Promise<string> => {
    await page.locator('#cards button').nth(place).waitFor();
    const answer = await page.request.get(`${daemon.address}/page/sample`);
    const sample: unknown = await answer.json();
    if (typeof sample !== 'object' || sample === null || !('cardsToTry' in sample)) return '';
    const cards: readonly { card: string }[] = Array.isArray(sample.cardsToTry) ? sample.cardsToTry : [];
    return cards[place]?.card ?? '';
  };

  it('serves a card keyed in, without the mouse, and shows the strip as a picture', async () => {
    // The prompt's newcomer has had the first card; the third is still to come.
    const card = await cardToTry(2);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.evaluate('document.activeElement?.id')).toBe('card');
    await page.keyboard.type(card);
    await page.keyboard.press('Enter');
    await expect.poll(() => page.locator('#scan-result').textContent(), { timeout: 15_000 }).toContain('6');
    await page.locator('#strip').waitFor();
    const sizeOfPicture = (side: string) => page.evaluate(`document.querySelector('#strip').natural${side}`);
    await expect.poll(() => sizeOfPicture('Width')).toBe(640);
    expect(await sizeOfPicture('Height')).toBeGreaterThan(1000);
    expect(await page.locator('#reasons li').count()).toBe(6);
    expect(await page.locator('#call').textContent()).toContain(`curl ${daemon.address}/api/v1/scans`);
    await keepPicture('till-page-served.png');
  });

  it('refuses a coupon of today in words, and tells what it is', async () => {
    await page.locator('#coupons button').first().click();
    await page.keyboard.press('Enter');
    await expect.poll(() => page.locator('#redeem-result').textContent()).toMatch(/\d{1,2}\.\d{1,2}\.\d{4}/);
  });

  it('says at once that the paper is out, serves nobody, and goes on when it is back', async () => {
    const paperOut = page.locator('#fault-paper-out');
    await paperOut.focus();
    await page.keyboard.press('Space');
    await page.locator('[data-notice="printer"]').waitFor();
    await keepPicture('till-page-paper-out.png');
    await page.locator('#card').fill(await cardToTry(4));
    await page.keyboard.press('Enter');
    await expect.poll(() => page.locator('#scan-result').getAttribute('class')).toContain('warn');
    await paperOut.focus();
    await page.keyboard.press('Space');
    await page.locator('[data-notice="printer"]').waitFor({ state: 'detached' });
    expect(await paperOut.isChecked()).toBe(false);
  });

  it.each([
    ['sv', 'Skrivare'],
    ['en', 'Printer'],
    ['fi', 'Tulostin'],
  ])('speaks %s when asked to', async (language, word) => {
    await page.locator(`nav.languages [lang="${language}"], nav.languages [hreflang="${language}"]`).first().click();
    await expect.poll(() => page.locator('html').getAttribute('lang')).toBe(language);
    await expect.poll(() => page.locator('#state').textContent()).toContain(word);
    await keepPicture(`till-page-${language}.png`);
  });

  it('fits a telephone without scrolling sideways', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
    await keepPicture('till-page-telephone.png');
  });

  it('serves by touch: a tap on a card, on a coupon and on a switch, each wide enough for a finger', async () => {
    const context = await browser.newContext({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
    const touched = await context.newPage();
    touched.on('pageerror', (error) => complaints.push(error.message));
    await touched.goto(`${daemon.address}/?language=en`);
    const card = touched.locator('#cards button').nth(1);
    await card.waitFor();
    await card.tap();
    await expect.poll(() => touched.locator('#scan-result').textContent(), { timeout: 15_000 }).toContain('6');
    const coupon = touched.locator('#coupons button').first();
    await coupon.tap();
    await touched.locator('#redeem-form button').tap();
    await expect.poll(() => touched.locator('#redeem-result').textContent()).toMatch(/\d{4}/);
    const fault = touched.locator('label', { has: touched.locator('#fault-cover-open') });
    await fault.tap();
    await touched.locator('[data-notice="printer"]').waitFor();
    await fault.tap();
    await touched.locator('[data-notice="printer"]').waitFor({ state: 'detached' });
    for (const place of [card, coupon, fault]) {
      const box = await place.boundingBox();
      expect(box?.height).toBeGreaterThanOrEqual(SMALLEST_TARGET);
    }
    keepEvidence('till-page-touch.png', await touched.screenshot({ fullPage: true }));
    await context.close();
  });

  it('asked nobody but the daemon for anything, and complained of nothing', () => {
    expect(strangers).toEqual([]);
    expect(complaints).toEqual([]);
  });
});
