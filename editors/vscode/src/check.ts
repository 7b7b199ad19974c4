// The check of the whole workspace, which runs first when it is asked for; from then on what it found is kept true.

import * as vscode from 'vscode';
import { WorkDoneProgress } from 'vscode-languageclient/node';
import type { WorkspaceDiagnosticReport } from 'vscode-languageclient/node';
import type { Server } from './server';

/** What of the disk can change findings: drafts, and what zhubi.toml is made of. */
const WATCHED = '**/*.{txt,md,markdown,toml}';

/** So long it is waited after a change on disk; many files change at once there. */
const DELAY_MS = 500;

/** What the server says of a draft, and by what it knows that it said so. */
interface Report {
  uri: vscode.Uri;
  resultId: string;
  diagnostics: vscode.Diagnostic[];
}

/** What is found in drafts that are not open. Those that are have findings of their own, and the server leaves them out here. */
export class WorkspaceCheck implements vscode.Disposable {
  private readonly shown = vscode.languages.createDiagnosticCollection('zhubi-workspace');
  /** By the URI as a text; none before the first check. */
  private reports: Map<string, Report> | undefined;
  private readonly subscriptions: { dispose(): unknown }[] = [this.shown];
  private watching: vscode.Disposable | undefined;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly server: Server) {
    this.subscriptions.push(
      vscode.workspace.onDidOpenTextDocument(({ uri }) => {
        this.show(uri);
      }),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => {
        this.show(uri);
        this.changed();
      }),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('zhubi.enable')) {
          this.forget();
        } else if (event.affectsConfiguration('zhubi')) {
          this.changed();
        }
      }),
    );
  }

  async run(): Promise<void> {
    await this.server.start();
    const options = {
      location: vscode.ProgressLocation.Notification,
      title: vscode.l10n.t('Checking the workspace'),
      cancellable: true,
    };
    const done = await vscode.window.withProgress(options, (progress, token) => this.check(token, progress));
    if (done && this.reports) {
      this.watch();
      const closed = [...this.reports.values()].filter(({ uri }) => !isOpen(uri));
      const findings = closed.reduce((sum, { diagnostics }) => sum + diagnostics.length, 0);
      const said = vscode.l10n.t('{0} findings in {1} drafts that are not open', findings, closed.length);
      vscode.window.setStatusBarMessage(said, 6000);
      await vscode.commands.executeCommand('workbench.actions.view.problems');
    }
  }

  dispose(): void {
    this.forget();
    vscode.Disposable.from(...this.subscriptions).dispose();
  }

  /** Follows the disk: drafts that are written, repaired, renamed or deleted, and files that change what is found in others. */
  private watch(): void {
    if (!this.watching) {
      const changed = () => {
        this.changed();
      };
      const watcher = vscode.workspace.createFileSystemWatcher(WATCHED);
      this.watching = vscode.Disposable.from(
        watcher,
        watcher.onDidCreate(changed),
        watcher.onDidChange(changed),
        watcher.onDidDelete(changed),
        // A folder that is gone takes its drafts with it, and no watcher names them.
        vscode.workspace.onDidDeleteFiles(changed),
        vscode.workspace.onDidRenameFiles(changed),
        vscode.workspace.onDidChangeWorkspaceFolders(changed),
      );
    }
  }

  private forget(): void {
    clearTimeout(this.timer);
    this.watching?.dispose();
    this.watching = undefined;
    this.reports = undefined;
    this.shown.clear();
  }

  /** Checks again what has changed, without a word. */
  private changed(): void {
    if (this.watching) {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => {
        this.check(new vscode.CancellationTokenSource().token).catch((error: unknown) => {
          this.server.log.error(String(error));
        });
      }, DELAY_MS);
    }
  }

  /** Asks the server for what it finds, but for what it has said before. Was it able to say? */
  private async check(token: vscode.CancellationToken, progress?: vscode.Progress<{ message: string }>): Promise<boolean> {
    const client = this.server.running;
    if (!client || !this.server.supportsWorkspaceCheck) {
      if (progress) {
        this.server.say(vscode.l10n.t('The server is not running, or is too old for this.'));
      }
      return false;
    }
    const workDoneToken = `zhubi-check-${Date.now()}`;
    const listening = client.onProgress(WorkDoneProgress.type, workDoneToken, (value) => {
      progress?.report({ message: ('message' in value && value.message) || '' });
    });
    try {
      const before = this.reports ?? new Map<string, Report>();
      const previousResultIds = [...before.values()].map(({ uri, resultId }) => ({
        uri: client.code2ProtocolConverter.asUri(uri),
        value: resultId,
      }));
      const params = { previousResultIds, ...(progress ? { workDoneToken } : {}) };
      const { items } = await client.sendRequest<WorkspaceDiagnosticReport>('workspace/diagnostic', params, token);
      const now = new Map<string, Report>();
      for (const item of items) {
        const uri = client.protocol2CodeConverter.asUri(item.uri);
        const diagnostics =
          item.kind === 'full'
            ? await client.protocol2CodeConverter.asDiagnostics(item.items)
            : (before.get(uri.toString())?.diagnostics ?? []);
        now.set(uri.toString(), { uri, resultId: item.resultId ?? '', diagnostics });
      }
      this.reports = now;
      for (const { uri } of [...before.values(), ...now.values()]) {
        this.show(uri);
      }
      return true;
    } catch (error) {
      if (token.isCancellationRequested) {
        return false;
      }
      throw error;
    } finally {
      listening.dispose();
    }
  }

  /** Shows what is found in a draft, or nothing where it is open or gone. */
  private show(uri: vscode.Uri): void {
    this.shown.set(uri, isOpen(uri) ? [] : this.reports?.get(uri.toString())?.diagnostics);
  }
}

function isOpen(uri: vscode.Uri): boolean {
  return vscode.workspace.textDocuments.some((open) => open.uri.toString() === uri.toString());
}
