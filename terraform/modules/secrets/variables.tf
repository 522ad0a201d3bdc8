variable "project_id" {
  type        = string
  description = "Project of the secrets."
}

variable "region" {
  type        = string
  description = "Region that the secrets' values stay in."
}

variable "secrets" {
  type = map(object({
    # IAM members by a name of your choice.
    readers = optional(map(string), {})
  }))
  description = "Secrets by name, and who may read each."

  validation {
    condition     = alltrue([for name in keys(var.secrets) : can(regex("^[A-Za-z0-9_-]{1,255}$", name))])
    error_message = "Use at most 255 letters, digits, hyphens and underscores for a secret's name."
  }

  validation {
    condition     = !anytrue(flatten([for secret in values(var.secrets) : [for member in values(secret.readers) : contains(["allUsers", "allAuthenticatedUsers"], member)]]))
    error_message = "A secret has named readers: not allUsers or allAuthenticatedUsers."
  }
}

variable "labels" {
  type        = map(string)
  default     = {}
  description = "Labels of the secrets."
}
