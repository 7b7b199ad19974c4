// The page in a real browser. tests/page.sh brings what it needs.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { desk, hindrances, launch, phone, root } from './browser.mjs';

const folder = mkdtempSync(join(tmpdir(), 'zhubi-page-'));
let browser;

before(async () => {
  browser = await launch();
});
after(async () => {
  await browser.close();
  rmSync(folder, { recursive: true });
});

/** Writes the report of some drafts; returns its file. */
function report(name, drafts, cwd = join(root, 'samples')) {
  const file = join(folder, `${name}.html`);
  const run = spawnSync(process.env.ZHUBI, ['check', '-q', `--format=html=${file}`, ...drafts], { cwd, encoding: 'utf8' });
  assert.ok(run.status < 2, run.stderr);
  return file;
}

const samples = () => report('samples', ['work-summary.txt', 'notice.md', 'survey.md', 'request.txt']);

/** Drafts that would break out if they could. */
function hostile() {
  const drafts = join(folder, 'hostile');
  const name = '<img src=x onerror=alert(1)>"\'&.txt';
  mkdirSync(drafts, { recursive: true });
  const evil = '<script>alert(1)</script>"><img src="http://127.0.0.1:9/a.png" onerror=alert(1)>\'</style></title>';
  const text = `${evil}\n一、学习政冶${evil}\n认真学习政冶\u202E理论\u2028、\u0007再接再励${evil}。&amp;<!-- \n`;
  writeFileSync(join(drafts, name), text);
  writeFileSync(join(drafts, 'a.md'), `# ${evil}\n\n学习政冶[${evil}](javascript:alert(1))。\n`);
  return report('hostile', ['.'], drafts);
}

/** A draft of 100,000 characters with 2,000 errors. */
function large() {
  const line = '各部门要认真学习政冶理论，安排布署全年重点工作，把各项任务落到实处，按时向办公室报送进展情况，遇到问题及时沟通，确保年底前全部完成，不留尾巴，经得起检查和时间的考验，让群众看得见变化、得到实惠。';
  const lines = Array.from({ length: 1000 }, (_, index) => (index % 50 ? line : `${line}\n（${index}）第${index}项工作`));
  writeFileSync(join(folder, 'large.txt'), `年度工作总结\n${lines.join('\n')}\n`);
  return report('large', ['large.txt'], folder);
}

/** Opens a report; whatever it says, fetches or tries to is kept. */
async function open(file, options = {}) {
  const context = await browser.newContext({ viewport: desk, ...options });
  const page = await context.newPage();
  const seen = { messages: [], requests: [] };
  page.on('console', (message) => seen.messages.push(message.text()));
  page.on('pageerror', (error) => seen.messages.push(error.message));
  page.on('dialog', (dialog) => { seen.messages.push(dialog.message()); dialog.dismiss(); });
  const url = pathToFileURL(file).href;
  await context.route('**', (route) => {
    if (route.request().url().split('#')[0] === url) return route.continue();
    seen.requests.push(route.request().url());
    return route.abort();
  });
  await page.goto(url);
  return { page, seen, close: () => context.close() };
}

for (const [name, make] of [['samples', samples], ['hostile drafts', hostile]]) {
  test(`the page of ${name} says nothing, fetches nothing and breaks no policy`, async () => {
    const { page, seen, close } = await open(make());
    for (let count = 0; count < 5; count += 1) await page.keyboard.press('j');
    assert.deepEqual(seen, { messages: [], requests: [] });
    assert.equal(await page.locator('img, iframe, object').count(), 0);
    assert.equal(await page.locator('script').count(), 1);
    await close();
  });
  for (const [look, options] of [
    ['light', {}], ['dark', { colorScheme: 'dark' }], ['on a phone', { viewport: phone, hasTouch: true }],
    ['in print', { print: true }],
  ]) {
    test(`the page of ${name} can be read by all, ${look}`, async () => {
      const { print, ...rest } = options;
      const { page, close } = await open(make(), rest);
      if (print) await page.emulateMedia({ media: 'print' });
      assert.deepEqual(await hindrances(page), []);
      await close();
    });
  }
}

test('filters take marks, remarks and counts away together', async () => {
  const { page, close } = await open(samples());
  const shown = (selector) => page.locator(selector).filter({ visible: true }).count();
  const count = (text) => Number(/(\d+)处/.exec(text)[1]);
  const all = await shown('.ref');
  assert.equal(count(await page.locator('#shown').textContent()), all);
  assert.ok(await shown('.ref.error') > 0 && await shown('.ref.warning') > 0);
  await page.locator('input[value=error]').uncheck();
  assert.equal(await shown('.ref.error'), 0);
  assert.equal(await shown('.note.error'), 0);
  assert.equal(await shown('mark.error'), 0);
  const left = await shown('.ref');
  assert.ok(left < all);
  assert.match(await page.locator('#shown').textContent(), new RegExp(`^${left}／${all}处`));
  const table = await page.locator('#rules tr:visible .number b').allTextContents();
  assert.equal(table.reduce((sum, text) => sum + Number(text), 0), left);
  await page.locator('#tools summary').click();
  await page.locator('input[value=punctuation]').uncheck();
  assert.equal(await shown('.note[data-g=punctuation]'), 0);
  await page.locator('input[value=punctuation]').check();
  await page.locator('input[value=error]').check();
  assert.equal(await shown('.ref'), all);
  await close();
});

test('keys lead from one finding to the next, and its remark is shown and described', async () => {
  const { page, close } = await open(samples());
  const focused = () => page.evaluate(() => document.activeElement.id);
  await page.keyboard.press('j');
  assert.equal(await focused(), 'f1-1');
  assert.ok(await page.locator('#bubble').isVisible());
  const described = await page.locator('#f1-1').getAttribute('aria-describedby');
  assert.match(await page.locator(`#${described}`).textContent(), /半角/);
  await page.keyboard.press('n');
  await page.keyboard.press('j');
  assert.equal(await focused(), 'f1-3');
  await page.keyboard.press('k');
  await page.keyboard.press('p');
  assert.equal(await focused(), 'f1-1');
  await page.keyboard.press('Escape');
  assert.ok(await page.locator('#bubble').isHidden());
  await page.keyboard.press('Tab');
  assert.equal(await focused(), 'f1-2');
  await page.keyboard.press('Escape');
  await page.locator('#f1-3').hover();
  assert.match(await page.locator('#bubble').textContent(), /政治/);
  await close();
});

test('a mark shows its remark where it is tapped', async () => {
  const { page, close } = await open(samples(), { viewport: phone, hasTouch: true });
  await page.locator('mark[data-f="3"]').first().tap();
  const bubble = page.locator('#bubble');
  assert.match(await bubble.textContent(), /政治/);
  const { x, width } = await bubble.boundingBox();
  assert.ok(x >= 0 && x + width <= phone.width);
  await close();
});

test('the page is called by its drafts', async () => {
  const title = async (drafts) => {
    const { page, close } = await open(report('title', drafts));
    const title = await page.title();
    await close();
    return title;
  };
  assert.equal(await title(['notice.md']), 'notice.md－朱笔审读报告');
  assert.equal(await title(['notice.md', 'survey.md']), 'notice.md等－朱笔审读报告');
});

test('the list of files sorts', async () => {
  const { page, close } = await open(samples());
  const numbers = async () => (await page.locator('#index tbody td:nth-child(3)').allTextContents()).map(Number);
  const head = page.locator('#index th').nth(2);
  await head.locator('button').click();
  assert.equal(await head.getAttribute('aria-sort'), 'descending');
  const sorted = await numbers();
  assert.deepEqual(sorted, [...sorted].sort((a, b) => b - a));
  await head.locator('button').click();
  assert.deepEqual(await numbers(), sorted.reverse());
  await close();
});

test('without the script the page is whole', async () => {
  const { page, close } = await open(samples(), { javaScriptEnabled: false });
  assert.ok(await page.locator('#tools').isHidden());
  assert.match(await page.locator('.text').first().innerText(), /检验科在院党委的正确领/);
  await page.locator('#f1-3').click();
  assert.ok(page.url().endsWith('#n1-3'));
  const top = async (selector) => (await page.locator(selector).first().boundingBox()).y;
  await page.goto(page.url().split('#')[0]);
  assert.ok(await top('#total') < await top('#index') && await top('#index') < await top('.draft'));
  await close();
});

test('a draft of 100,000 characters with 2,000 errors stays usable', async (t) => {
  const file = large();
  const { page, close } = await open(file);
  assert.ok(await page.locator('.ref.error').count() >= 2000);
  const timed = async (action) => {
    const begun = performance.now();
    await action();
    await page.evaluate(() => new Promise((done) => { requestAnimationFrame(() => setTimeout(done)); }));
    return Math.round(performance.now() - begun);
  };
  const filtered = await timed(() => page.locator('input[value=warning], input[value=error]').first().uncheck());
  await page.locator('input[value=error]').check();
  await page.keyboard.press('j');
  const stepped = await timed(() => page.keyboard.press('j'));
  t.diagnostic(`${Math.round(statSync(file).size / 1024)} KiB, a filter ${filtered} ms, a step ${stepped} ms`);
  assert.ok(statSync(file).size < 4 << 20, 'the file');
  assert.ok(filtered < 5000 && stepped < 3000, 'slow');
  await close();
});

test('the pictures of the documentation', { skip: !process.env.ZHUBI_UPDATE }, async () => {
  const images = join(root, 'docs/images');
  mkdirSync(images, { recursive: true });
  for (const [name, viewport, colorScheme] of [
    ['page.png', { width: 1280, height: 860 }, 'light'],
    ['page-dark.png', { width: 800, height: 860 }, 'dark'],
    ['page-phone.png', phone, 'light'],
  ]) {
    const { page, close } = await open(report('one', ['work-summary.txt']), { viewport, colorScheme });
    if (viewport === phone) await page.locator('.text').evaluate((text) => scrollTo(0, text.offsetTop - 110));
    if (viewport.width > 1000) for (let count = 0; count < 3; count += 1) await page.keyboard.press('j');
    if (viewport.width > 1000) await page.evaluate(() => scrollTo(0, 0));
    await page.screenshot({ path: join(images, name) });
    await close();
  }
});
