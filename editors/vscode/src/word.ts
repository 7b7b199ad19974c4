// Word documents: opened, they are shown as the page of their findings; copies are saved with comments or tracked changes.

import { execFile } from 'node:child_process';
import { basename, dirname, extname, join } from 'node:path';
import * as vscode from 'vscode';
import type { Server } from './server';

const VIEW_TYPE = 'zhubi.word';
/** A page of a long document is some megabytes. */
const MOST_BYTES = 256 * 1024 * 1024;
/** Word writes a document in several steps. */
const SETTLE_MS = 300;

export class WordDocuments implements vscode.CustomReadonlyEditorProvider, vscode.Disposable {
  private readonly registration = vscode.window.registerCustomEditorProvider(VIEW_TYPE, this, {
    webviewOptions: { enableFindWidget: true, retainContextWhenHidden: true },
  });

  constructor(private readonly server: Server) {}

  dispose(): void {
    this.registration.dispose();
  }

  openCustomDocument(uri: vscode.Uri): vscode.CustomDocument {
    return { uri, dispose: () => undefined };
  }

  async resolveCustomEditor({ uri }: vscode.CustomDocument, panel: vscode.WebviewPanel): Promise<void> {
    // The page has its scripts in it, and says so by their hashes; nothing is loaded.
    panel.webview.options = { enableScripts: true, localResourceRoots: [] };
    const show = async () => {
      const { output, failure } = await this.check(uri, ['--format', 'html']);
      panel.webview.html = failure === undefined ? output : remark(failure);
    };
    const here = new vscode.RelativePattern(vscode.Uri.joinPath(uri, '..'), basename(uri.fsPath));
    const watcher = vscode.workspace.createFileSystemWatcher(here);
    let settling: NodeJS.Timeout | undefined;
    const changed = () => {
      clearTimeout(settling);
      settling = setTimeout(() => void show(), SETTLE_MS);
    };
    watcher.onDidChange(changed);
    watcher.onDidCreate(changed);
    panel.onDidDispose(() => {
      clearTimeout(settling);
      watcher.dispose();
    });
    await show();
  }

  /** Shows a document as a page: the one meant, or one that the writer picks. */
  async open(uri?: unknown): Promise<void> {
    const chosen = meant(uri) ?? (await pick());
    if (chosen) {
      await vscode.commands.executeCommand('vscode.openWith', chosen, VIEW_TYPE);
    }
  }

  /** Saves a copy with the findings as comments, or with what can be replaced as tracked changes. */
  async saveCopy(option: '--annotate' | '--suggest', uri?: unknown): Promise<void> {
    const chosen = meant(uri) ?? (await pick());
    if (!chosen) {
      return;
    }
    const end = option === '--annotate' ? vscode.l10n.t('with comments') : vscode.l10n.t('with changes');
    const extension = extname(chosen.fsPath);
    const name = `${basename(chosen.fsPath, extension)}-${end}${extension}`;
    const target = await vscode.window.showSaveDialog({
      defaultUri: vscode.Uri.file(join(dirname(chosen.fsPath), name)),
      filters: { Word: [extension.slice(1)] },
    });
    if (!target) {
      return;
    }
    const { failure } = await this.check(chosen, [option, target.fsPath]);
    if (failure !== undefined) {
      void vscode.window.showErrorMessage(failure);
      return;
    }
    const open = vscode.l10n.t('Open');
    if ((await vscode.window.showInformationMessage(vscode.l10n.t('Saved: {0}', basename(target.fsPath)), open)) === open) {
      await vscode.env.openExternal(target);
    }
  }

  /** What the program prints of a document, or why it does not read it. */
  private async check({ fsPath }: vscode.Uri, options: string[]): Promise<{ output: string; failure?: string }> {
    const program = await this.server.program();
    if (!program) {
      return { output: '', failure: vscode.l10n.t('The server is not running, or is too old for this.') };
    }
    // By its name alone, which is what the page shows.
    const commandLine = ['check', '--quiet', '--exit-zero', '--color', 'never', ...options, '--', basename(fsPath)];
    return new Promise((resolve) => {
      execFile(program, commandLine, { cwd: dirname(fsPath), maxBuffer: MOST_BYTES }, (error, output, said) => {
        resolve(error ? { output, failure: said.trim() || error.message } : { output });
      });
    });
  }
}

/** The document that a menu or a tab means. */
function meant(uri: unknown): vscode.Uri | undefined {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  const chosen = uri instanceof vscode.Uri ? uri : input instanceof vscode.TabInputCustom ? input.uri : undefined;
  return chosen && /\.doc[xm]$/i.test(chosen.path) ? chosen : undefined;
}

async function pick(): Promise<vscode.Uri | undefined> {
  const chosen = await vscode.window.showOpenDialog({ filters: { Word: ['docx', 'docm'] } });
  return chosen?.[0];
}

/** A page that says one thing. */
function remark(text: string): string {
  const escaped = text.replace(/[&<>]/g, (mark) => `&#${mark.charCodeAt(0)};`);
  const policy = `<meta http-equiv="Content-Security-Policy" content="default-src 'none'">`;
  return `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">${policy}</head><body><p>${escaped}</p></body></html>`;
}
