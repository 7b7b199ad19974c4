// The writer's settings as the server takes them: those that zhubi.toml knows too. What is only the editor's stays here.

/** The settings that the server knows, by the names that both sides use. */
const SHARED = [
  'documentType',
  'targetLength',
  'sectionLength',
  'minConfidence',
  'possibleTypos',
  'severity',
  'ignore',
  'words',
  'delay',
  'maxFileSize',
];

/** What is asked of the editor's configuration. */
export interface Reader {
  get(key: string): unknown;
}

/** The section `zhubi` for the server. What is not set is left to the server, so that zhubi.toml can say it. */
export function forServer(configuration: Reader): Record<string, unknown> {
  const entries = SHARED.map((key) => [key, configuration.get(key)] as const);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined && value !== null));
}

/** A kind of document: its identifier, its name for a writer, and whatever else a setting may call it. */
type DocumentTypeNames = readonly [id: string, name: string, ...others: string[]];

/** The kinds of documents, the usual ones first; `ZHUBI_UPDATE=1 cargo test --test docs` adds new ones. */
export const DOCUMENT_TYPES: readonly DocumentTypeNames[] = [
  ['summary', '工作总结', '总结'],
  ['duty-report', '述职报告', '述职述廉报告'],
  ['survey', '调研报告', '调查报告'],
  ['situation-report', '报告', '情况报告'],
  ['request', '请示'],
  ['reply', '批复'],
  ['notice', '通知'],
  ['letter', '函'],
  ['minutes', '会议纪要', '纪要'],
  ['plan', '方案、计划', '方案', '计划', '工作方案', '工作计划'],
  ['speech', '讲话稿', '讲话'],
  ['circular', '通报'],
];
