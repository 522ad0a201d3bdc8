variable "project_id" {
  type        = string
  description = "Project that the network is in."
}

variable "name" {
  type        = string
  description = "Name of the network; the names of its parts begin with it."

  validation {
    condition     = can(regex("^[a-z]([-a-z0-9]{0,40}[a-z0-9])?$", var.name))
    error_message = "Use at most 42 lowercase letters, digits and hyphens for the network's name, and start with a letter."
  }
}

variable "region" {
  type        = string
  description = "Region of the subnets, for example europe-west3."
}

variable "subnets" {
  type = map(object({
    nodes    = string
    pods     = string
    services = string
  }))
  description = "Subnets by name. Ranges in CIDR notation: nodes is the subnet's own range, pods and services are secondary ranges of these names."

  validation {
    condition = alltrue(flatten([
      for subnet in values(var.subnets) : [for range in [subnet.nodes, subnet.pods, subnet.services] : can(cidrnetmask(range))]
    ]))
    error_message = "Write each range in CIDR notation, for example 10.0.0.0/20."
  }

  validation {
    condition     = length(distinct(flatten([for subnet in values(var.subnets) : [subnet.nodes, subnet.pods, subnet.services]]))) == 3 * length(var.subnets)
    error_message = "Give each subnet ranges of its own; no two may be the same."
  }
}
