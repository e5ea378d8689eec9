"""Leaves the first of a data set's images, and their labels.

usage: fewer_images.py DATA FOLDER SHARE
  DATA     folder of the four IDX files, be they compressed or not
  FOLDER   where those with fewer images are put
  SHARE    one of how many images is left
"""

import gzip
import math
import struct
import sys
from pathlib import Path


def fewer(content, share):
    """An IDX file of bytes with the first of its items: behind two zeros its type and how many sizes follow."""
    sizes = struct.unpack_from(f">{content[3]}I", content, 4)
    left = (sizes[0] // share, *sizes[1:])
    head = content[:4] + struct.pack(f">{len(left)}I", *left)
    return head + content[len(head):len(head) + math.prod(left)]


def main(data, folder, share):
    Path(folder).mkdir()
    files = [file for file in Path(data).iterdir() if file.name.removesuffix(".gz").endswith("-ubyte")]
    for file in files:
        content = gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()
        (Path(folder) / file.name.removesuffix(".gz")).write_bytes(fewer(content, int(share)))


if __name__ == "__main__":
    main(*sys.argv[1:])
