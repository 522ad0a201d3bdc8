/** How the script of a build ends where the registry doesn't say whether a version is there. */
export const NO_ANSWER = 13;

/**
 * Builds and pushes, unless the version has come to be meanwhile; while the registry doesn't
 * say, nothing is pushed. What differs between builds comes by the environment and the
 * arguments, so that nothing of it is read as shell.
 *
 * `imagetools` says `not found` only where the registry has answered 404, unlike
 * `docker manifest inspect`, which also says it for some other errors.
 */
export const BUILD_SCRIPT = `
set -eu
there() {
  for attempt in 1 2 3 4 5 6 7 8 9 10; do
    if said=$(docker buildx imagetools inspect --raw "$REF" 2>&1 >/dev/null); then return 0; fi
    case $said in *"$REF: not found") return 1 ;; esac
    echo "$said" >&2
    echo "The registry couldn't be asked for $REF ($attempt)" >&2
    sleep "\${PAUSE:-6}"
  done
  exit ${NO_ANSWER}
}
if there; then echo "$REF is in the registry"; exit 0; fi
docker buildx create --name build --driver docker-container --use >/dev/null
docker buildx build --progress plain --provenance false --file "$DOCKERFILE" --tag "$REF" --load "$@" .
if there; then echo "$REF was pushed by somebody else meanwhile"; exit 0; fi
docker push "$REF"
`.trim();
