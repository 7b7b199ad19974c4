import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isChinese, isMisread, measure, readGb18030 } from '../../src/chinese';

test('a draft in Chinese is told from other text', () => {
  for (const chinese of [
    '工作总结',
    '# 通知\n\n运行 `cargo test --locked` 即可。',
    '20__年,我科认真学习 ISO 15189 标准',
    '「臺灣」的繁體文本也是中文',
  ]) {
    assert.ok(isChinese(chinese), chinese);
  }
  for (const other of [
    '',
    'TODO: buy milk, (see 20__)',
    'Written by Li Lei (李雷) in the spring of the year',
    '今日は天気がいいですね。散歩に行きましょう。',
    '한국어 문서입니다. 漢字 조금.',
    'const x = 1;\n// 注释 here\nfunction f() { return x }',
  ]) {
    assert.ok(!isChinese(other), other);
  }
});

test('length is counted as Word and WPS do', () => {
  const cases: [string, number, number][] = [
    ['', 0, 0],
    ['工作总结', 4, 4],
    ['2026年，完成12.6万份。', 9, 15],
    ['Rust 语言 server', 4, 12],
    ['“质量安全月”——很好……', 13, 13],
    ['一、\n　二 三', 4, 4],
    ['😀很好', 3, 3],
    ['𠮷野家', 3, 3],
  ];
  for (const [text, words, characters] of cases) {
    assert.deepEqual(measure(text), { words, characters }, text);
  }
});

test('a draft in GB18030 is known by its bytes, and what UTF-8 makes of it by its characters', () => {
  // “认真学习政冶理论。” in GBK, as iconv writes it.
  const bytes = Uint8Array.from(Buffer.from('c8cfd5e6d1a7cfb0d5fed2b1c0edc2dba1a3', 'hex'));
  assert.equal(readGb18030(bytes), '认真学习政冶理论。');
  assert.equal(readGb18030(bytes.subarray(0, 11)), '认真学习政', 'cut within a character');
  assert.ok(isMisread(new TextDecoder('utf-8').decode(bytes)));
  for (const other of [Buffer.from('认真学习政冶理论。'), Buffer.from('Résumé', 'latin1'), Buffer.from([0xff, 0xfe, 0x00])]) {
    assert.equal(readGb18030(other), undefined, other.toString('hex'));
  }
  assert.ok(!isMisread('一个字\ufffd坏了，其余都好。'));
});
