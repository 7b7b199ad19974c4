// `zhubi serve` in a real browser. tests/page.sh brings what it needs.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, test } from 'node:test';
import { desk, hindrances, launch, phone, root } from './browser.mjs';

const TEXT = '工作总结\n一、学习情况\n认真学习政冶理论。再接再励,开创工作新局面。\n';
const children = [];
let browser;

before(async () => {
  browser = await launch();
});
after(() => {
  for (const child of children) child.kill();
  return browser.close();
});

/** Serves a folder with some drafts. */
async function serve(drafts) {
  const folder = mkdtempSync(join(tmpdir(), 'zhubi-serve-'));
  for (const [name, text] of Object.entries(drafts)) writeFileSync(join(folder, name), text);
  const child = spawn(process.env.ZHUBI, ['serve'], { cwd: folder, stdio: ['ignore', 'pipe', 'ignore'] });
  children.push(child);
  const address = await new Promise((done) => { createInterface(child.stdout).once('line', done); });
  return {
    folder,
    address,
    read: (name) => readFileSync(join(folder, name), 'utf8'),
    write: (name, text) => writeFileSync(join(folder, name), text),
    close() {
      child.kill();
      rmSync(folder, { recursive: true });
    },
  };
}

/** Opens an address; whatever the page says, and asks of others than its server, is kept. */
async function open(address, options = {}) {
  const context = await browser.newContext({ viewport: desk, ...options });
  const page = await context.newPage();
  const seen = { messages: [], requests: [] };
  page.on('console', (message) => seen.messages.push(message.text()));
  page.on('pageerror', (error) => seen.messages.push(error.message));
  await context.route('**', (route) => {
    if (route.request().url().startsWith(address)) return route.continue();
    seen.requests.push(route.request().url());
    return route.abort();
  });
  await page.goto(address);
  return { page, seen, close: () => context.close() };
}

/** A document of Word, as zhubi's own copies are made of one: packed by python3, which every system with Chromium has. */
function word(file, text) {
  const paragraphs = text.trim().split('\n').map((line) => `<w:p><w:r><w:t>${line}</w:t></w:r></w:p>`).join('');
  const code = `
import sys, zipfile
ns = 'http://schemas.openxmlformats.org/'
with zipfile.ZipFile(sys.argv[1], 'w') as z:
    z.writestr('[Content_Types].xml', f'<Types xmlns="{ns}package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>')
    z.writestr('_rels/.rels', f'<Relationships xmlns="{ns}package/2006/relationships"><Relationship Id="r1" Type="{ns}officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>')
    z.writestr('word/document.xml', f'<w:document xmlns:w="{ns}wordprocessingml/2006/main"><w:body>{sys.argv[2]}</w:body></w:document>')
`;
  const run = spawnSync('python3', ['-c', code, file, paragraphs], { encoding: 'utf8' });
  assert.equal(run.status, 0, run.stderr);
}

const loaded = (page, work) => Promise.all([page.waitForEvent('load'), work()]);

test('a fix is taken by its button and by the key, and taken back', async () => {
  const server = await serve({ '总结.txt': TEXT });
  const { page, seen, close } = await open(server.address);
  await page.getByRole('link', { name: '总结.txt' }).click();
  await page.keyboard.press('j');
  const bubble = page.locator('#bubble');
  assert.match(await bubble.textContent(), /政治.*采纳/s);
  await loaded(page, () => bubble.locator('button').first().click());
  assert.equal(server.read('总结.txt'), TEXT.replace('政冶', '政治'));
  assert.doesNotMatch(await page.locator('.text').textContent(), /冶/);
  // The next is at hand.
  assert.match(await bubble.textContent(), /再接再厉/);
  await loaded(page, () => page.keyboard.press('a'));
  assert.equal(server.read('总结.txt'), TEXT.replace('政冶', '政治').replace('再励', '再厉'));
  await loaded(page, () => page.getByRole('button', { name: /全部采纳安全的/ }).click());
  assert.match(server.read('总结.txt'), /再厉，开创/);
  for (let count = 0; count < 3; count += 1) await loaded(page, () => page.getByRole('button', { name: '撤销' }).click());
  assert.equal(server.read('总结.txt'), TEXT);
  assert.equal(await page.getByRole('button', { name: '撤销' }).count(), 0);
  assert.deepEqual(seen, { messages: [], requests: [] });
  await close();
  server.close();
});

test('what the reader has chosen to see stays chosen', async () => {
  const server = await serve({ 'a.txt': TEXT });
  const { page, close } = await open(server.address);
  await page.getByRole('link', { name: 'a.txt' }).click();
  await page.locator('input[value=warning]').uncheck();
  await loaded(page, () => page.locator('.notes .accept:visible').first().click());
  assert.equal(await page.locator('input[value=warning]').isChecked(), false);
  assert.equal(await page.locator('.note.warning:visible').count(), 0);
  await close();
  server.close();
});

test('what is saved elsewhere is shown, and a fix of what was seen before is refused', async () => {
  const server = await serve({ 'a.txt': TEXT });
  const { page, close } = await open(server.address);
  await page.getByRole('link', { name: 'a.txt' }).click();
  server.write('a.txt', `${TEXT}工作按步就班。\n`);
  // It may be told of the file's making before it is of this.
  while (!/工作按步/.test(await page.locator('.text').textContent())) await page.waitForTimeout(50);
  // Saved so shortly before that the page does not know.
  await page.locator('.notes .accept').first().evaluate((button) => { button.dataset.finding = 99; });
  await page.locator('.notes .accept').first().click();
  await page.getByRole('alert').getByText('刚在别处改过').waitFor();
  assert.equal(server.read('a.txt'), `${TEXT}工作按步就班。\n`);
  await close();
  server.close();
});

test('a document of Word is dropped, fixed and downloaded with comments', async () => {
  const server = await serve({});
  const file = join(server.folder, '..', `zhubi-${process.pid}.docx`);
  word(file, TEXT);
  const { page, seen, close } = await open(server.address);
  // As the browser hands over what is dropped.
  const bytes = [...readFileSync(file)];
  await Promise.all([
    page.waitForURL(/drafts\/\d+\/$/),
    page.evaluate((bytes) => {
      const data = new DataTransfer();
      data.items.add(new File([new Uint8Array(bytes)], '总结.docx'));
      document.querySelector('.drop').dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
    }, bytes),
  ]);
  assert.equal(await page.title(), '总结.docx－朱笔审读报告');
  await loaded(page, () => page.getByRole('button', { name: '采纳：改为“政治”' }).click());
  assert.doesNotMatch(await page.locator('.text').textContent(), /冶/);
  const download = async (name) => {
    await page.getByText('下载', { exact: true }).click();
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name }).click()]);
    const saved = join(server.folder, '..', `zhubi-${process.pid}-${download.suggestedFilename()}`);
    await download.saveAs(saved);
    const list = spawnSync('python3', ['-m', 'zipfile', '-l', saved], { encoding: 'utf8' }).stdout;
    rmSync(saved);
    return [download.suggestedFilename(), list];
  };
  const [name, parts] = await download('带批注的副本');
  assert.equal(name, '总结（批注）.docx');
  assert.match(parts, /word\/comments\.xml/);
  assert.equal((await download('改好的稿子'))[0], '总结.docx');
  assert.deepEqual(seen, { messages: [], requests: [] });
  await Promise.all([page.waitForURL(server.address), page.getByRole('button', { name: '不要这份了' }).click()]);
  assert.equal(await page.locator('.shelf').count(), 0);
  // One that is picked, and one that is no draft.
  await page.locator('#pick').setInputFiles([file, join(root, 'docs/images/page.png')]);
  await page.getByRole('alert').getByText('是图片').waitFor();
  await page.getByRole('link', { name: `zhubi-${process.pid}.docx` }).waitFor();
  rmSync(file);
  await close();
  server.close();
});

test('the pages can be read by all', async () => {
  const server = await serve({ 'a.txt': TEXT, 'b.md': '# 总结\n\n认真学习政冶理论。\n' });
  for (const options of [{}, { colorScheme: 'dark' }, { viewport: phone, hasTouch: true }]) {
    const { page, seen, close } = await open(server.address, options);
    assert.deepEqual(await hindrances(page), []);
    await page.getByRole('link', { name: 'a.txt' }).click();
    await page.keyboard.press('j');
    assert.deepEqual(await hindrances(page), []);
    const gone = await page.goto(`${server.address}drafts/99/`);
    assert.equal(gone.status(), 404);
    assert.match(await page.locator('main').textContent(), /不在了/);
    seen.messages = seen.messages.filter((message) => !message.includes('404'));
    assert.deepEqual(seen, { messages: [], requests: [] });
    await close();
  }
  server.close();
});

test('no other page can frame it or ask it for anything', async () => {
  const server = await serve({ 'a.txt': TEXT });
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.route('http://evil.example/**', (route) => route.fulfill({ contentType: 'text/html', body: '<p>evil</p>' }));
  await page.goto('http://evil.example/');
  const got = await page.evaluate(async (address) => {
    const tried = [fetch(address), fetch(`${address}drafts/1/accept-safe`, { method: 'POST', mode: 'no-cors', body: '{}' })];
    const settled = await Promise.allSettled(tried);
    const frame = document.createElement('iframe');
    frame.src = address;
    document.body.append(frame);
    await new Promise((done) => { frame.onload = done; setTimeout(done, 2000); });
    let text = '';
    try { text = frame.contentDocument.body.textContent; } catch { text = 'foreign'; }
    return [...settled.map(({ status, value }) => (value ? `${value.type} ${value.status}` : status)), text];
  }, server.address);
  assert.ok(!got[0].startsWith('basic') && !got[1].startsWith('basic'), `${got}`);
  assert.ok(!got[2].includes('a.txt'), `${got}`);
  assert.equal(server.read('a.txt'), TEXT);
  await context.close();
  server.close();
});

test('the pictures of the documentation', { skip: !process.env.ZHUBI_UPDATE }, async () => {
  const images = join(root, 'docs/images');
  mkdirSync(images, { recursive: true });
  const server = await serve({});
  for (const name of ['notice.md', 'request.txt', 'survey.md', 'work-summary.txt']) {
    cpSync(join(root, 'samples', name), join(server.folder, name));
  }
  const { page, close } = await open(server.address, { viewport: { width: 1280, height: 640 } });
  await page.locator('.shelf a').last().waitFor();
  await page.screenshot({ path: join(images, 'serve.png') });
  await page.getByRole('link', { name: 'work-summary.txt' }).click();
  await page.setViewportSize({ width: 1280, height: 860 });
  for (let count = 0; count < 3; count += 1) await page.keyboard.press('j');
  await page.evaluate(() => scrollTo(0, 0));
  await page.screenshot({ path: join(images, 'serve-draft.png') });
  await close();
  server.close();
});
