// The status bar item: length and kind of document. Numbers of findings stand in the status bar already.

import * as vscode from 'vscode';
import { measure } from './chinese';
import type { Length } from './chinese';
import { activeDraft, findings } from './documents';
import type { Server, Status } from './server';

/** So long after the last keystroke it is looked again. */
const DELAY_MS = 150;

/** A longer selection is not counted: that is for the server, off the thread of the extensions. */
const MOST_SELECTED = 100_000;

export class StatusBar implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem('zhubi', vscode.StatusBarAlignment.Right, 101);
  private readonly said = new Map<string, Status>();
  private readonly subscriptions: { dispose(): unknown }[];
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly server: Server) {
    this.item.name = 'Zhubi 朱笔';
    this.item.command = 'zhubi.showMenu';
    const refresh = () => {
      this.refresh();
    };
    const later = () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(refresh, DELAY_MS);
    };
    this.subscriptions = [
      this.item,
      vscode.window.onDidChangeActiveTextEditor(refresh),
      vscode.window.onDidChangeTextEditorSelection(later),
      vscode.workspace.onDidChangeTextDocument(later),
      vscode.workspace.onDidChangeConfiguration(later),
      vscode.languages.onDidChangeDiagnostics(later),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.said.delete(uri.toString())),
      server.onStatus((status) => {
        this.said.set(vscode.Uri.parse(status.uri).toString(), status);
        later();
      }),
    ];
    this.refresh();
  }

  dispose(): void {
    clearTimeout(this.timer);
    vscode.Disposable.from(...this.subscriptions).dispose();
  }

  private refresh(): void {
    const editor = activeDraft();
    const enabled = vscode.workspace.getConfiguration('zhubi').get<boolean>('enable', true);
    if (!editor || !enabled) {
      this.item.hide();
      return;
    }
    const { document } = editor;
    // The server counts, as for its outline and the command line: without markup. Nothing is said until it has.
    const status = this.server.running && this.said.get(document.uri.toString());
    const selected = selectedLength(editor);
    const why = status && unchecked(status);
    this.item.text = [
      ...(status && !why ? [lengthText(status, selected)] : ['$(edit)']),
      ...(status?.documentType ? [status.documentType.name] : []),
      ...(why ? [why] : []),
    ].join('  ');
    this.item.tooltip = tooltip(status, selected, bySeverity(document.uri));
    this.item.show();
  }
}

/** Why a draft is not checked, where that is so. */
function unchecked({ state }: Status): string | undefined {
  switch (state) {
    case 'too-large':
      return vscode.l10n.t('too large to be checked');
    case 'excluded':
      return vscode.l10n.t('left out by zhubi.toml');
    default:
      return undefined;
  }
}

/** How long the selection is, where there is one that can be counted in no time. */
function selectedLength({ document, selections }: vscode.TextEditor): Length | undefined {
  const lengths = selections.map(({ start, end }) => document.offsetAt(end) - document.offsetAt(start));
  const all = lengths.reduce((sum, length) => sum + length, 0);
  return all > 0 && all <= MOST_SELECTED ? measure(selections.map((selection) => document.getText(selection)).join('\n')) : undefined;
}

const number = new Intl.NumberFormat('en-US');

function lengthText({ words, target }: Status, selected: Length | undefined): string {
  const of = target ? `${number.format(words)}/${number.format(target)}` : number.format(words);
  return selected
    ? vscode.l10n.t('{0} of {1} characters', number.format(selected.words), of)
    : vscode.l10n.t('{0} characters', of);
}

interface Count {
  icon: string;
  name: string;
  count: number;
}

/** The findings by severity, the gravest first, but for those that there are none of. */
function bySeverity(uri: vscode.Uri): Count[] {
  const all = findings(uri);
  const of = (severity: vscode.DiagnosticSeverity) => all.filter((finding) => finding.severity === severity).length;
  return [
    { icon: 'error', name: vscode.l10n.t('errors'), count: of(vscode.DiagnosticSeverity.Error) },
    { icon: 'warning', name: vscode.l10n.t('warnings'), count: of(vscode.DiagnosticSeverity.Warning) },
    { icon: 'info', name: vscode.l10n.t('notes'), count: of(vscode.DiagnosticSeverity.Information) },
    { icon: 'lightbulb', name: vscode.l10n.t('hints'), count: of(vscode.DiagnosticSeverity.Hint) },
  ].filter(({ count }) => count > 0);
}

function tooltip(status: Status | undefined, selected: Length | undefined, counts: Count[]): vscode.MarkdownString {
  const row = (name: string, { words, characters }: Length) => `| ${name} | ${number.format(words)} | ${number.format(characters)} |`;
  const lines = [
    `| | ${vscode.l10n.t('Characters (as Word counts)')} | ${vscode.l10n.t('Without spaces')} |`,
    '| --- | ---: | ---: |',
    ...(status ? [row(vscode.l10n.t('Whole text'), status)] : []),
    ...(selected ? [row(vscode.l10n.t('Selection'), selected)] : []),
    '',
    counts.length > 0
      ? counts.map(({ icon, name, count }) => `$(${icon}) ${name} ${count}`).join('　')
      : vscode.l10n.t('Nothing found'),
    ...(status?.documentType ? ['', `${vscode.l10n.t('Document type')}: ${status.documentType.name}`] : []),
  ];
  return new vscode.MarkdownString(lines.join('\n'), true);
}
