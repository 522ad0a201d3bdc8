locals {
  # GKE adds no taint to pools with GPUs that are made through its API: without
  # one, ordinary pods fill the most expensive machines.
  gpu_taint = {
    key    = "nvidia.com/gpu"
    value  = "present"
    effect = "NO_SCHEDULE"
  }

  spot_taint = {
    key    = "cloud.google.com/gke-spot"
    value  = "true"
    effect = "NO_SCHEDULE"
  }

  taints = {
    for name, pool in var.pools : name => concat(
      pool.gpu != null ? [local.gpu_taint] : [],
      pool.spot ? [local.spot_taint] : [],
      pool.taints,
    )
  }
}

resource "google_container_node_pool" "this" {
  for_each = var.pools

  project        = var.project_id
  cluster        = var.cluster
  location       = var.location
  node_locations = length(each.value.zones) > 0 ? each.value.zones : null
  name           = each.key

  # In each zone. The autoscaler takes over from there.
  initial_node_count = each.value.min_nodes > 0 ? 1 : 0

  autoscaling {
    total_min_node_count = each.value.min_nodes
    total_max_node_count = each.value.max_nodes
    # GPUs and spot machines are taken from the zone that has some left.
    location_policy = each.value.gpu != null || each.value.spot ? "ANY" : "BALANCED"
  }

  management {
    # Queued nodes belong to one job and go with it; GKE wants them not to be repaired.
    auto_repair  = !each.value.queued_provisioning
    auto_upgrade = true
  }

  upgrade_settings {
    max_surge       = 1
    max_unavailable = 0
  }

  dynamic "queued_provisioning" {
    for_each = each.value.queued_provisioning ? [1] : []

    content {
      enabled = true
    }
  }

  node_config {
    machine_type    = each.value.machine_type
    disk_size_gb    = each.value.disk_gb
    disk_type       = each.value.disk_type
    spot            = each.value.spot
    service_account = var.service_account
    oauth_scopes    = ["https://www.googleapis.com/auth/cloud-platform"]
    labels          = merge(each.value.labels, { "ml-platform.dev/pool" = each.key })

    # A container of many gigabytes starts before its image is pulled whole.
    gcfs_config {
      enabled = each.value.image_streaming
    }

    gvnic {
      enabled = true
    }

    shielded_instance_config {
      # Drivers that are not signed do not load with secure boot.
      enable_secure_boot          = each.value.gpu == null
      enable_integrity_monitoring = true
    }

    workload_metadata_config {
      mode = "GKE_METADATA"
    }

    dynamic "guest_accelerator" {
      for_each = each.value.gpu != null ? [each.value.gpu] : []

      content {
        type  = guest_accelerator.value.type
        count = guest_accelerator.value.count

        gpu_driver_installation_config {
          gpu_driver_version = guest_accelerator.value.driver
        }
      }
    }

    dynamic "reservation_affinity" {
      for_each = each.value.reservation != null ? [each.value.reservation] : []

      content {
        consume_reservation_type = "SPECIFIC_RESERVATION"
        key                      = "compute.googleapis.com/reservation-name"
        values                   = [reservation_affinity.value]
      }
    }

    # Queued machines come from Dynamic Workload Scheduler, never from a reservation.
    dynamic "reservation_affinity" {
      for_each = each.value.queued_provisioning ? [1] : []

      content {
        consume_reservation_type = "NO_RESERVATION"
      }
    }

    dynamic "taint" {
      for_each = local.taints[each.key]

      content {
        key    = taint.value.key
        value  = taint.value.value
        effect = taint.value.effect
      }
    }
  }

  lifecycle {
    # It counts only when the pool is made; a change would replace the pool.
    ignore_changes = [initial_node_count]

    precondition {
      condition     = alltrue([for zone in each.value.zones : startswith(zone, var.location)])
      error_message = "Pool ${each.key} names zones outside ${var.location}; set its zones to some of that location that have the machine, or leave them out."
    }
  }
}
