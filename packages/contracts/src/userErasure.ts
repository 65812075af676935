import * as z from 'zod';

/** The answer of `DELETE /v1/users/{userId}`. */
export const UserErasure = z
  .object({
    subject: z
      .string()
      .describe('What the audit log calls the user: a keyed hash, from which no id can be read.'),
    publications: z.int().describe('How many publications for the user were removed.'),
  })
  .meta({ id: 'UserErasure', description: 'What was removed of a user.' });
export type UserErasure = z.infer<typeof UserErasure>;
