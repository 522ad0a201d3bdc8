variable "project_id" {
  type        = string
  description = "Project that the workflows reach."
}

variable "name" {
  type        = string
  description = "What the names of pool and accounts begin with."

  validation {
    condition     = can(regex("^[a-z][-a-z0-9]{0,18}[a-z0-9]$", var.name))
    error_message = "Use 2 to 20 lowercase letters, digits and hyphens for the name: names of accounts are made from it."
  }
}

variable "repository" {
  type        = string
  description = "The repository on GitHub, OWNER/NAME."

  validation {
    condition     = can(regex("^[A-Za-z0-9-]+/[A-Za-z0-9._-]+$", var.repository))
    error_message = "Write the repository as OWNER/NAME, without https://github.com/."
  }
}

variable "branch" {
  type        = string
  default     = "main"
  description = "Branch whose workflows may push images and publish documents."
}

variable "state_bucket" {
  type        = string
  default     = null
  description = "Bucket with Terraform's state, which a plan reads."
}
