# The rules that tflint brings. Those for Google Cloud are a plugin, which has to be
# downloaded; a team that wants them adds it here.
plugin "terraform" {
  enabled = true
  preset  = "all"
}
