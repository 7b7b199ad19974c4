// The schema of zhubi.toml for Even Better TOML, which completes and explains keys by it. A `tomlValidation` in package.json
// can name only a place on the web, and there is none; so the file is named in that extension's settings, if the writer agrees.

import { basename } from 'node:path';
import * as vscode from 'vscode';

const TOML = 'tamasfe.even-better-toml';
const ASSOCIATIONS = 'schema.associations';
const FILES = '^.*/zhubi\\.toml$';
const ASKED = 'schemaOffered';

/** Offers it once, when a zhubi.toml is opened and there is an extension that could use it. */
export function offerSchema(context: vscode.ExtensionContext): vscode.Disposable {
  const look = async (editor: vscode.TextEditor | undefined) => {
    const toml = editor && basename(editor.document.fileName) === 'zhubi.toml' && vscode.extensions.getExtension(TOML);
    if (!toml || context.globalState.get(ASKED)) {
      return;
    }
    await context.globalState.update(ASKED, true);
    const yes = vscode.l10n.t('Complete and explain');
    const message = vscode.l10n.t('Shall Even Better TOML complete and explain the keys of zhubi.toml?');
    if ((await vscode.window.showInformationMessage(message, yes)) === yes) {
      await associate(await copySchema(context));
    }
  };
  // The copy is of the version that was there when it was made.
  void vscode.workspace.fs.stat(target(context)).then(
    () => copySchema(context),
    () => undefined,
  );
  void look(vscode.window.activeTextEditor);
  return vscode.window.onDidChangeActiveTextEditor((editor) => void look(editor));
}

/** Where the schema stays when the extension is brought up to date, which moves its own folder. */
function target({ globalStorageUri }: vscode.ExtensionContext): vscode.Uri {
  return vscode.Uri.joinPath(globalStorageUri, 'zhubi.schema.json');
}

async function copySchema(context: vscode.ExtensionContext): Promise<vscode.Uri> {
  const shipped = vscode.Uri.joinPath(context.extensionUri, 'schemas', 'zhubi.schema.json');
  await vscode.workspace.fs.copy(shipped, target(context), { overwrite: true });
  return target(context);
}

async function associate(schema: vscode.Uri): Promise<void> {
  const configuration = vscode.workspace.getConfiguration('evenBetterToml');
  const now = configuration.inspect<Record<string, string>>(ASSOCIATIONS)?.globalValue;
  await configuration.update(ASSOCIATIONS, { ...now, [FILES]: schema.toString() }, vscode.ConfigurationTarget.Global);
}
