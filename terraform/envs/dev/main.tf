locals {
  labels = { platform = var.name }
  gitops = "${path.root}/../../../gitops"
}

resource "google_project_service" "this" {
  for_each = toset([
    "artifactregistry.googleapis.com",
    "cloudbuild.googleapis.com",
    "cloudresourcemanager.googleapis.com",
    "compute.googleapis.com",
    "container.googleapis.com",
    "iam.googleapis.com",
    "iamcredentials.googleapis.com",
    "logging.googleapis.com",
    "monitoring.googleapis.com",
    "secretmanager.googleapis.com",
    "servicenetworking.googleapis.com",
    "sqladmin.googleapis.com",
    "storage.googleapis.com",
    "sts.googleapis.com",
  ])

  project            = var.project_id
  service            = each.value
  disable_on_destroy = false
}

module "network" {
  source     = "../../modules/network"
  project_id = var.project_id
  name       = var.name
  region     = var.region

  subnets = var.subnets

  depends_on = [google_project_service.this]
}

module "management" {
  source              = "../../modules/gke-cluster"
  project_id          = var.project_id
  name                = "${var.name}-management"
  location            = var.region
  network             = module.network.id
  subnetwork          = module.network.subnets["management"]
  authorized_networks = var.authorized_networks
  deletion_protection = var.deletion_protection
  release_channel     = var.release_channel
  maintenance         = var.maintenance
  managed_prometheus  = var.managed_prometheus
  security_group      = var.security_group
  labels              = merge(local.labels, { role = "management" })
}

module "workload" {
  source              = "../../modules/gke-cluster"
  project_id          = var.project_id
  name                = "${var.name}-workload"
  location            = var.region
  network             = module.network.id
  subnetwork          = module.network.subnets["workload"]
  authorized_networks = var.authorized_networks
  deletion_protection = var.deletion_protection
  release_channel     = var.release_channel
  maintenance         = var.maintenance
  managed_prometheus  = var.managed_prometheus
  security_group      = var.security_group
  autoscaling_profile = "OPTIMIZE_UTILIZATION"
  labels              = merge(local.labels, { role = "workload" })
}

module "management_pools" {
  source          = "../../modules/node-pools"
  project_id      = var.project_id
  cluster         = module.management.name
  location        = var.region
  service_account = module.management.node_service_account.email
  pools           = var.management_pools
}

module "workload_pools" {
  source          = "../../modules/node-pools"
  project_id      = var.project_id
  cluster         = module.workload.name
  location        = var.region
  service_account = module.workload.node_service_account.email
  pools           = var.workload_pools
}

module "identities" {
  source        = "../../modules/workload-identity"
  project_id    = var.project_id
  workload_pool = module.management.workload_pool

  accounts = {
    "${var.name}-argocd" = {
      purpose         = "Argo CD: applies the GitOps repository to the workload cluster"
      namespace       = "argocd"
      service_account = "argocd-application-controller"
    }
    "${var.name}-portal" = {
      purpose         = "The portal: finds clusters, reads and starts training jobs, has images built"
      namespace       = "backstage"
      service_account = "backstage"
      roles           = ["roles/container.clusterViewer", "roles/cloudbuild.builds.editor"]
    }
    "${var.name}-builder" = {
      purpose         = "Builds of images: reads what the portal packed, and pushes the image"
      namespace       = "ml-platform-builds"
      service_account = "image-builder"
      roles           = ["roles/logging.logWriter"]
    }
    "${var.name}-crossplane" = {
      purpose         = "Crossplane: makes buckets and accounts for workloads"
      namespace       = "crossplane-system"
      service_account = "provider-gcp"
    }
    "${var.name}-secrets" = {
      purpose         = "External Secrets: reads the platform's secrets"
      namespace       = "external-secrets"
      service_account = "external-secrets"
    }
  }
}

locals {
  argocd     = "${var.name}-argocd"
  portal     = "${var.name}-portal"
  builder    = "${var.name}-builder"
  crossplane = "${var.name}-crossplane"
  secrets    = "${var.name}-secrets"
}

module "crossplane_rights" {
  source        = "../../modules/crossplane-rights"
  project_id    = var.project_id
  name          = var.name
  member        = module.identities.members[local.crossplane]
  bucket_prefix = "${var.project_id}-ws-"
}

# The portal starts builds that run as the builder, and never as itself.
resource "google_service_account_iam_member" "portal_builds" {
  service_account_id = "projects/${var.project_id}/serviceAccounts/${module.identities.emails[local.builder]}"
  role               = "roles/iam.serviceAccountUser"
  member             = module.identities.members[local.portal]
}

# The server of Argo CD reads the workload cluster as the same account.
resource "google_service_account_iam_member" "argocd_server" {
  service_account_id = "projects/${var.project_id}/serviceAccounts/${module.identities.emails[local.argocd]}"
  role               = "roles/iam.workloadIdentityUser"
  member             = "serviceAccount:${module.management.workload_pool}[argocd/argocd-server]"
}

# Being let in through the DNS endpoint, and nothing else: what the account may do
# on the cluster is said on the cluster.
resource "google_project_iam_custom_role" "connect" {
  project     = var.project_id
  role_id     = "${replace(var.name, "-", "_")}_cluster_connect"
  title       = "Connect to clusters"
  description = "Reach the API server of a cluster through its DNS endpoint"
  permissions = ["container.clusters.connect", "container.clusters.get"]

  depends_on = [google_project_service.this]
}

resource "google_project_iam_member" "connect" {
  for_each = toset([local.argocd, local.portal])

  project = var.project_id
  role    = google_project_iam_custom_role.connect.name
  member  = module.identities.members[each.value]
}

# Argo CD brings operators and resource definitions to the workload cluster.
resource "kubernetes_cluster_role_binding_v1" "argocd" {
  provider = kubernetes.workload

  metadata {
    name = "argocd"
  }

  role_ref {
    api_group = "rbac.authorization.k8s.io"
    kind      = "ClusterRole"
    name      = "cluster-admin"
  }

  subject {
    api_group = "rbac.authorization.k8s.io"
    kind      = "User"
    name      = module.identities.emails[local.argocd]
  }
}

module "registry" {
  source     = "../../modules/artifact-registry"
  project_id = var.project_id
  location   = var.region
  name       = "${var.name}-images"
  labels     = local.labels

  readers = {
    management-nodes = module.management.node_service_account.member
    workload-nodes   = module.workload.node_service_account.member
    portal           = module.identities.members[local.portal]
  }
  writers = merge(
    { builder = module.identities.members[local.builder] },
    { for github in module.github : "github" => github.members["images"] },
  )

  depends_on = [google_project_service.this]
}

module "logs" {
  source            = "../../modules/bucket"
  project_id        = var.project_id
  name              = "${var.project_id}-${var.name}-logs"
  location          = var.region
  delete_after_days = var.logs_days
  force_destroy     = var.delete_data
  labels            = local.labels
  members           = { "roles/storage.objectUser" = { portal = module.identities.members[local.portal] } }
}

# The portal reads documents, and a workflow writes them. Both ask for the bucket itself
# before they use it, which reading objects doesn't include.
locals {
  publishers = { for github in module.github : "github" => github.members["docs"] }
  docs_members = {
    "roles/storage.objectViewer"       = { portal = module.identities.members[local.portal] }
    "roles/storage.objectUser"         = local.publishers
    "roles/storage.legacyBucketReader" = merge({ portal = module.identities.members[local.portal] }, local.publishers)
  }
}

module "docs" {
  source        = "../../modules/bucket"
  project_id    = var.project_id
  name          = "${var.project_id}-${var.name}-docs"
  location      = var.region
  force_destroy = var.delete_data
  labels        = local.labels
  members       = local.docs_members
}

module "results" {
  source        = "../../modules/bucket"
  project_id    = var.project_id
  name          = "${var.project_id}-${var.name}-results"
  location      = var.region
  force_destroy = var.delete_data
  versioning    = true
  labels        = local.labels

  depends_on = [google_project_service.this]
}

# What the portal packs for a build, and the build's log.
module "builds" {
  source            = "../../modules/bucket"
  project_id        = var.project_id
  name              = "${var.project_id}-${var.name}-builds"
  location          = var.region
  delete_after_days = 30
  force_destroy     = var.delete_data
  labels            = local.labels
  members = {
    "roles/storage.objectUser" = {
      portal  = module.identities.members[local.portal]
      builder = module.identities.members[local.builder]
    }
  }
}

module "github" {
  source       = "../../modules/github-identity"
  count        = var.github_repository == null ? 0 : 1
  project_id   = var.project_id
  name         = var.name
  repository   = var.github_repository
  branch       = var.repository_branch
  state_bucket = var.state_bucket

  depends_on = [google_project_service.this]
}

module "database" {
  source              = "../../modules/database"
  project_id          = var.project_id
  name                = "${var.name}-portal"
  region              = var.region
  network             = module.network.id
  private_services    = module.network.private_services
  high_availability   = var.high_availability
  deletion_protection = var.deletion_protection
  labels              = local.labels
  databases           = ["backstage"]
  accounts            = { portal = module.identities.emails[local.portal] }
}

module "secrets" {
  source     = "../../modules/secrets"
  project_id = var.project_id
  region     = var.region
  labels     = local.labels

  secrets = {
    for secret in ["github-app", "oidc-client", "session", "webhook", "grafana-oidc", "alerts-slack"] : "${var.name}-${secret}" => {
      readers = { external-secrets = module.identities.members[local.secrets] }
    }
  }

  depends_on = [google_project_service.this]
}

# Where Grafana on the management cluster reaches Prometheus on the workload cluster.
resource "google_compute_address" "metrics" {
  project      = var.project_id
  name         = "${var.name}-metrics"
  region       = var.region
  address_type = "INTERNAL"
  purpose      = "GCE_ENDPOINT"
  subnetwork   = module.network.subnets["workload"]
}

module "argocd" {
  source            = "../../modules/argocd"
  repository        = { url = var.repository_url, branch = var.repository_branch }
  service_account   = module.identities.emails[local.argocd]
  workload_clusters = { workload-cluster = { host = module.workload.dns_endpoint } }

  # What Argo CD keeps itself by, once it runs.
  chart_version = yamldecode(file("${local.gitops}/clusters/management-cluster/apps.yaml")).apps.argocd.chart.version
  values        = file("${local.gitops}/argocd/values.yaml")
  root          = split("\n---\n", file("${local.gitops}/argocd/root.yaml"))
  contract      = yamldecode(file("${local.gitops}/clusters/facts.yaml")).facts

  facts = {
    project-id          = var.project_id
    region              = var.region
    registry            = module.registry.url
    logs-bucket         = module.logs.name
    docs-bucket         = module.docs.name
    results-bucket      = module.results.name
    database-connection = module.database.connection_name
    database-user       = module.database.users["portal"]
    argocd-account      = module.identities.emails[local.argocd]
    portal-account      = module.identities.emails[local.portal]
    crossplane-account  = module.identities.emails[local.crossplane]
    secrets-account     = module.identities.emails[local.secrets]
    workload-cluster    = module.workload.name
    metrics-address     = google_compute_address.metrics.address
    builder-account     = module.identities.emails[local.builder]
    builds-bucket       = module.builds.name
  }

  # Argo CD applies to the workload cluster as soon as it runs, and pods need nodes.
  depends_on = [
    module.management_pools,
    module.workload_pools,
    google_project_iam_member.connect,
    google_service_account_iam_member.argocd_server,
    kubernetes_cluster_role_binding_v1.argocd,
  ]
}
