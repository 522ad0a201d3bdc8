import type { JsonObject } from '@backstage/types';

/** The part of Backstage's LoggerService that this package needs. */
export interface Logger {
  info(message: string, meta?: JsonObject): void;
  warn(message: string, meta?: JsonObject): void;
  error(message: string, meta?: JsonObject): void;
  debug(message: string, meta?: JsonObject): void;
}
