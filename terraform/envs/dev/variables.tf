variable "project_id" {
  type        = string
  description = "Google Cloud project. The only variable without a default."

  validation {
    condition     = can(regex("^[a-z][-a-z0-9]{4,28}[a-z0-9]$", var.project_id))
    error_message = "Write the project's id, not its name or number: 6 to 30 lowercase letters, digits and hyphens."
  }
}

variable "name" {
  type        = string
  default     = "ml-platform"
  description = "What the names of all parts begin with."

  validation {
    condition     = can(regex("^[a-z][-a-z0-9]{0,11}[a-z0-9]$", var.name))
    error_message = "Use 2 to 13 lowercase letters, digits and hyphens for the name: longer names are made from it."
  }
}

variable "region" {
  type        = string
  default     = "europe-west3"
  description = "Region of everything. In another region, set the zones of pools with GPUs too."

  validation {
    condition     = can(regex("^[a-z]+-[a-z]+[0-9]+$", var.region))
    error_message = "Write a region, not a zone, for example europe-west3."
  }
}

variable "repository_url" {
  type        = string
  default     = "https://github.com/ml-platform/ml-platform"
  description = "GitOps repository that Argo CD follows: your fork."

  validation {
    condition     = can(regex("^https://[^/@[:space:]]+/[^[:space:]]+$", var.repository_url))
    error_message = "Write the repository's address as https://host/owner/name, without a user or a token in it."
  }
}

variable "repository_branch" {
  type        = string
  default     = "main"
  description = "Branch of the repository that runs on the clusters."

  validation {
    condition     = can(regex("^[A-Za-z0-9][A-Za-z0-9._/-]*$", var.repository_branch))
    error_message = "Write the branch's name alone, for example main, without refs/heads/."
  }
}

variable "github_repository" {
  type        = string
  default     = null
  description = "Repository, OWNER/NAME, whose GitHub workflows may plan changes and push images without a key. By default none."

  validation {
    condition     = var.github_repository == null ? true : can(regex("^[A-Za-z0-9-]+/[A-Za-z0-9._-]+$", var.github_repository))
    error_message = "Write the repository as OWNER/NAME, without https://github.com/."
  }
}

variable "state_bucket" {
  type        = string
  default     = null
  description = "Bucket with the state of this environment, which GitHub's plans read."
}

variable "subnets" {
  type = map(object({
    nodes    = string
    pods     = string
    services = string
  }))
  default = {
    management = { nodes = "10.10.0.0/22", pods = "10.16.0.0/16", services = "10.10.16.0/20" }
    workload   = { nodes = "10.20.0.0/20", pods = "10.32.0.0/13", services = "10.20.16.0/20" }
  }
  description = "Address ranges of both clusters in CIDR notation. Change them before the first apply if your own networks use them."

  validation {
    condition     = toset(keys(var.subnets)) == toset(["management", "workload"])
    error_message = "Give ranges for the subnets management and workload, and for no others."
  }
}

variable "authorized_networks" {
  type        = map(string)
  default     = {}
  description = "Networks that may reach the API servers by their IP addresses. By default nobody: use the DNS endpoints."
}

variable "security_group" {
  type        = string
  default     = null
  description = "Google group gke-security-groups@DOMAIN, so that roles on the clusters can name its member groups."
}

variable "release_channel" {
  type        = string
  default     = "REGULAR"
  description = "Release channel of both clusters: RAPID, REGULAR, STABLE or EXTENDED."
}

variable "maintenance" {
  type = object({
    start_time = string
    end_time   = string
    recurrence = string
  })
  default = {
    start_time = "2026-01-03T02:00:00Z"
    end_time   = "2026-01-03T08:00:00Z"
    recurrence = "FREQ=WEEKLY;BYDAY=SA,SU"
  }
  description = "When GKE may upgrade the clusters; see modules/gke-cluster."
}

variable "managed_prometheus" {
  type        = bool
  default     = false
  description = "Whether Google's managed Prometheus collects metrics as well. It costs by sample."
}

variable "deletion_protection" {
  type        = bool
  default     = true
  description = "Whether clusters and database can't be deleted. scripts/destroy-platform switches it off."
}

variable "delete_data" {
  type        = bool
  default     = false
  description = "Whether destroying deletes buckets that hold objects, too. scripts/destroy-platform --delete-data sets it."
}

variable "high_availability" {
  type        = bool
  default     = false
  description = "Whether the database has a standby in another zone."
}

variable "logs_days" {
  type        = number
  default     = 365
  description = "Days that archived logs are kept."

  validation {
    condition     = var.logs_days >= 1 && floor(var.logs_days) == var.logs_days
    error_message = "Keep archived logs for a whole number of days, at least 1."
  }
}

# The type is that of modules/node-pools, which describes each field and checks it.
variable "management_pools" {
  type = map(object({
    machine_type        = string
    min_nodes           = optional(number, 0)
    max_nodes           = number
    zones               = optional(list(string), [])
    disk_gb             = optional(number, 100)
    disk_type           = optional(string, "pd-balanced")
    spot                = optional(bool, false)
    reservation         = optional(string)
    queued_provisioning = optional(bool, false)
    image_streaming     = optional(bool, true)
    gpu = optional(object({
      type   = string
      count  = optional(number, 1)
      driver = optional(string, "DEFAULT")
    }))
    labels = optional(map(string), {})
    taints = optional(list(object({
      key    = string
      value  = string
      effect = string
    })), [])
  }))
  default = {
    platform = { machine_type = "e2-standard-4", min_nodes = 2, max_nodes = 4 }
  }
  description = "Node pools of the management cluster; see modules/node-pools."

  validation {
    condition     = anytrue([for pool in values(var.management_pools) : pool.min_nodes > 0 && pool.gpu == null && !pool.spot])
    error_message = "Give the management cluster a pool without GPUs and not spot whose min_nodes is at least 1: Argo CD and the portal run there."
  }
}

# europe-west3 has L4 GPUs in its zones a and b.
variable "workload_pools" {
  type = map(object({
    machine_type        = string
    min_nodes           = optional(number, 0)
    max_nodes           = number
    zones               = optional(list(string), [])
    disk_gb             = optional(number, 100)
    disk_type           = optional(string, "pd-balanced")
    spot                = optional(bool, false)
    reservation         = optional(string)
    queued_provisioning = optional(bool, false)
    image_streaming     = optional(bool, true)
    gpu = optional(object({
      type   = string
      count  = optional(number, 1)
      driver = optional(string, "DEFAULT")
    }))
    labels = optional(map(string), {})
    taints = optional(list(object({
      key    = string
      value  = string
      effect = string
    })), [])
  }))
  default = {
    system = { machine_type = "e2-standard-4", min_nodes = 1, max_nodes = 3 }
    cpu    = { machine_type = "n2-standard-16", max_nodes = 10, disk_gb = 200 }
    gpu-l4 = {
      machine_type = "g2-standard-12"
      max_nodes    = 4
      disk_gb      = 200
      zones        = ["europe-west3-a", "europe-west3-b"]
      gpu          = { type = "nvidia-l4" }
    }
    l4-spot = {
      machine_type = "g2-standard-12"
      max_nodes    = 8
      disk_gb      = 200
      zones        = ["europe-west3-a", "europe-west3-b"]
      spot         = true
      gpu          = { type = "nvidia-l4" }
    }
  }
  description = "Node pools of the workload cluster; see modules/node-pools. All but system scale to zero."

  validation {
    condition     = anytrue([for pool in values(var.workload_pools) : pool.min_nodes > 0 && pool.gpu == null && !pool.spot])
    error_message = "Give the workload cluster a pool without GPUs and not spot whose min_nodes is at least 1: the operators run there."
  }
}
