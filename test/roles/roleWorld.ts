import { KeyList, LayoutRecord, NewKey, Receipt } from '@widget-mediator/contracts';
import { roomyLayout } from '../support/layouts.ts';
import type { MediatorUnderTest } from '../support/mediatorUnderTest.ts';
import { until } from '../support/until.ts';
import { manifest, publication } from '../support/widgets.ts';
import type { Role } from './roleTable.ts';

/** An answer, as far as the table is about it. */
export interface Answer {
  readonly status: number;
  readonly text: string;
  readonly body: unknown;
}

export interface Ask {
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
  readonly mediaType?: string;
}

/** What a row of the table finds: the same before every row. */
export interface RoleWorld {
  /** Of the owner's widget `things`. */
  readonly publicationId: string;
  /** Of another team. */
  readonly madeKeyId: string;
  /** Of {@link setLayout}. */
  readonly layoutRevision: number;
  /** A version that is not published yet. */
  nextVersion(): number;
  keyOf(role: Role): string | undefined;
}

/** The layout that operators have set. */
export const setLayout = { ...roomyLayout(), version: 'set-1' };

/** Asks as one of the roles would; what is beyond a budget is asked again. */
export async function ask(under: MediatorUnderTest, asked: Ask, key?: string): Promise<Answer> {
  let answer: Answer = { status: 429, text: '', body: {} };
  await until(`${asked.method} ${asked.path} is within the budget`, async () => {
    const request = under.http[asked.method.toLowerCase() as 'get'](asked.path).ok(() => true);
    if (key !== undefined) request.set('Authorization', `Bearer ${key}`);
    if (asked.mediaType !== undefined) request.set('Content-Type', asked.mediaType);
    answer = await request.send(asked.body as object | undefined);
    return answer.status !== 429;
  });
  return answer;
}

let version = 0;

const nextVersion = (): number => {
  version += 1;
  return version;
};

/** Makes all that rows need; `ownKeys` gives each role a key that was made, for what ends or multiplies keys. */
export async function prepare(under: MediatorUnderTest, ownKeys: boolean): Promise<RoleWorld> {
  const operator = under.keys.operator;
  const fileKeys: Readonly<Record<Role, string | undefined>> = {
    nobody: undefined,
    unknown: 'wm_alpha_not-the-secret-of-team-alpha',
    owner: under.keys.alpha,
    other: under.keys.beta,
    reader: under.keys.reader,
    operator,
  };
  const keys = { ...fileKeys };
  const { keys: listed } = KeyList.parse(
    (await ask(under, { method: 'GET', path: '/v1/keys' }, operator)).body,
  );
  for (const { id } of listed.filter(({ origin }) => origin === 'api'))
    await ask(under, { method: 'DELETE', path: `/v1/keys/${id}` }, operator);
  if (ownKeys) {
    for (const role of ['owner', 'other', 'reader', 'operator'] as const) {
      const made = await ask(under, { method: 'POST', path: '/v1/key/rotate' }, fileKeys[role]);
      keys[role] = NewKey.parse(made.body).key;
    }
  }
  const wanted = { team: 'gamma', scopes: ['read'] };
  const made = await ask(under, { method: 'POST', path: '/v1/keys', body: wanted }, operator);

  const owner = under.keys.alpha;
  const widget = '/v1/widgets/things';
  await ask(under, { method: 'PUT', path: widget, body: manifest('things') }, owner);
  const body = publication(nextVersion(), ['a', 'b', 'c']);
  const published = await ask(under, { method: 'POST', path: `${widget}/publications`, body }, owner);
  const takedown = { method: 'PUT', path: '/v1/takedowns/widget/elsewhere', body: { reason: 'a test' } };
  await ask(under, takedown, operator);
  const layout = { method: 'PUT', path: `/v1/layouts/${setLayout.id}`, body: setLayout };
  const set = await ask(under, layout, operator);

  return {
    publicationId: Receipt.parse(published.body).publication ?? '',
    madeKeyId: NewKey.parse(made.body).id,
    layoutRevision: LayoutRecord.parse(set.body).revision,
    nextVersion,
    keyOf: (role) => keys[role],
  };
}
