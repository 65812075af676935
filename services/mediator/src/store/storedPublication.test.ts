import { heldBytes } from '../testing/heldBytes.ts';
import { recordRead, storable } from './storedPublication.ts';

const publication = (version: number, title: string) =>
  Buffer.from(
    JSON.stringify({ version, audience: { type: 'everyone' }, items: [{ id: `item-${version}`, title }] }),
  );

test('a record begins with the publication as it came, in whatever pieces, and ends with what its stamp says', () => {
  const json = publication(7, 'Füße 🎬');
  const whole = storable(7, [json], 15_000);
  expect(storable(7, [json.subarray(0, 40), json.subarray(40)], 15_000)).toEqual(whole);
  expect(JSON.parse(whole.record.toString())).toEqual({
    publication: JSON.parse(json.toString()),
    digest: whole.digest,
    admittedAtMs: 15_000,
  });
  expect(recordRead(whole.record)).toEqual({
    stamp: `7:${whole.digest}:15000`,
    record: whole.record,
  });
});

test('one that was written in another order is read by the schema, and one that does not fit is none', () => {
  const { digest, record } = storable(7, [publication(7, 'A')], 15_000);
  const { publication: first, ...others } = JSON.parse(record.toString());
  const moved = Buffer.from(JSON.stringify({ ...others, publication: first }));
  expect(recordRead(moved)).toEqual({ stamp: `7:${digest}:15000`, record: moved });
  expect(recordRead(Buffer.from('{"publication":7}'))).toBeUndefined();
  expect(recordRead(null)).toBeUndefined();
});

test('a stamp that is held holds nothing of its record', () => {
  const count = 500;
  const long = 'x'.repeat(64 * 1024);
  const before = heldBytes();
  const stamps = Array.from({ length: count }, (_, index) => {
    const { record } = storable(index + 1, [publication(index + 1, long)], 15_000);
    return recordRead(record)?.stamp;
  });
  expect(heldBytes() - before).toBeLessThan((count * long.length) / 10);
  expect(new Set(stamps).size).toBe(count);
});
