variable "chart_version" {
  type        = string
  description = "Version of the argo-cd chart to install. The GitOps repository upgrades it later."

  validation {
    condition     = can(regex("^[0-9]+\\.[0-9]+\\.[0-9]+$", var.chart_version))
    error_message = "Pin the chart to one version, for example 9.3.7."
  }
}

variable "values" {
  type        = string
  default     = ""
  description = "Values of the argo-cd chart as YAML: the file that Argo CD keeps itself by."
}

variable "repository" {
  type = object({
    url    = string
    branch = optional(string, "main")
  })
  description = "GitOps repository that Argo CD follows."

  validation {
    condition     = can(regex("^https://[^/@\\s]+/\\S+$", var.repository.url))
    error_message = "Write the repository's address as https://host/owner/name, without a user or a token in it."
  }
}

variable "root" {
  type        = list(string)
  description = "Manifests to begin with, each as YAML: the root Application and its project, as in gitops/argocd/root.yaml."
}

variable "service_account" {
  type        = string
  description = "E-mail address of the Google account that Argo CD acts as on the workload clusters."
}

variable "workload_clusters" {
  type        = map(object({ host = string }))
  description = "Workload clusters by the name that Applications use: host is the DNS name of the API server."

  validation {
    condition     = !contains(keys(var.workload_clusters), "management-cluster")
    error_message = "The name management-cluster is taken by the cluster that Argo CD runs on; give the workload cluster another."
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

variable "contract" {
  type        = map(object({ meaning = string, pattern = string }))
  description = "The facts that the GitOps repository reads: what each means, and the pattern that its value has to match."
}
