// A writer's day, step by step; run by run.sh. What is looked at is what the screen shows and what the disk holds. With ONLY
// set, only the steps whose names match it are walked.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
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
  if (!new RegExp(process.env.ONLY ?? '').test(name)) {
    return;
  }
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

const PACK = `
import sys, zipfile
text, path = sys.argv[1:]
types = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
relations = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>'
body = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in text.splitlines())
with zipfile.ZipFile(path, "w") as archive:
    archive.writestr("[Content_Types].xml", types)
    archive.writestr("_rels/.rels", relations)
    archive.writestr("word/document.xml", f'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{body}</w:body></w:document>')
`;

/** Writes a Word document of some lines. */
function wordDocument(path, text) {
  execFileSync('python3', ['-c', PACK, text, path]);
}

const STUB = `
import json, sys, zipfile
settings = {"evenBetterToml.schema.associations": {"type": "object", "default": {}}}
manifest = {"name": "even-better-toml", "publisher": "tamasfe", "version": "0.1.0", "engines": {"vscode": "*"}, "contributes": {"configuration": {"properties": settings}}}
package = '<PackageManifest Version="2.0.0" xmlns="http://schemas.microsoft.com/developer/vsx-schema/2011"><Metadata><Identity Id="even-better-toml" Version="0.1.0" Language="en-US" Publisher="tamasfe"/></Metadata><Installation><InstallationTarget Id="Microsoft.VisualStudio.Code"/></Installation><Dependencies/><Assets/></PackageManifest>'
with zipfile.ZipFile(sys.argv[1], "w") as archive:
    archive.writestr("extension.vsixmanifest", package)
    archive.writestr("extension/package.json", json.dumps(manifest))
`;

/** Makes an extension with no more of Even Better TOML than its name and the setting that matters here. */
function tomlExtension() {
  const path = `${home}/even-better-toml.vsix`;
  execFileSync('python3', ['-c', STUB, path]);
  return path;
}

/** The texts of all frames: a page stands in frames within frames. */
function pages() {
  return Promise.all(editor.page.frames().map((frame) => frame.evaluate(() => document.body?.innerText ?? '').catch(() => '')));
}

/** The servers that are running from this editor, by their process ids. */
function servers() {
  const all = execFileSync('ps', ['-eo', 'pid,args'], { encoding: 'utf8' }).split('\n');
  const ours = all.filter((line) => line.includes(` ${home}/extensions/`) && line.endsWith('zhubi lsp'));
  return ours.map((line) => parseInt(line));
}

const marks = (severity, wanted) => {
  let marked;
  return until(() => `marks on ${JSON.stringify(wanted)}, with ${JSON.stringify(marked)}`, async () => {
    marked = await editor.marked(severity);
    return JSON.stringify(marked) === JSON.stringify(wanted);
  });
};
const problems = () => editor.texts('.markers-panel .monaco-list-row');
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
  editor = await Editor.start({ modules, extensions: [vsix, tomlExtension()], home, settings, trust: true });
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

  await step('the status bar has length and kind of document', () => statusIs(/^439字 工作总结$/));

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

  await step('from finding to finding as they stand in the text, and round', async () => {
    const place = async () => (await editor.texts('.part.statusbar [id="status.editor.selection"]')).join();
    await editor.openFile('年度总结.txt');
    await editor.press('Control+Home');
    await until('the start', async () => /Ln 1, Col 1$/.test(await place()));
    const go = async (keys) => {
      const before = await place();
      await editor.press(keys);
      await until('another place', async () => (await place()) !== before);
      return Number(/\d+/.exec(await place())[0]);
    };
    const lines = [];
    do {
      lines.push(await go('Control+F7'));
    } while (lines.length < 20 && lines.at(-1) >= (lines.at(-2) ?? 0));
    assert.ok(lines.length > 6 && lines.at(-1) === lines[0], `lines ${lines}`);
    await until('what is wrong here', async () => (await editor.texts('.monaco-hover')).join().includes('zhubi'));
    assert.equal(await go('Control+Shift+F7'), Math.max(...lines), 'the last');
    await editor.press('Escape');
  });

  await step('a hover is short: what is wrong, an example, a link, and the fix in sight', async () => {
    await editor.caretBefore('政冶');
    await editor.command('Show or Focus Hover');
    const hover = () => editor.texts('.monaco-editor .monaco-hover:not(.hidden)');
    await until('the hover', async () => /“政冶”是错词/.test((await hover()).join()));
    const said = (await hover()).join('\n');
    assert.match(said, /Quick Fix|快速修复/);
    assert.ok(said.length < 300, said);
    if (process.env.SCREENSHOTS) {
      await editor.screenshot(`${images}hover.png`);
      execFileSync('pngquant', ['--force', '--output', `${images}hover.png`, `${images}hover.png`]);
    }
    await editor.press('Escape');
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

  await step('what a quick fix has the server do is done', async () => {
    await editor.caretBefore('全力以付');
    await editor.pressFor('Control+.', '.action-widget .monaco-list-row');
    await editor.page.locator('.action-widget .monaco-list-row', { hasText: '加入项目词库' }).click();
    await until('the word in zhubi.toml', () => existsSync(`${work}/zhubi.toml`) && /全力以付/.test(readFileSync(`${work}/zhubi.toml`, 'utf8')));
    await marks('error', ['20__年', '拦目', '2月30日', '再接再励']);
    rmSync(`${work}/zhubi.toml`);
    await marks('error', ['20__年', '拦目', '2月30日', '再接再励', '全力以付']);
  });

  await step('one place is passed over, and marked again where the list no longer has it', async () => {
    await editor.caretBefore('全力以付');
    await editor.pressFor('Control+.', '.action-widget .monaco-list-row');
    await editor.page.locator('.action-widget .monaco-list-row', { hasText: '这一处不再提示' }).first().click();
    await marks('error', ['20__年', '拦目', '2月30日', '再接再励']);
    assert.match(readFileSync(`${work}/zhubi.ignore.toml`, 'utf8'), /text = "全力以付"/);
    assert.ok(!readFileSync(draft, 'utf8').includes('zhubi:'), 'the draft is as it was');
    rmSync(`${work}/zhubi.ignore.toml`);
    await marks('error', ['20__年', '拦目', '2月30日', '再接再励', '全力以付']);
  });

  await step('an open quotation mark is no fault while its sentence is written', async () => {
    const before = JSON.stringify([await editor.marked('error'), await editor.marked('warning')]);
    await editor.caretBefore('一是加强学习');
    await editor.type('会议指出“要抓');
    for (let nth = 0; nth < 20; nth++) {
      assert.equal(JSON.stringify([await editor.marked('error'), await editor.marked('warning')]), before);
      await editor.page.waitForTimeout(150);
    }
    for (let nth = 0; nth < '会议指出“要抓'.length; nth++) {
      await editor.press('Backspace');
    }
  });

  await step('an abbreviation is renamed wherever it stands', async () => {
    const text = '关于县市场监督管理局（以下简称“市监局”）工作的通知\n市监局要抓好落实。\n请市监局报送总结。\n';
    writeFileSync(`${work}/简称.txt`, text);
    await editor.openFile('简称.txt');
    await editor.caretBefore('市监局要抓好');
    await editor.press('F2');
    // The name is selected in its box as soon as the caret is there.
    await editor.page.waitForFunction(() => document.activeElement?.closest('.rename-box'));
    await editor.type('县局');
    await editor.press('Enter');
    await until('the new name', async () => {
      const now = (await editor.lines()).join('');
      return now.includes('“县局”') && now.includes('县局要抓好') && now.includes('请县局报送') && !now.includes('市监局');
    });
    await editor.press('Control+s');
    await editor.press('Control+w');
    rmSync(`${work}/简称.txt`);
    await editor.openFile('年度总结.txt');
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
    await editor.openFile('年度总结.txt');
    await editor.command('朱笔: 检查整个工作区');
    await until('the list', async () => (await problems()).some((row) => row.includes('年度总结.txt')));
    // The list shows no more than it has room for.
    await editor.page.locator('.markers-panel .monaco-list-row').first().click();
    await editor.press('Control+ArrowLeft');
    await until('the other draft', async () => (await problems()).some((row) => row.includes('通知.md')));
  });

  await step('the workspace is checked, and what was found stays true: opened and closed, repaired, renamed, left out, deleted on disk', async () => {
    const errors = async () => Number(/\d+/.exec((await editor.texts('.part.statusbar [id="status.problems"]')).join())?.[0]);
    const before = await errors();
    const changeIs = (wanted) => until(`${wanted} errors more`, async () => (await errors()) === before + wanted);
    await editor.openFile('通知.md');
    await marks('error', ['部暑', '部暑']);
    await editor.press('Control+w');
    await editor.page.waitForTimeout(1500);
    await changeIs(0);
    writeFileSync(`${work}/通知.md`, '# 关于部署检查的通知\n\n请各单位认真部署。\n');
    await changeIs(-2);
    writeFileSync(`${work}/又一篇.txt`, '请各单位认真部暑，做好各项工作。\n');
    await changeIs(-1);
    renameSync(`${work}/又一篇.txt`, `${work}/改了名.txt`);
    await editor.page.waitForTimeout(1500);
    await changeIs(-1);
    writeFileSync(`${work}/zhubi.toml`, 'exclude = ["改了名.txt"]\n');
    await changeIs(-2);
    rmSync(`${work}/zhubi.toml`);
    await changeIs(-1);
    rmSync(`${work}/改了名.txt`);
    await changeIs(-2);
    await editor.pressFor('Control+Shift+m', '.markers-panel', 'hidden');
    await editor.openFile('年度总结.txt');
  });

  await step('Markdown has one outline, unfolded; ours where the editor has none', async () => {
    const files = editor.page.locator('.pane-header', { hasText: '通知与总结' });
    const rows = () => editor.texts('.outline-tree .monaco-list-row');
    writeFileSync(`${work}/意见.md`, '# 关于检查的意见\n\n请各单位认真部署。\n');
    writeFileSync(`${work}/方案.md`, '一、检查内容\n\n认真部署。\n\n二、检查要求\n\n认真落实。\n');
    await editor.openFile('意见.md');
    await editor.openFile('方案.md');
    await files.click();
    await editor.command('Explorer: Focus on Outline View');
    await until('our headings', async () => /一、检查内容[^]*二、检查要求/.test((await rows()).join()));
    await editor.page.locator('.tab[data-resource-name="意见.md"]').click();
    await until('the heading by itself', async () => (await rows()).length === 1 && (await rows())[0].includes('# 关于检查的意见'));
    await files.click();
    await editor.openFile('年度总结.txt');
  });

  await step('a draft in GBK is noticed, and opened in its own encoding', async () => {
    const gbk = (text) => execFileSync('iconv', ['-f', 'utf-8', '-t', 'gb18030'], { input: text });
    writeFileSync(`${work}/旧稿.txt`, gbk('关于开展检查的通知\n请各单位认真部暑，做好各项工作。\n'));
    await editor.openFile('旧稿.txt');
    const toast = editor.page.locator('.notification-toast', { hasText: 'GBK' });
    await toast.waitFor();
    assert.deepEqual(await editor.marked('error'), []);
    assert.equal(await editor.status(), undefined);
    await toast.getByText('用 GB18030 重新打开').click();
    await marks('error', ['部暑']);
    await toast.waitFor({ state: 'hidden' });
    await editor.press('Control+w');
    await editor.openFile('旧稿.txt');
    await marks('error', ['部暑']);
    assert.deepEqual(await editor.texts('.notification-toast'), []);
    await editor.press('Control+w');
    rmSync(`${work}/旧稿.txt`);
    await editor.openFile('年度总结.txt');
  });

  await step('a fault in zhubi.toml can be opened from where it is told', async () => {
    writeFileSync(`${work}/zhubi.toml`, '[typo]\nmin-confidense = 3\n');
    await editor.page.locator('.notification-toast').getByText('打开 zhubi.toml').click();
    await editor.page.waitForSelector('.tab.active[data-resource-name="zhubi.toml"]');
    assert.match((await editor.texts('.part.statusbar [id="status.editor.selection"]')).join(), /Ln 2/);
    // Another extension completes its keys, if that is wanted.
    await editor.page.locator('.notification-toast').getByText('补全并说明').click();
    const written = () => JSON.parse(readFileSync(`${home}/data/User/settings.json`, 'utf8'))['evenBetterToml.schema.associations'];
    const schema = await until('the schema to be named', () => Object.values(written() ?? {})[0]);
    assert.match(readFileSync(new URL(schema), 'utf8'), /zhubi\.toml/);
    await editor.page.waitForSelector('.notification-toast', { state: 'hidden' });
    await editor.press('Control+w');
    rmSync(`${work}/zhubi.toml`);
    await editor.openFile('年度总结.txt');
  });

  await step('the page of the rule at the caret opens', async () => {
    await editor.caretBefore('20__年');
    await editor.command('朱笔: 查看规则说明');
    await until('the page', async () => {
      return (await pages()).some((text) => text.includes('leftover/placeholder') && text.includes('依据'));
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

  await step('a Word document opens as its page, and follows what is saved', async () => {
    wordDocument(`${work}/请示.docx`, sample);
    const row = editor.page.locator('.explorer-folders-view .monaco-list-row', { hasText: '请示.docx' });
    await row.dblclick();
    await editor.page.waitForSelector('.tab.active[data-resource-name="请示.docx"]');
    await until('its page', async () => (await pages()).some((text) => text.includes('政冶') && text.includes('提纲')));
    await picture('word');
    const page = editor.page.frames().find((frame) => frame.url().includes('fake.html'));
    await page.locator('mark').first().hover();
    await until('the remark on a mark', async () => (await pages()).some((text) => text.includes('没有填')));
    wordDocument(`${work}/请示.docx`, sample.replaceAll('政冶', '政治'));
    await until('the page to follow', async () => (await pages()).some((text) => text.includes('认真学习政治理论')));
  });

  await step('a copy of a Word document is saved with comments', async () => {
    await editor.command('朱笔: 存一份带批注的');
    const box = editor.page.locator('.quick-input-widget:visible .quick-input-box input');
    await until('the name of the copy', async () => /请示-批注\.docx$/.test(await box.inputValue()));
    await editor.press('Enter');
    const copy = `${work}/请示-批注.docx`;
    await until('the copy', () => existsSync(copy));
    const parts = execFileSync('python3', ['-c', 'import sys, zipfile; print(*zipfile.ZipFile(sys.argv[1]).namelist())', copy], { encoding: 'utf8' });
    assert.match(parts, /word\/comments\.xml/);
    await until('word of it', async () => (await editor.texts('.notification-toast')).join().includes('已保存'));
    await editor.command('Notifications: Clear All Notifications');
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

  const unfit = folder('programs', {
    plain: 'no program\n',
    foreign: '#!/no/such/loader\n',
    ends: '#!/bin/sh\n[ "$1" = --version ] && echo zhubi 0.1.0 && exit\nexit 1\n',
  });
  chmodSync(`${unfit}/foreign`, 0o755);
  chmodSync(`${unfit}/ends`, 0o755);
  const causes = [
    ['/no/such/zhubi', /不存在.*zhubi\.server\.path/s],
    [`${unfit}/plain`, /不能作为程序运行/],
    [`${unfit}/foreign`, /不是给这台电脑/],
    ['/bin/false', /不是 zhubi/],
    [`${unfit}/ends`, /一启动就退出/],
  ];
  for (const [path, said] of causes) {
    await step(`a server that cannot be started is said once, in Chinese, and not tried at each keystroke: ${path}`, async () => {
      mkdirSync(`${work}/.vscode`, { recursive: true });
      await editor.openFile('年度总结.txt');
      const before = await until('marks', async () => (await editor.marked('error')).length > 0 && editor.marked('error'));
      writeFileSync(`${work}/.vscode/settings.json`, JSON.stringify({ 'zhubi.server.path': path }));
      await marks('error', []);
      const notices = () => editor.texts('.notification-toast');
      await until('word of it', async () => (await notices()).length > 0);
      await editor.type('又写了一些字');
      await editor.page.waitForTimeout(3000);
      assert.equal((await notices()).length, 1, (await notices()).join('\n'));
      assert.match((await notices())[0], said);
      await editor.command('Notifications: Clear All Notifications');
      writeFileSync(`${work}/.vscode/settings.json`, '{}');
      await marks('error', before);
      assert.equal(servers().length, 1);
    });
  }
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
  rmSync(home, { recursive: true, force: true, maxRetries: 20, retryDelay: 200 });
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
