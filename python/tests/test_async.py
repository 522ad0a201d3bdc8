"""The client for asyncio does what the blocking one does, and can be cancelled."""

import asyncio
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from ml_platform.sdk import Conflict, JobFailed, JobTimeout, NotFound, Unreachable
from ml_platform.sdk.aio import AsyncPlatformClient

from .fake_job import RUN, end_job, end_submitter, put_job, put_submitter, start_job
from .fake_kube import FakeKube

IMAGE = "registry.example.com/model:v1"


@pytest_asyncio.fixture
async def aclient(kubeconfig: str) -> AsyncIterator[AsyncPlatformClient]:
    async with AsyncPlatformClient(kubeconfig=kubeconfig) as client:
        yield client


async def test_submits_and_waits(kube: FakeKube, aclient: AsyncPlatformClient) -> None:
    job = await aclient.submit_job("training", IMAGE, run_name=RUN, cpu="2")
    waiting = asyncio.create_task(job.wait(timeout=10))
    await asyncio.sleep(0.1)
    start_job(kube)
    end_job(kube)
    assert (await waiting).state == "succeeded"
    assert (await job.refresh()).summary.image == IMAGE
    assert [each.name for each in await aclient.list(state="succeeded")] == [RUN]


async def test_watches_and_follows_at_the_same_time(
    kube: FakeKube, aclient: AsyncPlatformClient
) -> None:
    put_job(kube)
    job = await aclient.get(RUN)

    async def states() -> list[str]:
        return [status.state async for status in job.watch()]

    async def lines() -> list[str]:
        return [line async for line in job.logs(follow=True)]

    both = asyncio.gather(states(), lines())
    await asyncio.sleep(0.2)
    start_job(kube)
    put_submitter(kube)
    log = kube.log("submitter")
    log.write("one")
    await asyncio.sleep(0.3)
    log.cut()
    log.write("two")
    end_submitter(kube)
    end_job(kube)
    told, read = await asyncio.wait_for(both, 20)
    assert told[0] == "pending"
    assert told[-1] == "succeeded"
    assert read == ["one", "two"]


async def test_raises_what_the_blocking_one_raises(
    kube: FakeKube, aclient: AsyncPlatformClient
) -> None:
    with pytest.raises(NotFound):
        await aclient.get(RUN)
    put_job(kube)
    job = await aclient.get(RUN)
    with pytest.raises(JobTimeout):
        await job.wait(timeout=0.2)
    start_job(kube)
    put_submitter(kube)
    kube.log("submitter").write("RuntimeError: no")
    end_submitter(kube, code=1)
    end_job(kube, "FAILED")
    with pytest.raises(JobFailed) as caught:
        await job.wait()
    assert caught.value.last_lines == ("RuntimeError: no",)
    with pytest.raises(Conflict):
        await job.stop()


async def test_changes_jobs(kube: FakeKube, aclient: AsyncPlatformClient) -> None:
    put_job(kube)
    job = await aclient.get(RUN)
    again = await job.retry()
    await job.stop()
    assert (await job.status()).state == "stopped"
    await job.delete()
    assert [each.name for each in await aclient.list()] == [again.name]
    group = {"groupName": "workers", "replicas": 1}
    kube.put(
        "rayclusters", {"metadata": {"name": "shared"}, "spec": {"workerGroupSpecs": [group]}}
    )
    await aclient.scale("shared", 4)
    assert kube.bodies[-1][1]["value"] == 4


async def test_shows_a_job(
    kube: FakeKube, aclient: AsyncPlatformClient, capsys: pytest.CaptureFixture[str]
) -> None:
    put_job(kube)
    job = await aclient.get(RUN)
    assert (await job.show(timeout=0.05, interval=0.01)).state == "pending"
    assert capsys.readouterr().out.startswith(f"{RUN}: pending (Created)")


async def test_closes_its_connections_when_a_task_is_cancelled(
    kube: FakeKube, aclient: AsyncPlatformClient
) -> None:
    put_job(kube)
    start_job(kube)
    put_submitter(kube)
    kube.log("submitter").write("one")
    job = await aclient.get(RUN)
    read: list[str] = []

    async def follow() -> None:
        async for line in job.logs(follow=True):
            read.append(line)

    tasks = [asyncio.create_task(follow()), asyncio.create_task(job.wait())]
    while not read:
        await asyncio.sleep(0.02)
    for task in tasks:
        task.cancel()
    ended = await asyncio.gather(*tasks, return_exceptions=True)
    assert all(isinstance(error, asyncio.CancelledError) for error in ended)
    session = aclient._transport._api.rest_client.pool_manager
    assert not session.connector._acquired


async def test_says_when_a_cluster_can_not_be_reached(
    kube: FakeKube, aclient: AsyncPlatformClient
) -> None:
    kube._server.shutdown()
    kube._server.server_close()
    with pytest.raises(Unreachable, match="Couldn't reach"):
        await aclient.list()


async def test_signs_in_again_when_a_token_has_expired(
    kube: FakeKube, aclient: AsyncPlatformClient
) -> None:
    put_job(kube)
    refusals = [(401, {"message": "Unauthorized"})]
    kube.answer = lambda method, path: refusals.pop() if refusals else None
    assert (await aclient.get(RUN)).name == RUN
