import { z } from 'zod';

/** What can be wrong with a source. */
export const faults = ['hung', 'slow', 'dead', 'malformed', 'oversized'] as const;

/** By source, how the stub behaves. */
export const Behaviours = z.array(z.enum(['healthy', ...faults]));
export type Behaviours = z.infer<typeof Behaviours>;

/** What a page meets: nothing wrong, one of its sources wrong in one way, or all of them, each in some way. */
export const conditions = ['healthy', ...faults, 'all'] as const;
export type Condition = (typeof conditions)[number];

/** The first source has the fault; of all, every fifth has the same one. */
export function behavioursIn(condition: Condition, sources: number): Behaviours {
  return Array.from({ length: sources }, (_, source) => {
    if (condition === 'all') return faults[source % faults.length] ?? 'hung';
    return source === 0 ? condition : 'healthy';
  });
}
