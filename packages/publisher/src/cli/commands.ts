import type { Receipt, WidgetManifest, WidgetManifestInput } from '@widget-mediator/contracts';
import { createPublisher, type Publisher } from '../createPublisher.ts';
import { MediatorUnreachable } from '../mediatorUnreachable.ts';
import { PublisherProblem } from '../publisherProblem.ts';
import { checkManifest } from './checkManifest.ts';
import { checkPublication } from './checkPublication.ts';
import { errorAt, type Finding, verdictAt, warningAt } from './finding.ts';
import { readJsonFile, readYaml, type SourceFile } from './sourceFile.ts';
import { type ExitCode, exitCodes, type Strictness, type Terminal, tellFindings } from './terminal.ts';
import { UsageError } from './usageError.ts';

export type Remote = { readonly mediator: string };
export type Publishing = Remote & Strictness & { readonly dryRun: boolean };
export type Files = { readonly manifest: string; readonly publications: readonly string[] };

/** Looks at files, without a mediator. */
export function check(terminal: Terminal, files: Files, strictness: Strictness): ExitCode {
  const { findings, manifest, file } = manifestIn(files.manifest);
  const failed = [tellFindings(terminal, file, findings, strictness)];
  for (const path of files.publications) {
    const publication = readJsonFile(path);
    const checked = checkPublication(publication, manifest);
    failed.push(tellFindings(terminal, publication, checked.findings, strictness));
  }
  if (failed.includes(true)) return exitCodes.refused;
  terminal.out(`${[files.manifest, ...files.publications].join(', ')}: fine\n`);
  return exitCodes.fine;
}

/** Registers the widget; the same manifest again changes nothing. */
export async function register(terminal: Terminal, path: string, remote: Remote): Promise<ExitCode> {
  const publisher = publisherOf(terminal, remote);
  const { findings, manifest, file } = manifestIn(path);
  if (tellFindings(terminal, file, findings, { strict: false }) || !manifest) return exitCodes.refused;
  return settle(terminal, file, async () => {
    // Sent as the file has it, with what has a default left out.
    const { revision } = await publisher.register(file.value as WidgetManifestInput);
    terminal.out(`${manifest.metadata.id}: registered, revision ${revision}\n`);
    return exitCodes.fine;
  });
}

/** Publishes what the files hold, or tries it out. Stops at the first that is not taken. */
export async function publish(terminal: Terminal, files: Files, publishing: Publishing): Promise<ExitCode> {
  const publisher = publisherOf(terminal, publishing);
  const { findings, manifest, file } = manifestIn(files.manifest);
  if (tellFindings(terminal, file, findings, publishing) || !manifest) return exitCodes.refused;
  for (const path of files.publications) {
    const code = await publishOne({ terminal, publisher, manifest, publishing }, readJsonFile(path));
    if (code !== exitCodes.fine) return code;
  }
  return exitCodes.fine;
}

type Sending = {
  readonly terminal: Terminal;
  readonly publisher: Publisher;
  readonly manifest: WidgetManifest;
  readonly publishing: Publishing;
};

async function publishOne(sending: Sending, file: SourceFile): Promise<ExitCode> {
  const { terminal, publisher, manifest, publishing } = sending;
  const { publication, findings } = checkPublication(file, manifest);
  if (publication === undefined) {
    tellFindings(terminal, file, findings, publishing);
    return exitCodes.refused;
  }
  return settle(terminal, file, async () => {
    const send = publishing.dryRun ? publisher.check : publisher.publish;
    // Sent as the file has it: the mediator names the fields that it does not know.
    const receipt = await send(manifest.metadata.id, file.value as typeof publication);
    const failed = tellFindings(terminal, file, remarksOf(receipt), publishing);
    const { widget, version, kept, received, stored } = receipt;
    const what = stored ? `stored as ${receipt.publication}` : 'tried out, and not stored';
    terminal.out(`${widget}: version ${version}, ${kept} of ${received} items, ${what}\n`);
    return failed ? exitCodes.refused : exitCodes.fine;
  });
}

const remarksOf = ({ verdicts, warnings }: Receipt): Finding[] => [
  ...verdicts.map((verdict) => verdictAt('/items', verdict)),
  ...warnings.map(({ pointer, detail }) => warningAt(pointer, detail)),
];

function manifestIn(path: string) {
  const file = readYaml(path);
  return { file, ...checkManifest(file) };
}

/** The key comes from the environment only: arguments can be read by everybody on the machine. */
function publisherOf({ env, fetch }: Terminal, { mediator }: Remote): Publisher {
  const apiKey = env['API_KEY'];
  if (apiKey === undefined || apiKey === '') {
    throw new UsageError("API_KEY must be set to your team's publish key");
  }
  try {
    return createPublisher({ mediatorUrl: mediator, apiKey, fetch });
  } catch {
    throw new UsageError('--mediator must be a URL, and API_KEY a key without spaces');
  }
}

/** Refusals are told with the lines of the file that they are about. */
async function settle(
  terminal: Terminal,
  file: SourceFile,
  call: () => Promise<ExitCode>,
): Promise<ExitCode> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof MediatorUnreachable) {
      terminal.error(error.message);
      return exitCodes.away;
    }
    if (!(error instanceof PublisherProblem)) throw error;
    const findings = error.errors.map(({ pointer, detail }) => errorAt(pointer, detail));
    tellFindings(terminal, file, findings, { strict: false });
    terminal.error(error.message);
    return error.temporary ? exitCodes.away : exitCodes.refused;
  }
}
