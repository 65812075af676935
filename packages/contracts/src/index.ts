export { componentSchemas, openApi } from './openApi.ts';
export * from './schemas.ts';
