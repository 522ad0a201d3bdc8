import openapiTypescript, { astToString } from 'openapi-typescript';
import { openApiDocument } from '../src/http/openApiDocument';

/** Where the types go, from the root of the repository. */
export const CLIENT_TYPES = 'packages/sdk/src/portal/openapi.ts';

const HEAD = `/* eslint-disable -- Generated from the OpenAPI document: change the routes in plugins/ray-common, then run npm run generate. */
`;

/** The types of the HTTP API for its clients, as the text of a module. */
export async function clientTypes(): Promise<string> {
  // As it is served: without what JSON can't hold.
  const document = JSON.parse(JSON.stringify(openApiDocument()));
  return `${HEAD}${astToString(await openapiTypescript(document))}`;
}
