"""What is done to jobs, as procedures on a cluster."""
