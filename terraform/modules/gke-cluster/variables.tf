variable "project_id" {
  type        = string
  description = "Project that the cluster is in."
}

variable "name" {
  type        = string
  description = "Name of the cluster. The account of its nodes is called after it."

  validation {
    condition     = can(regex("^[a-z]([-a-z0-9]{0,22}[a-z0-9])?$", var.name))
    error_message = "Use at most 24 lowercase letters, digits and hyphens for the cluster's name, and start with a letter: the nodes' account is named after it."
  }
}

variable "location" {
  type        = string
  description = "Region of the cluster for a control plane in three zones, or a zone."
}

variable "network" {
  type        = string
  description = "Id of the network."
}

variable "subnetwork" {
  type        = string
  description = "Id of the subnet; it has secondary ranges called pods and services."
}

variable "authorized_networks" {
  type        = map(string)
  default     = {}
  description = "Networks that may reach the API server by its IP address, by a name for people, in CIDR notation. By default nobody, and the IP endpoint is off."

  validation {
    condition     = alltrue([for range in values(var.authorized_networks) : can(cidrnetmask(range))])
    error_message = "Write each authorized network in CIDR notation, for example 203.0.113.0/24."
  }

  validation {
    condition     = !anytrue([for range in values(var.authorized_networks) : try(tonumber(split("/", range)[1]) < 8, false)])
    error_message = "An authorized network with a prefix shorter than /8 opens the API server to much of the internet; name smaller ranges, or use the DNS endpoint."
  }
}

variable "dns_endpoint" {
  type        = bool
  default     = true
  description = "Whether the API server answers on its DNS name from outside the network. IAM decides who gets in (container.clusters.connect)."
}

variable "release_channel" {
  type        = string
  default     = "REGULAR"
  description = "Release channel: RAPID, REGULAR, STABLE or EXTENDED."

  validation {
    condition     = contains(["RAPID", "REGULAR", "STABLE", "EXTENDED"], var.release_channel)
    error_message = "Choose RAPID, REGULAR, STABLE or EXTENDED for the release channel."
  }
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
  description = "When GKE may upgrade: the first window (RFC 3339) and how it recurs (RFC 5545). GKE wants at least 48 hours in 32 days."

  validation {
    condition     = try(timecmp(var.maintenance.start_time, var.maintenance.end_time) < 0, false)
    error_message = "Write start_time and end_time of the maintenance window like 2026-01-03T02:00:00Z, the end after the start."
  }

  validation {
    condition     = can(regex("^FREQ=(DAILY|WEEKLY)(;|$)", var.maintenance.recurrence))
    error_message = "Let the maintenance window recur daily or weekly, for example FREQ=WEEKLY;BYDAY=SA,SU: GKE wants 48 hours in 32 days."
  }
}

variable "autoscaling_profile" {
  type        = string
  default     = "BALANCED"
  description = "How soon idle nodes go: BALANCED, or OPTIMIZE_UTILIZATION for sooner, as expensive machines want."

  validation {
    condition     = contains(["BALANCED", "OPTIMIZE_UTILIZATION"], var.autoscaling_profile)
    error_message = "Choose BALANCED or OPTIMIZE_UTILIZATION for the autoscaling profile."
  }
}

variable "security_group" {
  type        = string
  default     = null
  description = "Google group gke-security-groups@DOMAIN, whose member groups may be named in roles of the cluster."

  validation {
    condition     = var.security_group == null ? true : can(regex("^gke-security-groups@[^@[:space:]]+$", var.security_group))
    error_message = "GKE accepts one group only: gke-security-groups@ and your domain."
  }
}

variable "managed_prometheus" {
  type        = bool
  default     = false
  description = "Whether Google's managed Prometheus collects metrics. It costs by sample; the platform brings a Prometheus of its own."
}

variable "labels" {
  type        = map(string)
  default     = {}
  description = "Labels of the cluster."
}

variable "deletion_protection" {
  type        = bool
  default     = true
  description = "Whether Terraform refuses to delete the cluster. Set it to false and apply before you destroy."
}
