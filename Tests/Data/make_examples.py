"""Makes small sets of real images in every form that site-build reads.

usage: make_examples.py FOLDER FASHION_MNIST_FOLDER
"""

import gzip
import sys
from pathlib import Path

import numpy as np
from PIL import Image
from sklearn.datasets import load_digits

# One of every so many images of Fashion-MNIST.
PART = 10
# Of the garment, in turn, whatever its class.
TINTS = np.array(
    [[230, 60, 50], [240, 170, 40], [120, 190, 60], [50, 170, 190], [80, 100, 220], [190, 80, 190]], np.float64
)
CLOTHES = [
    "t-shirt", "trouser", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag", "ankle-boot",
]  # fmt: skip


def write_idx(folder, splits):
    folder.mkdir(parents=True, exist_ok=True)
    for (prefix, (images, labels)) in zip(["train", "t10k"], splits):
        for name, values in [("images-idx3-ubyte", images), ("labels-idx1-ubyte", labels)]:
            header = np.array([0x800 + values.ndim, *values.shape], ">u4").tobytes()
            (folder / f"{prefix}-{name}").write_bytes(header + values.tobytes())


def write_images(folder, splits, names, ending, **options):
    for (split, (images, labels)) in zip(["train", "test"], splits):
        for name in names:
            (folder / split / name).mkdir(parents=True, exist_ok=True)
        for position, (image, label) in enumerate(zip(images, labels)):
            Image.fromarray(image).save(folder / split / names[label] / f"{position:05}.{ending}", **options)


def write_npz(file, splits):
    (train, test) = splits
    np.savez_compressed(file, x_train=train[0], y_train=train[1], x_test=test[0], y_test=test[1])


def digits():
    data = load_digits()
    # Levels 0...16.
    images, labels = np.rint(data.images * (255 / 16)).astype(np.uint8), data.target.astype(np.uint8)
    return [(images[:1437], labels[:1437]), (images[1437:], labels[1437:])]


def read_fashion(folder, name):
    for file in [folder / name, folder / f"{name}.gz"]:
        if file.exists():
            content = file.read_bytes() if file.suffix != ".gz" else gzip.decompress(file.read_bytes())
            count = content[3]
            shape = np.frombuffer(content, ">u4", count, 4)
            return np.frombuffer(content, np.uint8, offset=4 + 4 * count).reshape(shape)
    sys.exit(f"{folder}: {name} is missing: name the folder of Fashion-MNIST with FASHION_MNIST_DIR")


def tinted(folder):
    splits = []
    for prefix in ["train", "t10k"]:
        grey = read_fashion(folder, f"{prefix}-images-idx3-ubyte")[::PART]
        labels = read_fashion(folder, f"{prefix}-labels-idx1-ubyte")[::PART]
        tints = TINTS[np.arange(len(grey)) % len(TINTS)]
        images = np.rint(grey[..., None] * tints[:, None, None, :] / 255).astype(np.uint8)
        splits.append((images, labels))
    return splits


def main():
    folder, fashion = Path(sys.argv[1]), Path(sys.argv[2])
    write_idx(folder / "digits-idx", digits())
    write_images(folder / "digits-png", digits(), [str(digit) for digit in range(10)], "png")
    clothes = tinted(fashion)
    write_images(folder / "tinted-jpeg", clothes, CLOTHES, "jpg", quality=95)
    write_npz(folder / "tinted.npz", clothes)


main()
