/** The one repository that the embedded git host is made for. */
export const OWNER = 'ml-platform';
export const REPOSITORY = 'ml-platform';
export const DEFAULT_BRANCH = 'main';

/** Whom the API token acts for. */
export const BOT = 'ml-platform-bot';
/** Whom the web pages act for: the person at this machine. */
export const DEVELOPER = 'developer';
export const EMAIL_DOMAIN = 'users.noreply.localhost';
