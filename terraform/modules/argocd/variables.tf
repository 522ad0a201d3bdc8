variable "chart_version" {
  type        = string
  default     = "9.3.7"
  description = "Version of the argo-cd chart; 9.3.7 installs Argo CD 3.2.6."

  validation {
    condition     = can(regex("^[0-9]+\\.[0-9]+\\.[0-9]+$", var.chart_version))
    error_message = "Pin the chart to one version, for example 9.3.7."
  }
}

variable "repository" {
  type = object({
    url    = string
    branch = optional(string, "main")
    path   = optional(string, "gitops/argocd/apps")
  })
  description = "Repository of the root Application: its address, branch and folder."

  validation {
    condition     = can(regex("^https://[^/@\\s]+/\\S+$", var.repository.url))
    error_message = "Write the repository's address as https://host/owner/name, without a user or a token in it."
  }
}

variable "service_account" {
  type        = string
  description = "E-mail address of the Google account that Argo CD acts as on the workload clusters."
}

variable "workload_clusters" {
  type        = map(object({ host = string }))
  description = "Workload clusters by the name that Applications use: host is the DNS name of the API server."

  validation {
    condition     = !contains(keys(var.workload_clusters), "management")
    error_message = "The name management is taken by the cluster that Argo CD runs on; give the workload cluster another."
  }
}

variable "facts" {
  type        = map(string)
  description = "What the GitOps repository needs to know of the cloud. Each becomes the annotation ml-platform.dev/NAME of every cluster's Secret."

  validation {
    condition     = alltrue([for name in keys(var.facts) : can(regex("^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$", name))])
    error_message = "Use lowercase letters, digits and hyphens for the name of a fact: it becomes an annotation."
  }
}

variable "settings" {
  type        = map(string)
  default     = {}
  description = "Data of argocd-cm. The chart owns the ConfigMap, so all settings have to be here."
}

variable "parameters" {
  type        = map(string)
  default     = {}
  description = "Data of argocd-cmd-params-cm."
}
