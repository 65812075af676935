export * from './acceptedManifest.ts';
export * from './apiKey.ts';
export * from './audience.ts';
export * from './audit.ts';
export * from './bulkLine.ts';
export * from './bulkResult.ts';
export * from './cloudEvent.ts';
export * from './deprecation.ts';
export * from './homepageRequest.ts';
export * from './identifiers.ts';
export * from './item.ts';
export * from './jobs.ts';
export type { Json } from './json.ts';
export * from './layout.ts';
export * from './layoutCheck.ts';
export * from './layoutRecord.ts';
export * from './layoutRules.ts';
export * from './limits.ts';
export * from './manifestSchema.ts';
export * from './page.ts';
export * from './pageLine.ts';
export * from './placement.ts';
export * from './problem.ts';
export * from './problems.ts';
export * from './publication.ts';
export * from './publicationId.ts';
export * from './publicationStatus.ts';
export * from './ranking.ts';
export * from './receipt.ts';
export * from './registration.ts';
export * from './sourceRequest.ts';
export * from './sourceStatus.ts';
export * from './takedown.ts';
export { unknownFields } from './unknownFields.ts';
export * from './userErasure.ts';
export { jsonPointer, type ValidationErrors, validationErrors } from './validationErrors.ts';
export * from './verdicts.ts';
export * from './widgetHistory.ts';
export {
  Budget,
  BudgetModes,
  Dedupe,
  Delivery,
  Eligibility,
  Fallback,
  isEnforced,
  Vary,
  WidgetManifest,
} from './widgetManifest.ts';
export * from './widgetManifestV1.ts';
