// A writer's day, step by step; run by run.sh. What is looked at is what the screen shows and what the disk holds.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Editor, until } from './editor.mjs';

const [modules, vsix] = process.argv.slice(2);
const home = mkdtempSync(`${tmpdir()}/zhubi-vscode-`);
const sample = readFileSync(new URL('../../../samples/work-summary.txt', import.meta.url), 'utf8');
const images = fileURLToPath(new URL('../images/', import.meta.url));
mkdirSync(new URL('out/', import.meta.url), { recursive: true });

const settings = {
  'chat.disableAIFeatures': true,
  'editor.fontFamily': 'Noto Sans Mono CJK SC',
  'editor.fontSize': 15,
  'editor.lineHeight': 26,
  'editor.minimap.enabled': false,
  'editor.stickyScroll.enabled': false,
  'editor.wordWrap': 'on',
  'extensions.autoCheckUpdates': false,
  'security.workspace.trust.banner': 'never',
  'security.workspace.trust.startupPrompt': 'never',
  'telemetry.telemetryLevel': 'off',
  'window.commandCenter': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
};

let editor;
let passed = 0;
let failed = 0;

/** A step of the journey. One that fails says so, with a picture, and the journey goes on. */
async function step(name, walk) {
  try {
    await walk();
    passed += 1;
    console.log(`ok: ${name}`);
  } catch (error) {
    failed += 1;
    const picture = fileURLToPath(new URL(`out/failed-${failed}.png`, import.meta.url));
    await editor.screenshot(picture).catch(() => {});
    console.error(`FAILED: ${name} (${picture})\n${error.stack}`);
    await editor.press('Escape');
  }
}

/** Takes a picture for the README, where it is wanted (and pngquant there to make it small). */
async function picture(name) {
  if (process.env.SCREENSHOTS) {
    const path = `${images}${name}.png`;
    await editor.page.mouse.move(190, 440);
    await editor.page.waitForTimeout(700);
    await editor.screenshot(path);
    execFileSync('pngquant', ['--force', '--output', path, path]);
  }
}

function folder(name, files) {
  const path = `${home}/${name}`;
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(`${path}/${file}`.replace(/\/[^/]*$/, ''), { recursive: true });
    writeFileSync(`${path}/${file}`, text);
  }
  return path;
}

/** The servers that are running from this editor, by their process ids. */
function servers() {
  const all = execFileSync('ps', ['-eo', 'pid,args'], { encoding: 'utf8' }).split('\n');
  const ours = all.filter((line) => line.includes(` ${home}/extensions/`) && line.endsWith('zhubi lsp'));
  return ours.map((line) => parseInt(line));
}

const marks = (severity, wanted) =>
  until(`marks on ${JSON.stringify(wanted)}`, async () => {
    const marked = await editor.marked(severity);
    return JSON.stringify(marked) === JSON.stringify(wanted);
  });
const statusIs = (pattern) => until(`the status ${pattern}`, async () => pattern.test((await editor.status()) ?? ''));

async function setCheckbox(setting, on) {
  await editor.command('Preferences: Open Settings (UI)');
  await editor.page.locator('.settings-editor .settings-header .monaco-editor').click();
  await editor.press('Control+a');
  await editor.type(`@id:${setting}`);
  const box = editor.page.locator(`.settings-editor [data-key="${setting}"] [role="checkbox"]`);
  const isOn = async () => (await box.getAttribute('aria-checked')) === String(on);
  await box.waitFor();
  if (!(await isOn())) {
    // Closed before it is written, the editor forgets it. What is as by default is not written.
    const written = () => JSON.parse(readFileSync(`${home}/data/User/settings.json`, 'utf8') || '{}')[setting];
    const before = written();
    await box.click();
    await until(`${setting} to be ${on}`, isOn);
    await until(`${setting} to be written`, () => written() === on || (written() === undefined && before !== undefined));
  }
  await editor.page.locator('.settings-editor .settings-header .monaco-editor').click();
  await editor.pressFor('Escape', '.settings-editor', 'hidden');
}

try {
  const work = folder('通知与总结', { '年度总结.txt': sample, '通知.md': '# 关于部暑检查的通知\n\n请各单位认真部暑。\n', 'notes.txt': 'Notes (draft): 20__ TODO, "see" the lazy dog...and more\n' });
  const draft = `${work}/年度总结.txt`;
  editor = await Editor.start({ modules, extensions: [vsix], home, settings, trust: true });
  await editor.openFolder(work);

  await step('a text that is not Chinese is left alone', async () => {
    await editor.openFile('notes.txt');
    await until('the editor to know the text', async () => (await editor.texts('.part.statusbar')).join().includes('Plain Text'));
    await editor.page.waitForTimeout(1500);
    assert.deepEqual(await editor.marked('error'), []);
    assert.equal(await editor.status(), undefined);
    assert.deepEqual(servers(), []);
  });

  await step('marks stand under exactly what is wrong', async () => {
    await editor.openFile('年度总结.txt');
    await marks('error', ['20__年', '政冶', '拦目', '2月30日', '再接再励', '全力以付']);
    assert.equal(servers().length, 1);
  });

  await step('the status bar has length, findings and kind of document', () => statusIs(/^439字 6 \d+ .*工作总结$/));

  await step('the panel of problems says them in words', async () => {
    await editor.press('Control+Shift+m');
    await until('the problems', async () =>
      (await editor.texts('.markers-panel .monaco-list-row')).some((row) => row.includes('“政冶”是错词，应为“政治”')),
    );
    await picture('marks');
    await editor.press('Control+Shift+m');
  });

  await step('the outline has the parts', async () => {
    const files = editor.page.locator('.pane-header', { hasText: '通知与总结' });
    await files.click();
    await editor.command('Explorer: Focus on Outline View');
    const wanted = ['检验科年度工作总结 篇一:', '一、政治学习方面', '二、业务工作方面', '检验科年度工作总结 篇二：'];
    await until('the outline', async () => {
      const rows = (await editor.texts('.outline-tree .monaco-list-row')).join('\n');
      return wanted.every((heading) => rows.includes(heading));
    });
    await picture('outline');
    await files.click();
  });

  await step('a quick fix by keyboard changes the text', async () => {
    await editor.caretBefore('政冶');
    await editor.pressFor('Control+.', '.action-widget .monaco-list-row');
    const offered = (await editor.texts('.action-widget .monaco-list-row')).join('\n');
    assert.match(offered, /改为“政治”/);
    assert.match(offered, /为什么？查看规则 typo\/confusable-word/);
    await picture('quick-fix');
    await editor.press('Enter');
    await until('the text to change', async () => (await editor.lines()).join('').includes('认真学习政治理论'));
    await marks('error', ['20__年', '拦目', '2月30日', '再接再励', '全力以付']);
    await editor.press('Control+s');
    await until('the file to change', () => readFileSync(draft, 'utf8').includes('认真学习政治理论'));
  });

  await step('the length of the selection is said too', async () => {
    await editor.caretBefore('拦目');
    await editor.press('Shift+ArrowRight');
    await editor.press('Shift+ArrowRight');
    await statusIs(/^选中2，共439字/);
    await editor.press('ArrowRight');
  });

  await step('a word added to the dictionary is marked no more', async () => {
    await editor.caretBefore('全力以付');
    for (let at = 0; at < 4; at++) {
      await editor.press('Shift+ArrowRight');
    }
    await editor.command('朱笔: 把选中的词加入词库');
    await editor.choose('本项目的词库');
    await marks('error', ['20__年', '拦目', '2月30日', '再接再励']);
    assert.match(readFileSync(`${work}/zhubi.toml`, 'utf8'), /words = \["全力以付"\]/);
    rmSync(`${work}/zhubi.toml`);
    await marks('error', ['20__年', '拦目', '2月30日', '再接再励', '全力以付']);
  });

  await step('a severity that is set counts at once', async () => {
    mkdirSync(`${work}/.vscode`, { recursive: true });
    writeFileSync(`${work}/.vscode/settings.json`, '{ "zhubi.severity": { "typo": "off", "leftover": "hint" } }');
    await marks('error', ['2月30日']);
    writeFileSync(`${work}/.vscode/settings.json`, '{}');
    await marks('error', ['20__年', '拦目', '2月30日', '再接再励', '全力以付']);
  });

  await step('the kind of document can be chosen', async () => {
    await editor.command('朱笔: 选择文种');
    await editor.choose('请示');
    await statusIs(/请示$/);
    assert.match(readFileSync(`${work}/.vscode/settings.json`, 'utf8'), /"zhubi.documentType": "request"/);
    await editor.command('朱笔: 选择文种');
    await editor.choose('自动判断');
    await statusIs(/工作总结$/);
  });

  await step('the workspace is checked where that is asked for', async () => {
    const problems = () => editor.texts('.markers-panel .monaco-list-row');
    await editor.command('朱笔: 检查整个工作区');
    await until('the list', async () => (await problems()).some((row) => row.includes('年度总结.txt')));
    // The list shows no more than it has room for: the open draft's part of it is folded.
    await editor.press('ArrowLeft');
    await editor.press('ArrowLeft');
    await until('the other draft', async () => (await problems()).some((row) => row.includes('“部暑”是错词')));
    await editor.press('Control+Shift+m');
  });

  await step('the page of the rule at the caret opens', async () => {
    await editor.caretBefore('20__年');
    await editor.command('朱笔: 查看规则说明');
    await until('the page', async () => {
      const texts = await Promise.all(editor.page.frames().map((frame) => frame.locator('body').innerText().catch(() => '')));
      return texts.some((text) => text.includes('leftover/placeholder') && text.includes('依据'));
    });
    await editor.press('Control+w');
    await editor.openFile('年度总结.txt');
  });

  await step('a click on the status bar opens the menu', async () => {
    await editor.page.locator('.part.statusbar [id="zhubi.zhubi.zhubi"]').click();
    await until('the menu', async () => {
      const rows = (await editor.texts('.quick-input-widget .monaco-list-row')).join();
      return ['改正全文可以放心改的错误', '文种', '检查整个工作区'].every((entry) => rows.includes(entry));
    });
    await picture('menu');
    await editor.pressFor('Escape', '.quick-input-widget', 'hidden');
  });

  await step('switched off and on again, it goes and comes at once', async () => {
    await setCheckbox('zhubi.enable', false);
    await marks('error', []);
    await until('the server to end', () => servers().length === 0);
    await setCheckbox('zhubi.enable', true);
    await marks('error', ['20__年', '拦目', '2月30日', '再接再励', '全力以付']);
  });

  await step('what is safe is fixed on saving', async () => {
    await setCheckbox('zhubi.fixOnSave', true);
    await editor.caretBefore('一是加强学习');
    await editor.type('新添');
    await editor.press('Control+s');
    const saved = await until('the file to change', () => {
      const text = readFileSync(draft, 'utf8');
      return text.includes('新添') && !text.includes('拦目') && text;
    });
    assert.match(saved, /开设了“质量安全月”栏目，共编发简报6期，参加人员30人次。/);
    assert.match(saved, /再接再厉/);
    assert.match(saved, /20__年/, 'what is not safe is left to the writer');
    await marks('error', ['20__年', '2月30日']);
    assert.deepEqual((await editor.lines()).join('').includes('再接再厉'), true);
  });

  await step('started anew, there is still one server', async () => {
    await editor.command('朱笔: 重新启动服务');
    await editor.page.waitForTimeout(500);
    await marks('error', ['20__年', '2月30日']);
    assert.equal(servers().length, 1);
  });

  await step('a server that dies is started again, without a word', async () => {
    const [dead] = servers();
    process.kill(dead, 'SIGKILL');
    await until('another server', () => servers().length === 1 && servers()[0] !== dead);
    await marks('error', ['20__年', '2月30日']);
  });

  await step('a sample that was never saved is checked too', async () => {
    await editor.command('朱笔: 打开示例文稿');
    await editor.page.waitForSelector('.tab.active[data-resource-name="Untitled-1"]');
    await marks('error', ['20__年', '政冶', '拦目', '2月30日', '再接再励', '全力以付']);
    await editor.command('朱笔: 改正全文可以放心改的错误');
    await marks('error', ['20__年', '2月30日']);
    assert.equal(servers().length, 1);
  });

  await step('plain text is formatted', async () => {
    await editor.command('朱笔: 打开示例文稿');
    await editor.page.waitForSelector('.tab.active[data-resource-name="Untitled-2"]');
    await marks('error', ['20__年', '政冶', '拦目', '2月30日', '再接再励', '全力以付']);
    await editor.command('Format Document');
    await until('full-width punctuation', async () => (await editor.lines()).join('').includes('一年来，检验科'));
    assert.ok((await editor.lines()).join('').includes('政冶'), 'words are not what formatting is about');
  });

  await step('the walkthrough leads through it', async () => {
    await editor.command('Welcome: Open Walkthrough...');
    await editor.choose('开始使用朱笔');
    await until('the steps', async () => {
      const text = (await editor.texts('.gettingStartedContainer .step-list-container')).join();
      return ['打开示例文稿', '按两个键处理一处标记', '查看大纲', '按自己的需要设置'].every((title) => text.includes(title));
    });
    await editor.screenshot(fileURLToPath(new URL('out/walkthrough.png', import.meta.url)));
  });

  await step('nothing was said that the writer did not ask for', async () => {
    assert.deepEqual(await editor.texts('.notification-toast'), []);
  });

  await step('a server that cannot be started is said once, and not tried at each keystroke', async () => {
    await editor.openFile('年度总结.txt');
    writeFileSync(`${work}/.vscode/settings.json`, '{ "zhubi.server.path": "/bin/false" }');
    await marks('error', []);
    const notices = () => editor.texts('.notification-toast');
    await until('word of it', async () => (await notices()).length > 0);
    await editor.page.waitForTimeout(1000);
    const said = (await notices()).length;
    await editor.type('又写了一些字');
    await editor.page.waitForTimeout(2000);
    assert.equal((await notices()).length, said);
    writeFileSync(`${work}/.vscode/settings.json`, '{}');
    await marks('error', ['20__年', '2月30日']);
    assert.equal(servers().length, 1);
  });
  await editor.stop();

  const stranger = folder('stranger', {
    '总结.txt': sample,
    'server.sh': `#!/bin/sh\ntouch ${home}/ran\n`,
    '.vscode/settings.json': JSON.stringify({ 'zhubi.server.path': `${home}/stranger/server.sh` }),
  });
  execFileSync('chmod', ['+x', `${stranger}/server.sh`]);
  editor = await Editor.start({ modules, extensions: [vsix], home, settings, trust: false });
  await editor.openFolder(stranger);
  await step('a folder that is not trusted cannot name the server', async () => {
    await editor.openFile('总结.txt');
    await marks('error', ['20__年', '政冶', '拦目', '2月30日', '再接再励', '全力以付']);
    assert.equal(servers().length, 1);
    assert.ok(!existsSync(`${home}/ran`));
  });
} finally {
  await editor?.stop().catch(() => {});
  rmSync(home, { recursive: true, force: true });
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
