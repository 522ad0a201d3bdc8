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

  autoscaling {
    total_min_node_count = each.value.min_nodes
    total_max_node_count = each.value.max_nodes
    # A spot pool takes the zone that has machines left.
    location_policy = each.value.spot ? "ANY" : "BALANCED"
  }

  management {
    auto_repair  = true
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

    # Image streaming: a container of many gigabytes starts before it is pulled whole.
    gcfs_config {
      enabled = true
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
    create_before_destroy = false

    precondition {
      condition     = !(each.value.spot && each.value.reservation != null)
      error_message = "Pool ${each.key} is spot and names a reservation; a reservation holds on-demand machines only."
    }
  }
}
