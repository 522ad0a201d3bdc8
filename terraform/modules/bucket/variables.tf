variable "project_id" {
  type        = string
  description = "Project that the bucket is in."
}

variable "name" {
  type        = string
  description = "Name of the bucket, unique in all of Google Cloud."

  validation {
    condition     = can(regex("^[a-z0-9][-a-z0-9]{1,61}[a-z0-9]$", var.name))
    error_message = "Use 3 to 63 lowercase letters, digits and hyphens for the bucket's name."
  }
}

variable "location" {
  type        = string
  description = "Region of the bucket."
}

variable "versioning" {
  type        = bool
  default     = false
  description = "Whether an object that is overwritten or deleted is kept as an older version; three of them stay."
}

variable "delete_after_days" {
  type        = number
  default     = null
  description = "Days after which an object is deleted; never where null."

  validation {
    condition     = var.delete_after_days == null ? true : var.delete_after_days >= 1
    error_message = "Objects are deleted after at least 1 day; leave delete_after_days out to keep them."
  }
}

variable "soft_delete_days" {
  type        = number
  default     = 7
  description = "Days in which a deleted object can be restored: 0, or 7 to 90."

  validation {
    condition     = var.soft_delete_days == 0 || (var.soft_delete_days >= 7 && var.soft_delete_days <= 90)
    error_message = "Google Cloud keeps deleted objects for 0 days, or for 7 to 90."
  }
}

variable "members" {
  type        = map(map(string))
  default     = {}
  description = "IAM members by role and a name of your choice: { \"roles/storage.objectUser\" = { portal = \"serviceAccount:…\" } }."

  validation {
    condition     = !anytrue(flatten([for members in values(var.members) : [for member in values(members) : contains(["allUsers", "allAuthenticatedUsers"], member)]]))
    error_message = "This bucket is private: name accounts or groups, not allUsers or allAuthenticatedUsers."
  }
}

variable "force_destroy" {
  type        = bool
  default     = false
  description = "Whether destroying deletes the objects as well."
}

variable "labels" {
  type        = map(string)
  default     = {}
  description = "Labels of the bucket."
}
