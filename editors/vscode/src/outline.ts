// The outline of Markdown: one tree. The editor has headings of its own there, and would show ours beside them in a second,
// both folded.

import * as vscode from 'vscode';
import type { DocumentSymbolMiddleware } from 'vscode-languageclient/node';
import { isDraft } from './documents';

const BUILT_IN = 'vscode.markdown-language-features';
const MARKED = /^ {0,3}#{1,6}(\s|$)/;
const UNDERLINE = /^ {0,3}(=+|-+)\s*$/;

/** Does a heading's line, or the one below it, make it one for Markdown? A report's “一、” does not need to. */
function isMarkup(document: vscode.TextDocument, line: number): boolean {
  const below = line + 1 < document.lineCount ? document.lineAt(line + 1).text : '';
  return MARKED.test(document.lineAt(line).text) || UNDERLINE.test(below);
}

/** The lines of all headings. */
function lines(symbols: readonly (vscode.DocumentSymbol | vscode.SymbolInformation)[]): number[] {
  return symbols.flatMap((symbol) =>
    'children' in symbol ? [symbol.selectionRange.start.line, ...lines(symbol.children)] : [symbol.location.range.start.line],
  );
}

/** Keeps our outline back where the editor has all of it. Where it has not, headings are worth more than one tree. */
export const provideDocumentSymbols: NonNullable<DocumentSymbolMiddleware['provideDocumentSymbols']> = async (document, token, next) => {
  if (!isDraft(document)) {
    return [];
  }
  const symbols = await next(document, token);
  if (document.languageId !== 'markdown' || !vscode.extensions.getExtension(BUILT_IN)) {
    return symbols;
  }
  return lines(symbols ?? []).every((line) => line >= document.lineCount || isMarkup(document, line)) ? [] : symbols;
};
