import { badRequest } from '../errors/statusErrors';
import { WriteOptions } from '../verbs/ApiContext';
import { ApiRequest } from './ApiRequest';
import { addWarning } from './respond';

const VALIDATIONS = ['Ignore', 'Warn', 'Strict'] as const;
const MAX_MANAGER = 128;

/**
 * Query parameters that writes have in common.
 *
 * @throws {StatusError} when one can't be read
 */
export function writeOptions(api: ApiRequest): WriteOptions {
  const { query, request, response, user } = api;
  const dryRun = query.getAll('dryRun');
  if (dryRun.some(value => value !== 'All' && value !== '')) {
    throw badRequest(
      `dryRun: Unsupported value: "${dryRun[0]}": supported values: "All"`,
    );
  }
  const wanted = query.get('fieldValidation') || 'Warn';
  const fieldValidation = VALIDATIONS.find(one => one === wanted);
  if (!fieldValidation) {
    throw badRequest(
      `fieldValidation: Unsupported value: "${wanted}": supported values: "Ignore", "Warn", "Strict"`,
    );
  }
  const agent = (request.headers['user-agent'] ?? 'unknown').split('/')[0];
  return {
    dryRun: dryRun.includes('All'),
    manager: (query.get('fieldManager') || agent).slice(0, MAX_MANAGER),
    fieldValidation,
    username: user.username,
    warn: message => addWarning(response, message),
  };
}
