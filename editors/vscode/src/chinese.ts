// What can be said of a text by looking at its characters alone.

const CHINESE_CHARACTER = /\p{Script=Han}/gu;
const LATIN_WORD = /\p{Script=Latin}+/gu;
const UNREADABLE = /\ufffd/gu;
const OTHER_EAST_ASIAN = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu;

/** So much of a text is looked at to tell its language. */
const SAMPLE = 20_000;

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}

/** Is this a Chinese text? Not one of another language with a Chinese name in it, nor a Japanese one. */
export function isChinese(text: string): boolean {
  const sample = text.slice(0, SAMPLE);
  const chinese = count(sample, CHINESE_CHARACTER);
  return chinese >= 2 && chinese * 2 >= count(sample, LATIN_WORD) && count(sample, OTHER_EAST_ASIAN) * 10 < chinese;
}

/** Was it read in an encoding that is not its own? Then most of what it holds could not be read at all. */
export function isMisread(text: string): boolean {
  const sample = text.slice(0, SAMPLE);
  return count(sample, UNREADABLE) > count(sample, CHINESE_CHARACTER);
}

/** The text of bytes in GB18030, of which GBK and GB2312 are parts, where they are a Chinese draft; the last may be cut. */
export function readGb18030(bytes: Uint8Array): string | undefined {
  try {
    const text = new TextDecoder('gb18030', { fatal: true }).decode(bytes, { stream: true });
    return isChinese(text) ? text : undefined;
  } catch {
    return undefined;
  }
}

/** How long a text is, as offices count. */
export interface Length {
  /** 字数 as Word and WPS have it: a Chinese character or mark is one, and so is a run of anything else without spaces. */
  words: number;
  /** 字符数（不计空格） */
  characters: number;
}

// A full-width character or mark by itself, or the longest run of others.
const FULL_WIDTH =
  '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Hangul}\\p{Script=Bopomofo}' +
  '\\u3001-\\u303f\\uff01-\\uffef\\u2014\\u2018\\u2019\\u201c\\u201d\\u2026\\u00b7';
const WORD = new RegExp(`[${FULL_WIDTH}]|[^\\s${FULL_WIDTH}]+`, 'gu');
const CHARACTER = /\S/gu;

export function measure(text: string): Length {
  return { words: count(text, WORD), characters: count(text, CHARACTER) };
}
