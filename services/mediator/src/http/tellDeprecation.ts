import { type Deprecation, manifestV1DeprecatedAt } from '@widget-mediator/contracts';
import type { Response } from 'express';

/** Tells the caller that the widget is on its way out (RFC 9745, RFC 8594), if it is, and what replaces it. */
export function tellDeprecation(response: Response, deprecation: Deprecation | undefined): void {
  if (deprecation === undefined) return;
  const { since, sunset, replacedBy } = deprecation;
  response.setHeader('Deprecation', dateItem(since));
  if (sunset !== undefined) response.setHeader('Sunset', new Date(sunset).toUTCString());
  if (replacedBy !== undefined) {
    response.setHeader('Link', `</v1/widgets/${replacedBy}>; rel="successor-version"`);
  }
}

/** Tells the caller that the manifest was written in the version before the current one. */
export function tellOldVersion(response: Response): void {
  response.setHeader('Deprecation', dateItem(manifestV1DeprecatedAt));
  response.setHeader(
    'Link',
    '</docs/>; rel="deprecation", </schemas/widget/v2.json>; rel="successor-version"',
  );
}

/** A date of a structured field (RFC 9651, 3.3.7): seconds since 1970. */
const dateItem = (timestamp: string): string => `@${Math.floor(Date.parse(timestamp) / 1000)}`;
