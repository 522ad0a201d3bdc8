mock_provider "google" {}

variables {
  project_id      = "demo-project"
  cluster         = "workload"
  location        = "europe-west3"
  service_account = "workload-nodes@demo-project.iam.gserviceaccount.com"
  pools = {
    cpu     = { machine_type = "n2-standard-16", max_nodes = 10 }
    gpu-l4  = { machine_type = "g2-standard-12", max_nodes = 4, zones = ["europe-west3-a"], gpu = { type = "nvidia-l4" } }
    l4-spot = { machine_type = "g2-standard-12", max_nodes = 8, spot = true, gpu = { type = "nvidia-l4", driver = "LATEST" } }
  }
}

run "pools_scale_to_zero" {
  command = plan

  assert {
    condition     = alltrue([for pool in google_container_node_pool.this : pool.autoscaling[0].total_min_node_count == 0])
    error_message = "A pool that nobody needs costs nothing."
  }
}

run "keeps_other_pods_off_gpu_and_spot_nodes" {
  command = plan

  assert {
    condition     = length(google_container_node_pool.this["cpu"].node_config[0].taint) == 0
    error_message = "An ordinary pool has no taint."
  }

  assert {
    condition     = [for taint in google_container_node_pool.this["gpu-l4"].node_config[0].taint : taint.key] == ["nvidia.com/gpu"]
    error_message = "A pool with GPUs is tainted; GKE does not do it by itself."
  }

  assert {
    condition     = [for taint in google_container_node_pool.this["l4-spot"].node_config[0].taint : taint.key] == ["nvidia.com/gpu", "cloud.google.com/gke-spot"]
    error_message = "A spot pool with GPUs has both taints."
  }
}

run "installs_the_driver" {
  command = plan

  assert {
    condition     = google_container_node_pool.this["l4-spot"].node_config[0].guest_accelerator[0].gpu_driver_installation_config[0].gpu_driver_version == "LATEST"
    error_message = "GKE installs the driver that the pool names."
  }
}

run "takes_machines_of_a_reservation" {
  command = plan

  variables {
    pools = { a100 = { machine_type = "a2-highgpu-1g", max_nodes = 2, reservation = "training", gpu = { type = "nvidia-tesla-a100" } } }
  }

  assert {
    condition     = google_container_node_pool.this["a100"].node_config[0].reservation_affinity[0].consume_reservation_type == "SPECIFIC_RESERVATION" && google_container_node_pool.this["a100"].node_config[0].reservation_affinity[0].values == toset(["training"])
    error_message = "The pool uses the named reservation."
  }
}

run "queues_for_nodes_that_come_together" {
  command = plan

  variables {
    pools = { dws = { machine_type = "a3-highgpu-8g", max_nodes = 4, queued_provisioning = true, gpu = { type = "nvidia-h100-80gb", count = 8 } } }
  }

  assert {
    condition     = google_container_node_pool.this["dws"].queued_provisioning[0].enabled
    error_message = "Nodes come by a ProvisioningRequest."
  }

  assert {
    condition     = google_container_node_pool.this["dws"].node_config[0].reservation_affinity[0].consume_reservation_type == "NO_RESERVATION" && google_container_node_pool.this["dws"].autoscaling[0].location_policy == "ANY" && google_container_node_pool.this["dws"].management[0].auto_repair == false
    error_message = "GKE queues only without reservation and repair, in any zone."
  }

  assert {
    condition     = google_container_node_pool.this["dws"].node_config[0].guest_accelerator[0].count == 8
    error_message = "Each node has eight GPUs."
  }
}

run "starts_a_pool_that_has_a_minimum_with_nodes" {
  command = plan

  variables {
    pools = { system = { machine_type = "e2-standard-4", min_nodes = 2, max_nodes = 4, image_streaming = false } }
  }

  assert {
    condition     = google_container_node_pool.this["system"].initial_node_count == 1 && google_container_node_pool.this["system"].autoscaling[0].total_min_node_count == 2
    error_message = "There are nodes at once, one in each zone."
  }

  assert {
    condition     = google_container_node_pool.this["system"].node_config[0].gcfs_config[0].enabled == false
    error_message = "Image streaming can be switched off."
  }
}

run "runs_nodes_as_the_cluster_s_own_account_with_integrity_checks" {
  command = plan

  assert {
    condition     = alltrue([for pool in google_container_node_pool.this : pool.node_config[0].service_account == "workload-nodes@demo-project.iam.gserviceaccount.com"])
    error_message = "No pool uses the project's default account."
  }

  assert {
    condition     = google_container_node_pool.this["cpu"].node_config[0].shielded_instance_config[0].enable_secure_boot && google_container_node_pool.this["gpu-l4"].node_config[0].shielded_instance_config[0].enable_secure_boot == false
    error_message = "Secure boot is on where GPU drivers don't have to load."
  }
}

run "streams_images_and_hides_the_nodes_own_credentials" {
  command = plan

  assert {
    condition     = alltrue([for pool in google_container_node_pool.this : pool.node_config[0].gcfs_config[0].enabled])
    error_message = "Image streaming is on."
  }

  assert {
    condition     = alltrue([for pool in google_container_node_pool.this : pool.node_config[0].workload_metadata_config[0].mode == "GKE_METADATA"])
    error_message = "Pods can't read the node's credentials."
  }
}

run "tells_schedulers_what_its_pools_are" {
  command = apply

  assert {
    condition     = output.pools["gpu-l4"].gpu == { type = "nvidia-l4", count = 1 } && output.pools["gpu-l4"].labels["ml-platform.dev/pool"] == "gpu-l4"
    error_message = "A Kueue flavour is made from labels, taints and GPUs."
  }
}

run "refuses_more_nodes_at_least_than_at_most" {
  command = plan

  variables {
    pools = { cpu = { machine_type = "n2-standard-16", min_nodes = 3, max_nodes = 2 } }
  }

  expect_failures = [var.pools]
}

run "refuses_an_unknown_driver" {
  command = plan

  variables {
    pools = { gpu = { machine_type = "g2-standard-12", max_nodes = 2, gpu = { type = "nvidia-l4", driver = "latest" } } }
  }

  expect_failures = [var.pools]
}

run "refuses_nodes_of_queued_provisioning_that_never_leave" {
  command = plan

  variables {
    pools = { dws = { machine_type = "a3-highgpu-8g", min_nodes = 1, max_nodes = 2, queued_provisioning = true, gpu = { type = "nvidia-h100-80gb", count = 8 } } }
  }

  expect_failures = [var.pools]
}

run "refuses_a_pool_without_gpus_in_the_queue" {
  command = plan

  variables {
    pools = { dws = { machine_type = "n2-standard-16", max_nodes = 2, queued_provisioning = true } }
  }

  expect_failures = [var.pools]
}

run "refuses_a_spot_pool_on_a_reservation" {
  command = plan

  variables {
    pools = { gpu = { machine_type = "g2-standard-12", max_nodes = 2, spot = true, reservation = "training" } }
  }

  expect_failures = [var.pools]
}

run "refuses_zones_of_another_region" {
  command = plan

  variables {
    pools = { gpu = { machine_type = "g2-standard-12", max_nodes = 2, zones = ["us-central1-a"], gpu = { type = "nvidia-l4" } } }
  }

  expect_failures = [google_container_node_pool.this["gpu"]]
}

run "refuses_a_taint_without_a_known_effect" {
  command = plan

  variables {
    pools = { cpu = { machine_type = "n2-standard-16", max_nodes = 2, taints = [{ key = "team", value = "a", effect = "NoSchedule" }] } }
  }

  expect_failures = [var.pools]
}

run "refuses_a_disk_too_small_for_a_node" {
  command = plan

  variables {
    pools = { cpu = { machine_type = "n2-standard-16", max_nodes = 2, disk_gb = 10 } }
  }

  expect_failures = [var.pools]
}

run "refuses_a_name_that_gke_would" {
  command = plan

  variables {
    pools = { GPU = { machine_type = "g2-standard-12", max_nodes = 2 } }
  }

  expect_failures = [var.pools]
}
