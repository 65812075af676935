/** Bounds that hold for everybody, whatever a manifest says. Bytes are of the decoded body. */
export const limits = {
  itemsPerPublication: 200,
  maxItems: 50,
  attributesPerItem: 32,
  publicationBytes: 512 * 1024,
  keptVersions: 5,
  idempotencyKeyCharacters: 255,
  manifestBytes: 64 * 1024,
  yamlManifestBytes: 16 * 1024,
  homepageRequestBytes: 16 * 1024,
  segmentsPerRequest: 16,
  itemsOfViewer: 200,
  cursorCharacters: 7 * 1024,
  errorsPerProblem: 20,
  minDeadlineMs: 20,
  maxDeadlineMs: 2_000,
} as const;
