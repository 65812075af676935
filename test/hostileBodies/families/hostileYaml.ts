import { limits } from '@widget-mediator/contracts';
import { honest, withText } from '../honestDocuments.ts';
import { type HostileBody, hostile, marker } from '../hostileBody.ts';

/** What YAML can do that a manifest need not: JSON is YAML, so the honest manifest in JSON is what is bent. */
const bent = {
  'an alias': withText('manifest', '/metadata', `{ id: &a ${marker}, owner: *a, title: *a }`),
  'an alias that nothing explains': withText('manifest', '/metadata/title', '*nowhere'),
  'a thousand laughs': `a: &a [${marker},${marker}]\nb: &b [*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b]\nd: [*c,*c,*c,*c]\n`,
  'a function as a tag': withText('manifest', '/metadata/title', `!!js/function "() => '${marker}'"`),
  'a tag of its own': withText('manifest', '/metadata/title', `!${marker} a`),
  'a name that stands twice': honest('manifest').replace('{', `{ "kind": "${marker}",`),
  'two documents': `---\nkind: Widget\n---\nkind: ${marker}\n`,
  'a tab that indents': `kind: Widget\nmetadata:\n\tid: ${marker}\n`,
  'a quote that nothing closes': `kind: "${marker}\n`,
  'a bracket that nothing closes': `kind: [${marker}\n`,
  'a block that ends amiss': `metadata:\n    id: a\n  owner: ${marker}\n`,
  'lists 5,000 deep': withText('manifest', '/spec', `${'['.repeat(5_000)}${']'.repeat(5_000)}`),
  'maps 2,000 deep': withText('manifest', '/spec', `${'{a: '.repeat(2_000)}1${'}'.repeat(2_000)}`),
  'a control character': `kind: "${marker}\u0007"\n`,
};

export function hostileYaml(): HostileBody[] {
  const headers = { 'Content-Type': 'application/yaml' };
  const yaml = (name: string) => ({ name: `YAML with ${name}`, reader: 'manifest', headers }) as const;
  return [
    ...Object.entries(bent).map(([name, text]) => hostile('malformed-yaml', text, yaml(name))),
    hostile('malformed-yaml', Buffer.from([0x6b, 0x3a, 0x20, 0xff, 0xfe]), yaml('what is not UTF-8')),
    hostile('forbidden-key', `"__proto__":\n  ${marker}: true\nkind: Widget\n`, yaml('a __proto__')),
    hostile('validation-failed', `- ${marker}\n`, { ...yaml('a list'), at: '' }),
    hostile('validation-failed', withText('manifest', '/spec/minItems', '0x63'), {
      ...yaml('a hexadecimal number that is too large'),
      at: '/spec/minItems',
    }),
    hostile(
      'body-too-large',
      honest('manifest').padEnd(limits.yamlManifestBytes + 1),
      yaml('a byte too many'),
    ),
  ];
}
