output "bucket_prefix" {
  description = "What the names of workloads' buckets begin with."
  value       = var.bucket_prefix
}
