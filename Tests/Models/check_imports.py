"""Runs models from elsewhere in ONNX Runtime, every node's output kept, and compares all layers with ours.

usage: check_imports.py PROGRAM MODEL.onnx...
  PROGRAM  the built imported-layers
"""

import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
from safetensors import safe_open

TOLERANCE = 1e-5


def ours(program: str, model: Path) -> tuple[dict, dict[str, np.ndarray]]:
    """What this package computes: metadata, and arrays by name."""
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder) / "layers.safetensors"
        subprocess.run([program, model, output], check=True)
        with safe_open(output, "np") as file:
            return file.metadata(), {name: file.get_tensor(name) for name in file.keys()}


def every_output(model: Path, x: np.ndarray) -> list[tuple[str, np.ndarray]]:
    """What each node leaves, in the file's order."""
    graph = onnx.load(model)
    known = {output.name for output in graph.graph.output}
    names = [name for node in graph.graph.node for name in node.output if name and node.op_type != "Constant"]
    for name in names:
        if name not in known:
            graph.graph.output.append(onnx.helper.make_empty_tensor_value_info(name))
    options = onnxruntime.SessionOptions()
    # So that no node is merged with another.
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    session = onnxruntime.InferenceSession(graph.SerializeToString(), options, providers=["CPUExecutionProvider"])
    return list(zip(names, session.run(names, {session.get_inputs()[0].name: x})))


def softmax(logits: np.ndarray) -> np.ndarray:
    powers = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return powers / powers.sum(axis=-1, keepdims=True)


def distance(found: np.ndarray, expected: np.ndarray, maps: tuple | None = None) -> float:
    """The largest difference, whichever way theirs lies; `maps` are ours that were flattened, if any were."""
    forms = [found]
    if maps and found.ndim == 2 and found[0].size == np.prod(maps[1:]):
        _, height, width, channels = maps
        forms.append(found.reshape(-1, channels, height, width).transpose(0, 2, 3, 1).reshape(len(found), -1))
    if expected.ndim == 4 and found.ndim == 4:
        forms.append(found.transpose(0, 2, 3, 1))
    if expected.ndim == 2 and found.ndim > 2:
        forms.append(found.reshape(len(found), -1))
    fitting = [form for form in forms if form.shape == expected.shape]
    return min((float(np.abs(form - expected).max()) for form in fitting), default=float("inf"))


def check(program: str, model: Path) -> bool:
    metadata, layers = ours(program, model)
    outputs = every_output(model, layers.pop("x"))
    answers = outputs[-1][1].reshape(len(outputs[-1][1]), -1)
    *hidden, (last, probabilities) = sorted(layers.items())
    worst = distance(answers if metadata["answer"] == "probabilities" else softmax(answers), probabilities)
    place, maps = 0, None
    for name, expected in hidden:
        maps = expected.shape if expected.ndim == 4 else maps
        found = [(distance(array, expected, maps), index) for index, (_, array) in enumerate(outputs) if index >= place]
        best = next((pair for pair in found if pair[0] <= TOLERANCE), min(found))
        worst, place = max(worst, best[0]), best[1] + 1
    holds = worst <= TOLERANCE
    print(f"{model.name}: largest difference of {len(layers)} layers {worst:.1e}" + ("" if holds else ", too much"))
    return holds


def main() -> None:
    program, *models = sys.argv[1:]
    results = [check(program, Path(model)) for model in models]
    print(f"imports: {results.count(True)} passed, {results.count(False)} failed")
    sys.exit(0 if all(results) else 1)


if __name__ == "__main__":
    main()
