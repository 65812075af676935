/* The load generator: a process of its own, so that what it costs is nobody else's. */
import { z } from 'zod';
import { answerQuestions } from '../processes/answerQuestions.ts';
import { type Client, createClient } from './createClient.ts';
import { Load } from './load.ts';
import { nowMs } from './nowMs.ts';
import { runOpenLoop } from './runOpenLoop.ts';

let open: { readonly load: Load; readonly client: Client }[] = [];

answerQuestions({
  /** Opens the connections that the next run uses, so that no run pays for it. Answers with what went wrong. */
  async connect(details) {
    open = z
      .array(Load)
      .parse(details)
      .map((load) => ({ load, client: createClient(load) }));
    const answers = open.flatMap(({ load, client }) =>
      Array.from({ length: load.connections }, () =>
        client.ask(nowMs).then(({ fault }) => faultsOf(load, fault)),
      ),
    );
    return (await Promise.all(answers)).flat();
  },
  run: () => Promise.all(open.map(({ client, load }) => runOpenLoop(client, load))),
  disconnect() {
    for (const { client } of open) client.close();
  },
});
process.once('disconnect', () => process.exit());

const faultsOf = ({ server }: Load, fault: string | undefined): string[] =>
  fault === undefined ? [] : [`${server} ${fault}`];
