// Which documents are ours.

import * as vscode from 'vscode';
import { isChinese, isMisread } from './chinese';

export const SELECTOR = ['file', 'untitled'].flatMap((scheme) =>
  ['plaintext', 'markdown'].map((language) => ({ scheme, language })),
);

/** May there be a draft in it? */
export function isProse(document: vscode.TextDocument): boolean {
  return vscode.languages.match(SELECTOR, document) > 0;
}

/** A sample of a long document is enough to know its language, and cheap enough to be taken at each keystroke. */
const SAMPLE_LINES = 400;

/** What it begins with. */
export function sampleOf(document: vscode.TextDocument): string {
  return document.getText(new vscode.Range(0, 0, SAMPLE_LINES, 0));
}

/** Is it a draft in Chinese? */
export function isDraft(document: vscode.TextDocument): boolean {
  if (!isProse(document)) {
    return false;
  }
  const sample = sampleOf(document);
  return isChinese(sample) && !isMisread(sample);
}

/** The draft that the writer looks at. */
export function activeDraft(): vscode.TextEditor | undefined {
  const editor = vscode.window.activeTextEditor;
  return editor && isDraft(editor.document) ? editor : undefined;
}

/** The findings of a draft, as they stand in it. */
export function findings(uri: vscode.Uri): vscode.Diagnostic[] {
  return vscode.languages
    .getDiagnostics(uri)
    .filter((diagnostic) => diagnostic.source === 'zhubi')
    .sort((a, b) => a.range.start.compareTo(b.range.start));
}

/** The name of the rule that a finding is of. */
export function ruleOf(diagnostic: vscode.Diagnostic): string {
  const { code } = diagnostic;
  return String(typeof code === 'object' ? code.value : (code ?? ''));
}
