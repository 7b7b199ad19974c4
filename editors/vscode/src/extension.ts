// Where VS Code comes in.

import * as vscode from 'vscode';
import { registerCommands } from './commands';
import { isDraft, SELECTOR } from './documents';
import { reopenMisread } from './encoding';
import { fixOnSave, formatPlainText } from './fix';
import { watchFindings } from './navigate';
import { provideRulePages, ruleActions } from './rulePage';
import { offerSchema } from './schema';
import { Server } from './server';
import { StatusBar } from './statusBar';

let running: Server | undefined;

export function activate(context: vscode.ExtensionContext): void {
  const server = (running = new Server(context));
  const enabled = () => vscode.workspace.getConfiguration('zhubi').get<boolean>('enable', true);
  // Who never opens a Chinese text never pays for a server.
  const startFor = (document: vscode.TextDocument) => {
    if (!server.running && enabled() && isDraft(document)) {
      void server.start();
    }
  };
  const startAnew = async () => {
    await server.stop();
    vscode.workspace.textDocuments.forEach(startFor);
  };

  context.subscriptions.push(
    server,
    new StatusBar(server),
    registerCommands(server),
    provideRulePages(server),
    vscode.languages.registerCodeActionsProvider(SELECTOR, ruleActions, {
      providedCodeActionKinds: [vscode.CodeActionKind.QuickFix],
    }),
    fixOnSave(),
    formatPlainText(server),
    watchFindings(),
    reopenMisread(),
    offerSchema(context),
    vscode.workspace.onDidOpenTextDocument(startFor),
    vscode.workspace.onDidChangeTextDocument(({ document }) => {
      startFor(document);
    }),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('zhubi.enable') || event.affectsConfiguration('zhubi.server.path')) {
        void startAnew();
      } else if (event.affectsConfiguration('zhubi')) {
        server.settingsChanged();
      }
    }),
    vscode.workspace.onDidGrantWorkspaceTrust(() => {
      if (vscode.workspace.getConfiguration('zhubi').inspect('server.path')?.workspaceValue) {
        void startAnew();
      }
    }),
  );
  vscode.workspace.textDocuments.forEach(startFor);
}

export function deactivate(): Promise<void> | undefined {
  return running?.stop();
}
