import { limits } from '@widget-mediator/contracts';
import type { Request, RequestHandler } from 'express';
import { parseJson } from '../intake/parseJson.ts';
import { parseYaml, YamlError } from '../intake/parseYaml.ts';
import { HttpProblem } from './httpProblem.ts';
import { bodyOfAtMost, bytesOf, hasType, readJson } from './readJson.ts';

const yaml = 'application/yaml';

/** Reads the body of a request that brings a manifest, as JSON or YAML (RFC 9512), without looking inside it. */
export const manifestBody: RequestHandler = bodyOfAtMost(limits.manifestBytes, ['application/json', yaml]);

/** The value of a body that {@link manifestBody} read. Throws {@link HttpProblem} when it is not what it says it is. */
export function readDocument(request: Request): unknown {
  if (!hasType(request, yaml)) return readJson(request);
  const maxBytes = limits.yamlManifestBytes;
  if (bytesOf(request) > maxBytes) throw new HttpProblem('body-too-large', { maxBytes });
  // What JSON has no word for (infinity, not a number) becomes null, which fits no field; what JSON may not hold is refused.
  return parseJson(Buffer.from(JSON.stringify(readYaml(request))));
}

function readYaml({ body }: Request): unknown {
  try {
    return parseYaml(Buffer.isBuffer(body) ? body : Buffer.alloc(0));
  } catch (error) {
    if (!(error instanceof YamlError)) throw error;
    throw new HttpProblem('malformed-yaml', { errors: [{ pointer: '', detail: error.message }] });
  }
}
