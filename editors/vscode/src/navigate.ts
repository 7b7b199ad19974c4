// From finding to finding as they stand in the draft. The editor's own F8 goes by severity, through all files.

import * as vscode from 'vscode';
import { activeDraft, findings } from './documents';

/** The keys, Word's for its own findings, as package.json binds them. Linux desktops move windows by Alt+F7. */
export const KEYS =
  process.platform === 'linux' ? { next: 'Ctrl+F7', previous: 'Ctrl+Shift+F7' } : { next: 'Alt+F7', previous: 'Shift+Alt+F7' };

/** Goes to the next finding behind the caret, or the next before it, and round at the end. */
export async function goToFinding(step: 1 | -1): Promise<void> {
  const editor = activeDraft();
  const starts = editor ? findings(editor.document.uri).map(({ range }) => range.start) : [];
  const caret = editor?.selection.active;
  const [first, last] = [starts[0], starts.at(-1)];
  if (!editor || !caret || !first || !last) {
    vscode.window.setStatusBarMessage(vscode.l10n.t('Nothing found'), 4000);
    return;
  }
  const target =
    step > 0 ? (starts.find((start) => start.isAfter(caret)) ?? first) : (starts.findLast((start) => start.isBefore(caret)) ?? last);
  editor.selection = new vscode.Selection(target, target);
  editor.revealRange(new vscode.Range(target, target), vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  await vscode.commands.executeCommand('editor.action.showHover', { focus: 'noAutoFocus' });
}

/** Tells the editor whether the draft has findings, so that the keys are taken only then. */
export function watchFindings(): vscode.Disposable {
  let told: boolean | undefined;
  const tell = () => {
    const editor = activeDraft();
    const any = editor !== undefined && findings(editor.document.uri).length > 0;
    if (any !== told) {
      told = any;
      void vscode.commands.executeCommand('setContext', 'zhubi.hasFindings', any);
    }
  };
  tell();
  return vscode.Disposable.from(vscode.window.onDidChangeActiveTextEditor(tell), vscode.languages.onDidChangeDiagnostics(tell));
}
