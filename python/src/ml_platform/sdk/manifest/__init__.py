"""The RayJob that comes of a specification, and its YAML."""
