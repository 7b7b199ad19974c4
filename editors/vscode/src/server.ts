// The language server: one process for all drafts, started when the first is seen.

import { access, constants } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { CloseAction, ErrorAction, LanguageClient, RevealOutputChannelOn } from 'vscode-languageclient/node';
import type { ErrorHandler, LanguageClientOptions, Middleware, StaticFeature } from 'vscode-languageclient/node';
import { isDraft, isProse, SELECTOR } from './documents';
import { forServer } from './settings';

/** What the server says of a draft after each check. */
export interface Status {
  uri: string;
  state: 'ready' | 'disabled' | 'too-large';
  words: number;
  characters: number;
  target: number | null;
  documentType: { id: string; name: string } | null;
}

/** A server that ends by itself so often within so long is not started again. */
const MOST_ENDS = 4;
const WITHIN_MS = 3 * 60_000;

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

  /** The program: the one set, where the workspace may say so, or the one that came with the extension. */
  async program(): Promise<string | undefined> {
    const set = vscode.workspace.getConfiguration('zhubi').get<string>('server.path', '').trim();
    const bundled = join(this.context.extensionPath, 'server', process.platform === 'win32' ? 'zhubi.exe' : 'zhubi');
    const path = set || bundled;
    try {
      await access(path, constants.X_OK);
      return path;
    } catch {
      this.say(vscode.l10n.t('There is no zhubi program that can be run at {0}.', path));
      return undefined;
    }
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
    const client = new LanguageClient('zhubi', 'Zhubi 朱笔', { command, args: ['lsp'] }, this.options());
    client.onNotification('window/showMessage', ({ message }: { message: string }) => {
      this.say(message);
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

  private options(): LanguageClientOptions {
    return {
      documentSelector: SELECTOR,
      diagnosticCollectionName: 'zhubi',
      outputChannel: this.log,
      // What fails stands in the log; a writer is not called away from the draft for it.
      revealOutputChannelOn: RevealOutputChannelOn.Never,
      initializationOptions: { status: true },
      errorHandler: this.errorHandler(),
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

  private errorHandler(): ErrorHandler {
    const ends: number[] = [];
    return {
      error: (_error, _message, count) => ({
        action: count && count <= 3 ? ErrorAction.Continue : ErrorAction.Shutdown,
        handled: true,
      }),
      closed: () => {
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

  /** Says a thing to the writer once; after that it is only in the log. */
  say(message: string): void {
    this.log.warn(message);
    if (this.said.has(message)) {
      return;
    }
    this.said.add(message);
    const log = vscode.l10n.t('Show the Log');
    void vscode.window.showWarningMessage(message, log).then((chosen) => {
      if (chosen === log) {
        this.log.show();
      }
    });
  }
}

/** Whether a document's findings are shown: not where its text is of another language. */
function isQuiet(uri: vscode.Uri): boolean {
  const document = vscode.workspace.textDocuments.find((open) => open.uri.toString() === uri.toString());
  return document !== undefined && isProse(document) && !isDraft(document);
}

function middleware(): Middleware {
  return {
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
