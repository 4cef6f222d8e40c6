"""A recognition as plain data, for ``recognise --json`` and other programs."""

from typing import Any

from media.values import Recognition


def recognition_as_json(file: str, recognition: Recognition) -> dict[str, Any]:
    """What ``recognition`` found in ``file``, of types that JSON knows.

    Boxes are ``[x, y, width, height]`` in pixels of the original.
    """
    return {
        "file": file,
        "text": recognition.text,
        "direction": recognition.direction,
        "script": recognition.script,
        "confidence": round(recognition.confidence, 1),
        "seconds": round(recognition.seconds, 2),
        "width": recognition.width,
        "height": recognition.height,
        "engine": recognition.engine,
        "engine_version": recognition.engine_version,
        "key": recognition.key,
        "lines": [
            {
                "text": line.text,
                "box": list(line.box),
                "confidence": round(line.confidence, 1),
                "chars": [{"char": c.char, "box": list(c.box)} for c in line.chars],
            }
            for line in recognition.lines
        ],
    }
