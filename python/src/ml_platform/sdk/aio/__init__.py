"""The client for asyncio: the same methods as `ml_platform.sdk`, awaited."""

from ml_platform.sdk.aio.client import AsyncPlatformClient
from ml_platform.sdk.aio.job import AsyncJob

__all__ = ["AsyncJob", "AsyncPlatformClient"]
