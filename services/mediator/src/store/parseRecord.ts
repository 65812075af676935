import type { z } from 'zod';

/**
 * A stored record, or undefined when there is none. One that does not fit (an older release wrote it, or somebody's
 * hand) counts as absent: it must not keep the rest from being read.
 */
export function parseRecord<S extends z.ZodType>(schema: S, record: string | null): z.output<S> | undefined {
  if (record === null) return undefined;
  try {
    const parsed = schema.safeParse(JSON.parse(record));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}
