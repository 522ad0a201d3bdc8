variable "project_id" {
  type        = string
  description = "Project of the workloads' buckets and accounts."
}

variable "name" {
  type        = string
  description = "What the ids of the custom roles begin with."

  validation {
    condition     = can(regex("^[a-z][-a-z0-9]{0,30}$", var.name))
    error_message = "Use at most 31 lowercase letters, digits and hyphens for the name, and start with a letter."
  }
}

variable "member" {
  type        = string
  description = "What IAM calls Crossplane's account, serviceAccount:…"

  validation {
    condition     = startswith(var.member, "serviceAccount:")
    error_message = "Name Crossplane's service account: the value begins with serviceAccount:."
  }
}

variable "bucket_prefix" {
  type        = string
  description = "What the names of workloads' buckets begin with. Crossplane can't touch others."

  validation {
    condition     = can(regex("^[a-z0-9][-a-z0-9]{2,38}-$", var.bucket_prefix))
    error_message = "Use 4 to 40 lowercase letters, digits and hyphens for the prefix of buckets, and end it with a hyphen, so that no other bucket begins with it by chance."
  }
}
