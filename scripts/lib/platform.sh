# shellcheck shell=bash
# What the scripts for a platform on Google Cloud share. Works with bash 3.2, for macOS.

environment=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../terraform/envs/dev" && pwd)
dry_run=

say() { printf '%s\n' "$*"; }

# fail SENTENCE...: what went wrong and what to do next.
fail() {
  printf '%s: %s\n' "$(basename "$0")" "$*" >&2
  exit 1
}

# wrong_usage SENTENCE: for a wrong command line.
wrong_usage() {
  printf '%s: %s\n\n' "$(basename "$0")" "$1" >&2
  usage >&2
  exit 2
}

# need COMMAND...: stops unless all of them are installed.
need() {
  local command
  for command in "$@"; do
    command -v "$command" >/dev/null ||
      fail "Couldn't find '$command'. Install it, or work in the dev container, which has it (.devcontainer/)."
  done
}

# quoted ARGUMENT...: as you would type it.
quoted() {
  local word line=
  for word in "$@"; do
    case $word in
      '' | *[!A-Za-z0-9_./:=@,+-]*) word="'${word//\'/\'\\\'\'}'" ;;
    esac
    line="$line $word"
  done
  printf '%s' "${line# }"
}

# run COMMAND...: shows a command that changes something, and runs it unless this is a dry run.
run() {
  printf '  $ %s\n' "$(quoted "$@")"
  if [[ ! $dry_run ]]; then "$@"; fi
}

# value OPTION [VALUE]: puts the value of an option on the command line into $REPLY.
value() {
  [[ $# -ge 2 && $2 != -* && -n $2 ]] || wrong_usage "$1 needs a value."
  REPLY=$2
}

# Facts of the platform: options win over Terraform's state.
project='' region='' name=''

# output NAME: an output of the environment, or nothing. Where there is no state yet,
# Terraform prints a warning in its place and succeeds.
output() {
  local text
  text=$(terraform -chdir="$environment" output -no-color -raw "$1" 2>/dev/null) || return 0
  [[ ! $text =~ ^[a-z][-a-z0-9]*$ ]] || printf '%s' "$text"
}

# read_platform: fills in project, region and name where no option gave them.
read_platform() {
  if [[ ! $project || ! $region || ! $name ]]; then
    if command -v terraform >/dev/null; then
      project=${project:-$(output project_id)}
      region=${region:-$(output region)}
      name=${name:-$(output name)}
    fi
    region=${region:-europe-west3}
    name=${name:-ml-platform}
  fi
  [[ $project ]] ||
    fail "Couldn't read the project from Terraform's state in terraform/envs/dev. Run 'terraform apply' there first, or pass --project ID."
  [[ $project =~ ^[a-z][-a-z0-9]{4,28}[a-z0-9]$ ]] ||
    fail "'$project' isn't the id of a Google Cloud project. Pass --project with its id: 6 to 30 lowercase letters, digits and hyphens."
  [[ $region =~ ^[a-z]+-[a-z]+[0-9]+$ ]] ||
    fail "'$region' isn't a region. Pass --region with one, for example europe-west3."
  [[ $name =~ ^[a-z][-a-z0-9]{0,11}[a-z0-9]$ ]] ||
    fail "'$name' isn't a name that the platform can have. Pass --name with the value of Terraform's variable name."
}

# platform_option OPTION [VALUE]: takes one of the options that the scripts share, and puts
# the number of words that it consists of into $taken.
# shellcheck disable=SC2034 # the scripts that source this file read $taken
taken=0
# shellcheck disable=SC2034
platform_option() {
  taken=2
  case $1 in
    --project) value "$@" && project=$REPLY ;;
    --region) value "$@" && region=$REPLY ;;
    --name) value "$@" && name=$REPLY ;;
    --dry-run) dry_run=yes taken=1 ;;
    -h | --help)
      usage
      exit 0
      ;;
    *) wrong_usage "There is no option '$1'." ;;
  esac
}

# has_context NAME: whether the kubeconfig has this context.
has_context() {
  kubectl config get-contexts "$1" -o name >/dev/null 2>&1
}

# need_context NAME...: stops unless kubectl has them all.
need_context() {
  local context
  for context in "$@"; do
    has_context "$context" ||
      fail "kubectl has no context '$context'. Run scripts/connect-clusters first."
  done
}
