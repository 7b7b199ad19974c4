// The browser of the tests, and what holds for every page.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const require = createRequire(join(process.env.ZHUBI_NODE, 'x.js'));
const { chromium } = require('playwright-core');
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const args = [
  '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync',
];

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
export const phone = { width: 360, height: 740 };
export const desk = { width: 1280, height: 900 };

export const launch = () => chromium.launch({ executablePath: process.env.ZHUBI_CHROMIUM, args });

/** What keeps somebody from reading a page: the grave violations of axe, and what is wider than the screen. */
export async function hindrances(page) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => globalThis.axe.run());
  const grave = violations.filter(({ impact }) => ['serious', 'critical'].includes(impact));
  const told = grave.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(({ html }) => html.slice(0, 200)).join(' | ')}`);
  const [width, screen] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  return width > screen ? [...told, `${width} wide on ${screen}`] : told;
}
