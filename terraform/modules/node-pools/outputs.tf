output "pools" {
  description = "Pools by name: what a Kueue flavour or a scheduling rule has to say to get onto their nodes."
  value = {
    for name, pool in var.pools : name => {
      labels = { "ml-platform.dev/pool" = name }
      taints = local.taints[name]
      gpu    = pool.gpu == null ? null : { type = pool.gpu.type, count = pool.gpu.count }
      spot   = pool.spot
    }
  }

  depends_on = [google_container_node_pool.this]
}
