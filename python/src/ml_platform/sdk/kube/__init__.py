"""How to talk to Kubernetes, blocking or with asyncio, by one description of the work."""
