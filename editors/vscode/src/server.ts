// The language server: one process for all drafts, started when the first is seen.

import { basename, join } from 'node:path';
import * as vscode from 'vscode';
import { CloseAction, ErrorAction, LanguageClient, RevealOutputChannelOn } from 'vscode-languageclient/node';
import type { ErrorHandler, LanguageClientOptions, Middleware, StaticFeature } from 'vscode-languageclient/node';
import { isDraft, isProse, SELECTOR } from './documents';
import { provideDocumentSymbols } from './outline';
import { examine } from './program';
import type { Fault } from './program';
import { forServer } from './settings';

/** What the server says of a draft after each check. */
export interface Status {
  uri: string;
  state: 'ready' | 'disabled' | 'too-large' | 'excluded' | 'no-draft';
  words: number;
  characters: number;
  target: number | null;
  documentType: { id: string; name: string } | null;
}

/** A server that ends by itself so often within so long is not started again. */
const MOST_ENDS = 4;
const WITHIN_MS = 3 * 60_000;

/** The library's client, but what fails goes into the log: to the writer we say ourselves what there is to be done. */
class Client extends LanguageClient {
  override error(message: string, data?: unknown): void {
    super.error(message, data, false);
  }
}

/** What a message offers to do. */
interface Offer {
  title: string;
  run: () => unknown;
}

export class Server implements vscode.Disposable {
  readonly log = vscode.window.createOutputChannel('Zhubi 朱笔', { log: true });
  /** Can it look over a whole workspace? */
  supportsWorkspaceCheck = false;
  private client: LanguageClient | undefined;
  /** Was it tried to start one? What failed is not tried again at each keystroke. */
  private tried = false;
  /** Starts and stops wait for each other here, so that there are never two servers. */
  private queue = Promise.resolve();
  private readonly said = new Set<string>();
  private readonly status = new vscode.EventEmitter<Status>();
  readonly onStatus = this.status.event;

  constructor(private readonly context: vscode.ExtensionContext) {}

  get running(): LanguageClient | undefined {
    return this.client?.isRunning() ? this.client : undefined;
  }

  /** Starts the server, if there is none. */
  start(): Promise<void> {
    return this.enqueue(() => this.startNow());
  }

  stop(): Promise<void> {
    return this.enqueue(() => this.stopNow());
  }

  restart(): Promise<void> {
    this.said.clear();
    return this.enqueue(async () => {
      await this.stopNow();
      await this.startNow();
    });
  }

  /** Tells the server that there are settings to ask for. */
  settingsChanged(): void {
    void this.running?.sendNotification('workspace/didChangeConfiguration', { settings: null });
  }

  /** Runs a command of the server's; undefined where it has no such command, or is not there. */
  async execute(command: string, argument?: object): Promise<unknown> {
    const client = this.running;
    if (!client?.initializeResult?.capabilities.executeCommandProvider?.commands.includes(command)) {
      this.say(vscode.l10n.t('The server is not running, or is too old for this.'));
      return undefined;
    }
    return client.sendRequest('workspace/executeCommand', { command, arguments: argument ? [argument] : [] });
  }

  /** What the server computed of a draft and how long that took; undefined where it is not there. */
  async trace(uri: vscode.Uri): Promise<string | undefined> {
    await this.start();
    const answer = await this.running?.sendRequest<{ text: string }>('zhubi/trace', { uri: uri.toString() });
    return answer?.text;
  }

  /** The program: the one set, where the workspace may say so, or the one that came with the extension. */
  async program(): Promise<string | undefined> {
    const bundled = join(this.context.extensionPath, 'server', process.platform === 'win32' ? 'zhubi.exe' : 'zhubi');
    const path = pathSet() || bundled;
    const found = await examine(path);
    if (!found) {
      return path;
    }
    this.log.error(`${path}: ${found.said}`);
    this.sayFault(found.fault, path);
    return undefined;
  }

  dispose(): void {
    void this.stop().finally(() => {
      this.log.dispose();
    });
    this.status.dispose();
  }

  private enqueue(step: () => Promise<void>): Promise<void> {
    this.queue = this.queue.then(step).catch((error: unknown) => {
      this.log.error(String(error));
    });
    return this.queue;
  }

  private async startNow(): Promise<void> {
    if (this.tried) {
      return;
    }
    this.tried = true;
    const command = await this.program();
    if (!command) {
      return;
    }
    const client = new Client('zhubi', 'Zhubi 朱笔', { command, args: ['lsp'] }, this.options(command));
    client.onNotification('window/showMessage', ({ message }: { message: string }) => {
      this.say(message, toFile(message));
    });
    client.onNotification('zhubi/status', (status: Status) => {
      this.status.fire(status);
    });
    client.registerFeature(this.restraint());
    this.client = client;
    await client.start();
  }

  private async stopNow(): Promise<void> {
    const client = this.client;
    this.client = undefined;
    this.tried = false;
    await client?.dispose().catch((error: unknown) => {
      this.log.error(String(error));
    });
  }

  private options(command: string): LanguageClientOptions {
    return {
      documentSelector: SELECTOR,
      diagnosticCollectionName: 'zhubi',
      outputChannel: this.log,
      // What fails stands in the log; a writer is not called away from the draft for it.
      revealOutputChannelOn: RevealOutputChannelOn.Never,
      // The editor shows a finding's message itself; in a hover, a link opens the rule's page.
      initializationOptions: { status: true, showsMessages: true, openRule: 'zhubi.openRule' },
      markdown: { isTrusted: { enabledCommands: ['zhubi.openRule'] } },
      errorHandler: this.errorHandler(command),
      initializationFailedHandler: () => {
        this.sayFault('unsuitable', command);
        return false;
      },
      middleware: middleware(),
    };
  }

  /**
   * What the server can and we do otherwise. A look over the whole workspace is taken when the writer asks for it, not every
   * few seconds; and a second formatter of Markdown would have the editor ask which of them is meant.
   */
  private restraint(): StaticFeature {
    return {
      preInitialize: (capabilities) => {
        const { diagnosticProvider } = capabilities;
        this.supportsWorkspaceCheck = diagnosticProvider?.workspaceDiagnostics ?? false;
        if (diagnosticProvider) {
          diagnosticProvider.workspaceDiagnostics = false;
        }
        delete capabilities.documentFormattingProvider;
      },
      fillClientCapabilities: () => undefined,
      initialize: () => undefined,
      getState: () => ({ kind: 'static' }),
      clear: () => undefined,
    };
  }

  private errorHandler(command: string): ErrorHandler {
    const ends: number[] = [];
    return {
      error: (_error, _message, count) => ({
        action: count && count <= 3 ? ErrorAction.Continue : ErrorAction.Shutdown,
        handled: true,
      }),
      closed: () => {
        // What ends before it has answered once will not do better the next time.
        if (this.client?.initializeResult === undefined) {
          this.sayFault('unsuitable', command);
          return { action: CloseAction.DoNotRestart, handled: true };
        }
        const now = Date.now();
        ends.push(now);
        if (ends.filter((end) => now - end < WITHIN_MS).length < MOST_ENDS) {
          return { action: CloseAction.Restart, handled: true };
        }
        this.say(vscode.l10n.t('The server has ended several times and is not started again.'));
        return { action: CloseAction.DoNotRestart, handled: true };
      },
    };
  }

  /** Says why there is no server, and what there is to be done. */
  private sayFault(fault: Fault, path: string): void {
    const set = pathSet() !== '';
    const remedy = set
      ? vscode.l10n.t('Mend the setting zhubi.server.path, or empty it to use the program that came with the extension.')
      : vscode.l10n.t('Install the extension that is made for this computer: zhubi-{0}.vsix.', `${process.platform}-${process.arch}`);
    this.say(`${describe(fault, path)}${remedy}`, set ? OPEN_SETTING : undefined);
  }

  /** Says a thing to the writer once; after that it is only in the log. */
  say(message: string, offer?: Offer): void {
    this.log.warn(message);
    if (this.said.has(message)) {
      return;
    }
    this.said.add(message);
    const log: Offer = {
      title: vscode.l10n.t('Show the Log'),
      run: () => {
        this.log.show();
      },
    };
    const offers = offer ? [offer, log] : [log];
    void vscode.window.showWarningMessage(message, ...offers).then((chosen) => chosen?.run());
  }
}

/** The program that the writer has set, if any. */
function pathSet(): string {
  return vscode.workspace.getConfiguration('zhubi').get<string>('server.path', '').trim();
}

/** A program that cannot be used, to the writer. */
function describe(fault: Fault, path: string): string {
  switch (fault) {
    case 'missing':
      return vscode.l10n.t('Zhubi was not started: there is no {0}. ', path);
    case 'forbidden':
      return vscode.l10n.t('Zhubi was not started: {0} may not be run as a program. ', path);
    case 'foreign':
      return vscode.l10n.t('Zhubi was not started: {0} is not made for this computer. ', path);
    case 'unsuitable':
      return vscode.l10n.t('Zhubi was not started: {0} is not zhubi, or ends at once. ', path);
    case 'silent':
      return vscode.l10n.t('Zhubi was not started: {0} does not answer. ', path);
  }
}

const OPEN_SETTING: Offer = {
  title: vscode.l10n.t('Open the Setting'),
  run: () => vscode.commands.executeCommand('workbench.action.openSettings', '@id:zhubi.server.path'),
};

/** Opens the file that a message of the server is about, where it says the line. */
function toFile(message: string): Offer | undefined {
  const found = /((?:\/|[A-Za-z]:[\\/]).+?\.toml)(?: 第 (\d+) 行)?/.exec(message);
  const [, path, line] = found ?? [];
  if (!path) {
    return undefined;
  }
  const start = new vscode.Position(Number(line ?? 1) - 1, 0);
  return {
    title: vscode.l10n.t('Open {0}', basename(path)),
    run: () => vscode.window.showTextDocument(vscode.Uri.file(path), { selection: new vscode.Range(start, start) }),
  };
}

/** Whether a document's findings are not shown: where its text is of another language, or was misread. */
function isQuiet(uri: vscode.Uri): boolean {
  const document = vscode.workspace.textDocuments.find((open) => open.uri.toString() === uri.toString());
  return document !== undefined && isProse(document) && !isDraft(document);
}

function middleware(): Middleware {
  return {
    provideDocumentSymbols,
    handleDiagnostics: (uri, diagnostics, next) => {
      next(uri, isQuiet(uri) ? [] : diagnostics);
    },
    provideDiagnostics: async (document, previous, token, next) => {
      const report = await next(document, previous, token);
      const uri = document instanceof vscode.Uri ? document : document.uri;
      return report && 'items' in report && isQuiet(uri) ? { ...report, items: [] } : report;
    },
    workspace: {
      configuration: (params, token, next) =>
        params.items.every(({ section }) => section === 'zhubi')
          ? params.items.map(({ scopeUri }) =>
              forServer(vscode.workspace.getConfiguration('zhubi', scopeUri ? vscode.Uri.parse(scopeUri) : undefined)),
            )
          : next(params, token),
    },
  };
}
