variable "project_id" {
  type        = string
  description = "Project that the registry is in."
}

variable "location" {
  type        = string
  description = "Region of the registry; the clusters' own, so that pulls are quick and cost no traffic."
}

variable "name" {
  type        = string
  description = "Name of the repository."

  validation {
    condition     = can(regex("^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$", var.name))
    error_message = "Use at most 63 lowercase letters, digits and hyphens for the repository's name, and start with a letter."
  }
}

variable "readers" {
  type        = map(string)
  default     = {}
  description = "IAM members that may pull, by a name of your choice, for example the nodes' account."
}

variable "writers" {
  type        = map(string)
  default     = {}
  description = "IAM members that may push, by a name of your choice. They can't move a tag."
}

variable "untagged_days" {
  type        = number
  default     = 14
  description = "Days after which an image without a tag is deleted."

  validation {
    condition     = var.untagged_days >= 1
    error_message = "Keep images without a tag for at least 1 day: a push may be under way."
  }
}

variable "keep_versions" {
  type        = number
  default     = 20
  description = "Newest versions of each image that are always kept."

  validation {
    condition     = var.keep_versions >= 1
    error_message = "Keep at least 1 version of each image."
  }
}

variable "labels" {
  type        = map(string)
  default     = {}
  description = "Labels of the repository."
}
