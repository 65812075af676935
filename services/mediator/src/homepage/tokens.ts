import { keyed } from './keyed.ts';

/** What one token vouches for. */
export interface TokenClaims {
  readonly placement: string;
  readonly position: number;
  readonly widget: string;
  readonly version: number;
  /** The digest of the ids shown, in order. */
  readonly itemsDigest: string;
}

/** Signs what one page shows. */
export type PageSigner = (claims: TokenClaims) => string;

/**
 * Signed attribution tokens: `pageId.position.placement.widget.version.itemsDigest.tag`. The secret and the page id make
 * the page's key, and that the tag of each widget: a third of an HMAC's time (docs/adr/0006-tokens.md).
 */
export function createTokenSigner(secret: string): (pageId: string) => PageSigner {
  return (pageId) => {
    const pageKey = keyed(secret, pageId);
    return ({ placement, position, widget, version, itemsDigest }) => {
      const claims = `${pageId}.${position}.${placement}.${widget}.${version}.${itemsDigest}`;
      return `${claims}.${keyed(pageKey, claims).slice(0, 32)}`;
    };
  };
}
