#!/usr/bin/env python3
"""Computes golden numbers with Keras, in double precision and without dropout: one file a network, beside this one.

The networks are those that `learn-bench networks --layers` tells. One that has a file starts from the parameters in it again,
so that its numbers only change if Keras's do; a new one draws them. The images are those of lenet5's file.
"""

import argparse
import importlib.metadata
import json
import os
import pathlib
import struct
import subprocess
import sys

FOLDER = pathlib.Path(__file__).resolve().parent
PACKAGE = FOLDER.parents[2]
sys.path.insert(0, str(PACKAGE / "Benchmarks/peers"))
sys.dont_write_bytecode = True

os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")  # the order of sums does not depend on the processor

import keras_train  # before the others, whose messages it silences
import keras
import numpy as np
import tensorflow as tf

STEPS = 3
SEED = 0
ROUNDING = 1e-12
METADATA = {
    "source": f"Keras {importlib.metadata.version('keras')}, float64",
    "optimizer": "Adadelta learning_rate=1.0 rho=0.95 epsilon=1e-7",
    "layout": "NHWC activations, HWIO kernels, [in,out] dense",
    "dropout": "off",
}
TYPES = {"F32": np.float32, "F64": np.float64, "I64": np.int64}


def read(file):
    """The tensors of a safetensors file by name."""
    content = file.read_bytes()
    start = 8 + struct.unpack("<Q", content[:8])[0]
    header = json.loads(content[8:start])
    return {
        name: np.frombuffer(
            content[start + entry["data_offsets"][0] : start + entry["data_offsets"][1]], TYPES[entry["dtype"]]
        ).reshape(entry["shape"])
        for name, entry in header.items() if name != "__metadata__"
    }


def write(file, tensors):
    """The widest types first, then by name; the header ends at a multiple of eight bytes."""
    codes = {np.dtype(type): code for code, type in TYPES.items()}
    header, content = {"__metadata__": METADATA}, b""
    for name in sorted(tensors, key=lambda name: (-tensors[name].itemsize, name)):
        place = len(content)
        content += tensors[name].tobytes()
        header[name] = {
            "dtype": codes[tensors[name].dtype], "shape": list(tensors[name].shape),
            "data_offsets": [place, len(content)],
        }
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    file.write_bytes(struct.pack("<Q", len(text)) + text + content)


def networks():
    """The layers of each network by its name."""
    command = ["swift", "run", "--quiet", "learn-bench", "networks", "--layers"]
    told = subprocess.run(command, cwd=PACKAGE, check=True, stdout=subprocess.PIPE, text=True).stdout
    return dict(line.split(": ", 1) for line in told.splitlines())


def compute(notation, pixels, labels, start):
    """The numbers of a network of these layers, from the parameters `initial.*` of `start` if it has them."""
    keras.utils.set_random_seed(SEED)
    model = keras_train.build(notation)
    layers = dict(keras_train.named(model))
    # Single precision holds what the network starts from, so that both begin with the same numbers.
    for name, layer in layers.items():
        if layer.weights:
            drawn = [layer.kernel.numpy(), np.random.normal(0, 0.05, layer.bias.shape)]
            kept = [start.get(f"initial.{name}.{part}", value) for part, value in zip(("kernel", "bias"), drawn)]
            layer.set_weights([value.astype(np.float32) for value in kept])

    def parameters(group):
        return {
            f"{group}.{name}.{part}": getattr(layer, part).numpy()
            for name, layer in layers.items() if layer.weights for part in ("kernel", "bias")
        }

    numbers = {"input": pixels} | parameters("initial")
    images = pixels.astype(np.float64)
    outputs = keras.Model(model.inputs[0], [layer.output for layer in layers.values()])(images)
    numbers |= {f"output.{name}": output.numpy() for name, output in zip(layers, outputs)}

    optimizer = keras.optimizers.Adadelta(learning_rate=1.0, rho=0.95, epsilon=1e-7)
    losses = []
    for step in range(STEPS):
        with tf.GradientTape() as tape:
            answers = model(images, training=False)
            loss = tf.reduce_mean(keras.losses.sparse_categorical_crossentropy(labels, answers))
        gradients = tape.gradient(loss, model.trainable_variables)
        if step == 0:
            by_variable = {id(v): g.numpy() for v, g in zip(model.trainable_variables, gradients)}
            numbers |= {
                f"gradient.{name}.{part}": by_variable[id(getattr(layer, part))]
                for name, layer in layers.items() if layer.weights for part in ("kernel", "bias")
            }
        losses.append(float(loss))
        optimizer.apply(gradients, model.trainable_variables)
    numbers |= parameters("after3")
    numbers = {name: np.ascontiguousarray(value, np.float32) for name, value in numbers.items()}
    return numbers | {"labels": labels, "losses": np.array(losses)}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("network", nargs="*", help="those that have a file without it")
    options = parser.parse_args()

    keras.config.set_floatx("float64")
    images = read(FOLDER / "lenet5.safetensors")
    layers = networks()
    for network in options.network or [name for name in layers if (FOLDER / f"{name}.safetensors").exists()]:
        file = FOLDER / f"{network}.safetensors"
        before = read(file) if file.exists() else {}
        numbers = compute(layers[network], images["input"], images["labels"], before)
        change = max((np.abs(numbers[name] - before[name]).max() for name in before), default=None)
        # Another processor may add in another order: that is no reason for a new file.
        if change is None or change > ROUNDING:
            write(file, numbers)
        print(f"{network}: {'new' if change is None else f'no number moved by more than {change:.1e}'}")


if __name__ == "__main__":
    main()
