"""Reading safetensors files, without the packages that compute with them."""

import base64
import json
import struct


class File:
    """Tensors of single-precision numbers by name: as such, or as base64 of their bytes, which is how they reach a
    page."""

    def __init__(self, path):
        content = path.read_bytes()
        size = struct.unpack("<Q", content[:8])[0]
        header = json.loads(content[8:8 + size])
        self.metadata = header.pop("__metadata__", {})
        self.tensors = header
        self._numbers = content[8 + size:]

    def packed(self, name, element=None):
        """A tensor, or one element of its first dimension."""
        numbers = self._slice(name)
        if element is not None:
            size = len(numbers) // self.tensors[name]["shape"][0]
            numbers = numbers[element * size:(element + 1) * size]
        return base64.b64encode(numbers).decode()

    def numbers(self, name):
        numbers = self._slice(name)
        return struct.unpack(f"<{len(numbers) // 4}f", numbers)

    def _slice(self, name):
        start, end = self.tensors[name]["data_offsets"]
        return self._numbers[start:end]
