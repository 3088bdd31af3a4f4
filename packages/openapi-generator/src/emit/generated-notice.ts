/** The first line of every generated file. */
export const GENERATED_NOTICE = '// Generated from openapi.yaml, do not edit: npm run generate';
