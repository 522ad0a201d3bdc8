locals {
  labels     = { platform = var.name }
  repository = "${path.root}/../../.."

  # The settings of Argo CD are files of the GitOps repository; the chart installs them.
  argocd_settings   = yamldecode(file("${local.repository}/gitops/argocd/config/argocd-cm.yaml")).data
  argocd_parameters = yamldecode(file("${local.repository}/gitops/argocd/config/argocd-cmd-params-cm.yaml")).data
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
    "secretmanager.googleapis.com",
    "servicenetworking.googleapis.com",
    "sqladmin.googleapis.com",
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

  subnets = {
    management = { nodes = "10.10.0.0/22", pods = "10.16.0.0/16", services = "10.10.16.0/20" }
    workload   = { nodes = "10.20.0.0/20", pods = "10.32.0.0/13", services = "10.20.16.0/20" }
  }

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
      purpose         = "The portal: finds clusters, reads and starts training jobs, builds images"
      namespace       = "backstage"
      service_account = "backstage"
      roles           = ["roles/container.clusterViewer", "roles/cloudbuild.builds.editor"]
    }
    "${var.name}-crossplane" = {
      purpose         = "Crossplane: makes buckets and accounts for workloads"
      namespace       = "crossplane-system"
      service_account = "provider-gcp"
      roles           = ["roles/storage.admin", "roles/iam.serviceAccountAdmin"]
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
  crossplane = "${var.name}-crossplane"
  secrets    = "${var.name}-secrets"
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
  }
  writers = { portal = module.identities.members[local.portal] }

  depends_on = [google_project_service.this]
}

module "logs" {
  source            = "../../modules/bucket"
  project_id        = var.project_id
  name              = "${var.project_id}-${var.name}-logs"
  location          = var.region
  delete_after_days = var.logs_days
  labels            = local.labels
  members           = { "roles/storage.objectUser" = { portal = module.identities.members[local.portal] } }
}

module "docs" {
  source     = "../../modules/bucket"
  project_id = var.project_id
  name       = "${var.project_id}-${var.name}-docs"
  location   = var.region
  labels     = local.labels
  members    = { "roles/storage.objectUser" = { portal = module.identities.members[local.portal] } }
}

module "results" {
  source     = "../../modules/bucket"
  project_id = var.project_id
  name       = "${var.project_id}-${var.name}-results"
  location   = var.region
  versioning = true
  labels     = local.labels
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
  accounts            = { portal = module.identities.emails[local.portal] }
}

module "secrets" {
  source     = "../../modules/secrets"
  project_id = var.project_id
  region     = var.region
  labels     = local.labels

  secrets = {
    for secret in ["github-app", "oidc-client", "session", "webhook"] : "${var.name}-${secret}" => {
      readers = { external-secrets = module.identities.members[local.secrets] }
    }
  }

  depends_on = [google_project_service.this]
}

module "argocd" {
  source            = "../../modules/argocd"
  repository        = { url = var.repository_url, branch = var.repository_branch }
  service_account   = module.identities.emails[local.argocd]
  workload_clusters = { workload-cluster = { host = module.workload.dns_endpoint } }
  settings          = local.argocd_settings
  parameters        = local.argocd_parameters

  facts = {
    project-id          = var.project_id
    region              = var.region
    registry            = module.registry.url
    logs-bucket         = module.logs.name
    docs-bucket         = module.docs.name
    results-bucket      = module.results.name
    database-connection = module.database.connection_name
    database-user       = module.database.users["portal"]
    portal-account      = module.identities.emails[local.portal]
    crossplane-account  = module.identities.emails[local.crossplane]
    secrets-account     = module.identities.emails[local.secrets]
    workload-cluster    = module.workload.name
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
