// Drafts in GB18030 (GBK, GB2312), as older programs save them, which the editor reads as UTF-8: their text is a row of �.

import { open } from 'node:fs/promises';
import * as vscode from 'vscode';
import { isMisread, readGb18030 } from './chinese';
import { isProse, sampleOf } from './documents';

const ENCODING = 'gb18030';
/** So many of a file's bytes are looked at. */
const SAMPLE_BYTES = 64 * 1024;

/** Offers once for each draft to open it anew in its own encoding; does so unasked where the writer wants that. */
export function reopenMisread(): vscode.Disposable {
  const answers = new Map<string, Promise<boolean>>();
  const look = async (editor: vscode.TextEditor | undefined) => {
    const document = editor?.document;
    if (!document || !(await isInGb18030(document))) {
      return;
    }
    const { uri } = document;
    const answer = answers.get(uri.toString()) ?? isWanted(uri);
    answers.set(uri.toString(), answer);
    if (await answer) {
      await reopen(uri);
    }
  };
  void look(vscode.window.activeTextEditor);
  return vscode.window.onDidChangeActiveTextEditor((editor) => void look(editor));
}

async function isInGb18030(document: vscode.TextDocument): Promise<boolean> {
  const { uri } = document;
  if (uri.scheme !== 'file' || !isProse(document) || document.isDirty || !isMisread(sampleOf(document))) {
    return false;
  }
  const file = await open(uri.fsPath).catch(() => undefined);
  try {
    const read = await file?.read(Buffer.alloc(SAMPLE_BYTES), 0, SAMPLE_BYTES, 0);
    return read !== undefined && readGb18030(read.buffer.subarray(0, read.bytesRead)) !== undefined;
  } finally {
    await file?.close();
  }
}

async function isWanted(uri: vscode.Uri): Promise<boolean> {
  const configuration = vscode.workspace.getConfiguration('zhubi', uri);
  const setting = configuration.get<string>('reopenGb18030', 'ask');
  if (setting !== 'ask') {
    return setting === 'always';
  }
  const [once, always] = [vscode.l10n.t('Reopen with GB18030'), vscode.l10n.t('Always')];
  const message = vscode.l10n.t('This draft is saved in GBK (GB18030) and was read as UTF-8. Do not save it as it is.');
  const chosen = await vscode.window.showWarningMessage(message, once, always);
  if (chosen === always) {
    await configuration.update('reopenGb18030', 'always', vscode.ConfigurationTarget.Global);
  }
  return chosen !== undefined;
}

async function reopen(uri: vscode.Uri): Promise<void> {
  try {
    await vscode.workspace.openTextDocument(uri, { encoding: ENCODING });
  } catch {
    // It was edited meanwhile.
    const manual = vscode.l10n.t(
      'Click on “UTF-8” in the status bar, then “Reopen with Encoding” and “Simplified Chinese (GB18030)”.',
    );
    void vscode.window.showWarningMessage(manual);
  }
}
