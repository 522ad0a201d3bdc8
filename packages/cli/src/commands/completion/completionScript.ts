/** Options that take the name of a file: fish has to be told of each. */
const FILES = ['kubeconfig', 'file', 'env-file'];

const SCRIPTS: Readonly<Record<string, string>> = {
  // Without an answer, bash completes names of files.
  bash: `\
_ml_platform() {
  local IFS=$'\\n'
  COMPREPLY=($(ml-platform __complete "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null | cut -f1))
}
complete -o default -o nosort -F _ml_platform ml-platform
`,
  zsh: `\
#compdef ml-platform
_ml_platform() {
  local line value
  local -a lines choices
  lines=("\${(@f)$(ml-platform __complete "\${(@)words[2,CURRENT]}" 2>/dev/null)}")
  for line in $lines; do
    value=\${line%%$'\\t'*}
    choices+=("\${value//:/\\\\:}:\${line#*$'\\t'}")
  done
  if (( \${#choices} )); then
    _describe -V ml-platform choices
  else
    _files
  fi
}
compdef _ml_platform ml-platform
`,
  fish: `\
complete -c ml-platform -f -a '(ml-platform __complete (commandline -opc)[2..] (commandline -ct) 2>/dev/null)'
${FILES.map(option => `complete -c ml-platform -l ${option} -r -F\n`).join('')}`,
};

/** The script that a shell reads to complete our command line. */
export function completionScript(shell: string): string {
  return SCRIPTS[shell] ?? '';
}
