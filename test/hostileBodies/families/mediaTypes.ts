import { honest } from '../honestDocuments.ts';
import { type HostileBody, hostile } from '../hostileBody.ts';

const types = [
  '',
  'text/plain',
  'text/json',
  'application/xml',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'application/octet-stream',
  'application/jsonp',
  'application/json5',
  'application/problem+json',
  'application/json; charset=latin1',
  'application/json; charset=utf-16',
  'application/json; charset="utf-7"',
  'application/json, text/plain',
  'json',
];
const encodings = ['br2', 'compress', 'zstd', 'exi', 'gzip, gzip', 'identity, gzip', 'x-unknown'];

/** Honest content that says it is something else: refused before it is read. */
export function mediaTypes(): HostileBody[] {
  const publication = honest('publication');
  return [
    ...types.map((type) =>
      hostile('media-type-unsupported', publication, {
        name: `as ${type || 'nothing'}`,
        headers: { 'Content-Type': type },
      }),
    ),
    ...encodings.map((encoding) =>
      hostile('encoding-unsupported', publication, {
        name: `packed as ${encoding}`,
        headers: { 'Content-Encoding': encoding },
      }),
    ),
    ...(['manifest', 'homepage'] as const).map((reader) =>
      hostile('media-type-unsupported', honest(reader), {
        name: 'as text/plain',
        reader,
        headers: { 'Content-Type': 'text/plain' },
      }),
    ),
  ];
}
