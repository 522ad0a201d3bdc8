"""The parameters of a workload: its `parameters.schema.json`, and the checks of values."""
