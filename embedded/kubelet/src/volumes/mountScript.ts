import type { MountView } from './mountView';

/** Exit code of a container whose volumes could not be mounted. */
const MOUNT_FAILED = 125;

/*
 * `fill FROM TO` binds every entry of a folder into another; what this user may
 * not bind is left out.
 */
const FUNCTIONS = `
fail() { echo "The volumes could not be mounted: $1" >&2; exit ${MOUNT_FAILED}; }
fill() {
  for entry in "$1"/* "$1"/.[!.]* "$1"/..?*; do
    to="$2/\${entry##*/}"
    if [ -L "$entry" ]; then cp -P "$entry" "$to"
    elif [ -d "$entry" ]; then
      mkdir "$to" && { mount --rbind "$entry" "$to" 2>/dev/null || rmdir "$to"; }
    elif [ -e "$entry" ]; then
      : > "$to" && { mount --bind "$entry" "$to" 2>/dev/null || rm "$to"; }
    fi
  done
}
copy() { mount -t tmpfs -o mode=755 tmpfs "$root$1" && fill "$1" "$root$1"; }
place() {
  if [ -d "$1" ]; then mkdir -p "$root$2"
  else mkdir -p "$root\${2%/*}" && { [ -e "$root$2" ] || : > "$root$2"; }
  fi && mount --bind "$1" "$root$2"
}
readonly_() { mount -o remount,bind,ro "$root$1" 2>/dev/null || true; }
`;

/**
 * A shell script that makes the view below `root` and runs a command in it:
 * `sh -c <script> sh <root> <working directory> <command> …`, in a mount
 * namespace of its own.
 */
export function mountScript(view: MountView): string {
  const lines = [
    FUNCTIONS,
    'root=$1; cwd=$2; shift 2',
    'mount --make-rprivate / || fail "the mount namespace is shared"',
    // Not copy: the entries of the root have no slash before them.
    'mount -t tmpfs -o mode=755 tmpfs "$root" && fill "" "$root" || fail "no view of the root"',
    ...view.copied.map(path => `copy ${quote(path)} || fail ${quote(path)}`),
    ...view.mounts.map(
      ({ source, target }) =>
        `place ${quote(source)} ${quote(target)} || fail ${quote(target)}`,
    ),
    ...view.mounts
      .filter(({ readOnly }) => readOnly)
      .map(({ target }) => `readonly_ ${quote(target)}`),
    `exec chroot "$root" /bin/sh -c 'cd "$1" && shift && exec "$@"' sh "$cwd" "$@"`,
  ];
  return lines.join('\n');
}

function quote(text: string): string {
  return `'${text.replace(/'/g, `'\\''`)}'`;
}
