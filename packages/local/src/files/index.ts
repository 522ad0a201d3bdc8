export { readErrorCode } from './readErrorCode';
export { writeFileWhole } from './writeFileWhole';
