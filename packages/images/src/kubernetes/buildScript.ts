/** How the script of a build ends, beside 0; nothing of it is tried again. */
export const SCRIPT_FAILURES = {
  context: 10,
  build: 11,
  push: 12,
  look: 13,
} as const;

/**
 * What skopeo says where a registry answers that it has no such version. Anything else,
 * as a registry that is down, must not be taken for that.
 */
const ABSENT =
  'manifest unknown|name unknown|(HTTP|StatusCode:|status code:?) 404|404 \\(?Not Found';

/**
 * What the pod of a build runs: buildah, from a context that is mounted or fetched from
 * git. All that differs between builds comes by its environment, and the arguments of
 * `buildah build` by its own, so that nothing of a request is read as shell.
 *
 * A version that is there already is left alone: a pod that takes the place of another
 * finds what that one pushed. While the registry doesn't say, nothing is pushed.
 */
export const BUILD_SCRIPT = `
set -u
child=
trap 'trap - TERM; [ -n "$child" ] && kill "$child"; exit 143' TERM
run() { "$@" & child=$!; wait "$child"; status=$?; child=; return $status; }
engine() { run buildah --root "$WORK/storage" --runroot "$WORK/run" --storage-driver vfs --storage-opt vfs.ignore_chown_errors=true "$@"; }
fail() { code=$1; shift; echo "$@" >&2; exit "$code"; }

# 0 where the version is there, 1 where it isn't, 2 where the registry doesn't say.
look() {
  run skopeo inspect --raw --tls-verify="$TLS" "docker://$REF" >/dev/null 2>"$WORK/said" && return 0
  grep -Eiq '${ABSENT}' "$WORK/said" && return 1
  cat "$WORK/said" >&2
  return 2
}

# Waits for the next attempt; after the last, ends as told.
again() {
  [ "$attempt" -lt "$ATTEMPTS" ] || fail "$@"
  shift
  echo "$*; trying again ($attempt)" >&2
  attempt=$((attempt + 1))
  sleep "$PAUSE" & child=$!; wait "$child"; child=
}

export HOME="$WORK/home" TMPDIR="$WORK/tmp" XDG_RUNTIME_DIR="$WORK/runtime"
mkdir -p "$HOME" "$TMPDIR" "$XDG_RUNTIME_DIR" "$WORK/context"

# The identity of the pod on Google Cloud. A token holds for an hour, so each use gets its own.
sign_in() {
  [ -n "\${GOOGLE_REGISTRY:-}" ] || return 0
  export REGISTRY_AUTH_FILE="$WORK/auth.json"
  url="http://\${GCE_METADATA_HOST:-metadata.google.internal}/computeMetadata/v1/instance/service-accounts/default/token"
  curl -fsS --retry 5 --retry-connrefused -H 'Metadata-Flavor: Google' "$url" |
    sed -n 's/.*"access_token" *: *"\\([^"]*\\)".*/\\1/p' |
    buildah login --username oauth2accesstoken --password-stdin "$GOOGLE_REGISTRY" >/dev/null
}

sign_in || fail ${SCRIPT_FAILURES.push} "The pod's identity got no token for $GOOGLE_REGISTRY; check the annotation iam.gke.io/gcp-service-account of its service account"
attempt=1
while :; do
  look
  case $? in
    0) echo "$REF is in the registry"; exit 0 ;;
    1) break ;;
  esac
  again ${SCRIPT_FAILURES.look} "The registry couldn't be asked for $REF"
done

if [ -n "\${GIT_REPOSITORY:-}" ]; then
  echo "Fetching $GIT_COMMIT of $GIT_REPOSITORY"
  cd "$WORK/context"
  git init -q . &&
    run git -c "credential.$GIT_ORIGIN.helper="'!f() { [ -r "$GIT_SECRET/password" ] && echo "username=$(cat "$GIT_SECRET/username" 2>/dev/null || echo git)" && echo "password=$(cat "$GIT_SECRET/password")"; }; f' \\
      fetch -q --depth 1 "$GIT_REPOSITORY" "$GIT_COMMIT" &&
    git checkout -q FETCH_HEAD ||
    fail ${SCRIPT_FAILURES.context} "The commit couldn't be fetched; check the repository's address and the Secret for git"
  context="$WORK/context/$CONTEXT_PATH"
else
  cat "$PARTS"/part-* | tar -xzf - -C "$WORK/context" ||
    fail ${SCRIPT_FAILURES.context} "The build context couldn't be unpacked; is the pod's disk full?"
  context="$WORK/context"
fi

engine build --isolation chroot --format oci --tls-verify="$TLS" \\
  --file "$context/$DOCKERFILE" --tag "$REF" "$@" "$context" ||
  fail ${SCRIPT_FAILURES.build} "buildah ended with code $status"

attempt=1
while :; do
  sign_in
  look
  case $? in
    0) echo "$REF was pushed by somebody else meanwhile"; exit 0 ;;
    1) engine push --tls-verify="$TLS" "$REF" && break ;;
  esac
  again ${SCRIPT_FAILURES.push} "The image couldn't be pushed to $REF"
done
echo "Pushed $REF"
`.trim();
