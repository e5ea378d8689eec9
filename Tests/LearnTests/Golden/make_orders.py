#!/usr/bin/env python3
"""Computes golden numbers with Keras, in double precision and without dropout, for networks of other orders of layers.

One file a network, beside this one. Weights are those of `Random.swift`, made again here, so that the files hold only
what Keras says: outputs of some layers, gradients of the weights and of the images, and the weights after three steps;
for some networks also which pixels a class's output hangs on.
"""

import pathlib
import sys

FOLDER = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(FOLDER))
sys.dont_write_bytecode = True

import make
import keras_train
import keras
import numpy as np
import tensorflow as tf

VGG = "conv 32@3x3, conv 32@3x3, maxpool 2, conv 64@3x3, conv 64@3x3, maxpool 2, flatten, dense 10"
CASES = {
    # name: notation, shape of the images, how many, layers whose outputs are kept, optimisers
    "vgg-grey": (VGG, (18, 18, 1), 2, ["conv2", "pool1", "pool2", "dense1"], ["adadelta"]),
    "vgg-colour": (VGG, (20, 18, 3), 2, ["conv3", "pool2", "dense1"], ["adadelta"]),
    "strides": (
        "conv 4@4x4 stride 2 same, conv 5@2x3 same linear, relu, maxpool 3 stride 2, conv 6@2x2 stride 1x2, "
        "avgpool 2 stride 1, globalavgpool, dense 10",
        (27, 25, 3), 3, ["conv1", "conv2", "relu1", "pool1", "conv3", "pool2", "globalpool", "dense1"],
        ["adadelta", "sgd", "momentum", "adam"]),
    "batchnorm": (
        "conv 4@3x3 linear, batchnorm, relu, maxpool 2, conv 5@3x3 same, batchnorm epsilon 0.01, flatten, "
        "dense 9, batchnorm, dense 10",
        (11, 12, 1), 3, ["batchnorm1", "relu1", "batchnorm2", "batchnorm3", "dense2"], []),
}
OPTIMIZERS = {
    "adadelta": lambda: keras.optimizers.Adadelta(learning_rate=1.0, rho=0.95, epsilon=1e-7),
    "sgd": lambda: keras.optimizers.SGD(learning_rate=0.1),
    "momentum": lambda: keras.optimizers.SGD(learning_rate=0.1, momentum=0.9),
    "adam": lambda: keras.optimizers.Adam(learning_rate=0.01, beta_1=0.9, beta_2=0.999, epsilon=1e-7),
}
INSPECTED = ["strides", "batchnorm"]  # small ones, in colour and in grey
CLASS = 4
INTEGRATION_STEPS = 256
MASK = (1 << 64) - 1
STEP = 0x9E3779B97F4A7C15


def mixed(z):
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9 & MASK
    z = (z ^ (z >> 27)) * 0x94D049BB133111EB & MASK
    return z ^ (z >> 31)


def numbers(seed, purpose, index, count):
    """`Random.unit()`: multiples of 2^-24 in [0, 1)."""
    key = mixed((mixed((seed + purpose * STEP) & MASK) + index * STEP) & MASK)
    return np.array([(mixed((key + (i + 1) * STEP) & MASK) >> 40) * 2.0**-24 for i in range(count)])


def parameters(model):
    """Each parameter's name, variable, and first value: uniform, as wide as Glorot has it; shifted where it must be."""
    found = []
    for name, layer in keras_train.named(model):
        kinds = ["gamma", "beta", "mean", "variance"] if name.startswith("batchnorm") else ["kernel", "bias"]
        for kind, variable in zip(kinds, layer.weights):
            shape = tuple(variable.shape)
            values = 2 * numbers(5, 1, len(found), int(np.prod(shape))).reshape(shape) - 1
            area = int(np.prod(shape[:-2]))
            values = {
                "kernel": lambda: values * np.sqrt(6 / (area * (shape[-2] + shape[-1]))),
                "gamma": lambda: 1 + values / 2, "variance": lambda: 1 + values / 2,
            }.get(kind, lambda: values / 4)()
            found.append((f"{name}.{kind}", variable, values.astype(np.float32)))
    return found


def inspect(model, images):
    """Of one class's logit the gradient at the images, and its integral along the way from black times the pixels; and by
    how much the class's probability drops while squares are black, for each pixel the mean over those that cover it."""
    last = model.layers[-1]
    features = keras.Model(model.inputs[0], last.input)

    def gradient(points):
        points = tf.constant(points)
        with tf.GradientTape() as tape:
            tape.watch(points)
            logits = features(points) @ last.kernel + last.bias
            value = tf.reduce_sum(logits[:, CLASS])
        return tape.gradient(value, points).numpy(), logits.numpy()[:, CLASS]

    images = images.numpy()
    (count, height, width, _), steps = images.shape, INTEGRATION_STEPS
    found, logits = gradient(images)
    middle = [gradient(images * (step + 0.5) / steps)[0] for step in range(steps)]
    integrated = (images * np.mean(middle, axis=0)).sum(axis=-1)

    edge = min(height, width) // 4 | 1
    whole = model(images).numpy()[:, CLASS]
    drops, covers = np.zeros((count, height, width)), np.zeros((height, width))
    for top in range(height - edge + 1):
        for left in range(width - edge + 1):
            covered = images.copy()
            covered[:, top : top + edge, left : left + edge] = 0
            drop = whole - model(covered).numpy()[:, CLASS]
            drops[:, top : top + edge, left : left + edge] += drop[:, None, None]
            covers[top : top + edge, left : left + edge] += 1
    return {
        "image.logit": found, "logit": logits, "logit.black": gradient(0 * images)[1],
        "integrated": integrated, "occluded": drops / covers,
    }


def compute(notation, shape, count, kept, optimizers, is_inspected):
    model = keras_train.build(notation, shape)
    layers = dict(keras_train.named(model))
    start = parameters(model)
    images = (numbers(5, 2, 0, count * int(np.prod(shape))).reshape((count,) + shape) * 255).round()
    pixels = images.astype(np.float32) / np.float32(255)
    images = tf.constant(pixels.astype(np.float64))
    labels = np.arange(count, dtype=np.int64) * 3 % 10

    def restart():
        for _, variable, value in start:
            variable.assign(value)

    restart()
    found = {"input": pixels, "labels": labels}
    outputs = keras.Model(model.inputs[0], [layers[name].output for name in kept])(images)
    found |= {f"output.{name}": output.numpy() for name, output in zip(kept, outputs)}

    # With respect to the images: a class's probability, and the mean of the last layer of maps' second channel.
    maps = [name for name, layer in layers.items() if len(layer.output.shape) == 4][-1]
    both = keras.Model(model.inputs[0], [model.outputs[0], layers[maps].output])
    for objective in ("probability", "channel"):
        with tf.GradientTape() as tape:
            tape.watch(images)
            answers, last = both(images)
            value = tf.reduce_sum(answers[:, CLASS]) if objective == "probability" else tf.reduce_sum(
                tf.reduce_mean(last[..., 1], axis=(1, 2)))
        found[f"image.{objective}"] = tape.gradient(value, images).numpy()

    if is_inspected:
        found |= inspect(model, images)

    trainable = [(name, variable) for name, variable, _ in start]
    for kind in optimizers:
        restart()
        optimizer = OPTIMIZERS[kind]()
        losses = []
        for step in range(make.STEPS):
            with tf.GradientTape() as tape:
                answers = model(images, training=False)
                loss = tf.reduce_mean(keras.losses.sparse_categorical_crossentropy(labels, answers))
            variables = [variable for _, variable in trainable]
            gradients = tape.gradient(loss, variables)
            if step == 0 and kind == optimizers[0]:
                found |= {f"gradient.{name}": g.numpy() for (name, _), g in zip(trainable, gradients)}
            losses.append(float(loss))
            optimizer.apply(gradients, variables)
        found |= {f"{kind}.{name}": variable.numpy() for name, variable in trainable}
        found[f"losses.{kind}"] = np.array(losses)
    return {
        name: value if name == "labels" or name.startswith("losses") else np.ascontiguousarray(value, np.float32)
        for name, value in found.items()
    }


def main():
    keras.config.set_floatx("float64")
    for name, (notation, shape, count, kept, optimizers) in CASES.items():
        make.METADATA.pop("optimizer", None)
        make.METADATA["network"] = notation
        make.METADATA["image"] = "x".join(map(str, shape))
        make.write(FOLDER / f"{name}.safetensors", compute(notation, shape, count, kept, optimizers, name in INSPECTED))
        print(name, (FOLDER / f"{name}.safetensors").stat().st_size)


if __name__ == "__main__":
    main()
