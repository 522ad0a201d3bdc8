// A door of its own: the library takes its time to load.
export { writeYaml } from '@ml-platform/rayjob';
