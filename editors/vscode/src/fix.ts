// Fixing what is safe to fix unseen, by command and on saving.

import * as vscode from 'vscode';
import type { TextEdit } from 'vscode-languageclient/node';
import { activeDraft, isDraft, SELECTOR } from './documents';
import type { Server } from './server';

const FIX_ALL = 'source.fixAll.zhubi';

/** The edits of all safe fixes of a document. */
async function safeEdits(document: vscode.TextDocument): Promise<vscode.TextEdit[]> {
  const whole = new vscode.Range(0, 0, document.lineCount, 0);
  const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
    'vscode.executeCodeActionProvider',
    document.uri,
    whole,
    FIX_ALL,
    1,
  );
  return actions.filter((action) => action.kind?.value === FIX_ALL).flatMap((action) => action.edit?.get(document.uri) ?? []);
}

/** Fixes the draft that the writer looks at, as one step to be undone. */
export async function fixAll(): Promise<void> {
  const editor = activeDraft();
  if (!editor) {
    return;
  }
  const edits = await safeEdits(editor.document);
  if (edits.length > 0) {
    const edit = new vscode.WorkspaceEdit();
    edit.set(editor.document.uri, edits);
    await vscode.workspace.applyEdit(edit);
  }
  const said = edits.length > 0 ? vscode.l10n.t('{0} places fixed', edits.length) : vscode.l10n.t('Nothing here is safe to fix unseen');
  vscode.window.setStatusBarMessage(said, 4000);
}

/** Does the editor itself fix on saving, by editor.codeActionsOnSave? */
function editorFixes(document: vscode.TextDocument): boolean {
  const actions = vscode.workspace.getConfiguration('editor', document).get<Record<string, unknown>>('codeActionsOnSave', {});
  return ['source.fixAll', FIX_ALL].some((kind) => ['always', 'explicit', true].includes(actions[kind] as string | boolean));
}

export function fixOnSave(): vscode.Disposable {
  return vscode.workspace.onWillSaveTextDocument((event) => {
    const { document, reason } = event;
    const wanted = vscode.workspace.getConfiguration('zhubi', document).get<boolean>('fixOnSave', false);
    // What is saved by itself while it is being typed stays as it is.
    if (wanted && reason !== vscode.TextDocumentSaveReason.AfterDelay && isDraft(document) && !editorFixes(document)) {
      event.waitUntil(safeEdits(document));
    }
  });
}

/** Formats plain text, for which there is hardly another formatter. */
export function formatPlainText(server: Server): vscode.Disposable {
  const selector = SELECTOR.filter(({ language }) => language === 'plaintext');
  return vscode.languages.registerDocumentFormattingEditProvider(selector, {
    provideDocumentFormattingEdits: async (document, { tabSize, insertSpaces }, token) => {
      const client = server.running;
      if (!client || !isDraft(document)) {
        return [];
      }
      const params = { textDocument: { uri: document.uri.toString() }, options: { tabSize, insertSpaces } };
      const edits = await client.sendRequest<TextEdit[] | null>('textDocument/formatting', params, token);
      return client.protocol2CodeConverter.asTextEdits(edits, token);
    },
  });
}
