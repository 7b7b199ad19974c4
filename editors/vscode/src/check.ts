// The check of the whole workspace, which runs only when it is asked for.

import * as vscode from 'vscode';
import { WorkDoneProgress } from 'vscode-languageclient/node';
import type { WorkspaceDiagnosticReport } from 'vscode-languageclient/node';
import type { Server } from './server';

/** What is found in drafts that are not open. Those that are have findings of their own. */
export class WorkspaceCheck implements vscode.Disposable {
  private readonly found = vscode.languages.createDiagnosticCollection('zhubi-workspace');
  private readonly subscriptions = [
    this.found,
    vscode.workspace.onDidOpenTextDocument(({ uri }) => {
      this.found.delete(uri);
    }),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('zhubi.enable')) {
        this.found.clear();
      }
    }),
  ];

  constructor(private readonly server: Server) {}

  async run(): Promise<void> {
    await this.server.start();
    const options = {
      location: vscode.ProgressLocation.Notification,
      title: vscode.l10n.t('Checking the workspace'),
      cancellable: true,
    };
    await vscode.window.withProgress(options, (progress, token) => this.check(progress, token));
  }

  dispose(): void {
    vscode.Disposable.from(...this.subscriptions).dispose();
  }

  private async check(progress: vscode.Progress<{ message: string }>, token: vscode.CancellationToken): Promise<void> {
    const client = this.server.running;
    if (!client || !this.server.supportsWorkspaceCheck) {
      this.server.say(vscode.l10n.t('The server is not running, or is too old for this.'));
      return;
    }
    const workDoneToken = `zhubi-check-${Date.now()}`;
    const listening = client.onProgress(WorkDoneProgress.type, workDoneToken, (value) => {
      progress.report({ message: ('message' in value && value.message) || '' });
    });
    try {
      const params = { workDoneToken, previousResultIds: [] };
      const { items } = await client.sendRequest<WorkspaceDiagnosticReport>('workspace/diagnostic', params, token);
      this.found.clear();
      let findings = 0;
      for (const item of items) {
        const uri = client.protocol2CodeConverter.asUri(item.uri);
        if (item.kind === 'full' && !vscode.workspace.textDocuments.some((open) => open.uri.toString() === uri.toString())) {
          this.found.set(uri, await client.protocol2CodeConverter.asDiagnostics(item.items));
          findings += item.items.length;
        }
      }
      vscode.window.setStatusBarMessage(vscode.l10n.t('{0} findings in {1} drafts that are not open', findings, items.length), 6000);
      await vscode.commands.executeCommand('workbench.actions.view.problems');
    } catch (error) {
      if (!token.isCancellationRequested) {
        throw error;
      }
    } finally {
      listening.dispose();
    }
  }
}
