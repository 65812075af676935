import { hash } from 'node:crypto';

/** A MAC of `text` as 64 hex digits: SHA-512/256 of key and text, which unlike plain SHA-256 cannot be extended. */
export const keyed = (key: string, text: string): string => hash('sha512-256', `${key}\n${text}`, 'hex');
