variable "project_id" {
  type        = string
  description = "Project of the accounts."
}

variable "workload_pool" {
  type        = string
  description = "Workload Identity pool of the clusters, PROJECT.svc.id.goog."

  validation {
    condition     = endswith(var.workload_pool, ".svc.id.goog")
    error_message = "A Workload Identity pool ends with .svc.id.goog; pass the cluster module's workload_pool."
  }
}

variable "accounts" {
  type = map(object({
    # What it is for, for people.
    purpose         = string
    namespace       = string
    service_account = string
    # Roles on the whole project; rights on one bucket or secret are granted there.
    roles = optional(set(string), [])
  }))
  description = "Google service accounts by name, each for one Kubernetes service account."

  validation {
    condition     = alltrue([for name in keys(var.accounts) : can(regex("^[a-z][-a-z0-9]{4,28}[a-z0-9]$", name))])
    error_message = "Use 6 to 30 lowercase letters, digits and hyphens for an account's name, and start with a letter."
  }

  validation {
    condition     = alltrue(flatten([for account in values(var.accounts) : [for name in [account.namespace, account.service_account] : can(regex("^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$", name))]]))
    error_message = "Use at most 63 lowercase letters, digits and hyphens for a namespace and a Kubernetes service account."
  }

  validation {
    condition     = alltrue([for account in values(var.accounts) : account.service_account != "default"])
    error_message = "Name a service account of its own, not default: every pod of the namespace would act as the Google account."
  }

  validation {
    condition     = !anytrue(flatten([for account in values(var.accounts) : [for role in account.roles : contains(["roles/owner", "roles/editor", "roles/viewer"], role)]]))
    error_message = "Grant roles of single services, not roles/owner, roles/editor or roles/viewer."
  }
}
