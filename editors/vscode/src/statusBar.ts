// The status bar item: length, findings, kind of document.

import * as vscode from 'vscode';
import { measure } from './chinese';
import type { Length } from './chinese';
import { activeDraft, findings } from './documents';
import type { Server, Status } from './server';

/** So long after the last keystroke the text is counted again. */
const DELAY_MS = 150;

export class StatusBar implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem('zhubi', vscode.StatusBarAlignment.Right, 101);
  private readonly said = new Map<string, Status>();
  private readonly subscriptions: { dispose(): unknown }[];
  private timer: NodeJS.Timeout | undefined;

  constructor(server: Server) {
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
    const status = this.said.get(document.uri.toString());
    const selected = editor.selections.map((selection) => document.getText(selection)).join('\n');
    // The server counts as its outline does, without markup; it has not answered for a text just opened.
    const whole: Length = status ?? measure(document.getText());
    const counts = bySeverity(document.uri);
    this.item.text = [
      lengthText(whole, measure(selected), status?.target ?? undefined),
      ...counts.map(({ icon, count }) => `$(${icon}) ${count}`),
      ...(status?.documentType ? [status.documentType.name] : []),
      ...(status?.state === 'too-large' ? [vscode.l10n.t('too large to be checked')] : []),
    ].join('  ');
    this.item.tooltip = tooltip(whole, measure(selected), counts, status);
    this.item.show();
  }
}

const number = new Intl.NumberFormat('en-US');

function lengthText(whole: Length, selected: Length, target: number | undefined): string {
  const of = target ? `${number.format(whole.words)}/${number.format(target)}` : number.format(whole.words);
  return selected.words > 0
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

function tooltip(whole: Length, selected: Length, counts: Count[], status: Status | undefined): vscode.MarkdownString {
  const row = (name: string, { words, characters }: Length) => `| ${name} | ${number.format(words)} | ${number.format(characters)} |`;
  const lines = [
    `| | ${vscode.l10n.t('Characters (as Word counts)')} | ${vscode.l10n.t('Without spaces')} |`,
    '| --- | ---: | ---: |',
    row(vscode.l10n.t('Whole text'), whole),
    ...(selected.words > 0 ? [row(vscode.l10n.t('Selection'), selected)] : []),
    '',
    counts.length > 0
      ? counts.map(({ icon, name, count }) => `$(${icon}) ${name} ${count}`).join('　')
      : vscode.l10n.t('Nothing found'),
    ...(status?.documentType ? ['', `${vscode.l10n.t('Document type')}: ${status.documentType.name}`] : []),
  ];
  return new vscode.MarkdownString(lines.join('\n'), true);
}
