import { Registration } from '@widget-mediator/contracts';
import type { BlockRunner } from './blockRunner.ts';
import { guideKeys } from './guideKeys.ts';
import type { Block } from './readBlocks.ts';

/** The statuses of a question to the pull endpoint that a block has registered, and of the same again with the first's `ETag`. */
export async function servedTwice({ code }: Block, { mediatorUrl }: BlockRunner): Promise<number[]> {
  const [, widget] = /metadata: \{ id: '([a-z-]+)'/.exec(code) ?? [];
  const headers = { authorization: `Bearer ${guideKeys.team}` };
  const answer = await fetch(`${mediatorUrl}/v1/widgets/${widget}`, { headers });
  const { delivery } = Registration.parse(await answer.json()).manifest.spec;
  if (delivery.mode !== 'pull') throw new Error(`${widget} is not pulled`);
  const ask = (more = {}) =>
    fetch(delivery.endpoint, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...more },
      body: '{"count":5}',
    });
  const first = await ask();
  const again = await ask({ 'if-none-match': first.headers.get('etag') ?? '' });
  return [first.status, again.status];
}
