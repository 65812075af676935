/**
 * A change stamp of what stands for one audience of a widget: equal stamps, equal content. It outlives the content, so
 * that a late old version is refused all the same. `version:digest:admittedAtMs`, and `:withdrawnAtMs` if it was withdrawn.
 */
export type Stamp = string;

/** The stamp of what was admitted, as the admission script writes it. */
export const stampOf = ({ version, digest, admittedAtMs }: Omit<Stamped, 'withdrawnAtMs'>): Stamp =>
  `${version}:${digest}:${admittedAtMs}`;

/** What a stamp says. */
export interface Stamped {
  readonly version: number;
  readonly digest: string;
  readonly admittedAtMs: number;
  readonly withdrawnAtMs?: number;
}

export function readStamp(stamp: Stamp): Stamped {
  const [version, digest = '', admittedAtMs, withdrawnAtMs] = stamp.split(':');
  return {
    version: Number(version),
    digest,
    admittedAtMs: Number(admittedAtMs),
    ...(withdrawnAtMs !== undefined && { withdrawnAtMs: Number(withdrawnAtMs) }),
  };
}
