"""Recomputes in ONNX Runtime, from a site's models and the test images, what its inspections say."""

import csv
from collections import defaultdict
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
from onnx import numpy_helper

# Answers whose two best probabilities agree to the last digits may turn with the order of sums.
TURNED = 3


def session(model: onnx.ModelProto) -> onnxruntime.InferenceSession:
    return onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])


def run(model: onnx.ModelProto, images: np.ndarray, output: str = "probabilities") -> np.ndarray:
    runner = session(model)
    parts = [runner.run([output], {"image": images[start:start + 1000]})[0] for start in range(0, len(images), 1000)]
    return np.concatenate(parts)


def means(model: onnx.ModelProto, images: np.ndarray, layer: str) -> np.ndarray:
    """The mean of each of a convolution's maps after ReLU, over all images and places, [filters]."""
    observed = onnx.ModelProto()
    observed.CopyFrom(model)
    observed.graph.output.append(onnx.helper.make_empty_tensor_value_info(f"{layer}.relu"))
    return run(observed, images, f"{layer}.relu").astype(np.float64).mean(axis=(0, 2, 3))


def silenced(model: onnx.ModelProto, layer: str, channel: int, value: float) -> onnx.ModelProto:
    """The same network with one filter that puts out the same number everywhere."""
    changed = onnx.ModelProto()
    changed.CopyFrom(model)
    for tensor in changed.graph.initializer:
        if tensor.name in (f"{layer}.kernel", f"{layer}.bias"):
            numbers = numpy_helper.to_array(tensor).copy()
            numbers[channel] = 0 if tensor.name.endswith("kernel") else value
            tensor.CopyFrom(numpy_helper.from_array(numbers, tensor.name))
    return changed


def check_switched_off(site: Path, images: np.ndarray, labels: np.ndarray, most: int | None = None) -> list[bool]:
    """Accuracies without single filters: of each layer, with those that are missed most, or all."""
    layers = defaultdict(list)
    with (site / "data/switched-off.csv").open(newline="") as lines:
        for row in csv.DictReader(lines):
            layers[row["network"], row["layer"]].append(row)
    results = []
    for (network, layer), rows in layers.items():
        model = onnx.load(site / f"models/{network}.onnx")
        averages = means(model, images, layer)
        worst, tried = 0, 0
        chosen = sorted(rows, key=lambda row: float(row["test_accuracy_at_zero"]))[:most]
        for row in chosen:
            channel = int(row["filter_from_1"]) - 1
            for value, name in ((0.0, "zero"), (averages[channel], "mean")):
                right = run(silenced(model, layer, channel, value), images).argmax(axis=1) == labels
                worst = max(worst, abs(round(float(row[f"test_accuracy_at_{name}"]) * len(labels)) - int(right.sum())))
                tried += 1
                for k in range(10):
                    recall = right[labels == k].mean()
                    found = float(row[f"recall_of_class_{k}_at_{name}"])
                    worst = max(worst, abs(recall - found) * (labels == k).sum())
        holds = worst < TURNED + 0.5
        print(f"{network}, {layer}, switched off: {tried} accuracies of {len(labels)} images, apart by {worst:.0f} at most"
              + ("" if holds else f", more than {TURNED}"))
        results.append(holds)
    return results


def moved(images: np.ndarray, right: int, down: int) -> np.ndarray:
    """Images [count, height, width, channels] moved by some pixels, black where nothing moves in."""
    height, width = images.shape[1:3]
    result = np.zeros_like(images)
    result[:, max(0, down):height + min(0, down), max(0, right):width + min(0, right)] = (
        images[:, max(0, -down):height + min(0, -down), max(0, -right):width + min(0, -right)])
    return result


def check_shifts(site: Path, images: np.ndarray, labels: np.ndarray, step: int = 1) -> list[bool]:
    """Accuracies of moved test images: every step-th of them."""
    networks = defaultdict(list)
    with (site / "data/shifts.csv").open(newline="") as lines:
        for row in csv.DictReader(lines):
            networks[row["network"]].append(row)
    results = []
    for network, rows in networks.items():
        model = onnx.load(site / f"models/{network}.onnx")
        worst = 0
        for row in rows[::step]:
            changed = moved(images, int(row["pixels_to_the_right"]), int(row["pixels_down"]))
            right = int((run(model, changed).argmax(axis=1) == labels).sum())
            worst = max(worst, abs(round(float(row["test_accuracy"]) * len(labels)) - right))
        holds = worst <= TURNED
        print(f"{network}, moved: {len(rows[::step])} accuracies of {len(labels)} images, apart by {worst} at most"
              + ("" if holds else f", more than {TURNED}"))
        results.append(holds)
    return results


def check_patches(site: Path, images: np.ndarray) -> list[bool]:
    """The strongest answers of each filter, one a test image, and where they stand."""
    results = []
    for file in sorted((site / "data").glob("patches-*.csv")):
        network, layer = file.stem.removeprefix("patches-").rsplit("-", 1)
        observed = onnx.load(site / f"models/{network}.onnx")
        observed.graph.output.append(onnx.helper.make_empty_tensor_value_info(f"{layer}.relu"))
        maps = run(observed, images, f"{layer}.relu")
        strongest = -np.sort(-maps.max(axis=(2, 3)), axis=0)
        with file.open(newline="") as lines:
            rows = list(csv.DictReader(lines))
        worst = 0.0
        for row in rows:
            filter, rank, image, y, x = (
                int(row[key]) - 1
                for key in ("filter_from_1", "rank", "test_image_from_1", "row_from_1", "column_from_1"))
            value = float(row["output"])
            # Of answers that are nearly equal, either may come first: both values are asked, not the order.
            for found in (maps[image, filter, y, x], strongest[rank, filter]):
                worst = max(worst, abs(found - value) / value)
        expected = np.minimum((maps.max(axis=(2, 3)) > 0).sum(axis=0), 9).sum()
        holds = worst < 1e-4 and len(rows) == expected
        print(f"{network}, {layer}, patches: {len(rows)} answers of {expected}, relative difference {worst:.1e} at most"
              + ("" if holds else ": they differ"))
        results.append(bool(holds))
    return results
