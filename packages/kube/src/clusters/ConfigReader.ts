/** The part of Backstage's Config that is read here. */
export interface ConfigReader {
  getOptional<T>(key: string): T | undefined;
  getString(key: string): string;
  getOptionalString(key: string): string | undefined;
  getOptionalBoolean(key: string): boolean | undefined;
  getOptionalStringArray(key: string): string[] | undefined;
  getOptionalConfig(key: string): ConfigReader | undefined;
  getConfigArray(key: string): ConfigReader[];
  getOptionalConfigArray(key: string): ConfigReader[] | undefined;
}
