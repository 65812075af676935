import { createHmac, hash } from 'node:crypto';

/** What one token vouches for. */
export interface TokenClaims {
  readonly placement: string;
  readonly position: number;
  readonly widget: string;
  readonly version: number;
  /** The ids shown, in order; only their digest goes into the token. */
  readonly items: readonly string[];
}

/** Signs what one page shows. */
export type PageSigner = (claims: TokenClaims) => string;

/**
 * Signed attribution tokens: `pageId.position.placement.widget.version.itemsDigest.tag`. One HMAC-SHA-256 a page derives
 * its key; the tag of each widget is SHA-512/256 under it, cut to 128 bits (a third of an HMAC each, and SHA-512/256
 * cannot be extended as plain SHA-256 can).
 */
export function createTokenSigner(secret: string): (pageId: string) => PageSigner {
  return (pageId) => {
    const pageKey = createHmac('sha256', secret).update(pageId).digest('hex');
    return ({ placement, position, widget, version, items }) => {
      const itemsDigest = tagOf(pageKey, items.join('\n')).slice(0, 16);
      const claims = `${pageId}.${position}.${placement}.${widget}.${version}.${itemsDigest}`;
      return `${claims}.${tagOf(pageKey, claims)}`;
    };
  };
}

const tagOf = (key: string, text: string): string =>
  hash('sha512-256', `${key}\n${text}`, 'hex').slice(0, 32);
