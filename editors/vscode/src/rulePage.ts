// A rule's page: what `zhubi explain` says of it, as a document that is shown rendered.

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import * as vscode from 'vscode';
import { activeDraft, findings, ruleOf } from './documents';
import type { Server } from './server';

const SCHEME = 'zhubi-rule';

export function provideRulePages(server: Server): vscode.Disposable {
  return vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
    provideTextDocumentContent: (uri) => ask(server, ['explain', uri.path.slice(1).replace(/\.md$/, '')]),
  });
}

/** Opens the page of a rule, or of one found at the caret, or of one that the writer picks. */
export async function openRule(server: Server, rule?: unknown): Promise<void> {
  const name = typeof rule === 'string' ? rule : (ruleAtCaret() ?? (await pick(server)));
  if (name) {
    await vscode.commands.executeCommand('markdown.showPreview', vscode.Uri.from({ scheme: SCHEME, path: `/${name}.md` }));
  }
}

/** Offers a rule's page among the fixes of its findings. */
export const ruleActions: vscode.CodeActionProvider = {
  provideCodeActions: (_document, _range, context) => {
    const own = context.diagnostics.filter((diagnostic) => diagnostic.source === 'zhubi');
    return [...new Set(own.map(ruleOf))].map((rule) => {
      const title = vscode.l10n.t('Why? The page of {0}', rule);
      const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
      action.command = { command: 'zhubi.openRule', title, arguments: [rule] };
      return action;
    });
  },
};

function ruleAtCaret(): string | undefined {
  const editor = activeDraft();
  const here = editor && findings(editor.document.uri).find(({ range }) => range.contains(editor.selection.active));
  return here && ruleOf(here);
}

async function pick(server: Server): Promise<string | undefined> {
  const lines = (await ask(server, ['rules'])).split('\n');
  const rules = lines.flatMap((line) => {
    const [, label, description] = /^ {2}(\S+)\s+(.*)$/.exec(line) ?? [];
    return label && description ? [{ label, description }] : [];
  });
  const chosen = await vscode.window.showQuickPick(rules, { matchOnDescription: true, placeHolder: vscode.l10n.t('Which rule?') });
  return chosen?.label;
}

/** What the program answers on the command line. */
async function ask(server: Server, commandLine: string[]): Promise<string> {
  const program = await server.program();
  return program ? (await promisify(execFile)(program, commandLine)).stdout : '';
}
