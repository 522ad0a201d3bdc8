"""Parts of an image's reference."""


def image_version(image: str) -> str:
    """The version that an image's reference names: tag, else digest, else `latest`.

    A colon before the last slash belongs to the registry's port. Source:
    distribution/reference.
    """
    name, *digests = image.split("@")
    colon = name.find(":", name.rfind("/") + 1)
    if colon >= 0:
        return name[colon + 1 :]
    return digests[0].removeprefix("sha256:")[:12] if digests else "latest"
