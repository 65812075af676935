import { until } from '../support/until.ts';

/** When a mediator first answered with `text`, in ms since the epoch. */
export async function firstSeen(url: string, key: string, text: string): Promise<number> {
  await until(`${text} is seen`, async () => {
    const answer = await fetch(url, { headers: { authorization: `Bearer ${key}` } });
    return (await answer.text()).includes(text);
  });
  return Date.now();
}
