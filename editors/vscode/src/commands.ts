// The commands, and the menu of them.

import * as vscode from 'vscode';
import sample from '../../../samples/work-summary.txt';
import { WorkspaceCheck } from './check';
import { activeDraft, findings } from './documents';
import { fixAll } from './fix';
import { goToFinding, KEYS } from './navigate';
import { openRule } from './rulePage';
import type { Server } from './server';
import { DOCUMENT_TYPES } from './settings';
import { WordDocuments } from './word';

export function registerCommands(server: Server): vscode.Disposable {
  const check = new WorkspaceCheck(server);
  const word = new WordDocuments(server);
  const commands: Record<string, (argument?: unknown) => unknown> = {
    'zhubi.fixAll': fixAll,
    'zhubi.nextFinding': () => goToFinding(1),
    'zhubi.previousFinding': () => goToFinding(-1),
    'zhubi.check': () => check.run(),
    'zhubi.checkWord': (uri) => word.open(uri),
    'zhubi.saveAnnotated': (uri) => word.saveCopy('--annotate', uri),
    'zhubi.saveSuggested': (uri) => word.saveCopy('--suggest', uri),
    'zhubi.chooseDocumentType': chooseDocumentType,
    'zhubi.openRule': (rule) => openRule(server, rule),
    'zhubi.addSelection': () => addSelection(server),
    'zhubi.openSample': openSample,
    'zhubi.showMenu': showMenu,
    'zhubi.restart': () => server.restart(),
    'zhubi.showLog': () => {
      server.log.show();
    },
    'zhubi.trace': () => trace(server),
  };
  return vscode.Disposable.from(
    check,
    word,
    ...Object.entries(commands).map(([name, run]) => vscode.commands.registerCommand(name, run)),
  );
}

/** Writes a setting where it is already said, else for the workspace, or for the writer where there is none. */
async function set(key: string, value: unknown, scope?: vscode.Uri): Promise<void> {
  const configuration = vscode.workspace.getConfiguration('zhubi', scope);
  const inspected = configuration.inspect(key);
  const target =
    inspected?.workspaceFolderValue !== undefined
      ? vscode.ConfigurationTarget.WorkspaceFolder
      : vscode.workspace.workspaceFolders
        ? vscode.ConfigurationTarget.Workspace
        : vscode.ConfigurationTarget.Global;
  await configuration.update(key, value, target);
}

async function chooseDocumentType(): Promise<void> {
  const uri = activeDraft()?.document.uri;
  const now = vscode.workspace.getConfiguration('zhubi', uri).get<string | null>('documentType', null);
  const automatic = [null, vscode.l10n.t('Automatic')] as const;
  const items = [automatic, ...DOCUMENT_TYPES].map(([id, label]) => ({
    id,
    label,
    ...(id === now ? { description: vscode.l10n.t('now') } : {}),
  }));
  const chosen = await vscode.window.showQuickPick(items, { placeHolder: vscode.l10n.t('What kind of document is it?') });
  if (chosen) {
    await set('documentType', chosen.id ?? undefined, uri);
  }
}

/** Adds the selected word to the project's dictionary, or to the writer's own. */
async function addSelection(server: Server): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  const word = editor?.document.getText(editor.selection).trim();
  if (!editor || !word || /\s/.test(word)) {
    vscode.window.setStatusBarMessage(vscode.l10n.t('Select a word first'), 4000);
    return;
  }
  const { uri } = editor.document;
  const scopes = [
    { scope: 'project', label: vscode.l10n.t('The project’s dictionary'), description: 'zhubi.toml' },
    { scope: 'user', label: vscode.l10n.t('My own dictionary') },
  ];
  const chosen = vscode.workspace.getWorkspaceFolder(uri)
    ? await vscode.window.showQuickPick(scopes, { placeHolder: vscode.l10n.t('Add “{0}” to', word) })
    : scopes[1];
  if (chosen) {
    await server.start();
    await server.execute('zhubi.addWord', { word, scope: chosen.scope, uri: uri.toString() });
  }
}

async function openSample(): Promise<void> {
  const draft = { language: 'plaintext', content: sample };
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(draft));
}

/** Shows what the server computed of the draft and how long that took, to go with a report of a fault. */
async function trace(server: Server): Promise<void> {
  const uri = activeDraft()?.document.uri;
  if (!uri) {
    vscode.window.setStatusBarMessage(vscode.l10n.t('Open a draft first'), 4000);
    return;
  }
  const title = vscode.l10n.t('Looking at how long each rule takes');
  const content = await vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title }, () =>
    server.trace(uri),
  );
  if (content) {
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ language: 'markdown', content }));
  }
}

async function showMenu(): Promise<void> {
  const editor = activeDraft();
  const found = editor ? findings(editor.document.uri).length : 0;
  const chosenKind = vscode.workspace.getConfiguration('zhubi', editor?.document.uri).get<string | null>('documentType', null);
  const kind = DOCUMENT_TYPES.find((names) => names.some((name) => name === chosenKind))?.[1] ?? vscode.l10n.t('Automatic');
  const entry = (icon: string, title: string, command: string, description = '', ...args: unknown[]) => ({
    label: `$(${icon}) ${title}`,
    description,
    command,
    args,
  });
  const whenDraft = [
    entry('check-all', vscode.l10n.t('Fix all that is safe'), 'zhubi.fixAll'),
    entry('arrow-down', vscode.l10n.t('Next finding'), 'zhubi.nextFinding', KEYS.next),
    entry('arrow-up', vscode.l10n.t('Previous finding'), 'zhubi.previousFinding', KEYS.previous),
    entry('list-flat', vscode.l10n.t('List the findings'), 'workbench.actions.view.problems', `${found}`),
    entry('symbol-structure', vscode.l10n.t('Show the outline'), 'outline.focus'),
    entry('file-text', vscode.l10n.t('Document type'), 'zhubi.chooseDocumentType', kind),
    ...(editor?.selection.isEmpty === false
      ? [entry('book', vscode.l10n.t('Add the selection to the dictionary'), 'zhubi.addSelection')]
      : []),
  ];
  const items = [
    ...(editor ? whenDraft : []),
    entry('search', vscode.l10n.t('Check the workspace'), 'zhubi.check'),
    entry('file', vscode.l10n.t('Check a Word document'), 'zhubi.checkWord'),
    entry('question', vscode.l10n.t('Look up a rule'), 'zhubi.openRule'),
    entry('gear', vscode.l10n.t('Settings'), 'workbench.action.openSettings', '', '@ext:zhubi.zhubi'),
    entry('output', vscode.l10n.t('Show the Log'), 'zhubi.showLog'),
    entry('refresh', vscode.l10n.t('Restart the server'), 'zhubi.restart'),
  ];
  const chosen = await vscode.window.showQuickPick(items, { title: 'Zhubi 朱笔', placeHolder: vscode.l10n.t('What shall be done?') });
  if (chosen) {
    await vscode.commands.executeCommand(chosen.command, ...chosen.args);
  }
}
