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
  description = "Region of everything."
}

variable "repository_url" {
  type        = string
  default     = "https://github.com/ml-platform/ml-platform"
  description = "GitOps repository that Argo CD follows: your fork."
}

variable "repository_branch" {
  type        = string
  default     = "main"
  description = "Branch of the repository."
}

variable "authorized_networks" {
  type        = map(string)
  default     = {}
  description = "Networks that may reach the API servers by their IP addresses. By default nobody: use the DNS endpoints."
}

variable "deletion_protection" {
  type        = bool
  default     = true
  description = "Whether clusters and database can't be deleted. Set it to false and apply before you destroy."
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
}

variable "management_pools" {
  type = any
  default = {
    platform = { machine_type = "e2-standard-4", min_nodes = 2, max_nodes = 4 }
  }
  description = "Node pools of the management cluster; see modules/node-pools."
}

variable "workload_pools" {
  type = any
  default = {
    system  = { machine_type = "e2-standard-4", min_nodes = 1, max_nodes = 3 }
    cpu     = { machine_type = "n2-standard-16", max_nodes = 10, disk_gb = 200 }
    gpu-l4  = { machine_type = "g2-standard-12", max_nodes = 4, disk_gb = 200, gpu = { type = "nvidia-l4" } }
    l4-spot = { machine_type = "g2-standard-12", max_nodes = 8, disk_gb = 200, spot = true, gpu = { type = "nvidia-l4" } }
  }
  description = "Node pools of the workload cluster; see modules/node-pools. All but system scale to zero."
}
