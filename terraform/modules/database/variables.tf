variable "project_id" {
  type        = string
  description = "Project that the instance is in."
}

variable "name" {
  type        = string
  description = "Name of the instance. Google Cloud keeps a deleted one's name for a week."

  validation {
    condition     = can(regex("^[a-z]([-a-z0-9]{0,78}[a-z0-9])?$", var.name))
    error_message = "Use at most 80 lowercase letters, digits and hyphens for the instance's name, and start with a letter."
  }
}

variable "region" {
  type        = string
  description = "Region of the instance."
}

variable "network" {
  type        = string
  description = "Id of the network that the instance gets its private address in."
}

variable "private_services" {
  type        = string
  description = "Id of the network's peering with Google's services; the instance waits for it."
}

variable "postgres_version" {
  type        = string
  default     = "POSTGRES_17"
  description = "Version of PostgreSQL."

  validation {
    condition     = can(regex("^POSTGRES_(1[4-9]|[2-9][0-9])$", var.postgres_version))
    error_message = "Backstage needs PostgreSQL 14 or newer: write POSTGRES_17, for example."
  }
}

variable "tier" {
  type        = string
  default     = "db-custom-1-3840"
  description = "Machine of the instance."
}

variable "high_availability" {
  type        = bool
  default     = false
  description = "Whether a standby in another zone takes over; it doubles the price."
}

variable "databases" {
  type        = set(string)
  default     = []
  description = "Names of databases to make. The accounts may make schemas and tables in them."

  validation {
    condition     = alltrue([for name in var.databases : can(regex("^[a-z][a-z0-9_]{0,62}$", name))])
    error_message = "Use at most 63 lowercase letters, digits and underscores for a database's name, and start with a letter."
  }
}

variable "accounts" {
  type        = map(string)
  default     = {}
  description = "E-mail addresses of service accounts that sign in, by a name of your choice."

  validation {
    condition     = alltrue([for account in values(var.accounts) : endswith(account, ".gserviceaccount.com")])
    error_message = "Name service accounts by their e-mail address, which ends with .gserviceaccount.com."
  }
}

variable "backups" {
  type        = number
  default     = 14
  description = "Daily backups that are kept."

  validation {
    condition     = var.backups >= 7
    error_message = "Keep at least 7 daily backups: point-in-time recovery of a week needs them."
  }
}

variable "deletion_protection" {
  type        = bool
  default     = true
  description = "Whether Terraform and Google Cloud refuse to delete the instance."
}

variable "labels" {
  type        = map(string)
  default     = {}
  description = "Labels of the instance."
}
