import * as z from 'zod';
import type { Json } from './json.ts';
import { openApiPaths } from './openApiPaths.ts';
import * as contract from './schemas.ts';

/** The OpenAPI 3.1 description of the mediator's HTTP interface, made from the schemas of this package. */
export function openApi(): Json {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Widget Mediator',
      version: '1',
      description:
        'Recommender teams register widgets and publish to them; frontends get one complete page by a deadline, with a reason for everything that is not on it.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    tags: [
      { name: 'Homepage', description: 'For frontends.' },
      { name: 'Widgets', description: 'For recommender teams.' },
      { name: 'Operations', description: 'For the platform team.' },
    ],
    paths: openApiPaths,
    components: {
      schemas: componentSchemas(),
      securitySchemes: {
        key: {
          type: 'http',
          scheme: 'bearer',
          description: 'An API key of the scope that the call needs: publish, read or operate.',
        },
      },
    },
  };
}

/** Every schema that carries an id, as a component; references between them stay references. */
export function componentSchemas(): Record<string, Json> {
  // Not zod's registry of all: in a bundle, only schemas that something names have come into it.
  const registry = z.registry<{ id: string }>();
  for (const schema of Object.values(contract).filter((each) => each instanceof z.ZodType)) {
    const id = schema.meta()?.id;
    if (id) registry.add(schema, { id });
  }
  const { schemas } = z.toJSONSchema(registry, {
    uri: (id) => `#/components/schemas/${id}`,
    io: 'input',
  });
  return Object.fromEntries(
    Object.entries(schemas).map(([id, { $schema: _dialect, $id: _uri, ...schema }]) => [id, toJson(schema)]),
  );
}

/** A JSON Schema object holds nothing but JSON; the round trip makes that true for the type as well. */
function toJson(schema: object): Json {
  const value: Json = JSON.parse(JSON.stringify(schema));
  return value;
}
