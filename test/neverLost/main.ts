// npm run chaos: kills mediators, worker and Redis under load for as long as told, and looks for what was lost. Exits with 1
// when something was.
import { parseArgs } from 'node:util';
import type { Ledger } from './ledger.ts';
import { report } from './report.ts';
import { runNeverLost } from './runNeverLost.ts';

const usage = `npm run chaos -- [options]

  --publications N   acknowledged ones, at least; 50000 unless told
  --kills N          strikes, each of which kills one process or several; 100 unless told
  --seed N           decides who is killed and who sends what; drawn and printed unless told
  --help             this

Starts a Redis, two mediators and a worker of its own, from the build, on free ports, and needs redis-server or valkey-server.
Ctrl-C stops everything and reports what was seen so far.
`;

const { values } = parseArgs({
  options: {
    publications: { type: 'string' },
    kills: { type: 'string' },
    seed: { type: 'string' },
    help: { type: 'boolean' },
  },
});
const publications = Number(values.publications ?? 50_000);
const kills = Number(values.kills ?? 100);
const seed = Number(values.seed ?? Math.floor(Math.random() * 1e6));
const isWhole = (from: number) => (number: number) => Number.isSafeInteger(number) && number >= from;

if (values.help === true) process.stdout.write(usage);
else if (![publications, kills].every(isWhole(1)) || !isWhole(0)(seed)) {
  process.stderr.write(
    `--publications and --kills take whole numbers from 1, --seed one from 0.\n\n${usage}`,
  );
  process.exitCode = 2;
} else {
  await run();
}

async function run(): Promise<void> {
  const stopping = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopping.abort());
  process.stdout.write(`seed ${seed}\n`);
  let progress: NodeJS.Timeout | undefined;
  const onStart = (ledger: Ledger) => {
    progress = setInterval(() => showProgress(ledger), process.stderr.isTTY ? 500 : 10_000);
  };
  try {
    const outcome = await runNeverLost({ publications, kills, seed, onStart, signal: stopping.signal });
    process.stdout.write(`${process.stderr.isTTY ? '\n' : ''}${report({ seed }, outcome)}`);
    const { counts, faults } = outcome.ledger;
    const isDone = counts.acknowledged >= publications && outcome.ledger.strikes.length >= kills;
    process.exitCode = faults.length === 0 && isDone ? 0 : 1;
    if (!isDone) process.stdout.write('stopped before the end\n');
  } finally {
    clearInterval(progress);
  }
}

function showProgress({ counts, strikes, faults, nowMs }: Ledger): void {
  const facts = [
    `${Math.round(nowMs() / 1000)} s`,
    `${counts.acknowledged}/${publications} acknowledged`,
    `${strikes.length}/${kills} kills`,
    `${counts.pages} pages`,
    `${faults.length} faults`,
  ];
  process.stderr.write(process.stderr.isTTY ? `\r${facts.join(', ')} ` : `${facts.join(', ')}\n`);
}
