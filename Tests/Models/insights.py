"""Recomputes from a run's models and the test images what its inspection file says of single images, of images that
were made, of changed images, and of where the classes part."""

import csv
from pathlib import Path

import numpy as np
import onnx
from numpy.lib.stride_tricks import sliding_window_view
from onnx import numpy_helper
from safetensors.numpy import load_file

import inspections

# Of correlations and components, from Float32 on one side.
LOOSE = 1e-5


def report(what: str, difference: float, limit: float) -> bool:
    holds = bool(difference <= limit)
    print(f"{what}: apart by {difference:.1e} at most" + ("" if holds else f", more than {limit:.0e}"))
    return holds


def observed(model: onnx.ModelProto, images: np.ndarray, output: str) -> np.ndarray:
    changed = onnx.ModelProto()
    changed.CopyFrom(model)
    if output != "probabilities":
        changed.graph.output.append(onnx.helper.make_empty_tensor_value_info(output))
    return inspections.run(changed, images, output)


def covered(image: np.ndarray, fill: np.ndarray, edge: int) -> tuple[np.ndarray, np.ndarray]:
    """The image [28, 28] once for each square that is covered, and the squares as masks."""
    places = image.shape[0] - edge + 1
    masks = np.zeros((places * places,) + image.shape, bool)
    for index in range(places * places):
        y, x = divmod(index, places)
        masks[index, y:y + edge, x:x + edge] = True
    return np.where(masks, fill, image).astype(np.float32), masks


def blurred(image: np.ndarray, edge: int) -> np.ndarray:
    reach = edge // 2
    result = np.zeros_like(image)
    for y in range(image.shape[0]):
        for x in range(image.shape[1]):
            result[y, x] = image[max(0, y - reach):y + reach + 1, max(0, x - reach):x + reach + 1].mean()
    return result


def check_occlusion(network: str, model: onnx.ModelProto, found: dict, images: np.ndarray) -> bool:
    """The drop of the probability while squares are covered, averaged over the squares on a pixel."""
    edge = 7
    worst = 0.0
    positions = found["saliency.trained.images"].astype(int)
    for index, position in enumerate(positions):
        image = images[position, :, :, 0]
        chosen = int(found["saliency.trained.classes"][index])
        whole = observed(model, images[position:position + 1], "probabilities")[0, chosen]
        worst = max(worst, abs(whole - found["saliency.trained.probabilities"][index]))
        for fill, name in ((np.zeros_like(image), "coveredBlack"), (blurred(image, edge), "coveredBlurred")):
            tried, masks = covered(image, fill, edge)
            drops = whole - observed(model, tried[..., None], "probabilities")[:, chosen].astype(np.float64)
            map = (drops[:, None, None] * masks).sum(axis=0) / masks.sum(axis=0)
            worst = max(worst, np.abs(map - found[f"saliency.trained.{name}"][index]).max())
    return report(f"{network}, occlusion of {len(positions)} images", worst, 1e-4)


def weights(model: onnx.ModelProto) -> dict[str, np.ndarray]:
    return {tensor.name: numpy_helper.to_array(tensor).astype(np.float64) for tensor in model.graph.initializer}


def convolved(maps: np.ndarray, kernel: np.ndarray, bias: np.ndarray) -> np.ndarray:
    """Without padding: maps [images, in, h, w] with a kernel [out, in, h, w]."""
    windows = sliding_window_view(maps, kernel.shape[2:], axis=(2, 3))
    return np.einsum("nihwyx,oiyx->nohw", windows, kernel) + bias[None, :, None, None]


def answers(model: onnx.ModelProto, layer: str, images: np.ndarray) -> np.ndarray:
    """What the filters of a convolution, after ReLU, make of images as large as what they see: each of its own image."""
    numbers, maps = weights(model), images.transpose(0, 3, 1, 2).astype(np.float64)
    for node in model.graph.node:
        if node.op_type == "Conv":
            maps = np.maximum(convolved(maps, numbers[node.input[1]], numbers[node.input[2]]), 0)
            if node.name == layer:
                assert maps.shape[2:] == (1, 1), maps.shape
                return np.einsum("nnhw->n", maps)
        elif node.op_type in ("MaxPool", "AveragePool"):
            windows = maps.reshape(*maps.shape[:2], maps.shape[2] // 2, 2, maps.shape[3] // 2, 2)
            maps = windows.max(axis=(3, 5)) if node.op_type == "MaxPool" else windows.mean(axis=(3, 5))
    raise ValueError(f"no convolution {layer}")


def check_wished(network: str, model: onnx.ModelProto, found: dict) -> bool:
    """What filters and classes answer to the images that were made for them."""
    worst, tried = 0.0, 0
    for key in (key for key in found if key.startswith("wished.trained.") and key.endswith(".images")):
        layer, images = key.split(".")[2], found[key]
        reached = (np.einsum("nn->n", observed(model, images, layer)) if layer.startswith("dense")
                   else answers(model, layer, images))
        stored = found[f"wished.trained.{layer}.values"]
        worst = max(worst, (np.abs(reached - stored) / np.maximum(np.abs(stored), 1)).max())
        tried += len(stored)
    return report(f"{network}, answers to {tried} images that were made", worst, 1e-4)


def check_changed(network: str, model: onnx.ModelProto, found: dict, images: np.ndarray, labels: np.ndarray) -> bool:
    """Numbers of images by class: all, and those answered right as they are, mirrored and as negatives."""
    def counts(right: np.ndarray) -> np.ndarray:
        return np.array([(right & (labels == k)).sum() for k in range(10)])

    variants = [images, images[:, :, ::-1], 1 - images]
    expected = [counts(np.ones(len(labels), bool))] + [
        counts(observed(model, variant, "probabilities").argmax(axis=1) == labels) for variant in variants]
    difference = np.abs(np.array(expected) - found["trust.changed"]).max()
    blank = np.stack([np.zeros((28, 28, 1), np.float32), np.ones((28, 28, 1), np.float32)])
    blanks = np.abs(observed(model, blank, "probabilities") - found["trust.blank"]).max()
    return all([report(f"{network}, images answered right when changed", float(difference), inspections.TURNED),
                report(f"{network}, blank images", blanks, 1e-4)])


def check_space(network: str, model: onnx.ModelProto, found: dict, images: np.ndarray) -> bool:
    """The first two principal components of what the last dense layer takes."""
    taken = next(node.input[0] for node in reversed(model.graph.node) if node.op_type == "Gemm")
    features = observed(model, images, taken).astype(np.float64)
    features -= features.mean(axis=0)
    variances, axes = np.linalg.eigh(features.T @ features)
    shares = variances[::-1][:2] / variances.sum()
    coordinates = features @ axes[:, ::-1][:, :2]
    stored = found["space.coordinates"]
    signs = np.sign((coordinates * stored).sum(axis=0))
    difference = np.abs(coordinates * signs - stored).max() / np.abs(stored).max()
    return report(f"{network}, space", max(difference, np.abs(shares - found["space.shares"]).max()), LOOSE)


def check_probes(
    network: str, model: onnx.ModelProto, found: dict, train: tuple[np.ndarray, np.ndarray],
    test: tuple[np.ndarray, np.ndarray], step: int
) -> bool:
    """Ridge regression of the classes on what every step-th layer makes of 2,000 images, told of 2,000 others."""
    def spread(images: np.ndarray, labels: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        chosen = np.arange(2000) * len(images) // 2000
        return images[chosen], labels[chosen]

    (known, classes), (asked, labels) = spread(*train), spread(*test)
    names = [node.output[0] for node in model.graph.node]
    layers = [None] + [
        f"{node.name}.relu" if f"{node.name}.relu" in names else node.name for node in model.graph.node
        if node.op_type in ("Conv", "MaxPool", "AveragePool", "Gemm")]
    worst = 0.0
    for index, layer in list(enumerate(layers))[::step]:
        x, z = (images.reshape(len(images), -1).astype(np.float64) if layer is None
                else observed(model, images, layer).reshape(len(images), -1).astype(np.float64)
                for images in (known, asked))
        y = np.eye(10)[classes]
        mean, share = x.mean(axis=0), y.mean(axis=0)
        x, y, z = x - mean, y - share, z - mean
        ridge = 0.01 * (x * x).sum() / len(x)
        told = z @ (x.T @ np.linalg.solve(x @ x.T + ridge * np.eye(len(x)), y)) + share
        accuracy = (told.argmax(axis=1) == labels).mean()
        worst = max(worst, abs(accuracy - found["probes"][index]) * len(labels))
    assert len(layers) == len(found["probes"]), layers
    return report(f"{network}, {len(layers[::step])} probes of {len(layers)}, in images", worst, inspections.TURNED)


def check_calibration(site: Path, network: str, probabilities: np.ndarray, labels: np.ndarray) -> bool:
    """Answers, right ones and mean probability of each tenth of probability."""
    with (site / "data/calibration.csv").open(newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if row["network"] == network]
    surest, right = probabilities.max(axis=1), probabilities.argmax(axis=1) == labels
    tenths = np.minimum((surest.astype(np.float64) * 10).astype(int), 9)
    worst = 0.0
    for tenth, row in enumerate(rows):
        inside = tenths == tenth
        worst = max(worst, abs(inside.sum() - int(row["answers"])), abs((inside & right).sum() - int(row["right"])))
        if inside.any() and row["mean_probability"]:
            worst = max(worst, abs(surest[inside].mean() - float(row["mean_probability"])) * inside.sum())
    return report(f"{network}, calibration, in answers", worst, inspections.TURNED)


def check_shared(site: Path, probabilities: dict[str, np.ndarray], labels: np.ndarray) -> bool:
    """Test images that all networks get wrong, with their answers."""
    told = {network: answer.argmax(axis=1) for network, answer in probabilities.items()}
    wrong = np.all([answer != labels for answer in told.values()], axis=0)
    with (site / "data/shared-errors.csv").open(newline="") as lines:
        rows = list(csv.DictReader(lines))
    listed = {int(row["test_image_from_1"]) - 1 for row in rows}
    turned = len(listed ^ set(np.flatnonzero(wrong)))
    turned += sum(int(row[f"predicted_by_{network}"]) != answer[int(row["test_image_from_1"]) - 1]
                  for row in rows for network, answer in told.items())
    return report(f"{len(rows)} shared errors", turned, inspections.TURNED)


def check_roles(network: str, model: onnx.ModelProto, found: dict, images: np.ndarray) -> bool:
    """Correlations of the first convolution's maps with brightness, edges, outlines and stripes of what they see."""
    chosen = images[np.arange(1000) * len(images) // 1000]
    maps = observed(model, chosen, "conv1.relu").astype(np.float64).transpose(1, 0, 2, 3)
    padding = (28 - maps.shape[2]) // 2
    # Zeros around the image where the convolution pads, and what it sees of the image where it does not.
    field = np.pad(chosen[..., 0].astype(np.float64), ((0, 0), (2 - padding, 2 - padding), (2 - padding, 2 - padding)))
    windows = sliding_window_view(field, (5, 5), axis=(1, 2))
    falling, step = np.array([1, 2, 3, 2, 1]), np.array([-1, -1, 0, 1, 1])

    def weighted(kernel: np.ndarray) -> np.ndarray:
        return np.einsum("nhwyx,yx->nhw", windows, kernel)

    right, down = weighted(np.outer(falling, step)) / 18, weighted(np.outer(step, falling)) / 18
    stripe = np.array([-1, 0, 2, 0, -1])
    upright, level = weighted(np.outer(falling, stripe)), weighted(np.outer(stripe, falling))
    patterns = [weighted(np.outer(falling, falling)), windows.max(axis=(3, 4)) <= np.float32(5 / 255)]
    patterns += [np.maximum(pattern, 0) for pattern in (
        right, -right, down, -down, right + down, down - right, right - down, -right - down)]
    patterns += [np.sqrt(right ** 2 + down ** 2)]
    patterns += [np.maximum(pattern, 0) for pattern in (upright, -upright, level, -level)]
    worst = 0.0
    for filter, map in enumerate(maps):
        for index, pattern in enumerate(patterns):
            expected = np.corrcoef(map.ravel(), np.asarray(pattern, np.float64).ravel())[0, 1] if map.any() else 0
            worst = max(worst, abs(expected - found["roles.conv1"][filter, index]))
    return report(f"{network}, {len(maps)} x {len(patterns)} correlations with patterns", worst, LOOSE)


def check(
    site: Path, runs: Path, train: tuple[np.ndarray, np.ndarray], test: tuple[np.ndarray, np.ndarray],
    step: int = 1
) -> list[bool]:
    """All of it for each network of a site, whose runs lie in a folder with one run a network; probes at every step-th
    layer."""
    images, labels = test
    results, probabilities = [], {}
    for file in sorted((site / "models").glob("*.onnx")):
        network, model = file.stem, onnx.load(file)
        (kept,) = runs.glob(f"{network}-*/inspection.safetensors")
        found = load_file(kept)
        probabilities[network] = observed(model, images, "probabilities")
        results += [
            check_occlusion(network, model, found, images), check_wished(network, model, found),
            check_changed(network, model, found, images, labels), check_space(network, model, found, images),
            check_probes(network, model, found, train, test, step), check_roles(network, model, found, images),
            check_calibration(site, network, probabilities[network], labels),
        ]
    return results + [check_shared(site, probabilities, labels)]
