"""Training jobs on Ray and Kubernetes: see `ml_platform.sdk`."""
