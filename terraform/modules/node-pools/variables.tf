variable "project_id" {
  type        = string
  description = "Project of the cluster."
}

variable "cluster" {
  type        = string
  description = "Name of the cluster."
}

variable "location" {
  type        = string
  description = "Region or zone of the cluster."
}

variable "service_account" {
  type        = string
  description = "E-mail address of the nodes' account."
}

variable "pools" {
  type = map(object({
    machine_type = string
    # In all zones together. A minimum of 0 lets the pool vanish while nobody needs it.
    min_nodes = optional(number, 0)
    max_nodes = number
    # Zones of the pool; all of the cluster's where empty. GPUs are in some only.
    zones     = optional(list(string), [])
    disk_gb   = optional(number, 100)
    disk_type = optional(string, "pd-balanced")
    spot      = optional(bool, false)
    # Name of a reservation of on-demand machines.
    reservation = optional(string)
    # Dynamic Workload Scheduler: a job's nodes come together, once there are enough.
    queued_provisioning = optional(bool, false)
    image_streaming     = optional(bool, true)
    gpu = optional(object({
      type  = string
      count = optional(number, 1)
      # DEFAULT, LATEST, or INSTALLATION_DISABLED. A change replaces the pool.
      driver = optional(string, "DEFAULT")
    }))
    labels = optional(map(string), {})
    taints = optional(list(object({
      key    = string
      value  = string
      effect = string
    })), [])
  }))
  description = "Node pools by name. Pools with GPUs and spot pools get the taint that keeps other pods off."

  validation {
    condition     = alltrue([for name in keys(var.pools) : can(regex("^[a-z]([-a-z0-9]{0,38}[a-z0-9])?$", name))])
    error_message = "Use at most 40 lowercase letters, digits and hyphens for a pool's name, and start with a letter."
  }

  validation {
    condition     = alltrue([for pool in values(var.pools) : pool.min_nodes >= 0 && pool.max_nodes >= 1 && pool.min_nodes <= pool.max_nodes])
    error_message = "A pool's min_nodes is 0 or more, and its max_nodes at least 1 and not below min_nodes."
  }

  validation {
    condition     = alltrue([for pool in values(var.pools) : pool.gpu == null ? true : contains(["DEFAULT", "LATEST", "INSTALLATION_DISABLED"], pool.gpu.driver) && pool.gpu.count >= 1])
    error_message = "A pool's gpu.count is at least 1, and its gpu.driver one of DEFAULT, LATEST and INSTALLATION_DISABLED."
  }

  validation {
    condition     = alltrue(flatten([for pool in values(var.pools) : [for taint in pool.taints : contains(["NO_SCHEDULE", "PREFER_NO_SCHEDULE", "NO_EXECUTE"], taint.effect)]]))
    error_message = "A taint's effect is NO_SCHEDULE, PREFER_NO_SCHEDULE or NO_EXECUTE."
  }

  validation {
    condition     = alltrue([for pool in values(var.pools) : !(pool.queued_provisioning && pool.min_nodes > 0)])
    error_message = "A pool with queued provisioning starts at 0 nodes: set its min_nodes to 0."
  }

  validation {
    condition     = alltrue([for pool in values(var.pools) : !pool.queued_provisioning || pool.gpu != null])
    error_message = "Queued provisioning is for GPUs: give the pool a gpu, or set its queued_provisioning to false."
  }

  validation {
    condition     = alltrue([for pool in values(var.pools) : length([for way in [pool.spot, pool.reservation != null, pool.queued_provisioning] : way if way]) <= 1])
    error_message = "A pool gets its machines in one way: spot, from a reservation, or queued. Make a pool for each."
  }

  validation {
    condition     = alltrue([for pool in values(var.pools) : pool.disk_gb >= 20])
    error_message = "Give nodes a disk_gb of at least 20; images of training workloads want 100 or more."
  }
}
