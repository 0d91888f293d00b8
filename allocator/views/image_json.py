"""Write an image as one JSON object (``allocator.image/1``).

Symbols are hexadecimal strings, whatever they stand for. A contract is written under its own keys, as the
comment has them, in lower case.
"""

from __future__ import annotations

import json
from typing import Any

from allocator.assembly.image import Image
from allocator.contract import Contract, FlagRule, Item, Write

FORMAT = "allocator.image/1"


def image_json(image: Image) -> str:
    """Return `image_object` as JSON text."""
    return json.dumps(image_object(image), indent=1)


def image_object(image: Image) -> dict[str, Any]:
    """Return what ``assemble -f json`` prints."""
    return {
        "format": FORMAT,
        "segments": [{"start": hex(segment.start), "bytes": segment.data.hex()} for segment in image.segments],
        "symbols": {name: hex(value) for name, value in image.symbols.items()},
        "lines": [
            {
                "address": hex(line.address),
                "size": line.size,
                "source": line.source.name,
                "line": line.line,
                "bits": line.bits,
            }
            for line in image.lines
        ],
        "contracts": {name: _contract(contract) for name, contract in image.contracts.items()},
    }


def _contract(contract: Contract) -> dict[str, Any]:
    preserved = contract.preserved
    return {
        "style": contract.style,
        "line": contract.line,
        "in": [_item(item) for item in contract.inputs],
        "out": [_item(item) for item in contract.outputs],
        "flags": [_flag(rule) for rule in contract.flags],
        "other_flags": contract.other_flags,
        "clobbers": list(contract.clobbers),
        "writes": [_write(write) for write in contract.writes],
        "stack": contract.stack,
        "preserved": preserved if isinstance(preserved, str) else list(preserved),
    }


def _item(item: Item) -> dict[str, Any]:
    return {"register": item.register, "prose": item.prose, "low": item.low, "high": item.high}


def _flag(rule: FlagRule) -> dict[str, Any]:
    return {"flag": rule.flag, "value": rule.value, "prose": rule.prose}


def _write(write: Write) -> dict[str, Any]:
    return {"text": write.text, "symbol": write.symbol, "low": write.low, "high": write.high}
