import * as z from 'zod';

/**
 * Human-readable text from a semi-trusted source: at most `max` UTF-16 units; no control, format or private characters
 * but the two joiners that scripts and emoji need, so no line breaks, no bidirectional overrides, no lone surrogates.
 */
export const textOrNothing = (max: number) =>
  z
    .string()
    .max(max)
    .regex(
      /^(?:[^\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]|\u200c|\u200d)*$/u,
      'must not hold control characters',
    );

/** The same, with something to see in it. */
export const text = (max: number) =>
  textOrNothing(max)
    .min(1)
    .regex(/(?!\u200c|\u200d)[^\s\u2800\u3164\uffa0]/u, 'must hold a visible character');

/** An opaque identifier that a source chose: 1 to 128 visible characters, no white space. */
export const opaqueId = () =>
  z
    .string()
    .min(1)
    .max(128)
    .regex(/^[^\s\p{C}]+$/u, 'must be visible characters without spaces');

/** A name that ends up in URLs, Redis keys and metric labels: lower-case letters, digits and hyphens. */
export const slug = () =>
  z
    .string()
    .min(1)
    .max(64)
    .regex(/^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/, 'must be lower-case letters, digits and hyphens');

/**
 * An absolute `https:` link with a plain host: no user info, no spaces, no quotes. Anything else
 * (`javascript:`, `data:`, `http:`) is refused, because frontends put it into `href` and `src`.
 */
export const httpsUrl = () =>
  z
    .string()
    .max(2048)
    .regex(
      /^https:\/\/[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::\d{1,5})?(?:[/?#][^\s\p{C}"<>\\^`{|}]*)?$/u,
      'must be an absolute https: URL',
    );

/** An RFC 3339 date and time with an offset, such as `2026-11-24T00:00:00Z`. */
export const timestamp = () => z.iso.datetime({ offset: true });
